/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/icu.h"
#include "four_threads.h"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena, 16 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* ---- line breaks ---- */

/* The pieces of TEXT with | between them, || where a line has to end. */
static void assert_pieces(const char *lang, const char *text, const char *wanted)
{
	struct icu_breaks breaks;
	struct buf pieces;
	size_t from = 0, len = strlen(text);

	assert_int_equal(icu_line_breaks(&arena, lang, text, len, &breaks), OK);
	assert_true(breaks.n > 0);
	assert_int_equal(breaks.at[breaks.n - 1], len);
	buf_init(&pieces, 10000);
	for (size_t i = 0; i < breaks.n; i++) {
		assert_true(breaks.at[i] >= from && breaks.at[i] <= len);
		buf_add(&pieces, text + from, breaks.at[i] - from);
		buf_str(&pieces, breaks.must[i] ? "||" : i + 1 < breaks.n ? "|" : "");
		from = breaks.at[i];
	}
	assert_string_equal(buf_text(&pieces), wanted);
	buf_free(&pieces);
}

static void test_lines_break_between_words(void **state)
{
	(void)state;
	assert_pieces("nb", "Allsang i stua", "Allsang |i |stua");
	assert_pieces("nb", "Blåbær på sætra – kl. 11.00", "Blåbær |på |sætra |– |kl. |11.00");
	assert_pieces("nb", "bo- og aktivitetssenter", "bo- |og |aktivitetssenter");
	assert_pieces("nb", "ett", "ett");
	assert_pieces("nb", "", "");
	assert_pieces("ti", "ሰላም ዓለም", "ሰላም |ዓለም");
	assert_pieces("ar", "أهلا وسهلا 😀 هنا", "أهلا |وسهلا |😀 |هنا");
	assert_pieces("a-language-nobody-has-ever-heard-of", "one two", "one |two");
}

static void test_soft_hyphens_are_opportunities(void **state)
{
	(void)state;
	assert_pieces("nb", "aktivitets\u00adsenter", "aktivitets\u00ad|senter");
	assert_pieces("nb", "Utvidet oppholds\u00adtid i barne\u00adhage\u00adplass",
		      "Utvidet |oppholds\u00ad|tid |i |barne\u00ad|hage\u00ad|plass");
}

static void test_numbers_and_hard_spaces_hold_together(void **state)
{
	(void)state;
	assert_pieces("nb", "ring 00\u00a000\u00a012\u00a034 nå", "ring |00\u00a000\u00a012\u00a034 |nå");
	assert_pieces("nb", "10:30–15:00", "10:30–|15:00");
}

static void test_line_breaks_in_the_text_must_be_taken(void **state)
{
	(void)state;
	assert_pieces("nb", "først\nså\n\nsist", "først\n||så\n||\n||sist");
	assert_pieces("nb", "slutt\n", "slutt\n||");
	assert_pieces("nb", "a\r\nb\u2028c", "a\r\n||b\u2028||c");
}

static void test_breaks_of_no_utf8(void **state)
{
	struct icu_breaks breaks;
	struct icu_runs runs;

	(void)state;
	assert_int_equal(icu_line_breaks(&arena, "nb", "bl\xe5", 3, &breaks), ERR_SYNTAX);
	assert_int_equal(icu_line_breaks(&arena, "nb", "å", 1, &breaks), ERR_SYNTAX);
	assert_int_equal(icu_bidi_runs(&arena, "\xed\xa0\x80", 3, true, &runs), ERR_SYNTAX);
}

static void test_more_languages_than_are_kept(void **state)
{
	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int a = 'a'; a <= 'l'; a++) {
			char lang[3] = { (char)a, 'a', '\0' };
			assert_pieces(lang, "to ord", "to |ord");
		}
	}
}

/* ---- directions ---- */

/* The runs in visual order: < and > say which way each goes. */
static void assert_runs(const char *line, bool base_rtl, const char *wanted)
{
	struct icu_runs runs;
	struct buf shown;
	size_t covered = 0;

	assert_int_equal(icu_bidi_runs(&arena, line, strlen(line), base_rtl, &runs), OK);
	buf_init(&shown, 10000);
	for (size_t i = 0; i < runs.n; i++) {
		buf_str(&shown, runs.v[i].rtl ? "<" : ">");
		buf_add(&shown, line + runs.v[i].from, runs.v[i].to - runs.v[i].from);
		covered += runs.v[i].to - runs.v[i].from;
	}
	assert_string_equal(buf_text(&shown), wanted);
	assert_int_equal(covered, strlen(line));
	buf_free(&shown);
}

