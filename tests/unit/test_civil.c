/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/civil.h"

static struct civil civil(const char *s)
{
	struct civil when = { 0 };

	if (!civil_parse(s, &when))
		fail_msg("not read: %s", s);
	return when;
}

static void assert_civil(struct civil when, const char *wanted)
{
	char text[CIVIL_SIZE];

	civil_print(when, text);
	assert_string_equal(text, wanted);
}

/* Every day from 1970 to 2199, and a month beyond, as the C library has it. */
static void test_days_agree_with_the_c_library(void **state)
{
	(void)state;
	for (int32_t day = 0; day < 84032; day++) {
		time_t t = (time_t)day * 86400;
		struct tm tm;
		char week[8];
		assert_non_null(gmtime_r(&t, &tm));
		struct civil when = civil_from_day(day);
		if (when.year != tm.tm_year + 1900 || when.month != tm.tm_mon + 1 || when.day != tm.tm_mday)
			fail_msg("day %d is %d-%d-%d", day, when.year, when.month, when.day);
		assert_true(when.date_only);
		assert_int_equal(civil_day(when), day);
		assert_int_equal(civil_weekday(when), (tm.tm_wday + 6) % 7);
		assert_true(strftime(week, sizeof week, "%V", &tm) > 0);
		assert_int_equal(civil_week(when), strtol(week, NULL, 10));
		assert_int_equal(civil_is_valid(when), when.year <= YEAR_MAX);
	}
}

static void test_days_before_1970(void **state)
{
	(void)state;
	for (int32_t day = -719468; day < 0; day += 97) {
		time_t t = (time_t)day * 86400;
		struct tm tm;
		assert_non_null(gmtime_r(&t, &tm));
		struct civil when = civil_from_day(day);
		assert_int_equal(when.year, tm.tm_year + 1900);
		assert_int_equal(civil_day(when), day);
		assert_int_equal(civil_weekday(when), (tm.tm_wday + 6) % 7);
	}
}

static void test_days_beyond_all_reason_stand_still(void **state)
{
	(void)state;
	assert_civil(civil_from_day(INT32_MAX), "9999-12-31");
	assert_civil(civil_from_day(INT32_MIN), "0000-03-01");
	assert_civil(civil_add_days(civil("2026-11-24"), INT32_MAX), "9999-12-31");
	assert_civil(civil_add_seconds(civil("2026-11-24"), INT64_MAX), "9999-12-31T15:30:07");
	assert_civil(civil_add_seconds(civil("2026-11-24"), INT64_MIN), "0000-03-01T08:29:52");
}

/* Seconds on the wall are seconds of a clock that is never changed: timegm's. */
static void test_seconds_agree_with_the_c_library(void **state)
{
	uint64_t random = 88172645463325252u;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		random ^= random << 13, random ^= random >> 7, random ^= random << 17; /* Marsaglia's xorshift */
		int64_t from = (int64_t)(random % 7258118400u);                        /* until 2200 */
		random ^= random << 13, random ^= random >> 7, random ^= random << 17;
		int64_t to = (int64_t)(random % 7258118400u);
		struct civil start = civil_add_seconds(civil("1970-01-01T00:00"), from);
		struct civil end = civil_add_seconds(start, to - from);
		struct tm tm = { .tm_year = end.year - 1900,
				 .tm_mon = end.month - 1,
				 .tm_mday = end.day,
				 .tm_hour = end.hour,
				 .tm_min = end.minute,
				 .tm_sec = end.second };
		assert_int_equal(timegm(&tm), to);
		assert_true(civil_is_valid(end) && !end.date_only);
		assert_int_equal(civil_compare(start, end), from < to ? -1 : from > to);
		assert_int_equal(civil_same_day(start, end), from / 86400 == to / 86400);
	}
}

