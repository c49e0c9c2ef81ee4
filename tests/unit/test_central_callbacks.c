/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call-backs in the store: one for a key however often it comes, who may see
 * them, when they go, and that nothing of a number is left in the file then. */
#include "central_fixture.h"

#include "central/callback_message.h"
#include "central/staff.h"
#include "central/store_admin.h"
#include "central/store_callbacks.h"
#include "central/store_pace.h"
#include "central/store_seal.h"

enum { DAY = 24 * 3600 };
#define KEY_1 "00112233445566778899aabbccddeeff"
#define KEY_2 "ff112233445566778899aabbccddeeff"
/* A number that stands nowhere else in the file. */
#define NUMBER "00774411"

static struct callback_order order(const char *key)
{
	return (struct callback_order){ .centre = "solbakken",
					.key = key,
					.sealed = "not looked at here",
					.phone = NUMBER,
					.lang = "ti",
					.about_kind = ITEM_NEED,
					.about = "turvenn",
					.promised = { 2026, 11, 26, .date_only = true },
					.expires_at = NOW + 33 * DAY };
}

static enum err add(struct fixture *f, int64_t now, const struct callback_order *o, bool *first)
{
	struct civil promised;
	int64_t wait_s;

	return store_callback_add(f->db, &f->arena, now, o, &promised, first, &wait_s);
}

static struct callbacks all_of(struct fixture *f, struct actor actor)
{
	struct callbacks all = { 0 };

	DO(store_callbacks(f->db, &f->arena, actor, "solbakken", &all));
	return all;
}

static bool file_has(const char *file, const char *s)
{
	struct buf bytes;

	buf_init(&bytes, 64 << 20);
	bool found = file_read(file, &bytes, NULL) == OK && bytes.len && memmem(bytes.bytes, bytes.len, s, strlen(s));
	buf_free(&bytes);
	return found;
}

static bool disk_has(struct fixture *f, const char *s)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	bool found = false;

	for (int i = 0; i < 4; i++) {
		char file[320];
		snprintf(file, sizeof file, "%s%s", f->file, ends[i]);
		found |= file_has(file, s);
	}
	return found;
}

static void a_key_gets_one_call_back(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct civil promised = { 0 };
	bool first;
	int64_t wait_s;

	assert_int_equal(store_callback_known(f->db, &f->arena, KEY_1, o.centre, o.sealed, &promised), ERR_NOT_FOUND);
	DO(add(f, NOW, &o, &first));
	assert_true(first);
	/* The second time it is promised what it was promised first. */
	o.promised.day = 30;
	DO(store_callback_add(f->db, &f->arena, NOW + 3 * DAY, &o, &promised, &first, &wait_s));
	assert_false(first);
	assert_int_equal(promised.day, 26);
	DO(store_callback_known(f->db, &f->arena, KEY_1, o.centre, o.sealed, &promised));
	assert_int_equal(promised.day, 26);
	o.sealed = "another body";
	assert_int_equal(add(f, NOW, &o, &first), ERR_DUPLICATE);
	assert_int_equal(store_callback_known(f->db, &f->arena, KEY_1, "nordlia", "not looked at here", &promised),
			 ERR_DUPLICATE);
	assert_int_equal(all_of(f, f->editor).n, 1);
	o = order(KEY_2);
	o.centre = "nowhere";
	assert_int_equal(add(f, NOW, &o, &first), ERR_NOT_FOUND);
}

static void what_was_sent_stands_in_the_list(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	bool first;

	DO(add(f, NOW, &o, &first));
	o = order(KEY_2);
	o.promised.day = 25;
	o.about = NULL;
	o.phone = "+4700001234";
	DO(add(f, NOW + 5, &o, &first));
	struct callbacks all = all_of(f, f->editor);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.v[0].phone, "+4700001234"); /* promised earlier */
	assert_null(all.v[0].about);
	assert_string_equal(all.v[1].phone, NUMBER);
	assert_string_equal(all.v[1].lang, "ti");
	assert_string_equal(all.v[1].about, "turvenn");
	assert_int_equal(all.v[1].about_kind, ITEM_NEED);
	assert_int_equal(all.v[1].created_at, NOW);
	assert_int_equal(all.v[1].promised.day, 26);
	DO(store_callback_done(f->db, f->editor, "solbakken", all.v[0].id, true));
	assert_string_equal(all_of(f, f->editor).v[1].phone, "+4700001234"); /* done: behind those that wait */
	assert_string_equal(all_of(f, f->editor).v[1].done_by, "randi");
}

