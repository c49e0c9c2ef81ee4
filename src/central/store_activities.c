/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities: the series, its dates, and what hangs on single occurrences. */
#include "base/limits.h"
#include "central/store_make.h"

static enum err insert_dates(struct db *db, const char *centre, const char *id, bool extra, struct civils days)
{
	enum err err = OK;

	for (size_t i = 0; i < days.n && !err; i++) {
		char day[CIVIL_SIZE];
		civil_print(days.v[i], day);
		err = db_exec(db, NULL,
			      "INSERT INTO activity_dates (centre_id, activity_id, extra, day) VALUES ($1, $2, $3, $4) "
			      "ON CONFLICT DO NOTHING",
			      centre, id, extra, day);
	}
	return err;
}

static enum err write_dates(struct db *db, const char *centre, const struct activity *item)
{
	enum err err = db_exec(db, NULL, "DELETE FROM activity_dates WHERE centre_id = $1 AND activity_id = $2", centre,
			       item->id);
	if (!err)
		err = insert_dates(db, centre, item->id, false, item->exdates);
	return err ? err : insert_dates(db, centre, item->id, true, item->rdates);
}

enum err write_override(struct db *db, struct arena *arena, const char *centre, const char *activity, bool by_staff,
			const struct override *o)
{
	struct put put = { .arena = arena };
	const char *original = put_civil(&put, true, o->original), *start = put_civil(&put, o->has_start, o->start);
	const char *duration = put_duration(&put, o->has_duration, o->duration), *name = put_texts(&put, o->name);
	const char *place = put_texts(&put, o->place), *reason = put_texts(&put, o->reason);

	if (put.err)
		return put.err;
	return db_exec(
		db, NULL,
		"INSERT INTO overrides (centre_id, activity_id, original, by_staff, status, start, duration, name, place, "
		"reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (centre_id, activity_id, original, "
		"by_staff) DO UPDATE SET status = excluded.status, start = excluded.start, duration = excluded.duration, "
		"name = excluded.name, place = excluded.place, reason = excluded.reason",
		centre, activity, original, by_staff, (int)o->status, start, duration, name, place, reason);
}

enum err insert_activity(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			 const struct activity *a, bool *placed)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, a->name), *description = put_texts(&put, a->description);
	const char *start = put_civil(&put, true, a->start), *duration = put_duration(&put, true, a->duration);
	const char *place = put_texts(&put, a->place), *seats = put_number(&put, a->has_seats, a->seats);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"INSERT INTO activities (centre_id, id, position, name, description, kind, start, duration, zone, rrule, place, "
		"organisation_id, contact_id, picture, signup, seats, status, created_at, changed_at, changed_by) VALUES ($1, $2, "
		"(SELECT COALESCE(MAX(position), 0) + 1 FROM activities WHERE centre_id = $1), $3, $4, $5, $6, $7, $8, $9, $10, "
		"$11, $12, $13, $14, $15, $16, $17, $17, COALESCE((SELECT name FROM users WHERE id = $18), '')) "
		"ON CONFLICT (centre_id, id) DO NOTHING",
		centre, a->id, name, description, kind_name(a->kind), start, duration, a->zone, a->rrule, place,
		a->organisation, a->contact, a->picture, a->signup, seats, (int)a->status, actor.now, actor.user_id);
	*placed = !err && changed == 1;
	if (!*placed)
		return err;
	err = code_take(db, arena, centre, ITEM_ACTIVITY, a->id, a->code, a->number);
	if (!err)
		err = write_dates(db, centre, a);
	for (size_t i = 0; i < a->overrides.n && !err; i++)
		err = write_override(db, arena, centre, a->id, true, &a->overrides.v[i]);
	return err;
}

/* ---- a new time of day: single occurrences are known by their original start ---- */

/* Seconds on the wall by which originals move: all of it for a single event, the time of day for a series. */
static int64_t wall_shift(const struct activity *from, const struct activity *to)
{
	int64_t days = (int64_t)civil_day(to->start) - civil_day(from->start);
	int64_t seconds = ((to->start.hour - from->start.hour) * 60 + to->start.minute - from->start.minute) * 60 +
			  to->start.second - from->start.second;

	if (from->start.date_only != to->start.date_only)
		return 0;
	return from->rrule || to->rrule ? seconds : days * 86400 + seconds;
}

static enum err shift_one(struct db *db, const char *centre, const char *id, const char *from, const char *to)
{
	enum err err = db_exec(
		db, NULL,
		"UPDATE overrides SET original = $4 WHERE centre_id = $1 AND activity_id = $2 AND original = $3",
		centre, id, from, to);
	if (!err)
		err = db_exec(db, NULL,
			      "UPDATE occurrence_seats SET original = $4 WHERE centre_id = $1 AND activity_id = $2 "
			      "AND original = $3",
			      centre, id, from, to);
	if (!err)
		err = db_exec(db, NULL,
			      "UPDATE signups SET original = $4 WHERE centre_id = $1 AND kind = 0 AND item_id = $2 "
			      "AND original = $3",
			      centre, id, from, to);
	return err;
}

