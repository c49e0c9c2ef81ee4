/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing up, changing one's mind, and what is deleted when. A volunteer is nobody's actor: what he may do
 * follows from the secret of his link. */
#include <string.h>

#include "central/store_make.h"
#include "central/store_pace.h"

#define SIGNUP_COLUMNS                                                                                           \
	"s.id, s.centre_id, s.kind, s.item_id, k.code, k.number, s.original, s.name, s.contact, s.lang, "        \
	"s.consent_version, s.consent_at, s.state, s.created_at, s.delete_after, s.answered_at, s.answered_by, " \
	"s.told_at, s.told_by, s.revision"
#define SIGNUP_TABLES \
	" FROM signups s LEFT JOIN codes k ON k.centre_id = s.centre_id AND k.kind = s.kind AND k.item_id = s.item_id "
#define MAY_SEE "AND EXISTS (SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = s.centre_id) "

static struct signup take_signup(struct row *row)
{
	struct signup s = { .id = take_text(row) };

	s.item.centre = take_text(row);
	s.item.kind = (enum item_kind)take_number(row);
	s.item.id = take_text(row);
	s.item.code = take_text(row);
	s.item.number = take_text(row);
	s.original = take_text(row);
	s.name = take_text(row);
	s.contact = take_text(row);
	s.lang = take_text(row);
	s.consent_version = take_number(row);
	s.consent_at = take_number(row);
	s.state = (enum signup_state)take_number(row);
	s.created_at = take_number(row);
	s.delete_after = take_number(row);
	s.answered_at = take_number(row);
	s.answered_by = take_text(row);
	s.told_at = take_number(row);
	s.told_by = take_text(row);
	s.revision = take_number(row);
	return s;
}

static enum err read_rows(const struct db_rows *rows, struct arena *arena, struct signups *out)
{
	struct signup *v = ARENA_ARRAY(arena, rows->n, struct signup);

	*out = (struct signups){ v ? rows->n : 0, v };
	for (size_t i = 0; i < out->n; i++) {
		struct row row = { .rows = rows, .r = i, .arena = arena };
		v[i] = take_signup(&row);
	}
	return v ? OK : ERR_MEMORY;
}

static void secret_of(const char *form_token, char *out)
{
	id_derive("signup link", form_token, out);
}

/* ---- seats -------------------------------------------------------------- */

/* A visitor changes what the screens show: the centre's version follows. */
static enum err new_version(struct db *db, const char *centre, int64_t now)
{
	db_touch(db, centre);
	return db_exec(
		db, NULL,
		"UPDATE centres SET version = version + 1, changed_at = CASE WHEN changed_at > CAST($2 AS BIGINT) THEN "
		"changed_at ELSE CAST($2 AS BIGINT) END WHERE id = $1",
		centre, now);
}

/* The row of an occurrence that may be signed up for; a cancelled one (staff's word before the calendar's) may not. */
static enum err take_occurrence(struct db *db, const struct item_ref *item, const char *original, int64_t *changed)
{
	int64_t open = 0;
	enum err err = db_exec(
		db, &open,
		"INSERT INTO occurrence_seats (centre_id, activity_id, original, taken) SELECT a.centre_id, a.id, "
		"CAST($3 AS TEXT), 0 FROM activities a WHERE a.centre_id = $1 AND a.id = $2 AND a.signup = 1 "
		"AND a.status = 0 AND COALESCE((SELECT o.status FROM overrides o WHERE o.centre_id = a.centre_id AND "
		"o.activity_id = a.id AND o.original = CAST($3 AS TEXT) ORDER BY o.by_staff DESC LIMIT 1), 0) = 0 "
		"ON CONFLICT (centre_id, activity_id, original) DO UPDATE SET taken = occurrence_seats.taken",
		item->centre, item->id, original);

	if (err || open == 0)
		return err ? err : ERR_NOT_FOUND;
	return db_exec(
		db, changed,
		"UPDATE occurrence_seats SET taken = taken + 1 WHERE centre_id = $1 AND activity_id = $2 AND original = $3 "
		"AND EXISTS (SELECT 1 FROM activities a WHERE a.centre_id = $1 AND a.id = $2 AND (a.seats IS NULL OR "
		"a.seats > occurrence_seats.taken))",
		item->centre, item->id, original);
}

static enum err take_seat(struct db *db, const struct item_ref *item, const char *original)
{
	int64_t changed = 0;
	enum err err;

