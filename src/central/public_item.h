/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a short link leads to, as visitors' pages need it: the item, which
 * occurrence of it, whether one can still sign up, and its facts in words. */
#pragma once

#include "central/request.h"
#include "central/store_signups.h"
#include "core/occur.h"

enum public_state {
	PUBLIC_OPEN,
	PUBLIC_FULL,
	PUBLIC_CANCELLED,
	PUBLIC_PAST,
	PUBLIC_NO_SIGNUP, /* one just comes */
	PUBLIC_UNPLANNED, /* the activity is there, this time of it is not (any more) */
	PUBLIC_REMOVED,   /* there was such an item; only REF and CENTRE are known */
};

struct public_item {
	struct item_ref ref;
	struct centre *centre;           /* holds this one item, and the people */
	const struct activity *activity; /* one of the two */
	const struct need *need;
	const char *original;         /* activity: the occurrence's name, as civil_print writes it */
	struct occurrence occurrence; /* activity: where it stands now */
	bool limited;                 /* SEATS counts */
	int64_t seats, taken;
	enum public_state state;
};

/* By short code, or by a sign-up's own reference. An activity without OCCURRENCE ("20261124T1100", NULL) has
 * original NULL: the visitor has to choose. ERR_NOT_FOUND. */
CHECKED enum err public_by_code(struct request *req, const char *code, const char *occurrence, struct public_item *out);
CHECKED enum err public_by_ref(struct request *req, const struct item_ref *ref, const char *original,
			       struct public_item *out);

/* Unix seconds when a sign-up of today is deleted (retention.h). OPEN_ENDED may be NULL. */
CHECKED enum err public_delete_after(const struct request *req, const struct public_item *item, int64_t *out,
				     bool *open_ended);

/* The times of a need that has a start, a year ahead. */
CHECKED enum err public_need_times(struct request *req, const struct public_item *item, struct occurrences *out);

/* ---- addresses ---------------------------------------------------------- */

/* "/n/7F3K2" or "/a/7F3K2/20261124T1100". */
const char *public_path(struct request *req, const struct public_item *item);

/* ---- in words (public_words.c) ------------------------------------------ */

/* Name of the item in the page's language, and of its centre. */
struct text public_name(const struct request *req, const struct public_item *item);
struct text public_centre_name(const struct request *req, const struct public_item *item);
/* "tirsdag 24. november kl. 11.00–12.30". */
const char *public_occurrence_words(const struct request *req, const struct occurrence *occurrence);
const char *public_place(const struct request *req, const struct public_item *item);

/* <p>, marked with its language where that is not the page's; nothing for an empty list. */
void public_paragraph(struct request *req, struct texts texts);
/* The item's own description. */
void public_about(struct request *req, const struct public_item *item);
/* The list of facts: when, where, who meets, what to bring … */
void public_facts(struct request *req, const struct public_item *item);
/* Cancelled, full, moved …, and why; nothing where one can simply sign up. */
void public_say_state(struct request *req, const struct public_item *item);
/* Other needs of the centre that have room, as links; nothing if there are none. */
CHECKED enum err public_others(struct request *req, const struct public_item *item);
