/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How views make a display list: they put items one after the other, look how
 * tall that became, move it or take it back. The first error sticks, later
 * calls do nothing. Everything put is copied into the picture's arena. */
#pragma once

#include "core/lang.h"
#include "screen/screen.h"

/* Sizes of type, from the smallest that may be read at the viewing distance. */
enum size { SIZE_BODY, SIZE_NAME, SIZE_HEADING, SIZE_TITLE, SIZE_TIME, SIZE_DATE, SIZE_CLOCK, SIZE_COUNT };

/* Pixels, all derived from mm and the panel (accessibility: targets 25 mm, gaps 6 mm, 10 mm to the bezel). */
struct metrics {
	double px_per_mm;
	int font[SIZE_COUNT];
	int unit;                /* the step of all spacing: 8 on a 24-inch panel */
	int margin;              /* to the panel's left and right */
	int bezel;               /* no touch acts nearer to the panel's edge */
	int gap;                 /* between things that can be touched */
	int target;              /* least side of what can be touched */
	int pad;                 /* inside a card */
	int radius, thin, thick; /* corners and edges */
	int band;                /* from the panel's foot; all that can be touched stands in it */
	bool portrait;
	bool compact; /* little room for the type: short headers, signs beside words */
};

struct builder {
	const struct model *model;
	const struct surroundings *around;
	const struct centre *centre; /* NULL: no feed yet */
	struct arena *arena;
	const struct lang *lang;
	const struct theme *theme;
	struct metrics m;
	struct metrics fixed; /* of what stands in the same place in every language */
	struct display *out;
	size_t capacity;
	int focus;         /* of the next control */
	struct rect page;  /* what the furniture leaves */
	struct rect body;  /* what header and furniture leave to the view */
	struct rect above; /* reach mode: for words and pictures, between header and body; else without height */
	bool brief;        /* cards leave out lines that are told in full one touch further */
	int lead;    /* above the words of cards that stand in a row, so that these begin level; 0: in the middle */
	int choices; /* that stand beside a page of cards and count with them */
	bool tight;  /* cards have half the air, so that one more fits */
	enum err err;
};

/* LANG NULL: for what no language may move. */
void metrics_init(struct metrics *m, const struct surroundings *around, const char *lang);
int mm_px(const struct metrics *m, double mm); /* rounded up */

/* ---- words */

struct words {
	const char *s;
	const char *lang; /* NULL: the screen's */
	enum size size;
	enum weight weight;
	enum align align;
	int32_t fg, bg;
	bool struck, tabular;
	bool heading;
	size_t max_lines; /* 0: any */
};

/* Puts WORDS with their top left corner at X, Y, wrapped at WIDTH; returns the height. */
int put_words(struct builder *b, const char *id, int x, int y, int width, const struct words *words);
/* How wide WORDS are on one line, and how tall when wrapped at WIDTH. */
int words_width(struct builder *b, const struct words *words);
int words_height(struct builder *b, const struct words *words, int width);
/* As words_set, and as tall, but with no short word alone on the last line; centred lines that make a paragraph begin
 * level, their block in the middle. */
struct type_block words_wrap(struct builder *b, const struct words *words, int width);
/* Wrapped for a caller that puts the lines itself; no line has more letters than eyes like. */
struct type_block words_set(struct builder *b, const struct words *words, int width);
/* Makes WORDS those of ITEM (may be NULL), a box that was put already. */
void give_words(struct builder *b, struct item *item, int x, int y, int width, const struct words *words);
/* Lines FROM to TO (exclusive) of BLOCK, as put_words. */
int put_lines(struct builder *b, const char *id, int x, int y, const struct words *words,
	      const struct type_block *block, size_t from, size_t to);
int line_px(const struct builder *b, enum size size);
/* W, or as wide as eyes like a line of SIZE: about 55 characters (accessibility D2). */
int line_room(const struct builder *b, enum size size, int w);

const char *say(const struct builder *b, enum text_id id);
/* Whether words in LANG (NULL: the screen's) begin at the right. */
bool reads_rtl(const struct builder *b, const char *lang);
/* The text in the shown language or the nearest; NULL for none. */
const char *pick(struct builder *b, struct texts texts, const char **lang_out);
/* Never NULL: "" and the error is remembered when memory is out. */
const char *print(struct builder *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *checked(struct builder *b, const char *s);
#define tell(b, id, ...) checked((b), lang_format((b)->arena, (b)->lang, (id), __VA_ARGS__))
const char *date_words(struct builder *b, enum date_form form, struct civil when);
/* 0: today, 1: tomorrow; DAYS_UNKNOWN while nobody knows what day it is. */
enum { DAYS_UNKNOWN = 1 << 20 };
int days_ahead(const struct builder *b, struct civil day);
/* The first letter in upper case. */
const char *capital(struct builder *b, const char *s);
/* The parts that are not NULL or "", with BETWEEN between them. */
const char *join(struct builder *b, const char *between, const char *p, const char *q, const char *r);

/* ---- boxes */

struct box {
	int32_t bg, border;
	int border_px, radius;
	int32_t edge; /* a bar at the start side */
	int edge_px;
};

/* NULL when the list is full or an error stands. */
struct item *put_box(struct builder *b, const char *id, enum role role, struct rect rect, const struct box *box);
void put_icon(struct builder *b, const char *id, struct rect rect, const char *icon, int32_t fg, int32_t bg);
/* A pictogram in a soft round of DIAMETER. */
void put_round(struct builder *b, const char *id, int x, int y, int diameter, const char *icon, struct pair colours);

/* Makes ITEM (may be NULL) answer touches. */
void make_control(struct builder *b, struct item *item, const char *action, const char *spoken);

/* ---- what has been put since a mark */

struct mark {
	size_t n;
	int focus;
};
struct mark mark_here(const struct builder *b);
void take_back(struct builder *b, struct mark mark);
/* Moves what was put from FROM until TO. */
void move_between(struct builder *b, struct mark from, struct mark to, int dx, int dy);
void move_since(struct builder *b, struct mark mark, int dx, int dy);
/* What was put last; NULL if nothing since MARK. */
struct item *last_since(struct builder *b, struct mark mark);
