/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call-back under seal: what the central finds in it, and its file on disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/json.h"
#include "io/file.h"
#include "kiosk/letter.h"
#include "kiosk/outbox.h"
#include "kiosk/worker_source.h"

struct keys {
	unsigned char public_key[SEAL_KEY], secret_key[SEAL_KEY];
	char text[SEAL_KEY_TEXT + 1];
	struct centre centre;
};

static void keys_make(struct keys *keys)
{
	assert_int_equal(seal_new_key(keys->public_key, keys->secret_key), OK);
	seal_key_text(keys->public_key, keys->text);
	keys->centre = (struct centre){ .id = "solbakken", .seal_key = keys->text };
}

static void open_letter(const struct keys *keys, const struct letter *letter, char clear[SEAL_CLEAR + 1])
{
	struct json *json;
	struct fault fault;
	assert_int_equal(json_read(letter->body, strlen(letter->body), LIMIT_CALLBACK_BYTES, &json, &fault), OK);
	assert_string_equal(json_text(json_get(json, "centre")), "solbakken");
	assert_int_equal(json_count(json), 2);
	assert_int_equal(seal_open(keys->public_key, keys->secret_key, json_text(json_get(json, "sealed")), clear), OK);
	json_del(json);
}

static void the_central_finds_what_was_typed(void **state)
{
	struct keys keys;
	struct letter letter, other;
	char clear[SEAL_CLEAR + 1];
	const struct callback callback = { .number = "00001234", .about = "need:turvenn" };
	(void)state;
	keys_make(&keys);
	assert_int_equal(letter_seal(&callback, &keys.centre, "nb", 1000, &letter), OK);
	open_letter(&keys, &letter, clear);
	assert_string_equal(clear, "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"need:turvenn\"}");
	assert_null(strstr(letter.body, "00001234"));
	assert_int_equal(strlen(letter.key), SEAL_RANDOM_HEX);
	assert_int_equal(letter_seal(&callback, &keys.centre, "nb", 1000, &other), OK);
	assert_string_not_equal(letter.key, other.key);
	assert_string_not_equal(letter.body, other.body);
}

static void the_longest_there_is_fits(void **state)
{
	struct keys keys;
	struct letter letter;
	char clear[SEAL_CLEAR + 1];
	struct callback callback = { .number = "+123456789012345" };
	(void)state;
	keys_make(&keys);
	snprintf(callback.about, sizeof callback.about, "activity:%064d", 7);
	assert_int_equal(letter_seal(&callback, &keys.centre, "zh-Hant-TW-cant", 1000, &letter), OK);
	open_letter(&keys, &letter, clear);
	assert_non_null(strstr(clear, callback.about));
}

static void a_centre_that_takes_none_gets_none(void **state)
{
	struct letter letter;
	const struct centre none = { .id = "solbakken" }, broken = { .id = "solbakken", .seal_key = "short" };
	const struct callback callback = { .number = "00001234" };
	(void)state;
	assert_int_equal(letter_seal(&callback, &none, "nb", 0, &letter), ERR_VALUE);
	assert_int_equal(letter_seal(&callback, &broken, "nb", 0, &letter), ERR_VALUE);
	assert_string_equal(letter.body, "");
}

/* ---- on disk */

static char folder[160];

