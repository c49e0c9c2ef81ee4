/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a language can ask of us and bokmål does not: right to left, other
 * calendars and digits, many plural forms, arguments in another order. The
 * tables stand here, in place of the generated ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "core/icu.h"
#include "core/lang_table.h"
#include "four_threads.h"

enum { FARSI, POLISH };
enum { PLAIN, GUEST, PLACES, MIXED, LONG, STAFF };
#define TEN(s) s s s s s s s s s s

/* MIXED stands as "{3} {1, plural, …} {0} {2, number}" in the message file. */
const struct lang_signature lang_signatures[TEXT_COUNT] = {
	[GUEST] = { 1, 0, { 0 } }, [PLACES] = { 1, 1, { 0 } }, [MIXED] = { 4, 2, { 1, 2, 0, 3 } },
	[LONG] = { 1, 0, { 0 } },  [STAFF] = { 1, 1, { 0 } },
};
static const struct words_farsi {
	char none[1], plain[sizeof "خانه"], guest[sizeof "{0} آمد"],
		places[sizeof "{0, plural, one {# جا} other {# جا}}"];
	char mixed[sizeof "{3} {0, plural, one {یک} other {#}} {2} {1, number}"], taken[sizeof "{0}"];
	char staff[sizeof "{0, plural, one {نفر} other {# نفر}}"];
} words_farsi = { "",
		  "خانه",
		  "{0} آمد",
		  "{0, plural, one {# جا} other {# جا}}",
		  "{3} {0, plural, one {یک} other {#}} {2} {1, number}",
		  "{0}",
		  "{0, plural, one {نفر} other {# نفر}}" };
#define FARSI_AT(text) offsetof(struct words_farsi, text)
static const uint32_t starts_farsi[TEXT_COUNT] = {
	[PLAIN] = FARSI_AT(plain), [GUEST] = FARSI_AT(guest), [PLACES] = FARSI_AT(places),
	[MIXED] = FARSI_AT(mixed), [LONG] = FARSI_AT(taken),  [STAFF] = FARSI_AT(staff),
};

#define POLISH_PLACES "{0, plural, =0 {brak miejsc} one {# miejsce} few {# miejsca} many {# miejsc} other {# miejsca}}"
#define POLISH_MIXED "{3} {0, plural, one {#a} few {#b} many {#c} other {#d}} {2} {1, number}"
#define POLISH_LONG TEN(TEN("0123456789")) " {0}"
/* It has no text STAFF. */
static const struct words_polish {
	char none[1], plain[sizeof "Dom"], guest[sizeof "Przyszła {0}"], places[sizeof POLISH_PLACES];
	char mixed[sizeof POLISH_MIXED], taken[sizeof POLISH_LONG];
} words_polish = { "", "Dom", "Przyszła {0}", POLISH_PLACES, POLISH_MIXED, POLISH_LONG };
#define POLISH_AT(text) offsetof(struct words_polish, text)
static const uint32_t starts_polish[TEXT_COUNT] = {
	[PLAIN] = POLISH_AT(plain), [GUEST] = POLISH_AT(guest), [PLACES] = POLISH_AT(places),
	[MIXED] = POLISH_AT(mixed), [LONG] = POLISH_AT(taken),
};
static const char *const polish_months[] = {
	"stycznia", "lutego",   "marca",    "kwietnia",     "maja",      "czerwca",
	"lipca",    "sierpnia", "września", "października", "LISTOPADA", "grudnia"
};
static const char *const polish_days[] = { "pn", "WT", "sr", "cz", "pt", "so", "NIEDZIELA" };
#define DATES                                                                                                   \
	{                                                                                                       \
		[DATE_FULL] = "EEEE d MMMM y", [DATE_TIME] = "HH:mm", [DATE_WEEKDAY] = "EEEE", [DATE_DAY] = "d" \
	}
const struct lang lang_table[LANG_COUNT] = {
	[FARSI] = { "fa",
		    "fa@calendar=gregorian;numbers=latn",
		    "فارسی",
		    (enum text_id)PLAIN,
		    true,
		    false,
		    true,
		    DATES,
		    { .months = NULL },
		    (const char *)&words_farsi,
		    starts_farsi },
	[POLISH] = { "pl",
		     "pl@calendar=gregorian;numbers=latn",
		     "Polski",
		     (enum text_id)PLAIN,
		     false,
		     false,
		     false,
		     DATES,
		     { polish_months, polish_days, NULL },
		     (const char *)&words_polish,
		     starts_polish },
};

static const struct icu_names icu_own;
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

#define assert_format(wanted, lang, id, ...) \
	assert_string_equal(lang_format(&arena, &lang_table[lang], (enum text_id)(id), __VA_ARGS__), wanted)

