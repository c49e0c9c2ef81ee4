/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with two centres and an editor for each, for test_central_*.c. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/session.h"
#include "central/store_calendars.h"
#include "central/store_items.h"
#include "central/store_occurrences.h"
#include "central/store_signups.h"
#include "io/file.h"

enum { NOW = 1795510800 /* 2026-11-24T09:00Z */ };

struct fixture {
	struct db *db;
	struct arena arena;
	char file[300];
	struct actor system, editor, other;
};

static inline struct texts text_nb(struct text *place, const char *s)
{
	*place = (struct text){ "nb", s };
	return (struct texts){ 1, place };
}
static struct text places[60];
#define TEXT(string) text_nb(&places[__COUNTER__], string)

static const char *const nb[] = { "nb", "en" };

static inline struct centre plain_centre(const char *id)
{
	return (struct centre){
		.id = id, .name = TEXT("Solbakken"), .zone = "Europe/Oslo", .n_languages = 2, .languages = nb
	};
}

static inline struct activity song(const char *id)
{
	return (struct activity){ .id = id,
				  .code = "",
				  .number = "",
				  .name = TEXT("Allsang"),
				  .kind = KIND_SONG,
				  .start = { 2026, 11, 24, 11, 0, 0, false },
				  .duration = { 0, 3600 },
				  .rrule = "FREQ=WEEKLY;BYDAY=TU",
				  .signup = true,
				  .has_seats = true,
				  .seats = 2 };
}

/* Statements that a test expects to work. */
#define DO(call) assert_int_equal(call, OK)

static inline void path_of(char *out, size_t size, const char *name)
{
	const char *dir = getenv("TMPDIR");

	snprintf(out, size, "%s/%s.%d.db", dir ? dir : "/tmp", name, getpid());
}

static inline enum err open_at(const char *file, struct db **out)
{
	char address[320];

	snprintf(address, sizeof address, "sqlite:%s", file);
	enum err err = db_open(address, out, NULL);
	return err ? err : db_migrate(*out, NULL);
}

static inline enum err fill(struct db *db)
{
	static const char *const ids[] = { "solbakken", "nordlia" }, *const names[] = { "randi", "knut" };
	enum err err = OK;

	for (int i = 0; i < 2 && !err; i++) {
		struct centre centre = plain_centre(ids[i]);
		err = store_centre_add(db, SYSTEM_ACTOR(NOW), &centre);
		if (!err)
			err = user_add(db, NOW, names[i], USER_EDITOR, 1, &ids[i], "et langt passord", NULL, NULL);
	}
	return err;
}

/* Passwords are dear by design: the users are made once a program, and each test gets a copy of the file. */
static inline enum err copy_template(const char *to)
{
	static bool made;
	struct db *db = NULL;
	struct buf bytes;
	char file[300];
	enum err err = OK;

	path_of(file, sizeof file, "template");
	if (!made) {
		unlink(file);
		err = open_at(file, &db);
		if (!err)
			err = fill(db);
		db_close(db);
	}
	made = !err;
	buf_init(&bytes, 16 << 20);
	if (!err)
		err = file_read(file, &bytes, NULL);
	if (!err)
		err = file_replace(to, bytes.bytes, bytes.len, NULL);
	buf_free(&bytes);
	return err;
}

static inline int drop_template(void **state)
{
	char file[300];

	(void)state;
	path_of(file, sizeof file, "template");
	return unlink(file) && errno != ENOENT;
}

static inline int tear_down(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct fixture *f = *state;
	char file[320];

	db_close(f->db);
	arena_free(&f->arena);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", f->file, ends[i]);
		unlink(file);
	}
	mem_free(f);
	return 0;
}

static inline int set_up(void **state)
{
	struct fixture *f = *state = mem_alloc(sizeof *f);
	struct users users = { 0 };

	if (!f || secret_init())
		return -1;
	path_of(f->file, sizeof f->file, "store");
	arena_init(&f->arena, LIMIT_FEED_ARENA);
	if (copy_template(f->file) || open_at(f->file, &f->db) || user_list(f->db, &f->arena, &users) || users.n != 2)
		return tear_down(state), -1;
	f->system = SYSTEM_ACTOR(NOW);
	f->other = (struct actor){ users.v[0].id, NOW }; /* by name: knut, randi */
	f->editor = (struct actor){ users.v[1].id, NOW };
	return 0;
}

static inline int64_t version_of(struct fixture *f, const char *centre)
{
	struct centre_row row;

	DO(store_centre_public(f->db, &f->arena, centre, &row));
	return row.version;
}

static inline struct signup_order order_of(const struct activity_row *row, const char *original, const char *token)
{
	return (struct signup_order){ .item = { "solbakken", row->item.id, row->item.code, row->item.number,
						ITEM_ACTIVITY },
				      .original = original,
				      .name = "Kari Prøve",
				      .contact = "00001234",
				      .lang = "nb",
				      .consent_version = 1,
				      .delete_after = NOW + 1000,
				      .form_token = token };
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
