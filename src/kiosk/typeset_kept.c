/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_kept.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { LANG_SIZE = 16 };

/* What paragraphs and lines are both found by. */
struct type_key {
	char lang[LANG_SIZE];
	int32_t font_px;
	uint8_t rtl, weight, tabular, has_lang;
};

/* False where LANG is too long to be a language's: then nothing is kept. */
static bool key_of(const struct type_wish *wish, struct type_key *out)
{
	size_t len = wish->lang ? strlen(wish->lang) : 0;

	if (len >= LANG_SIZE)
		return false;
	memset(out, 0, sizeof(*out));
	if (len > 0)
		memcpy(out->lang, wish->lang, len);
	out->font_px = wish->font_px;
	out->rtl = wish->rtl;
	out->weight = (uint8_t)wish->weight;
	out->tabular = wish->tabular;
	out->has_lang = wish->lang != NULL;
	return true;
}

/* ---- paragraphs ---- */

struct block {
	struct kept kept;
	struct type_key key;
	int32_t width;
	enum align align;
	size_t max_lines;
	const char *text;
	struct type_block block; /* its lines and their texts stand behind this struct, as TEXT does */
};

static uint64_t block_hash(const struct block_wish *wish, const struct type_key *key)
{
	const uint64_t numbers[3] = { (uint64_t)wish->width, (uint64_t)wish->align, wish->max_lines };
	uint64_t hash = kept_hash(KEPT_HASH, key, sizeof(*key));

	hash = kept_hash(hash, numbers, sizeof(numbers));
	return kept_hash(hash, wish->text, strlen(wish->text));
}

static struct block *block_of(struct kept *kept)
{
	return (struct block *)(void *)kept;
}

static void free_kept(struct kept *kept)
{
	mem_free(kept);
}

void blocks_init(struct keep *blocks)
{
	keep_init(blocks, TYPE_BLOCKS_BYTES, free_kept);
}

static struct block *find_block(struct keep *blocks, const struct block_wish *wish, const struct type_key *key)
{
	for (struct kept *kept = keep_find(blocks, block_hash(wish, key)); kept; kept = kept_next(kept)) {
		struct block *block = block_of(kept);

		if (block->width == wish->width && block->align == wish->align && block->max_lines == wish->max_lines &&
		    memcmp(&block->key, key, sizeof(*key)) == 0 && strcmp(block->text, wish->text) == 0)
			return block;
	}
	return NULL;
}

enum err blocks_take(struct keep *blocks, const struct block_wish *wish, struct arena *arena, bool *found,
		     struct type_block *out)
{
	struct type_key key;
	struct block *block = key_of(&wish->type, &key) ? find_block(blocks, wish, &key) : NULL;

	*found = block != NULL;
	if (!block)
		return OK;
	keep_use(blocks, &block->kept);
	*out = block->block;
	out->lines = ARENA_ARRAY(arena, out->n_lines, struct line);
	if (!out->lines)
		return ERR_MEMORY;
	for (size_t i = 0; i < out->n_lines; i++) {
		out->lines[i] = block->block.lines[i];
		out->lines[i].text = arena_strdup(arena, out->lines[i].text);
		if (!out->lines[i].text)
			return ERR_MEMORY;
	}
	return OK;
}

static const char *put_text(char **at, const char *text)
{
	size_t size = strlen(text) + 1;
	const char *out = memcpy(*at, text, size);

	*at += size;
	return out;
}

/* What a visitor types is set one character at a time: which of them were used last is nobody's business. */
static bool is_one_character(const char *text)
{
	uint32_t code;

	return text[utf8_decode(text, strlen(text), &code)] == '\0';
}