static void only_the_centres_own_people_see_and_touch_them(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct actor nobody = { .now = NOW };
	const struct civil today = { 2026, 11, 27, .hour = 12 };
	int64_t waiting, late;
	bool first;

	DO(add(f, NOW, &o, &first));
	const char *id = all_of(f, f->editor).v[0].id;
	assert_int_equal(all_of(f, f->other).n, 0);
	assert_int_equal(all_of(f, nobody).n, 0);
	DO(store_callbacks_count(f->db, &f->arena, f->other, "solbakken", today, &waiting, &late));
	assert_int_equal(waiting, 0);
	DO(store_callbacks_count(f->db, &f->arena, f->editor, "solbakken", today, &waiting, &late));
	assert_int_equal(waiting, 1);
	assert_int_equal(late, 1);
	DO(store_callbacks_count(f->db, &f->arena, f->editor, "solbakken", o.promised, &waiting, &late));
	assert_int_equal(late, 0);
	assert_int_equal(store_callback_done(f->db, f->other, "solbakken", id, true), ERR_NOT_FOUND);
	assert_int_equal(store_callback_done(f->db, f->other, "nordlia", id, true), ERR_NOT_FOUND);
	assert_int_equal(store_callback_remove(f->db, f->other, "solbakken", id), ERR_NOT_FOUND);
	assert_int_equal(store_callback_remove(f->db, nobody, "solbakken", id), ERR_NOT_FOUND);
	DO(store_callback_remove(f->db, f->editor, "solbakken", id));
	assert_int_equal(all_of(f, f->editor).n, 0);
}

static void done_is_undone_for_a_day_and_then_gone(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct actor later = { f->editor.user_id, NOW + 3600 };
	int64_t n, missed;
	bool first;

	DO(add(f, NOW, &o, &first));
	const char *id = all_of(f, f->editor).v[0].id;
	DO(store_callback_done(f->db, f->editor, "solbakken", id, true));
	DO(store_callback_done(f->db, later, "solbakken", id, true)); /* a second press: the first one's hour counts */
	assert_int_equal(all_of(f, f->editor).v[0].done_at, NOW);
	DO(store_callback_done(f->db, later, "solbakken", id, false));
	assert_int_equal(all_of(f, f->editor).v[0].done_at, 0);
	DO(store_callbacks_expire(f->db, NOW + 2 * DAY, &n, &missed));
	assert_int_equal(n, 0);
	DO(store_callback_done(f->db, f->editor, "solbakken", id, true));
	DO(store_callbacks_expire(f->db, NOW + DAY - 1, &n, &missed));
	assert_int_equal(n, 0);
	assert_true(disk_has(f, NUMBER));
	DO(store_callbacks_expire(f->db, NOW + DAY, &n, &missed));
	assert_int_equal(n, 1);
	assert_int_equal(missed, 0);
	DO(db_scrub(f->db));
	assert_false(disk_has(f, NUMBER));
	assert_int_equal(store_callback_done(f->db, f->editor, "solbakken", id, false), ERR_NOT_FOUND);
}

static void never_called_it_goes_a_month_late_and_that_is_said(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct audit_lines lines;
	int64_t n, missed;
	bool first;

	DO(add(f, NOW + 1, &o, &first));
	DO(store_callbacks_expire(f->db, o.expires_at - 1, &n, &missed));
	assert_int_equal(n, 0);
	DO(store_callbacks_expire(f->db, o.expires_at, &n, &missed));
	assert_int_equal(n, 1);
	assert_int_equal(missed, 1);
	DO(db_scrub(f->db));
	assert_false(disk_has(f, NUMBER));
	DO(store_audit(f->db, &f->arena, f->editor, "solbakken", 10, &lines));
	assert_string_equal(lines.v[0].action, "callback.expire");
	assert_string_equal(lines.v[1].action, "callback.add");
	for (size_t i = 0; i < lines.n; i++)
		assert_string_equal(lines.v[i].detail, "");
}

static void keys_are_known_for_a_month_also_without_the_number(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct civil promised;
	int64_t n, missed;
	bool first;

	DO(add(f, NOW, &o, &first));
	assert_false(disk_has(f, KEY_1)); /* as a hash */
	DO(store_callback_remove(f->db, f->editor, "solbakken", all_of(f, f->editor).v[0].id));
	DO(store_callbacks_expire(f->db, NOW + CALLBACK_KEY_KEEP - 1, &n, &missed));
	DO(add(f, NOW + CALLBACK_KEY_KEEP - 1, &o, &first));
	assert_false(first);
	assert_int_equal(all_of(f, f->editor).n, 0);
	DO(store_callbacks_expire(f->db, NOW + CALLBACK_KEY_KEEP, &n, &missed));
	assert_int_equal(store_callback_known(f->db, &f->arena, KEY_1, o.centre, o.sealed, &promised), ERR_NOT_FOUND);
}

