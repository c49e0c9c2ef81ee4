/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the feed comes from, read off what --feed says. */
#pragma once

#include <limits.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/limits.h"

struct source {
	bool is_http;              /* else a file */
	char address[PATH_MAX];    /* URL, or path */
	char centre[LIMIT_ID + 1]; /* that the address names, "" if it names none */
	char name[300];            /* for the log: paths and logins of addresses are secrets */
};

/* FEED is an http, https or webcal address, or a file. An address without a path is a central's
 * own: CENTRE says which of its feeds. ERR_VALUE. */
CHECKED enum err source_init(struct source *source, const char *feed, const char *centre, struct fault *fault);
/* Where call-backs go: to CENTRAL, or to the central that the feed is of. "" if there is none, as with a calendar.
 * ERR_VALUE, ERR_LIMIT. */
CHECKED enum err source_callbacks(const struct source *source, const char *central, char *out, size_t size,
				  struct fault *fault);
