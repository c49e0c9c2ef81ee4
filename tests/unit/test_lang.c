/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages that Oppslag speaks, as they stand in assets/lang. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/lang.h"
#include "core/lang_table.h"

static struct arena arena;
static const struct lang *nb, *en;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena, 16 << 20);
	nb = lang_find("nb");
	en = lang_find("en");
	return nb && en ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct civil civil(const char *s)
{
	struct civil when;

	if (!civil_parse(s, &when))
		fail_msg("not read: %s", s);
	return when;
}

static void test_languages_are_found(void **state)
{
	(void)state;
	assert_string_equal(lang_code(nb), "nb");
	assert_string_equal(lang_autonym(nb), "Norsk bokmål");
	assert_string_equal(lang_autonym(en), "English");
	assert_false(lang_is_rtl(nb));
	assert_true(lang_is_proofread(nb));
	assert_ptr_equal(lang_find("NB"), nb);
	assert_null(lang_find("xx"));
	assert_null(lang_find(""));
	assert_null(lang_find(NULL));
	assert_null(lang_find("nb-NO"));
	assert_ptr_equal(lang_at(0), nb);
	assert_int_equal(lang_count(), 20);
	for (size_t i = 0; i < lang_count(); i++)
		assert_ptr_equal(lang_find(lang_code(lang_at(i))), lang_at(i));
}

static void test_the_languages_and_their_order(void **state)
{
	static const char *const codes[] = { "nb", "nn", "se", "en", "uk", "ar",  "ru", "pl", "ti", "so",
					     "lt", "ur", "fa", "tr", "vi", "ckb", "ps", "de", "fr", "es" };

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		const struct lang *lang = lang_at(i);
		bool house = lang == nb || lang == en;
		assert_string_equal(lang_code(lang), codes[i]);
		assert_true(lang_is_rtl(lang) == (strstr("ar ur fa ckb ps", codes[i]) != NULL));
		assert_true(lang_has_staff(lang) == house);
		assert_true(lang_is_proofread(lang) == house);
	}
	assert_string_equal(lang_name(lang_find("ti"), nb), "tigrinja");
	assert_string_equal(lang_name(nb, en), "Norwegian");
}

/* A tag from outside, by what its reader is served by. */
static void test_tags_are_matched(void **state)
{
	static const struct {
		const char *tag, *wanted; /* NULL: none of ours */
	} rows[] = {
		{ "NB", "nb" },
		{ "nb-NO", "nb" },
		{ "no", "nb" },
		{ "NO-no", "nb" },
		{ "nn-NO", "nn" },
		{ "se-FI", "se" },
		{ "TI", "ti" },
		{ "ti-ER", "ti" },
		{ "fa-AF", "fa" },
		{ "prs", "fa" },
		{ "prs-AF", "fa" },
		{ "pes", "fa" },
		{ "arb-Arab-SY", "ar" },
		{ "ar-IQ", "ar" },
		{ "pbu", "ps" },
		{ "ckb-IQ", "ckb" },
		{ "ku-Arab", "ckb" },
		{ "KU-arab-IR", "ckb" },
		{ "ku", NULL },
		{ "ku-TR", NULL },
		{ "ku-Latn", NULL },
		{ "sma", NULL },
		{ "smj-NO", NULL },
		{ "s", NULL },
		{ "sea", NULL },
		{ "", NULL },
		{ "-", NULL },
		{ "nb_NO", NULL },
		{ "a-very-long-tag-that-nobody-has-ever-seen-in-the-wild", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct lang *lang = lang_match(rows[i].tag);
		if (lang != (rows[i].wanted ? lang_find(rows[i].wanted) : NULL))
			fail_msg("%s for %s", lang ? lang_code(lang) : "none", rows[i].tag);
	}
	assert_null(lang_match(NULL));
}

static void test_staff_are_offered_what_has_their_texts(void **state)
{
	const struct lang *ti = lang_find("ti");

	(void)state;
	assert_ptr_equal(lang_accept("ti,en;q=0.5", nb), ti);
	assert_ptr_equal(lang_accept_staff("ti,en;q=0.5", nb), en);
	assert_ptr_equal(lang_accept_staff("ti,nn", nb), nb);
	assert_string_equal(lang_text(ti, TEXT_STAFF_LOGIN), lang_text(nb, TEXT_STAFF_LOGIN));
	assert_string_equal(lang_format(&arena, ti, TEXT_STAFF_LOGIN_SLOW, ARG_N(1)),
			    lang_format(&arena, nb, TEXT_STAFF_LOGIN_SLOW, ARG_N(1)));
}

static void test_texts_stand(void **state)
{
	(void)state;
	assert_string_equal(lang_text(nb, TEXT_SCREEN_HOME), "Hjem");
	assert_string_equal(lang_text(en, TEXT_SCREEN_HOME), "Home");
	for (size_t i = 0; i < lang_count(); i++) {
		for (size_t id = 0; id < TEXT_COUNT; id++) {
			const char *s = lang_text(lang_at(i), (enum text_id)id);
			assert_non_null(s);
			assert_true(*s && utf8_is_valid(s, strlen(s)));
		}
	}
}

/* Each text takes its arguments, in each language and for numbers of each plural form. */
static void test_all_texts_take_their_arguments(void **state)
{
	static const int64_t numbers[] = { 0, 1, 2, 3, 5, 11, 21, 22, 100 };

	(void)state;
	for (size_t i = 0; i < lang_count(); i++) {
		for (size_t id = 0; id < TEXT_COUNT; id++) {
			const struct lang_signature *signature = &lang_signatures[id];
			for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
				struct lang_arg args[LANG_ARGUMENTS];
				for (size_t a = 0; a < signature->n; a++)
					args[signature->order[a]] =
						a < signature->n_numbers ? ARG_N(numbers[k]) : ARG_S("Åse's {0}");
				char *s = lang_format_args(&arena, lang_at(i), (enum text_id)id, signature->n, args);
				assert_non_null(s);
				assert_true(*s != '\0');
				if (signature->n_numbers < signature->n)
					assert_non_null(strstr(s, "Åse's {0}"));
				else
					assert_null(strchr(s, '{'));
			}
			arena_reset(&arena);
		}
	}
}

