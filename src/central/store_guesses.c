/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_guesses.h"

#include "central/store_common.h"
#include "io/address.h"

enum { FORGET = 3600 };

static int64_t pause_after(int64_t wrong)
{
	int64_t more = wrong - GUESS_FREE;

	if (more <= 0)
		return 0;
	return more > 3 ? GUESS_PAUSE_MAX : (int64_t)1 << more;
}

struct guesser {
	char key[HASH_SIZE + 2];
	int64_t wrong, wait_s;
};

static enum err look(struct db *db, struct arena *arena, int64_t now, struct guesser *g)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows, "SELECT failures, next_at FROM attempts WHERE what = $1 AND last_at > $2",
			 g->key, now - FORGET);

	bool known = !err && rows.n > 0;
	g->wrong = known ? db_number(&rows, 0, 0) : 0;
	int64_t wait = known ? db_number(&rows, 0, 1) - now : 0;
	/* A clock that went back would hold people up for as long. */
	g->wait_s = wait <= 0 ? 0 : wait > GUESS_PAUSE_MAX ? GUESS_PAUSE_MAX : wait;
	return err ? err : g->wait_s > 0 ? ERR_LIMIT : OK;
}

static enum err count(struct db *db, int64_t now, const struct guesser *g)
{
	return db_exec(
		db, NULL,
		"INSERT INTO attempts (what, failures, next_at, last_at) VALUES ($1, $2, $3, $4) ON CONFLICT (what) DO "
		"UPDATE SET failures = excluded.failures, next_at = excluded.next_at, last_at = excluded.last_at",
		g->key, g->wrong + 1, now + pause_after(g->wrong + 1), now);
}

enum err store_guess(struct db *db, struct arena *arena, int64_t now, const char *address, const char *number,
		     struct item_ref *out, int64_t *wait_s)
{
	struct guesser g = { .key = "n:" };
	char network[ADDRESS_NETWORK_SIZE];

	address_network(address, network);
	hash_hex("address", network, g.key + 2);
	/* Once without the lock: whoever guesses fast may not hold up those who write. */
	enum err err = look(db, arena, now, &g);
	*wait_s = g.wait_s;
	if (!err)
		err = db_begin(db);
	if (err)
		return err;
	/* And once with it, so that many at the same moment are not all let through. */
	err = look(db, arena, now, &g);
	*wait_s = g.wait_s;
	enum err found = err ? err : store_by_number(db, arena, number, out);
	if (found == ERR_NOT_FOUND)
		err = count(db, now, &g);
	err = db_end(db, err == ERR_LIMIT ? OK : err);
	return err ? err : found;
}
