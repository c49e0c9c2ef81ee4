/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people and calendars do to the store: sign-ups and their seats, log in, subscriptions. */
#include "central_fixture.h"

static void seats_are_taken_once_and_given_back(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_row row;
	struct signups list;
	struct signup mine;
	char secret[ID_SIZE], again[ID_SIZE], token[4][ID_SIZE];
	bool first;
	int64_t taken;

	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	for (int i = 0; i < 4; i++)
		id_new(token[i]);
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token[0]);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
	assert_true(first);
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	assert_false(first);
	assert_string_equal(secret, again);
	DO(store_taken(f->db, &order.item, order.original, &taken));
	assert_int_equal(taken, 1);
	order.form_token = token[1];
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	order.form_token = token[2];
	assert_int_equal(store_signup_add(f->db, NOW, &order, again, &first), ERR_CONFLICT);
	order.original = "2026-12-01T11:00";
	DO(store_signup_add(f->db, NOW, &order, again, &first));

	DO(store_signups(f->db, &f->arena, f->editor, "solbakken", ITEM_ACTIVITY, "a1", "2026-11-24T11:00", &list));
	assert_int_equal(list.n, 2);
	DO(store_signup_answered(f->db, f->editor, "solbakken", list.v[0].id, true));
	DO(store_signup_told(f->db, f->editor, "solbakken", list.v[0].id, true));
	assert_int_equal(store_signup_told(f->db, f->other, "solbakken", list.v[0].id, true), ERR_NOT_FOUND);
	assert_int_equal(store_signup_remove(f->db, f->other, "solbakken", list.v[0].id), ERR_NOT_FOUND);

	DO(store_signup_change(f->db, NOW, secret, "Kari P.", "kari@example.no"));
	DO(store_signup_by_secret(f->db, &f->arena, secret, &mine));
	assert_string_equal(mine.contact, "kari@example.no");
	DO(store_signup_withdraw(f->db, NOW, secret));
	DO(store_signup_withdraw(f->db, NOW, secret));
	DO(store_signup_by_secret(f->db, &f->arena, secret, &mine));
	assert_int_equal(mine.state, SIGNUP_WITHDRAWN);
	assert_null(mine.name);
	assert_null(mine.contact);
	order.original = "2026-11-24T11:00";
	DO(store_taken(f->db, &order.item, order.original, &taken));
	assert_int_equal(taken, 1);
	order.form_token = token[3];
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	DO(store_signups_centre(f->db, &f->arena, f->editor, "solbakken", 10, &list));
	assert_int_equal(list.n, 4);

	int64_t deleted = 0;
	DO(store_signups_expire(f->db, NOW + 999, &deleted));
	assert_int_equal(deleted, 0);
	DO(store_signups_expire(f->db, NOW + 1000, &deleted));
	assert_int_equal(deleted, 4);
}

static void nobody_signs_up_for_what_is_cancelled(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_row row;
	struct override cancel = { .original = in.start, .status = STATUS_CANCELLED, .reason = TEXT("Sykdom") };
	char secret[ID_SIZE], token[ID_SIZE];
	bool first;

	id_new(token);
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	DO(store_override_set(f->db, f->editor, "solbakken", "a1", &cancel));
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token);
	assert_int_equal(store_signup_add(f->db, NOW, &order, secret, &first), ERR_NOT_FOUND);
	DO(store_override_clear(f->db, f->editor, "solbakken", "a1", in.start));
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
}

