/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typeset before, so that a view that is laid out again, for the
 * clock's new minute or with a finger on it, shapes nothing: paragraphs as
 * they were wrapped, and lines as runs. */
#pragma once

#include "kiosk/kept.h"
#include "kiosk/typeset_cache.h"
#include "screen/typeset.h"

enum { TYPE_BLOCKS_BYTES = 1 << 20, TYPE_LINES_BYTES = 1 << 20 };

struct type_wish {
	const char *lang;
	bool rtl; /* base direction */
	enum weight weight;
	int font_px;
	bool tabular;
};

struct type_runs {
	size_t n;
	struct type_run *v; /* left to right; x from the line's left edge */
	int w;
};

/* Paragraphs. What is asked for is the whole key: a block that was made once is right for ever. */
struct block_wish {
	const char *text;
	struct type_wish type;
	enum align align;
	int width;
	size_t max_lines;
};
/* Copies the block into ARENA; true if it is there. ERR_MEMORY: ARENA is full. */
CHECKED enum err blocks_take(struct keep *blocks, const struct block_wish *wish, struct arena *arena, bool *found,
			     struct type_block *out);
/* Where memory is short it is not kept, which is no fault. */
void blocks_keep(struct keep *blocks, const struct block_wish *wish, const struct type_block *block);
void blocks_init(struct keep *blocks);

/* Lines. OUT is the line's own, until the next of these calls. */
bool lines_take(struct keep *lines, const char *text, const struct type_wish *wish, struct type_runs *out);
void lines_keep(struct keep *lines, const char *text, const struct type_wish *wish, const struct type_runs *runs);
void lines_init(struct keep *lines);
