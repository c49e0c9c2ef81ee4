/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last good feed on a real disk: kept, found again, and passed over when
 * anything about it is not whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/file.h"
#include "kiosk/cache.h"

static const int64_t t0 = INT64_C(1795000000000);

static const char *folder(void)
{
	static char path[300];
	static int n;
	const char *tmp = getenv("TMPDIR");

	snprintf(path, sizeof path, "%s/cache-%d", tmp ? tmp : "/tmp", n++);
	return path;
}

static void store(struct cache *cache, const char *text, const char *etag, int64_t seen)
{
	struct buf body;

	buf_init(&body, 1000);
	buf_str(&body, text);
	assert_int_equal(cache_store(cache, &body, etag, seen, NULL), OK);
	buf_free(&body);
}

/* What a kiosk finds that starts now. */
static enum err load(const char *directory, const char *address, char text[100], char etag[CACHE_ETAG], int64_t *seen)
{
	struct cache cache;
	struct buf body;
	struct fault fault = { 0 };

	*seen = -1;
	assert_int_equal(cache_init(&cache, directory, address, NULL), OK);
	buf_init(&body, 1000);
	enum err err = cache_load(&cache, &body, etag, seen, &fault);
	snprintf(text, 100, "%s", buf_text(&body));
	buf_free(&body);
	return err;
}

static void what_was_kept_is_found(void **state)
{
	const char *directory = folder();
	char text[100], etag[CACHE_ETAG];
	struct cache cache;
	int64_t seen;

	(void)state;
	assert_int_equal(cache_init(&cache, directory, "http://a/", NULL), OK);
	assert_int_equal(load(directory, "http://a/", text, etag, &seen), ERR_NOT_FOUND);
	store(&cache, "{\"first\"\n}", "\"abc\"", t0);
	assert_int_equal(load(directory, "http://a/", text, etag, &seen), OK);
	assert_string_equal(text, "{\"first\"\n}");
	assert_string_equal(etag, "\"abc\"");
	assert_true(seen == t0);
	store(&cache, "second", "", t0 + 5);
	assert_int_equal(load(directory, "http://a/", text, etag, &seen), OK);
	assert_string_equal(text, "second");
	assert_string_equal(etag, "");
	assert_true(seen == t0 + 5);
	assert_int_equal(load(directory, "http://b/", text, etag, &seen), ERR_NOT_FOUND);
}

static void the_time_is_written_seldom_but_at_the_end(void **state)
{
	const char *directory = folder();
	char text[100], etag[CACHE_ETAG];
	struct cache cache;
	int64_t seen;

	(void)state;
	assert_int_equal(cache_init(&cache, directory, "x", NULL), OK);
	store(&cache, "text", "\"1\"", t0);
	assert_int_equal(cache_confirm(&cache, t0 + 50000, false, NULL), OK);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_true(seen == t0);
	assert_int_equal(cache_confirm(&cache, t0 + CACHE_CONFIRM_MS, false, NULL), OK);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_true(seen == t0 + CACHE_CONFIRM_MS);
	assert_int_equal(cache_confirm(&cache, t0 + CACHE_CONFIRM_MS + 1000, true, NULL), OK);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_true(seen == t0 + CACHE_CONFIRM_MS + 1000);
	/* The time of an older document says nothing of a newer one. */
	store(&cache, "other", "\"2\"", t0 + 1);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_true(seen == t0 + 1);
}

static void what_is_not_whole_is_passed_over(void **state)
{
	const char *directory = folder();
	char text[100], etag[CACHE_ETAG], path[PATH_MAX];
	struct buf file;
	struct cache cache;
	int64_t seen;

	(void)state;
	assert_int_equal(cache_init(&cache, directory, "x", NULL), OK);
	store(&cache, "a good feed", "\"1\"", t0);
	snprintf(path, sizeof path, "%s", cache.feed_path);
	buf_init(&file, 1000);
	assert_int_equal(file_read(path, &file, NULL), OK);
	for (size_t len = 0; len < file.len; len++) {
		assert_int_equal(file_replace(path, file.bytes, len, NULL), OK);
		assert_int_equal(load(directory, "x", text, etag, &seen), ERR_SYNTAX);
		assert_string_equal(text, "");
	}
	for (size_t i = 0; i < file.len; i++) {
		char before = file.bytes[i];
		file.bytes[i] ^= 1;
		assert_int_equal(file_replace(path, file.bytes, file.len, NULL), OK);
		enum err err = load(directory, "x", text, etag, &seen);
		/* A bit in the time or the ETag goes unseen, one in the feed never. */
		if (err == OK)
			assert_string_equal(text, "a good feed");
		else
			assert_int_equal(err, ERR_SYNTAX);
		file.bytes[i] = before;
	}
	buf_free(&file);
}

/* The plug was pulled in the middle of a write: a part of the new one lies beside the old one. */
static void a_torn_write_is_ignored(void **state)
{
	const char *directory = folder();
	char text[100], etag[CACHE_ETAG], beside[PATH_MAX + 10];
	struct cache cache;
	int64_t seen;

	(void)state;
	assert_int_equal(cache_init(&cache, directory, "x", NULL), OK);
	store(&cache, "old", "\"1\"", t0);
	snprintf(beside, sizeof beside, "%s.new", cache.feed_path);
	assert_int_equal(file_replace(beside, "oppslag-feed 1 00", 17, NULL), OK);
	snprintf(beside, sizeof beside, "%s.new", cache.seen_path);
	assert_int_equal(file_replace(beside, "opp", 3, NULL), OK);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_string_equal(text, "old");
	store(&cache, "new", "\"2\"", t0 + 1);
	assert_int_equal(load(directory, "x", text, etag, &seen), OK);
	assert_string_equal(text, "new");
	snprintf(beside, sizeof beside, "%s.new", cache.feed_path);
	assert_int_not_equal(access(beside, F_OK), 0);
}

static void no_folder_is_no_cache(void **state)
{
	char text[100], file[400], etag[CACHE_ETAG];
	struct cache cache;
	struct fault fault;
	struct buf body;
	int64_t seen;

	(void)state;
	const char *directory = folder();
	assert_int_equal(load(directory, "x", text, etag, &seen), ERR_NOT_FOUND);
	snprintf(file, sizeof file, "%s/file", directory);
	assert_int_equal(file_replace(file, "", 0, NULL), OK);
	assert_int_not_equal(cache_init(&cache, file, "x", &fault), OK);
	buf_init(&body, 10);
	assert_int_equal(cache_store(&cache, &body, "", t0, NULL), OK);
	assert_int_equal(cache_confirm(&cache, t0, true, NULL), OK);
	assert_int_equal(cache_load(&cache, &body, etag, &seen, NULL), ERR_NOT_FOUND);
	buf_free(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_is_found),
		cmocka_unit_test(the_time_is_written_seldom_but_at_the_end),
		cmocka_unit_test(what_is_not_whole_is_passed_over),
		cmocka_unit_test(a_torn_write_is_ignored),
		cmocka_unit_test(no_folder_is_no_cache),
	};
	return cmocka_run_group_tests_name("kiosk_cache", tests, NULL, NULL);
}
