/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visitors: names of occurrences, the brake on guessing, and what is kept for how long, with a clock that is moved. */
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
#include "central/public_occurrence.h"
#include "central/retention.h"
#include "central/store_guesses.h"
#include "central/store_items.h"
#include "central/store_occurrences.h"
#include "central/store_retention.h"
#include "core/zone.h"

enum { NOW = 1795510800 /* 2026-11-24T09:00Z, a Tuesday */, DAY = 24 * 3600 };

/* Statements that a test expects to work. */
#define DO(call) assert_int_equal(call, OK)

struct fixture {
	struct db *db;
	struct arena arena;
	char file[300];
	struct actor system;
	int signups;
};

static const struct text solbakken = { "nb", "Solbakken" }, allsang = { "nb", "Allsang" },
			 turvenn = { "nb", "Turvenn" }, torsdager = { "nb", "Torsdager" };
static const char *const nb[] = { "nb" };

static const struct activity song = { .id = "song",
				      .code = "",
				      .number = "",
				      .name = { 1, &allsang },
				      .kind = KIND_SONG,
				      .start = { 2026, 11, 24, 11, 0, 0, false },
				      .duration = { 0, 3600 },
				      .rrule = "FREQ=WEEKLY;BYDAY=TU",
				      .signup = true };
static const struct contact randi = { .id = "randi", .name = "Randi Eksempel", .phone = "00 00 12 34" };

static struct need walk(const char *id)
{
	return (struct need){ .id = id,
			      .code = "",
			      .number = "",
			      .name = { 1, &turvenn },
			      .when = { 1, &torsdager },
			      .seats = 5,
			      .contact = "randi" };
}

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	const char *dir = getenv("TMPDIR");
	const struct centre centre = {
		.id = "solbakken", .name = { 1, &solbakken }, .zone = "Europe/Oslo", .n_languages = 1, .languages = nb
	};
	struct fault fault = { 0 };
	char address[320];

	assert_non_null(f);
	DO(secret_init());
	snprintf(f->file, sizeof f->file, "%s/public.%d.db", dir ? dir : "/tmp", getpid());
	snprintf(address, sizeof address, "sqlite:%s", f->file);
	unlink(f->file);
	arena_init(&f->arena, LIMIT_FEED_ARENA);
	DO(db_open(address, &f->db, &fault));
	DO(db_migrate(f->db, &fault));
	f->system = SYSTEM_ACTOR(NOW);
	DO(store_centre_add(f->db, f->system, &centre));
	DO(store_contact_add(f->db, f->system, "solbakken", &randi));
	DO(store_activity_add(f->db, f->system, "solbakken", &song));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	static const char *const sides[] = { "", "-wal", "-shm" };
	char path[320];

	db_close(f->db);
	arena_free(&f->arena);
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		snprintf(path, sizeof path, "%s%s", f->file, sides[i]);
		unlink(path);
	}
	mem_free(f);
	return 0;
}

/* ---- names -------------------------------------------------------------- */

static void an_occurrence_has_a_name(void **state)
{
	static const struct {
		const char *name, *means; /* NULL: no name */
	} cases[] = {
		{ "20261124T1100", "2026-11-24T11:00" },
		{ "20261124t1100", "2026-11-24T11:00" },
		{ "20261124T110030", "2026-11-24T11:00:30" },
		{ "20261124", "2026-11-24" },
		{ "20261124T11", NULL },
		{ "20261324T1100", NULL },
		{ "2026-11-24", NULL },
		{ "20261124X1100", NULL },
		{ "", NULL },
	};
	struct civil when;
	char back[CIVIL_SIZE], name[CIVIL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(occurrence_name_parse(cases[i].name, &when), cases[i].means != NULL);
		if (!cases[i].means)
			continue;
		civil_print(when, back);
		assert_string_equal(back, cases[i].means);
		occurrence_name_print(back, name);
		assert_int_equal(strcasecmp(name, cases[i].name), 0);
	}
}

