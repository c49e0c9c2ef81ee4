/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store_*.c share: how a change begins and ends, how a row is read. */
#pragma once

#include "central/store_items.h"
#include "central/store_signups.h"

/* A change of CENTRE by ACTOR: begins, and takes the centre's next version, which the
 * database refuses to whoever may not (ERR_NOT_FOUND). After OK store_end must follow. */
CHECKED enum err store_begin(struct db *db, struct actor actor, const char *centre);
/* RESULT OK: writes the audit line and commits, then the publisher hears of it. DETAIL may be
 * NULL; it never holds a volunteer's name or contact way. */
CHECKED enum err store_end(struct db *db, enum err result, struct actor actor, const char *centre, const char *action,
			   const char *item, const char *detail);
/* The end of a change that no screen shows: no new version, but a line in the audit. Not one row CHANGED:
 * ERR_NOT_FOUND. */
CHECKED enum err store_end_unseen(struct db *db, enum err result, int64_t changed, struct actor actor,
				  const char *centre, const char *action, const char *item);
/* Rolls back and gives OK: there was nothing to do. */
CHECKED enum err store_nothing(struct db *db);
/* The line alone, within a transaction. CENTRE may be NULL. */
CHECKED enum err audit_write(struct db *db, struct actor actor, const char *centre, const char *action,
			     const char *item, const char *detail);

/* A row, column by column. The first thing that is wrong is kept in err. */
struct row {
	const struct db_rows *rows;
	size_t r, c;
	struct arena *arena;
	enum err err;
};
const char *take_text(struct row *row);
int64_t take_number(struct row *row);
/* The number, and whether there was one. */
int64_t take_optional(struct row *row, bool *has);
struct texts take_texts(struct row *row);
/* A list of words, ["nb","en"]; N gets how many. */
const char *const *take_words(struct row *row, size_t *n);
/* Dates, times and durations; HAS may be NULL when the column is NOT NULL. */
struct civil take_civil(struct row *row, bool *has);
struct duration take_duration(struct row *row, bool *has);

/* The same the other way, into the arena; NULL when it is full, or when there is nothing (then ERR stays OK). */
struct put {
	struct arena *arena;
	enum err err;
};
const char *put_texts(struct put *put, struct texts texts);
const char *put_words(struct put *put, size_t n, const char *const *words);
const char *put_number(struct put *put, bool has, int64_t n);
const char *put_civil(struct put *put, bool has, struct civil when);
const char *put_duration(struct put *put, bool has, struct duration duration);
const char *put_opening(struct put *put, const struct opening *opening);

/* The items of a centre. USER NULL: for the public. ID NULL: all of them. */
CHECKED enum err load_activities(struct db *db, struct arena *arena, const char *user, const char *centre,
				 const char *id, struct activity_rows *out);
CHECKED enum err load_needs(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			    struct need_rows *out);
CHECKED enum err load_notices(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			      struct notice_rows *out);
CHECKED enum err load_organisations(struct db *db, struct arena *arena, const char *user, const char *centre,
				    const char *id, struct organisation_rows *out);
CHECKED enum err load_contacts(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			       struct contact_rows *out);
CHECKED enum err load_centre(struct db *db, struct arena *arena, const char *id, struct centre *out);

/* Within a transaction. An insert gives PLACED false if the id was there already. Code and
 * number are taken if they are free, else made. */
CHECKED enum err insert_centre(struct db *db, struct arena *arena, struct actor actor, const struct centre *centre);
CHECKED enum err insert_activity(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				 const struct activity *item, bool *placed);
CHECKED enum err insert_need(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			     const struct need *item, bool *placed);
CHECKED enum err insert_notice(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			       const struct notice *item, bool *placed);
CHECKED enum err insert_organisation(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				     const struct organisation *item, bool *placed);
CHECKED enum err insert_contact(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				const struct contact *item, bool *placed);
/* ERR_LIMIT if CENTRE has more activities than its feed may have. */
CHECKED enum err activities_room(struct db *db, struct arena *arena, const char *centre);
/* The series with its dates. What is known of single occurrences (overrides, sign-ups, seats) follows
 * when the time of day moves. REVISION 0: whatever it is. ERR_CONFLICT, ERR_NOT_FOUND. */
CHECKED enum err update_activity(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				 int64_t revision, const struct activity *item);
CHECKED enum err write_override(struct db *db, struct arena *arena, const char *centre, const char *activity,
				bool by_staff, const struct override *override);
/* An activity with all that hangs on it, sign-ups included. */
CHECKED enum err delete_activity(struct db *db, struct actor actor, const char *centre, const char *id);
/* Gives an item its code and number. */
CHECKED enum err code_take(struct db *db, struct arena *arena, const char *centre, enum item_kind kind, const char *id,
			   const char *code, const char *number);
