/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Centres: their own row, the whole of one for its screens, and the way in for one that was a feed. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "central/store_common.h"
#include "core/json.h"
#include "core/occur.h"
#include "core/zone.h"

/* ---- rows --------------------------------------------------------------- */

#define CENTRE_COLUMNS \
	"c.id, c.zone, c.name, c.languages, c.version, c.changed_at, c.revision, c.signup_host, c.answer_days"

static enum err read_rows(const struct db_rows *rows, struct arena *arena, struct centre_rows *out)
{
	struct centre_row *v = ARENA_ARRAY(arena, rows->n, struct centre_row);

	*out = (struct centre_rows){ rows->n, v };
	if (!v)
		return ERR_MEMORY;
	for (size_t i = 0; i < rows->n; i++) {
		struct row row = { .rows = rows, .r = i, .arena = arena };
		v[i].id = take_text(&row);
		v[i].zone = take_text(&row);
		v[i].name = take_texts(&row);
		v[i].languages = take_words(&row, &v[i].n_languages);
		v[i].version = take_number(&row);
		v[i].changed_at = take_number(&row);
		v[i].revision = take_number(&row);
		v[i].signup_host = take_text(&row);
		v[i].answer_days = (int32_t)take_number(&row);
		if (row.err)
			return row.err;
	}
	return OK;
}

enum err store_centres(struct db *db, struct arena *arena, struct actor actor, struct centre_rows *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT " CENTRE_COLUMNS
				" FROM centres c JOIN may ON may.centre_id = c.id AND may.user_id = $1 "
				"ORDER BY c.created_at, c.id",
				actor.user_id);

	return err ? err : read_rows(&rows, arena, out);
}

static enum err only_row(const struct db_rows *rows, struct arena *arena, struct centre_row *out)
{
	struct centre_rows found;
	enum err err = read_rows(rows, arena, &found);

	if (!err && found.n == 0)
		err = ERR_NOT_FOUND;
	if (!err)
		*out = found.v[0];
	return err;
}

enum err store_centre(struct db *db, struct arena *arena, struct actor actor, const char *id, struct centre_row *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT " CENTRE_COLUMNS
				" FROM centres c JOIN may ON may.centre_id = c.id AND may.user_id = $1 "
				"WHERE c.id = $2",
				actor.user_id, id);

	return err ? err : only_row(&rows, arena, out);
}

enum err store_centre_public(struct db *db, struct arena *arena, const char *id, struct centre_row *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows, "SELECT " CENTRE_COLUMNS " FROM centres c WHERE c.id = $1", id);

	return err ? err : only_row(&rows, arena, out);
}

/* ---- opening hours, as JSON: [[[600,960]],[],…], Monday first, minutes ---- */

const char *put_opening(struct put *put, const struct opening *opening)
{
	struct buf out;

	buf_init(&out, LIMIT_PAGE_BYTES);
	for (int day = 0; day < 7; day++) {
		buf_str(&out, day ? ",[" : "[[");
		for (size_t i = 0; i < opening[day].n; i++)
			buf_printf(&out, "%s[%d,%d]", i ? "," : "", opening[day].v[i].opens, opening[day].v[i].closes);
		buf_char(&out, ']');
	}
	buf_char(&out, ']');
	const char *s = buf_ok(&out) ? arena_strdup(put->arena, buf_text(&out)) : NULL;
	buf_free(&out);
	if (!s)
		put->err = ERR_MEMORY;
	return s;
}

static enum err read_day(const struct json *list, struct arena *arena, struct opening *out)
{
	size_t n = 0;
	int64_t opens, closes;
	struct hours *v = ARENA_ARRAY(arena, json_count(list), struct hours);

	if (!v)
		return ERR_MEMORY;
	for (const struct json *pair = json_first(list); pair; pair = json_next(pair)) {
		const struct json *first = json_first(pair);
		if (!first || !json_integer(first, 0, 1440, &opens) ||
		    !json_integer(json_next(first), 0, 1440, &closes))
			return ERR_STORE;
		v[n++] = (struct hours){ (int16_t)opens, (int16_t)closes };
	}
	*out = (struct opening){ n, v };
	return OK;
}

static enum err read_opening(const char *s, struct arena *arena, struct opening *out)
{
	struct json *json = NULL;
	enum err err = s ? json_read(s, strlen(s), LIMIT_PAGE_BYTES, &json, NULL) : OK;
	const struct json *day = json_first(json);

	for (int i = 0; i < 7 && day && !err; i++, day = json_next(day))
		err = read_day(day, arena, &out[i]);
	json_del(json);
	return err;
}

/* ---- one centre --------------------------------------------------------- */