	if (item->kind == ITEM_ACTIVITY)
		err = original ? take_occurrence(db, item, original, &changed) : ERR_VALUE;
	else
		err = db_exec(db, &changed,
			      "UPDATE needs SET taken = taken + 1 WHERE centre_id = $1 AND id = $2 AND taken < seats",
			      item->centre, item->id);
	return !err && changed == 0 ? ERR_CONFLICT : err;
}

static enum err give_back(struct db *db, const struct item_ref *item, const char *original)
{
	if (item->kind == ITEM_ACTIVITY)
		return db_exec(
			db, NULL,
			"UPDATE occurrence_seats SET taken = taken - 1 WHERE centre_id = $1 AND activity_id = $2 AND "
			"original = $3 AND taken > 0",
			item->centre, item->id, original);
	return db_exec(db, NULL, "UPDATE needs SET taken = taken - 1 WHERE centre_id = $1 AND id = $2 AND taken > 0",
		       item->centre, item->id);
}

enum err store_taken(struct db *db, const struct item_ref *ref, const char *original, int64_t *out)
{
	struct arena arena;
	struct db_rows rows;
	enum err err;

	arena_init(&arena, STORE_ARENA_MAX);
	if (ref->kind == ITEM_NEED)
		err = db_query(db, &arena, &rows, "SELECT taken FROM needs WHERE centre_id = $1 AND id = $2",
			       ref->centre, ref->id);
	else
		err = db_query(
			db, &arena, &rows,
			"SELECT taken FROM occurrence_seats WHERE centre_id = $1 AND activity_id = $2 AND original = $3",
			ref->centre, ref->id, original);
	*out = !err && rows.n ? db_number(&rows, 0, 0) : 0;
	arena_free(&arena);
	return err;
}

/* ---- visitors ----------------------------------------------------------- */

static enum err insert_signup(struct db *db, int64_t now, const struct signup_order *o, const char *secret,
			      int64_t *placed)
{
	char id[ID_SIZE], hash[HASH_SIZE], token[HASH_SIZE];

	id_new(id);
	hash_hex("signup", secret, hash);
	/* The secret follows from the token, so that is kept as a hash too. */
	hash_hex("signup form", o->form_token, token);
	return db_exec(
		db, placed,
		"INSERT INTO signups (id, centre_id, kind, item_id, original, name, contact, lang, consent_version, "
		"consent_at, secret_hash, form_token, state, created_at, changed_at, delete_after) VALUES ($1, $2, $3, $4, "
		"$5, $6, $7, $8, $9, $10, $11, $12, 0, $10, $10, $13) ON CONFLICT (form_token) DO NOTHING",
		id, o->item.centre, (int)o->item.kind, o->item.id, o->original, o->name, o->contact, o->lang,
		o->consent_version, now, hash, token, o->delete_after);
}

enum err store_signup_add(struct db *db, int64_t now, const struct signup_order *o, char *secret, bool *first)
{
	int64_t placed = 0;
	struct actor nobody = { .now = now };

	secret_of(o->form_token, secret);
	enum err err = db_begin(db);
	if (err)
		return err;
	/* The row first: a second press finds it and takes no second seat. */
	err = insert_signup(db, now, o, secret, &placed);
	*first = placed == 1;
	if (!err && !*first)
		return store_nothing(db);
	if (!err && o->address)
		err = store_pace_place(db, now, "sign-ups from a place", o->address, SIGNUPS_AN_HOUR, o->wait_s);
	if (!err)
		err = take_seat(db, &o->item, o->original);
	if (!err)
		err = new_version(db, o->item.centre, now);
	if (!err)
		err = audit_write(db, nobody, o->item.centre, "signup.add", o->item.id, o->original);
	return db_end(db, err);
}

enum err store_signup_by_secret(struct db *db, struct arena *arena, const char *secret, struct signup *out)
{
	char hash[HASH_SIZE];
	struct db_rows rows;
	struct signups found;

	hash_hex("signup", secret, hash);
	enum err err =
		db_query(db, arena, &rows, "SELECT " SIGNUP_COLUMNS SIGNUP_TABLES "WHERE s.secret_hash = $1", hash);
	if (!err)
		err = read_rows(&rows, arena, &found);
	if (!err && found.n == 0)
		err = ERR_NOT_FOUND;
	if (!err)
		*out = found.v[0];
	return err;
}

enum err store_signup_change(struct db *db, int64_t now, const char *secret, const char *name, const char *contact)
{
	char hash[HASH_SIZE];
	int64_t changed = 0;

