/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One association or unit: what it does, how to reach it, who vouched for that and when. */
#include "screen/cards.h"
#include "screen/foreign.h"
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
	struct words kinds = strong_words(b, organisation_kinds(b, organisation), NULL);
	title.s = pick(b, organisation->name, &title.lang);
	about.s = pick(b, organisation->about, &about.lang);
	flow_words(flow, "title", &title);
	flow_foreign(flow, about.s ? about.lang : title.lang);
	if (about.s) {
		flow_space(flow, 1);
		flow_words(flow, "text", &about);
	}
	flow_space(flow, 1);
	if (kinds.s) {
		flow_space(flow, 2);
		flow_fact(flow, "kinds", "kinds", &kinds, NULL);
	}
	compose_reach(flow, "phone", "phone", organisation->phone);
	compose_reach(flow, "email", "mail", organisation->email);
	compose_reach(flow, "web", "web", organisation->web);
	struct words seen = quiet_words(
		b, confirmed_words(b, organisation->has_confirmed, organisation->confirmed, organisation->confirmed_by),
		NULL);
	if (!seen.s)
		return;
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
