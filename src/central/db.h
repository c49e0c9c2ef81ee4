/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to the database: text parameters in, text rows out, one connection
 * per thread. SQL is a literal (the macros see to that), written once for
 * SQLite 3.40 and PostgreSQL 15 by the rules in README.md, and stands in
 * store_*.c and db_schema.c alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "central/args.h"

struct db; /* one connection: one thread at a time */

/* "sqlite:FILE". ERR_UNSUPPORTED for postgresql://, ERR_VALUE for anything
 * else, ERR_STORE with the engine's own words. */
CHECKED enum err db_open(const char *address, struct db **out, struct fault *fault);
void db_close(struct db *db);
/* Brings the schema to this program's version, or refuses one that is newer. */
CHECKED enum err db_migrate(struct db *db, struct fault *fault);
/* The engine's own check of the file; FAULT has the first complaint. */
CHECKED enum err db_check(struct db *db, struct fault *fault);

/* Makes the engine forget what was deleted also where it keeps it besides the tables (SQLite's log of writes ahead). If
 * somebody reads at that moment it is left for the next time. */
CHECKED enum err db_scrub(struct db *db);

/* One parameter or result is text or NULL. Numbers are BIGINT as text. */
struct db_arg {
	const char *s;
	char digits[24];
	bool is_number;
};
struct db_arg db_arg_text(const char *s);
struct db_arg db_arg_number(int64_t n);

/* A result, whole, in an arena. */
struct db_rows {
	size_t n, columns;
	const char *const *v;
};
/* NULL where the database has NULL. */
const char *db_text(const struct db_rows *rows, size_t row, size_t column);
/* 0 where the database has NULL. */
int64_t db_number(const struct db_rows *rows, size_t row, size_t column);
bool db_is_null(const struct db_rows *rows, size_t row, size_t column);

/* db_exec(db, &changed, "UPDATE …", text, number, …): CHANGED (may be NULL)
 * gets the number of rows. db_query(db, arena, &rows, "SELECT … $1", …) gets
 * them. ERR_DUPLICATE for a broken uniqueness, ERR_REFERENCE for a broken
 * reference, else ERR_STORE; any error inside a transaction dooms it. */
#define db_exec(db, changed, ...) db_exec_args(db, changed, ARGS_TAIL(db_arg, DB_ARG, __VA_ARGS__))
#define db_query(db, arena, rows, ...) db_query_args(db, arena, rows, ARGS_TAIL(db_arg, DB_ARG, __VA_ARGS__))

/* Writers take the lock at once (BEGIN IMMEDIATE), so that nobody has to give
 * way half-way. db_end commits if RESULT is OK and nothing failed, else rolls
 * back; it returns what counts. Transactions do not nest. */
CHECKED enum err db_begin(struct db *db);
/* For several queries that must see the same moment; no writing. */
CHECKED enum err db_begin_read(struct db *db);
CHECKED enum err db_end(struct db *db, enum err result);

/* Remembers that CENTRE changed; after the commit the listener hears of it once. */
void db_touch(struct db *db, const char *centre);
void db_listen(struct db *db, void (*changed)(void *owner, const char *centre), void *owner);

/* The engine's sentence about the last error, for a log. */
const char *db_complaint(const struct db *db);

/* ---- how the macros above are made -------------------------------------- */

CHECKED enum err db_exec_args(struct db *db, int64_t *changed, const char *sql, size_t n, const struct db_arg *args);
CHECKED enum err db_query_args(struct db *db, struct arena *arena, struct db_rows *rows, const char *sql, size_t n,
			       const struct db_arg *args);

#define DB_ARG(x) \
	_Generic((x),                                                                                                    \
		char *: db_arg_text,                                                                                     \
		const char *: db_arg_text,                                                                               \
		bool: db_arg_number,                                                                                     \
		int: db_arg_number,                                                                                      \
		int64_t: db_arg_number)(x)
