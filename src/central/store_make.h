/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bodies of the functions that store_items.h states for each kind of item. */
#pragma once

#include "central/store_check.h"
#include "central/store_common.h"

enum { STORE_ARENA_MAX = 4 << 20 };

/* store_NOUNs and store_NOUN, by load_NOUNs. */
#define STORE_READS(noun, nouns)                                                                                  \
	enum err store_##nouns(struct db *db, struct arena *arena, struct actor actor, const char *centre,        \
			       struct noun##_rows *out)                                                           \
	{                                                                                                         \
		return actor.user_id ? load_##nouns(db, arena, actor.user_id, centre, NULL, out) : ERR_NOT_FOUND; \
	}                                                                                                         \
                                                                                                                  \
	enum err store_##noun(struct db *db, struct arena *arena, struct actor actor, const char *centre,         \
			      const char *id, struct noun##_row *out)                                             \
	{                                                                                                         \
		struct noun##_rows rows;                                                                          \
                                                                                                                  \
		if (!actor.user_id)                                                                               \
			return ERR_NOT_FOUND;                                                                     \
		enum err err = load_##nouns(db, arena, actor.user_id, centre, id, &rows);                         \
		if (!err && rows.n == 0)                                                                          \
			err = ERR_NOT_FOUND;                                                                      \
		if (!err)                                                                                         \
			*out = rows.v[0];                                                                         \
		return err;                                                                                       \
	}

/* room_for_NOUNs: ERR_LIMIT if a centre has more rows in TABLE than its feed may have; the screens would refuse all of
 * it. TABLE is a literal. */
#define STORE_ROOM(nouns, table, most)                                                                             \
	static enum err room_for_##nouns(struct db *db, struct arena *arena, const char *centre)                   \
	{                                                                                                          \
		struct db_rows rows;                                                                               \
		enum err err =                                                                                     \
			db_query(db, arena, &rows, "SELECT COUNT(*) FROM " table " WHERE centre_id = $1", centre); \
                                                                                                                   \
		return err ? err : db_number(&rows, 0, 0) > (most) ? ERR_LIMIT : OK;                               \
	}

/* store_NOUN_add, by insert_NOUN and room_for_NOUNs. */
#define STORE_ADD(noun, nouns)                                                                                      \
	enum err store_##noun##_add(struct db *db, struct actor actor, const char *centre, const struct noun *item) \
	{                                                                                                           \
		struct arena arena;                                                                                 \
		bool placed = false;                                                                                \
		enum err err = noun##_check(item, NULL);                                                            \
                                                                                                                    \
		if (!err)                                                                                           \
			err = store_begin(db, actor, centre);                                                       \
                                                                                                                    \
		if (err)                                                                                            \
			return err;                                                                                 \
		arena_init(&arena, STORE_ARENA_MAX);                                                                \
		err = insert_##noun(db, &arena, actor, centre, item, &placed);                                      \
		if (!err && placed)                                                                                 \
			err = room_for_##nouns(db, &arena, centre);                                                 \
		arena_free(&arena);                                                                                 \
		if (!err && !placed)                                                                                \
			return store_nothing(db);                                                                   \
		return store_end(db, err, actor, centre, #noun ".add", item->id, NULL);                             \
	}

/* store_NOUN_change and store_NOUN_remove, by the file's own update_NOUN and unlink_NOUN. TABLE is a literal. */
#define STORE_CHANGES(noun, table)                                                                                     \
	static enum err changed_##noun(struct db *db, const char *centre, const char *id, int64_t changed)             \
	{                                                                                                              \
		struct arena arena;                                                                                    \
		struct db_rows rows;                                                                                   \
                                                                                                                       \
		if (changed)                                                                                           \
			return OK;                                                                                     \
		arena_init(&arena, STORE_ARENA_MAX);                                                                   \
		enum err err = db_query(db, &arena, &rows, "SELECT 1 FROM " table " WHERE centre_id = $1 AND id = $2", \
					centre, id);                                                                   \
		arena_free(&arena);                                                                                    \
		return err ? err : rows.n ? ERR_CONFLICT : ERR_NOT_FOUND;                                              \
	}                                                                                                              \
                                                                                                                       \
	enum err store_##noun##_change(struct db *db, struct actor actor, const char *centre, int64_t revision,        \
				       const struct noun *item)                                                        \
	{                                                                                                              \
		struct put put;                                                                                        \
		struct arena arena;                                                                                    \
		int64_t changed = 0;                                                                                   \
		enum err err = noun##_check(item, NULL);                                                               \
                                                                                                                       \
		if (!err)                                                                                              \
			err = store_begin(db, actor, centre);                                                          \
                                                                                                                       \
		if (err)                                                                                               \
			return err;                                                                                    \
		arena_init(&arena, STORE_ARENA_MAX);                                                                   \
		put = (struct put){ .arena = &arena };                                                                 \
		err = update_##noun(db, &put, actor, centre, revision, item, &changed);                                \
		arena_free(&arena);                                                                                    \
		if (!err)                                                                                              \
			err = changed_##noun(db, centre, item->id, changed);                                           \
		return store_end(db, err, actor, centre, #noun ".change", item->id, NULL);                             \
	}                                                                                                              \
                                                                                                                       \
	enum err store_##noun##_remove(struct db *db, struct actor actor, const char *centre, const char *id,          \
				       int64_t revision)                                                               \
	{                                                                                                              \
		int64_t changed = 0;                                                                                   \
		enum err err = store_begin(db, actor, centre);                                                         \
                                                                                                                       \
		if (err)                                                                                               \
			return err;                                                                                    \
		err = unlink_##noun(db, centre, id);                                                                   \
		if (!err)                                                                                              \
			err = db_exec(db, &changed,                                                                    \
				      "DELETE FROM " table " WHERE centre_id = $1 AND id = $2 AND revision = $3",      \
				      centre, id, revision);                                                           \
		if (!err)                                                                                              \
			err = changed_##noun(db, centre, id, changed);                                                 \
		return store_end(db, err, actor, centre, #noun ".remove", id, NULL);                                   \
	}
