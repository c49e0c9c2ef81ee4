/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/build.h"

#include <string.h>

#include "base/utf8.h"
#include "screen/rtl.h"

static void fail(struct builder *b, enum err err)
{
	if (b->err == OK)
		b->err = err;
}

static void *kept(struct builder *b, void *p)
{
	if (!p)
		fail(b, ERR_MEMORY);
	return p;
}

const char *checked(struct builder *b, const char *s)
{
	if (!s)
		fail(b, ERR_MEMORY);
	return s ? s : "";
}

const char *print(struct builder *b, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	const char *s = arena_vprintf(b->arena, fmt, args);
	va_end(args);
	return checked(b, s);
}

const char *say(const struct builder *b, enum text_id id)
{
	return lang_text(b->lang, id);
}

bool reads_rtl(const struct builder *b, const char *lang)
{
	if (!lang)
		return lang_is_rtl(b->lang);
	const struct lang *known = lang_find(lang);
	return known && lang_is_rtl(known);
}

const char *pick(struct builder *b, struct texts texts, const char **lang_out)
{
	const char *lang = NULL, *s = texts_pick(b->centre, texts, lang_code(b->lang), &lang);
	if (lang_out)
		*lang_out = lang;
	return s && reads_rtl(b, lang) ? isolated(b, s) : s;
}

const char *date_words(struct builder *b, enum date_form form, struct civil when)
{
	return checked(b, lang_date(b->arena, b->lang, form, when));
}

int days_ahead(const struct builder *b, struct civil day)
{
	if (b->model->shown.clock_unsure)
		return DAYS_UNKNOWN;
	return civil_day(day) - civil_day(b->model->shown.now);
}

const char *capital(struct builder *b, const char *s)
{
	return checked(b, lang_capitalise(b->arena, b->lang, s));
}

const char *join(struct builder *b, const char *between, const char *p, const char *q, const char *r)
{
	const char *parts[] = { p, q, r };
	const char *all = "";
	for (int i = 0; i < 3; i++)
		if (parts[i] && parts[i][0])
			all = all[0] ? print(b, "%s%s%s", all, between, parts[i]) : parts[i];
	return all;
}

/* A new item at the end of the list, drawn after all others. */
static struct item *put_item(struct builder *b, const char *id, enum role role, struct rect rect)
{
	struct display *out = b->out;
	if (b->err != OK)
		return NULL;
	if (out->n_items == b->capacity) {
		out->n_dropped++;
		return NULL;
	}
	struct item *item = &out->items[out->n_items++];
	*item = (struct item){ .role = role, .rect = rect, .enabled = true, .focus = -1 };
	item->fg = item->bg = item->border = item->edge = COLOUR_NONE;
	item->id = checked(b, arena_strdup(b->arena, id));
	return item;
}

/* ---- words */

/* What eyes like on one line (accessibility D2): no more letters than these, in scripts of narrow ones; and no more of
 * its own sizes, in scripts of wide ones. */
enum { LETTERS_MOST = 55, LINE_ROOM = 28 };

static struct type_style style_of(const struct builder *b, const struct words *words)
{
	return (struct type_style){
		.font_px = b->m.font[words->size],
		.weight = words->weight,
		.align = words->align,
		.tabular = words->tabular,
	};
}

static const char *lang_of(const struct builder *b, const struct words *words)
{
	return words->lang ? words->lang : lang_code(b->lang);
}

static struct type_block set_once(struct builder *b, const struct words *words, int width)
{
	struct type_block block = { 0 };
	const struct typesetter *t = b->around->typesetter;
	struct type_style style = style_of(b, words);
	if (b->err != OK)
		return block;
	enum err err = t->set(t->context, b->arena, words->s, lang_of(b, words), reads_rtl(b, words->lang), &style,
			      width > 1 ? width : 1, words->max_lines, &block);
	if (err != OK) {
		fail(b, err);
		return (struct type_block){ 0 };
	}
	return block;
}

/* In which width none of BLOCK's lines is too long for the eye, if its letters are as wide as they are on average. */
static int width_for_eyes(const struct type_block *block, int width)
{
	for (size_t i = 0; i < block->n_lines; i++) {
		const struct line *line = &block->lines[i];
		int letters = (int)utf8_count(line->text), room = line->w * LETTERS_MOST / (letters ? letters : 1);
		if (letters > LETTERS_MOST && room < width)
			width = room;
	}
	return width;
}

/* Lines that were set in NARROW stand in WIDTH as they are aligned. */
static void align_within(struct type_block *block, enum align align, int narrow, int width)
{
	int dx = align == ALIGN_CENTRE ? (width - narrow) / 2 : align == ALIGN_END ? width - narrow : 0;
	for (size_t i = 0; i < block->n_lines; i++)
		block->lines[i].x += dx;
}

