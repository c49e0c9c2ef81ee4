/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days to come; one day, with its week to choose from; or what there is of one kind. */
#include "screen/cards.h"

enum {
	CELLS = 9, /* the week before, seven days, the week after */
	DAYS_AHEAD = 12,
	OF_KIND_MOST = 60,
	TABS = 2,
};

struct week {
	struct civil today, day; /* dates */
	struct button button[CELLS];
	bool is_today[CELLS];
};

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* "tir." over "24." */
static const char *day_label(struct builder *b, struct civil day)
{
	return print(b, "%s\n%s", capital(b, date_words(b, DATE_WEEKDAY_SHORT, day)), date_words(b, DATE_DAY, day));
}

static const char *day_action(struct builder *b, struct civil day)
{
	char date[CIVIL_SIZE];
	civil_print(day, date);
	return print(b, "day %s", date);
}

static bool is_year(struct civil day)
{
	return day.year >= YEAR_MIN && day.year <= YEAR_MAX;
}

static struct week week_of(struct builder *b)
{
	struct week week = { .today = civil_from_day(civil_day(b->model->shown.now)) };
	const struct place *place = &b->model->place;
	week.day = place->has_when ? place->when : week.today;
	struct civil monday = civil_add_days(week.day, -civil_weekday(week.day));
	for (int i = 0; i < CELLS; i++) {
		struct civil day = civil_add_days(monday, i - 1);
		struct button *button = &week.button[i];
		button->id = print(b, "day/%d", i);
		button->chosen = civil_same_day(day, week.day);
		button->spoken = date_words(b, DATE_WEEKDAY_DAY_MONTH, day);
		week.is_today[i] = days_ahead(b, day) == 0;
		if (i == 0 || i == CELLS - 1) {
			/* The same weekday, a week off. */
			day = civil_add_days(week.day, i == 0 ? -7 : 7);
			button->id = i == 0 ? "week/previous" : "week/next";
			button->label = say(b, i == 0 ? TEXT_SCREEN_WEEK_PREVIOUS : TEXT_SCREEN_WEEK_NEXT);
			button->spoken = button->label;
			button->icon_last = i > 0;
			button->off = !is_year(day);
			button->chosen = false;
		} else {
			button->label = day_label(b, day);
		}
		button->action = day_action(b, day);
	}
	return week;
}

static int label_width(struct builder *b, const char *label)
{
	struct words words = { .s = label, .weight = WEIGHT_SEMIBOLD };
	return words_width(b, &words);
}

/* A day's button: weekday above date, underlined when it is today. */
static void day_put(struct builder *b, struct rect rect, const struct button *button, bool today)
{
	button_put(b, rect, button);
	if (!today)
		return;
	int w = rect.w / 2, h = larger(3, b->m.unit / 2);
	int32_t colour = button->chosen ? b->theme->chosen.fg : b->theme->line;
	put_box(b, "day/today", ROLE_PANEL,
		(struct rect){ rect.x + (rect.w - w) / 2, rect.y + rect.h - 2 * b->m.unit, w, h },
		&(struct box){ .bg = colour, .radius = h / 2 });
}

static const char *one_word_a_line(struct builder *b, const char *s)
{
	char *copy = arena_strdup(b->arena, s);
	for (char *p = copy; p && *p; p++)
		if (*p == ' ')
			*p = '\n';
	return checked(b, copy);
}

/* Its words where they fit, else an arrow. */
static void arrow_put(struct builder *b, struct rect rect, const struct button *button, const char *arrow)
{
	struct button bare = *button;
	bare.icon = arrow;
	if (rect.w <= 2 * rect.h) {
		bare.label = one_word_a_line(b, button->label);
		bare.icon = NULL;
		if (!button_fits(b, &bare, rect.w, rect.h) || label_width(b, bare.label) > rect.w - 2 * b->m.unit) {
			bare.icon = arrow;
			bare.label = NULL;
		}
	}
	button_put(b, rect, &bare);
}

struct cells {
	int columns, w, h;
	bool arrows_below; /* seven days in a row, the ways to other weeks below them */
};

