/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The band with the clock, at the top of every view. */
#include "screen/parts.h"

enum { ABOVE_UNITS = 28 };

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* The time; or, in words, that nobody knows it. */
static struct words clock_words(struct builder *b, enum size size)
{
	bool unsure = b->model->shown.clock_unsure;
	return (struct words){
		.s = unsure ? say(b, TEXT_SCREEN_CLOCK_UNSURE) : date_words(b, DATE_TIME, b->model->shown.clock),
		.size = unsure ? SIZE_BODY : size,
		.weight = WEIGHT_BOLD,
		.align = ALIGN_END,
		.fg = b->theme->header.fg,
		.bg = b->theme->header.bg,
		.tabular = !unsure,
	};
}

static int clock_width(struct builder *b, enum size size)
{
	struct words words = clock_words(b, size);
	if (!b->model->shown.clock_unsure)
		words.s = "00.00";
	int w = words_width(b, &words) + 1;
	/* In two lines, where words stand for the time. */
	return words.tabular ? w : larger(w * 5 / 8, 6 * b->m.font[SIZE_BODY]);
}

static void clock_put(struct builder *b, int right, int top, int height, enum size size)
{
	struct mark mark = mark_here(b);
	struct words words = clock_words(b, size);
	int w = words.tabular ? words_width(b, &words) + 1 : clock_width(b, size), h = words_height(b, &words, w);
	put_words(b, "clock", right - w, top + (height - h) / 2, w, &words);
	struct item *item = last_since(b, mark);
	if (item)
		item->role = ROLE_CLOCK;
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
	struct item *box = put_box(b, "age", ROLE_PANEL, (struct rect){ b->page.x, y, b->page.w, 0 },
				   &(struct box){ .bg = pair.bg });
	int height = put_words(b, "age/text", b->body.x, y + m->unit, b->body.w, &words) + 2 * m->unit;
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
	return put_box(b, "header", ROLE_PANEL, (struct rect){ b->page.x, 0, b->page.w, 0 },
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
	int w = b->body.w - clock_width(b, clock) - m->gap;
	int text_h = words_height(b, &words, w);
	int height = header_height(b, larger(text_h, line_px(b, clock)) + 2 * m->unit, kind);
	put_words(b, "header/title", b->body.x, (height - text_h) / 2, w, &words);
	clock_put(b, b->body.x + b->body.w, 0, height, clock);
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
	int w = b->body.w - clock_width(b, SIZE_CLOCK) - m->gap;
	if (words_width(b, &date) > w)
		date.s = print(b, "%s\n%s", weekday, date_words(b, DATE_DAY_MONTH, now));
	struct mark words = mark_here(b);
	bool name_beside = words_width(b, &name) <= w;
	int y = 3 * m->unit / 2;
	y += put_words(b, "header/centre", b->body.x, y, name_beside ? w : b->body.w, &name);
	int below = name_beside ? 0 : y;
	y += put_words(b, "header/date", b->body.x, y, w, &date);
	int least = larger(y, below + line_px(b, SIZE_CLOCK)) + m->unit;
	int height = header_height(b, least, CONTENT_CONTROLS);
	clock_put(b, b->body.x + b->body.w, below, least - below, SIZE_CLOCK);
	move_since(b, words, 0, (height - least) / 2);
	header_end(b, band, height, CONTENT_CONTROLS);
}
