/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things that were made once and are kept for the next time, found by a hash:
 * together at most so many bytes, the longest unused goes first. Whoever keeps
 * them puts a struct kept first in each and compares the rest of the key. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { KEPT_BUCKETS = 1024 };

struct kept {
	struct kept *next; /* in its bucket */
	struct kept *newer, *older;
	uint64_t hash;
	size_t bytes;
};

struct keep {
	struct kept *buckets[KEPT_BUCKETS];
	struct kept *newest, *oldest;
	size_t bytes, most;
	uint64_t made;                   /* bytes that were ever put in */
	void (*drop)(struct kept *kept); /* frees it */
};

void keep_init(struct keep *keep, size_t most, void (*drop)(struct kept *kept));
void keep_free(struct keep *keep);

/* The first of HASH, and the one after; NULL: none. */
struct kept *keep_find(const struct keep *keep, uint64_t hash);
struct kept *kept_next(const struct kept *kept);
/* It was used just now. */
void keep_use(struct keep *keep, struct kept *kept);
/* KEPT, with hash and bytes filled in, is KEEP's. Older ones may go, never KEPT itself. */
void keep_add(struct keep *keep, struct kept *kept);
/* KEPT takes BYTES more than it did. */
void keep_grow(struct keep *keep, struct kept *kept, size_t bytes);
void keep_drop(struct keep *keep, struct kept *kept);

/* FNV-1a, 64 bits, from KEPT_HASH on. */
static const uint64_t KEPT_HASH = 14695981039346656037u;
uint64_t kept_hash(uint64_t hash, const void *bytes, size_t len);