static void test_parses_and_prints_three_forms(void **state)
{
	static const char *const good[] = {
		"2026-11-24", "1970-01-01",       "2199-12-31",       "2024-02-29",
		"2000-02-29", "2026-11-24T00:00", "2026-11-24T23:59", "2026-11-24T11:00:01"
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_civil(civil(good[i]), good[i]);
	assert_civil(civil("2026-11-24T11:00:00"), "2026-11-24T11:00");
	assert_false(civil("2026-11-24T00:00").date_only);
	assert_true(civil("2026-11-24").date_only);
}

static void test_refuses_all_else(void **state)
{
	static const char *const bad[] = { "",
					   "tomorrow",
					   "2026",
					   "2026-11",
					   "2026-11-2",
					   "2026-11-24T",
					   "2026-11-24T11",
					   "2026-11-24T11:0",
					   "2026-11-24T11:00:",
					   "2026-11-24T11:00:0",
					   "2026-11-24T11:00:00Z",
					   "2026-11-24T11:00Z",
					   "2026-11-24T11:00+01:00",
					   "2026-11-24 11:00",
					   "2026-11-24t11:00",
					   " 2026-11-24",
					   "2026-11-24 ",
					   "2026-13-01",
					   "2026-00-01",
					   "2026-11-00",
					   "2026-11-31",
					   "2026-02-29",
					   "2100-02-29",
					   "1969-12-31",
					   "2200-01-01",
					   "2026-11-24T24:00",
					   "2026-11-24T23:60",
					   "2026-11-24T23:59:60",
					   "2026-11-24T11:00:00.5",
					   "+2026-11-24",
					   "-026-11-24",
					   "20261124",
					   "2026-11-24T1100",
					   "2026/11/24",
					   "２０２６-11-24" };
	struct civil untouched = { .year = 1 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (civil_parse(bad[i], &untouched) || untouched.year != 1)
			fail_msg("read: %s", bad[i]);
}

static void test_valid_looks_at_each_field(void **state)
{
	(void)state;
	assert_false(civil_is_valid((struct civil){ 0 }));
	assert_false(
		civil_is_valid((struct civil){ .year = 2026, .month = 1, .day = 1, .hour = 1, .date_only = true }));
	assert_false(civil_is_valid((struct civil){ .year = 2026, .month = 1, .day = 1, .minute = -1 }));
	assert_true(civil_is_valid((struct civil){ .year = 2026, .month = 1, .day = 1, .second = 59 }));
}

static void test_adds_on_the_wall(void **state)
{
	(void)state;
	assert_civil(civil_add_days(civil("2026-12-31"), 1), "2027-01-01");
	assert_civil(civil_add_days(civil("2026-03-01T09:30"), -1), "2026-02-28T09:30");
	assert_civil(civil_add_seconds(civil("2026-10-24T23:00"), 4 * 3600),
		     "2026-10-25T03:00"); /* whatever Oslo's clocks do */
	assert_civil(civil_add_seconds(civil("2026-11-24T00:00"), -1), "2026-11-23T23:59:59");
	assert_civil(civil_add_seconds(civil("2026-11-24"), 3600), "2026-11-24T01:00");
	assert_civil(civil_add_seconds(civil("2026-11-24"), 0), "2026-11-24");
}

static void test_a_date_compares_as_its_midnight(void **state)
{
	(void)state;
	assert_int_equal(civil_compare(civil("2026-11-24"), civil("2026-11-24T00:00")), 0);
	assert_true(civil_compare(civil("2026-11-24"), civil("2026-11-24T00:00:01")) < 0);
	assert_true(civil_compare(civil("2026-11-25"), civil("2026-11-24T23:59")) > 0);
	assert_true(civil_same_day(civil("2026-11-24"), civil("2026-11-24T23:59")));
	assert_false(civil_same_day(civil("2026-11-24"), civil("2026-12-24")));
}

static void test_weeks_at_the_turn_of_the_year(void **state)
{
	(void)state;
	assert_int_equal(civil_week(civil("2026-12-31")), 53);
	assert_int_equal(civil_week(civil("2027-01-03")), 53);
	assert_int_equal(civil_week(civil("2027-01-04")), 1);
	assert_int_equal(civil_week(civil("2024-12-30")), 1);
}

static void assert_duration(const char *text, int32_t days, int32_t seconds, const char *printed)
{
	struct duration d;
	char out[DURATION_SIZE];

	if (!duration_parse(text, &d))
		fail_msg("not read: %s", text);
	assert_int_equal(d.days, days);
	assert_int_equal(d.seconds, seconds);
	duration_print(d, out);
	assert_string_equal(out, printed);
}

static void test_durations(void **state)
{
	(void)state;
	assert_duration("PT45M", 0, 2700, "PT45M");
	assert_duration("PT1H30M", 0, 5400, "PT1H30M");
	assert_duration("PT90M", 0, 5400, "PT1H30M");
	assert_duration("P1D", 1, 0, "P1D");
	assert_duration("P1DT2H", 1, 7200, "P1DT2H");
	assert_duration("P2W", 14, 0, "P14D");
	assert_duration("PT36H", 0, 129600, "PT36H");
	assert_duration("PT1H5S", 0, 3605, "PT1H5S");
	assert_duration("P0D", 0, 0, "PT0S");
	assert_duration("P366D", LIMIT_DURATION_DAYS, 0, "P366D");
	assert_duration("PT8784H", 0, 366 * 86400, "PT8784H");
}

static void test_durations_refused(void **state)
{
	static const char *const bad[] = {
		"",        "P",        "PT",        "P1DT",       "T1H",         "1D",
		"P1H",     "PT1D",     "PT1W",      "P1Y",        "P1M",         "P1.5D",
		"PT0.5H",  "PT1,5H",   "-P1D",      "+P1D",       "P-1D",        "P1D ",
		" P1D",    "P1W2D",    "P2D1W",     "P1WT1H",     "PT1M1H",      "PT1H1H",
		"PT1HT1M", "P1DT1HP",  "p1d",       "P1d",        "PT",          "P367D",
		"P53W",    "P366DT1S", "PT8784H1S", "P99999999D", "P100000000D", "PT99999999999999999999S"
	};
	struct duration untouched = { .days = -1 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (duration_parse(bad[i], &untouched) || untouched.days != -1)
			fail_msg("read: %s", bad[i]);
}

static void test_durations_come_back(void **state)
{
	char out[DURATION_SIZE];
	struct duration again;

	(void)state;
	for (int32_t days = 0; days < LIMIT_DURATION_DAYS; days += 13) {
		for (int32_t seconds = 0; seconds < 86400; seconds += 997) {
			duration_print((struct duration){ days, seconds }, out);
			assert_true(duration_parse(out, &again));
			assert_int_equal(again.days, days);
			assert_int_equal(again.seconds, seconds);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_agree_with_the_c_library),
		cmocka_unit_test(test_days_before_1970),
		cmocka_unit_test(test_days_beyond_all_reason_stand_still),
		cmocka_unit_test(test_seconds_agree_with_the_c_library),
		cmocka_unit_test(test_parses_and_prints_three_forms),
		cmocka_unit_test(test_refuses_all_else),
		cmocka_unit_test(test_valid_looks_at_each_field),
		cmocka_unit_test(test_adds_on_the_wall),
		cmocka_unit_test(test_a_date_compares_as_its_midnight),
		cmocka_unit_test(test_weeks_at_the_turn_of_the_year),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_durations_refused),
		cmocka_unit_test(test_durations_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