static void an_occurrence_is_found_where_it_was_moved_to(void **state)
{
	struct fixture *f = *state;
	struct activity activity = song;
	const struct override far = { .original = { 2026, 12, 1, 11, 0, 0, false },
				      .has_start = true,
				      .start = { 2027, 2, 3, 13, 0, 0, false } };
	struct occurrence found;
	struct civil wrong = { 2026, 12, 1, 12, 0, 0, false }, date = { 2026, 12, 1, .date_only = true };

	activity.overrides = (struct overrides){ 1, &far };
	DO(occurrence_find(&activity, "Europe/Oslo", far.original, &f->arena, &found));
	assert_int_equal(found.status, OCCURRENCE_MOVED);
	assert_int_equal(found.start.month, 2);
	assert_int_equal(occurrence_find(&activity, "Europe/Oslo", wrong, &f->arena, &found), ERR_NOT_FOUND);
	assert_int_equal(occurrence_find(&activity, "Europe/Oslo", date, &f->arena, &found), ERR_NOT_FOUND);
}

/* ---- guessing ----------------------------------------------------------- */

static enum err guess(struct fixture *f, int64_t now, const char *address, const char *number, int64_t *wait_s)
{
	struct item_ref ref;

	return store_guess(f->db, &f->arena, now, address, number, &ref, wait_s);
}

static void guessing_is_slowed_for_one_address_only(void **state)
{
	struct fixture *f = *state;
	struct activity_row row;
	int64_t wait_s, now = NOW;

	DO(store_activity(f->db, &f->arena, f->system, "solbakken", "song", &row));
	const char *right = row.item.number, *wrong = strcmp(right, "000000") == 0 ? "000001" : "000000";
	for (int i = 0; i <= GUESS_FREE; i++)
		assert_int_equal(guess(f, now, "192.0.2.1", wrong, &wait_s), ERR_NOT_FOUND);
	assert_int_equal(guess(f, now, "192.0.2.1", wrong, &wait_s), ERR_LIMIT);
	assert_int_equal(wait_s, 2);
	assert_int_equal(guess(f, now, "192.0.2.1", right, &wait_s), ERR_LIMIT);
	DO(guess(f, now, "192.0.2.2", right, &wait_s));
	/* never for longer than GUESS_PAUSE_MAX, however often */
	for (int i = 0; i < 20; i++) {
		now += GUESS_PAUSE_MAX;
		assert_int_equal(guess(f, now, "192.0.2.1", wrong, &wait_s), ERR_NOT_FOUND);
	}
	DO(guess(f, now + GUESS_PAUSE_MAX, "192.0.2.1", right, &wait_s));
	/* an hour without a wrong one forgets */
	assert_int_equal(guess(f, now + 3601, "192.0.2.1", wrong, &wait_s), ERR_NOT_FOUND);
	DO(guess(f, now + 3601, "192.0.2.1", right, &wait_s));
}

static void a_household_is_one_place_in_ipv6(void **state)
{
	struct fixture *f = *state;
	int64_t wait_s;
	char address[40];

	for (int i = 0; i <= GUESS_FREE; i++) {
		snprintf(address, sizeof address, "2001:db8:1:2::%x", (unsigned)i + 1);
		assert_int_equal(guess(f, NOW, address, "000000", &wait_s), ERR_NOT_FOUND);
	}
	assert_int_equal(guess(f, NOW, "2001:db8:1:2::ffff", "000000", &wait_s), ERR_LIMIT);
	assert_int_equal(guess(f, NOW, "2001:db8:1:3::1", "000000", &wait_s), ERR_NOT_FOUND);
}

/* ---- what is kept for how long ------------------------------------------ */

static struct item_ref ref_of(struct fixture *f, enum item_kind kind, const char *id)
{
	struct activity_row a;
	struct need_row n;
	const char *code;

	if (kind == ITEM_ACTIVITY) {
		DO(store_activity(f->db, &f->arena, f->system, "solbakken", id, &a));
		code = a.item.code;
	} else {
		DO(store_need(f->db, &f->arena, f->system, "solbakken", id, &n));
		code = n.item.code;
	}
	struct item_ref ref;
	DO(store_by_code(f->db, &f->arena, code, &ref));
	return ref;
}