static void test_plural_forms(void **state)
{
	(void)state;
	assert_format("brak miejsc", POLISH, PLACES, ARG_N(0));
	assert_format("1 miejsce", POLISH, PLACES, ARG_N(1));
	assert_format("3 miejsca", POLISH, PLACES, ARG_N(3));
	assert_format("5 miejsc", POLISH, PLACES, ARG_N(5));
	assert_format("12 miejsc", POLISH, PLACES, ARG_N(12));
	assert_format("22 miejsca", POLISH, PLACES, ARG_N(22));
	assert_format("100\u00a0000 miejsc", POLISH, PLACES, ARG_N(100000));
}

static void test_arguments_find_their_places(void **state)
{
	(void)state;
	assert_format("Ewa 5c Adam 7", POLISH, MIXED, ARG_S("Adam"), ARG_N(5), ARG_N(7), ARG_S("Ewa"));
	assert_format("Przyszła Ewa's {0} '{'", POLISH, GUEST, ARG_S("Ewa's {0} '{'"));
	assert_format("Przyszła 1234", POLISH, GUEST, ARG_N(1234));
}

static void test_arguments_that_do_not_fit_do_no_harm(void **state)
{
	(void)state;
	assert_format("Dom", POLISH, PLAIN, ARG_S("Ewa"));
	assert_format("Przyszła Ewa", POLISH, GUEST, ARG_S("Ewa"), ARG_N(1), ARG_S("Adam"));
	assert_format("Przyszła ", POLISH, GUEST, ARG_S(NULL));
	assert_format("brak miejsc", POLISH, PLACES, ARG_S("Ewa"));
	assert_format(" 3b Adam 0", POLISH, MIXED, ARG_S("Adam"), ARG_N(3));
	assert_null(lang_format(&arena, &lang_table[POLISH], (enum text_id)GUEST, ARG_S("\xff")));
}

static void test_long_results(void **state)
{
	(void)state;
	assert_format(TEN(TEN("0123456789")) " " TEN("Łódź"), POLISH, LONG, ARG_S(TEN("Łódź")));
}

static void test_names_keep_their_direction(void **state)
{
	(void)state;
	assert_format("\u2068Kari\u2069 آمد", FARSI, GUEST, ARG_S("Kari"));
	assert_format("12 آمد", FARSI, GUEST, ARG_N(12));
	assert_string_equal(lang_time_range(&arena, &lang_table[FARSI], (struct civil){ 2026, 11, 24, 11, 0, 0, false },
					    (struct civil){ 2026, 11, 24, 12, 30, 0, false }),
			    "\u206611:00–12:30\u2069");
	assert_true(lang_is_rtl(&lang_table[FARSI]));
}

/* By itself ICU writes ۲۰۲۶ or ۱۴۰۵ here. */
static void test_gregorian_with_latin_digits(void **state)
{
	(void)state;
	assert_string_equal(
		lang_date(&arena, &lang_table[FARSI], DATE_FULL, (struct civil){ 2026, 11, 24, 0, 0, 0, true }),
		"سه\u200cشنبه 24 نوامبر 2026");
	assert_format("1,234 جا", FARSI, PLACES, ARG_N(1234));
}

/* All twenty languages of the plan, so that the next ones bring no surprise: ASCII digits, and the year that the wall
 * has. */
static void test_every_language_of_the_plan_writes_our_year(void **state)
{
#define LOCALE(code) code "@calendar=gregorian;numbers=latn"
	static const char *const locales[] = {
		LOCALE("nb"), LOCALE("nn"),  LOCALE("se"), LOCALE("en_GB"), LOCALE("uk"), LOCALE("ar"), LOCALE("ru"),
		LOCALE("pl"), LOCALE("ti"),  LOCALE("so"), LOCALE("lt"),    LOCALE("ur"), LOCALE("fa"), LOCALE("tr"),
		LOCALE("vi"), LOCALE("ckb"), LOCALE("ps"), LOCALE("de"),    LOCALE("fr"), LOCALE("es")
	};

	(void)state;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		char *s = icu_format_date(&arena, locales[i], &icu_own, "EEEE d MMMM y HH:mm", 1795512600);
		assert_non_null(s);
		if (!strstr(s, "24 ") || !strstr(s, " 2026 09:30"))
			fail_msg("%s: %s", locales[i], s);
		s = icu_format_message(&arena, locales[i], "{0, plural, other {#}}", 1, &(int64_t){ 42 }, 0, NULL);
		assert_non_null(s);
		assert_string_equal(s, "42");
	}
}

