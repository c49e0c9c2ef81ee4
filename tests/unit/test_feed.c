/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "guarded.h"

#define FIXTURES "tests/fixtures/feed/"

static enum err read_guarded(struct arena *arena, const char *bytes, size_t len, struct centre **out, char *line,
			     size_t size)
{
	struct guarded copy;
	struct fault fault = { 0 };

	guarded_init(&copy, bytes, len);
	arena_init(arena, LIMIT_FEED_ARENA);
	enum err err = feed_read(arena, copy.bytes, copy.len, out, &fault);
	guarded_free(&copy);
	assert_int_equal(err, fault.err);
	fault_print(&fault, line, size);
	return err;
}

static struct centre *read_good(struct arena *arena, const char *path)
{
	struct guarded file;
	struct centre *centre = NULL;
	char line[600];

	guarded_load(&file, path);
	enum err err = read_guarded(arena, file.bytes, file.len, &centre, line, sizeof line);
	guarded_free(&file);
	if (err)
		fail_msg("%s: %s", path, line);
	return centre;
}

/* ---- good ones ---- */

/* Reads the file, writes it, reads that, writes it again: the same bytes. */
static void assert_comes_back(const char *path)
{
	struct arena arena, again_arena;
	struct buf first, second;
	struct centre *centre = read_good(&arena, path), *again = NULL;
	char line[600];

	buf_init(&first, LIMIT_FEED_BYTES);
	buf_init(&second, LIMIT_FEED_BYTES);
	assert_int_equal(feed_write(centre, &first), OK);
	if (read_guarded(&again_arena, first.bytes, first.len, &again, line, sizeof line) != OK)
		fail_msg("%s, written again: %s", path, line);
	assert_int_equal(feed_write(again, &second), OK);
	assert_string_equal(first.bytes, second.bytes);
	buf_free(&first);
	buf_free(&second);
	arena_free(&arena);
	arena_free(&again_arena);
}

static void good_feeds_come_back_as_they_were(void **state)
{
	glob_t found;
	char pattern[512];

	(void)state;
	source_path(FIXTURES "good-*.json", pattern, sizeof pattern);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 10);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char path[300];
		snprintf(path, sizeof path, FIXTURES "%s", strrchr(found.gl_pathv[i], '/') + 1);
		assert_comes_back(path);
	}
	globfree(&found);
	assert_comes_back("assets/sample/centre.json");
}

static void every_field_is_where_it_belongs(void **state)
{
	struct arena arena;
	struct centre *c = read_good(&arena, FIXTURES "good-every-field.json");
	const struct activity *a = &c->activities[0];
	const struct need *n = &c->needs[0];

	(void)state;
	assert_int_equal(c->version, 7);
	assert_int_equal(c->generated, 1795507200);
	assert_int_equal(c->opening[0].n, 2);
	assert_int_equal(c->opening[0].v[1].closes, 23 * 60 + 59);
	assert_int_equal(c->opening[6].n, 0);
	assert_string_equal(c->signup_host, "solbakken.example.no:8443");
	assert_string_equal(c->seal_key, "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8");
	assert_int_equal(c->answer_days, 30);
	assert_string_equal(a->zone, "Europe/Helsinki");
	assert_int_equal(a->rdates.v[1].second, 15);
	assert_int_equal(a->overrides.v[0].status, STATUS_CANCELLED);
	assert_false(a->overrides.v[0].has_start);
	assert_true(a->overrides.v[1].has_start && a->overrides.v[1].start.date_only);
	assert_true(a->signup && a->has_seats);
	assert_int_equal(a->taken, 20);
	assert_int_equal(a->status, STATUS_CANCELLED);
	assert_true(c->activities[1].start.date_only);
	assert_int_equal(c->activities[1].duration.days, 2);
	assert_false(c->activities[1].has_seats);
	assert_int_equal(n->certificate, CERTIFICATE_REQUIRED);
	assert_int_equal(n->legal_basis.n, 2);
	assert_int_equal(n->answer_days, 3);
	assert_string_equal(n->languages_helpful[2], "de-ch-1996");
	assert_true(n->has_until && n->until.date_only && n->first_timer);
	assert_int_equal(c->notices[0].level, LEVEL_URGENT);
	assert_int_equal(c->organisations[0].kinds[1], KIND_MUSIC);
	assert_true(c->contacts[0].has_confirmed);
	arena_free(&arena);
}