/* SECRET has ID_SIZE bytes. */
static void sign_up(struct fixture *f, int64_t now, enum item_kind kind, const char *id, const char *original,
		    char *secret)
{
	char token[ID_SIZE];
	bool first;
	const struct signup_order order = { .item = ref_of(f, kind, id),
					    .original = original,
					    .name = "Kari Prøve",
					    .contact = "00001256",
					    .lang = "nb",
					    .consent_version = 1,
					    .delete_after = now + RETENTION_ASK,
					    .form_token = token };

	id_new(token);
	DO(store_signup_add(f->db, now, &order, secret, &first));
}

static bool is_kept(struct fixture *f, const char *secret)
{
	struct signup signup;
	enum err err = store_signup_by_secret(f->db, &f->arena, secret, &signup);

	assert_true(err == OK || err == ERR_NOT_FOUND);
	return err == OK;
}

static int64_t utc(const char *wall)
{
	struct civil when;
	int64_t at;

	assert_true(civil_parse(wall, &when));
	DO(zone_to_utc("Europe/Oslo", when, &at));
	return at;
}

/* Runs the job just before AT and at it: SECRET is there the first time, and gone the second. */
static void goes_at(struct fixture *f, const char *secret, int64_t at)
{
	int64_t n;

	DO(retention_run(f->db, at - 1, &n));
	assert_true(is_kept(f, secret));
	DO(retention_run(f->db, at, &n));
	assert_false(is_kept(f, secret));
	assert_int_equal(n, 1);
}

static void thirty_days_after_the_occurrence(void **state)
{
	struct fixture *f = *state;
	char secret[ID_SIZE];

	sign_up(f, NOW, ITEM_ACTIVITY, "song", "2026-12-01T11:00", secret);
	goes_at(f, secret, utc("2026-12-01T12:00") + 30 * DAY);
}

static void the_day_follows_when_it_is_moved(void **state)
{
	struct fixture *f = *state;
	const struct override moved = { .original = { 2026, 12, 1, 11, 0, 0, false },
					.has_start = true,
					.start = { 2027, 2, 3, 13, 0, 0, false } };
	char secret[ID_SIZE];

	sign_up(f, NOW, ITEM_ACTIVITY, "song", "2026-12-01T11:00", secret);
	DO(store_override_set(f->db, f->system, "solbakken", "song", &moved));
	goes_at(f, secret, utc("2027-02-03T14:00") + 30 * DAY);
}

static void thirty_days_after_the_last_time_of_a_need(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *id, *start, *rrule, *until, *ends;
	} cases[] = {
		{ "once", "2026-12-03T13:00", NULL, NULL, "2026-12-03T14:00" },
		{ "series", "2026-12-03T13:00", "FREQ=WEEKLY;COUNT=3", NULL, "2026-12-17T14:00" },
		{ "both", "2026-12-03T13:00", "FREQ=WEEKLY", "2026-12-20", "2026-12-21" },
		{ "shown", NULL, NULL, "2026-12-31", "2027-01-01" },
	};
	char secret[ID_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct need need = walk(cases[i].id);
		need.has_start = need.has_duration = cases[i].start != NULL;
		need.has_until = cases[i].until != NULL;
		need.rrule = cases[i].rrule;
		need.duration = (struct duration){ 0, 3600 };
		if (need.has_start)
			assert_true(civil_parse(cases[i].start, &need.start));
		if (need.has_until)
			assert_true(civil_parse(cases[i].until, &need.until));
		DO(store_need_add(f->db, f->system, "solbakken", &need));
		sign_up(f, NOW, ITEM_NEED, need.id, NULL, secret);
		goes_at(f, secret, utc(cases[i].ends) + 30 * DAY);
	}
}