static void a_new_time_of_day_takes_single_occurrences_along(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct override cancel = { .original = in.start, .status = STATUS_CANCELLED };
	struct activity_row row;
	struct signups list;
	char secret[ID_SIZE], token[ID_SIZE];
	bool first;

	id_new(token);
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	struct signup_order order = order_of(&row, "2026-12-01T11:00", token);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
	DO(store_override_set(f->db, f->editor, "solbakken", "a1", &cancel));
	in.start.hour = 13;
	in.start.minute = 30;
	DO(store_activity_change(f->db, f->editor, "solbakken", 1, &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	assert_int_equal(row.item.overrides.n, 1);
	assert_int_equal(row.item.overrides.v[0].original.hour, 13);
	assert_int_equal(row.item.overrides.v[0].original.minute, 30);
	DO(store_signups(f->db, &f->arena, f->editor, "solbakken", ITEM_ACTIVITY, "a1", "2026-12-01T13:30", &list));
	assert_int_equal(list.n, 1);
}

static void sessions_begin_and_end(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE], second[ID_SIZE], hash[HASH_SIZE];
	struct user user;
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_find(f->db, &f->arena, NOW + 10, token, &user, hash));
	assert_string_equal(user.name, "randi");
	assert_int_equal(user.role, USER_EDITOR);
	assert_int_equal(user.n_centres, 1);
	assert_string_equal(user.centres[0], "solbakken");
	assert_int_equal(session_find(f->db, &f->arena, NOW + SESSION_IDLE, token, &user, hash), ERR_NOT_FOUND);
	for (int64_t at = NOW; at < NOW + SESSION_AGE; at += SESSION_IDLE / 2)
		DO(session_find(f->db, &f->arena, at, token, &user, hash));
	assert_int_equal(session_find(f->db, &f->arena, NOW + SESSION_AGE, token, &user, hash), ERR_NOT_FOUND);
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", second, &wait));
	DO(session_find(f->db, &f->arena, NOW, token, &user, hash));
	assert_int_equal(session_password(f->db, f->editor, hash, "feil passord her", "et nytt langt passord"),
			 ERR_REFUSED);
	DO(session_password(f->db, f->editor, hash, "et langt passord", "et nytt langt passord"));
	DO(session_find(f->db, &f->arena, NOW, token, &user, hash));
	char other[HASH_SIZE];
	assert_int_equal(session_find(f->db, &f->arena, NOW, second, &user, other), ERR_NOT_FOUND);
	DO(user_language(f->db, f->editor, "en"));
	DO(session_end(f->db, NOW, hash));
	assert_int_equal(session_find(f->db, &f->arena, NOW, token, &user, hash), ERR_NOT_FOUND);
	DO(session_sweep(f->db, NOW + SESSION_AGE));
	DO(user_remove(f->db, NOW, "randi"));
	assert_int_equal(user_remove(f->db, NOW, "randi"), ERR_NOT_FOUND);
	assert_int_equal(user_remove(f->db, NOW, "system"), ERR_NOT_FOUND);
}

static void guessing_gets_slow_but_locks_nobody_out(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE];
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	for (int i = 0; i < SLOW_FREE; i++)
		assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait),
				 ERR_REFUSED);
	assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait), ERR_REFUSED);
	assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait), ERR_LIMIT);
	assert_int_equal(wait, 2);
	/* From the same address another name is slow too, and from another address the same name. */
	assert_int_equal(session_login(f->db, NOW, "knut", "et langt passord", "198.51.100.7", token, &wait),
			 ERR_LIMIT);
	assert_int_equal(session_login(f->db, NOW, "randi", "et langt passord", "203.0.113.9", token, &wait),
			 ERR_LIMIT);
	/* But where she logged in before she still can. */
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_login(f->db, NOW + 2, "knut", "et langt passord", "198.51.100.7", token, &wait));
	for (int i = 0; i < 3; i++)
		(void)!session_login(f->db, NOW + 100 * i, "ingen", "feil passord", "198.51.100.8", token, &wait);
}

