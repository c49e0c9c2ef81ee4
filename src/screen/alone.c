/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/alone.h"

enum { WIDTH_BODIES = 24, ROUND_UNITS = 26 };

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

struct alone alone_begin(struct builder *b, struct pair colours)
{
	return (struct alone){ .colours = colours, .begin = mark_here(b) };
}

void alone_space(struct builder *b, struct alone *alone, int units)
{
	alone->y += units * b->m.unit;
}

void alone_words(struct builder *b, struct alone *alone, const char *id, const char *s, enum size size,
		 enum weight weight)
{
	int most = WIDTH_BODIES * b->m.font[SIZE_BODY];
	bool large = b->m.font[size] > 2 * b->m.font[SIZE_BODY];
	int w = large || b->body.w < most ? b->body.w : most;
	struct words words = {
		.s = s,
		.size = size,
		.weight = weight,
		.align = ALIGN_CENTRE,
		.fg = alone->colours.fg,
		.bg = alone->colours.bg,
		.tabular = large,
		.heading = size == SIZE_TITLE,
	};
	/* Eyes find the next line where lines begin below each other; two may stand in the middle. */
	struct type_block block = words_wrap(b, &words, w);
	if (block.n_lines > 2) {
		words.align = ALIGN_START;
		w = words_set(b, &words, w).w + 1;
	}
	alone->y += put_words(b, id, b->body.x + (b->body.w - w) / 2, alone->y, w, &words);
}

void alone_round(struct builder *b, struct alone *alone, const char *icon, struct pair colours)
{
	int side = ROUND_UNITS * b->m.unit;
	put_round(b, "message", b->body.x + (b->body.w - side) / 2, alone->y, side, icon, colours);
	alone->y += side;
}

bool alone_end(struct builder *b, struct alone *alone)
{
	int room = b->body.h - alone->y, above = b->body.y + room / 2;
	if (room < 0) {
		take_back(b, alone->begin);
		return false;
	}
	/* In reach mode in the band of controls, as far as it is tall enough: words are to be read from a chair. */
	int band = b->around->reach ? larger(band_top(b), b->body.y) : b->body.y;
	if (band > b->body.y)
		above = smaller(band + larger(0, (b->body.y + b->body.h - band - alone->y) / 2), b->body.y + room);
	move_since(b, alone->begin, 0, above);
	return true;
}

void alone_enlarge(struct builder *b, enum size size, const char *words, int most)
{
	struct words line = { .s = words, .size = size, .weight = WEIGHT_SEMIBOLD, .tabular = true };
	int own = b->m.font[size], w = words_width(b, &line);
	int room = w > 0 ? (int)((int64_t)own * b->body.w * 9 / 10 / w) : own;
	b->m.font[size] = room < most ? room : most;
	if (b->m.font[size] < own)
		b->m.font[size] = own;
}

struct item *alone_control(struct builder *b, const char *id, const char *action, const char *spoken)
{
	int edge = b->m.bezel;
	struct rect rect = { edge, edge, b->out->w - 2 * edge, b->out->h - 2 * edge };
	struct item *item =
		put_box(b, id, ROLE_BUTTON, rect, &(struct box){ .bg = COLOUR_NONE, .radius = b->m.radius });
	make_control(b, item, action, spoken);
	return item;
}