void blocks_keep(struct keep *blocks, const struct block_wish *wish, const struct type_block *block)
{
	size_t lines = block->n_lines * sizeof(*block->lines),
	       size = sizeof(struct block) + lines + strlen(wish->text) + 1;
	struct type_key key;

	for (size_t i = 0; i < block->n_lines; i++)
		size += strlen(block->lines[i].text) + 1;
	if (is_one_character(wish->text) || size > TYPE_BLOCKS_BYTES / 8 || !key_of(&wish->type, &key))
		return;
	struct block *out = mem_alloc(size);
	if (!out)
		return;
	*out = (struct block){
		.key = key, .width = wish->width, .align = wish->align, .max_lines = wish->max_lines, .block = *block
	};
	out->kept.hash = block_hash(wish, &key);
	out->kept.bytes = size;
	out->block.lines = (struct line *)(void *)(out + 1);
	char *at = (char *)(out + 1) + lines;
	for (size_t i = 0; i < block->n_lines; i++) {
		out->block.lines[i] = block->lines[i];
		out->block.lines[i].text = put_text(&at, block->lines[i].text);
	}
	out->text = put_text(&at, wish->text);
	keep_add(blocks, &out->kept);
}

/* ---- lines ---- */

struct line_runs {
	struct kept kept;
	struct type_key key;
	const char *text;
	struct type_runs runs; /* they, their texts and TEXT stand behind this struct */
};

static uint64_t line_hash(const char *text, const struct type_key *key)
{
	return kept_hash(kept_hash(KEPT_HASH, key, sizeof(*key)), text, strlen(text));
}

void lines_init(struct keep *lines)
{
	keep_init(lines, TYPE_LINES_BYTES, free_kept);
}

static struct line_runs *line_of(struct kept *kept)
{
	return (struct line_runs *)(void *)kept;
}

/* What the runs' faces were called: the place of one may be another's by now. */
static uint32_t *faces_of(struct line_runs *line)
{
	return (uint32_t *)(void *)(line->runs.v + line->runs.n);
}

static bool faces_stand(struct line_runs *line)
{
	const uint32_t *faces = faces_of(line);

	for (size_t i = 0; i < line->runs.n; i++) {
		if (!face_is(line->runs.v[i].face, faces[i]))
			return false;
	}
	return true;
}

bool lines_take(struct keep *lines, const char *text, const struct type_wish *wish, struct type_runs *out)
{
	struct type_key key;

	if (!key_of(wish, &key))
		return false;
	for (struct kept *kept = keep_find(lines, line_hash(text, &key)); kept; kept = kept_next(kept)) {
		struct line_runs *line = line_of(kept);

		if (memcmp(&line->key, &key, sizeof(key)) != 0 || strcmp(line->text, text) != 0)
			continue;
		if (!faces_stand(line)) {
			keep_drop(lines, kept);
			return false;
		}
		keep_use(lines, kept);
		*out = line->runs;
		return true;
	}
	return false;
}

void lines_keep(struct keep *lines, const char *text, const struct type_wish *wish, const struct type_runs *runs)
{
	size_t size =
		sizeof(struct line_runs) + runs->n * (sizeof(struct type_run) + sizeof(uint32_t)) + strlen(text) + 1;
	struct type_key key;

	for (size_t i = 0; i < runs->n; i++)
		size += strlen(runs->v[i].text) + 1;
	struct line_runs *out = key_of(wish, &key) && size < TYPE_LINES_BYTES / 8 ? mem_alloc(size) : NULL;
	if (!out)
		return;
	*out = (struct line_runs){ .key = key, .runs = *runs };
	out->kept.hash = line_hash(text, &key);
	out->kept.bytes = size;
	out->runs.v = (struct type_run *)(void *)(out + 1);
	uint32_t *faces = faces_of(out);
	char *at = (char *)(faces + runs->n);
	for (size_t i = 0; i < runs->n; i++) {
		out->runs.v[i] = runs->v[i];
		out->runs.v[i].text = put_text(&at, runs->v[i].text);
		faces[i] = face_id(runs->v[i].face);
	}
	out->text = put_text(&at, text);
	keep_add(lines, &out->kept);
}