enum err load_centre(struct db *db, struct arena *arena, const char *id, struct centre *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT id, name, zone, languages, address, phone, signup_host, answer_days, version, changed_at, "
		"opening FROM centres WHERE id = $1",
		id);

	if (err || rows.n == 0)
		return err ? err : ERR_NOT_FOUND;
	struct row row = { .rows = &rows, .arena = arena };
	*out = (struct centre){ .id = take_text(&row) };
	out->name = take_texts(&row);
	out->zone = take_text(&row);
	out->languages = take_words(&row, &out->n_languages);
	out->address = take_texts(&row);
	out->phone = take_text(&row);
	out->signup_host = take_text(&row);
	out->answer_days = (int32_t)take_number(&row);
	out->version = take_number(&row);
	out->generated = take_number(&row);
	return row.err ? row.err : read_opening(take_text(&row), arena, out->opening);
}

enum err insert_centre(struct db *db, struct arena *arena, struct actor actor, const struct centre *c)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, c->name), *languages = put_words(&put, c->n_languages, c->languages);
	const char *address = put_texts(&put, c->address), *opening = put_opening(&put, c->opening);

	if (put.err)
		return put.err;
	return db_exec(
		db, NULL,
		"INSERT INTO centres (id, name, zone, languages, address, phone, opening, signup_host, answer_days, version, "
		"changed_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
		c->id, name, c->zone, languages, address, c->phone, opening, c->signup_host,
		(int)(c->answer_days ? c->answer_days : ANSWER_DAYS_USUAL), c->version, actor.now);
}

/* Administrators and the command line make centres; no row of `may` can say so for one that is not there yet. */
static enum err check_administrator(struct db *db, struct arena *arena, struct actor actor)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows, "SELECT 1 FROM users WHERE id = $1 AND role IN ('administrator', 'system')",
			 actor.user_id);

	return err ? err : rows.n ? OK : ERR_NOT_FOUND;
}

enum err store_centre_add(struct db *db, struct actor actor, const struct centre *centre)
{
	struct centre empty = *centre;
	struct fault fault;
	struct arena arena;

	empty.n_activities = empty.n_needs = empty.n_notices = empty.n_organisations = empty.n_contacts = 0;
	arena_init(&arena, LIMIT_FEED_ARENA);
	enum err err = store_centre_import(db, &arena, actor, &empty, &fault);
	arena_free(&arena);
	return err;
}

static enum err insert_items(struct db *db, struct arena *arena, struct actor actor, const struct centre *c)
{
	enum err err = OK;
	bool placed;

	for (size_t i = 0; i < c->n_contacts && !err; i++)
		err = insert_contact(db, arena, actor, c->id, &c->contacts[i], &placed);
	for (size_t i = 0; i < c->n_organisations && !err; i++)
		err = insert_organisation(db, arena, actor, c->id, &c->organisations[i], &placed);
	for (size_t i = 0; i < c->n_notices && !err; i++)
		err = insert_notice(db, arena, actor, c->id, &c->notices[i], &placed);
	for (size_t i = 0; i < c->n_needs && !err; i++)
		err = insert_need(db, arena, actor, c->id, &c->needs[i], &placed);
	for (size_t i = 0; i < c->n_activities && !err; i++)
		err = insert_activity(db, arena, actor, c->id, &c->activities[i], &placed);
	return err;
}

/* Seats that are taken already, for the occurrence that is next. */
static enum err insert_taken(struct db *db, struct arena *arena, struct actor actor, const struct centre *c)
{
	struct schedule *schedule = schedule_new(c);
	struct occurrence next;
	struct civil now;
	enum err err = schedule ? zone_from_utc(c->zone, actor.now, &now) : ERR_MEMORY;

	for (size_t i = 0; i < c->n_activities && !err; i++) {
		struct put put = { .arena = arena };
		const struct activity *a = &c->activities[i];
		if (a->taken == 0 || schedule_next(schedule, a, now, &next))
			continue;
		const char *original = put_civil(&put, true, next.original);
		err = put.err ? put.err
			      : db_exec(db, NULL,
					"INSERT INTO occurrence_seats (centre_id, activity_id, original, taken) VALUES ($1, $2, $3, "
					"$4)",
					c->id, a->id, original, a->taken);
	}
	schedule_del(schedule);
	return err;
}

enum err store_centre_import(struct db *db, struct arena *arena, struct actor actor, const struct centre *centre,
			     struct fault *fault)
{
	enum err err = db_begin(db);

	if (err)
		return err;
	err = check_administrator(db, arena, actor);
	if (!err)
		err = insert_centre(db, arena, actor, centre);
	if (!err)
		err = insert_items(db, arena, actor, centre);
	if (!err)
		err = insert_taken(db, arena, actor, centre);
	if (!err)
		err = audit_write(db, actor, centre->id, "centre.add", centre->id, NULL);
	db_touch(db, centre->id);
	err = db_end(db, err);
	if (err == ERR_DUPLICATE)
		fault_set(fault, err, "centre", "there is a centre \"%s\" already", centre->id);
	else if (err)
		fault_set(fault, err, "centre", "%s", err_cause(err));
	return err;
}
