/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an engine has to do for db.c, and what db.c keeps of a connection. One
 * engine now (sql_sqlite.c); PostgreSQL is a second file with these functions. */
#pragma once

#include "base/limits.h"
#include "central/db.h"

struct sql; /* an engine's connection */

enum { SQL_ARGS_MAX = 26, DB_TOUCHED_MAX = 8 };

struct db {
	struct sql *sql;
	bool inside, doomed; /* a transaction; it can only be rolled back */
	size_t n_touched;
	char touched[DB_TOUCHED_MAX][LIMIT_ID + 1];
	void (*changed)(void *owner, const char *centre);
	void *owner;
};

CHECKED enum err sql_open(struct sql **out, const char *where, struct fault *fault);
void sql_close(struct sql *sql);
/* One statement. ROWS NULL: none are wanted. ARGS have their text in s. */
CHECKED enum err sql_run(struct sql *sql, struct arena *arena, struct db_rows *rows, int64_t *changed, const char *text,
			 size_t n, const struct db_arg *args);
CHECKED enum err sql_begin(struct sql *sql, bool writes);
CHECKED enum err sql_commit(struct sql *sql);
void sql_rollback(struct sql *sql);
CHECKED enum err sql_check(struct sql *sql, struct fault *fault);
CHECKED enum err sql_scrub(struct sql *sql);
const char *sql_complaint(const struct sql *sql);
