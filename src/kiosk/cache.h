/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last good feed on disk, one file for each address of a feed, with its
 * ETag and when it was last known to be right. Replaced whole, so that a
 * pulled plug leaves the old one or the new one. The time alone stands in a
 * second, tiny file, so that a confirmation need not write megabytes. */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	CACHE_ETAG = 128,
	/* The time is written no oftener: memory cards wear out. After a pulled plug a feed looks at most this much
	   older than it is. */
	CACHE_CONFIRM_MS = 10 * 60 * 1000,
};

struct cache {
	char feed_path[PATH_MAX], seen_path[PATH_MAX]; /* "" when there is no cache */
	uint64_t sum;                                  /* of the feed that is kept */
	int64_t written_ms;                            /* the newest time on disk */
};

/* DIRECTORY is made if it is not there. Without one (fault returned) the other calls do nothing. */
CHECKED enum err cache_init(struct cache *cache, const char *directory, const char *address, struct fault *fault);

/* ERR_NOT_FOUND if there is none; ERR_SYNTAX for a file that is not whole. */
CHECKED enum err cache_load(struct cache *cache, struct buf *body, char etag[CACHE_ETAG], int64_t *seen_utc_ms,
			    struct fault *fault);
CHECKED enum err cache_store(struct cache *cache, const struct buf *body, const char *etag, int64_t seen_utc_ms,
			     struct fault *fault);
/* The feed that is kept was confirmed. Written only every CACHE_CONFIRM_MS, or when NOW is set. */
CHECKED enum err cache_confirm(struct cache *cache, int64_t seen_utc_ms, bool now, struct fault *fault);
