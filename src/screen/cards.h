/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of card, once, for all views that show it. CARDS of card_fn is
 * what the line beside each says. */
#pragma once

#include "screen/occasion.h"
#include "screen/parts.h"

struct day_cards {
	struct civil day;
	struct occurrences all;
};
enum { KIND_DAYS = 14 };   /* how far ahead a kind's occurrences are looked for */
card_fn card_occurrence;   /* struct day_cards */
card_fn card_dated;        /* const struct occurrence [], each below its day */
card_fn card_day;          /* the first day: const struct civil * */
card_fn card_need;         /* const struct need *const [] */
card_fn card_notice;       /* const struct notice *const [] */
card_fn card_notice_text;  /* the same, with their texts */
card_fn card_contact;      /* const struct contact *const [] */
card_fn card_organisation; /* const struct organisation *const [] */

/* "I dag, tirsdag 24. november" */
const char *day_words(struct builder *b, struct civil day);
const char *kind_words(const struct builder *b, enum kind kind);
/* "Sang, Kultur"; NULL: none. */
const char *organisation_kinds(struct builder *b, const struct organisation *organisation);
/* Activities day by day, or by kind: the way from one to the other. Takes its place from AREA. */
void tabs_put(struct builder *b, struct rect *area, bool by_kind);

/* "1 av 2 på plass", "Vi trenger to personer", "Fullt" */
const char *need_seats(struct builder *b, const struct need *need);
bool need_is_full(const struct need *need);
/* Needs that may be shown today, those with free seats first. */
size_t needs_shown(struct builder *b, const struct need *const **out);
/* Notices that hold now, urgent ones first. */
bool notice_is_shown(const struct notice *notice, struct civil now);
size_t notices_shown(struct builder *b, const struct notice *const **out);
/* By name, in the language's alphabet. */
size_t organisations_shown(struct builder *b, const struct organisation *const **out);
/* Contacts and associations that can be reached and that somebody has vouched for within two years. */
size_t contacts_shown(struct builder *b, const struct contact *const **out);
/* NULL where there is none, or none that is shown. */
const struct contact *contact_shown(const struct builder *b, const char *id);
/* Nobody has vouched for it for more than a year: it is shown as such. */
bool is_stale(const struct builder *b, bool has_confirmed, struct civil confirmed);
/* "Bekreftet 3. november 2026 av Kari Nes"; BY may be NULL. Of what is stale: that it may have changed. NULL: never. */
const char *confirmed_words(struct builder *b, bool has_confirmed, struct civil when, const char *by);
