/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help with the screen, and the people here. */
#include "screen/cards.h"
#include "screen/flow.h"

static void compose(struct flow *flow, const void *content)
{
	(void)content;
	struct builder *b = flow->b;
	struct words title = title_words(b, say(b, TEXT_SCREEN_HELP_SCREEN), NULL);
	static const struct {
		const char *id, *icon;
		enum text_id text;
	} hints[] = {
		{ "help/touch", "touch", TEXT_SCREEN_HELP_TOUCH },
		{ "help/home", "home", TEXT_SCREEN_HELP_HOME },
		{ "help/nothing", "heart", TEXT_SCREEN_HELP_NOTHING_WRONG },
	};
	title.size = SIZE_HEADING;
	flow_words(flow, "help/screen", &title);
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
		struct words words = text_words(b, say(b, hints[i].text), NULL);
		flow_space(flow, 2);
		flow_fact(flow, hints[i].id, hints[i].icon, &words, NULL);
	}
}

struct people {
	struct button buttons[2];
	int n;
};

static struct people people_of(struct builder *b)
{
	struct people people = { 0 };
	if (b->centre->n_contacts)
		people.buttons[people.n++] = (struct button){ .id = "contacts",
							      .label = say(b, TEXT_SCREEN_CONTACTS),
							      .icon = "person",
							      .action = "open contacts" };
	if (b->centre->n_organisations)
		people.buttons[people.n++] = (struct button){ .id = "organisations",
							      .label = say(b, TEXT_SCREEN_ORGANISATIONS),
							      .icon = "people",
							      .action = "open organisations" };
	return people;
}

/* The desk, then the way to everybody. Returns the height. */
static int people_put(struct builder *b, const struct people *people, int x, int y, int w)
{
	struct words title = title_words(b, say(b, TEXT_SCREEN_HELP_PEOPLE), NULL);
	struct words phone = strong_words(b, NULL, NULL);
	int top = y;
	title.size = SIZE_HEADING;
	y += put_words(b, "help/people", x, y, w, &title) + b->m.unit;
	if (b->centre->phone) {
		phone.s = tell(b, TEXT_SCREEN_HELP_CALL, ARG_S(b->centre->phone));
		y += put_words(b, "help/phone", x, y, w, &phone) + 2 * b->m.unit;
	}
	for (int i = 0; i < people->n; i++) {
		button_put(b, (struct rect){ x, y, w, button_height(b) }, &people->buttons[i]);
		y += button_height(b) + b->m.gap;
	}
	return y - top;
}

enum err view_help(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_HELP), NULL);
	struct people people = people_of(b);
	struct rect area = b->body;
	struct mark mark = mark_here(b);
	if (!b->m.portrait && area.w >= 28 * b->m.font[SIZE_BODY]) {
		int between = 6 * b->m.unit, half = (area.w - between) / 2;
		people_put(b, &people, area.x + area.w - half, area.y, half);
		area.w = half;
		flow_put(b, area, compose, NULL, NULL);
		return b->err;
	}
	int h = people_put(b, &people, area.x, area.y, area.w) + b->m.gap;
	if (h > area.h * 2 / 3) {
		/* No room for both: the people come first, the hints are few. */
		take_back(b, mark);
		h = people_put(b, &people, area.x, area.y, area.w);
		return b->err;
	}
	area.y += h;
	area.h -= h;
	flow_put(b, area, compose, NULL, NULL);
	return b->err;
}