static enum err shift_occurrences(struct db *db, struct arena *arena, const char *centre, const char *id, int64_t shift)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT original FROM overrides WHERE centre_id = $1 AND activity_id = $2 UNION "
				"SELECT original FROM occurrence_seats WHERE centre_id = $1 AND activity_id = $2 UNION "
				"SELECT original FROM signups WHERE centre_id = $1 AND kind = 0 AND item_id = $2 AND "
				"original IS NOT NULL ORDER BY original",
				centre, id);

	/* From the far end, so that nothing lands where another still stands. */
	for (size_t i = 0; i < rows.n && !err; i++) {
		const char *from = db_text(&rows, shift > 0 ? rows.n - 1 - i : i, 0);
		struct civil when;
		char to[CIVIL_SIZE];
		if (!civil_parse(from, &when))
			continue;
		struct civil moved = when.date_only ? civil_add_days(when, (int32_t)(shift / 86400))
						    : civil_add_seconds(when, shift);
		civil_print(moved, to);
		err = shift_one(db, centre, id, from, to);
	}
	return err;
}

static enum err update_row(struct db *db, struct arena *arena, struct actor actor, const char *centre, int64_t revision,
			   const struct activity *a)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, a->name), *description = put_texts(&put, a->description);
	const char *start = put_civil(&put, true, a->start), *duration = put_duration(&put, true, a->duration);
	const char *place = put_texts(&put, a->place), *seats = put_number(&put, a->has_seats, a->seats);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"UPDATE activities SET name = $3, description = $4, kind = $5, start = $6, duration = $7, zone = $8, rrule = $9, "
		"place = $10, organisation_id = $11, contact_id = $12, picture = $13, signup = $14, seats = $15, status = $16, "
		"revision = revision + 1, changed_at = $17, changed_by = COALESCE((SELECT name FROM users WHERE id = $18), '') "
		"WHERE centre_id = $1 AND id = $2 AND (revision = $19 OR CAST($19 AS BIGINT) = 0)",
		centre, a->id, name, description, kind_name(a->kind), start, duration, a->zone, a->rrule, place,
		a->organisation, a->contact, a->picture, a->signup, seats, (int)a->status, actor.now, actor.user_id,
		revision);
	return !err && changed == 0 ? ERR_CONFLICT : err;
}

enum err update_activity(struct db *db, struct arena *arena, struct actor actor, const char *centre, int64_t revision,
			 const struct activity *a)
{
	struct activity_rows old;
	enum err err = load_activities(db, arena, actor.user_id, centre, a->id, &old);

	if (err || old.n == 0)
		return err ? err : ERR_NOT_FOUND;
	int64_t shift = wall_shift(&old.v[0].item, a);
	err = update_row(db, arena, actor, centre, revision, a);
	/* Between all day and a time of day there is no telling which occurrence was meant. */
	if (!err && old.v[0].item.start.date_only != a->start.date_only)
		err = db_exec(db, NULL, "DELETE FROM overrides WHERE centre_id = $1 AND activity_id = $2", centre,
			      a->id);
	if (!err)
		err = write_dates(db, centre, a);
	if (!err && shift != 0)
		err = shift_occurrences(db, arena, centre, a->id, shift);
	return err;
}

enum err delete_activity(struct db *db, struct actor actor, const char *centre, const char *id)
{
	int64_t changed = 0;
	enum err err =
		db_exec(db, NULL, "DELETE FROM activity_dates WHERE centre_id = $1 AND activity_id = $2", centre, id);

	if (!err)
		err = db_exec(db, NULL, "DELETE FROM overrides WHERE centre_id = $1 AND activity_id = $2", centre, id);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM occurrence_seats WHERE centre_id = $1 AND activity_id = $2",
			      centre, id);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM signups WHERE centre_id = $1 AND kind = 0 AND item_id = $2",
			      centre, id);
	if (!err)
		err = db_exec(
			db, &changed,
			"DELETE FROM activities WHERE centre_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM may WHERE "
			"may.user_id = $3 AND may.centre_id = activities.centre_id)",
			centre, id, actor.user_id);
	return !err && changed == 0 ? ERR_NOT_FOUND : err;
}

/* ---- for pages ---------------------------------------------------------- */

STORE_READS(activity, activities)
STORE_ROOM(activities, "activities", LIMIT_ACTIVITIES)
STORE_ADD(activity, activities)

enum err activities_room(struct db *db, struct arena *arena, const char *centre)
{
	return room_for_activities(db, arena, centre);
}

/* What a subscription owns is changed at its source. */
static enum err refuse_subscribed(struct db *db, struct arena *arena, const char *centre, const char *id)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT 1 FROM activities WHERE centre_id = $1 AND id = $2 AND calendar_id IS NOT NULL",
				centre, id);

	return err ? err : rows.n ? ERR_REFUSED : OK;
}

enum err store_activity_change(struct db *db, struct actor actor, const char *centre, int64_t revision,
			       const struct activity *item)
{
	struct arena arena;
	enum err err = activity_check(item, NULL);

	if (!err)
		err = store_begin(db, actor, centre);
	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = refuse_subscribed(db, &arena, centre, item->id);
	if (!err)
		err = update_activity(db, &arena, actor, centre, revision, item);
	arena_free(&arena);
	return store_end(db, err, actor, centre, "activity.change", item->id, NULL);
}

enum err store_activity_remove(struct db *db, struct actor actor, const char *centre, const char *id, int64_t revision)
{
	struct arena arena;
	int64_t changed = 0;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = refuse_subscribed(db, &arena, centre, id);
	arena_free(&arena);
	/* Takes the row out of the way of others, or finds that it has changed. */
	if (!err)
		err = db_exec(
			db, &changed,
			"UPDATE activities SET revision = revision + 1 WHERE centre_id = $1 AND id = $2 AND revision = $3",
			centre, id, revision);
	if (!err && changed == 0)
		err = ERR_CONFLICT;
	if (!err)
		err = delete_activity(db, actor, centre, id);
	return store_end(db, err, actor, centre, "activity.remove", id, NULL);
}