static void assert_date(const struct lang *lang, enum date_form form, const char *when, const char *wanted)
{
	char *date = lang_date(&arena, lang, form, civil(when));

	assert_non_null(date);
	assert_string_equal(date, wanted);
}

static void test_dates(void **state)
{
	static const char *const in_nb[DATE_FORM_COUNT] = {
		[DATE_WEEKDAY] = "tirsdag",
		[DATE_WEEKDAY_SHORT] = "tir.",
		[DATE_DAY_MONTH] = "24. november",
		[DATE_WEEKDAY_DAY_MONTH] = "tirsdag 24. november",
		[DATE_FULL] = "tirsdag 24. november 2026",
		[DATE_DAY_MONTH_YEAR] = "24. november 2026",
		[DATE_DAY] = "24.",
		[DATE_TIME] = "09.05",
		[DATE_WEEKDAY_TIME] = "tirsdag 24. november kl. 09.05",
	};
	static const char *const in_en[DATE_FORM_COUNT] = {
		[DATE_WEEKDAY] = "Tuesday",
		[DATE_WEEKDAY_SHORT] = "Tue",
		[DATE_DAY_MONTH] = "24 November",
		[DATE_WEEKDAY_DAY_MONTH] = "Tuesday 24 November",
		[DATE_FULL] = "Tuesday 24 November 2026",
		[DATE_DAY_MONTH_YEAR] = "24 November 2026",
		[DATE_DAY] = "24",
		[DATE_TIME] = "09:05",
		[DATE_WEEKDAY_TIME] = "Tuesday 24 November at 09:05",
	};

	(void)state;
	for (enum date_form form = 0; form < DATE_FORM_COUNT; form++) {
		assert_date(nb, form, "2026-11-24T09:05", in_nb[form]);
		assert_date(en, form, "2026-11-24T09:05", in_en[form]);
	}
	assert_date(nb, DATE_FULL, "1970-01-01", "torsdag 1. januar 1970");
	assert_date(en, DATE_FULL, "2199-12-31T23:59:59", "Tuesday 31 December 2199");
	assert_date(nb, DATE_TIME, "2026-11-24", "00.00");
}

