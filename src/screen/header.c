/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The band with the clock, at the top of every view. */
#include "screen/foreign.h"
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

/* The figures stand in the middle of HEIGHT, however tall the lines of the language are. */
static void clock_centre(struct builder *b, struct item *item, int top, int height)
{
	struct line *line = ARENA_ARRAY(b->arena, 1, struct line);
	if (!line || item->n_lines != 1)
		return;
	*line = item->lines[0];
	item->rect.h = item->font_px * 6 / 5;
	item->rect.y = top + (height - item->rect.h) / 2;
	line->baseline = (item->rect.h + item->cap_px) / 2;
	item->lines = line;
}

/* Figures have neither accents nor tails; words have. */
static int clock_height(struct builder *b, enum size size)
{
	struct words words = clock_words(b, size);
	return words.tabular ? b->m.font[size] * 6 / 5 : words_height(b, &words, clock_width(b, size));
}

static void clock_put(struct builder *b, int right, int top, int height, enum size size)
{
	struct mark mark = mark_here(b);
	struct words words = clock_words(b, size);
	int w = words.tabular ? words_width(b, &words) + 1 : clock_width(b, size), h = words_height(b, &words, w);
	put_words(b, "clock", right - w, top + (height - h) / 2, w, &words);
	struct item *item = last_since(b, mark);
	if (!item)
		return;
	item->role = ROLE_CLOCK;
	clock_centre(b, item, top, height);
}

static const char *age_words(struct builder *b)
{
	int64_t hours = b->model->shown.feed_age_s / 3600;
	if (hours < 48)
		return tell(b, TEXT_SCREEN_AGE_HOURS, ARG_N(hours));
	return tell(b, TEXT_SCREEN_AGE_DAYS, ARG_N(hours / 24));
}

/* A quiet line below the band. */
static struct item *strip_begin(struct builder *b, const char *id, int y)
{
	return put_box(b, id, ROLE_PANEL, (struct rect){ b->page.x, y, b->page.w, 0 },
		       &(struct box){ .bg = b->theme->tint[TINT_SAND].bg });
}

static int strip_end(struct builder *b, struct item *box, int words_h)
{
	int height = words_h ? words_h + 2 * b->m.unit : 0;
	if (box)
		box->rect.h = height;
	return height;
}

/* A line of some 55 letters is as long as eyes like (accessibility D2). */
static int strip_width(const struct builder *b)
{
	enum { LINE_BODIES = 28, SMALL_LINE_BODIES = 30 };
	int most = (b->m.compact ? SMALL_LINE_BODIES : LINE_BODIES) * b->m.font[SIZE_BODY];
	return b->body.w < most ? b->body.w : most;
}

static bool is_old(const struct builder *b)
{
	return b->centre && b->model->shown.feed_age_s > AGE_SHOWN_S;
}

/* What stands here is an hour old or more. */
static int age_put(struct builder *b, int y)
{
	struct pair pair = b->theme->tint[TINT_SAND];
	if (!is_old(b))
		return 0;
	struct words words = { .s = age_words(b), .weight = WEIGHT_MEDIUM, .fg = pair.fg, .bg = pair.bg };
	struct item *box = strip_begin(b, "age", y);
	return strip_end(b, box, put_words(b, "age/text", b->body.x, y + b->m.unit, b->body.w, &words));
}

/* For staff who pass by: nobody can go and look for more. Where a panel lies and is small there is room for one line:
 * what else stands there is worth more to those who live here. */
static int untouchable_put(struct builder *b, int y, bool alone)
{
	struct pair pair = b->theme->tint[TINT_SAND];
	if (!b->model->no_touch || (b->m.compact && !alone))
		return 0;
	struct words words = { .s = say(b, TEXT_SCREEN_NO_TOUCH), .weight = WEIGHT_BOLD, .fg = pair.fg, .bg = pair.bg };
	struct item *box = strip_begin(b, "untouchable", y);
	return strip_end(b, box, put_words(b, "untouchable/text", b->body.x, y + b->m.unit, strip_width(b), &words));
}

/* ---- in which language staff wrote, where it is not the shown one */

static const char *foreign_here(const struct builder *b)
{
	enum view view = b->model->place.view;
	bool is_own = view == VIEW_LANGUAGE || view == VIEW_ADJUST || view == VIEW_KINDS || view == VIEW_CALLBACK ||
		      view == VIEW_VOICE || view == VIEW_SETTINGS;
	return is_own ? NULL : foreign_centre(b);
}

