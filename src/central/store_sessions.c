/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in, the brake on guessing, and sessions. */
#include <string.h>

#include "central/session_rows.h"
#include "central/store_make.h"
#include "io/address.h"

enum { FORGET = 24 * 3600, PLACE_KEPT = 90 * 24 * 3600 };

/* ---- the brake ---------------------------------------------------------- */

/* Whom a wrong password is held against. Addresses count by network: an IPv6 line has 2^64 of them. A known place (an
 * address that this user logged in from before) is not held up by strangers who try his name from elsewhere, so nobody
 * can lock him out. */
struct brake {
	char address[HASH_SIZE + 2], name[HASH_SIZE + 2], both[HASH_SIZE + 2];
	bool known;
};

static void key(char letter, const char *purpose, const char *s, char *out)
{
	out[0] = letter;
	out[1] = ':';
	hash_hex(purpose, s, out + 2);
}

static enum err brake_init(struct db *db, struct arena *arena, const char *name, const char *address, struct brake *out)
{
	struct db_rows rows;
	char network[ADDRESS_NETWORK_SIZE];

	address_network(address, network);
	char *both = arena_printf(arena, "%s %s", network, name);
	if (!both)
		return ERR_MEMORY;
	key('a', "address", network, out->address);
	key('u', "name", name, out->name);
	key('b', "both", both, out->both);
	enum err err = db_query(
		db, arena, &rows,
		"SELECT 1 FROM known_places k JOIN users u ON u.id = k.user_id WHERE u.name = $1 AND k.place = $2",
		name, out->address);
	out->known = !err && rows.n > 0;
	return err;
}

static const char *brake_second(const struct brake *brake)
{
	return brake->known ? brake->both : brake->name;
}

/* Seconds until the next attempt may be made; 0: now. */
static enum err brake_wait(struct db *db, struct arena *arena, const struct brake *brake, int64_t now, int64_t *wait_s)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT COALESCE(MAX(next_at), 0) FROM attempts WHERE what = $1 OR what = $2",
				brake->known ? brake->both : brake->address, brake_second(brake));

	if (err)
		return err;
	int64_t next = db_number(&rows, 0, 0);
	/* A clock that went back would hold people up for as long. */
	*wait_s = next > now ? (next - now > SLOW_MAX ? SLOW_MAX : next - now) : 0;
	return OK;
}

/* The 6th failure waits 2 s, then 4, 8 … SLOW_MAX; a day without one forgets. */
static int64_t pause_after(int64_t failures)
{
	int64_t more = failures - SLOW_FREE;

	if (more <= 0)
		return 0;
	return more > 5 ? SLOW_MAX : (int64_t)1 << more;
}

static enum err brake_count(struct db *db, struct arena *arena, const char *what, int64_t now)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows, "SELECT failures FROM attempts WHERE what = $1 AND last_at > $2",
				what, now - FORGET);
	int64_t failures = (!err && rows.n ? db_number(&rows, 0, 0) : 0) + 1;

	if (err)
		return err;
	return db_exec(
		db, NULL,
		"INSERT INTO attempts (what, failures, next_at, last_at) VALUES ($1, $2, $3, $4) ON CONFLICT (what) DO "
		"UPDATE SET failures = excluded.failures, next_at = excluded.next_at, last_at = excluded.last_at",
		what, failures, now + pause_after(failures), now);
}

static enum err count_failure(struct db *db, struct arena *arena, const struct brake *brake, int64_t now)
{
	enum err err = db_begin(db);

	if (err)
		return err;
	if (!brake->known)
		err = brake_count(db, arena, brake->address, now);
	if (!err)
		err = brake_count(db, arena, brake_second(brake), now);
	return db_end(db, err);
}

/* ---- log in ------------------------------------------------------------- */

static enum err begin_session(struct db *db, struct actor actor, const struct brake *brake, char *token)
{
	char hash[HASH_SIZE];
	enum err err = db_begin(db);

	if (err)
		return err;
	id_new(token);
	hash_hex("session", token, hash);
	err = db_exec(db, NULL, "INSERT INTO sessions (hash, user_id, created_at, seen_at) VALUES ($1, $2, $3, $3)",
		      hash, actor.user_id, actor.now);
	if (!err)
		err = db_exec(db, NULL, "UPDATE users SET seen_at = $2 WHERE id = $1", actor.user_id, actor.now);
	if (!err)
		err = db_exec(
			db, NULL,
			"INSERT INTO known_places (user_id, place, last_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, place) DO "
			"UPDATE SET last_at = excluded.last_at",
			actor.user_id, brake->address, actor.now);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM attempts WHERE what = $1 OR what = $2", brake->name, brake->both);
	if (!err)
		err = audit_write(db, actor, NULL, "session.begin", "", NULL);
	return db_end(db, err);
}