/* As people write it there: the order, the genitive, and names that ICU has not or not so. */
static void test_dates_of_all_languages(void **state)
{
	static const struct {
		const char *code, *full, *weekday_time;
	} rows[] = {
		{ "nn", "tysdag 24. november 2026", "tysdag 24. november kl. 09.05" },
		{ "se", "maŋŋebárga skábmamánu 24. b. 2026", "maŋŋebárga skábmamánu 24. b. dii. 09.05" },
		{ "uk", "вівторок, 24 листопада 2026 р.", "вівторок, 24 листопада о 09:05" },
		{ "ar", "الثلاثاء، 24 نوفمبر 2026", "الثلاثاء، 24 نوفمبر، الساعة 09:05" },
		{ "ru", "вторник, 24 ноября 2026 г.", "вторник, 24 ноября в 09:05" },
		{ "pl", "wtorek, 24 listopada 2026", "wtorek, 24 listopada, godz. 09:05" },
		{ "ti", "ሰሉስ፣ 24 ሕዳር 2026", "ሰሉስ፣ 24 ሕዳር፣ ሰዓት 09:05" },
		{ "so", "Talaado, 24 Nofembar 2026", "Talaado, 24 Nofembar, saacadda 09:05" },
		{ "lt", "antradienis, 2026 m. lapkričio 24 d.", "antradienis, lapkričio 24 d., 09:05" },
		{ "ur", "منگل، 24 نومبر 2026", "منگل، 24 نومبر، 09:05 بجے" },
		{ "fa", "سه‌شنبه 24 نوامبر 2026", "سه‌شنبه 24 نوامبر، ساعت 09:05" },
		{ "tr", "24 Kasım 2026 Salı", "24 Kasım Salı, saat 09:05" },
		{ "vi", "thứ Ba, ngày 24 tháng 11 năm 2026", "thứ Ba, ngày 24 tháng 11, 09:05" },
		{ "ckb", "سێشەممە، 24ی تشرینی دووەمی 2026", "سێشەممە، 24ی تشرینی دووەم، کاتژمێر 09:05" },
		{ "ps", "سه‌شنبه، 24 نومبر 2026", "سه‌شنبه، 24 نومبر، 09:05 بجې" },
		{ "de", "Dienstag, 24. November 2026", "Dienstag, 24. November, 09:05 Uhr" },
		{ "fr", "mardi 24 novembre 2026", "mardi 24 novembre à 09:05" },
		{ "es", "martes 24 de noviembre de 2026", "martes 24 de noviembre, 09:05" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_date(lang_find(rows[i].code), DATE_FULL, "2026-11-24T09:05", rows[i].full);
		assert_date(lang_find(rows[i].code), DATE_WEEKDAY_TIME, "2026-11-24T09:05", rows[i].weekday_time);
	}
	assert_date(lang_find("fa"), DATE_DAY_MONTH, "2026-01-01", "1 ژانویه");
	assert_date(lang_find("nn"), DATE_WEEKDAY_SHORT, "2026-11-28", "lau.");
}

/* The clock skips 02:30 in Oslo that night: on the wall it is written all the same. */
static void test_dates_know_no_zone(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "Europe/Oslo", 1), 0);
	assert_date(nb, DATE_WEEKDAY_TIME, "2026-03-29T02:30", "søndag 29. mars kl. 02.30");
	assert_int_equal(setenv("TZ", "UTC", 1), 0);
}

static void test_time_ranges(void **state)
{
	(void)state;
	assert_string_equal(lang_time_range(&arena, nb, civil("2026-11-24T11:00"), civil("2026-11-24T12:30")),
			    "11.00–12.30");
	assert_string_equal(lang_time_range(&arena, en, civil("2026-11-24T23:00"), civil("2026-11-25T01:00")),
			    "23:00–01:00");
}

