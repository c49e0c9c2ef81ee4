/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_cache.h"

#include <string.h>

#include "base/mem.h"
#include "kiosk/kept.h"

struct entry {
	struct kept kept;
	uint32_t face;
	char script[5];
	bool rtl, is_drawn;
	int w, excess;
	struct mask mask;
	char text[];
};

struct type_cache {
	struct keep keep;
};

static struct entry *entry_of(struct kept *kept)
{
	return (struct entry *)(void *)kept;
}

static void drop(struct kept *kept)
{
	mem_free(entry_of(kept)->mask.alpha);
	mem_free(kept);
}

enum err type_cache_new(struct type_cache **out, struct fault *fault)
{
	*out = mem_alloc(sizeof(**out));
	if (!*out)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	keep_init(&(*out)->keep, TYPE_CACHE_BYTES, drop);
	return OK;
}

void type_cache_del(struct type_cache *cache)
{
	if (!cache)
		return;
	keep_free(&cache->keep);
	mem_free(cache);
}

static uint64_t hash_of(const struct type_run *run, uint32_t face)
{
	const uint32_t numbers[2] = { face, run->rtl };

	uint64_t hash = kept_hash(KEPT_HASH, numbers, sizeof(numbers));
	hash = kept_hash(hash, run->script, sizeof(run->script));
	return kept_hash(hash, run->text, strlen(run->text));
}

static struct entry *find(struct type_cache *cache, const struct type_run *run, uint64_t hash)
{
	for (struct kept *kept = keep_find(&cache->keep, hash); kept; kept = kept_next(kept)) {
		struct entry *entry = entry_of(kept);

		if (entry->face == face_id(run->face) && entry->rtl == run->rtl &&
		    strcmp(entry->text, run->text) == 0 && strcmp(entry->script, run->script) == 0)
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
	entry->kept.hash = hash;
	entry->kept.bytes = sizeof(*entry) + size;
	entry->face = face_id(run->face);
	entry->rtl = run->rtl;
	memcpy(entry->script, run->script, sizeof(entry->script));
	memcpy(entry->text, run->text, size);
	keep_add(&cache->keep, &entry->kept);
	*out = entry;
	return OK;
}

static enum err look_up(struct type_cache *cache, const struct type_run *run, struct entry **out, struct fault *fault)
{
	uint64_t hash = hash_of(run, face_id(run->face));
	struct entry *entry = find(cache, run, hash);

	if (!entry)
		return measure(cache, run, hash, out, fault);
	keep_use(&cache->keep, &entry->kept);
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
	entry->is_drawn = true;
	keep_grow(&cache->keep, &entry->kept, (size_t)entry->mask.w * (size_t)entry->mask.h);
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
	return cache->keep.bytes;
}

uint64_t type_cache_made(const struct type_cache *cache)
{
	return cache->keep.made;
}