static struct cells cells_of(struct builder *b, const struct week *week, int w)
{
	int least = b->m.target, gap = b->m.gap;
	for (int i = 1; i < CELLS - 1; i++)
		least = larger(least, label_width(b, week->button[i].label) + 2 * b->m.unit);
	struct cells cells = { .columns = CELLS };
	cells.arrows_below = (w - 8 * gap) / CELLS < least && (w - 6 * gap) / 7 >= least;
	if (cells.arrows_below)
		cells.columns = 7;
	else if ((w - 8 * gap) / CELLS < least)
		cells.columns = (w - 4 * gap) / 5 >= least ? 5 : 3;
	cells.w = (w - (cells.columns - 1) * gap) / cells.columns;
	cells.h = larger(b->m.target, 2 * line_px(b, SIZE_BODY) + 2 * b->m.unit);
	return cells;
}

static struct rect cell_rect(const struct builder *b, const struct cells *cells, struct rect area, int i)
{
	int gap = b->m.gap, cell = i, columns = cells->columns, half = (area.w - gap) / 2;
	bool arrow = i == 0 || i == CELLS - 1;
	if (cells->arrows_below && arrow)
		return (struct rect){ area.x + (i ? half + gap : 0), area.y + cells->h + gap, half, button_height(b) };
	if (cells->arrows_below)
		cell = i - 1;
	else if (columns == 5 && i == CELLS - 1)
		cell = 9;
	return (struct rect){ area.x + cell % columns * (cells->w + gap), area.y + cell / columns * (cells->h + gap),
			      cells->w, cells->h };
}

/* The week, in one row or as many as it needs. Returns the height. */
static int week_put(struct builder *b, const struct week *week, struct rect area)
{
	struct cells cells = cells_of(b, week, area.w);
	int end = area.y;
	for (int k = 0; k < CELLS; k++) {
		/* In the order in which they are seen. */
		int i = !cells.arrows_below ? k : k == CELLS - 2 ? 0 : k == CELLS - 1 ? k : k + 1;
		struct rect rect = cell_rect(b, &cells, area, i);
		if (i == 0 || i == CELLS - 1)
			arrow_put(b, rect, &week->button[i], i ? "next" : "previous");
		else
			day_put(b, rect, &week->button[i], week->is_today[i]);
		end = larger(end, rect.y + rect.h);
	}
	return end - area.y;
}

/* Returns the height. */
static int day_heading(struct builder *b, struct rect area, const char *title)
{
	struct words words = {
		.s = title,
		.size = SIZE_HEADING,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->heading,
		.bg = b->theme->background,
		.heading = true,
	};
	return put_words(b, "day", area.x, area.y, area.w, &words) + b->m.unit;
}

/* Both if they fit beside the clock, else the day alone. */
static const char *band_title(struct builder *b, const char *title, const char *day)
{
	struct words both = { .s = join(b, ": ", title, day, NULL), .size = SIZE_HEADING, .weight = WEIGHT_BOLD };
	return words_width(b, &both) <= b->body.w - 4 * b->m.font[SIZE_TITLE] ? both.s : day;
}

/* The day before and the day after; the whole week is a view away. Returns the height. */
static int neighbours_put(struct builder *b, const struct week *week, struct rect area)
{
	struct button buttons[2];
	int half = (area.w - b->m.gap) / 2, h = 0;
	for (int i = 0; i < 2; i++) {
		struct civil day = civil_add_days(week->day, i ? 1 : -1);
		buttons[i] = (struct button){ .id = i ? "day/next" : "day/previous",
					      .label = capital(b, date_words(b, DATE_WEEKDAY, day)),
					      .icon = i ? "next" : "previous",
					      .icon_last = i == 1,
					      .action = day_action(b, day),
					      .off = !is_year(day),
					      .spoken = date_words(b, DATE_WEEKDAY_DAY_MONTH, day) };
		h = larger(h, button_height_at(b, &buttons[i], half));
	}
	for (int i = 0; i < 2; i++)
		button_put(b, (struct rect){ area.x + i * (half + b->m.gap), area.y, half, h }, &buttons[i]);
	return h;
}