static void test_relative_days(void **state)
{
	static const struct {
		const char *day, *in_nb, *in_en;
	} rows[] = {
		{ "2026-11-22", "søndag 22. november", "Sunday 22 November" },
		{ "2026-11-23", "i går", "yesterday" },
		{ "2026-11-24T23:59", "i dag", "today" },
		{ "2026-11-25", "i morgen", "tomorrow" },
		{ "2026-11-26T11:00", "torsdag", "Thursday" },
		{ "2026-11-30", "mandag", "Monday" },
		{ "2026-12-01", "tirsdag 1. desember", "Tuesday 1 December" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct civil day = civil(rows[i].day), today = civil("2026-11-24T09:30");
		assert_string_equal(lang_relative_day(&arena, nb, day, today), rows[i].in_nb);
		assert_string_equal(lang_relative_day(&arena, en, day, today), rows[i].in_en);
	}
}

static void test_capitals(void **state)
{
	(void)state;
	assert_string_equal(lang_capitalise(&arena, nb, "øvelse og kaffe"), "Øvelse og kaffe");
	assert_string_equal(lang_capitalise(&arena, en, "today"), "Today");
}

static void test_the_alphabet(void **state)
{
	static const char *const sorted[] = { "Allsang",    "bingo", "Bingo",     "Vann", "Zumba",
					      "Ærlig talt", "Økt",   "Åpent hus", "Aasen" };

	(void)state;
	for (size_t i = 0; i + 1 < sizeof sorted / sizeof *sorted; i++) {
		assert_true(lang_compare(nb, sorted[i], sorted[i + 1]) < 0);
		assert_true(lang_compare(nb, sorted[i + 1], sorted[i]) > 0);
	}
	assert_int_equal(lang_compare(nb, "bingo", "bingo"), 0);
	assert_true(lang_compare(en, "Åpent hus", "bingo") < 0);
	assert_true(lang_compare(nb, "A\u030a", "Å") != 0);
	assert_true(lang_compare(nb, "bl\xe5", "blå") != 0);
}

static void assert_accepted(const char *header, const char *wanted)
{
	const struct lang *lang = lang_accept(header, en);

	if (strcmp(lang_code(lang), wanted) != 0)
		fail_msg("%s for \"%s\"", lang_code(lang), header);
}

static void test_accept_language(void **state)
{
	(void)state;
	assert_accepted("nb", "nb");
	assert_accepted("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.6,en-US;q=0.5,en;q=0.4", "nb");
	assert_accepted("en-GB,en;q=0.9,nb;q=0.8", "en");
	assert_accepted("en;q=0.5, nb;q=0.7", "nb");
	assert_accepted("no", "nb");
	assert_accepted("NO-no", "nb");
	assert_accepted("nb-Latn-NO-x-solbakken", "nb");
	assert_accepted("zh, xx;q=0.9, nb;q=0.001", "nb");
	assert_accepted("nb;q=0", "en");
	assert_accepted("nb;q=0.0, *", "en");
	assert_accepted("*;q=0.9, nb;q=0.5", "en");
	assert_accepted("*;q=0.1, nb;q=0.5", "nb");
	assert_accepted("nb ; q=0.3 , en\t;\tq=0.2", "nb");
	assert_accepted("nb;Q=1.000", "nb");
	assert_accepted("nb;q=1.", "nb");
	assert_accepted("nb,en", "nb");
	assert_accepted("en,nb", "en");
	assert_accepted("nn-NO,en;q=0.9", "nn");
	assert_accepted("ku,prs;q=0.9", "fa");
	assert_accepted("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr");
}

static void test_what_is_wrong_in_accept_language_is_passed_over(void **state)
{
	static const char *const wrong[] = { "nb;q=2",
					     "nb;q=1.001",
					     "nb;q=0.1234",
					     "nb;q=",
					     "nb;q",
					     "nb;q=-1",
					     "nb;q=.5",
					     "nb;q=10",
					     "nb;q=0.5.5",
					     "nb;q=x",
					     "nb;level=1",
					     "nb;q=0.5;q=1",
					     "nb_NO",
					     "-nb",
					     "nb nb",
					     "",
					     ",",
					     ",,;,",
					     ";q=1",
					     "*",
					     ";",
					     "n b",
					     "nbx",
					     "n",
					     "a-very-long-range-that-nobody-has-ever-seen-in-the-wild-nb" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_accepted(wrong[i], "en");
	assert_accepted("nb;q=2, nb;q=0.1", "nb");
	assert_ptr_equal(lang_accept(NULL, en), en);
	assert_null(lang_accept("xx, *", NULL));

	char *long_header = arena_alloc(&arena, 100001);
	assert_non_null(long_header);
	memset(long_header, ',', 100000);
	memcpy(long_header + 99998, "nb", 2);
	assert_accepted(long_header, "en");
}

static void test_out_of_memory_is_said(void **state)
{
	struct arena none;

	(void)state;
	arena_init(&none, 0);
	assert_null(lang_date(&none, nb, DATE_FULL, civil("2026-11-24")));
	assert_null(lang_time_range(&none, nb, civil("2026-11-24T11:00"), civil("2026-11-24T12:00")));
	assert_null(lang_relative_day(&none, nb, civil("2026-11-24"), civil("2026-11-24")));
	assert_null(lang_format_args(&none, nb, TEXT_SCREEN_HOME, 0, NULL));
	assert_null(lang_capitalise(&none, nb, "ord"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_languages_are_found),
		cmocka_unit_test(test_the_languages_and_their_order),
		cmocka_unit_test(test_tags_are_matched),
		cmocka_unit_test(test_staff_are_offered_what_has_their_texts),
		cmocka_unit_test(test_dates_of_all_languages),
		cmocka_unit_test(test_texts_stand),
		cmocka_unit_test(test_all_texts_take_their_arguments),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_dates_know_no_zone),
		cmocka_unit_test(test_time_ranges),
		cmocka_unit_test(test_relative_days),
		cmocka_unit_test(test_capitals),
		cmocka_unit_test(test_the_alphabet),
		cmocka_unit_test(test_accept_language),
		cmocka_unit_test(test_what_is_wrong_in_accept_language_is_passed_over),
		cmocka_unit_test(test_out_of_memory_is_said),
	};

	mem_init();
	return cmocka_run_group_tests(tests, begin, end);
}
