/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars that activities come from. */
#include "central/store_calendars.h"

#include <stdio.h>
#include <string.h>

#include "central/store_make.h"

#define CALENDAR_COLUMNS                                                                                           \
	"c.id, c.centre_id, c.address, c.name, c.lang, c.next_at, c.last_at, c.last_ok_at, c.last_fault, c.etag, " \
	"c.activities, c.revision"
#define MAY_CHANGE "EXISTS (SELECT 1 FROM may WHERE may.user_id = $1 AND may.centre_id = c.centre_id)"

static enum err read_rows(const struct db_rows *rows, struct arena *arena, struct calendars *out)
{
	struct calendar *v = ARENA_ARRAY(arena, rows->n, struct calendar);

	*out = (struct calendars){ v ? rows->n : 0, v };
	for (size_t i = 0; i < out->n; i++) {
		struct row row = { .rows = rows, .r = i, .arena = arena };
		v[i].id = take_text(&row);
		v[i].centre = take_text(&row);
		v[i].address = take_text(&row);
		v[i].name = take_text(&row);
		v[i].lang = take_text(&row);
		v[i].next_at = take_number(&row);
		v[i].last_at = take_number(&row);
		v[i].last_ok_at = take_number(&row);
		v[i].last_fault = take_text(&row);
		v[i].etag = take_text(&row);
		v[i].activities = take_number(&row);
		v[i].revision = take_number(&row);
	}
	return v ? OK : ERR_MEMORY;
}

enum err store_calendars(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			 struct calendars *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT " CALENDAR_COLUMNS " FROM calendars c WHERE " MAY_CHANGE
				" AND c.centre_id = $2 ORDER BY c.created_at, c.id",
				actor.user_id, centre);

	return err ? err : read_rows(&rows, arena, out);
}

static enum err read_skips(struct db *db, struct arena *arena, const char *id, struct calendar_skips *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT reason, line, title, detail FROM calendar_skips WHERE calendar_id = $1 ORDER BY n", id);
	struct calendar_skip *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct calendar_skip);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		v[i].reason = (enum skip_reason)take_number(&row);
		v[i].line = take_number(&row);
		v[i].title = take_text(&row);
		v[i].detail = take_text(&row);
	}
	*out = (struct calendar_skips){ rows.n, v };
	return OK;
}

enum err store_calendar(struct db *db, struct arena *arena, struct actor actor, const char *centre, const char *id,
			struct calendar *out, struct calendar_skips *skips)
{
	struct db_rows rows;
	struct calendars found;
	enum err err = db_query(db, arena, &rows,
				"SELECT " CALENDAR_COLUMNS " FROM calendars c WHERE " MAY_CHANGE
				" AND c.centre_id = $2 AND c.id = $3",
				actor.user_id, centre, id);

	if (!err)
		err = read_rows(&rows, arena, &found);
	if (!err && found.n == 0)
		err = ERR_NOT_FOUND;
	if (err)
		return err;
	*out = found.v[0];
	return skips ? read_skips(db, arena, id, skips) : OK;
}

static enum err insert_calendar(struct db *db, struct actor actor, const char *centre, const struct calendar *c,
				int64_t *placed)
{
	return db_exec(
		db, placed,
		"INSERT INTO calendars (id, centre_id, address, name, lang, next_at, created_at) VALUES ($1, $2, $3, $4, "
		"$5, $6, $7) ON CONFLICT (id) DO NOTHING",
		c->id, centre, c->address, c->name, c->lang, c->address ? actor.now : (int64_t)0, actor.now);
}

enum err store_calendar_add(struct db *db, struct actor actor, const char *centre, const struct calendar *calendar)
{
	int64_t placed = 0;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	err = insert_calendar(db, actor, centre, calendar, &placed);
	if (!err && placed == 0)
		return store_nothing(db);
	return store_end(db, err, actor, centre, "calendar.add", calendar->id, NULL);
}

static enum err delete_activities(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				  const char *calendar)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows, "SELECT id FROM activities WHERE centre_id = $1 AND calendar_id = $2",
				centre, calendar);

	for (size_t i = 0; i < rows.n && !err; i++)
		err = delete_activity(db, actor, centre, db_text(&rows, i, 0));
	return err;
}

enum err store_calendar_remove(struct db *db, struct actor actor, const char *centre, const char *id, int64_t revision)
{
	struct arena arena;
	int64_t changed = 0;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = delete_activities(db, &arena, actor, centre, id);
	arena_free(&arena);
	if (!err)
		err = db_exec(
			db, NULL,
			"DELETE FROM calendar_skips WHERE calendar_id IN (SELECT id FROM calendars WHERE id = $1 AND "
			"centre_id = $2)",
			id, centre);
	if (!err)
		err = db_exec(db, &changed, "DELETE FROM calendars WHERE id = $1 AND centre_id = $2 AND revision = $3",
			      id, centre, revision);
	if (!err && changed == 0)
		err = ERR_CONFLICT;
	return store_end(db, err, actor, centre, "calendar.remove", id, NULL);
}

