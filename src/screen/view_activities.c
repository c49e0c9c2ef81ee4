/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One day at a time, with its week to choose from. */
#include "screen/cards.h"

enum { CELLS = 9 }; /* the week before, seven days, the week after */

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
		week.is_today[i] = civil_same_day(day, week.today);
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

static bool words_fit(struct builder *b, const struct button *button, int w)
{
	return label_width(b, button->label) <= w - 2 * b->m.unit;
}

/* Its words where they fit, else an arrow. */
static void arrow_put(struct builder *b, struct rect rect, const struct button *button, const char *arrow)
{
	struct button bare = *button;
	bare.icon = arrow;
	if (rect.w <= 2 * rect.h) {
		bare.label = one_word_a_line(b, button->label);
		bare.icon = NULL;
		if (!words_fit(b, &bare, rect.w)) {
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
	for (int i = 0; i < CELLS; i++) {
		struct rect rect = cell_rect(b, &cells, area, i);
		if (i == 0 || i == CELLS - 1)
			arrow_put(b, rect, &week->button[i], i ? "next" : "previous");
		else
			day_put(b, rect, &week->button[i], week->is_today[i]);
		end = larger(end, rect.y + rect.h);
	}
	return end - area.y;
}

static const char *day_title(struct builder *b, const struct week *week)
{
	const char *day = date_words(b, DATE_WEEKDAY_DAY_MONTH, week->day);
	int off = civil_day(week->day) - civil_day(week->today);
	if (off == 0)
		return tell(b, TEXT_SCREEN_TODAY_DATE, ARG_S(day));
	return off == 1 ? tell(b, TEXT_SCREEN_TOMORROW_DATE, ARG_S(day)) : capital(b, day);
}

static void day_heading(struct builder *b, struct rect *area, const char *title)
{
	struct words words = {
		.s = title,
		.size = SIZE_HEADING,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->heading,
		.bg = b->theme->background,
		.heading = true,
	};
	int h = put_words(b, "day", area->x, area->y, area->w, &words) + b->m.unit;
	area->y += h;
	area->h -= h;
}

/* Both if they fit beside the clock, else the day alone. */
static const char *band_title(struct builder *b, const char *title, const char *day)
{
	struct words both = { .s = join(b, ": ", title, day, NULL), .size = SIZE_HEADING, .weight = WEIGHT_BOLD };
	return words_width(b, &both) <= b->body.w - 4 * b->m.font[SIZE_TITLE] ? both.s : day;
}

enum err view_activities(struct builder *b)
{
	struct week week = week_of(b);
	const char *title = say(b, TEXT_SCREEN_ACTIVITIES), *of = day_title(b, &week);
	/* Where height is scarce, and where the band is tall anyway, it says which day it is about. */
	bool in_band = b->m.compact || (b->around->reach && !b->m.portrait);
	if (in_band)
		title = band_title(b, title, of);
	header_put(b, title, NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	int h = week_put(b, &week, area) + b->m.gap;
	area.y += h;
	area.h -= h;
	if (!above_put(b, "calendar", b->theme->tint[TINT_SAND], in_band ? NULL : of) && !in_band)
		day_heading(b, &area, of);
	struct day_cards day = { week.day, day_occurrences(b, week.day) };
	if (day.all.n == 0)
		message_put(b, area, "calendar", NULL, say(b, TEXT_SCREEN_DAY_FREE));
	else
		pages_put(b, area, card_occurrence, &day, day.all.n);
	return b->err;
}
