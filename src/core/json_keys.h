/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the objects that the strict pass is inside of, so that one which
 * stands twice is found: in no more than n log n comparisons, whatever they
 * are called. Keys point into the document, or into an arena when unescaped. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/limits.h"

struct json_key {
	uint64_t head; /* the first eight bytes */
	const char *s;
	size_t len, offset; /* offset: of its opening quote in the document */
};

struct json_keys {
	struct json_key *v;
	size_t n, size, depth;
	size_t from[LIMIT_FEED_DEPTH]; /* where each open object's keys begin */
	struct arena unescaped;
};

void json_keys_init(struct json_keys *keys);
void json_keys_free(struct json_keys *keys);

/* An object begins; at most LIMIT_FEED_DEPTH are open at once. */
void json_keys_open(struct json_keys *keys);
/* A key of the innermost object, with valid escapes. False: out of memory. */
bool json_keys_add(struct json_keys *keys, struct json_key key, bool escaped);
/* The innermost object ends. True if a key stood twice: TWICE is the first that repeats another. */
bool json_keys_close(struct json_keys *keys, struct json_key *twice);
