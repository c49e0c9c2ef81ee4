/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers the first questions without a touch: what day, what time, where am I,
 * what is on. Then: who wants help, what is new. */
#include "screen/cards.h"

enum { HOME_CARDS = 6, TODAY_CARDS = 4, NEED_CARDS = 2 };

/* Body sizes below which there are no two columns, or no cards but today's. */
static const int TWO_COLUMNS = 26, ROOM_FOR_NEEDS = 15;

struct home {
	struct day_cards day;
	const char *title; /* "I dag", or tomorrow's */
	const char *note;  /* "Det er ikke mer i dag."; NULL */
	const struct need *const *needs;
	const struct notice *const *notices; /* but an urgent one, which stands on top */
	size_t n_needs, n_notices;
};

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static struct home home_of(struct builder *b)
{
	struct home home = { 0 };
	struct civil today = b->model->shown.now, tomorrow = civil_add_days(today, 1);
	struct occurrences all = day_occurrences(b, today);
	home.day = (struct day_cards){ today, still_to_come(b, all) };
	home.title = capital(b, say(b, TEXT_DATE_TODAY));
	if (home.day.all.n == 0) {
		struct occurrences next = day_occurrences(b, tomorrow);
		home.note = say(b, all.n ? TEXT_SCREEN_DAY_OVER : TEXT_SCREEN_DAY_EMPTY);
		if (next.n) {
			home.day = (struct day_cards){ civil_from_day(civil_day(tomorrow)), next };
			home.title = capital(b, say(b, TEXT_DATE_TOMORROW));
		}
	}
	home.n_needs = needs_shown(b, &home.needs);
	home.n_notices = notices_shown(b, &home.notices);
	return home;
}

static struct button way_on(struct builder *b, const char *id, enum text_id label, const char *action)
{
	return (struct button){
		.id = id, .label = say(b, label), .icon = "forward", .icon_last = true, .action = action
	};
}

static const char *shown_of(struct builder *b, size_t shown, size_t n)
{
	if (shown >= n)
		return NULL;
	return tell(b, TEXT_SCREEN_SHOWN_OF, ARG_N((int64_t)shown), ARG_N((int64_t)n));
}

/* ---- today */

static size_t today_once(struct builder *b, const struct home *home, struct rect area, size_t most, const char *count)
{
	struct button week = way_on(b, "week", TEXT_SCREEN_WHOLE_WEEK, "open activities");
	struct words note = {
		.s = home->note, .weight = WEIGHT_MEDIUM, .fg = b->theme->ink, .bg = b->theme->background
	};
	int y = area.y, end;
	if (home->note)
		y += put_words(b, "today/note", area.x, y, area.w, &note) + b->m.unit;
	y += section_put(b, "today", area.x, y, area.w, home->title, count, &week) + b->m.gap;
	struct rect rest = { area.x, y, area.w, area.y + area.h - y };
	return stack_put(b, card_occurrence, &home->day, home->day.all.n, most, rest, &end);
}

static void today_put(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct mark mark = mark_here(b);
	size_t shown = today_once(b, home, area, most, NULL);
	if (shown >= home->day.all.n)
		return;
	take_back(b, mark);
	today_once(b, home, area, most, shown_of(b, shown, home->day.all.n));
}

/* Height that today wants for COUNT cards. */
static int today_height(struct builder *b, const struct home *home, int w, size_t count)
{
	struct mark mark = mark_here(b);
	int h = larger(button_height(b), line_px(b, SIZE_HEADING)) + b->m.gap;
	if (home->note)
		h += line_px(b, SIZE_BODY) + b->m.unit;
	for (size_t i = 0; i < count && i < home->day.all.n; i++)
		h += card_occurrence(b, &home->day, i, 0, 0, w, 0) + b->m.gap;
	take_back(b, mark);
	return h;
}

/* ---- needs and notices; each returns its height */

static int needs_put(struct builder *b, const struct home *home, struct rect area, size_t most, size_t *shown)
{
	struct button all = way_on(b, "needs", TEXT_SCREEN_ALL, "open needs");
	struct button *button = home->n_needs > most ? &all : NULL;
	int top = section_put(b, "help-wanted", area.x, area.y, area.w, say(b, TEXT_SCREEN_NEEDS),
			      shown_of(b, most, home->n_needs), button) +
		  (button ? b->m.gap : b->m.unit);
	int half = (area.w - b->m.gap) / 2, end, tallest = 0;
	if (b->m.portrait && most == 2) {
		for (int pass = 0; pass < 2; pass++) {
			struct mark mark = mark_here(b);
			for (int i = 0; i < 2; i++)
				tallest = larger(tallest,
						 card_need(b, home->needs, (size_t)i, area.x + i * (half + b->m.gap),
							   area.y + top, half, tallest));
			if (pass == 0)
				take_back(b, mark);
		}
		*shown = 2;
		return top + tallest;
	}
	struct rect rest = { area.x, area.y + top, area.w, area.h - top };
	*shown = stack_put(b, card_need, home->needs, home->n_needs, most, rest, &end);
	return end - area.y;
}

static int notices_put(struct builder *b, const struct home *home, int x, int y, int w)
{
	struct button all = way_on(b, "notices", TEXT_SCREEN_ALL, "open notices");
	int h = section_put(b, "news", x, y, w, say(b, TEXT_SCREEN_NOTICES), shown_of(b, 1, home->n_notices),
			    home->n_notices > 1 ? &all : NULL) +
		(home->n_notices > 1 ? b->m.gap : b->m.unit);
	return h + card_notice(b, home->notices, 0, x, y + h, w, 0);
}