static void a_subscription_changes_only_what_changed(void **state)
{
	struct fixture *f = *state;
	struct calendar calendar = {
		.id = "cal1", .centre = "solbakken", .address = "https://example.no/a.ics", .name = "Kor", .lang = "nb"
	};
	struct activity v[] = { song("u1"), song("u2") };
	struct ics_skip skip = { .reason = SKIP_PRIVATE, .line = 7, .title = "Møte", .detail = "" };
	struct ics_calendar came = { .n_activities = 2, .activities = v, .n_skipped = 1, .skipped = &skip };
	struct calendar_outcome outcome;
	struct calendar_skips skips;
	struct calendar back;
	struct calendars due;
	struct activity_row row;
	struct override cancel = { .original = v[0].start, .status = STATUS_CANCELLED };

	DO(store_calendar_add(f->db, f->editor, "solbakken", &calendar));
	DO(store_calendars_due(f->db, &f->arena, NOW, &due));
	assert_int_equal(due.n, 1);
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"1\"", &outcome));
	assert_int_equal(outcome.n_new, 2);
	DO(store_calendars_due(f->db, &f->arena, NOW, &due));
	assert_int_equal(due.n, 0);
	DO(store_override_set(f->db, f->editor, "solbakken", "u1", &cancel));
	assert_int_equal(store_activity_change(f->db, f->editor, "solbakken", 1, &v[0]), ERR_REFUSED);

	int64_t version = version_of(f, "solbakken");
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"1\"", &outcome));
	assert_int_equal(outcome.n_kept, 2);
	assert_int_equal(version_of(f, "solbakken"), version);

	v[0].name = TEXT("Korøvelse");
	came.n_activities = 1;
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"2\"", &outcome));
	assert_int_equal(outcome.n_changed, 1);
	assert_int_equal(outcome.n_gone, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_string_equal(row.item.name.v[0].s, "Korøvelse");
	assert_int_equal(row.item.overrides.n, 1);
	assert_string_equal(row.stored.calendar, "cal1");
	DO(store_calendar(f->db, &f->arena, f->editor, "solbakken", "cal1", &back, &skips));
	assert_int_equal(skips.n, 1);
	assert_int_equal(skips.v[0].line, 7);
	assert_int_equal(back.activities, 1);
	assert_int_equal(store_calendar(f->db, &f->arena, f->other, "solbakken", "cal1", &back, NULL), ERR_NOT_FOUND);
	DO(store_calendar_result(f->db, NOW, "cal1", "no answer"));
	DO(store_calendar_hurry(f->db, f->editor, "solbakken", "cal1"));
	DO(store_calendar(f->db, &f->arena, f->editor, "solbakken", "cal1", &back, NULL));
	assert_string_equal(back.last_fault, "no answer");
	DO(store_calendar_remove(f->db, f->editor, "solbakken", "cal1", back.revision));
	assert_int_equal(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row), ERR_NOT_FOUND);
}

static void a_file_is_copied_once(void **state)
{
	struct fixture *f = *state;
	struct calendar file = { .id = "cal2", .centre = "solbakken", .name = "fil.ics", .lang = "nb" };
	struct activity v[] = { song("u1") };
	struct ics_calendar came = { .n_activities = 1, .activities = v };
	struct calendar_outcome outcome;
	struct activity_row row;

	DO(store_calendar_came(f->db, &f->arena, f->editor, &file, &came, NULL, &outcome));
	assert_int_equal(outcome.n_new, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_null(row.stored.calendar);
	v[0].name = TEXT("Endret av oss");
	DO(store_activity_change(f->db, f->editor, "solbakken", row.stored.revision, &v[0]));
	file.id = "cal3";
	DO(store_calendar_came(f->db, &f->arena, f->editor, &file, &came, NULL, &outcome));
	assert_int_equal(outcome.n_kept, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_string_equal(row.item.name.v[0].s, "Endret av oss");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(seats_are_taken_once_and_given_back),
		CASE(nobody_signs_up_for_what_is_cancelled),
		CASE(a_new_time_of_day_takes_single_occurrences_along),
		CASE(sessions_begin_and_end),
		CASE(guessing_gets_slow_but_locks_nobody_out),
		CASE(a_subscription_changes_only_what_changed),
		CASE(a_file_is_copied_once),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, drop_template);
}