static void texts_fall_back_to_the_centres_own_language(void **state)
{
	static const char *const languages[] = { "nb", "en" };
	static const struct text v[] = { { "de", "Hallo" }, { "nb", "Hei" }, { "en", "Hello" } };
	const struct centre c = { .n_languages = 2, .languages = languages };
	const char *lang = "";

	(void)state;
	assert_string_equal(texts_pick(&c, (struct texts){ 3, v }, "en", &lang), "Hello");
	assert_string_equal(lang, "en");
	assert_string_equal(texts_pick(&c, (struct texts){ 3, v }, "ti", &lang), "Hei");
	assert_string_equal(lang, "nb");
	assert_string_equal(texts_pick(&c, (struct texts){ 1, v }, NULL, NULL), "Hallo");
	assert_null(texts_pick(&c, (struct texts){ 0 }, "nb", &lang));
	assert_null(lang);
	assert_null(centre_need(&c, NULL));
	assert_null(centre_notice(&c, "inngang"));
}

/* ---- bad ones ---- */

static void assert_refused(const char *name, const char *wanted)
{
	struct arena arena;
	struct guarded file;
	struct centre *centre = NULL;
	char path[300], line[600];

	snprintf(path, sizeof path, FIXTURES "%s", name);
	guarded_load(&file, path);
	if (read_guarded(&arena, file.bytes, file.len, &centre, line, sizeof line) == OK)
		fail_msg("%s was taken", name);
	if (strcmp(line, wanted) != 0)
		fail_msg("%s\n  said:   %s\n  wanted: %s", name, line, wanted);
	assert_null(centre);
	guarded_free(&file);
	arena_free(&arena);
}

static size_t bad_files(void)
{
	static const char *const kinds[] = { "json", "shape", "meaning" };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		glob_t found;
		char name[64], pattern[512];
		snprintf(name, sizeof name, FIXTURES "%s-*.json", kinds[i]);
		source_path(name, pattern, sizeof pattern);
		assert_int_equal(glob(pattern, 0, NULL, &found), 0);
		n += found.gl_pathc;
		globfree(&found);
	}
	return n;
}

static void bad_feeds_are_refused_with_their_place(void **state)
{
	char path[512], *line = NULL;
	size_t size = 0, n = 0;

	(void)state;
	source_path(FIXTURES "bad.tsv", path, sizeof path);
	FILE *list = fopen(path, "r");
	assert_non_null(list);
	while (getline(&line, &size, list) > 0) {
		line[strcspn(line, "\n")] = '\0';
		char *tab = strchr(line, '\t');
		assert_non_null(tab);
		*tab = '\0';
		assert_refused(line, tab + 1);
		n++;
	}
	free(line);
	fclose(list);
	assert_int_equal(n, bad_files());
}

static void a_feed_cut_anywhere_is_refused(void **state)
{
	struct guarded file;

	(void)state;
	guarded_load(&file, FIXTURES "good-every-field.json");
	for (size_t len = 0; len + 1 < file.len; len += 3) {
		struct arena arena;
		struct centre *centre = NULL;
		char line[600];
		assert_int_not_equal(read_guarded(&arena, file.bytes, len, &centre, line, sizeof line), OK);
		assert_int_equal(strncmp(line, "line ", 5), 0);
		arena_free(&arena);
	}
	guarded_free(&file);
}

/* Each byte in turn becomes another: taken or refused, but nothing breaks, and a refusal says something. */
static void a_changed_byte_never_breaks_the_reader(void **state)
{
	struct guarded file;
	uint32_t seed = 7;

	(void)state;
	guarded_load(&file, FIXTURES "good-every-field.json");
	for (size_t at = 0; at < file.len; at++) {
		struct arena arena;
		struct centre *centre = NULL;
		char line[600], old = file.bytes[at];
		seed = seed * 1664525 + 1013904223;
		file.bytes[at] = "0129TZ:-.,\"{}[]\\ae"[seed >> 16 & 15];
		if (read_guarded(&arena, file.bytes, file.len, &centre, line, sizeof line) != OK)
			assert_true(line[0] != '\0');
		file.bytes[at] = old;
		arena_free(&arena);
	}
	guarded_free(&file);
}

/* ---- caps and memory ---- */

