/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers the first questions without a touch: what day, what time, where am I,
 * what is on. Then: who wants help, what is new. */
#include "screen/cards.h"
#include "screen/flow.h"

/* Six choices at once (accessibility D3): the week is one; needs and notices are one each, and lead to all of them
 * where there are more. */
enum { CHOICES = 6, HOME_CARDS = CHOICES - 1, TODAY_CARDS = 4 };

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

/* ---- today, and the ways on */

static struct button week_button(struct builder *b)
{
	return way_on(b, "week", TEXT_SCREEN_WHOLE_WEEK, "open activities");
}

/* Where cards would take the room from today's activities: a button each. */
struct ways_on {
	struct button buttons[CLOSE_MOST];
	int n, width; /* side by side */
};

static struct ways_on ways_on_of(struct builder *b, const struct home *home, bool with_week)
{
	struct ways_on on = { 0 };
	if (with_week)
		on.buttons[on.n++] = week_button(b);
	if (home->n_needs)
		on.buttons[on.n++] = way_on(b, "needs", TEXT_SCREEN_NEEDS, "open needs");
	if (home->n_notices)
		on.buttons[on.n++] = way_on(b, "notices", TEXT_SCREEN_NOTICES, "open notices");
	for (int i = 0; i < on.n; i++)
		on.width += button_width(b, &on.buttons[i]) + (i ? b->m.gap : 0);
	return on;
}

/* What stands in the today column: how many cards, and where the last one ends. */
struct shown {
	size_t n;
	int end;
};

static struct shown today_once(struct builder *b, const struct home *home, struct rect area, size_t most,
			       const char *count, const struct ways_on *on)
{
	struct words note = {
		.s = home->note, .weight = WEIGHT_MEDIUM, .fg = b->theme->ink, .bg = b->theme->background
	};
	struct shown shown = { 0 };
	int y = area.y, left = area.w - (on->n ? on->width + b->m.gap : 0);
	if (home->note && home->day.all.n)
		y += put_words(b, "today/note", area.x, y, area.w, &note) + b->m.unit;
	struct mark mark = mark_here(b);
	int head = section_put(b, "today", area.x, y, left, home->title, count, NULL), h = on->n ? button_height(b) : 0;
	move_since(b, mark, 0, head < h ? (h - head) / 2 : 0);
	buttons_put(b, on->buttons, on->n, area.x + area.w - on->width, head > h ? y + (head - h) / 2 : y, on->width);
	y += (head < h ? h : head) + (on->n ? b->m.gap : b->m.unit);
	if (home->note && !home->day.all.n)
		y += put_words(b, "today/note", area.x, y, area.w, &note);
	struct rect rest = { area.x, y, area.w, area.y + area.h - y };
	shown.n = stack_put(b, card_occurrence, &home->day, home->day.all.n, most, rest, &shown.end);
	return shown;
}

/* The next meal in words where none of the first SHOWN cards is one; NULL: there is none, or it is to be seen. */
static const char *meal_words(struct builder *b, const struct home *home, size_t shown)
{
	for (size_t i = 0; i < home->day.all.n; i++) {
		struct occasion it;
		occasion_init(b, &it, &home->day.all.v[i], home->day.day);
		if (it.struck || it.o->activity->kind != KIND_MEAL)
			continue;
		return i < shown ? NULL : tell(b, TEXT_SCREEN_NEXT_MEAL, ARG_S(it.name.s), ARG_S(it.time));
	}
	return NULL;
}

/* Below the cards, if that costs none of them. */
static bool with_meal(struct builder *b, const struct home *home, struct rect area, size_t most, const char *count,
		      const struct ways_on *on, struct shown *shown)
{
	struct words meal = { .s = meal_words(b, home, shown->n),
			      .weight = WEIGHT_SEMIBOLD,
			      .fg = b->theme->ink,
			      .bg = b->theme->background };
	if (!meal.s || shown->n == 0)
		return false;
	int h = words_height(b, &meal, area.w) + b->m.unit;
	struct mark mark = mark_here(b);
	area.h -= h;
	struct shown this = today_once(b, home, area, most, count, on);
	if (this.n < shown->n) {
		take_back(b, mark);
		return false;
	}
	put_words(b, "today/meal", area.x, this.end + b->m.unit, area.w, &meal);
	*shown = (struct shown){ this.n, this.end + h };
	return true;
}

