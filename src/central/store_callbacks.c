/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_callbacks.h"

#include <string.h>

#include "base/limits.h"
#include "central/store_make.h"
#include "central/store_pace.h"

#define MAY "EXISTS (SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = callbacks.centre_id) "

/* ---- what a screen sends ------------------------------------------------ */

struct fingerprint {
	char key[HASH_SIZE], body[HASH_SIZE];
};

static enum err fingerprint(struct arena *arena, const char *key, const char *centre, const char *sealed,
			    struct fingerprint *out)
{
	const char *body = arena_printf(arena, "%s\n%s", centre, sealed);

	if (!body)
		return ERR_MEMORY;
	hash_hex("callback key", key, out->key);
	hash_hex("callback body", body, out->body);
	return OK;
}

static enum err find_key(struct db *db, struct arena *arena, const struct fingerprint *print, struct civil *promised)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows, "SELECT body, promised FROM callback_keys WHERE hash = $1", print->key);

	if (err || rows.n == 0)
		return err ? err : ERR_NOT_FOUND;
	if (strcmp(db_text(&rows, 0, 0), print->body) != 0)
		return ERR_DUPLICATE;
	return civil_parse(db_text(&rows, 0, 1), promised) ? OK : ERR_STORE;
}

enum err store_callback_known(struct db *db, struct arena *arena, const char *key, const char *centre,
			      const char *sealed, struct civil *promised)
{
	struct fingerprint print;
	enum err err = fingerprint(arena, key, centre, sealed, &print);

	return err ? err : find_key(db, arena, &print, promised);
}

/* ERR_LIMIT: whoever is to call has more to do than anybody can; it comes again in an hour. */
static enum err check_room(struct db *db, struct arena *arena, const char *centre, int64_t *wait_s)
{
	enum { AGAIN = 3600 };
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows, "SELECT COUNT(*) FROM callbacks WHERE centre_id = $1 AND done_at = 0",
				centre);
	bool is_full = !err && db_number(&rows, 0, 0) >= LIMIT_CALLBACKS_WAITING;

	*wait_s = is_full ? AGAIN : 0;
	return err ? err : is_full ? ERR_LIMIT : OK;
}

static enum err insert_callback(struct db *db, struct arena *arena, int64_t now, const struct callback_order *o)
{
	struct put put = { .arena = arena };
	const char *kind = put_number(&put, o->about != NULL, o->about_kind);
	const char *promised = put_civil(&put, true, o->promised);
	char id[ID_SIZE];

	if (put.err)
		return put.err;
	id_new(id);
	enum err err = db_exec(
		db, NULL,
		"INSERT INTO callbacks (id, centre_id, phone, lang, about_kind, about_id, created_at, promised, expires_at) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		id, o->centre, o->phone, o->lang, kind, o->about, now, promised, o->expires_at);
	return err ? err : audit_write(db, (struct actor){ .now = now }, o->centre, "callback.add", id, NULL);
}

static enum err insert_key(struct db *db, struct arena *arena, int64_t now, const struct fingerprint *print,
			   struct civil promised)
{
	struct put put = { .arena = arena };
	const char *day = put_civil(&put, true, promised);

	if (put.err)
		return put.err;
	return db_exec(db, NULL, "INSERT INTO callback_keys (hash, body, promised, made_at) VALUES ($1, $2, $3, $4)",
		       print->key, print->body, day, now);
}

enum err store_callback_add(struct db *db, struct arena *arena, int64_t now, const struct callback_order *o,
			    struct civil *promised, bool *first, int64_t *wait_s)
{
	struct fingerprint print;
	enum err err = fingerprint(arena, o->key, o->centre, o->sealed, &print);

	*first = false;
	*wait_s = 0;
	if (!err)
		err = db_begin(db);
	if (err)
		return err;
	/* Writers stand in line: of two of the same key the second finds the first one's row. */
	err = find_key(db, arena, &print, promised);
	if (err != ERR_NOT_FOUND)
		return db_end(db, err);
	err = check_room(db, arena, o->centre, wait_s);
	if (!err)
		err = store_pace(db, now, "callbacks of a centre", o->centre, CALLBACKS_AN_HOUR, wait_s);
	if (!err)
		err = insert_callback(db, arena, now, o);
	if (!err)
		err = insert_key(db, arena, now, &print, o->promised);
	err = db_end(db, err == ERR_REFERENCE ? ERR_NOT_FOUND : err);
	*first = !err;
	*promised = o->promised;
	return err;
}

/* ---- staff -------------------------------------------------------------- */

static enum err read_rows(const struct db_rows *rows, struct arena *arena, struct callbacks *out)
{
	struct callback *v = ARENA_ARRAY(arena, rows->n, struct callback);
	enum err err = v ? OK : ERR_MEMORY;

