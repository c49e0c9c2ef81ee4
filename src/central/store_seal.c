/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_seal.h"

#include <stdio.h>

#include "central/store_make.h"

/* An empty KEY is none. */
static enum err newest(struct db *db, char key[SEAL_KEY_TEXT + 1], int64_t *created_at)
{
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, STORE_ARENA_MAX);
	enum err err =
		db_query(db, &arena, &rows,
			 "SELECT public_key, created_at FROM seal_keys ORDER BY created_at DESC, public_key LIMIT 1");
	snprintf(key, SEAL_KEY_TEXT + 1, "%s", !err && rows.n ? db_text(&rows, 0, 0) : "");
	*created_at = !err && rows.n ? db_number(&rows, 0, 1) : 0;
	arena_free(&arena);
	return err;
}

static enum err insert_key(struct db *db, int64_t now)
{
	unsigned char public_key[SEAL_KEY], secret_key[SEAL_KEY];
	char public_text[SEAL_KEY_TEXT + 1], secret_text[SEAL_KEY_TEXT + 1];
	enum err err = seal_new_key(public_key, secret_key);

	if (err)
		return err;
	seal_key_text(public_key, public_text);
	seal_key_text(secret_key, secret_text);
	err = db_exec(db, NULL, "INSERT INTO seal_keys (public_key, secret_key, created_at) VALUES ($1, $2, $3)",
		      public_text, secret_text, now);
	seal_wipe(secret_key, sizeof secret_key);
	seal_wipe(secret_text, sizeof secret_text);
	return err;
}

enum err store_seal_key(struct db *db, int64_t now, char out[SEAL_KEY_TEXT + 1])
{
	int64_t created_at;
	enum err err = newest(db, out, &created_at);

	if (err || *out)
		return err;
	err = db_begin(db);
	if (err)
		return err;
	/* Another process may have made it in between. */
	err = newest(db, out, &created_at);
	if (!err && !*out)
		err = insert_key(db, now);
	err = db_end(db, err);
	return err ? err : newest(db, out, &created_at);
}

enum err store_seal_open(struct db *db, struct arena *arena, const char *sealed, char out[SEAL_CLEAR + 1])
{
	unsigned char public_key[SEAL_KEY], secret_key[SEAL_KEY];
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT public_key, secret_key FROM seal_keys ORDER BY created_at DESC, public_key");

	if (err)
		return err;
	out[0] = '\0';
	err = ERR_VALUE;
	for (size_t i = 0; i < rows.n && err == ERR_VALUE; i++) {
		if (!seal_key_read(db_text(&rows, i, 0), public_key) ||
		    !seal_key_read(db_text(&rows, i, 1), secret_key))
			return ERR_STORE;
		err = seal_open(public_key, secret_key, sealed, out);
	}
	seal_wipe(secret_key, sizeof secret_key);
	return err;
}

static enum err touch_all(struct db *db, int64_t now)
{
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, STORE_ARENA_MAX);
	enum err err = db_query(
		db, &arena, &rows,
		"UPDATE centres SET version = version + 1, changed_at = CASE WHEN changed_at > CAST($1 AS BIGINT) THEN "
		"changed_at ELSE CAST($1 AS BIGINT) END RETURNING id",
		now);
	for (size_t i = 0; !err && i < rows.n; i++)
		db_touch(db, db_text(&rows, i, 0));
	arena_free(&arena);
	return err;
}

enum err store_seal_renew(struct db *db, int64_t now, bool *renewed)
{
	char key[SEAL_KEY_TEXT + 1];
	int64_t created_at;
	enum err err = db_begin(db);

	*renewed = false;
	if (err)
		return err;
	err = newest(db, key, &created_at);
	if (!err && (!*key || now - created_at < SEAL_RENEW))
		return store_nothing(db);
	if (!err)
		err = insert_key(db, now);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM seal_keys WHERE created_at < $1", now - SEAL_FORGET);
	if (!err)
		err = touch_all(db, now);
	err = db_end(db, err);
	*renewed = !err;
	return err;
}