static void test_runs(void **state)
{
	(void)state;
	assert_runs("Blåbær 11.00", false, ">Blåbær 11.00");
	assert_runs("", true, "");
	assert_runs("مرحبا", false, "<مرحبا");
	assert_runs("Kaffe مرحبا i dag", false, ">Kaffe <مرحبا> i dag");
	assert_runs("مرحبا Kaffe", true, ">Kaffe<مرحبا ");
	assert_runs("Kaffe", true, ">Kaffe");
	assert_runs("😀 مرحبا 😀", true, "<😀 مرحبا 😀");
}

/* Without isolates a phone number inside Arabic is shown from its end. */
static void test_isolates_keep_a_number_whole(void **state)
{
	(void)state;
	assert_runs("اتصل 00 00 12 34", true, ">34< >12< >00< >00<اتصل ");
	assert_runs("اتصل \u206600 00 12 34\u2069", true, "<\u2069>00 00 12 34<اتصل \u2066");
}

/* ---- characters ---- */

static void assert_script(uint32_t code, const char *wanted)
{
	char script[5];

	icu_script(code, script);
	assert_string_equal(script, wanted);
}

static void test_scripts(void **state)
{
	(void)state;
	assert_script('a', "Latn");
	assert_script(0x430, "Cyrl");
	assert_script(0x645, "Arab");
	assert_script(0x1230, "Ethi");
	assert_script('1', "Zyyy");
	assert_script(' ', "Zyyy");
	assert_script(0x301, "Zinh");
	assert_script(0x378, "Zzzz");
	assert_script(0x110000, "Zzzz");
}

static void test_invisible_characters(void **state)
{
	static const uint32_t hidden[] = { 0,      '\n',   '\t',   0x7f,   0x85,   0xad,   0x200b, 0x200c,
					   0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060,
					   0x2066, 0x2067, 0x2068, 0x2069, 0xfe0f, 0xfeff };
	static const uint32_t seen[] = { ' ', 'a', 0xa0, 0x2013, 0x301, 0x600, 0x1f600, 0xfffd };

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (!icu_is_invisible(hidden[i]))
			fail_msg("U+%04X is said to be visible", (unsigned)hidden[i]);
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
		if (icu_is_invisible(seen[i]))
			fail_msg("U+%04X is said to be invisible", (unsigned)seen[i]);
}

/* ---- zones ---- */

static void assert_zone(const char *windows, const char *region, const char *wanted)
{
	char zone[64];

	if (!icu_zone_from_windows(windows, region, zone, sizeof zone))
		fail_msg("unknown: %s", windows);
	assert_string_equal(zone, wanted);
}

static void test_zones_of_windows(void **state)
{
	char zone[64] = "as before";

	(void)state;
	assert_zone("W. Europe Standard Time", NULL, "Europe/Berlin");
	assert_zone("W. Europe Standard Time", "NO", "Europe/Oslo");
	assert_zone("Romance Standard Time", NULL, "Europe/Paris");
	assert_zone("Romance Standard Time", "DK", "Europe/Copenhagen");
	assert_zone("GMT Standard Time", NULL, "Europe/London");
	assert_zone("FLE Standard Time", "FI", "Europe/Helsinki");
	assert_zone("Eastern Standard Time", NULL, "America/New_York");
	assert_false(icu_zone_from_windows("Europe/Oslo", NULL, zone, sizeof zone));
	assert_false(icu_zone_from_windows("", NULL, zone, sizeof zone));
	assert_false(icu_zone_from_windows("Oslo\xff", NULL, zone, sizeof zone));
	assert_false(icu_zone_from_windows("W. Europe Standard Time", "NO", zone, strlen("Europe/Oslo")));
	assert_string_equal(zone, "as before");
	assert_true(icu_zone_from_windows("W. Europe Standard Time", "NO", zone, sizeof "Europe/Oslo"));
}

/* ---- case ---- */

