/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users, as the command line keeps them, and what they choose for themselves. */
#include <string.h>

#include "base/utf8.h"
#include "central/session_rows.h"
#include "central/store_make.h"

static const char *const role_names[] = {
#define X(name, s, what) s,
	USER_ROLES(X)
#undef X
};

static enum user_role role_parse(const char *s)
{
	size_t role = 0;

	while (role < USER_ROLE_COUNT && strcmp(role_names[role], s) != 0)
		role++;
	return (enum user_role)role;
}

bool user_name_is_valid(const char *s)
{
	size_t len = strlen(s);

	return len >= 2 && len <= 60 && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789.@_-") == len &&
	       strcmp(s, SYSTEM_USER) != 0;
}

/* Four groups that can be read over the telephone: 16 of 32 letters are 80 bits. */
void password_make(char *out)
{
	char random[ID_SIZE];

	id_new(random);
	for (size_t i = 0; i < 4; i++) {
		memcpy(out + i * 5, random + i * 4, 4);
		out[i * 5 + 4] = i < 3 ? '-' : '\0';
	}
}

static enum err insert_user(struct db *db, int64_t now, const char *name, enum user_role role, const char *hash,
			    bool made, size_t n_centres, const char *const *centres)
{
	char id[ID_SIZE];

	id_new(id);
	enum err err = db_exec(
		db, NULL,
		"INSERT INTO users (id, name, password, role, must_change, created_at) VALUES ($1, $2, $3, $4, $5, "
		"$6)",
		id, name, hash, role_names[role], made, now);
	for (size_t i = 0; i < n_centres && !err; i++)
		err = db_exec(db, NULL,
			      "INSERT INTO editors (user_id, centre_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", id,
			      centres[i]);
	return err ? err : audit_write(db, SYSTEM_ACTOR(now), NULL, "user.add", name, NULL);
}

static enum err check_password(const char *password, struct fault *fault)
{
	size_t n = utf8_is_valid(password, strlen(password)) ? utf8_count(password) : 0;

	if (n < PASSWORD_MIN || n > PASSWORD_MAX)
		return fault_set(fault, ERR_VALUE, "password", "must have %d to %d characters", PASSWORD_MIN,
				 PASSWORD_MAX);
	return OK;
}

enum err user_add(struct db *db, int64_t now, const char *name, enum user_role role, size_t n_centres,
		  const char *const *centres, const char *password, char *made, struct fault *fault)
{
	char hash[PASSWORD_HASH_SIZE];
	enum err err = OK;

	if (!user_name_is_valid(name))
		return fault_set(fault, ERR_VALUE, "user", "\"%.60s\" is not 2 to 60 of a-z 0-9 . _ - @", name);
	if (role == USER_EDITOR && n_centres == 0)
		return fault_set(fault, ERR_VALUE, "user", "an editor needs at least one --centre");
	if (!password)
		password_make(made);
	else
		err = check_password(password, fault);
	if (!err)
		err = password_hash(password ? password : made, hash);
	if (!err)
		err = db_begin(db);
	if (err)
		return err;
	err = db_end(db, insert_user(db, now, name, role, hash, !password, n_centres, centres));
	if (err == ERR_DUPLICATE)
		fault_set(fault, err, "user", "there is a user \"%s\" already", name);
	else if (err == ERR_REFERENCE)
		fault_set(fault, err, "--centre", "there is no such centre");
	else if (err)
		fault_set(fault, err, "user", "%s", err_cause(err));
	return err;
}

enum err user_remove(struct db *db, int64_t now, const char *name)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(db, NULL, "DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE name = $1)", name);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM editors WHERE user_id IN (SELECT id FROM users WHERE name = $1)",
			      name);
	if (!err)
		err = db_exec(db, NULL,
			      "DELETE FROM known_places WHERE user_id IN (SELECT id FROM users WHERE name = $1)", name);
	if (!err)
		err = db_exec(db, &changed, "DELETE FROM users WHERE name = $1 AND role <> 'system'", name);
	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	if (!err)
		err = audit_write(db, SYSTEM_ACTOR(now), NULL, "user.remove", name, NULL);
	return db_end(db, err);
}

enum err user_centres(struct db *db, struct arena *arena, struct user *user)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows, "SELECT centre_id FROM may WHERE user_id = $1 ORDER BY centre_id", user->id);
	const char **v = err ? NULL : ARENA_ARRAY(arena, rows.n, const char *);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++)
		v[i] = db_text(&rows, i, 0);
	user->n_centres = rows.n;
	user->centres = v;
	return OK;
}

void user_read(struct row *row, struct user *out)
{
	*out = (struct user){ .id = take_text(row) };
	out->name = take_text(row);
	out->role = role_parse(take_text(row));
	out->lang = take_text(row);
	out->must_change = take_number(row);
	out->created_at = take_number(row);
	out->seen_at = take_number(row);
}

enum err user_list(struct db *db, struct arena *arena, struct users *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT id, name, role, lang, must_change, created_at, seen_at FROM users WHERE role <> 'system' "
		"ORDER BY name");
	struct user *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct user);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n && !err; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		user_read(&row, &v[i]);
		err = user_centres(db, arena, &v[i]);
	}
	*out = (struct users){ rows.n, v };
	return err;
}

const char *user_role_name(enum user_role role)
{
	return role_names[role];
}

enum err user_language(struct db *db, struct actor actor, const char *lang)
{
	return db_exec(db, NULL, "UPDATE users SET lang = $2 WHERE id = $1", actor.user_id, lang);
}