static int make_folder(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/letters.XXXXXX", tmp ? tmp : ".");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

static void path_to(char out[200], const char *name)
{
	snprintf(out, 200, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *content)
{
	char path[200];
	struct fault fault;
	path_to(path, name);
	assert_int_equal(file_replace(path, content, strlen(content), &fault), OK);
}

static bool exists(const char *name)
{
	char path[200];
	struct stat info;
	path_to(path, name);
	return stat(path, &info) == 0;
}

static void it_is_read_as_it_was_written(void **state)
{
	struct letter out, in = { .key = "0123456789abcdef0123456789abcdef", .sealed_ms = 1795600000000 };
	struct fault fault;
	(void)state;
	snprintf(in.body, sizeof in.body, "{\"centre\":\"solbakken\",\"sealed\":\"AAAA\"}");
	assert_int_equal(letter_store(folder, &in, &fault), OK);
	assert_int_equal(letter_load(folder, in.key, &out, &fault), OK);
	assert_memory_equal(&in, &out, sizeof in);
	assert_true(letter_erase(folder, in.key));
	assert_true(letter_erase(folder, in.key));
	assert_int_equal(letter_load(folder, in.key, &out, &fault), ERR_NOT_FOUND);
}

static void what_is_no_letter_is_refused(void **state)
{
	static const char key[] = "00000000000000000000000000000000";
	static const char *const contents[] = { "",
						"oppslag-callback 1 ",
						"oppslag-callback 1 12",
						"oppslag-callback 1 12\n",
						"oppslag-callback 1 -12\n{}",
						"oppslag-callback 1 99999999999999999999\n{}",
						"oppslag-callback 2 12\n{}",
						"oppslag-callback 1 12\nx" };
	struct letter letter;
	struct fault fault;
	char large[LIMIT_CALLBACK_BYTES + 200];
	(void)state;
	for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
		write_file(key, contents[i]);
		assert_int_equal(letter_load(folder, key, &letter, &fault), ERR_SYNTAX);
	}
	memset(large, '{', sizeof large - 1);
	large[sizeof large - 1] = '\0';
	memcpy(large, "oppslag-callback 1 12\n", 22);
	write_file(key, large);
	assert_int_equal(letter_load(folder, key, &letter, &fault), ERR_SYNTAX);
	assert_true(letter_erase(folder, key));
}

static void count(void *context, const char *key)
{
	int *n = context;
	assert_int_equal(strlen(key), SEAL_RANDOM_HEX);
	++*n;
}

static void letters_are_found_and_leftovers_cleared(void **state)
{
	static const char *const names[] = { "00000000000000000000000000000000", "abcdef00000000000000000000000000" };
	static const char *const strangers[] = { "readme", "0000", "ABCDEF00000000000000000000000000",
						 "abcdef00000000000000000000000000.old" };
	char path[200];
	int n = 0;
	(void)state;
	for (size_t i = 0; i < 2; i++)
		write_file(names[i], "x");
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
		write_file(strangers[i], "x");
	write_file("11110000000000000000000000000000.new", "half");
	letters_find(folder, count, &n);
	assert_int_equal(n, 2);
	assert_false(exists("11110000000000000000000000000000.new"));
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		assert_true(exists(strangers[i]));
		path_to(path, strangers[i]);
		assert_int_equal(unlink(path), 0);
	}
	for (size_t i = 0; i < 2; i++)
		assert_true(letter_erase(folder, names[i]));
	letters_find("/nowhere", count, &n);
	assert_int_equal(n, 2);
}

/* ---- where it goes */

static void the_central_is_the_one_that_the_feed_is_of(void **state)
{
	static const struct {
		const char *feed, *central, *goes_to;
	} cases[] = {
		{ "https://oppslag.example.no/feed/v1/solbakken", "", "https://oppslag.example.no/callbacks/v1" },
		{ "https://example.no/a/b/feed/v1/solbakken?x=1", "", "https://example.no/a/b/callbacks/v1" },
		{ "https://oppslag.example.no:8443/feed/v1/solbakken", "https://other.example.no/",
		  "https://other.example.no/callbacks/v1" },
		{ "assets/sample/centre.json", "", "" },
		{ "assets/sample/centre.json", "http://127.0.0.1:8080", "http://127.0.0.1:8080/callbacks/v1" },
		{ "https://example.no/calendar.ics", "", "" },
		{ "webcal://example.no/calendar.ics", "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct source source;
		struct fault fault;
		char out[300];
		assert_int_equal(source_init(&source, cases[i].feed, "", &fault), OK);
		assert_int_equal(source_callbacks(&source, cases[i].central, out, sizeof out, &fault), OK);
		assert_string_equal(out, cases[i].goes_to);
	}
	struct source source = { 0 };
	struct fault fault;
	char out[20];
	assert_int_equal(source_callbacks(&source, "ftp://example.no", out, sizeof out, &fault), ERR_VALUE);
	assert_int_equal(source_callbacks(&source, "https://oppslag.example.no", out, sizeof out, &fault), ERR_LIMIT);
}

static void ends_have_names(void **state)
{
	enum outbox_end end;
	(void)state;
	assert_true(outbox_end_parse("expired", &end));
	assert_int_equal(end, OUTBOX_EXPIRED);
	assert_int_equal(outbox_end_state(OUTBOX_REFUSED), CALLBACK_LOST);
	assert_string_equal(outbox_end_name(OUTBOX_KEPT), "kept");
	assert_false(outbox_end_parse("", &end));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_central_finds_what_was_typed),
		cmocka_unit_test(the_longest_there_is_fits),
		cmocka_unit_test(a_centre_that_takes_none_gets_none),
		cmocka_unit_test(it_is_read_as_it_was_written),
		cmocka_unit_test(what_is_no_letter_is_refused),
		cmocka_unit_test(letters_are_found_and_leftovers_cleared),
		cmocka_unit_test(the_central_is_the_one_that_the_feed_is_of),
		cmocka_unit_test(ends_have_names),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