/* ON stands beside the heading. */
static struct shown today_put(struct builder *b, const struct home *home, struct rect area, size_t most,
			      const struct ways_on *on)
{
	struct mark mark = mark_here(b);
	struct shown shown = today_once(b, home, area, most, NULL, on);
	if (shown.n == home->day.all.n)
		return shown;
	take_back(b, mark);
	const char *count = shown_of(b, shown.n, home->day.all.n);
	if (!with_meal(b, home, area, most, count, on, &shown))
		today_once(b, home, area, most, count, on);
	return shown;
}

static struct shown today_with_week(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct ways_on week = { .buttons = { week_button(b) }, .n = 1 };
	week.width = button_width(b, &week.buttons[0]);
	return today_put(b, home, area, most, &week);
}

/* ---- needs and notices; each returns its height. Cards are EXTRA taller than they must. */

/* The card that stands for all N of its kind leads to them. */
static int first_put(struct builder *b, card_fn *card, const void *cards, size_t n, const char *all, struct rect at,
		     int extra)
{
	struct mark mark = mark_here(b);
	int h = card(b, cards, 0, at.x, at.y, at.w, at.h);
	if (extra) {
		take_back(b, mark);
		h = card(b, cards, 0, at.x, at.y, at.w, h + extra);
	}
	struct item *item = b->out->n_items > mark.n ? &b->out->items[mark.n] : NULL;
	if (item && n > 1) {
		item->action = checked(b, arena_strdup(b->arena, all));
		item->spoken = join(b, ". ", item->spoken, shown_of(b, 1, n), NULL);
	}
	return h;
}

static int section_first_put(struct builder *b, const char *id, enum text_id title, size_t n, struct rect at)
{
	struct mark head = mark_here(b);
	int h = section_put(b, id, at.x, at.y, at.w, say(b, title), shown_of(b, 1, n), NULL);
	/* Level with the heading of today's column, which has a button. */
	if (at.h && h < at.h) {
		move_since(b, head, 0, (at.h - h) / 2);
		h = at.h;
	}
	return h + (b->m.portrait ? b->m.unit : b->m.gap);
}

static int needs_put(struct builder *b, const struct home *home, int x, int y, int w, int extra)
{
	int level = b->m.portrait ? 0 : button_height(b);
	int h = section_first_put(b, "help-wanted", TEXT_SCREEN_NEEDS, home->n_needs, (struct rect){ x, y, w, level });
	struct rect at = { x, y + h, w, 0 };
	return h + first_put(b, card_need, home->needs, home->n_needs, "open needs", at, extra);
}

static int notices_put(struct builder *b, const struct home *home, int x, int y, int w, int extra)
{
	int h = section_first_put(b, "news", TEXT_SCREEN_NOTICES, home->n_notices, (struct rect){ x, y, w, 0 });
	struct rect at = { x, y + h, w, 0 };
	return h + first_put(b, card_notice, home->notices, home->n_notices, "open notices", at, extra);
}

/* ---- arrangements */

/* How many cards there are; *FREE is the height that they leave. */
static size_t side_put(struct builder *b, const struct home *home, struct rect area, int extra, int *free)
{
	struct mark mark = mark_here(b);
	size_t cards = 0;
	int y = area.y;
	if (home->n_needs) {
		y += needs_put(b, home, area.x, y, area.w, extra) + b->m.gap;
		cards++;
	}
	if (home->n_notices) {
		y += notices_put(b, home, area.x, y, area.w, extra) + b->m.gap;
		cards++;
	}
	*free = area.y + area.h - (y - b->m.gap);
	if (*free >= 0)
		return cards;
	take_back(b, mark);
	return 0;
}

/* How the arrangements tell what they hold: one more than how many of today's cards; 0: there is no room for it. */
static size_t worth(const struct shown *shown, struct rect area)
{
	return shown->end <= area.y + area.h ? shown->n + 1 : 0;
}

