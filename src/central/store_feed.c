/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A centre as its screens see it, and the moment when that changes by itself:
 * the seats that are shown are those of the next occurrence. */
#include <string.h>

#include "base/limits.h"
#include "central/store_common.h"
#include "core/occur.h"
#include "core/zone.h"

/* Copies the items of ROWS (struct noun_rows) into a list of the centre. */
#define ITEMS(noun, rows, count, list)                                      \
	do {                                                                \
		struct noun *v = ARENA_ARRAY(arena, (rows).n, struct noun); \
		if (!v)                                                     \
			return ERR_MEMORY;                                  \
		for (size_t i = 0; i < (rows).n; i++)                       \
			v[i] = (rows).v[i].item;                            \
		(count) = (rows).n;                                         \
		(list) = v;                                                 \
	} while (0)

static enum err load_small(struct db *db, struct arena *arena, const char *id, struct centre *c)
{
	struct organisation_rows organisations = { 0 };
	struct contact_rows contacts = { 0 };
	struct notice_rows notices = { 0 };
	struct need_rows needs = { 0 };
	enum err err = load_contacts(db, arena, NULL, id, NULL, &contacts);

	if (!err)
		err = load_organisations(db, arena, NULL, id, NULL, &organisations);
	if (!err)
		err = load_notices(db, arena, NULL, id, NULL, &notices);
	if (!err)
		err = load_needs(db, arena, NULL, id, NULL, &needs);
	if (err)
		return err;
	ITEMS(contact, contacts, c->n_contacts, c->contacts);
	ITEMS(organisation, organisations, c->n_organisations, c->organisations);
	ITEMS(notice, notices, c->n_notices, c->notices);
	ITEMS(need, needs, c->n_needs, c->needs);
	return OK;
}

/* What stands in the database may be more than the seats, if staff took some away: the screen says full. */
static void clamp_needs(struct centre *c)
{
	struct need *v = (struct need *)(size_t)c->needs;

	for (size_t i = 0; i < c->n_needs; i++)
		if (v[i].taken > v[i].seats)
			v[i].taken = v[i].seats;
}

static enum err take_seats(struct db *db, struct arena *arena, const char *centre, struct activity *a,
			   const struct occurrence *next)
{
	char original[CIVIL_SIZE];
	struct db_rows rows;

	civil_print(next->original, original);
	enum err err = db_query(
		db, arena, &rows,
		"SELECT taken FROM occurrence_seats WHERE centre_id = $1 AND activity_id = $2 AND original = $3",
		centre, a->id, original);
	int64_t taken = !err && rows.n ? db_number(&rows, 0, 0) : 0;
	a->taken = taken > a->seats ? a->seats : (int32_t)taken;
	return err;
}

/* Seats of the next occurrence, of those activities that have both sign-up and seats. */
static enum err seats_of_next(struct db *db, struct arena *arena, struct centre *c, int64_t now, int64_t *tick)
{
	struct activity *v = (struct activity *)(size_t)c->activities;
	struct schedule *schedule = schedule_new(c);
	struct occurrence next;
	struct civil wall;
	enum err err = schedule ? zone_from_utc(c->zone, now, &wall) : ERR_MEMORY;

	for (size_t i = 0; i < c->n_activities && !err; i++) {
		if (!v[i].signup || !v[i].has_seats)
			continue;
		enum err found = schedule_next(schedule, &v[i], wall, &next);
		if (found == ERR_MEMORY)
			err = found;
		if (found)
			continue;
		if (next.end_utc > now && next.end_utc < *tick)
			*tick = next.end_utc;
		err = take_seats(db, arena, c->id, &v[i], &next);
	}
	schedule_del(schedule);
	return err;
}

enum err store_feed(struct db *db, struct arena *arena, const char *id, int64_t now, struct centre **out, int64_t *tick)
{
	struct activity_rows activities = { 0 };
	struct centre *c = ARENA_NEW(arena, struct centre);

	*tick = INT64_MAX;
	if (!c)
		return ERR_MEMORY;
	/* One transaction: the version and the content belong together. */
	enum err err = db_begin_read(db);
	if (err)
		return err;
	err = load_centre(db, arena, id, c);
	if (!err)
		err = load_small(db, arena, id, c);
	if (!err)
		err = load_activities(db, arena, NULL, id, NULL, &activities);
	if (!err) {
		struct activity *v = ARENA_ARRAY(arena, activities.n, struct activity);
		for (size_t i = 0; v && i < activities.n; i++)
			v[i] = activities.v[i].item;
		c->activities = v;
		c->n_activities = activities.n;
		err = v ? OK : ERR_MEMORY;
	}
	clamp_needs(c);
	if (!err)
		err = seats_of_next(db, arena, c, now, tick);
	*out = c;
	return db_end(db, err);
}

enum err store_tick(struct db *db, const char *id, int64_t tick)
{
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(db, NULL,
		      "UPDATE centres SET version = version + 1, ticked_at = $2, changed_at = CASE WHEN changed_at > "
		      "CAST($2 AS BIGINT) THEN changed_at ELSE CAST($2 AS BIGINT) END WHERE id = $1 AND ticked_at < $2",
		      id, tick);
	return db_end(db, err);
}

enum err store_versions(struct db *db, struct arena *arena, struct version_rows *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows, "SELECT id, version FROM centres ORDER BY id");
	struct version_row *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct version_row);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct version_row){ db_text(&rows, i, 0), db_number(&rows, i, 1) };
	*out = (struct version_rows){ rows.n, v };
	return OK;
}

enum err store_ping(struct db *db)
{
	return db_exec(db, NULL, "SELECT COUNT(*) FROM centres");
}