	*out = (struct callbacks){ v ? rows->n : 0, v };
	for (size_t i = 0; i < out->n && !err; i++) {
		struct row row = { .rows = rows, .r = i, .arena = arena };
		v[i] = (struct callback){ .id = take_text(&row) };
		v[i].phone = take_text(&row);
		v[i].lang = take_text(&row);
		v[i].about_kind = (enum item_kind)take_number(&row);
		v[i].about = take_text(&row);
		v[i].created_at = take_number(&row);
		v[i].promised = take_civil(&row, NULL);
		v[i].expires_at = take_number(&row);
		v[i].done_at = take_number(&row);
		v[i].done_by = take_text(&row);
		err = row.err;
	}
	return err;
}

enum err store_callbacks(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			 struct callbacks *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT id, phone, lang, about_kind, about_id, created_at, promised, expires_at, done_at, done_by "
		"FROM callbacks WHERE centre_id = $1 AND " MAY
		"ORDER BY CASE WHEN done_at = 0 THEN 0 ELSE 1 END, done_at DESC, promised, created_at, id",
		centre, actor.user_id);

	return err ? err : read_rows(&rows, arena, out);
}

enum err store_callbacks_count(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			       struct civil today, int64_t *waiting, int64_t *late)
{
	struct put put = { .arena = arena };
	const char *day = put_civil(&put, true, civil_from_day(civil_day(today)));
	struct db_rows rows;
	enum err err = put.err;

	*waiting = *late = 0;
	if (!err)
		err = db_query(
			db, arena, &rows,
			"SELECT COUNT(*), COALESCE(SUM(CASE WHEN promised < CAST($3 AS TEXT) THEN 1 ELSE 0 END), 0) "
			"FROM callbacks WHERE centre_id = $1 AND done_at = 0 AND " MAY,
			centre, actor.user_id, day);
	if (err)
		return err;
	*waiting = db_number(&rows, 0, 0);
	*late = db_number(&rows, 0, 1);
	return OK;
}

enum err store_callback_done(struct db *db, struct actor actor, const char *centre, const char *id, bool done)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(
		db, &changed,
		"UPDATE callbacks SET "
		"done_by = CASE WHEN CAST($4 AS BIGINT) = 0 THEN NULL WHEN done_at > 0 THEN done_by ELSE "
		"(SELECT name FROM users WHERE id = $2) END, "
		"done_at = CASE WHEN CAST($4 AS BIGINT) > 0 AND done_at > 0 THEN done_at ELSE CAST($4 AS BIGINT) END "
		"WHERE centre_id = $1 AND id = $3 AND " MAY,
		centre, actor.user_id, id, done ? actor.now : (int64_t)0);
	return store_end_unseen(db, err, changed, actor, centre, done ? "callback.done" : "callback.undone", id);
}

enum err store_callback_remove(struct db *db, struct actor actor, const char *centre, const char *id)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(db, &changed, "DELETE FROM callbacks WHERE centre_id = $1 AND id = $3 AND " MAY, centre,
		      actor.user_id, id);
	return store_end_unseen(db, err, changed, actor, centre, "callback.remove", id);
}

/* ---- deletion ----------------------------------------------------------- */

/* Nobody called: that much is said where staff look for who did what. */
static enum err tell_missed(struct db *db, int64_t now, int64_t *missed)
{
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, STORE_ARENA_MAX);
	enum err err = db_query(db, &arena, &rows,
				"SELECT id, centre_id FROM callbacks WHERE done_at = 0 AND expires_at <= $1", now);
	*missed = err ? 0 : (int64_t)rows.n;
	for (size_t i = 0; !err && i < rows.n; i++)
		err = audit_write(db, SYSTEM_ACTOR(now), db_text(&rows, i, 1), "callback.expire", db_text(&rows, i, 0),
				  NULL);
	arena_free(&arena);
	return err;
}

enum err store_callbacks_expire(struct db *db, int64_t now, int64_t *n, int64_t *missed)
{
	enum err err = db_begin(db);

	*n = *missed = 0;
	if (err)
		return err;
	err = tell_missed(db, now, missed);
	if (!err)
		err = db_exec(
			db, n,
			"DELETE FROM callbacks WHERE (done_at > 0 AND done_at <= $1) OR (done_at = 0 AND expires_at <= $2)",
			now - CALLBACK_UNDO, now);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM callback_keys WHERE made_at <= $1", now - CALLBACK_KEY_KEEP);
	return db_end(db, err);
}