struct type_block words_set(struct builder *b, const struct words *words, int width)
{
	struct type_block block = set_once(b, words, width);
	int narrow = width, room;
	while (!block.truncated && (room = width_for_eyes(&block, narrow)) < narrow) {
		struct type_block other = set_once(b, words, room);
		if (other.truncated)
			break; /* a long line is better than a lost word */
		block = other;
		narrow = room;
	}
	align_within(&block, words->align, narrow, width);
	return block;
}

/* A line of its own for less than this part of the widest one looks like a mistake. */
static const double LAST_LEAST = 0.3;
enum { PARAGRAPH_LINES = 3 };

static bool ends_short(const struct type_block *block)
{
	return block->n_lines > 1 && block->lines[block->n_lines - 1].w < LAST_LEAST * block->w;
}

static struct type_block without_short_end(struct builder *b, const struct words *words, int width)
{
	struct type_block block = words_set(b, words, width);
	if (block.truncated || !ends_short(&block) || strchr(words->s, '\n'))
		return block;
	for (int part = 15; part > 10; part--) {
		int narrow = width * part / 16;
		struct type_block other = words_set(b, words, narrow);
		if (other.truncated || other.n_lines != block.n_lines)
			break;
		if (ends_short(&other))
			continue;
		align_within(&other, words->align, narrow, width);
		return other;
	}
	return block;
}

struct type_block words_wrap(struct builder *b, const struct words *words, int width)
{
	struct type_block block = without_short_end(b, words, width);
	/* Eyes find the next line of a paragraph where the last one began (accessibility D2). */
	if (words->align == ALIGN_CENTRE && !words->heading && block.n_lines >= PARAGRAPH_LINES)
		for (size_t i = 0; i < block.n_lines; i++)
			block.lines[i].x = (width - block.w) / 2;
	return block;
}

int line_px(const struct builder *b, enum size size)
{
	const struct typesetter *t = b->around->typesetter;
	return t->line_px(t->context, lang_code(b->lang), b->m.font[size]);
}

int line_room(const struct builder *b, enum size size, int w)
{
	int most = LINE_ROOM * b->m.font[size];
	return w < most ? w : most;
}

int words_width(struct builder *b, const struct words *words)
{
	return set_once(b, words, 1 << 20).w;
}

int words_height(struct builder *b, const struct words *words, int width)
{
	return words_set(b, words, width).h;
}

/* Without the places where a line may break, which only the typesetter reads. */
static const char *without_breaks(struct builder *b, const char *s)
{
	static const char zero_width_space[] = "\xE2\x80\x8B";
	char *copy = arena_strdup(b->arena, s), *at;
	while (copy && (at = strstr(copy, zero_width_space)))
		memmove(at, at + 3, strlen(at + 3) + 1);
	return checked(b, copy);
}

/* The text of some of a block's lines; of all of them, the text itself. */
static const char *text_of(struct builder *b, const struct words *words, const struct type_block *block, size_t from,
			   size_t to)
{
	if (from == 0 && to == block->n_lines && !block->truncated)
		return without_breaks(b, words->s);
	const char *text = "";
	for (size_t i = from; i < to; i++)
		text = join(b, " ", text, block->lines[i].text, NULL);
	return text;
}

/* How far from the block's left its lines begin and end. */
static struct rect ink_of(const struct type_block *block, size_t from, size_t to)
{
	int left = block->lines[from].x, right = left;
	for (size_t i = from; i < to; i++) {
		int end = block->lines[i].x + block->lines[i].w;
		left = block->lines[i].x < left ? block->lines[i].x : left;
		right = end > right ? end : right;
	}
	int each = block->h / (int)block->n_lines;
	int height = to == block->n_lines ? block->h - (int)from * each : (int)(to - from) * each;
	return (struct rect){ left, (int)from * each, right - left, height };
}

static void dress(struct builder *b, struct item *item, const struct words *words)
{
	const struct typesetter *t = b->around->typesetter;
	item->lang = checked(b, arena_strdup(b->arena, lang_of(b, words)));
	item->rtl = reads_rtl(b, words->lang);
	item->weight = words->weight;
	item->font_px = b->m.font[words->size];
	item->cap_px = t->cap_px(t->context, item->lang, item->font_px);
	item->tabular = words->tabular;
	item->struck = words->struck;
	item->fg = words->fg;
	item->bg = words->bg;
}

int put_lines(struct builder *b, const char *id, int x, int y, const struct words *words,
	      const struct type_block *block, size_t from, size_t to)
{
	if (from >= to || b->err != OK)
		return 0;
	struct rect ink = ink_of(block, from, to);
	struct item *item =
		put_item(b, id, words->heading ? ROLE_HEADING : ROLE_TEXT, (struct rect){ x + ink.x, y, ink.w, ink.h });
	struct line *lines = item ? kept(b, ARENA_ARRAY(b->arena, to - from, struct line)) : NULL;
	if (!lines)
		return ink.h;
	for (size_t i = from; i < to; i++) {
		lines[i - from] = block->lines[i];
		lines[i - from].x -= ink.x;
		lines[i - from].baseline -= ink.y;
	}
	item->text = text_of(b, words, block, from, to);
	item->lines = lines;
	item->n_lines = to - from;
	item->truncated = block->truncated;
	dress(b, item, words);
	return ink.h;
}

