/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/feed_rules.h"

#define X62 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij"

struct sample {
	bool (*is)(const char *s);
	const char *good[8], *bad[14];
};

static const struct sample samples[] = {
	{ feed_is_id, { "a", "A-z_0.9", "-", X62 "ab" }, { "", "a b", "\xc3\xa5", "a/b", "a\n", X62 "abc" } },
	{ feed_is_code,
	  { "7F3K2", "ZZZZZ" },
	  { "", "7F3K", "7F3K22", "7f3k2", "7F3K1", "7F3KA", "7F3K ", "7F3K0", "7F3KL" } },
	{ feed_is_number, { "000000", "407193" }, { "", "40719", "4071931", "40 719", "40719a" } },
	{ feed_is_language,
	  { "nb", "ckb", "zh-hant", "de-ch-1996", "sr-latn-rs" },
	  { "", "n", "NB", "nb_no", "nb-", "-nb", "nb--no", "norskbokmaal", "nb-toolongsub", "nb no",
	    "aa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee" } },
	{ feed_is_host,
	  { "solbakken.example.no", "a", "127.0.0.1:8080", "example.no:65535", "http://127.0.0.1:8080",
	    "http://localhost", "http://[::1]:9", X62 ".no" },
	  { "", "Example.no", "example.no/", "example..no", "-a.no", "a-.no", "example.no:", "example.no:0",
	    "example.no:65536", "http://example.no", "http://127.0.0.1.example.no", "https://localhost",
	    "user@example.no", X62 "ab.no" } },
	{ feed_is_phone,
	  { "00 00 12 34", "+47 00 00 12 34", "110", "(00) 00-12/3.4", "02800" },
	  { "", "1", "+", "+ 47", "ring", "00 00 12 34 (Kari)", "00\n00", "000000000000000000000000000000000",
	    "-12" } },
	{ feed_is_email,
	  { "post@example.no", "k\xc3\xa5re@example.no", "a@b" },
	  { "", "@", "a@", "@b", "post", "a@b@c", "a b@c", "a@b c", "a@b\n", "<a@b>", "a\"@b" } },
	{ feed_is_web,
	  { "https://example.no", "http://example.no/\xc3\xb8l?a=1#b" },
	  { "", "https://", "http://", "example.no", "javascript:alert(1)", "https://a b", "HTTPS://example.no",
	    "https://a\"b", "https://a<b", "ftp://example.no" } },
	{ feed_is_hex64,
	  { "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
	  { "", "0123", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF",
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeff" } },
	{ feed_is_seal_key,
	  { "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8", "-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
	  { "", "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j", "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8=",
	    "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j9", "+BgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8" } },
};

static void each_kind_of_string_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		const struct sample *s = &samples[i];
		for (size_t k = 0; k < 8 && s->good[k]; k++)
			if (!s->is(s->good[k]))
				fail_msg("row %zu refuses \"%s\"", i, s->good[k]);
		for (size_t k = 0; k < 14 && s->bad[k]; k++)
			if (s->is(s->bad[k]))
				fail_msg("row %zu takes \"%s\"", i, s->bad[k]);
	}
}

static void addresses_have_their_maximum(void **state)
{
	char text[LIMIT_WEB + 20];

	(void)state;
	snprintf(text, sizeof text, "https://%0*d", LIMIT_WEB - 8, 7);
	assert_true(feed_is_web(text));
	snprintf(text, sizeof text, "https://%0*d", LIMIT_WEB - 7, 7);
	assert_false(feed_is_web(text));
	snprintf(text, sizeof text, "a@%0*d", LIMIT_EMAIL - 2, 7);
	assert_true(feed_is_email(text));
	snprintf(text, sizeof text, "a@%0*d", LIMIT_EMAIL - 1, 7);
	assert_false(feed_is_email(text));
}

static void a_text_is_scanned_for_what_may_not_stand_in_it(void **state)
{
	static const struct {
		const char *s;
		uint32_t bad;
	} texts[] = {
		{ "S\xc3\xb8lv\xc2\xad"
		  "boks\n\xf0\x9f\x8c\xb1",
		  0 },
		{ "\xe2\x81\xa6"
		  "00 00\xe2\x81\xa9",
		  0 }, /* U+2066 U+2069 */
		{ "a\tb", 0x09 },
		{ "a\x7f", 0x7f },
		{ "a\xc2\x9f", 0x9f },
		{ "a\xc2\xa0", 0 },
		{ "\xd8\x9c", 0x061c },
		{ "\xe2\x80\x8d", 0 }, /* U+200D joins letters, and is wanted */
		{ "\xe2\x80\x8e", 0x200e },
		{ "\xe2\x80\xa8", 0x2028 },
		{ "\xe2\x80\xab", 0x202b },
		{ "\xe2\x80\xae", 0x202e },
		{ "\xe2\x80\xaf", 0 },
		{ "broken \xc3", 0xfffd },
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(feed_text_scan(texts[i].s).bad, texts[i].bad);
	struct feed_text text = feed_text_scan("\xc3\xa5\n\xf0\x9f\x8c\xb1");
	assert_int_equal(text.chars, 3);
	assert_int_equal(text.bytes, 7);
	assert_true(text.has_lines);
	assert_false(text.is_blank);
	assert_true(feed_text_scan(" \n\xc2\xa0").is_blank);
	assert_true(feed_text_scan("").is_blank);
}

static void what_people_wrote_is_cleaned(void **state)
{
	static const struct {
		const char *from;
		size_t max;
		bool lines;
		const char *to;
	} cases[] = {
		{ "  Sangstund \r\n", 200, true, "Sangstund" },
		{ "Vi synger.\r\n\r\nTa med\tnoen.", 200, true, "Vi synger.\n\nTa med noen." },
		{ "Vi synger.\r\nTa med noen.", 200, false, "Vi synger. Ta med noen." },
		{ "abc\xe2\x80\xae"
		  "def\x07",
		  200, true, "abcdef" },
		{ "S\xc3\xb8lv", 2, true, "S\xc3\xb8" },
		{ "ab \xc3\xb8", 3, true, "ab" },
		{ "\xff"
		  "a\xc3",
		  200, true, "a" },
		{ " \t\n", 200, true, "" },
		{ "", 200, true, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena arena;
		arena_init(&arena, 10000);
		char *to = feed_text_clean(&arena, cases[i].from, cases[i].max, cases[i].lines);
		assert_non_null(to);
		assert_string_equal(to, cases[i].to);
		assert_int_equal(feed_text_scan(to).bad, 0);
		arena_free(&arena);
	}
	struct arena none;
	arena_init(&none, 0);
	assert_null(feed_text_clean(&none, "a", 10, true));
	arena_free(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_string_is_told),
		cmocka_unit_test(addresses_have_their_maximum),
		cmocka_unit_test(a_text_is_scanned_for_what_may_not_stand_in_it),
		cmocka_unit_test(what_people_wrote_is_cleaned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
