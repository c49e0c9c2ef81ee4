/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars that a centre takes activities from: a file, copied once, whose
 * activities are then staff's own; or an address, fetched every 15 minutes,
 * whose activities belong to it. What came and what was skipped is kept for the page. */
#pragma once

#include "central/store.h"
#include "core/ics.h"

enum { CALENDAR_EVERY = 15 * 60 };

struct calendar {
	const char *id, *centre;
	const char *address;         /* NULL: a file */
	const char *name;            /* given by staff, or the calendar's own */
	const char *lang;            /* that its texts are in */
	int64_t next_at;             /* due; of a file 0 */
	int64_t last_at, last_ok_at; /* 0: never */
	const char *last_fault;      /* English, NULL: the last time went well */
	const char *etag;            /* "" if none */
	int64_t activities;          /* that came */
	int64_t revision;
};
struct calendars {
	size_t n;
	const struct calendar *v;
};
struct calendar_skip {
	enum skip_reason reason;
	int64_t line;
	const char *title, *detail;
};
struct calendar_skips {
	size_t n;
	const struct calendar_skip *v;
};

CHECKED enum err store_calendars(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				 struct calendars *out);
CHECKED enum err store_calendar(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				const char *id, struct calendar *out, struct calendar_skips *skips);
/* A subscription; it is due at once. ID is the form's token. */
CHECKED enum err store_calendar_add(struct db *db, struct actor actor, const char *centre,
				    const struct calendar *calendar);
/* With its activities (a subscription) and their sign-ups; the copies of a file stay. */
CHECKED enum err store_calendar_remove(struct db *db, struct actor actor, const char *centre, const char *id,
				       int64_t revision);
/* Due now, instead of at next_at. */
CHECKED enum err store_calendar_hurry(struct db *db, struct actor actor, const char *centre, const char *id);

/* Those that are due (background work), of all centres. */
CHECKED enum err store_calendars_due(struct db *db, struct arena *arena, int64_t now, struct calendars *out);
/* The fetch failed, or nothing changed (FAULT_TEXT NULL): next in 15 minutes. */
CHECKED enum err store_calendar_result(struct db *db, int64_t now, const char *id, const char *fault_text);
/* What came, in one transaction: activities with the same id (made from the UID) are changed and keep
 * code, number, sign-ups and staff's overrides, new ones are added, of a subscription those that are gone are removed.
 * Of a file (address NULL) the calendar's row is made here and activities that are already there by uid are left as
 * they are; ERR_DUPLICATE: there is such a row, the form was sent twice. */
struct calendar_outcome {
	int64_t n_new, n_changed, n_gone, n_kept;
};
CHECKED enum err store_calendar_came(struct db *db, struct arena *arena, struct actor actor,
				     const struct calendar *calendar, const struct ics_calendar *came, const char *etag,
				     struct calendar_outcome *out);