/* Where cards would take the room from today's activities: a button each. */
static int ways_on_put(struct builder *b, const struct home *home, int x, int y, int w)
{
	struct button buttons[2];
	int n = 0, h = 0;
	if (home->n_needs)
		buttons[n++] = way_on(b, "needs", TEXT_SCREEN_NEEDS, "open needs");
	if (home->n_notices)
		buttons[n++] = way_on(b, "notices", TEXT_SCREEN_NOTICES, "open notices");
	int widths = 0;
	for (int i = 0; i < n; i++)
		widths += button_width(b, &buttons[i]) + (i ? b->m.gap : 0);
	for (int i = 0, at = x; i < n; i++) {
		bool beside = widths <= w;
		int each = beside ? button_width(b, &buttons[i]) + (w - widths) / n : w;
		button_put(b, (struct rect){ at, y + h, each, button_height(b) }, &buttons[i]);
		if (beside)
			at += each + b->m.gap;
		if (!beside || i == n - 1)
			h += button_height(b) + (i == n - 1 ? 0 : b->m.gap);
	}
	return h;
}

/* Needs beside CARDS others: today's activities come first, but one need is always asked for. */
static size_t needs_most(const struct home *home, size_t most)
{
	size_t today = home->day.all.n < TODAY_CARDS ? home->day.all.n : TODAY_CARDS;
	size_t others = today + (home->n_notices ? 1 : 0);
	size_t left = most > others + 1 ? most - others : 1;
	left = left < NEED_CARDS ? left : NEED_CARDS;
	return home->n_needs < left ? home->n_needs : left;
}

/* ---- columns */

static void side_put(struct builder *b, const struct home *home, struct rect area, size_t most, size_t *cards)
{
	struct mark mark = mark_here(b);
	int news = home->n_notices ? notices_put(b, home, 0, 0, area.w) + b->m.gap : 0;
	size_t needs = needs_most(home, most), shown = 0;
	take_back(b, mark);
	for (; needs > 0; needs--) {
		struct rect rest = { area.x, area.y, area.w, area.h - news };
		int h = needs_put(b, home, rest, needs, &shown);
		if (shown == needs) {
			area.y += h + b->m.gap;
			area.h -= h + b->m.gap;
			break;
		}
		take_back(b, mark);
	}
	*cards = needs;
	if (home->n_needs && needs == 0) {
		area.y += ways_on_put(b, home, area.x, area.y, area.w);
		return;
	}
	if (home->n_notices) {
		notices_put(b, home, area.x, area.y, area.w);
		++*cards;
	}
}

static void home_columns(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	int between = 5 * b->m.unit, left = (area.w - between) * 62 / 100;
	struct rect today = { area.x, area.y, left, area.h };
	struct rect side = { area.x + left + between, area.y, area.w - left - between, area.h };
	size_t beside = 0;
	struct mark mark = mark_here(b);
	if (home->n_needs + home->n_notices == 0) {
		today_put(b, home, area, most);
		return;
	}
	side_put(b, home, side, most, &beside);
	take_back(b, mark);
	today_put(b, home, today, most - beside);
	side_put(b, home, side, most, &beside);
}

/* What stands below today: cards, or for MOST 0 a button each. Returns the height. */
static int home_below(struct builder *b, const struct home *home, int x, int y, int w, size_t most, size_t *cards)
{
	int h = 0;
	size_t needs = needs_most(home, most);
	*cards = 0;
	if (most == 0)
		return ways_on_put(b, home, x, y, w);
	if (w < 2 * 11 * b->m.font[SIZE_BODY] && needs > 1)
		needs = 1;
	if (needs)
		h += needs_put(b, home, (struct rect){ x, y, w, 1 << 16 }, needs, cards);
	if (home->n_notices) {
		h += h ? b->m.gap : 0;
		h += notices_put(b, home, x, y + h, w);
		++*cards;
	}
	return h;
}

/* Today above, the others below it, as cards if that leaves today two. */
static void home_stacked(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct mark mark = mark_here(b);
	size_t cards;
	size_t cards_below = area.w >= ROOM_FOR_NEEDS * b->m.font[SIZE_BODY] ? most : 0;
	int below = home_below(b, home, area.x, 0, area.w, cards_below, &cards);
	take_back(b, mark);
	if (cards_below && today_height(b, home, area.w, 2) + below > area.h) {
		cards_below = 0;
		below = home_below(b, home, area.x, 0, area.w, 0, &cards);
		take_back(b, mark);
	}
	struct rect today = area;
	today.h -= below ? below + b->m.gap : 0;
	today_put(b, home, today, most - cards);
	home_below(b, home, area.x, area.y + area.h - below, area.w, cards_below, &cards);
}

enum err view_home(struct builder *b)
{
	header_put_home(b);
	struct home home = home_of(b);
	struct rect area = b->body;
	size_t most = HOME_CARDS;
	if (b->err != OK)
		return b->err;
	if (home.n_notices && home.notices[0]->level == LEVEL_URGENT) {
		int h = card_notice(b, home.notices, 0, area.x, area.y, area.w, 0) + b->m.gap;
		area.y += h;
		area.h -= h;
		home.notices++;
		home.n_notices--;
		most--;
	}
	if (!b->m.portrait && area.w >= TWO_COLUMNS * b->m.font[SIZE_BODY])
		home_columns(b, &home, area, most);
	else
		home_stacked(b, &home, area, most);
	return b->err;
}
