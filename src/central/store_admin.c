/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_admin.h"

#include <string.h>

#include "central/session_rows.h"
#include "central/store_make.h"

/* $2 is who acts. */
#define BY_ADMINISTRATOR "EXISTS (SELECT 1 FROM users a WHERE a.id = $2 AND a.role IN ('administrator', 'system'))"

/* ---- users -------------------------------------------------------------- */

enum err store_user(struct db *db, struct arena *arena, const char *id, struct user *out)
{
	struct users users;
	enum err err = user_list(db, arena, &users);

	for (size_t i = 0; i < users.n && !err; i++)
		if (strcmp(users.v[i].id, id) == 0) {
			*out = users.v[i];
			return OK;
		}
	return err ? err : ERR_NOT_FOUND;
}

static enum err write_centres(struct db *db, const struct user *user)
{
	enum err err = db_exec(db, NULL, "DELETE FROM editors WHERE user_id = $1", user->id);

	for (size_t i = 0; user->role == USER_EDITOR && i < user->n_centres && !err; i++)
		err = db_exec(db, NULL,
			      "INSERT INTO editors (user_id, centre_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
			      user->id, user->centres[i]);
	return err;
}

static enum err insert_user(struct db *db, struct actor actor, const struct user *user, const char *hash, bool *first)
{
	int64_t changed = 0;
	enum err err = db_exec(
		db, &changed,
		"INSERT INTO users (id, name, password, role, must_change, created_at) SELECT CAST($1 AS TEXT), $3, $4, "
		"$5, 1, CAST($6 AS BIGINT) WHERE " BY_ADMINISTRATOR " ON CONFLICT (id) DO NOTHING",
		user->id, actor.user_id, user->name, hash, user_role_name(user->role), actor.now);

	*first = changed == 1;
	if (err || !*first)
		return err;
	err = write_centres(db, user);
	return err ? err : audit_write(db, actor, NULL, "user.add", user->name, NULL);
}

enum err store_user_add(struct db *db, struct actor actor, const struct user *user, char *made, bool *first)
{
	char hash[PASSWORD_HASH_SIZE];

	if (!user_name_is_valid(user->name))
		return ERR_VALUE;
	password_make(made);
	enum err err = password_hash(made, hash);
	if (!err)
		err = db_begin(db);
	return err ? err : db_end(db, insert_user(db, actor, user, hash, first));
}

/* Within the transaction, before anything is done to user ID that takes an administrator away. */
static enum err check_one_stays(struct db *db, struct actor actor, const char *id)
{
	struct arena arena;
	struct db_rows rows;

	if (actor.user_id && strcmp(actor.user_id, id) == 0)
		return ERR_REFUSED;
	arena_init(&arena, 4096);
	enum err err = db_query(db, &arena, &rows,
				"SELECT 1 FROM users u WHERE u.id = $1 AND u.role = 'administrator' AND NOT EXISTS "
				"(SELECT 1 FROM users o WHERE o.role = 'administrator' AND o.id <> u.id)",
				id);
	if (!err && rows.n > 0)
		err = ERR_REFUSED;
	arena_free(&arena);
	return err;
}

static enum err change_user(struct db *db, struct actor actor, const struct user *user)
{
	int64_t changed = 0;
	enum err err = user->role == USER_ADMINISTRATOR ? OK : check_one_stays(db, actor, user->id);

	if (!err)
		err = db_exec(db, &changed,
			      "UPDATE users SET role = $3 WHERE id = $1 AND role <> 'system' AND " BY_ADMINISTRATOR,
			      user->id, actor.user_id, user_role_name(user->role));
	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	if (!err)
		err = write_centres(db, user);
	return err ? err : audit_write(db, actor, NULL, "user.change", user->name, NULL);
}

enum err store_user_change(struct db *db, struct actor actor, const struct user *user)
{
	enum err err = db_begin(db);

	return err ? err : db_end(db, change_user(db, actor, user));
}

static enum err reset_user(struct db *db, struct actor actor, const char *id, const char *hash)
{
	int64_t changed = 0;
	enum err err = db_exec(
		db, &changed,
		"UPDATE users SET password = $3, must_change = 1 WHERE id = $1 AND role <> 'system' AND " BY_ADMINISTRATOR,
		id, actor.user_id, hash);

	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM sessions WHERE user_id = $1", id);
	return err ? err : audit_write(db, actor, NULL, "user.password", id, NULL);
}

enum err store_user_reset(struct db *db, struct actor actor, const char *id, char *made)
{
	char hash[PASSWORD_HASH_SIZE];

	password_make(made);
	enum err err = password_hash(made, hash);
	if (!err)
		err = db_begin(db);
	return err ? err : db_end(db, reset_user(db, actor, id, hash));
}

static enum err remove_user(struct db *db, struct actor actor, const char *id)
{
	int64_t changed = 0;
	enum err err = check_one_stays(db, actor, id);

	if (!err)
		err = db_exec(db, NULL, "DELETE FROM sessions WHERE user_id = $1", id);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM editors WHERE user_id = $1", id);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM known_places WHERE user_id = $1", id);
	if (!err)
		err = db_exec(db, &changed,
			      "DELETE FROM users WHERE id = $1 AND role <> 'system' AND " BY_ADMINISTRATOR, id,
			      actor.user_id);
	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	return err ? err : audit_write(db, actor, NULL, "user.remove", id, NULL);
}

enum err store_user_remove(struct db *db, struct actor actor, const char *id)
{
	enum err err = db_begin(db);

	return err ? err : db_end(db, remove_user(db, actor, id));
}

/* ---- the centre's own row ----------------------------------------------- */

enum err store_centre_whole(struct db *db, struct arena *arena, struct actor actor, const char *id, struct centre *out)
{
	struct centre_row row;
	enum err err = store_centre(db, arena, actor, id, &row);

	return err ? err : load_centre(db, arena, id, out);
}

static enum err update_centre(struct db *db, struct arena *arena, int64_t revision, const struct centre *c)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, c->name), *address = put_texts(&put, c->address);
	const char *languages = put_words(&put, c->n_languages, c->languages);
	const char *opening = put_opening(&put, c->opening);
	const char *answer_days = put_number(&put, c->answer_days > 0, c->answer_days);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"UPDATE centres SET name = $3, address = $4, phone = $5, opening = $6, zone = $7, languages = $8, "
		"signup_host = $9, answer_days = $10, revision = revision + 1 WHERE id = $1 AND revision = $2",
		c->id, revision, name, address, c->phone, opening, c->zone, languages, c->signup_host, answer_days);
	return !err && changed == 0 ? ERR_CONFLICT : err;
}

enum err store_centre_change(struct db *db, struct actor actor, int64_t revision, const struct centre *centre)
{
	struct arena arena;
	enum err err = store_begin(db, actor, centre->id);

	if (err)
		return err;
	arena_init(&arena, STORE_ARENA_MAX);
	err = update_centre(db, &arena, revision, centre);
	arena_free(&arena);
	return store_end(db, err, actor, centre->id, "centre.change", centre->id, NULL);
}