static void open_ended_ones_are_asked_every_year(void **state)
{
	struct fixture *f = *state;
	struct need need = walk("friend");
	char stays[ID_SIZE], silent[ID_SIZE];
	int64_t n;

	DO(store_need_add(f->db, f->system, "solbakken", &need));
	sign_up(f, NOW, ITEM_NEED, "friend", NULL, stays);
	sign_up(f, NOW, ITEM_NEED, "friend", NULL, silent);
	DO(store_signup_stays(f->db, NOW + 340 * DAY, stays, NOW + 340 * DAY + RETENTION_ASK));
	goes_at(f, silent, NOW + 365 * DAY);
	assert_true(is_kept(f, stays));
	goes_at(f, stays, NOW + (340 + 365) * DAY);
	/* and when staff say that it ends, thirty days after that */
	sign_up(f, NOW, ITEM_NEED, "friend", NULL, stays);
	struct need_row row;
	DO(store_need(f->db, &f->arena, f->system, "solbakken", "friend", &row));
	need.has_until = true;
	need.until = (struct civil){ 2026, 12, 31, .date_only = true };
	DO(store_need_change(f->db, f->system, "solbakken", row.stored.revision, &need));
	DO(retention_run(f->db, NOW, &n));
	assert_int_equal(n, 0);
	goes_at(f, stays, utc("2027-01-01") + 30 * DAY);
}

static void a_withdrawal_erases_at_once(void **state)
{
	struct fixture *f = *state;
	struct signup signup;
	char secret[ID_SIZE];

	sign_up(f, NOW, ITEM_ACTIVITY, "song", "2026-12-01T11:00", secret);
	DO(store_signup_withdraw(f->db, NOW + 1, secret));
	DO(store_signup_by_secret(f->db, &f->arena, secret, &signup));
	assert_null(signup.name);
	assert_null(signup.contact);
	assert_int_equal(store_signup_stays(f->db, NOW + 2, secret, NOW + RETENTION_ASK), ERR_NOT_FOUND);
}

/* A rule that no longer has the day keeps the date that was promised. */
static void what_cannot_be_worked_out_keeps_its_day(void **state)
{
	struct fixture *f = *state;
	char secret[ID_SIZE];

	sign_up(f, NOW, ITEM_ACTIVITY, "song", "2026-12-02T11:00", secret);
	goes_at(f, secret, NOW + RETENTION_ASK);
}

static void a_notice_goes_a_month_after_its_last_day(void **state)
{
	struct fixture *f = *state;
	const struct text words = { "nb", "Nytt oppslag" };
	const struct civil today = { 2026, 11, 24, 0, 0, 0, true };
	struct notice_rows rows;
	int64_t n;

	for (int i = 0; i < 2; i++) {
		struct notice notice = { .id = i ? "for-ever" : "a-day", .name = { 1, &words }, .from = today };
		notice.has_until = i == 0;
		notice.until = today;
		DO(store_notice_add(f->db, f->system, "solbakken", &notice));
	}
	DO(retention_notices(f->db, NOW + (int64_t)30 * DAY, &n));
	assert_int_equal(n, 0);
	DO(retention_notices(f->db, NOW + (int64_t)31 * DAY, &n));
	assert_int_equal(n, 1);
	DO(store_notices(f->db, &f->arena, f->system, "solbakken", &rows));
	assert_int_equal(rows.n, 1);
	assert_string_equal(rows.v[0].item.id, "for-ever");
}

int main(void)
{
#define STORED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_occurrence_has_a_name),
		STORED(an_occurrence_is_found_where_it_was_moved_to),
		STORED(guessing_is_slowed_for_one_address_only),
		STORED(a_household_is_one_place_in_ipv6),
		STORED(thirty_days_after_the_occurrence),
		STORED(the_day_follows_when_it_is_moved),
		STORED(thirty_days_after_the_last_time_of_a_need),
		STORED(open_ended_ones_are_asked_every_year),
		STORED(a_withdrawal_erases_at_once),
		STORED(what_cannot_be_worked_out_keeps_its_day),
		STORED(a_notice_goes_a_month_after_its_last_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
