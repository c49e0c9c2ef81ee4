/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kept.h"

void keep_init(struct keep *keep, size_t most, void (*drop)(struct kept *kept))
{
	*keep = (struct keep){ .most = most, .drop = drop };
}

static void unlink_age(struct keep *keep, struct kept *kept)
{
	if (kept->newer)
		kept->newer->older = kept->older;
	else
		keep->newest = kept->older;
	if (kept->older)
		kept->older->newer = kept->newer;
	else
		keep->oldest = kept->newer;
}

static void link_newest(struct keep *keep, struct kept *kept)
{
	kept->newer = NULL;
	kept->older = keep->newest;
	if (keep->newest)
		keep->newest->newer = kept;
	else
		keep->oldest = kept;
	keep->newest = kept;
}

void keep_drop(struct keep *keep, struct kept *kept)
{
	struct kept **at = &keep->buckets[kept->hash % KEPT_BUCKETS];

	while (*at != kept)
		at = &(*at)->next;
	*at = kept->next;
	unlink_age(keep, kept);
	keep->bytes -= kept->bytes;
	keep->drop(kept);
}

void keep_free(struct keep *keep)
{
	while (keep->oldest)
		keep_drop(keep, keep->oldest);
}

struct kept *keep_find(const struct keep *keep, uint64_t hash)
{
	struct kept *kept = keep->buckets[hash % KEPT_BUCKETS];

	while (kept && kept->hash != hash)
		kept = kept->next;
	return kept;
}

struct kept *kept_next(const struct kept *kept)
{
	struct kept *next = kept->next;

	while (next && next->hash != kept->hash)
		next = next->next;
	return next;
}

void keep_use(struct keep *keep, struct kept *kept)
{
	unlink_age(keep, kept);
	link_newest(keep, kept);
}

static void make_room(struct keep *keep, const struct kept *but)
{
	while (keep->bytes > keep->most && keep->oldest != but)
		keep_drop(keep, keep->oldest);
}

void keep_add(struct keep *keep, struct kept *kept)
{
	struct kept **bucket = &keep->buckets[kept->hash % KEPT_BUCKETS];

	kept->next = *bucket;
	*bucket = kept;
	keep->bytes += kept->bytes;
	keep->made += kept->bytes;
	link_newest(keep, kept);
	make_room(keep, kept);
}

void keep_grow(struct keep *keep, struct kept *kept, size_t bytes)
{
	keep_use(keep, kept);
	kept->bytes += bytes;
	keep->bytes += bytes;
	keep->made += bytes;
	make_room(keep, kept);
}

uint64_t kept_hash(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ at[i]) * 1099511628211u;
	return hash;
}
