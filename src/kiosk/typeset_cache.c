/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_cache.h"

#include <string.h>

#include "base/mem.h"

enum { BUCKETS = 1024 };

struct entry {
	struct entry *next; /* in its bucket */
	struct entry *newer, *older;
	uint64_t hash;
	uint32_t face;
	char script[5];
	bool rtl, is_drawn;
	int w, excess;
	struct mask mask;
	size_t bytes;
	char text[];
};

struct type_cache {
	struct entry *buckets[BUCKETS];
	struct entry *newest, *oldest;
	size_t bytes;
};

enum err type_cache_new(struct type_cache **out, struct fault *fault)
{
	*out = mem_alloc(sizeof(**out));
	return *out ? OK : fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
}

static void unlink_age(struct type_cache *cache, struct entry *entry)
{
	if (entry->newer)
		entry->newer->older = entry->older;
	else
		cache->newest = entry->older;
	if (entry->older)
		entry->older->newer = entry->newer;
	else
		cache->oldest = entry->newer;
}

static void link_newest(struct type_cache *cache, struct entry *entry)
{
	entry->newer = NULL;
	entry->older = cache->newest;
	if (cache->newest)
		cache->newest->newer = entry;
	else
		cache->oldest = entry;
	cache->newest = entry;
}

static void forget(struct type_cache *cache, struct entry *entry)
{
	struct entry **at = &cache->buckets[entry->hash % BUCKETS];

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	unlink_age(cache, entry);
	cache->bytes -= entry->bytes;
	mem_free(entry->mask.alpha);
	mem_free(entry);
}

void type_cache_del(struct type_cache *cache)
{
	if (!cache)
		return;
	while (cache->oldest)
		forget(cache, cache->oldest);
	mem_free(cache);
}

static void make_room(struct type_cache *cache)
{
	while (cache->bytes > TYPE_CACHE_BYTES && cache->oldest != cache->newest)
		forget(cache, cache->oldest);
}

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const struct type_run *run, uint32_t face)
{
	uint64_t hash = 14695981039346656037u ^ face ^ (uint64_t)run->rtl << 40;

	for (const char *at = run->text; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 1099511628211u;
	for (const char *at = run->script; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 1099511628211u;
	return hash;
}

static struct entry *find(struct type_cache *cache, const struct type_run *run, uint64_t hash)
{
	for (struct entry *entry = cache->buckets[hash % BUCKETS]; entry; entry = entry->next) {
		if (entry->hash != hash || entry->face != face_id(run->face) || entry->rtl != run->rtl)
			continue;
		if (strcmp(entry->text, run->text) == 0 && strcmp(entry->script, run->script) == 0)
			return entry;
	}
	return NULL;
}

static enum err measure(struct type_cache *cache, const struct type_run *run, uint64_t hash, struct entry **out,
			struct fault *fault)
{
	size_t size = strlen(run->text) + 1;
	struct entry *entry = mem_alloc(sizeof(*entry) + size);

	*out = NULL;
	if (!entry)
		return fault_set(fault, ERR_MEMORY, "measuring text", "%s", err_cause(ERR_MEMORY));
	enum err err = face_measure(run->face, run->text, run->script, run->rtl, &entry->w, &entry->excess, fault);
	if (err) {
		mem_free(entry);
		return err;
	}
	entry->hash = hash;
	entry->face = face_id(run->face);
	entry->rtl = run->rtl;
	entry->bytes = sizeof(*entry) + size;
	memcpy(entry->script, run->script, sizeof(entry->script));
	memcpy(entry->text, run->text, size);
	entry->next = cache->buckets[hash % BUCKETS];
	cache->buckets[hash % BUCKETS] = entry;
	cache->bytes += entry->bytes;
	link_newest(cache, entry);
	make_room(cache);
	*out = entry;
	return OK;
}

static enum err look_up(struct type_cache *cache, const struct type_run *run, struct entry **out, struct fault *fault)
{
	uint64_t hash = hash_of(run, face_id(run->face));
	struct entry *entry = find(cache, run, hash);

	if (!entry)
		return measure(cache, run, hash, out, fault);
	unlink_age(cache, entry);
	link_newest(cache, entry);
	*out = entry;
	return OK;
}

enum err type_cache_width(struct type_cache *cache, const struct type_run *run, int *w, struct fault *fault)
{
	struct entry *entry;
	enum err err = look_up(cache, run, &entry, fault);

	*w = err ? 0 : entry->w;
	return err;
}

static enum err draw(struct type_cache *cache, const struct type_run *run, struct entry *entry, struct fault *fault)
{
	if (entry->is_drawn)
		return OK;
	enum err err = face_render(run->face, run->text, run->script, run->rtl, &entry->mask, fault);
	if (err)
		return err;
	size_t bytes = (size_t)entry->mask.w * (size_t)entry->mask.h;
	entry->is_drawn = true;
	entry->bytes += bytes;
	cache->bytes += bytes;
	make_room(cache);
	return OK;
}

enum err type_cache_ink(struct type_cache *cache, const struct type_run *run, struct type_ink *out, struct fault *fault)
{
	struct entry *entry;
	enum err err = look_up(cache, run, &entry, fault);

	*out = (struct type_ink){ 0 };
	if (!err && entry->excess > 0)
		err = draw(cache, run, entry, fault);
	if (err)
		return err;
	*out = (struct type_ink){ entry->w, face_ascent(run->face), face_descent(run->face) };
	if (-entry->mask.y > out->above)
		out->above = -entry->mask.y;
	if (entry->mask.y + entry->mask.h > out->below)
		out->below = entry->mask.y + entry->mask.h;
	return OK;
}

enum err type_cache_mask(struct type_cache *cache, const struct type_run *run, const struct mask **out,
			 struct fault *fault)
{
	struct entry *entry;
	enum err err = look_up(cache, run, &entry, fault);

	*out = NULL;
	if (!err)
		err = draw(cache, run, entry, fault);
	if (!err)
		*out = &entry->mask;
	return err;
}

size_t type_cache_bytes(const struct type_cache *cache)
{
	return cache->bytes;
}
