/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones: known changes of clock by hand, then every change of the years 1970
 * to 2199 in many zones against the C library's own reading of the same data. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/mem.h"
#include "core/civil.h"
#include "core/zone.h"

static struct civil civil(const char *s)
{
	struct civil c;

	assert_true(civil_parse(s, &c));
	return c;
}

static int64_t to_utc(const char *zone, const char *wall)
{
	int64_t utc = -1;

	assert_int_equal(zone_to_utc(zone, civil(wall), &utc), OK);
	return utc;
}

static void assert_wall(const char *zone, const char *utc, const char *wall)
{
	struct civil c;
	char text[CIVIL_SIZE];

	assert_int_equal(zone_from_utc(zone, to_utc("UTC", utc), &c), OK);
	civil_print(c, text);
	assert_string_equal(text, wall);
}

static void assert_utc(const char *zone, const char *wall, const char *utc)
{
	assert_int_equal(to_utc(zone, wall), to_utc("UTC", utc));
}

static void oslo_in_spring(void **state)
{
	(void)state;
	assert_utc("Europe/Oslo", "2026-03-29T01:59:59", "2026-03-29T00:59:59");
	assert_utc("Europe/Oslo", "2026-03-29T02:00", "2026-03-29T01:00"); /* skipped: forward by the gap, 03:00 */
	assert_utc("Europe/Oslo", "2026-03-29T02:30", "2026-03-29T01:30");
	assert_utc("Europe/Oslo", "2026-03-29T03:00", "2026-03-29T01:00");
	assert_wall("Europe/Oslo", "2026-03-29T00:59", "2026-03-29T01:59");
	assert_wall("Europe/Oslo", "2026-03-29T01:00", "2026-03-29T03:00");
}

static void oslo_in_autumn(void **state)
{
	(void)state;
	assert_utc("Europe/Oslo", "2026-10-25T01:59", "2026-10-24T23:59");
	assert_utc("Europe/Oslo", "2026-10-25T02:30", "2026-10-25T00:30"); /* twice: the first */
	assert_utc("Europe/Oslo", "2026-10-25T02:59:59", "2026-10-25T00:59:59");
	assert_utc("Europe/Oslo", "2026-10-25T03:00", "2026-10-25T02:00");
	assert_wall("Europe/Oslo", "2026-10-25T00:30", "2026-10-25T02:30");
	assert_wall("Europe/Oslo", "2026-10-25T01:30", "2026-10-25T02:30");
}

static void far_ahead_the_rule_goes_on(void **state)
{
	(void)state;
	assert_utc("Europe/Oslo", "2150-07-01T12:00", "2150-07-01T10:00");
	assert_utc("Europe/Oslo", "2199-12-31T23:59", "2199-12-31T22:59");
	assert_utc("America/New_York", "2150-07-01T12:00", "2150-07-01T16:00");
	assert_utc("Australia/Sydney", "2150-01-01T12:00", "2150-01-01T01:00");
}

static void other_zones(void **state)
{
	(void)state;
	assert_utc("UTC", "2026-07-01T12:00", "2026-07-01T12:00");
	assert_utc("Asia/Kolkata", "2026-07-01T12:00", "2026-07-01T06:30");
	assert_utc("Europe/Dublin", "2026-07-01T12:00", "2026-07-01T11:00"); /* its winter is a negative summer time */
	assert_utc("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00");  /* 30 December never was */
	assert_utc("Pacific/Kiritimati", "1970-01-01T00:00", "1970-01-01T10:40");
}

static void offsets(void **state)
{
	int32_t offset = 0;

	(void)state;
	assert_int_equal(zone_offset("Europe/Oslo", to_utc("UTC", "2026-07-01T00:00"), &offset), OK);
	assert_int_equal(offset, 7200);
	assert_int_equal(zone_offset("America/St_Johns", to_utc("UTC", "2026-01-01T00:00"), &offset), OK);
	assert_int_equal(offset, -12600);
}

