/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Style sheets, scripts and icons of the pages: share/pages, read once at the
 * start. Each is answered at an address with its hash, so that browsers keep it for ever
 * and a new version is another address. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct assets;
struct asset {
	char url[120]; /* "/assets/HASH/NAME" */
	const char *type;
	const char *name;
	const char *plain, *gzip; /* gzip NULL where it does not pay */
	size_t plain_len, gzip_len;
	void *response[2]; /* plain, gzip: http_server's, freed by it */
};

/* Files of types that a page needs, at most 64 and 4 MB. */
CHECKED enum err assets_load(const char *dir, struct assets **out, struct fault *fault);
void assets_free(struct assets *assets);
/* The address of NAME, NULL if there is none. */
const char *assets_url(const struct assets *assets, const char *name);
/* By its address; NULL if there is none. */
struct asset *assets_find(struct assets *assets, const char *url);
size_t assets_count(const struct assets *assets);
struct asset *assets_at(struct assets *assets, size_t i);