static void a_flood_is_sent_away_and_the_centre_next_door_is_not(void **state)
{
	struct fixture *f = *state;
	struct callback_order o = order(KEY_1);
	struct civil promised;
	int64_t wait_s;
	char key[33];
	bool first;

	for (int i = 0; i < CALLBACKS_AN_HOUR; i++) {
		snprintf(key, sizeof key, "%032x", i);
		o.key = key;
		DO(add(f, NOW, &o, &first));
	}
	o.key = KEY_2;
	assert_int_equal(store_callback_add(f->db, &f->arena, NOW, &o, &promised, &first, &wait_s), ERR_LIMIT);
	assert_int_equal(wait_s, 3600 / CALLBACKS_AN_HOUR);
	DO(store_callback_add(f->db, &f->arena, NOW + wait_s, &o, &promised, &first, &wait_s));
	o.key = key;
	DO(add(f, NOW, &o, &first)); /* one that is known already is answered all the same */
	assert_false(first);
	o.key = KEY_1;
	o.centre = "nordlia";
	DO(add(f, NOW, &o, &first));
	/* However slowly they come: nobody can call more. */
	o.centre = "solbakken";
	for (int i = CALLBACKS_AN_HOUR; i < LIMIT_CALLBACKS_WAITING - 1; i++) {
		snprintf(key, sizeof key, "%032x", i);
		o.key = key;
		DO(add(f, NOW + i * 60, &o, &first));
	}
	o.key = "0123456789abcdef0123456789abcdef";
	assert_int_equal(store_callback_add(f->db, &f->arena, NOW + 30 * DAY, &o, &promised, &first, &wait_s),
			 ERR_LIMIT);
	assert_int_equal(wait_s, 3600);
}

static void a_place_does_something_so_often(void **state)
{
	struct fixture *f = *state;
	int64_t wait_s;

	for (int i = 0; i < 60; i++)
		DO(store_pace_address(f->db, NOW, "test", "192.0.2.7", 60, &wait_s));
	assert_int_equal(store_pace_address(f->db, NOW, "test", "192.0.2.7", 60, &wait_s), ERR_LIMIT);
	assert_int_equal(wait_s, 60);
	assert_int_equal(store_pace_address(f->db, NOW + 59, "test", "192.0.2.7", 60, &wait_s), ERR_LIMIT);
	assert_int_equal(wait_s, 1);
	DO(store_pace_address(f->db, NOW + 60, "test", "192.0.2.7", 60, &wait_s));
	assert_int_equal(wait_s, 0);
	assert_int_equal(store_pace_address(f->db, NOW + 60, "test", "192.0.2.7", 60, &wait_s), ERR_LIMIT);
	DO(store_pace_address(f->db, NOW + 60, "test", "192.0.2.8", 60, &wait_s));
	DO(store_pace_address(f->db, NOW + 60, "another", "192.0.2.7", 60, &wait_s));
	/* All of it is back an hour later; and a clock that went back a year holds nobody up. */
	for (int i = 0; i < 60; i++)
		DO(store_pace_address(f->db, NOW + 2 * 3600, "test", "192.0.2.7", 60, &wait_s));
	DO(store_pace_address(f->db, NOW - 365 * DAY, "test", "192.0.2.7", 60, &wait_s));
	assert_false(disk_has(f, "192.0.2.7"));
}

static void the_key_is_made_once_and_renewed_and_the_old_one_opens(void **state)
{
	struct fixture *f = *state;
	char key[SEAL_KEY_TEXT + 1], again[SEAL_KEY_TEXT + 1], sealed[SEAL_TEXT + 1], clear[SEAL_CLEAR + 1];
	int64_t version = version_of(f, "solbakken");
	bool renewed;

	DO(store_seal_renew(f->db, NOW, &renewed)); /* there is none yet, and nobody has asked */
	assert_false(renewed);
	DO(store_seal_key(f->db, NOW, key));
	DO(store_seal_key(f->db, NOW + DAY, again));
	assert_string_equal(key, again);
	DO(seal_message(key, "a message", sealed));
	DO(store_seal_renew(f->db, NOW + SEAL_RENEW - 1, &renewed));
	assert_false(renewed);
	assert_int_equal(version_of(f, "solbakken"), version);
	DO(store_seal_renew(f->db, NOW + SEAL_RENEW, &renewed));
	assert_true(renewed);
	assert_int_equal(version_of(f, "solbakken"), version + 1);
	DO(store_seal_key(f->db, NOW + SEAL_RENEW, again));
	assert_string_not_equal(key, again);
	DO(store_seal_open(f->db, &f->arena, sealed, clear));
	assert_string_equal(clear, "a message");
	DO(store_seal_renew(f->db, NOW + 2 * SEAL_RENEW, &renewed));
	DO(store_seal_open(f->db, &f->arena, sealed, clear));
	DO(store_seal_renew(f->db, NOW + SEAL_FORGET + DAY, &renewed));
	assert_int_equal(store_seal_open(f->db, &f->arena, sealed, clear), ERR_VALUE);
	assert_int_equal(store_seal_open(f->db, &f->arena, "too short", clear), ERR_SYNTAX);
}

