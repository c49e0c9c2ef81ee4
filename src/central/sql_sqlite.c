/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite behind sql.h. Statements are prepared once a connection and found again by their text. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "central/sql.h"

enum { BUSY_MS = 10000, KEPT = 128, ROWS_MAX = 200000 };

struct sql {
	sqlite3 *handle;
	struct kept {
		const char *text; /* a literal: its address is its name */
		sqlite3_stmt *statement;
	} kept[KEPT];
	char complaint[200];
};

static enum err complain(struct sql *sql, const char *text)
{
	int code = sqlite3_extended_errcode(sql->handle);

	snprintf(sql->complaint, sizeof sql->complaint, "%s", sqlite3_errmsg(sql->handle));
	if (code == SQLITE_NOMEM)
		return ERR_MEMORY;
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return ERR_DUPLICATE;
	if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
		return ERR_REFERENCE;
	log_line(LOG_ERROR, "database: %s (%.60s)", sql->complaint, text);
	return ERR_STORE;
}

static enum err plain(struct sql *sql, const char *text)
{
	return sqlite3_exec(sql->handle, text, NULL, NULL, NULL) == SQLITE_OK ? OK : complain(sql, text);
}

static enum err prepare_connection(struct sql *sql)
{
	sqlite3_extended_result_codes(sql->handle, 1);
	sqlite3_busy_timeout(sql->handle, BUSY_MS);
	/* A misspelt column in double quotes would be taken for a string otherwise. */
	sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
	sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
	sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	/* FULL: a commit that was answered survives a pulled plug, also with WAL. */
	return plain(sql, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
			  "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;");
}

enum err sql_open(struct sql **out, const char *where, struct fault *fault)
{
	struct sql *sql = mem_alloc(sizeof *sql);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

	if (!sql)
		return fault_set(fault, ERR_MEMORY, "database", "out of memory");
	if (sqlite3_open_v2(where, &sql->handle, flags, NULL) != SQLITE_OK || prepare_connection(sql)) {
		const char *why = sql->handle ? sqlite3_errmsg(sql->handle) : "out of memory";
		fault_set(fault, ERR_STORE, "database", "%.120s: %.120s", where, why);
		sql_close(sql);
		return ERR_STORE;
	}
	*out = sql;
	return OK;
}

void sql_close(struct sql *sql)
{
	for (size_t i = 0; i < KEPT; i++)
		sqlite3_finalize(sql->kept[i].statement);
	sqlite3_close(sql->handle);
	mem_free(sql);
}

const char *sql_complaint(const struct sql *sql)
{
	return sql->complaint;
}

/* Open addressing by the literal's address. When all places are taken the one found last gives way. */
static enum err statement_for(struct sql *sql, const char *text, sqlite3_stmt **out)
{
	size_t at = ((size_t)text >> 3) % KEPT, i = 0;

	while (i < KEPT && sql->kept[at].text && sql->kept[at].text != text)
		at = (at + 1) % KEPT, i++;
	struct kept *kept = &sql->kept[at];
	if (kept->text != text) {
		sqlite3_finalize(kept->statement);
		*kept = (struct kept){ 0 };
		if (sqlite3_prepare_v3(sql->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &kept->statement, NULL) !=
		    SQLITE_OK)
			return complain(sql, text);
		kept->text = text;
	}
	*out = kept->statement;
	return OK;
}

/* SQLite numbers $1, $2 … by their first appearance, not by their name. */
static enum err bind(struct sql *sql, sqlite3_stmt *statement, const char *text, size_t n, const struct db_arg *args)
{
	for (size_t i = 0; i < n; i++) {
		char name[24];
		snprintf(name, sizeof name, "$%zu", i + 1);
		int place = sqlite3_bind_parameter_index(statement, name);
		if (place == 0) {
			log_line(LOG_ERROR, "database: %s is not used (%.60s)", name, text);
			return ERR_STORE;
		}
		if (args[i].s && sqlite3_bind_text(statement, place, args[i].s, -1, SQLITE_TRANSIENT) != SQLITE_OK)
			return complain(sql, text);
	}
	if ((size_t)sqlite3_bind_parameter_count(statement) == n)
		return OK;
	log_line(LOG_ERROR, "database: %zu values for other placeholders (%.60s)", n, text);
	return ERR_STORE;
}

/* Rows as they come: room doubles, old room is left in the arena. */
static enum err add_row(sqlite3_stmt *statement, struct arena *arena, struct db_rows *rows, size_t *room)
{
	size_t columns = rows->columns = (size_t)sqlite3_column_count(statement);
	const char **v = (const char **)(size_t)rows->v;

	if (rows->n == ROWS_MAX)
		return ERR_LIMIT;
	if (rows->n == *room) {
		*room = *room ? *room * 2 : 16;
		v = ARENA_ARRAY(arena, *room * columns, const char *);
		if (!v)
			return ERR_MEMORY;
		if (rows->n)
			memcpy(v, rows->v, rows->n * columns * sizeof *v);
		rows->v = v;
	}
	for (size_t c = 0; c < columns; c++) {
		const char *s = (const char *)sqlite3_column_text(statement, (int)c);
		v[rows->n * columns + c] =
			s ? arena_copy(arena, s, (size_t)sqlite3_column_bytes(statement, (int)c)) : NULL;
		if (s && !v[rows->n * columns + c])
			return ERR_MEMORY;
	}
	rows->n++;
	return OK;
}

static enum err step_all(struct sql *sql, sqlite3_stmt *statement, struct arena *arena, struct db_rows *rows,
			 const char *text)
{
	size_t room = 0;

	for (;;) {
		int code = sqlite3_step(statement);
		if (code == SQLITE_DONE)
			return OK;
		if (code != SQLITE_ROW)
			return complain(sql, text);
		enum err err = rows ? add_row(statement, arena, rows, &room) : OK;
		if (err)
			return err;
	}
}

enum err sql_run(struct sql *sql, struct arena *arena, struct db_rows *rows, int64_t *changed, const char *text,
		 size_t n, const struct db_arg *args)
{
	sqlite3_stmt *statement = NULL;
	enum err err = statement_for(sql, text, &statement);

	if (err)
		return err;
	err = bind(sql, statement, text, n, args);
	if (!err)
		err = step_all(sql, statement, arena, rows, text);
	*changed = sqlite3_changes64(sql->handle);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return err;
}

enum err sql_begin(struct sql *sql, bool writes)
{
	return plain(sql, writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

enum err sql_commit(struct sql *sql)
{
	return plain(sql, "COMMIT");
}

void sql_rollback(struct sql *sql)
{
	/* Some errors have rolled back already. */
	if (!sqlite3_get_autocommit(sql->handle))
		(void)!plain(sql, "ROLLBACK");
}

enum err sql_scrub(struct sql *sql)
{
	return plain(sql, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static int first_complaint(void *out, int n, char **values, char **names)
{
	(void)names;
	if (n > 0 && values[0] && strcmp(values[0], "ok") != 0)
		fault_set(out, ERR_STORE, "database", "%.200s", values[0]);
	return 0;
}

enum err sql_check(struct sql *sql, struct fault *fault)
{
	struct fault found = { .err = OK }, broken = { .err = OK };

	sqlite3_exec(sql->handle, "PRAGMA integrity_check(1)", first_complaint, &found, NULL);
	sqlite3_exec(sql->handle, "PRAGMA foreign_key_check", first_complaint, &broken, NULL);
	if (!found.err && broken.err)
		fault_set(&found, ERR_STORE, "database", "a row of %.100s refers to one that is not there",
			  broken.text);
	if (found.err && fault)
		*fault = found;
	return found.err;
}
