/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views that are a list of cards and nothing else. */
#include "screen/cards.h"

static enum err list_put(struct builder *b, enum text_id title, enum text_id none, const char *icon, card_fn *card,
			 const void *cards, size_t n)
{
	header_put(b, say(b, title), NULL);
	if (n == 0)
		message_put(b, b->body, icon, say(b, none), NULL);
	else
		pages_put(b, b->body, card, cards, n);
	return b->err;
}

enum err view_needs(struct builder *b)
{
	const struct need *const *needs;
	size_t n = needs_shown(b, &needs);
	return list_put(b, TEXT_SCREEN_NEEDS, TEXT_SCREEN_NEEDS_NONE, "handshake", card_need, needs, n);
}

enum err view_notices(struct builder *b)
{
	const struct notice *const *notices;
	size_t n = notices_shown(b, &notices);
	return list_put(b, TEXT_SCREEN_NOTICES, TEXT_SCREEN_NOTICES_NONE, "notice", card_notice_text, notices, n);
}

enum err view_organisations(struct builder *b)
{
	const struct organisation *const *organisations;
	size_t n = organisations_shown(b, &organisations);
	return list_put(b, TEXT_SCREEN_ORGANISATIONS, TEXT_SCREEN_ORGANISATIONS_NONE, "people", card_organisation,
			organisations, n);
}

enum err view_contacts(struct builder *b)
{
	return list_put(b, TEXT_SCREEN_CONTACTS, TEXT_SCREEN_CONTACTS_NONE, "person", card_contact, b->centre->contacts,
			b->centre->n_contacts);
}