enum err store_calendar_hurry(struct db *db, struct actor actor, const char *centre, const char *id)
{
	int64_t changed = 0;
	enum err err = db_exec(
		db, &changed,
		"UPDATE calendars SET next_at = $4 WHERE id = $3 AND centre_id = $2 AND address IS NOT NULL AND "
		"EXISTS (SELECT 1 FROM may WHERE may.user_id = $1 AND may.centre_id = calendars.centre_id)",
		actor.user_id, centre, id, actor.now);

	return !err && changed == 0 ? ERR_NOT_FOUND : err;
}

enum err store_calendars_due(struct db *db, struct arena *arena, int64_t now, struct calendars *out)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows,
			 "SELECT " CALENDAR_COLUMNS " FROM calendars c WHERE c.address IS NOT NULL AND c.next_at <= $1 "
			 "ORDER BY c.next_at, c.id",
			 now);

	return err ? err : read_rows(&rows, arena, out);
}

enum err store_calendar_result(struct db *db, int64_t now, const char *id, const char *fault_text)
{
	return db_exec(
		db, NULL,
		"UPDATE calendars SET last_at = $2, next_at = $3, last_fault = $4, last_ok_at = CASE WHEN CAST($4 AS TEXT) "
		"IS NULL THEN CAST($2 AS BIGINT) ELSE last_ok_at END, revision = revision + 1 WHERE id = $1",
		id, now, now + CALENDAR_EVERY, fault_text);
}

/* ---- what came ---------------------------------------------------------- */

struct coming {
	struct db *db;
	struct arena *arena;
	struct actor actor;
	const struct calendar *calendar;
	struct calendar_outcome *outcome;
	struct ics_skip *refused; /* by the feed's own rules, which are stricter than a calendar's */
	size_t n_refused;
};

/* The calendar's own word about single occurrences, anew; staff's stays. */
static enum err write_calendar_overrides(struct coming *c, const struct activity *a)
{
	enum err err =
		db_exec(c->db, NULL, "DELETE FROM overrides WHERE centre_id = $1 AND activity_id = $2 AND by_staff = 0",
			c->calendar->centre, a->id);

	for (size_t i = 0; i < a->overrides.n && !err; i++)
		err = write_override(c->db, c->arena, c->calendar->centre, a->id, false, &a->overrides.v[i]);
	return err;
}

static enum err add_activity(struct coming *c, const struct activity *a, const char *source)
{
	struct activity plain = *a;
	bool placed = false;

	/* Of a copied file the overrides become staff's own, of a subscription they stay the calendar's. */
	if (c->calendar->address)
		plain.overrides = (struct overrides){ 0 };
	enum err err = insert_activity(c->db, c->arena, c->actor, c->calendar->centre, &plain, &placed);
	if (err || !placed)
		return err;
	c->outcome->n_new++;
	err = db_exec(c->db, NULL,
		      "UPDATE activities SET calendar_id = $3, uid = id, source = $4 WHERE centre_id = $1 AND id = $2",
		      c->calendar->centre, a->id, c->calendar->address ? c->calendar->id : (const char *)NULL, source);
	return !err && c->calendar->address ? write_calendar_overrides(c, a) : err;
}

/* What staff added to it (organisation, contact, sign-up, seats) stays. */
static enum err change_activity(struct coming *c, const struct activity_row *old, const struct activity *a,
				const char *source)
{
	struct activity merged = *a;
	int64_t changed = 0;
	enum err err = OK;

	/* The hash of what came last time says whether anything is new, whatever staff did beside it. */
	if (c->calendar->address)
		err = db_exec(
			c->db, &changed,
			"UPDATE activities SET source = $3 WHERE centre_id = $1 AND id = $2 AND calendar_id = $4 AND "
			"COALESCE(source, '') <> CAST($3 AS TEXT)",
			c->calendar->centre, a->id, source, c->calendar->id);
	if (err || changed == 0) {
		c->outcome->n_kept++;
		return err;
	}
	merged.organisation = old->item.organisation;
	merged.contact = old->item.contact;
	merged.picture = old->item.picture;
	merged.signup = old->item.signup;
	merged.has_seats = old->item.has_seats;
	merged.seats = old->item.seats;
	c->outcome->n_changed++;
	err = update_activity(c->db, c->arena, c->actor, c->calendar->centre, 0, &merged);
	return err ? err : write_calendar_overrides(c, a);
}

static enum err one_came(struct coming *c, const struct activity_row *old, const struct activity *a)
{
	char source[HASH_SIZE];
	struct fault fault;

	if (activity_fingerprint(a, source, &fault) == OK)
		return old ? change_activity(c, old, a, source) : add_activity(c, a, source);
	c->refused[c->n_refused++] = (struct ics_skip){
		.reason = SKIP_BAD_TIME,
		.title = a->name.n ? a->name.v[0].s : "",
		.detail = arena_strdup(c->arena, fault.text),
	};
	return c->refused[c->n_refused - 1].detail ? OK : ERR_MEMORY;
}