void give_words(struct builder *b, struct item *item, int x, int y, int width, const struct words *words)
{
	struct type_block block = words_set(b, words, width);
	if (!item || b->err != OK)
		return;
	for (size_t i = 0; i < block.n_lines; i++) {
		block.lines[i].x += x - item->rect.x;
		block.lines[i].baseline += y - item->rect.y;
	}
	item->text = without_breaks(b, words->s);
	item->lines = block.lines;
	item->n_lines = block.n_lines;
	item->truncated = block.truncated;
	dress(b, item, words);
}

int put_words(struct builder *b, const char *id, int x, int y, int width, const struct words *words)
{
	struct type_block block = words_wrap(b, words, width);
	return put_lines(b, id, x, y, words, &block, 0, block.n_lines);
}

/* ---- boxes */

struct item *put_box(struct builder *b, const char *id, enum role role, struct rect rect, const struct box *box)
{
	struct item *item = put_item(b, id, role, rect);
	if (!item)
		return NULL;
	item->bg = box->bg;
	item->border = box->border_px ? box->border : COLOUR_NONE;
	item->border_px = box->border_px;
	item->radius_px = box->radius;
	item->edge = box->edge_px ? box->edge : COLOUR_NONE;
	item->edge_px = box->edge_px;
	item->decorative = true;
	return item;
}

void put_icon(struct builder *b, const char *id, struct rect rect, const char *icon, int32_t fg, int32_t bg)
{
	struct item *item = put_item(b, id, ROLE_ICON, rect);
	if (!item)
		return;
	item->icon = icon;
	item->fg = fg;
	item->bg = bg;
	item->decorative = true;
}

void put_round(struct builder *b, const char *id, int x, int y, int diameter, const char *icon, struct pair colours)
{
	int sign = diameter * 9 / 16;
	int inset = (diameter - sign) / 2;
	put_box(b, print(b, "%s/round", id), ROLE_PANEL, (struct rect){ x, y, diameter, diameter },
		&(struct box){ .bg = colours.bg, .radius = diameter / 2 });
	put_icon(b, print(b, "%s/icon", id), (struct rect){ x + inset, y + inset, sign, sign }, icon, colours.fg,
		 colours.bg);
}

static int clamp(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

/* The picture grown by half the gap, but not into the strip at the bezel, where
 * fingers miss most. */
static struct rect hit_of(const struct builder *b, struct rect r)
{
	int grow = b->m.gap / 2, bezel = b->m.bezel;
	int left = clamp(r.x - grow, bezel < r.x ? bezel : r.x, r.x);
	int top = clamp(r.y - grow, bezel < r.y ? bezel : r.y, r.y);
	int right = clamp(r.x + r.w + grow, r.x + r.w, b->out->w - bezel > r.x + r.w ? b->out->w - bezel : r.x + r.w);
	int bottom = clamp(r.y + r.h + grow, r.y + r.h, b->out->h - bezel > r.y + r.h ? b->out->h - bezel : r.y + r.h);
	return (struct rect){ left, top, right - left, bottom - top };
}

void make_control(struct builder *b, struct item *item, const char *action, const char *spoken)
{
	if (!item)
		return;
	item->has_hit = true;
	item->hit = hit_of(b, item->rect);
	item->focus = b->focus++;
	item->decorative = false;
	item->action = checked(b, arena_strdup(b->arena, action));
	item->spoken = spoken ? checked(b, arena_strdup(b->arena, spoken)) : NULL;
}

/* ---- marks */

struct mark mark_here(const struct builder *b)
{
	return (struct mark){ b->out->n_items, b->focus };
}

void take_back(struct builder *b, struct mark mark)
{
	b->out->n_items = mark.n;
	b->focus = mark.focus;
}

void move_between(struct builder *b, struct mark from, struct mark to, int dx, int dy)
{
	for (size_t i = from.n; i < to.n; i++) {
		struct item *item = &b->out->items[i];
		item->rect.x += dx;
		item->rect.y += dy;
		if (item->has_hit)
			item->hit = hit_of(b, item->rect);
	}
}

void move_since(struct builder *b, struct mark mark, int dx, int dy)
{
	move_between(b, mark, mark_here(b), dx, dy);
}

struct item *last_since(struct builder *b, struct mark mark)
{
	return b->out->n_items > mark.n ? &b->out->items[b->out->n_items - 1] : NULL;
}