static void a_centre_says_in_how_many_days(void **state)
{
	struct fixture *f = *state;
	struct centre centre = { 0 };
	struct centre_row row;

	DO(store_centre_whole(f->db, &f->arena, f->editor, "solbakken", &centre));
	assert_int_equal(centre.answer_days, ANSWER_DAYS_USUAL);
	assert_null(centre.seal_key);
	centre.answer_days = 5;
	DO(store_centre_change(f->db, f->editor, 1, &centre));
	DO(store_centre_public(f->db, &f->arena, "solbakken", &row));
	assert_int_equal(row.answer_days, 5);
	centre.answer_days = 0;
	DO(store_centre_change(f->db, f->editor, 2, &centre));
	DO(store_centre_public(f->db, &f->arena, "solbakken", &row));
	assert_int_equal(row.answer_days, 0);
}

/* ---- the clear text ----------------------------------------------------- */

static void a_clear_text_is_read_strictly(void **state)
{
	static const struct {
		const char *clear;
		enum err err;
	} samples[] = {
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"\"}", OK },
		{ "{\"v\":1,\"phone\":\"+4700001234\",\"lang\":\"zh-hant\",\"about\":\"activity:a.b-1\"}", OK },
		{ "{\"v\":1,\"phone\":\"+123456789012345\",\"lang\":\"ti\",\"about\":\"need:x\"}", OK },
		{ "", ERR_SYNTAX },
		{ "[]", ERR_SYNTAX },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"\"} x", ERR_SYNTAX },
		{ "{\"v\":2,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"\"}", ERR_UNSUPPORTED },
		{ "{\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"\"}", ERR_UNSUPPORTED },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"\",\"more\":1}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"abaut\":\"\"}", ERR_MISSING },
		{ "{\"v\":1,\"phone\":1234,\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"0000123\",\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"000012345\",\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00 00 12 34\",\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"+123456\",\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"+1234567890123456\",\"lang\":\"nb\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"NB\",\"about\":\"\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"need\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"need:\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"notice:x\"}", ERR_VALUE },
		{ "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"need:a b\"}", ERR_VALUE },
	};
	struct callback_message message;

	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct fault fault = { 0 };
		enum err err = callback_message_read(samples[i].clear, &message, &fault);
		if (err != samples[i].err)
			fail_msg("%s: %s", samples[i].clear, err_cause(err));
		/* What a fault says goes back over the net. */
		assert_null(strstr(fault.text, "1234"));
	}
	DO(callback_message_read(samples[1].clear, &message, NULL));
	assert_string_equal(message.phone, "+4700001234");
	assert_string_equal(message.lang, "zh-hant");
	assert_int_equal(message.kind, ITEM_ACTIVITY);
	assert_string_equal(message.about, "a.b-1");
}

/* ---- words -------------------------------------------------------------- */

static void numbers_are_grouped_as_they_are_read(void **state)
{
	static const struct {
		const char *number, *words;
	} samples[] = {
		{ "00001234", "00 00 12 34" },
		{ "41234567", "412 34 567" },
		{ "91234567", "912 34 567" },
		{ "80012345", "800 12 345" },
		{ "22123456", "22 12 34 56" },
		{ "+4700001234", "+47 00 00 12 34" },
		{ "+4741234567", "+47 412 34 567" },
		{ "+46701234567", "+46 701 234 567" },
		{ "+12025550100", "+1 202 555 0100" },
		{ "+358123456", "+358 123 456" },
		{ "+37060012345", "+370 600 12 345" },
		{ "+4712345", "+47 12 345" },
		{ "112", "112" },
		{ "00 00 12 34", "00 00 12 34" },
		{ "kari@example.no", "kari@example.no" },
		{ "+", "+" },
	};
	struct arena arena;
	struct request req = { .arena = &arena };

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		assert_string_equal(words_phone(&req, samples[i].number), samples[i].words);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_key_gets_one_call_back),
		CASE(what_was_sent_stands_in_the_list),
		CASE(only_the_centres_own_people_see_and_touch_them),
		CASE(done_is_undone_for_a_day_and_then_gone),
		CASE(never_called_it_goes_a_month_late_and_that_is_said),
		CASE(keys_are_known_for_a_month_also_without_the_number),
		CASE(a_flood_is_sent_away_and_the_centre_next_door_is_not),
		CASE(a_place_does_something_so_often),
		CASE(the_key_is_made_once_and_renewed_and_the_old_one_opens),
		CASE(a_centre_says_in_how_many_days),
		cmocka_unit_test(a_clear_text_is_read_strictly),
		cmocka_unit_test(numbers_are_grouped_as_they_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, drop_template);
}