/* In the band between LEFT and RIGHT, where there is room; otherwise a line below it is wanted. */
static bool written_put(struct builder *b, int left, int right, int y, int h)
{
	const char *lang = foreign_here(b);
	if (!lang)
		return true;
	int w = foreign_width(b, lang), line = line_px(b, SIZE_BODY);
	if (left + 2 * b->m.unit + w > right)
		return false;
	foreign_put(b, "written", right - w, y + larger(0, h - line) / 2, w, lang,
		    (struct pair){ b->theme->header_muted, b->theme->header.bg });
	return true;
}

static int written_below(struct builder *b, int y)
{
	struct pair pair = b->theme->tint[TINT_SAND];
	struct item *box = strip_begin(b, "written/strip", y);
	return strip_end(b, box, foreign_put(b, "written", b->body.x, y + b->m.unit, b->body.w, foreign_here(b), pair));
}

/* Between header and body: no more than looks right where every pixel of height counts. */
static int air_below(const struct builder *b)
{
	return b->m.compact && !b->m.portrait ? b->m.unit / 2 : 3 * b->m.unit / 2;
}

/* That something in the settings is wrong, at home: the way to what it is. In reach mode the band of controls is full;
 * Help has the way there. */
static int settings_put(struct builder *b, int y)
{
	size_t n = b->model->habits.settings.n + b->model->habits.settings.n_more;
	struct pair pair = b->theme->tint[TINT_SAND];
	if (b->model->place.view != VIEW_HOME || n == 0)
		return 0;
	struct words words = { .s = tell(b, TEXT_SCREEN_SETTINGS_STRIP, ARG_N((int64_t)n)),
			       .weight = WEIGHT_MEDIUM,
			       .fg = pair.fg,
			       .bg = pair.bg };
	if (b->around->reach) {
		struct item *strip = strip_begin(b, "settings", y);
		return strip_end(b, strip, put_words(b, "settings/text", b->body.x, y + b->m.unit, b->body.w, &words));
	}
	int side = b->m.font[SIZE_BODY] * 5 / 4, w = b->body.w - 2 * b->m.pad - side - b->m.gap;
	int words_h = words_height(b, &words, w), height = larger(words_h + 2 * b->m.unit, b->m.target);
	struct rect rect = { b->body.x, y + b->m.unit, b->body.w, height };
	struct item *box = put_box(
		b, "settings", ROLE_BUTTON, rect,
		&(struct box){
			.bg = pair.bg, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius });
	put_words(b, "settings/text", rect.x + b->m.pad, rect.y + (height - words_h) / 2, w, &words);
	int right = rect.x + rect.w - b->m.pad;
	put_icon(b, "settings/way", (struct rect){ right - side, rect.y + (height - side) / 2, side, side }, "forward",
		 pair.fg, pair.bg);
	make_control(b, box, "open settings", words.s);
	return height + b->m.unit + larger(0, b->m.gap - air_below(b));
}

/* What stands below a band that ends at Y. */
static int strips_put(struct builder *b, int y, bool written)
{
	int h = untouchable_put(b, y, written && !is_old(b));
	bool full = h > 0 && b->m.compact; /* and what cannot be touched leads nowhere */
	h += written ? 0 : written_below(b, y + h);
	h += age_put(b, y + h);
	return full ? h : h + settings_put(b, y + h);
}

int band_top(const struct builder *b)
{
	/* Controls answer touches half a gap above their picture. */
	return b->out->h - b->m.band + b->m.gap / 2;
}

/* How tall the band with the clock is, if HEIGHT is the least: it takes what reach
 * mode leaves above the controls where that is too little for anything else. */
static int header_height(struct builder *b, int height, enum content_kind kind, bool written)
{
	struct mark mark = mark_here(b);
	int end = height + strips_put(b, height, written) + 3 * b->m.unit / 2, room = band_top(b) - end;
	take_back(b, mark);
	return kind == CONTENT_CONTROLS && room > 0 && room < ABOVE_UNITS * b->m.unit ? height + room : height;
}

