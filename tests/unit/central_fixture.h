/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with two centres and an editor for each, for test_central_*.c. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/db.h"
#include "central/session.h"
#include "central/store_calendars.h"
#include "central/store_items.h"
#include "central/store_occurrences.h"
#include "central/store_signups.h"

enum { NOW = 1795510800 /* 2026-11-24T09:00Z */ };

struct fixture {
	struct db *db;
	struct arena arena;
	char file[300];
	struct actor system, editor, other;
};

/* One text in Norwegian; it lives as long as the test program. */
static inline struct texts text_nb(struct text *place, const char *s)
{
	*place = (struct text){ "nb", s };
	return (struct texts){ 1, place };
}
static struct text places[20];
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

static inline struct contact person(const char *id)
{
	return (struct contact){ .id = id, .name = "Randi Eksempel", .phone = "00 00 12 34" };
}

static inline struct need walk(const char *id, const char *contact)
{
	return (struct need){ .id = id,
			      .code = "",
			      .number = "",
			      .name = TEXT("Turvenn"),
			      .when = TEXT("Torsdager"),
			      .seats = 1,
			      .contact = contact };
}

/* Statements that a test expects to work. */
#define DO(call) assert_int_equal(call, OK)

static inline const char *editor_of(struct fixture *f, const char *name, const char *centre)
{
	struct fault fault = { 0 };
	struct users users;

	DO(user_add(f->db, NOW, name, USER_EDITOR, 1, &centre, "et langt passord", NULL, &fault));
	DO(user_list(f->db, &f->arena, &users));
	for (size_t i = 0; i < users.n; i++)
		if (strcmp(users.v[i].name, name) == 0)
			return users.v[i].id;
	return NULL;
}

static inline int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	const char *dir = getenv("TMPDIR");
	struct centre a = plain_centre("solbakken"), b = plain_centre("nordlia");
	struct fault fault = { 0 };
	char address[320];

	assert_non_null(f);
	DO(secret_init());
	snprintf(f->file, sizeof f->file, "%s/store.%d.db", dir ? dir : "/tmp", getpid());
	snprintf(address, sizeof address, "sqlite:%s", f->file);
	unlink(f->file);
	arena_init(&f->arena, LIMIT_FEED_ARENA);
	DO(db_open(address, &f->db, &fault));
	DO(db_migrate(f->db, &fault));
	DO(db_migrate(f->db, &fault));
	f->system = SYSTEM_ACTOR(NOW);
	DO(store_centre_add(f->db, f->system, &a));
	DO(store_centre_add(f->db, f->system, &b));
	f->editor = (struct actor){ editor_of(f, "randi", "solbakken"), NOW };
	f->other = (struct actor){ editor_of(f, "knut", "nordlia"), NOW };
	*state = f;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;
	char side[320];

	db_close(f->db);
	arena_free(&f->arena);
	unlink(f->file);
	snprintf(side, sizeof side, "%s-wal", f->file);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", f->file);
	unlink(side);
	mem_free(f);
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
