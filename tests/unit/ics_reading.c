/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ics_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

struct arena ics_arena;

int ics_set_up(void **state)
{
	(void)state;
	arena_init(&ics_arena, LIMIT_FEED_ARENA);
	return 0;
}

int ics_tear_down(void **state)
{
	(void)state;
	arena_free(&ics_arena);
	return 0;
}

struct ics_calendar read_as(const char *text, const char *zone, const char *lang)
{
	struct ics_calendar calendar;
	struct fault fault = { 0 };

	if (ics_read(&ics_arena, text, strlen(text), zone, lang, &calendar, &fault))
		fail_msg("%s: %s", fault.place, fault.text);
	return calendar;
}

struct ics_calendar read_text(const char *text)
{
	return read_as(text, "Europe/Oslo", "nb");
}

const struct activity *only(const char *text)
{
	struct ics_calendar calendar = read_text(text);

	assert_int_equal(calendar.n_activities, 1);
	assert_int_equal(calendar.n_skipped, 0);
	return &calendar.activities[0];
}

void assert_civil(struct civil c, const char *want)
{
	char text[CIVIL_SIZE];

	civil_print(c, text);
	assert_string_equal(text, want);
}

void assert_one_skip(const char *text, enum skip_reason reason, int line, const char *detail)
{
	struct ics_calendar calendar = read_text(text);

	assert_int_equal(calendar.n_skipped, 1);
	assert_int_equal(calendar.skipped[0].reason, reason);
	assert_int_equal(calendar.skipped[0].line, line);
	if (!strstr(calendar.skipped[0].detail, detail))
		fail_msg("\"%s\" says nothing of \"%s\"", calendar.skipped[0].detail, detail);
}
