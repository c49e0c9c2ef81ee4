/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a centre shows: activities, needs, notices, organisations, contacts.
 * Five kinds, the same five functions each:
 *
 *   store_NOUNs    all of a centre, in the order in which people made them
 *   store_NOUN     one; ERR_NOT_FOUND
 *   add            the id is the form's token: a double press is one row
 *   change         REVISION is the one that the form was made from
 *   remove         what others refer to is unlinked first (activities, needs: their sign-ups
 *                  go too); a contact that needs have as their own stays (ERR_REFERENCE)
 *
 * Texts, dates and rules are as core/centre.h has them, checked by the
 * caller's form and once more here. An add gives code and number. */
#pragma once

#include "central/store.h"

struct stored {
	int64_t revision, created_at, changed_at;
	const char *changed_by; /* login name */
	int64_t signups;        /* active ones, of an activity all its occurrences' */
	const char *calendar;   /* id of the subscription that owns an activity, or NULL */
	const char *uid;        /* of an imported activity, or NULL */
};

/* Makes struct activity_row, struct activity_rows and the five functions, and so on. */
#define STORE_ITEM(noun, nouns)                                                                                       \
	struct noun##_row {                                                                                           \
		struct noun item;                                                                                     \
		struct stored stored;                                                                                 \
	};                                                                                                            \
	struct noun##_rows {                                                                                          \
		size_t n;                                                                                             \
		const struct noun##_row *v;                                                                           \
	};                                                                                                            \
	CHECKED enum err store_##nouns(struct db *db, struct arena *arena, struct actor actor, const char *centre,    \
				       struct noun##_rows *out);                                                      \
	CHECKED enum err store_##noun(struct db *db, struct arena *arena, struct actor actor, const char *centre,     \
				      const char *id, struct noun##_row *out);                                        \
	CHECKED enum err store_##noun##_add(struct db *db, struct actor actor, const char *centre,                    \
					    const struct noun *item);                                                 \
	CHECKED enum err store_##noun##_change(struct db *db, struct actor actor, const char *centre,                 \
					       int64_t revision, const struct noun *item);                            \
	CHECKED enum err store_##noun##_remove(struct db *db, struct actor actor, const char *centre, const char *id, \
					       int64_t revision)

STORE_ITEM(activity, activities);
STORE_ITEM(need, needs);
STORE_ITEM(notice, notices);
STORE_ITEM(organisation, organisations);
STORE_ITEM(contact, contacts);