static void test_upper_first(void **state)
{
	(void)state;
	assert_string_equal(icu_upper_first(&arena, "nb", "tirsdag 24. november"), "Tirsdag 24. november");
	assert_string_equal(icu_upper_first(&arena, "nb", "åpent for alle i Solbakken"), "Åpent for alle i Solbakken");
	assert_string_equal(icu_upper_first(&arena, "nb", "24. november"), "24. november");
	assert_string_equal(icu_upper_first(&arena, "nb", "«allsang»"), "«Allsang»");
	assert_string_equal(icu_upper_first(&arena, "nb", ""), "");
	assert_string_equal(icu_upper_first(&arena, "nb", "TV og radio"), "TV og radio");
	assert_string_equal(icu_upper_first(&arena, "tr", "istanbul"), "İstanbul");
	assert_string_equal(icu_upper_first(&arena, "en", "istanbul"), "Istanbul");
	assert_string_equal(icu_upper_first(&arena, "el", "\u0390"), "\u0399\u0308\u0301");
	assert_string_equal(icu_upper_first(&arena, "ar", "مرحبا"), "مرحبا");
	assert_null(icu_upper_first(&arena, "nb", "bl\xe5"));
}

static void test_fold(void **state)
{
	(void)state;
	assert_string_equal(icu_fold(&arena, "ÅSE Øyen"), "åse øyen");
	assert_string_equal(icu_fold(&arena, "A\u030ase"), "åse");
	assert_string_equal(icu_fold(&arena, "aktivitets\u00adsenter"), "aktivitetssenter");
	assert_string_equal(icu_fold(&arena, "STRASSE"), icu_fold(&arena, "straße"));
	assert_string_equal(icu_fold(&arena, "\ufdfa"), "صلى الله عليه وسلم");
	assert_string_equal(icu_fold(&arena, ""), "");
	assert_null(icu_fold(&arena, "bl\xe5"));
}

/* ---- memory, threads ---- */

static void test_out_of_memory_is_said(void **state)
{
	struct icu_breaks breaks;
	struct icu_runs runs;
	struct arena none;

	(void)state;
	arena_init(&none, 0);
	assert_int_equal(icu_line_breaks(&none, "nb", "to ord", 6, &breaks), ERR_MEMORY);
	assert_int_equal(icu_line_breaks(&none, "nb", "", 0, &breaks), ERR_MEMORY);
	assert_int_equal(icu_bidi_runs(&none, "to ord", 6, false, &runs), ERR_MEMORY);
	assert_int_equal(icu_bidi_runs(&none, "مرحبا", 10, true, &runs), ERR_MEMORY);
	assert_null(icu_upper_first(&none, "nb", "ord"));
	assert_null(icu_fold(&none, "ord"));
}

static void *break_and_turn(void *unused)
{
	struct arena own;
	size_t n = 0;

	(void)unused;
	arena_init(&own, 16 << 20);
	for (int i = 0; i < 500; i++) {
		struct icu_breaks breaks;
		struct icu_runs runs;
		const char *text = "Kaffe مرحبا i dag";
		bool good = icu_line_breaks(&own, i % 2 ? "nb" : "ar", text, strlen(text), &breaks) == OK &&
			    icu_bidi_runs(&own, text, strlen(text), false, &runs) == OK;
		n += good && breaks.n == 4 && runs.n == 3;
	}
	arena_free(&own);
	return n == 500 ? NULL : "wrong";
}

static void test_many_threads(void **state)
{
	(void)state;
	four_threads(break_and_turn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lines_break_between_words, begin, end),
		cmocka_unit_test_setup_teardown(test_soft_hyphens_are_opportunities, begin, end),
		cmocka_unit_test_setup_teardown(test_numbers_and_hard_spaces_hold_together, begin, end),
		cmocka_unit_test_setup_teardown(test_line_breaks_in_the_text_must_be_taken, begin, end),
		cmocka_unit_test_setup_teardown(test_breaks_of_no_utf8, begin, end),
		cmocka_unit_test_setup_teardown(test_more_languages_than_are_kept, begin, end),
		cmocka_unit_test_setup_teardown(test_runs, begin, end),
		cmocka_unit_test_setup_teardown(test_isolates_keep_a_number_whole, begin, end),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_invisible_characters),
		cmocka_unit_test(test_zones_of_windows),
		cmocka_unit_test_setup_teardown(test_upper_first, begin, end),
		cmocka_unit_test_setup_teardown(test_fold, begin, end),
		cmocka_unit_test(test_out_of_memory_is_said),
		cmocka_unit_test(test_many_threads),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
