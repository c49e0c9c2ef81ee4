/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_occurrences.h"

#include "central/store_make.h"

/* Whether a subscription owns the activity. */
static enum err subscribed(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			   const char *activity, bool *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT a.calendar_id FROM activities a WHERE a.centre_id = $1 AND a.id = $2 AND EXISTS (SELECT 1 "
		"FROM may WHERE may.user_id = $3 AND may.centre_id = a.centre_id)",
		centre, activity, actor.user_id);

	if (err || rows.n == 0)
		return err ? err : ERR_NOT_FOUND;
	*out = !db_is_null(&rows, 0, 0);
	return OK;
}

/* The override must fit its series, or the feed would be refused: checked with a copy that has only this one. */
static enum err check_override(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			       const char *activity, const struct override *override)
{
	struct activity_row row;
	enum err err = store_activity(db, arena, actor, centre, activity, &row);

	if (err)
		return err;
	row.item.overrides = (struct overrides){ 1, override };
	return activity_check(&row.item, NULL);
}

enum err store_override_set(struct db *db, struct actor actor, const char *centre, const char *activity,
			    const struct override *o)
{
	char original[CIVIL_SIZE];
	struct arena arena;
	bool owned = false,
	     only_cancels = o->status == STATUS_CANCELLED && !o->has_start && !o->has_duration && !o->name.n;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = subscribed(db, &arena, actor, centre, activity, &owned);
	if (!err && owned && !only_cancels)
		err = ERR_REFUSED;
	if (!err)
		err = check_override(db, &arena, actor, centre, activity, o);
	if (!err)
		err = write_override(db, &arena, centre, activity, true, o);
	arena_free(&arena);
	civil_print(o->original, original);
	return store_end(db, err, actor, centre, only_cancels ? "occurrence.cancel" : "occurrence.change", activity,
			 original);
}

enum err store_override_clear(struct db *db, struct actor actor, const char *centre, const char *activity,
			      struct civil original)
{
	char text[CIVIL_SIZE];
	int64_t changed = 0;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	civil_print(original, text);
	err = db_exec(
		db, &changed,
		"DELETE FROM overrides WHERE centre_id = $1 AND activity_id = $2 AND original = $3 AND by_staff = 1",
		centre, activity, text);
	if (!err && changed == 0)
		return store_nothing(db);
	return store_end(db, err, actor, centre, "occurrence.restore", activity, text);
}

enum err store_activity_status(struct db *db, struct actor actor, const char *centre, const char *activity,
			       enum status status)
{
	int64_t changed = 0;
	enum err err = store_begin(db, actor, centre);

	if (err)
		return err;
	err = db_exec(
		db, &changed,
		"UPDATE activities SET status = $3, revision = revision + 1, changed_at = $4, "
		"changed_by = COALESCE((SELECT name FROM users WHERE id = $5), '') WHERE centre_id = $1 AND id = $2",
		centre, activity, (int)status, actor.now, actor.user_id);
	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	return store_end(db, err, actor, centre, status == STATUS_CANCELLED ? "activity.cancel" : "activity.restore",
			 activity, NULL);
}

enum err store_activity_taken(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			      const char *activity, struct takens *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT o.original, o.taken FROM occurrence_seats o WHERE o.centre_id = $1 AND o.activity_id = $2 "
		"AND EXISTS (SELECT 1 FROM may WHERE may.user_id = $3 AND may.centre_id = o.centre_id) "
		"ORDER BY o.original",
		centre, activity, actor.user_id);
	struct taken *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct taken);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		v[i].original = take_civil(&row, NULL);
		v[i].taken = take_number(&row);
		if (row.err)
			return row.err;
	}
	*out = (struct takens){ rows.n, v };
	return OK;
}
