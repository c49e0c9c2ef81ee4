/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One association or unit: what it does, how to reach it, who vouched for that and when. */
#include "screen/cards.h"
#include "screen/flow.h"
#include "screen/rtl.h"

static void compose_reach(struct flow *flow, const char *id, const char *icon, const char *s)
{
	struct words strong = strong_words(flow->b, ltr(flow->b, s), NULL);
	strong.tabular = true;
	if (!s)
		return;
	flow_space(flow, 2);
	flow_fact(flow, id, icon, &strong, NULL);
}

static void compose(struct flow *flow, const void *content)
{
	const struct organisation *organisation = content;
	struct builder *b = flow->b;
	struct words title = title_words(b, NULL, NULL), about = text_words(b, NULL, NULL);
	title.s = pick(b, organisation->name, &title.lang);
	about.s = pick(b, organisation->about, &about.lang);
	flow_words(flow, "title", &title);
	if (about.s) {
		flow_space(flow, 1);
		flow_words(flow, "text", &about);
	}
	flow_space(flow, 1);
	compose_reach(flow, "phone", "phone", organisation->phone);
	compose_reach(flow, "email", "mail", organisation->email);
	compose_reach(flow, "web", "web", organisation->web);
	if (!organisation->has_confirmed)
		return;
	struct words seen = quiet_words(b, confirmed_words(b, organisation->confirmed), NULL);
	flow_space(flow, 3);
	flow_words(flow, "confirmed", &seen);
}

enum err view_organisation(struct builder *b)
{
	const struct organisation *organisation = centre_organisation(b->centre, b->model->place.id);
	header_put(b, say(b, TEXT_SCREEN_ORGANISATIONS), NULL, CONTENT_WORDS);
	if (!organisation) {
		message_put(b, b->body, "people", say(b, TEXT_SCREEN_GONE_ORGANISATION), say(b, TEXT_SCREEN_GONE_HOW));
		return b->err;
	}
	struct rect area = b->body;
	struct pair colours = b->theme->tint[TINT_SAND];
	emblem_put(b, &area, "people", colours);
	int end = flow_put(b, area, compose, organisation, NULL);
	emblem_below(b, area, end, "people", colours);
	return b->err;
}