/* The ways to other days, and the heading TITLE if there is one; what they take is gone from AREA. */
static void ways_put(struct builder *b, const struct week *week, bool whole, struct rect *area, const char *title)
{
	int h = (whole ? week_put(b, week, *area) : neighbours_put(b, week, *area)) + b->m.gap;
	area->y += h;
	area->h -= h;
	if (!title)
		return;
	h = day_heading(b, *area, title);
	area->y += h;
	area->h -= h;
}

static enum err one_day(struct builder *b)
{
	struct week week = week_of(b);
	const char *title = say(b, TEXT_SCREEN_ACTIVITIES), *of = day_words(b, week.day);
	/* Where height is scarce, and where the band is tall anyway, it says which day it is about. */
	bool in_band = b->m.compact || (b->around->reach && !b->m.portrait);
	if (in_band)
		title = band_title(b, title, of);
	header_put(b, title, NULL, CONTENT_CONTROLS);
	struct day_cards day = { week.day, day_occurrences(b, week.day) };
	struct rect area = b->body;
	bool above = above_put(b, "calendar", b->theme->tint[TINT_SAND], in_band ? NULL : of);
	const char *heading = above || in_band ? NULL : of;
	struct mark mark = mark_here(b);
	ways_put(b, &week, !b->m.compact, &area, heading);
	if (!b->m.compact && pages_least(b, area.w, card_occurrence, &day, day.all.n) > area.h) {
		take_back(b, mark);
		area = b->body;
		ways_put(b, &week, false, &area, heading);
	}
	if (day.all.n == 0)
		message_put(b, area, "calendar", NULL, say(b, TEXT_SCREEN_DAY_FREE));
	else
		pages_put(b, area, card_occurrence, &day, day.all.n);
	return b->err;
}

static enum err all_days(struct builder *b)
{
	struct civil today = civil_from_day(civil_day(b->model->shown.now));
	header_put(b, say(b, TEXT_SCREEN_ACTIVITIES), NULL, CONTENT_CONTROLS);
	above_put(b, "calendar", b->theme->tint[TINT_SAND], NULL);
	struct rect area = b->body;
	tabs_put(b, &area, false);
	b->choices = TABS;
	pages_put(b, area, card_day, &today, DAYS_AHEAD);
	b->choices = 0;
	return b->err;
}

/* Each occurrence once: one that goes on over several days on its first, or today. */
static size_t of_kind(struct builder *b, enum kind kind, struct occurrence *out, size_t most)
{
	size_t n = 0;
	for (int i = 0; i < KIND_DAYS; i++) {
		struct civil day = civil_add_days(b->model->shown.now, i);
		struct occurrences all = day_occurrences(b, day);
		for (size_t k = 0; k < all.n && n < most; k++) {
			const struct occurrence *o = &all.v[k];
			bool begins = i == 0 || civil_same_day(o->start, day);
			if (o->activity->kind == kind && begins && civil_compare(o->end, b->model->shown.now) > 0)
				out[n++] = *o;
		}
	}
	return n;
}

static enum err one_kind(struct builder *b, enum kind kind)
{
	struct pair colours = b->theme->tint[theme_tint(kind)];
	struct occurrence *all = ARENA_ARRAY(b->arena, OF_KIND_MOST, struct occurrence);
	if (!all)
		return ERR_MEMORY;
	size_t n = of_kind(b, kind, all, OF_KIND_MOST);
	header_put(b, kind_words(b, kind), NULL, n ? CONTENT_CONTROLS : CONTENT_WORDS);
	above_put(b, kind_name(kind), colours, NULL);
	if (n == 0)
		message_put(b, b->body, kind_name(kind), NULL, say(b, TEXT_SCREEN_KIND_NONE));
	else
		pages_put(b, b->body, card_dated, all, n);
	return b->err;
}

enum err view_activities(struct builder *b)
{
	const struct place *place = &b->model->place;
	if (place->has_when)
		return one_day(b);
	return place->id[0] ? one_kind(b, kind_parse(place->id)) : all_days(b);
}
