/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same for every engine: addresses, rows, and who is told of a commit. */
#include "central/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "central/sql.h"

struct db_arg db_arg_text(const char *s)
{
	return (struct db_arg){ .s = s };
}

struct db_arg db_arg_number(int64_t n)
{
	struct db_arg arg = { .is_number = true };

	snprintf(arg.digits, sizeof arg.digits, "%lld", (long long)n);
	return arg;
}

const char *db_text(const struct db_rows *rows, size_t row, size_t column)
{
	return rows->v[row * rows->columns + column];
}

int64_t db_number(const struct db_rows *rows, size_t row, size_t column)
{
	const char *s = db_text(rows, row, column);

	return s ? strtoll(s, NULL, 10) : 0;
}

bool db_is_null(const struct db_rows *rows, size_t row, size_t column)
{
	return !db_text(rows, row, column);
}

enum err db_open(const char *address, struct db **out, struct fault *fault)
{
	static const char file[] = "sqlite:";

	*out = NULL;
	if (strncmp(address, "postgresql:", 11) == 0 || strncmp(address, "postgres:", 9) == 0)
		return fault_set(fault, ERR_UNSUPPORTED, "database",
				 "PostgreSQL is not supported by this version; use sqlite:FILE");
	if (strncmp(address, file, sizeof file - 1) != 0 || !address[sizeof file - 1])
		return fault_set(fault, ERR_VALUE, "database", "not sqlite:FILE: \"%.80s\"", address);
	struct db *db = mem_alloc(sizeof *db);
	if (!db)
		return fault_set(fault, ERR_MEMORY, "database", "out of memory");
	enum err err = sql_open(&db->sql, address + sizeof file - 1, fault);
	if (err)
		mem_free(db);
	else
		*out = db;
	return err;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	sql_close(db->sql);
	mem_free(db);
}

const char *db_complaint(const struct db *db)
{
	return sql_complaint(db->sql);
}

enum err db_check(struct db *db, struct fault *fault)
{
	return sql_check(db->sql, fault);
}

enum err db_scrub(struct db *db)
{
	return sql_scrub(db->sql);
}

static const struct db_arg *texts_of(struct db_arg *copy, size_t n, const struct db_arg *args)
{
	for (size_t i = 0; i < n; i++) {
		copy[i] = args[i];
		if (copy[i].is_number)
			copy[i].s = copy[i].digits;
	}
	return copy;
}

static enum err run(struct db *db, struct arena *arena, struct db_rows *rows, int64_t *changed, const char *sql,
		    size_t n, const struct db_arg *args)
{
	struct db_arg copy[SQL_ARGS_MAX];

	if (n > SQL_ARGS_MAX || db->doomed)
		return ERR_STORE;
	enum err err = sql_run(db->sql, arena, rows, changed, sql, n, texts_of(copy, n, args));
	if (err && db->inside)
		db->doomed = true;
	return err;
}

enum err db_exec_args(struct db *db, int64_t *changed, const char *sql, size_t n, const struct db_arg *args)
{
	int64_t unused;

	return run(db, NULL, NULL, changed ? changed : &unused, sql, n, args);
}

enum err db_query_args(struct db *db, struct arena *arena, struct db_rows *rows, const char *sql, size_t n,
		       const struct db_arg *args)
{
	int64_t unused;

	*rows = (struct db_rows){ 0 };
	return run(db, arena, rows, &unused, sql, n, args);
}

static enum err begin(struct db *db, bool writes)
{
	db->n_touched = 0;
	db->doomed = false;
	enum err err = sql_begin(db->sql, writes);
	db->inside = !err;
	return err;
}

enum err db_begin(struct db *db)
{
	return begin(db, true);
}

enum err db_begin_read(struct db *db)
{
	return begin(db, false);
}

enum err db_end(struct db *db, enum err result)
{
	bool commit = !result && !db->doomed;

	if (!db->inside)
		return result ? result : ERR_STORE;
	db->inside = false;
	if (!result && db->doomed)
		result = ERR_STORE;
	db->doomed = false;
	if (commit)
		result = sql_commit(db->sql);
	if (!commit || result)
		sql_rollback(db->sql);
	else if (db->changed)
		for (size_t i = 0; i < db->n_touched; i++)
			db->changed(db->owner, db->touched[i]);
	return result;
}

void db_touch(struct db *db, const char *centre)
{
	for (size_t i = 0; i < db->n_touched; i++)
		if (strcmp(db->touched[i], centre) == 0)
			return;
	/* More centres than this in one transaction are found by the publisher's slow look at all versions. */
	if (db->n_touched < DB_TOUCHED_MAX)
		snprintf(db->touched[db->n_touched++], sizeof db->touched[0], "%s", centre);
}

void db_listen(struct db *db, void (*changed)(void *owner, const char *centre), void *owner)
{
	db->changed = changed;
	db->owner = owner;
}