static void names(void **state)
{
	static const char *const good[] = { "Europe/Oslo",
					    "UTC",
					    "Etc/UTC",
					    "Etc/GMT+5",
					    "America/Argentina/Buenos_Aires",
					    "America/Port-au-Prince",
					    "Arctic/Longyearbyen" };
	static const char *const bad[] = { "",
					   "Oslo",
					   "Europe/Osl",
					   "europe/oslo",
					   "CET",
					   "GMT",
					   "+01:00",
					   "W. Europe Standard Time",
					   "../../etc/passwd",
					   "Europe/../Europe/Oslo",
					   "/usr/share/zoneinfo/Europe/Oslo",
					   "posix/Europe/Oslo",
					   "right/Europe/Oslo",
					   "localtime",
					   "Europe",
					   "Europe/",
					   "America/Argentina",
					   "Europe//Oslo",
					   "Europe/Oslo\n",
					   "Europe/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	int64_t utc;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!zone_exists(good[i]))
			fail_msg("%s is a zone", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (zone_exists(bad[i]))
			fail_msg("\"%s\" is no zone", bad[i]);
	assert_int_equal(zone_to_utc("Nowhere/Land", civil("2026-01-01"), &utc), ERR_VALUE);
}

static void outside_our_years(void **state)
{
	struct civil c;

	(void)state;
	assert_int_equal(zone_from_utc("Europe/Oslo", INT64_MAX, &c), ERR_VALUE);
	assert_int_equal(zone_from_utc("Europe/Oslo", INT64_MIN, &c), ERR_VALUE);
	assert_int_equal(zone_from_utc("America/New_York", 0, &c), ERR_VALUE); /* 1969 there */
	assert_int_equal(zone_from_utc("Europe/Oslo", -3600, &c), OK);
	assert_int_equal(zone_from_utc("Europe/Oslo", to_utc("UTC", "2199-12-31T23:30"), &c),
			 ERR_VALUE); /* 2200 there */
}

static void assert_as_libc(const char *zone, int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;
	struct civil c;
	int32_t offset = 0;

	assert_non_null(localtime_r(&t, &tm));
	assert_int_equal(zone_from_utc(zone, utc, &c), OK);
	assert_int_equal(zone_offset(zone, utc, &offset), OK);
	if (offset != tm.tm_gmtoff || c.hour != tm.tm_hour || c.day != tm.tm_mday || c.minute != tm.tm_min)
		fail_msg("%s at %lld: %d here, %ld by the C library", zone, (long long)utc, (int)offset, tm.tm_gmtoff);
	int64_t back = 0;
	assert_int_equal(zone_to_utc(zone, c, &back), OK);
	/* In the repeated hour the way back gives the first one. */
	if (back != utc && (back > utc || utc - back > 2 * 3600))
		fail_msg("%s at %lld: the way back gives %lld", zone, (long long)utc, (long long)back);
}

static void like_the_c_library(void **state)
{
	static const char *const zones[] = { "Europe/Oslo",
					     "Europe/London",
					     "Europe/Dublin",
					     "Europe/Moscow",
					     "Atlantic/Azores",
					     "America/New_York",
					     "America/Sao_Paulo",
					     "America/Santiago",
					     "Africa/Casablanca",
					     "Africa/Cairo",
					     "Asia/Tehran",
					     "Asia/Jerusalem",
					     "Asia/Gaza",
					     "Australia/Lord_Howe",
					     "Pacific/Chatham",
					     "America/Nuuk",
					     "Antarctica/Troll",
					     "Asia/Kathmandu",
					     "Etc/UTC" };
	const int64_t end = to_utc("UTC", "2199-12-30");

	(void)state;
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		for (int64_t utc = 86400; utc < end; utc += 13 * 86400 + 7211)
			assert_as_libc(zones[i], utc);
		for (int64_t utc = to_utc("UTC", "2026-01-01"); utc < to_utc("UTC", "2028-01-01"); utc += 1800)
			assert_as_libc(zones[i], utc);
	}
}

static void *convert(void *arg)
{
	static const char *const zones[] = { "Asia/Tokyo", "Asia/Seoul", "America/Lima", "Africa/Lagos",
					     "Europe/Riga" };
	intptr_t wrong = 0;

	for (int i = 0; i < 2000; i++) {
		int64_t utc = 0;
		struct civil back, wall = civil_add_days(civil_from_day(20000), (int32_t)(i + (intptr_t)arg));
		const char *zone = zones[i % 5];
		wrong += zone_to_utc(zone, wall, &utc) != OK || zone_from_utc(zone, utc, &back) != OK ||
			 !civil_same_day(wall, back);
	}
	return (void *)wrong;
}

static void many_threads(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (intptr_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, convert, (void *)i), 0);
	for (size_t i = 0; i < 4; i++) {
		void *wrong;
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}

static void out_of_memory_is_said_and_passes(void **state)
{
	int64_t utc;

	(void)state;
	for (unsigned long n = 1; n <= 3; n++) {
		mem_fail_after(n);
		assert_int_equal(zone_to_utc("Indian/Maldives", civil("2026-01-01"), &utc), ERR_MEMORY);
	}
	mem_fail_after(0);
	assert_utc("Indian/Maldives", "2026-01-01T05:00", "2026-01-01T00:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(oslo_in_spring),
		cmocka_unit_test(oslo_in_autumn),
		cmocka_unit_test(far_ahead_the_rule_goes_on),
		cmocka_unit_test(other_zones),
		cmocka_unit_test(offsets),
		cmocka_unit_test(names),
		cmocka_unit_test(outside_our_years),
		cmocka_unit_test(like_the_c_library),
		cmocka_unit_test(many_threads),
		cmocka_unit_test(out_of_memory_is_said_and_passes),
	};
	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