	hash_hex("signup", secret, hash);
	enum err err = db_exec(db, &changed,
			       "UPDATE signups SET name = $2, contact = $3, changed_at = $4, revision = revision + 1 "
			       "WHERE secret_hash = $1 AND state = 0",
			       hash, name, contact, now);
	return !err && changed == 0 ? ERR_NOT_FOUND : err;
}

/* Erases the person, keeps that there was one; gives the seat back. */
static enum err erase(struct db *db, struct actor actor, const struct signup *s, const char *action)
{
	enum err err = db_exec(db, NULL,
			       "UPDATE signups SET name = NULL, contact = NULL, state = 1, changed_at = $2, "
			       "revision = revision + 1 WHERE id = $1",
			       s->id, actor.now);

	if (!err)
		err = give_back(db, &s->item, s->original);
	if (!err)
		err = new_version(db, s->item.centre, actor.now);
	return err ? err : audit_write(db, actor, s->item.centre, action, s->item.id, s->original);
}

enum err store_signup_withdraw(struct db *db, int64_t now, const char *secret)
{
	struct actor nobody = { .now = now };
	struct arena arena;
	struct signup signup;
	enum err err = db_begin(db);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = store_signup_by_secret(db, &arena, secret, &signup);
	if (!err && signup.state == SIGNUP_ACTIVE)
		err = erase(db, nobody, &signup, "signup.withdraw");
	arena_free(&arena);
	return db_end(db, err);
}

enum err store_signups_expire(struct db *db, int64_t now, int64_t *n)
{
	return db_exec(db, n, "DELETE FROM signups WHERE delete_after <= $1", now);
}

/* ---- staff -------------------------------------------------------------- */

enum err store_signups(struct db *db, struct arena *arena, struct actor actor, const char *centre, enum item_kind kind,
		       const char *item, const char *original, struct signups *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT " SIGNUP_COLUMNS SIGNUP_TABLES "WHERE s.centre_id = $1 " MAY_SEE
		"AND s.kind = $3 AND s.item_id = $4 AND (CAST($5 AS TEXT) IS NULL OR s.original = CAST($5 AS TEXT)) "
		"ORDER BY s.original, s.state, s.created_at, s.id",
		centre, actor.user_id, (int)kind, item, original);

	return err ? err : read_rows(&rows, arena, out);
}

enum err store_signups_centre(struct db *db, struct arena *arena, struct actor actor, const char *centre, int max,
			      struct signups *out)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows,
			 "SELECT " SIGNUP_COLUMNS SIGNUP_TABLES "WHERE s.centre_id = $1 " MAY_SEE
			 "ORDER BY s.state, CASE WHEN s.answered_at = 0 THEN 0 ELSE 1 END, s.created_at DESC, s.id "
			 "LIMIT CAST($3 AS BIGINT)",
			 centre, actor.user_id, max);

	return err ? err : read_rows(&rows, arena, out);
}

/* A tick beside a sign-up, and who made it. */
#define TICK(column)                                                                                      \
	"UPDATE signups SET " column "_at = $4, " column "_by = (SELECT name FROM users WHERE id = $2), " \
	"revision = revision + 1 WHERE centre_id = $1 AND id = $3 AND EXISTS "                            \
	"(SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = signups.centre_id)"

enum err store_signup_answered(struct db *db, struct actor actor, const char *centre, const char *id, bool answered)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(db, &changed, TICK("answered"), centre, actor.user_id, id, answered ? actor.now : (int64_t)0);
	return store_end_unseen(db, err, changed, actor, centre, answered ? "signup.answered" : "signup.unanswered",
				id);
}

enum err store_signup_told(struct db *db, struct actor actor, const char *centre, const char *id, bool told)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(db, &changed, TICK("told"), centre, actor.user_id, id, told ? actor.now : (int64_t)0);
	return store_end_unseen(db, err, changed, actor, centre, told ? "signup.told" : "signup.untold", id);
}

enum err store_signup_remove(struct db *db, struct actor actor, const char *centre, const char *id)
{
	struct arena arena;
	struct db_rows rows;
	struct signups found = { 0 };
	enum err err = db_begin(db);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = db_query(db, &arena, &rows,
		       "SELECT " SIGNUP_COLUMNS SIGNUP_TABLES "WHERE s.centre_id = $1 " MAY_SEE "AND s.id = $3", centre,
		       actor.user_id, id);
	if (!err)
		err = read_rows(&rows, &arena, &found);
	if (!err && found.n == 0)
		err = ERR_NOT_FOUND;
	if (!err && found.v[0].state == SIGNUP_ACTIVE)
		err = erase(db, actor, &found.v[0], "signup.remove");
	arena_free(&arena);
	return db_end(db, err);
}
