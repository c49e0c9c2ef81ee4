/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_pace.h"

#include "central/store_make.h"
#include "io/address.h"

enum { HOUR = 3600, KEY_SIZE = HASH_SIZE + 2 };

/* When everything that was done so far has come back; NOW or earlier: all of it has. */
static enum err free_at(struct db *db, const char *key, int64_t now, int64_t *at)
{
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, STORE_ARENA_MAX);
	enum err err = db_query(db, &arena, &rows, "SELECT next_at FROM attempts WHERE what = $1", key);
	*at = !err && rows.n ? db_number(&rows, 0, 0) : now;
	arena_free(&arena);
	/* A clock that went back would hold people up for as long. */
	if (*at < now || *at > now + HOUR)
		*at = now;
	return err;
}

enum err store_pace(struct db *db, int64_t now, const char *kind, const char *who, int an_hour, int64_t *wait_s)
{
	const int64_t each = HOUR / an_hour;
	char key[KEY_SIZE] = "p:";
	int64_t at;

	hash_hex(kind, who, key + 2);
	enum err err = free_at(db, key, now, &at);
	*wait_s = at + each - (now + HOUR);
	if (*wait_s > 0 && !err)
		return ERR_LIMIT;
	*wait_s = 0;
	if (err)
		return err;
	return db_exec(
		db, NULL,
		"INSERT INTO attempts (what, failures, next_at, last_at) VALUES ($1, 0, $2, $3) ON CONFLICT (what) "
		"DO UPDATE SET next_at = excluded.next_at, last_at = excluded.last_at",
		key, at + each, now);
}

enum err store_pace_place(struct db *db, int64_t now, const char *kind, const char *address, int an_hour,
			  int64_t *wait_s)
{
	char network[ADDRESS_NETWORK_SIZE];

	address_network(address, network);
	return store_pace(db, now, kind, network, an_hour, wait_s);
}

enum err store_pace_address(struct db *db, int64_t now, const char *kind, const char *address, int an_hour,
			    int64_t *wait_s)
{
	enum err err = db_begin(db);

	*wait_s = 0;
	return err ? err : db_end(db, store_pace_place(db, now, kind, address, an_hour, wait_s));
}
