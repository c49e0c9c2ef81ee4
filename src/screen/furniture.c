/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header and furniture: what stands in the same place in every view. */
#include <string.h>

#include "screen/parts.h"

enum { PIECES = 4, ABOVE_UNITS = 28 };

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* The language that the button leads to: the next one that Oppslag speaks. */
static const struct lang *other_lang(const struct lang *lang)
{
	for (size_t i = 0; i < lang_count(); i++)
		if (lang_at(i) == lang)
			return lang_at((i + 1) % lang_count());
	return lang_at(0);
}

static void pieces(struct builder *b, const struct lang *lang, struct button out[PIECES])
{
	const struct lang *other = other_lang(lang);
	enum view view = b->model->place.view;
	out[0] = (struct button){ .id = "home",
				  .label = lang_text(lang, TEXT_SCREEN_HOME),
				  .icon = "home",
				  .action = "home",
				  .chosen = view == VIEW_HOME };
	out[1] = (struct button){ .id = "back",
				  .label = lang_text(lang, TEXT_SCREEN_BACK),
				  .icon = "back",
				  .action = "back",
				  .off = view == VIEW_HOME };
	out[2] = (struct button){ .id = "help",
				  .label = lang_text(lang, TEXT_SCREEN_HELP),
				  .icon = "help",
				  .action = "open help",
				  .chosen = view == VIEW_HELP };
	out[3] = (struct button){ .id = "language",
				  .label = lang_text(other, TEXT_SCREEN_LANGUAGE),
				  .lang = lang_code(other),
				  .icon = "language",
				  .action = print(b, "language %s", lang_code(other)) };
}

/* The widest piece in any language: the furniture does not move when the language changes. */
static int widest(struct builder *b, bool upright)
{
	int most = 0;
	for (size_t i = 0; i < lang_count(); i++) {
		struct button piece[PIECES];
		pieces(b, lang_at(i), piece);
		for (int k = 0; k < PIECES; k++) {
			piece[k].upright = upright;
			piece[k].lang = piece[k].lang ? piece[k].lang : lang_code(lang_at(i));
			most = larger(most, button_width(b, &piece[k]) - 2 * (b->m.pad - b->m.unit));
		}
	}
	return most;
}

struct bar {
	struct rect rect;
	int rows, top, w, h;
	bool upright;
};

static struct bar bar_of(struct builder *b)
{
	const struct metrics *m = &b->m;
	int inner = b->out->w - 2 * m->margin, fourth = (inner - 3 * m->gap) / PIECES;
	struct bar bar = { .rows = 1, .upright = !m->compact };
	if (m->compact && widest(b, false) > fourth) {
		bar.upright = widest(b, true) <= fourth && m->portrait;
		bar.rows = bar.upright ? 1 : 2;
	} else if (widest(b, true) > fourth) {
		bar.upright = false;
		bar.rows = 2;
	}
	int across = PIECES / bar.rows;
	bar.w = (inner - (across - 1) * m->gap) / across;
	bar.h = button_height(b);
	if (bar.upright)
		bar.h = larger(m->target, line_px(b, SIZE_BODY) + m->font[SIZE_BODY] * 3 / 2 + 3 * m->unit);
	bar.top = 2 * m->unit;
	int height = bar.rows * bar.h + (bar.rows - 1) * m->gap + bar.top + larger(m->bezel, 2 * m->unit);
	bar.rect = (struct rect){ 0, b->out->h - height, b->out->w, height };
	return bar;
}

void furniture_reserve(struct builder *b)
{
	struct bar bar = bar_of(b);
	b->body = (struct rect){ b->m.margin, 0, b->out->w - 2 * b->m.margin,
				 bar.rect.y - larger(3 * b->m.unit / 2, b->m.gap - bar.top) };
}

void furniture_put(struct builder *b)
{
	const struct metrics *m = &b->m;
	struct bar bar = bar_of(b);
	struct button piece[PIECES];
	pieces(b, b->lang, piece);
	put_box(b, "furniture", ROLE_PANEL, bar.rect, &(struct box){ .bg = b->theme->bar.bg });
	put_box(b, "furniture/line", ROLE_PANEL, (struct rect){ 0, bar.rect.y, bar.rect.w, m->thin },
		&(struct box){ .bg = b->theme->edge });
	int across = PIECES / bar.rows;
	for (int i = 0; i < PIECES; i++) {
		int x = m->margin + i % across * (bar.w + m->gap);
		int y = bar.rect.y + bar.top + i / across * (bar.h + m->gap);
		piece[i].upright = bar.upright;
		button_put(b, (struct rect){ x, y, bar.w, bar.h }, &piece[i]);
	}
}

/* ---- header */

static void clock_put(struct builder *b, int right, int top, int height, enum size size)
{
	struct mark mark = mark_here(b);
	struct words words = {
		.s = date_words(b, DATE_TIME, b->model->shown.now),
		.size = size,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->header.fg,
		.bg = b->theme->header.bg,
		.tabular = true,
	};
	int w = words_width(b, &words) + 1, h = line_px(b, size);
	put_words(b, "clock", right - w, top + (height - h) / 2, w, &words);
	struct item *item = last_since(b, mark);
	if (item)
		item->role = ROLE_CLOCK;
}

static int clock_width(struct builder *b, enum size size)
{
	struct words words = { .s = "00.00", .size = size, .weight = WEIGHT_BOLD, .tabular = true };
	return words_width(b, &words) + 1;
}

