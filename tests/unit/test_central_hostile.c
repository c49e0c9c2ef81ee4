/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store stands: full lists, broken rows, full disks, guessing from a whole network; and what it forgets. */
#include "central_fixture.h"

#include "central/publisher.h"
#include "central/retention.h"
#include "io/address.h"

static const char who[] = "Kari Prøve";

static void sign_up(struct fixture *f, const char *activity, const char *token, char *secret)
{
	struct activity in = song(activity);
	struct activity_row row;
	bool first;

	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", activity, &row));
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
}

static void feed_is_sound(struct fixture *f)
{
	struct fault fault = { 0 };
	struct buf out;
	int64_t version, tick;

	buf_init(&out, LIMIT_FEED_BYTES);
	enum err err = feed_build(f->db, "https://oppslag.example.no", "solbakken", NOW, &out, &version, &tick, &fault);
	buf_free(&out);
	if (err)
		fail_msg("%s: %s", fault.place, fault.text);
}

/* One notice more than the feed may have would take every update from every screen. */
static void a_full_list_takes_no_more(void **state)
{
	struct fixture *f = *state;
	struct notice notice = { .id = "last", .name = TEXT("Heisen står"), .from = { 2026, 11, 24, 8, 0, 0, false } };
	char id[20];

	for (int i = 0; i < LIMIT_NOTICES; i++) {
		struct notice one = notice;
		snprintf(id, sizeof id, "n%d", i);
		one.id = id;
		DO(store_notice_add(f->db, f->editor, "solbakken", &one));
	}
	assert_int_equal(store_notice_add(f->db, f->editor, "solbakken", &notice), ERR_LIMIT);
	feed_is_sound(f);
	DO(store_notice_remove(f->db, f->editor, "solbakken", "n0", 1));
	DO(store_notice_add(f->db, f->editor, "solbakken", &notice));
	DO(store_notice_add(f->db, f->editor, "solbakken", &notice));
	feed_is_sound(f);
}

static bool stands_in(const char *file, const char *s)
{
	struct buf bytes;

	buf_init(&bytes, 64 << 20);
	if (file_read(file, &bytes, NULL))
		buf_reset(&bytes);
	bool found = bytes.len && memmem(bytes.bytes, bytes.len, s, strlen(s));
	buf_free(&bytes);
	return found;
}

static void who_withdraws_is_gone_from_the_disk(void **state)
{
	struct fixture *f = *state;
	char log[320], token[ID_SIZE], secret[ID_SIZE];

	snprintf(log, sizeof log, "%s-wal", f->file);
	id_new(token);
	sign_up(f, "a1", token, secret);
	assert_true(stands_in(log, who));
	DO(store_signup_withdraw(f->db, NOW, secret));
	assert_true(stands_in(log, who));
	DO(db_scrub(f->db));
	assert_false(stands_in(log, who));
	assert_false(stands_in(f->file, who));
	assert_false(stands_in(f->file, "00001234"));
}

static void nobody_who_reads_the_database_can_make_the_link(void **state)
{
	struct fixture *f = *state;
	char log[320], token[ID_SIZE], secret[ID_SIZE];

	snprintf(log, sizeof log, "%s-wal", f->file);
	id_new(token);
	sign_up(f, "a1", token, secret);
	assert_true(stands_in(log, who));
	assert_false(stands_in(log, token) || stands_in(f->file, token));
	assert_false(stands_in(log, secret) || stands_in(f->file, secret));
}

static void a_broken_row_keeps_no_names_of_others(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE], broken[ID_SIZE], other[ID_SIZE];
	struct signup signup;
	int64_t n;

	id_new(token);
	sign_up(f, "a1", token, broken);
	id_new(token);
	sign_up(f, "b2", token, other);
	DO(db_exec(f->db, NULL, "UPDATE activities SET name = '{' WHERE id = 'a1'"));
	assert_int_equal(retention_run(f->db, NOW + 60 * RETENTION_DAY, &n), ERR_STORE);
	assert_int_equal(n, 2);
	assert_int_equal(store_signup_by_secret(f->db, &f->arena, other, &signup), ERR_NOT_FOUND);
}

static void guesses_from_one_line_count_together(void **state)
{
	static const struct {
		const char *text, *network;
	} cases[] = {
		{ "192.0.2.7", "192.0.2.7" },
		{ "192.0.2.7:4711", "192.0.2.7" },
		{ "::ffff:192.0.2.7", "192.0.2.7" },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
		{ "[2001:db8:1:2:3:4:5:7]:4711", "2001:db8:1:2::" },
		{ "2001:DB8:1:2::9", "2001:db8:1:2::" },
		{ "2001:db8:1:3::9", "2001:db8:1:3::" },
		{ "", "" },
		{ "no address", "no address" },
	};
	struct fixture *f = *state;
	char network[ADDRESS_NETWORK_SIZE], name[20], address[40], token[ID_SIZE];
	int64_t wait;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		address_network(cases[i].text, network);
		assert_string_equal(network, cases[i].network);
	}
	for (int i = 0; i < 7; i++) {
		snprintf(name, sizeof name, "navn%d", i);
		snprintf(address, sizeof address, "2001:db8::%d", i);
		assert_int_equal(session_login(f->db, NOW, name, "feil passord", address, token, &wait),
				 i < 6 ? ERR_REFUSED : ERR_LIMIT);
	}
	assert_int_equal(session_login(f->db, NOW, "ny", "feil passord", "2001:db8:0:1::1", token, &wait), ERR_REFUSED);
}

static void who_is_logged_in_can_read_when_nothing_can_be_written(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE], hash[HASH_SIZE];
	struct user user;
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(db_exec(f->db, NULL, "PRAGMA query_only = ON"));
	DO(session_find(f->db, &f->arena, NOW + 600, token, &user, hash));
	assert_string_equal(user.name, "randi");
	DO(db_exec(f->db, NULL, "PRAGMA query_only = OFF"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_full_list_takes_no_more),
		CASE(who_withdraws_is_gone_from_the_disk),
		CASE(nobody_who_reads_the_database_can_make_the_link),
		CASE(a_broken_row_keeps_no_names_of_others),
		CASE(guesses_from_one_line_count_together),
		CASE(who_is_logged_in_can_read_when_nothing_can_be_written),
	};
	return cmocka_run_group_tests(tests, NULL, drop_template);
}
