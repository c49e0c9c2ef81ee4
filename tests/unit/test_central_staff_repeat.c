/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain words and repeat rules, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "central/staff_repeat.h"

static const struct civil tuesday = { .year = 2026, .month = 11, .day = 24, .hour = 11 };

static const struct {
	const char *rule;
	enum repeat_kind kind;
	unsigned weekdays;
	int nth, weekday;
	const char *written; /* NULL: as RULE */
} cases[] = {
	{ NULL, REPEAT_NONE, 0, 0, 0, NULL },
	{ "FREQ=DAILY", REPEAT_DAILY, 0, 0, 0, NULL },
	{ "FREQ=DAILY;INTERVAL=1;UNTIL=20261224T235959", REPEAT_DAILY, 0, 0, 0, "FREQ=DAILY;UNTIL=20261224T235959" },
	{ "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", REPEAT_WORKDAYS, 31, 0, 0, NULL },
	{ "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", REPEAT_WORKDAYS, 0, 0, 0, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" },
	{ "FREQ=WEEKLY", REPEAT_WEEKLY, 2, 0, 0, "FREQ=WEEKLY;BYDAY=TU" },
	{ "FREQ=WEEKLY;BYDAY=TU,TH", REPEAT_WEEKLY, 10, 0, 0, NULL },
	{ "FREQ=WEEKLY;WKST=MO;BYDAY=TH,TU", REPEAT_WEEKLY, 10, 0, 0, "FREQ=WEEKLY;BYDAY=TU,TH" },
	{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", REPEAT_FORTNIGHTLY, 64, 0, 0, NULL },
	{ "FREQ=MONTHLY;BYMONTHDAY=24", REPEAT_MONTHLY_DATE, 0, 0, 0, NULL },
	{ "FREQ=MONTHLY", REPEAT_MONTHLY_DATE, 0, 0, 0, "FREQ=MONTHLY;BYMONTHDAY=24" },
	{ "FREQ=MONTHLY;BYDAY=1TU", REPEAT_MONTHLY_NTH, 0, 1, 1, NULL },
	{ "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", REPEAT_MONTHLY_NTH, 0, -1, 4, "FREQ=MONTHLY;BYDAY=-1FR" },
	{ "FREQ=YEARLY", REPEAT_YEARLY, 0, 0, 0, NULL },
	/* richer than our words: kept to the letter */
	{ "FREQ=WEEKLY;COUNT=8;BYDAY=TU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=WEEKLY;BYDAY=TU;WKST=SU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261224T100000Z", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=MONTHLY;BYMONTHDAY=15", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=MONTHLY;BYDAY=1TU,3TU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=MONTHLY;BYDAY=5TU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=YEARLY;BYMONTH=12", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=DAILY;BYDAY=SA,SU", REPEAT_OWN, 0, 0, 0, NULL },
	{ "FREQ=WEEKLY;BYDAY=XX", REPEAT_OWN, 0, 0, 0, NULL },
	{ "rubbish", REPEAT_OWN, 0, 0, 0, NULL },
};

static void there_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena arena;
		struct repeat repeat;
		const char *rule, *expected = cases[i].written ? cases[i].written : cases[i].rule;

		arena_init(&arena, 1 << 16);
		repeat_from_rule(cases[i].rule, tuesday, &repeat);
		assert_int_equal(repeat.kind, cases[i].kind);
		if (repeat.kind == REPEAT_WEEKLY || repeat.kind == REPEAT_FORTNIGHTLY)
			assert_int_equal(repeat.weekdays, cases[i].weekdays);
		if (repeat.kind == REPEAT_MONTHLY_NTH) {
			assert_int_equal(repeat.nth, cases[i].nth);
			assert_int_equal(repeat.weekday, cases[i].weekday);
		}
		/* OK but for torture, which makes an allocation fail */
		if (repeat_to_rule(&arena, &repeat, tuesday, &rule) == OK) {
			if (expected)
				assert_string_equal(rule, expected);
			else
				assert_null(rule);
		}
		arena_free(&arena);
	}
}

static void until_is_a_date_for_all_day(void **state)
{
	(void)state;
	struct arena arena;
	struct civil day = { .year = 2026, .month = 11, .day = 24, .date_only = true };
	struct repeat repeat;
	const char *rule;

	arena_init(&arena, 1 << 16);
	repeat_from_rule("FREQ=DAILY;UNTIL=20261224", day, &repeat);
	assert_int_equal(repeat.kind, REPEAT_DAILY);
	assert_true(repeat.has_until);
	assert_int_equal(repeat.until.day, 24);
	if (repeat_to_rule(&arena, &repeat, day, &rule) == OK)
		assert_string_equal(rule, "FREQ=DAILY;UNTIL=20261224");
	arena_free(&arena);
}

static void names_are_read_back(void **state)
{
	(void)state;
	for (int i = 0; i < REPEAT_COUNT; i++)
		assert_int_equal(repeat_parse(repeat_name((enum repeat_kind)i)), i);
	assert_int_equal(repeat_parse("sometimes"), REPEAT_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(until_is_a_date_for_all_day),
		cmocka_unit_test(names_are_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