/* A centre with more of LIST ("activities" …) than the cap, all of them minimal. */
static void write_many(struct buf *out, const char *list, int n, const char *item)
{
	static const char *const lists[] = { "activities", "needs", "notices", "organisations", "contacts" };

	buf_reset(out);
	buf_str(out,
		"{\"feed\":1,\"version\":1,\"generated\":\"2026-11-24T08:00:00Z\",\"centre\":{\"id\":\"s\",\"name\":{\"nb\":"
		"\"S\"},\"zone\":\"Europe/Oslo\",\"languages\":[\"nb\"]}");
	for (size_t i = 0; i < 5; i++) {
		buf_printf(out, ",\"%s\":[", lists[i]);
		for (int k = 0; strcmp(lists[i], list) == 0 && k < n; k++)
			buf_printf(out, "%s{\"id\":\"i%d\",%s}", k ? "," : "", k, item);
		buf_char(out, ']');
	}
	buf_char(out, '}');
	assert_true(buf_ok(out));
}

static void lists_have_their_maximum(void **state)
{
	static const struct {
		const char *list;
		int max;
		const char *item;
	} caps[] = {
		{ "notices", LIMIT_NOTICES, "\"level\":\"normal\",\"name\":{\"nb\":\"N\"},\"from\":\"2026-11-24\"" },
		{ "organisations", LIMIT_ORGANISATIONS, "\"name\":{\"nb\":\"O\"}" },
		{ "contacts", LIMIT_CONTACTS, "\"name\":\"K\"" },
		{ "needs", LIMIT_NEEDS, NULL },
		{ "activities", LIMIT_ACTIVITIES, NULL },
	};
	struct buf text;
	char line[600], wanted[200];

	(void)state;
	buf_init(&text, LIMIT_FEED_BYTES);
	for (size_t i = 0; i < sizeof caps / sizeof *caps; i++) {
		struct arena arena;
		struct centre *centre = NULL;
		write_many(&text, caps[i].list, caps[i].max + 1, caps[i].item ? caps[i].item : "\"x\":1");
		assert_int_equal(read_guarded(&arena, text.bytes, text.len, &centre, line, sizeof line), ERR_LIMIT);
		snprintf(wanted, sizeof wanted, "%s: %d items, at most %d are allowed", caps[i].list, caps[i].max + 1,
			 caps[i].max);
		assert_string_equal(line, wanted);
		arena_free(&arena);
		if (!caps[i].item)
			continue;
		write_many(&text, caps[i].list, caps[i].max, caps[i].item);
		assert_int_equal(read_guarded(&arena, text.bytes, text.len, &centre, line, sizeof line), OK);
		arena_free(&arena);
	}
	buf_free(&text);
}

static void an_arena_that_is_too_small_is_said(void **state)
{
	struct guarded file;
	struct fault fault;

	(void)state;
	guarded_load(&file, FIXTURES "good-every-field.json");
	for (size_t max = 0; max < 3000; max += 100) {
		struct arena arena;
		struct centre *centre = NULL;
		arena_init(&arena, max);
		assert_int_equal(feed_read(&arena, file.bytes, file.len, &centre, &fault), ERR_MEMORY);
		arena_free(&arena);
	}
	guarded_free(&file);
}

static void each_failed_allocation_is_said_and_leaves_nothing(void **state)
{
	struct guarded file;
	enum err err = ERR_MEMORY;
	unsigned long n;

	(void)state;
	guarded_load(&file, FIXTURES "good-every-field.json");
	for (n = 1; err; n++) {
		struct arena arena;
		struct centre *centre = NULL;
		arena_init(&arena, LIMIT_FEED_ARENA);
		mem_fail_after(n);
		err = feed_read(&arena, file.bytes, file.len, &centre, NULL);
		mem_fail_after(0);
		if (err)
			assert_null(centre);
		arena_free(&arena);
	}
	assert_true(n > 100);
	guarded_free(&file);
}

static void a_feed_too_large_to_write_is_said(void **state)
{
	struct arena arena;
	struct centre *c = read_good(&arena, FIXTURES "good-every-field.json");
	struct buf out;

	(void)state;
	buf_init(&out, 500);
	assert_int_equal(feed_write(c, &out), ERR_LIMIT);
	buf_free(&out);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_feeds_come_back_as_they_were),
		cmocka_unit_test(every_field_is_where_it_belongs),
		cmocka_unit_test(texts_fall_back_to_the_centres_own_language),
		cmocka_unit_test(bad_feeds_are_refused_with_their_place),
		cmocka_unit_test(a_feed_cut_anywhere_is_refused),
		cmocka_unit_test(a_changed_byte_never_breaks_the_reader),
		cmocka_unit_test(lists_have_their_maximum),
		cmocka_unit_test(an_arena_that_is_too_small_is_said),
		cmocka_unit_test(each_failed_allocation_is_said_and_leaves_nothing),
		cmocka_unit_test(a_feed_too_large_to_write_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
