/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views that are a list of cards and nothing else. */
#include "screen/cards.h"

struct list {
	enum text_id title, none;
	const char *icon;
	enum content_kind kind;
	bool call_me;
};

static enum err list_put(struct builder *b, const struct list *list, card_fn *card, const void *cards, size_t n)
{
	struct button call_me = call_me_button(b);
	header_put(b, say(b, list->title), NULL, n ? list->kind : CONTENT_WORDS);
	above_put(b, list->icon, b->theme->tint[TINT_SAND], NULL);
	struct rect area = b->body;
	int foot = list->call_me && calls_back(b) ? buttons_height(b, &call_me, 1, area.w) : 0;
	area.h -= foot ? foot + b->m.gap : 0;
	if (n == 0)
		message_put(b, area, list->icon, say(b, list->none), NULL);
	else
		pages_put(b, area, card, cards, n);
	if (foot)
		buttons_put(b, &call_me, 1, area.x, area.y + area.h + b->m.gap, area.w);
	return b->err;
}

enum err view_needs(struct builder *b)
{
	const struct need *const *needs;
	size_t n = needs_shown(b, &needs);
	struct list list = { TEXT_SCREEN_NEEDS, TEXT_SCREEN_NEEDS_NONE, "handshake", CONTENT_CONTROLS, false };
	return list_put(b, &list, card_need, needs, n);
}

enum err view_notices(struct builder *b)
{
	const struct notice *const *notices;
	size_t n = notices_shown(b, &notices);
	struct list list = { TEXT_SCREEN_NOTICES, TEXT_SCREEN_NOTICES_NONE, "notice", CONTENT_CONTROLS, false };
	return list_put(b, &list, card_notice_text, notices, n);
}

enum err view_organisations(struct builder *b)
{
	const struct organisation *const *organisations;
	size_t n = organisations_shown(b, &organisations);
	struct list list = { TEXT_SCREEN_ORGANISATIONS, TEXT_SCREEN_ORGANISATIONS_NONE, "people", CONTENT_CONTROLS,
			     false };
	return list_put(b, &list, card_organisation, organisations, n);
}

enum err view_contacts(struct builder *b)
{
	struct list list = { TEXT_SCREEN_CONTACTS, TEXT_SCREEN_CONTACTS_NONE, "person", CONTENT_WORDS, true };
	const struct contact *const *contacts;
	size_t n = contacts_shown(b, &contacts);
	return list_put(b, &list, card_contact, contacts, n);
}
