/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_common.h"

#include <string.h>

#include "base/limits.h"
#include "core/json.h"

/* ---- changes ------------------------------------------------------------ */

enum err store_begin(struct db *db, struct actor actor, const char *centre)
{
	int64_t changed = 0;
	enum err err = db_begin(db);

	if (err)
		return err;
	/* The clock may stand still or go back; what was generated never gets older. */
	err = db_exec(
		db, &changed,
		"UPDATE centres SET version = version + 1, "
		"changed_at = CASE WHEN changed_at > CAST($3 AS BIGINT) THEN changed_at ELSE CAST($3 AS BIGINT) END "
		"WHERE id = $1 AND EXISTS (SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = centres.id)",
		centre, actor.user_id, actor.now);
	if (!err && changed == 0)
		err = ERR_NOT_FOUND;
	return err ? db_end(db, err) : OK;
}

enum err audit_write(struct db *db, struct actor actor, const char *centre, const char *action, const char *item,
		     const char *detail)
{
	char id[ID_SIZE];

	id_new(id);
	return db_exec(db, NULL,
		       "INSERT INTO audit (id, at, user_name, centre_id, action, item, detail) VALUES ($1, $2, "
		       "COALESCE((SELECT name FROM users WHERE id = $3), ''), $4, $5, $6, $7)",
		       id, actor.now, actor.user_id, centre, action, item, detail ? detail : "");
}

enum err store_end(struct db *db, enum err result, struct actor actor, const char *centre, const char *action,
		   const char *item, const char *detail)
{
	if (!result)
		result = audit_write(db, actor, centre, action, item, detail);
	db_touch(db, centre);
	return db_end(db, result);
}

enum err store_end_unseen(struct db *db, enum err result, int64_t changed, struct actor actor, const char *centre,
			  const char *action, const char *item)
{
	if (!result && changed == 0)
		result = ERR_NOT_FOUND;
	if (!result)
		result = audit_write(db, actor, centre, action, item, NULL);
	return db_end(db, result);
}

enum err store_nothing(struct db *db)
{
	enum err err = db_end(db, ERR_CONFLICT);

	return err == ERR_CONFLICT ? OK : err;
}

/* ---- columns ------------------------------------------------------------ */

const char *take_text(struct row *row)
{
	return db_text(row->rows, row->r, row->c++);
}

int64_t take_number(struct row *row)
{
	return db_number(row->rows, row->r, row->c++);
}

int64_t take_optional(struct row *row, bool *has)
{
	*has = !db_is_null(row->rows, row->r, row->c);
	return take_number(row);
}

static void wrong(struct row *row, enum err err)
{
	if (!row->err)
		row->err = err;
}

static struct json *take_json(struct row *row)
{
	const char *s = take_text(row);
	struct json *json = NULL;

	if (s) {
		enum err err = json_read(s, strlen(s), LIMIT_PAGE_BYTES, &json, NULL);
		if (err)
			wrong(row, err == ERR_MEMORY ? ERR_MEMORY : ERR_STORE);
	}
	return json;
}

struct texts take_texts(struct row *row)
{
	struct json *json = take_json(row);
	size_t n = json_count(json), i = 0;
	struct text *v = n ? ARENA_ARRAY(row->arena, n, struct text) : NULL;

	for (const struct json *value = json_first(json); value && v; value = json_next(value), i++) {
		const char *s = json_text(value);
		v[i].lang = arena_strdup(row->arena, json_key(value));
		v[i].s = arena_strdup(row->arena, s ? s : "");
		if (!v[i].lang || !v[i].s)
			v = NULL;
	}
	json_del(json);
	if (n && !v)
		wrong(row, ERR_MEMORY);
	return (struct texts){ v ? n : 0, v };
}

const char *const *take_words(struct row *row, size_t *n)
{
	struct json *json = take_json(row);
	size_t count = json_count(json), i = 0;
	const char **v = count ? ARENA_ARRAY(row->arena, count, const char *) : NULL;

	for (const struct json *value = json_first(json); value && v; value = json_next(value), i++) {
		const char *s = json_text(value);
		v[i] = arena_strdup(row->arena, s ? s : "");
		if (!v[i])
			v = NULL;
	}
	json_del(json);
	if (count && !v)
		wrong(row, ERR_MEMORY);
	*n = v ? count : 0;
	return v;
}

struct civil take_civil(struct row *row, bool *has)
{
	const char *s = take_text(row);
	struct civil when = { 0 };

	if (has)
		*has = s != NULL;
	if ((s || !has) && (!s || !civil_parse(s, &when)))
		wrong(row, ERR_STORE);
	return when;
}

struct duration take_duration(struct row *row, bool *has)
{
	const char *s = take_text(row);
	struct duration duration = { 0 };

	if (has)
		*has = s != NULL;
	if ((s || !has) && (!s || !duration_parse(s, &duration)))
		wrong(row, ERR_STORE);
	return duration;
}

static const char *put_done(struct put *put, struct buf *out)
{
	const char *s = buf_ok(out) ? arena_copy(put->arena, buf_text(out), out->len) : NULL;

	if (!s)
		put->err = ERR_MEMORY;
	buf_free(out);
	return s;
}

const char *put_texts(struct put *put, struct texts texts)
{
	struct buf out;

	if (texts.n == 0)
		return NULL;
	buf_init(&out, LIMIT_PAGE_BYTES);
	for (size_t i = 0; i < texts.n; i++) {
		buf_char(&out, i ? ',' : '{');
		json_write_string(&out, texts.v[i].lang);
		buf_char(&out, ':');
		json_write_string(&out, texts.v[i].s);
	}
	buf_char(&out, '}');
	return put_done(put, &out);
}

const char *put_words(struct put *put, size_t n, const char *const *words)
{
	struct buf out;

	if (n == 0)
		return NULL;
	buf_init(&out, LIMIT_PAGE_BYTES);
	for (size_t i = 0; i < n; i++) {
		buf_char(&out, i ? ',' : '[');
		json_write_string(&out, words[i]);
	}
	buf_char(&out, ']');
	return put_done(put, &out);
}

const char *put_number(struct put *put, bool has, int64_t n)
{
	const char *copy = has ? arena_printf(put->arena, "%lld", (long long)n) : NULL;

	if (has && !copy)
		put->err = ERR_MEMORY;
	return copy;
}

const char *put_civil(struct put *put, bool has, struct civil when)
{
	char s[CIVIL_SIZE];

	if (!has)
		return NULL;
	civil_print(when, s);
	const char *copy = arena_strdup(put->arena, s);
	if (!copy)
		put->err = ERR_MEMORY;
	return copy;
}

const char *put_duration(struct put *put, bool has, struct duration duration)
{
	char s[DURATION_SIZE];

	if (!has)
		return NULL;
	duration_print(duration, s);
	const char *copy = arena_strdup(put->arena, s);
	if (!copy)
		put->err = ERR_MEMORY;
	return copy;
}