/* Puts the band once its height is known. */
static void header_end(struct builder *b, struct item *band, int height, enum content_kind kind, bool written)
{
	if (band)
		band->rect.h = height;
	height += strips_put(b, height, written);
	int top = height + air_below(b), from = larger(top, kind == CONTENT_CONTROLS ? band_top(b) : 0);
	b->above = (struct rect){ b->body.x, top, b->body.w, larger(0, from - top - b->m.gap) };
	b->body.h -= from - b->body.y;
	b->body.y = from;
}

static struct item *header_begin(struct builder *b)
{
	return put_box(b, "header", ROLE_PANEL, (struct rect){ b->page.x, 0, b->page.w, 0 },
		       &(struct box){ .bg = b->theme->header.bg });
}

/* Scripts with tall lines bring their own air. */
static int air(const struct builder *b)
{
	return line_px(b, SIZE_BODY) > b->m.font[SIZE_BODY] * 9 / 5 ? 0 : 2 * b->m.unit;
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
		.max_lines = 3,
	};
	struct item *band = header_begin(b);
	int w = b->body.w - clock_width(b, clock) - m->gap, right = b->body.x + w;
	struct type_block block = words_set(b, &words, w);
	int least = larger(block.h, clock_height(b, clock)) + air(b);
	struct mark mark = mark_here(b);
	bool written = written_put(b, b->body.x + block.w, right, 0, 0);
	take_back(b, mark);
	int height = header_height(b, least, kind, written);
	put_words(b, "header/title", b->body.x, (height - block.h) / 2, w, &words);
	if (written)
		written_put(b, b->body.x + block.w, right, 0, height);
	clock_put(b, b->body.x + b->body.w, 0, height, clock);
	header_end(b, band, height, kind, written);
}

static struct words centre_words(struct builder *b)
{
	struct words name = {
		.weight = WEIGHT_MEDIUM, .fg = b->theme->header_muted, .bg = b->theme->header.bg, .max_lines = 2
	};
	name.s = pick(b, b->centre->name, &name.lang);
	return name;
}

/* Weekday and date, one below the other where they do not fit beside the clock. */
static struct words today_words(struct builder *b, int w)
{
	struct civil now = b->model->shown.now;
	bool tall = line_px(b, SIZE_DATE) > 2 * b->m.font[SIZE_DATE];
	struct words date = {
		.s = capital(b, date_words(b, DATE_WEEKDAY_DAY_MONTH, now)),
		.size = tall ? SIZE_HEADING : SIZE_DATE,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->header.fg,
		.bg = b->theme->header.bg,
		.heading = true,
	};
	static const enum size smaller[] = { SIZE_HEADING, SIZE_NAME, SIZE_BODY };
	for (int i = 0; i < 3 && b->m.compact && words_width(b, &date) > w; i++)
		date.size = smaller[i];
	if (words_width(b, &date) > w)
		date.s = print(b, "%s\n%s", capital(b, date_words(b, DATE_WEEKDAY, now)),
			       date_words(b, DATE_DAY_MONTH, now));
	return date;
}

void header_put_home(struct builder *b)
{
	const struct metrics *m = &b->m;
	struct item *band = header_begin(b);
	int clock_w = clock_width(b, SIZE_CLOCK), w = b->body.w - clock_w - m->gap;
	struct words name = centre_words(b), date = today_words(b, w);
	struct mark words = mark_here(b);
	int name_w = words_width(b, &name), y = air(b) * 3 / 4;
	bool name_beside = name_w <= w;
	int room = name_beside ? w : b->body.w, name_h = put_words(b, "header/centre", b->body.x, y, room, &name);
	bool written = written_put(b, b->body.x + name_w + m->gap, b->body.x + room, y, name_h);
	/* Both stand on one line, as tall as the taller. */
	y += written && foreign_here(b) ? larger(name_h, line_px(b, SIZE_BODY)) : name_h;
	int below = name_beside ? 0 : y;
	y += put_words(b, "header/date", b->body.x, y, w, &date);
	int least = larger(y + air(b) / 2, below + m->font[SIZE_CLOCK] * 6 / 5 + m->unit);
	int height = header_height(b, least, CONTENT_CONTROLS, written);
	clock_put(b, b->body.x + b->body.w, below, least - below, SIZE_CLOCK);
	move_since(b, words, 0, (height - least) / 2);
	header_end(b, band, height, CONTENT_CONTROLS, written);
}