static const struct activity_row *find_row(const struct activity_rows *rows, const char *id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(rows->v[i].item.id, id) == 0)
			return &rows->v[i];
	return NULL;
}

static bool still_comes(const struct ics_calendar *came, const char *id)
{
	for (size_t i = 0; i < came->n_activities; i++)
		if (strcmp(came->activities[i].id, id) == 0)
			return true;
	return false;
}

/* What is gone from the calendar goes; with people signed up it is cancelled instead, so that they can be told. */
static enum err remove_gone(struct coming *c, const struct activity_rows *old, const struct ics_calendar *came)
{
	enum err err = OK;

	for (size_t i = 0; i < old->n && !err; i++) {
		const struct activity_row *row = &old->v[i];
		const char *owner = row->stored.calendar;
		if (!owner || strcmp(owner, c->calendar->id) != 0 || still_comes(came, row->item.id))
			continue;
		if (row->stored.signups == 0)
			err = delete_activity(c->db, c->actor, c->calendar->centre, row->item.id);
		else if (row->item.status != STATUS_CANCELLED)
			err = db_exec(
				c->db, NULL,
				"UPDATE activities SET status = 1, source = '', revision = revision + 1, changed_at = $3 WHERE "
				"centre_id = $1 AND id = $2",
				c->calendar->centre, row->item.id, c->actor.now);
		else
			continue;
		c->outcome->n_gone++;
	}
	return err;
}

static enum err write_skips(struct coming *c, const struct ics_skip *skips, size_t n, size_t first)
{
	enum err err = OK;

	for (size_t i = 0; i < n && !err; i++)
		err = db_exec(
			c->db, NULL,
			"INSERT INTO calendar_skips (calendar_id, n, reason, line, title, detail) VALUES ($1, $2, $3, $4, $5, "
			"$6)",
			c->calendar->id, (int64_t)(first + i), (int)skips[i].reason, skips[i].line, skips[i].title,
			skips[i].detail);
	return err;
}

static enum err write_result(struct coming *c, const struct ics_calendar *came, const char *etag)
{
	int64_t now = c->actor.now, next = c->calendar->address ? now + CALENDAR_EVERY : 0;
	enum err err = db_exec(c->db, NULL, "DELETE FROM calendar_skips WHERE calendar_id = $1", c->calendar->id);

	if (!err)
		err = write_skips(c, came->skipped, came->n_skipped, 0);
	if (!err)
		err = write_skips(c, c->refused, c->n_refused, came->n_skipped);
	if (!err)
		err = db_exec(
			c->db, NULL,
			"UPDATE calendars SET last_at = $2, last_ok_at = $2, last_fault = NULL, next_at = $3, etag = $4, "
			"activities = $5, revision = revision + 1 WHERE id = $1",
			c->calendar->id, now, next, etag, (int64_t)(came->n_activities - c->n_refused));
	return err;
}

static enum err apply(struct coming *c, const struct ics_calendar *came)
{
	struct activity_rows old;
	int64_t placed = 0;
	enum err err = load_activities(c->db, c->arena, c->actor.user_id, c->calendar->centre, NULL, &old);

	c->refused = ARENA_ARRAY(c->arena, came->n_activities, struct ics_skip);
	if (!err && !c->refused)
		err = ERR_MEMORY;
	if (!err && !c->calendar->address)
		err = insert_calendar(c->db, c->actor, c->calendar->centre, c->calendar, &placed);
	if (!err && !c->calendar->address && placed == 0)
		err = ERR_DUPLICATE;
	for (size_t i = 0; i < came->n_activities && !err; i++)
		err = one_came(c, find_row(&old, came->activities[i].id), &came->activities[i]);
	if (!err && c->calendar->address)
		err = remove_gone(c, &old, came);
	return err ? err : activities_room(c->db, c->arena, c->calendar->centre);
}

/* Nothing is new: the calendar's own row is, but no screen has to hear of it. */
static enum err only_result(struct coming *c, const struct ics_calendar *came, const char *etag)
{
	enum err err = store_nothing(c->db);

	if (!err)
		err = db_begin(c->db);
	return err ? err : db_end(c->db, write_result(c, came, etag));
}

enum err store_calendar_came(struct db *db, struct arena *arena, struct actor actor, const struct calendar *calendar,
			     const struct ics_calendar *came, const char *etag, struct calendar_outcome *out)
{
	struct coming c = { .db = db, .arena = arena, .actor = actor, .calendar = calendar, .outcome = out };
	char detail[80];
	enum err err = store_begin(db, actor, calendar->centre);

	*out = (struct calendar_outcome){ 0 };
	if (err)
		return err;
	err = apply(&c, came);
	if (!err && calendar->address && out->n_new + out->n_changed + out->n_gone == 0)
		return only_result(&c, came, etag ? etag : "");
	if (!err)
		err = write_result(&c, came, etag ? etag : "");
	snprintf(detail, sizeof detail, "%lld new, %lld changed, %lld gone", (long long)out->n_new,
		 (long long)out->n_changed, (long long)out->n_gone);
	return store_end(db, err, actor, calendar->centre, "calendar.came", calendar->id, detail);
}