/* Today at the start side, the others beside it. Returns its worth. */
static size_t home_columns(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	if (home->n_needs + home->n_notices == 0) {
		struct shown alone = today_with_week(b, home, area, most);
		return worth(&alone, area);
	}
	int between = 5 * b->m.unit, left = (area.w - between) * 62 / 100;
	struct rect today = { area.x, area.y, left, area.h };
	struct rect side = { area.x + left + between, area.y, area.w - left - between, area.h };
	struct mark mark = mark_here(b);
	int free;
	size_t beside = side_put(b, home, side, 0, &free);
	take_back(b, mark);
	if (beside == 0)
		return 0;
	struct shown shown = today_with_week(b, home, today, most - beside);
	/* Both columns end at the same height where a little more air brings them there. */
	int extra = (free - (side.y + side.h - shown.end)) / (int)beside;
	bool level = extra > 0 && extra <= 14 * b->m.unit;
	side_put(b, home, side, level ? extra : 0, &free);
	return worth(&shown, today);
}

static int below_put(struct builder *b, const struct home *home, int x, int y, int w, int extra)
{
	int h = home->n_needs ? needs_put(b, home, x, y, w, extra) : 0;
	if (home->n_notices) {
		h += h ? b->m.gap : 0;
		h += notices_put(b, home, x, y + h, w, extra);
	}
	return h;
}

/* Today above, the others below it. Returns its worth. */
static size_t stacked_once(struct builder *b, const struct home *home, struct rect area, size_t most, int extra)
{
	struct mark mark = mark_here(b);
	size_t cards = (home->n_needs ? 1u : 0u) + (home->n_notices ? 1u : 0u);
	int below = below_put(b, home, area.x, 0, area.w, extra);
	take_back(b, mark);
	struct rect today = area;
	today.h -= below ? below + b->m.gap : 0;
	struct shown shown = today_with_week(b, home, today, most - cards);
	below_put(b, home, area.x, area.y + area.h - below, area.w, extra);
	return worth(&shown, today);
}

/* The others get more air too where that costs none of today's cards. */
static size_t home_stacked(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct mark mark = mark_here(b);
	size_t plain = stacked_once(b, home, area, most, 0);
	take_back(b, mark);
	size_t airy = stacked_once(b, home, area, most, 2 * b->m.unit);
	if (airy >= plain)
		return airy;
	take_back(b, mark);
	return stacked_once(b, home, area, most, 0);
}

/* Where the ways on stand that today's cards leave no room for: all beside the heading, the week's there and the others
 * below, or all below; and then, if need be, without the heading, and closer to each other. */
enum plain { ALL_BESIDE, OTHERS_BELOW, ALL_BELOW, CARD_ALONE, CARD_CLOSE, PLAINS };

static struct words plain_heading(const struct builder *b, const struct home *home, enum size size)
{
	struct words words = title_words(b, home->title, NULL);
	words.size = size;
	return words;
}

/* As plain_put, with ALL ways on beside the heading. */
static size_t plain_beside(struct builder *b, const struct home *home, struct rect area, size_t most,
			   const struct ways_on *all)
{
	struct words head = plain_heading(b, home, SIZE_HEADING);
	if (home->note || words_width(b, &head) + 4 * b->m.font[SIZE_BODY] + all->width > area.w)
		return 0;
	struct shown shown = today_put(b, home, area, most, all);
	return worth(&shown, area);
}

/* Today's cards, without a heading but what has to be said. */
static struct shown plain_alone(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct shown shown = { 0 };
	if (home->note) {
		struct words head = plain_heading(b, home, SIZE_BODY);
		int h = put_words(b, "today", area.x, area.y, area.w, &head);
		area.y += h;
		area.h -= h;
	}
	shown.n = stack_put(b, card_occurrence, &home->day, home->day.all.n, most, area, &shown.end);
	return shown;
}

/* At the foot of AREA. Returns the height. */
static int foot_put(struct builder *b, const struct ways_on *on, enum plain how, struct rect area)
{
	struct mark mark = mark_here(b);
	int h = how == CARD_CLOSE ? buttons_close_put(b, on->buttons, on->n, area)
				  : buttons_put(b, on->buttons, on->n, area.x, area.y, area.w);
	move_since(b, mark, 0, area.h - h);
	return h;
}

