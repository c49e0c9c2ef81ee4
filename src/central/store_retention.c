/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_retention.h"

#include "central/store_common.h"

enum err store_signup_items(struct db *db, struct arena *arena, struct signup_items *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT DISTINCT s.centre_id, s.kind, s.item_id, s.original FROM signups s "
				"ORDER BY s.centre_id, s.kind, s.item_id, s.original");
	struct signup_item *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct signup_item);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		v[i].item.centre = take_text(&row);
		v[i].item.kind = (enum item_kind)take_number(&row);
		v[i].item.id = take_text(&row);
		v[i].original = take_text(&row);
	}
	*out = (struct signup_items){ rows.n, v };
	return OK;
}

enum err store_signups_until(struct db *db, const struct signup_item *item, int64_t at)
{
	return db_exec(db, NULL,
		       "UPDATE signups SET delete_after = $5 WHERE centre_id = $1 AND kind = $2 AND item_id = $3 AND "
		       "COALESCE(original, '') = COALESCE(CAST($4 AS TEXT), '') AND delete_after <> CAST($5 AS BIGINT)",
		       item->item.centre, (int)item->item.kind, item->item.id, item->original, at);
}

enum err store_signups_yearly(struct db *db, const struct signup_item *item, int64_t seconds)
{
	return db_exec(
		db, NULL,
		"UPDATE signups SET delete_after = consent_at + CAST($4 AS BIGINT) WHERE centre_id = $1 AND kind = $2 AND "
		"item_id = $3 AND delete_after <> consent_at + CAST($4 AS BIGINT)",
		item->item.centre, (int)item->item.kind, item->item.id, seconds);
}

enum err store_signup_stays(struct db *db, int64_t now, const char *secret, int64_t delete_after)
{
	char hash[HASH_SIZE];
	int64_t changed = 0;

	hash_hex("signup", secret, hash);
	enum err err = db_exec(db, &changed,
			       "UPDATE signups SET consent_at = $2, delete_after = $3, revision = revision + 1 "
			       "WHERE secret_hash = $1 AND state = 0",
			       hash, now, delete_after);
	return !err && changed == 0 ? ERR_NOT_FOUND : err;
}

enum err store_signup_stays_told(struct db *db, struct actor actor, const char *centre, const char *id,
				 int64_t delete_after)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	err = db_exec(
		db, &changed,
		"UPDATE signups SET consent_at = $4, delete_after = $5, revision = revision + 1 WHERE centre_id = $1 AND "
		"id = $3 AND state = 0 AND EXISTS (SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = "
		"signups.centre_id)",
		centre, actor.user_id, id, actor.now, delete_after);
	return store_end_unseen(db, err, changed, actor, centre, "signup.stays", id);
}