static const char *age_words(struct builder *b)
{
	int64_t hours = b->model->shown.feed_age_s / 3600;
	if (hours < 48)
		return tell(b, TEXT_SCREEN_AGE_HOURS, ARG_N(hours));
	return tell(b, TEXT_SCREEN_AGE_DAYS, ARG_N(hours / 24));
}

/* A quiet line: what stands here is an hour old or more. */
static int age_put(struct builder *b, int y)
{
	const struct metrics *m = &b->m;
	struct pair pair = b->theme->tint[TINT_SAND];
	if (!b->centre || b->model->shown.feed_age_s <= AGE_SHOWN_S)
		return 0;
	struct words words = { .s = age_words(b), .weight = WEIGHT_MEDIUM, .fg = pair.fg, .bg = pair.bg };
	struct mark mark = mark_here(b);
	struct item *box =
		put_box(b, "age", ROLE_PANEL, (struct rect){ 0, y, b->out->w, 0 }, &(struct box){ .bg = pair.bg });
	int height = put_words(b, "age/text", m->margin, y + m->unit, b->out->w - 2 * m->margin, &words) + 2 * m->unit;
	if (box)
		box->rect.h = height;
	else
		take_back(b, mark);
	return height;
}

int band_top(const struct builder *b)
{
	/* Controls answer touches half a gap above their picture. */
	return b->out->h - b->m.band + b->m.gap / 2;
}

/* How tall the band with the clock is, if HEIGHT is the least: it takes what reach
 * mode leaves above the controls where that is too little for anything else. */
static int header_height(struct builder *b, int height, enum content_kind kind)
{
	struct mark mark = mark_here(b);
	int end = height + age_put(b, height) + 3 * b->m.unit / 2, room = band_top(b) - end;
	take_back(b, mark);
	return kind == CONTENT_CONTROLS && room > 0 && room < ABOVE_UNITS * b->m.unit ? height + room : height;
}

/* Puts the band once its height is known. */
static void header_end(struct builder *b, struct item *band, int height, enum content_kind kind)
{
	if (band)
		band->rect.h = height;
	height += age_put(b, height);
	int top = height + 3 * b->m.unit / 2, from = larger(top, kind == CONTENT_CONTROLS ? band_top(b) : 0);
	b->above = (struct rect){ b->body.x, top, b->body.w, larger(0, from - top - b->m.gap) };
	b->body.h -= from - b->body.y;
	b->body.y = from;
}

static struct item *header_begin(struct builder *b)
{
	return put_box(b, "header", ROLE_PANEL, (struct rect){ 0, 0, b->out->w, 0 },
		       &(struct box){ .bg = b->theme->header.bg });
}

void header_put(struct builder *b, const char *title, const char *title_lang, enum content_kind kind)
{
	const struct metrics *m = &b->m;
	enum size clock = m->compact ? SIZE_TITLE : SIZE_DATE;
	struct words words = {
		.s = title,
		.lang = title_lang,
		.size = m->compact ? SIZE_HEADING : SIZE_TITLE,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->header.fg,
		.bg = b->theme->header.bg,
		.heading = true,
		.max_lines = 2,
	};
	struct item *band = header_begin(b);
	int w = b->out->w - 2 * m->margin - clock_width(b, clock) - m->gap;
	int text_h = words_height(b, &words, w);
	int height = header_height(b, larger(text_h, line_px(b, clock)) + 2 * m->unit, kind);
	put_words(b, "header/title", m->margin, (height - text_h) / 2, w, &words);
	clock_put(b, b->out->w - m->margin, 0, height, clock);
	header_end(b, band, height, kind);
}

void header_put_home(struct builder *b)
{
	const struct metrics *m = &b->m;
	const char *lang = NULL;
	struct civil now = b->model->shown.now;
	const char *weekday = capital(b, date_words(b, DATE_WEEKDAY, now));
	struct words name = {
		.s = pick(b, b->centre->name, &lang),
		.weight = WEIGHT_MEDIUM,
		.fg = b->theme->header_muted,
		.bg = b->theme->header.bg,
		.max_lines = 2,
	};
	name.lang = lang;
	struct words date = {
		.s = capital(b, date_words(b, DATE_WEEKDAY_DAY_MONTH, now)),
		.size = SIZE_DATE,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->header.fg,
		.bg = b->theme->header.bg,
		.heading = true,
	};
	struct item *band = header_begin(b);
	int w = b->out->w - 2 * m->margin - clock_width(b, SIZE_CLOCK) - m->gap;
	if (words_width(b, &date) > w)
		date.s = print(b, "%s\n%s", weekday, date_words(b, DATE_DAY_MONTH, now));
	struct mark words = mark_here(b);
	bool name_beside = words_width(b, &name) <= w;
	int y = 3 * m->unit / 2;
	y += put_words(b, "header/centre", m->margin, y, name_beside ? w : b->out->w - 2 * m->margin, &name);
	int below = name_beside ? 0 : y;
	y += put_words(b, "header/date", m->margin, y, w, &date);
	int least = larger(y, below + line_px(b, SIZE_CLOCK)) + m->unit;
	int height = header_height(b, least, CONTENT_CONTROLS);
	clock_put(b, b->out->w - m->margin, below, least - below, SIZE_CLOCK);
	move_since(b, words, 0, (height - least) / 2);
	header_end(b, band, height, CONTENT_CONTROLS);
}
