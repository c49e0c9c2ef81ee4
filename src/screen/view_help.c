/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help with the screen, and the people here. */
#include "screen/cards.h"
#include "screen/flow.h"

static struct words heading(const struct builder *b, enum text_id id)
{
	struct words words = title_words(b, say(b, id), NULL);
	words.size = SIZE_HEADING;
	return words;
}

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

static void hints_put(struct builder *b, struct rect area)
{
	struct words title = heading(b, TEXT_SCREEN_HELP_SCREEN);
	int h = put_words(b, "help/screen", area.x, area.y, area.w, &title) + 2 * b->m.unit;
	area.y += h;
	area.h -= h;
	flow_put(b, area, compose, NULL, NULL);
}

enum { PEOPLE_AT_ONCE = 2 };

/* Two buttons side by side where they fit. Returns the height. */
static int ways_on(struct builder *b, int x, int y, int w)
{
	struct button buttons[2] = {
		{ .id = "contacts",
		  .label = say(b, TEXT_SCREEN_ALL_CONTACTS),
		  .icon = "person",
		  .action = "open contacts" },
		{ .id = "organisations",
		  .label = say(b, TEXT_SCREEN_ORGANISATIONS),
		  .icon = "people",
		  .action = "open organisations" },
	};
	int first = button_width(b, &buttons[0]), second = button_width(b, &buttons[1]), h = button_height(b);
	int spare = w - b->m.gap - first - second;
	if (spare >= 0) {
		button_put(b, (struct rect){ x, y, first + spare / 2, h }, &buttons[0]);
		button_put(b, (struct rect){ x + first + spare / 2 + b->m.gap, y, w - first - spare / 2 - b->m.gap, h },
			   &buttons[1]);
		return h;
	}
	button_put(b, (struct rect){ x, y, w, h }, &buttons[0]);
	button_put(b, (struct rect){ x, y + h + b->m.gap, w, h }, &buttons[1]);
	return 2 * h + b->m.gap;
}

static int people_put(struct builder *b, struct rect area)
{
	struct words title = heading(b, TEXT_SCREEN_HELP_PEOPLE);
	int y = area.y, end;
	y += put_words(b, "help/people", area.x, y, area.w, &title) + b->m.unit;
	struct mark mark = mark_here(b);
	int below = ways_on(b, area.x, 0, area.w) + b->m.gap;
	take_back(b, mark);
	struct rect rest = { area.x, y, area.w, area.y + area.h - y - below };
	if (stack_put(b, card_contact, b->centre->contacts, b->centre->n_contacts, PEOPLE_AT_ONCE, rest, &end) > 0)
		y = end + b->m.gap;
	if (y < band_top(b))
		y = band_top(b);
	return y + ways_on(b, area.x, y, area.w) - area.y;
}

enum err view_help(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_HELP), NULL, CONTENT_WORDS);
	struct rect area = b->body;
	if (!b->m.portrait && area.w >= 28 * b->m.font[SIZE_BODY]) {
		int between = 6 * b->m.unit, half = (area.w - between) / 2;
		people_put(b, (struct rect){ area.x + area.w - half, area.y, half, area.h });
		area.w = half;
		hints_put(b, area);
		return b->err;
	}
	int above = band_top(b) - area.y - 2 * b->m.gap;
	if (above >= hints_height(b, area)) {
		people_put(b, (struct rect){ area.x, band_top(b), area.w, area.y + area.h - band_top(b) });
		area.h = above;
		hints_put(b, area);
		return b->err;
	}
	/* The people first; where there is no room for both, the hints are the fewer loss. */
	int h = people_put(b, area) + 2 * b->m.gap;
	area.y += h;
	area.h -= h;
	if (area.h >= hints_height(b, area))
		hints_put(b, area);
	return b->err;
}