/* Returns its worth. */
static size_t plain_put(struct builder *b, const struct home *home, struct rect area, size_t most, enum plain how)
{
	struct ways_on none = { .n = 0 }, all = ways_on_of(b, home, true), rest = ways_on_of(b, home, false);
	struct shown shown;
	most = most + 1 > (size_t)all.n ? most + 1 - (size_t)all.n : 1;
	if (how == ALL_BESIDE)
		return plain_beside(b, home, area, most, &all);
	struct ways_on *foot = how == OTHERS_BELOW ? &rest : &all;
	/* Three beside each other are worth more than their arrows. */
	for (int i = 0; how != OTHERS_BELOW && foot->width > area.w && i < foot->n; i++)
		foot->buttons[i].icon = NULL;
	struct rect whole = area;
	struct mark mark = mark_here(b);
	int below = foot_put(b, foot, how, area);
	take_back(b, mark);
	area.h -= below ? below + b->m.gap : 0;
	if (how >= CARD_ALONE)
		shown = plain_alone(b, home, area, most);
	else if (how == ALL_BELOW)
		shown = today_put(b, home, area, most, &none);
	else
		shown = today_with_week(b, home, area, most);
	foot_put(b, foot, how, whole);
	return worth(&shown, area);
}

/* Today alone, and a button for everything else, in the way that shows most of today. */
static void home_plain(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct mark mark = mark_here(b);
	enum plain best = CARD_ALONE;
	size_t shown = 1;
	for (enum plain how = 0; how < PLAINS; how++) {
		size_t this = plain_put(b, home, area, most, how);
		take_back(b, mark);
		bool first = home->day.all.n == 0 && this == 1 && best == CARD_ALONE;
		if ((this <= shown && !first) || (how >= CARD_ALONE && shown > 1))
			continue;
		shown = this;
		best = how;
	}
	plain_put(b, home, area, most, best);
}

static void home_arrange(struct builder *b, const struct home *home, struct rect area, size_t most)
{
	struct mark mark = mark_here(b);
	size_t wanted = home->day.all.n < 2 ? home->day.all.n + 1 : 3, found = 0;
	int em = b->m.font[SIZE_BODY];
	if (!b->m.portrait && area.w >= TWO_COLUMNS * em)
		found = home_columns(b, home, area, most);
	else if (b->m.portrait && area.w >= ROOM_FOR_NEEDS * em)
		found = home_stacked(b, home, area, most);
	if (found >= wanted)
		return;
	take_back(b, mark);
	home_plain(b, home, area, most);
}

/* ---- reach mode: the day in words, above what can be touched */

static void compose_above(struct flow *flow, const void *content)
{
	const struct home *home = content;
	struct builder *b = flow->b;
	struct words title = title_words(b, home->title, NULL), note = text_words(b, home->note, NULL);
	if (note.s)
		flow_words(flow, "above/note", &note);
	flow_words(flow, "above/day", &title);
	for (size_t i = 0; i < home->day.all.n; i++) {
		struct occasion it;
		occasion_init(b, &it, &home->day.all.v[i], home->day.day);
		if (it.struck)
			continue;
		struct words strong =
			strong_words(b, join(b, ": ", it.now ? it.chip : it.time, it.name.s, NULL), it.name.lang);
		struct words quiet = quiet_words(b, it.place.s, it.place.lang);
		strong.size = SIZE_NAME;
		flow_space(flow, 2);
		flow_fact(flow, print(b, "above/%zu", i), kind_name(it.o->activity->kind), &strong, &quiet);
	}
}

static void home_above(struct builder *b, const struct home *home)
{
	size_t heads = home->note ? 2 : 1;
	struct mark mark = mark_here(b);
	if (b->above.h == 0)
		return;
	int end = flow_first(b, b->above, compose_above, home);
	if (b->out->n_items - mark.n <= heads)
		take_back(b, mark);
	move_since(b, mark, 0, (b->above.y + b->above.h - end) / 3);
}

enum err view_home(struct builder *b)
{
	header_put_home(b);
	struct home home = home_of(b);
	struct rect area = b->body;
	size_t most = HOME_CARDS;
	/* The way to what is wrong in the settings is one choice more. */
	if (b->model->habits.settings.n > 0 && !b->around->reach)
		most--;
	if (b->err != OK)
		return b->err;
	home_above(b, &home);
	if (home.n_notices && home.notices[0]->level == LEVEL_URGENT) {
		int h = card_notice(b, home.notices, 0, area.x, area.y, area.w, 0) + b->m.gap;
		area.y += h;
		area.h -= h;
		home.notices++;
		home.n_notices--;
		most--;
	}
	home_arrange(b, &home, area, most);
	return b->err;
}
