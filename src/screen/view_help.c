/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help with the screen, and the people here. */
#include "screen/cards.h"
#include "screen/flow.h"

enum { PEOPLE_AT_ONCE = 2, WAYS = 3, CARE = 3 };

/* Body sizes from which on hints and people stand side by side. */
static const int TWO_COLUMNS = 28;

static struct words heading(const struct builder *b, enum text_id id)
{
	struct words words = title_words(b, say(b, id), NULL);
	words.size = SIZE_HEADING;
	return words;
}

/* ---- how the screen is used */

static void compose(struct flow *flow, const void *content)
{
	(void)content;
	struct builder *b = flow->b;
	static const struct {
		const char *id, *icon;
		enum text_id text;
	} hints[] = {
		{ "help/touch", "touch", TEXT_SCREEN_HELP_TOUCH },
		{ "help/home", "home", TEXT_SCREEN_HELP_HOME },
		{ "help/nothing", "heart", TEXT_SCREEN_HELP_NOTHING_WRONG },
	};
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
		struct words words = text_words(b, say(b, hints[i].text), NULL);
		flow_space(flow, 2);
		flow_fact(flow, hints[i].id, hints[i].icon, &words, NULL);
	}
}

static int hints_height(struct builder *b, struct rect area)
{
	struct words title = heading(b, TEXT_SCREEN_HELP_SCREEN);
	struct mark mark = mark_here(b);
	struct flow flow = { .b = b, .area = { area.x, 0, area.w, 1 << 20 } };
	compose(&flow, NULL);
	take_back(b, mark);
	return words_height(b, &title, area.w) + 2 * b->m.unit + flow.y;
}

/* The hints where there is room for all of them: they are the smallest loss. */
static void hints_put(struct builder *b, struct rect area)
{
	struct words title = heading(b, TEXT_SCREEN_HELP_SCREEN);
	if (area.h < hints_height(b, area))
		return;
	int h = put_words(b, "help/screen", area.x, area.y, area.w, &title) + 2 * b->m.unit;
	area.y += h;
	area.h -= h;
	flow_put(b, area, compose, NULL, NULL);
}

/* ---- people, and the ways on */

static int ways_of(struct builder *b, struct button out[WAYS + CARE])
{
	int n = 0;
	out[n++] = (struct button){
		.id = "contacts", .label = say(b, TEXT_SCREEN_ALL_CONTACTS), .icon = "person", .action = "open contacts"
	};
	out[n++] = (struct button){ .id = "organisations",
				    .label = say(b, TEXT_SCREEN_ORGANISATIONS),
				    .icon = "people",
				    .action = "open organisations" };
	if (calls_back(b))
		out[n++] = call_me_button(b);
	return n;
}

/* What those ask for who look after the screen. */
static int care_of(struct builder *b, struct button *out)
{
	out[0] = (struct button){
		.id = "clean", .label = say(b, TEXT_SCREEN_CLEAN), .icon = "clean", .action = "clean"
	};
	out[1] = (struct button){ .id = "technical",
				  .label = say(b, TEXT_SCREEN_TECHNICAL),
				  .icon = "technical",
				  .action = "open technician" };
	int n = 2;
	if (b->model->habits.settings.n > 0)
		out[n++] = (struct button){ .id = "settings",
					    .label = say(b, TEXT_SCREEN_SETTINGS),
					    .icon = "notice",
					    .action = "open settings" };
	return n;
}

/* At the foot of AREA, whose rest is left. */
static void foot_put(struct builder *b, struct rect *area, const struct button *buttons, int n)
{
	int h = buttons_height(b, buttons, n, area->w);
	buttons_put(b, buttons, n, area->x, area->y + area->h - h, area->w);
	area->h -= h + b->m.gap;
}

static int people_once(struct builder *b, struct rect area, bool titled)
{
	const struct contact *const *contacts;
	size_t n = contacts_shown(b, &contacts);
	struct words title = heading(b, TEXT_SCREEN_HELP_PEOPLE);
	struct mark mark = mark_here(b);
	int y = area.y, end;
	if (titled)
		y += put_words(b, "help/people", area.x, area.y, area.w, &title) + b->m.unit;
	struct rect rest = { area.x, y, area.w, area.y + area.h - y };
	b->brief = true; /* when they were confirmed is said where all of them stand */
	size_t shown = stack_put(b, card_contact, contacts, n, PEOPLE_AT_ONCE, rest, &end);
	b->brief = false;
	if (shown > 0)
		return end - area.y;
	take_back(b, mark);
	return 0;
}

/* Some of the people; where not even one fits below the heading, without it. Returns the height. */
static int people_put(struct builder *b, struct rect area)
{
	int h = people_once(b, area, true);
	return h ? h : people_once(b, area, false);
}

static void two_columns(struct builder *b, struct rect area)
{
	struct button ways[WAYS + CARE], care[CARE];
	int between = 6 * b->m.unit, half = (area.w - between) / 2;
	struct rect left = { area.x, area.y, half, area.h };
	struct rect right = { area.x + area.w - half, area.y, half, area.h };
	foot_put(b, &left, care, care_of(b, care));
	hints_put(b, left);
	foot_put(b, &right, ways, ways_of(b, ways));
	people_put(b, right);
}

/* The people first; where there is no room for both, the hints are the smaller loss. */
static void one_column(struct builder *b, struct rect area)
{
	struct button all[WAYS + CARE];
	int n = ways_of(b, all);
	n += care_of(b, all + n);
	foot_put(b, &area, all, n);
	int hints = hints_height(b, area);
	struct mark mark = mark_here(b);
	int people = people_put(b, area);
	take_back(b, mark);
	if (hints + 2 * b->m.gap + people <= area.h) {
		hints_put(b, (struct rect){ area.x, area.y, area.w, hints });
		area.y += hints + 2 * b->m.gap;
		area.h -= hints + 2 * b->m.gap;
	}
	people_put(b, area);
}

enum err view_help(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_HELP), NULL, CONTENT_WORDS);
	if (!b->m.portrait && b->body.w >= TWO_COLUMNS * b->m.font[SIZE_BODY])
		two_columns(b, b->body);
	else
		one_column(b, b->body);
	return b->err;
}