/* More messages and more locales than are kept, twice. */
static void test_what_is_no_longer_kept_is_opened_again(void **state)
{
	static char patterns[200][32], locales[50][16];

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 200; i++) {
			char wanted[32];
			snprintf(patterns[i], sizeof patterns[i], "{0} nr. %d", i);
			snprintf(wanted, sizeof wanted, "Kari nr. %d", i);
			char *s = icu_format_message(&arena, "nb", patterns[i], 0, NULL, 1, &(const char *){ "Kari" });
			assert_string_equal(s, wanted);
		}
		for (int i = 0; i < 50; i++) {
			snprintf(locales[i], sizeof locales[i], "%s", i % 2 ? "nb" : "en_GB");
			assert_string_equal(icu_format_date(&arena, locales[i], &icu_own, "EEEE", 0),
					    i % 2 ? "torsdag" : "Thursday");
			assert_int_equal(icu_compare(locales[i], "å", "z") < 0, i % 2 == 0);
		}
	}
}

/* What a message file says of months and days goes before what ICU knows, whichever way the pattern asks. */
static void test_names_of_the_message_file(void **state)
{
	static const char *const patterns[] = { "EEEE d MMMM", "cccc d LLLL" };

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		const struct lang *polish = &lang_table[POLISH];
		assert_string_equal(icu_format_date(&arena, polish->locale, &polish->names, patterns[i], 1795512600),
				    "WT 24 LISTOPADA");
		assert_string_equal(
			icu_format_date(&arena, polish->locale, &polish->names, patterns[i], 1795512600 + 5 * 86400),
			"NIEDZIELA 29 LISTOPADA");
	}
	assert_string_equal(
		lang_date(&arena, &lang_table[POLISH], DATE_WEEKDAY, (struct civil){ 2026, 11, 23, 0, 0, 0, true }),
		"pn");
}

/* A text for staff that a language has not: in the first language, with the first one's plurals. */
static void test_texts_for_staff_fall_back(void **state)
{
	(void)state;
	assert_true(lang_has_staff(&lang_table[FARSI]));
	assert_false(lang_has_staff(&lang_table[POLISH]));
	assert_format("نفر", POLISH, STAFF, ARG_N(1));
	assert_format("5 نفر", POLISH, STAFF, ARG_N(5));
	assert_string_equal(lang_text(&lang_table[POLISH], (enum text_id)STAFF), words_farsi.staff);
	assert_string_equal(lang_text(&lang_table[POLISH], (enum text_id)PLAIN), "Dom");
}

static void *format_many(void *unused)
{
	struct arena own;
	size_t good = 0;

	(void)unused;
	arena_init(&own, 16 << 20);
	for (int i = 0; i < 300; i++) {
		const char *places = lang_format(&own, &lang_table[POLISH], (enum text_id)PLACES, ARG_N(5));
		const char *time = lang_date(&own, &lang_table[i % 2], DATE_TIME,
					     (struct civil){ .year = 2026, .month = 1, .day = 1 });
		good += places && time && strcmp(places, "5 miejsc") == 0 && strcmp(time, "00:00") == 0 &&
			lang_compare(&lang_table[POLISH], "łódka", "lód") > 0;
	}
	arena_free(&own);
	return good == 300 ? NULL : "wrong";
}

static void test_many_threads(void **state)
{
	(void)state;
	four_threads(format_many);
}

static void test_patterns_that_icu_refuses(void **state)
{
	(void)state;
	assert_null(icu_format_message(&arena, "nb", "{0, plural, one {x}", 1, &(int64_t){ 1 }, 0, NULL));
	assert_null(icu_format_message(&arena, "nb", "\xff", 0, NULL, 0, NULL));
	assert_null(icu_format_date(&arena, "nb", &icu_own, "EEEE \xff", 0));
	assert_null(icu_format_message(&arena, "nb", "{0}", 3, (int64_t[3]){ 0 }, 3, (const char *[3]){ "", "", "" }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plural_forms),
		cmocka_unit_test(test_arguments_find_their_places),
		cmocka_unit_test(test_arguments_that_do_not_fit_do_no_harm),
		cmocka_unit_test(test_long_results),
		cmocka_unit_test(test_names_keep_their_direction),
		cmocka_unit_test(test_gregorian_with_latin_digits),
		cmocka_unit_test(test_every_language_of_the_plan_writes_our_year),
		cmocka_unit_test(test_what_is_no_longer_kept_is_opened_again),
		cmocka_unit_test(test_names_of_the_message_file),
		cmocka_unit_test(test_texts_for_staff_fall_back),
		cmocka_unit_test(test_many_threads),
		cmocka_unit_test(test_patterns_that_icu_refuses),
	};

	_Static_assert((int)TEXT_COUNT > (int)STAFF && (int)LANG_COUNT > (int)POLISH,
		       "the tables above fit into the real ones");
	mem_init();
	return cmocka_run_group_tests(tests, begin, end);
}
