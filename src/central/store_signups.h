/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign-ups: a name and one contact way, given by a visitor with consent, for a
 * need or for one occurrence of an activity. The secret of the link is stored
 * as a hash. Withdrawing erases name and contact way at once; the rest goes 30
 * days after the last occurrence (store_signups_expire). */
#pragma once

#include "central/store.h"

enum item_kind { ITEM_ACTIVITY, ITEM_NEED };

/* What a short link or a number leads to. */
struct item_ref {
	const char *centre, *id;
	const char *code, *number;
	enum item_kind kind;
};
/* CODE in any case; ERR_NOT_FOUND. Public: no actor. */
CHECKED enum err store_by_code(struct db *db, struct arena *arena, const char *code, struct item_ref *out);
CHECKED enum err store_by_number(struct db *db, struct arena *arena, const char *number, struct item_ref *out);
/* The item itself for public pages, with its contact and centre (CENTRE has no other items). */
CHECKED enum err store_public_item(struct db *db, struct arena *arena, const struct item_ref *ref,
				   struct centre **centre);
/* All needs of a centre that still have room, for "others that you could help with". */
CHECKED enum err store_public_needs(struct db *db, struct arena *arena, const char *centre, struct centre **out);
/* Taken seats of one occurrence (ORIGINAL as civil_print writes it), or of a need (NULL). */
CHECKED enum err store_taken(struct db *db, const struct item_ref *ref, const char *original, int64_t *out);

enum signup_state { SIGNUP_ACTIVE, SIGNUP_WITHDRAWN };

struct signup {
	const char *id;
	struct item_ref item;
	const char *original; /* of an occurrence; NULL for a need */
	const char *name;     /* NULL once withdrawn */
	const char *contact;  /* phone or mail; NULL once withdrawn */
	const char *lang;     /* the visitor's */
	int64_t consent_version, consent_at;
	enum signup_state state;
	int64_t created_at, delete_after;
	int64_t answered_at; /* staff have answered; 0: not yet */
	int64_t told_at;     /* told that it is cancelled; 0: not yet */
	const char *answered_by, *told_by;
	int64_t revision;
};
struct signups {
	size_t n;
	const struct signup *v;
};

/* FORM_TOKEN (id_new) makes a double press one sign-up: then SECRET is the
 * first one's and FIRST is false. DELETE_AFTER: unix seconds, 30 days after the last occurrence,
 * or a year from now for open-ended needs. ERR_CONFLICT: full. ERR_NOT_FOUND: no such item. */
struct signup_order {
	struct item_ref item;
	const char *original; /* ITEM_ACTIVITY: required */
	const char *name, *contact, *lang;
	int64_t consent_version, delete_after;
	const char *form_token;
	/* Where the visitor is: SIGNUPS_AN_HOUR come from one place, then ERR_LIMIT, and WAIT_S gets the seconds that
	 * are left. NULL: whoever it is is not slowed. */
	const char *address;
	int64_t *wait_s;
};
enum { SIGNUPS_AN_HOUR = 60 /* a whole care home may share one address */ };
/* The secret of the link is derived from FORM_TOKEN, so that a repeated press gets the same one. SECRET has ID_SIZE
 * bytes. */
CHECKED enum err store_signup_add(struct db *db, int64_t now, const struct signup_order *order, char *secret,
				  bool *first);
/* By the secret of the link. ERR_NOT_FOUND. */
CHECKED enum err store_signup_by_secret(struct db *db, struct arena *arena, const char *secret, struct signup *out);
CHECKED enum err store_signup_change(struct db *db, int64_t now, const char *secret, const char *name,
				     const char *contact);
/* Gives the seat back. A second time is OK and does nothing. */
CHECKED enum err store_signup_withdraw(struct db *db, int64_t now, const char *secret);

/* ---- for staff ---------------------------------------------------------- */

/* Of one item; ORIGINAL NULL: of all its occurrences. By occurrence, then as they came; withdrawn ones last. */
CHECKED enum err store_signups(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			       enum item_kind kind, const char *item, const char *original, struct signups *out);
/* Of a whole centre, newest first, the unanswered before the others; at most MAX. */
CHECKED enum err store_signups_centre(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				      int max, struct signups *out);
CHECKED enum err store_signup_answered(struct db *db, struct actor actor, const char *centre, const char *id,
				       bool answered);
CHECKED enum err store_signup_told(struct db *db, struct actor actor, const char *centre, const char *id, bool told);
/* Staff take somebody off the list (asked by phone): as a withdrawal. */
CHECKED enum err store_signup_remove(struct db *db, struct actor actor, const char *centre, const char *id);

/* Deletes what is past its day; N gets how many. */
CHECKED enum err store_signups_expire(struct db *db, int64_t now, int64_t *n);