static enum err login(struct db *db, struct arena *arena, int64_t now, const char *name, const char *password,
		      const char *address, char *token, int64_t *wait_s)
{
	struct brake brake;
	struct db_rows rows;
	enum err err = brake_init(db, arena, name, address, &brake);

	if (!err)
		err = brake_wait(db, arena, &brake, now, wait_s);
	if (err || *wait_s > 0)
		return err ? err : ERR_LIMIT;
	err = db_query(db, arena, &rows, "SELECT id, password FROM users WHERE name = $1 AND password IS NOT NULL",
		       name);
	if (err)
		return err;
	if (password_matches(rows.n ? db_text(&rows, 0, 1) : NULL, password))
		return begin_session(db, (struct actor){ db_text(&rows, 0, 0), now }, &brake, token);
	err = count_failure(db, arena, &brake, now);
	return err ? err : ERR_REFUSED;
}

enum err session_login(struct db *db, int64_t now, const char *name, const char *password, const char *address,
		       char *token, int64_t *wait_s)
{
	struct arena arena;

	arena_init(&arena, STORE_ARENA_MAX);
	*wait_s = 0;
	enum err err = login(db, &arena, now, name, password, address, token, wait_s);
	arena_free(&arena);
	return err;
}

/* ---- sessions ----------------------------------------------------------- */

enum err session_find(struct db *db, struct arena *arena, int64_t now, const char *token, struct user *out, char *hash)
{
	struct db_rows rows;

	hash_hex("session", token, hash);
	enum err err =
		db_query(db, arena, &rows,
			 "SELECT u.id, u.name, u.role, u.lang, u.must_change, u.created_at, s.seen_at FROM sessions s "
			 "JOIN users u ON u.id = s.user_id WHERE s.hash = $1 AND s.created_at > $2 AND s.seen_at > $3",
			 hash, now - SESSION_AGE, now - SESSION_IDLE);
	if (err || rows.n == 0)
		return err ? err : ERR_NOT_FOUND;
	struct row row = { .rows = &rows, .arena = arena };
	user_read(&row, out);
	/* Once a minute is enough, and spares a write a page. On a full disk people can still read whom to call. */
	if (now - out->seen_at > 60)
		(void)!db_exec(db, NULL, "UPDATE sessions SET seen_at = $2 WHERE hash = $1", hash, now);
	return user_centres(db, arena, out);
}

enum err session_end(struct db *db, int64_t now, const char *hash)
{
	(void)now;
	return db_exec(db, NULL, "DELETE FROM sessions WHERE hash = $1", hash);
}

void session_csrf(const char *token, char *out)
{
	hash_hex("csrf", token, out);
}

enum err session_password(struct db *db, struct actor actor, const char *hash, const char *old,
			  const char *new_password)
{
	char new_hash[PASSWORD_HASH_SIZE];
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, STORE_ARENA_MAX);
	enum err err = db_query(db, &arena, &rows, "SELECT password FROM users WHERE id = $1", actor.user_id);
	if (!err && !password_matches(rows.n ? db_text(&rows, 0, 0) : NULL, old))
		err = ERR_REFUSED;
	arena_free(&arena);
	if (!err)
		err = password_hash(new_password, new_hash);
	if (!err)
		err = db_begin(db);
	if (err)
		return err;
	err = db_exec(db, NULL, "UPDATE users SET password = $2, must_change = 0 WHERE id = $1", actor.user_id,
		      new_hash);
	if (!err)
		err = db_exec(db, NULL, "DELETE FROM sessions WHERE user_id = $1 AND hash <> $2", actor.user_id, hash);
	if (!err)
		err = audit_write(db, actor, NULL, "user.password", "", NULL);
	return db_end(db, err);
}

enum err session_sweep(struct db *db, int64_t now)
{
	enum err err = db_exec(db, NULL, "DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2",
			       now - SESSION_AGE, now - SESSION_IDLE);

	if (!err)
		err = db_exec(db, NULL, "DELETE FROM attempts WHERE last_at < $1", now - FORGET);
	return err ? err : db_exec(db, NULL, "DELETE FROM known_places WHERE last_at < $1", now - PLACE_KEPT);
}
