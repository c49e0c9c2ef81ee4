/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From activities to days. What comes out is written down as text: start, end
 * and status of each occurrence on the centre's wall. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "core/occur.h"

static struct civil civil(const char *s)
{
	struct civil c;

	if (!civil_parse(s, &c))
		fail_msg("%s is no time", s);
	return c;
}

static struct duration duration(const char *s)
{
	struct duration d;

	if (!duration_parse(s, &d))
		fail_msg("%s is no duration", s);
	return d;
}

static struct activity activity(const char *start, const char *lasts, const char *rrule)
{
	return (struct activity){ .id = "a", .start = civil(start), .duration = duration(lasts), .rrule = rrule };
}

static void put_time(struct buf *out, struct civil c)
{
	char text[CIVIL_SIZE];

	civil_print(c, text);
	buf_str(out, text);
}

static void put_occurrence(struct buf *out, const struct occurrence *o)
{
	static const char *const words[] = { "", " cancelled", " moved from ", " moved to " };

	put_time(out, o->start);
	buf_str(out, " ");
	put_time(out, o->end);
	buf_str(out, words[o->status]);
	if (o->status >= OCCURRENCE_MOVED)
		put_time(out, o->moved_to);
	buf_str(out, "\n");
}

static void assert_list(const struct occurrences *list, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 20);
	for (size_t i = 0; i < list->n; i++)
		put_occurrence(&out, &list->v[i]);
	assert_true(buf_ok(&out));
	assert_string_equal(buf_text(&out), want);
	buf_free(&out);
}

static void assert_in_zone(const struct activity *a, const char *zone, const char *from, const char *to,
			   const char *want)
{
	struct arena arena;
	struct occurrences list;

	arena_init(&arena, 4 << 20);
	assert_int_equal(occur_activity(a, zone, civil(from), civil(to), &arena, &list), OK);
	assert_list(&list, want);
	arena_free(&arena);
}

static void assert_days(const struct activity *a, const char *from, const char *to, const char *want)
{
	assert_in_zone(a, "Europe/Oslo", from, to, want);
}

/* ---- time of day, clocks, midnight ---- */

static void eleven_stays_eleven_when_clocks_change(void **state)
{
	struct activity a = activity("2026-10-18T11:00", "PT1H", "FREQ=WEEKLY");
	struct arena arena;
	struct occurrences list;

	(void)state;
	assert_days(
		&a, "2026-10-01", "2026-11-08",
		"2026-10-18T11:00 2026-10-18T12:00\n2026-10-25T11:00 2026-10-25T12:00\n2026-11-01T11:00 2026-11-01T12:00\n");
	assert_days(
		&a, "2027-03-21", "2027-04-05",
		"2027-03-21T11:00 2027-03-21T12:00\n2027-03-28T11:00 2027-03-28T12:00\n2027-04-04T11:00 2027-04-04T12:00\n");
	arena_init(&arena, 1 << 20);
	assert_int_equal(occur_activity(&a, "Europe/Oslo", civil("2026-10-18"), civil("2026-10-26"), &arena, &list),
			 OK);
	assert_int_equal(list.v[1].start_utc - list.v[0].start_utc, 7 * 86400 + 3600);
	arena_free(&arena);
}

static void what_the_clock_skips_comes_an_hour_later(void **state)
{
	struct activity a = activity("2026-03-28T02:30", "PT1H", "FREQ=DAILY;COUNT=3");

	(void)state;
	assert_days(
		&a, "2026-03-28", "2026-04-01",
		"2026-03-28T02:30 2026-03-28T03:30\n2026-03-29T03:30 2026-03-29T04:30\n2026-03-30T02:30 2026-03-30T03:30\n");
}

static void what_comes_twice_is_the_first(void **state)
{
	struct activity a = activity("2026-10-24T02:30", "PT1H", "FREQ=DAILY;COUNT=2");

	(void)state;
	assert_days(&a, "2026-10-24", "2026-10-27",
		    "2026-10-24T02:30 2026-10-24T03:30\n2026-10-25T02:30 2026-10-25T02:30\n");
}

static void days_are_days_and_seconds_are_seconds(void **state)
{
	struct activity a = activity("2026-10-24T22:00", "PT8H", NULL);

	(void)state;
	assert_days(&a, "2026-10-24", "2026-10-26", "2026-10-24T22:00 2026-10-25T05:00\n");
	a.duration = duration("P1D");
	assert_days(&a, "2026-10-24", "2026-10-26", "2026-10-24T22:00 2026-10-25T22:00\n");
	a.duration = duration("PT24H");
	assert_days(&a, "2026-10-24", "2026-10-26", "2026-10-24T22:00 2026-10-25T21:00\n");
}

static void across_midnight_it_touches_both_days(void **state)
{
	struct activity a = activity("2026-11-06T22:00", "PT4H", "FREQ=WEEKLY");

	(void)state;
	assert_days(&a, "2026-11-06", "2026-11-07", "2026-11-06T22:00 2026-11-07T02:00\n");
	assert_days(&a, "2026-11-07", "2026-11-08", "2026-11-06T22:00 2026-11-07T02:00\n");
	assert_days(&a, "2026-11-08", "2026-11-09", "");
}

static void until_midnight_is_not_the_next_day(void **state)
{
	struct activity a = activity("2026-11-06T22:00", "PT2H", NULL);

	(void)state;
	assert_days(&a, "2026-11-07", "2026-11-08", "");
	a.start = civil("2026-11-07T00:00");
	a.duration = duration("PT0S");
	assert_days(&a, "2026-11-06", "2026-11-07", "");
	assert_days(&a, "2026-11-07", "2026-11-08", "2026-11-07T00:00 2026-11-07T00:00\n");
}

static void all_day_ends_before_its_end(void **state)
{
	struct activity a = activity("2026-05-17", "P1D", "FREQ=YEARLY");

	(void)state;
	assert_days(&a, "2027-05-16", "2027-05-17", "");
	assert_days(&a, "2027-05-17", "2027-05-18", "2027-05-17 2027-05-18\n");
	assert_days(&a, "2027-05-18", "2027-05-19", "");
	a.duration = duration("P3D");
	assert_days(&a, "2027-05-19", "2027-05-20", "2027-05-17 2027-05-20\n");
	assert_days(&a, "2027-05-20", "2027-05-21", "");
}

static void a_long_one_is_found_on_each_of_its_days(void **state)
{
	struct activity a = activity("2026-01-01T12:00", "P300D", NULL);

	(void)state;
	assert_days(&a, "2026-10-01", "2026-10-02", "2026-01-01T12:00 2026-10-28T12:00\n");
	a = activity("2026-10-20", "P14D", "FREQ=WEEKLY");
	assert_days(&a, "2026-11-08", "2026-11-09", "2026-10-27 2026-11-10\n2026-11-03 2026-11-17\n");
}

static void another_zone_repeats_on_its_own_wall(void **state)
{
	struct activity a = activity("2026-03-01T09:00", "PT1H", "FREQ=WEEKLY;BYDAY=SU");

	(void)state;
	a.zone = "America/New_York"; /* summer time from 8 March, Oslo's from 29 March */
	assert_days(
		&a, "2026-03-01", "2026-04-06",
		"2026-03-01T15:00 2026-03-01T16:00\n2026-03-08T14:00 2026-03-08T15:00\n2026-03-15T14:00 2026-03-15T15:00\n"
		"2026-03-22T14:00 2026-03-22T15:00\n2026-03-29T15:00 2026-03-29T16:00\n2026-04-05T15:00 2026-04-05T16:00\n");
	a = activity("2026-11-06T23:30", "PT1H", NULL);
	a.zone = "Pacific/Kiritimati"; /* 13 hours ahead of Oslo */
	assert_days(&a, "2026-11-06", "2026-11-07", "2026-11-06T10:30 2026-11-06T11:30\n");
	a.zone = "Pacific/Pago_Pago"; /* 12 behind: the next day in Oslo */
	assert_days(&a, "2026-11-06", "2026-11-07", "");
	assert_days(&a, "2026-11-07", "2026-11-08", "2026-11-07T11:30 2026-11-07T12:30\n");
}

/* ---- UNTIL and COUNT ---- */

static void until_includes_its_moment(void **state)
{
	static const struct {
		const char *rule;
		bool third;
	} rows[] = {
		{ "FREQ=DAILY;UNTIL=20261026T100000Z", true }, /* 11:00 after the change of clock */
		{ "FREQ=DAILY;UNTIL=20261026T095959Z", false },
		{ "FREQ=DAILY;UNTIL=20261026T110000", true }, /* local time */
		{ "FREQ=DAILY;UNTIL=20261026T105959", false },
		{ "FREQ=DAILY;UNTIL=20261026", true }, /* a date counts to its end */
		{ "FREQ=DAILY;UNTIL=20261025", false },
		{ "FREQ=DAILY;COUNT=3", true },
		{ "FREQ=DAILY;COUNT=2", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct activity a = activity("2026-10-24T11:00", "PT1H", rows[i].rule);
		assert_days(&a, "2026-10-26", "2026-10-30", rows[i].third ? "2026-10-26T11:00 2026-10-26T12:00\n" : "");
	}
}

static void until_of_all_day_ones_is_a_day_however_written(void **state)
{
	static const char *const rules[] = { "FREQ=DAILY;UNTIL=20261130", "FREQ=DAILY;UNTIL=20261130T000000Z",
					     "FREQ=DAILY;UNTIL=20261129T230000Z", "FREQ=DAILY;UNTIL=20261130T235959Z",
					     "FREQ=DAILY;UNTIL=20261130T000000" };

	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct activity a = activity("2026-11-01", "P1D", rules[i]);
		assert_days(&a, "2026-11-30", "2026-12-24", "2026-11-30 2026-12-01\n");
	}
}

static void a_rule_that_ended_before_it_began_happens_once(void **state)
{
	struct activity a = activity("2026-11-24T11:00", "PT1H", "FREQ=WEEKLY;UNTIL=20200101");

	(void)state;
	assert_days(&a, "2026-01-01", "2027-12-31", "2026-11-24T11:00 2026-11-24T12:00\n");
}

/* ---- exceptions ---- */

static void exdates_take_out(void **state)
{
	struct activity a = activity("2026-11-02T11:00", "PT1H", "FREQ=DAILY;COUNT=6");
	const struct civil exdates[] = { civil("2026-11-02T11:00"), civil("2026-11-04"), civil("2026-11-05T10:00") };

	(void)state;
	a.exdates = (struct civils){ 3, exdates };
	assert_days(&a, "2026-11-01", "2026-12-01",
		    "2026-11-03T11:00 2026-11-03T12:00\n2026-11-05T11:00 2026-11-05T12:00\n"
		    "2026-11-06T11:00 2026-11-06T12:00\n2026-11-07T11:00 2026-11-07T12:00\n");
}

static void exdates_of_all_day_ones_may_carry_a_time(void **state)
{
	struct activity a = activity("2026-11-02", "P1D", "FREQ=DAILY;COUNT=3");
	const struct civil exdates[] = { civil("2026-11-03T00:00") };

	(void)state;
	a.exdates = (struct civils){ 1, exdates };
	assert_days(&a, "2026-11-01", "2026-12-01", "2026-11-02 2026-11-03\n2026-11-04 2026-11-05\n");
}

static void rdates_add_once(void **state)
{
	struct activity a = activity("2026-11-02T11:00", "PT1H", "FREQ=WEEKLY;COUNT=2");
	const struct civil rdates[] = { civil("2026-11-04T18:00"), civil("2026-11-09T11:00"), civil("2026-11-05"),
					civil("2026-11-04T18:00"), civil("2026-11-06T11:00") };
	const struct civil exdates[] = { civil("2026-11-06T11:00") };

	(void)state;
	a.rdates = (struct civils){ 5, rdates };
	a.exdates = (struct civils){ 1, exdates };
	assert_days(&a, "2026-11-01", "2026-12-01",
		    "2026-11-02T11:00 2026-11-02T12:00\n2026-11-04T18:00 2026-11-04T19:00\n"
		    "2026-11-05T11:00 2026-11-05T12:00\n2026-11-09T11:00 2026-11-09T12:00\n");
	a.rrule = NULL;
	assert_days(&a, "2026-11-09", "2026-11-10", "2026-11-09T11:00 2026-11-09T12:00\n");
}

static void overrides_move_cancel_and_change(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY");
	const struct override overrides[] = {
		{ .original = civil("2026-11-10T11:00"), .has_start = true, .start = civil("2026-11-11T14:00") },
		{ .original = civil("2026-11-17T11:00"), .status = STATUS_CANCELLED },
		{ .original = civil("2026-11-24T11:00"), .has_duration = true, .duration = duration("PT2H") },
		{ .original = civil("2026-11-25T11:00"),
		  .has_start = true,
		  .start = civil("2026-11-26T11:00") }, /* no Tuesday */
		{ .original = civil("2026-12-01"),
		  .has_start = true,
		  .start = civil("2026-12-01T11:00") }, /* the date alone; not moved */
	};

	(void)state;
	a.overrides = (struct overrides){ 5, overrides };
	assert_days(&a, "2026-11-01", "2026-12-05",
		    "2026-11-03T11:00 2026-11-03T12:00\n"
		    "2026-11-10T11:00 2026-11-10T12:00 moved to 2026-11-11T14:00\n"
		    "2026-11-11T14:00 2026-11-11T15:00 moved from 2026-11-10T11:00\n"
		    "2026-11-17T11:00 2026-11-17T12:00 cancelled\n"
		    "2026-11-24T11:00 2026-11-24T13:00\n"
		    "2026-12-01T11:00 2026-12-01T12:00\n");
}

static void of_two_overrides_for_one_the_last_counts(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY");
	const struct override overrides[] = {
		{ .original = civil("2026-11-10T11:00"), .status = STATUS_CANCELLED },
		{ .original = civil("2026-11-10"), .has_duration = true, .duration = duration("PT3H") },
	};

	(void)state;
	a.overrides = (struct overrides){ 2, overrides };
	assert_days(&a, "2026-11-10", "2026-11-11", "2026-11-10T11:00 2026-11-10T14:00\n");
}

static void moved_far_it_is_found_at_both_ends(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY;COUNT=3");
	const struct override overrides[] = {
		{ .original = civil("2026-11-10T11:00"), .has_start = true, .start = civil("2027-02-11T14:00") },
		{ .original = civil("2026-11-17T11:00"), .has_start = true, .start = civil("2026-10-01") },
	};

	(void)state;
	a.overrides = (struct overrides){ 2, overrides };
	assert_days(&a, "2026-11-10", "2026-11-11", "2026-11-10T11:00 2026-11-10T12:00 moved to 2027-02-11T14:00\n");
	assert_days(&a, "2027-02-11", "2027-02-12", "2027-02-11T14:00 2027-02-11T15:00 moved from 2026-11-10T11:00\n");
	assert_days(&a, "2026-10-01", "2026-10-02", "2026-10-01 2026-10-02 moved from 2026-11-17T11:00\n");
}

static void a_moved_one_that_is_cancelled_stands_at_its_own_time(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY");
	const struct override overrides[] = { { .original = civil("2026-11-10T11:00"),
						.status = STATUS_CANCELLED,
						.has_start = true,
						.start = civil("2026-11-11T14:00") } };

	(void)state;
	a.overrides = (struct overrides){ 1, overrides };
	assert_days(&a, "2026-11-09", "2026-11-16", "2026-11-11T14:00 2026-11-11T15:00 cancelled\n");
}

static void a_cancelled_series_stays(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY");
	const struct override overrides[] = {
		{ .original = civil("2026-11-10T11:00"), .has_start = true, .start = civil("2026-11-11T11:00") }
	};

	(void)state;
	a.status = STATUS_CANCELLED;
	a.overrides = (struct overrides){ 1, overrides };
	assert_days(&a, "2026-11-03", "2026-11-17",
		    "2026-11-03T11:00 2026-11-03T12:00 cancelled\n2026-11-11T11:00 2026-11-11T12:00 cancelled\n");
}

/* ---- a whole centre ---- */

static void sorted_by_start_and_all_day_first(void **state)
{
	const struct activity v[] = {
		activity("2026-11-03T11:00", "PT1H", NULL), activity("2026-11-03T09:00", "PT1H", NULL),
		activity("2026-11-03", "P1D", NULL),        activity("2026-11-03T00:00", "PT1H", NULL),
		activity("2026-11-02T23:00", "PT2H", NULL), activity("2026-11-03T11:00", "PT2H", NULL)
	};
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 6, .activities = v };
	struct arena arena;
	struct occurrences list;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(occur_between(&centre, civil("2026-11-03"), civil("2026-11-04"), &arena, &list), OK);
	assert_list(
		&list,
		"2026-11-02T23:00 2026-11-03T01:00\n2026-11-03 2026-11-04\n2026-11-03T00:00 2026-11-03T01:00\n"
		"2026-11-03T09:00 2026-11-03T10:00\n2026-11-03T11:00 2026-11-03T12:00\n2026-11-03T11:00 2026-11-03T13:00\n");
	arena_free(&arena);
}

static void more_than_the_limit_is_said(void **state)
{
	const struct activity v[] = { activity("1970-01-01T11:00", "PT1H", "FREQ=DAILY"),
				      activity("1970-01-01T11:00", "PT1H", "FREQ=DAILY") };
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 2, .activities = v };
	struct arena arena;
	struct occurrences list;

	(void)state;
	arena_init(&arena, 100 << 20);
	assert_int_equal(occur_between(&centre, civil("1970-01-01"), civil("2199-12-31"), &arena, &list), ERR_LIMIT);
	assert_int_equal(occur_activity(&v[0], centre.zone, civil("1970-01-01"), civil("2199-12-31"), &arena, &list),
			 OK);
	assert_int_equal(list.n, 84005);
	arena_free(&arena);
}

static void wrong_zones_and_rules_are_said(void **state)
{
	struct activity a = activity("2026-11-03T11:00", "PT1H", "FREQ=SECONDLY");
	struct arena arena;
	struct occurrences list;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(occur_activity(&a, "Europe/Oslo", civil("2026-11-03"), civil("2026-11-04"), &arena, &list),
			 ERR_UNSUPPORTED);
	a.rrule = NULL;
	assert_int_equal(occur_activity(&a, "Nowhere/Land", civil("2026-11-03"), civil("2026-11-04"), &arena, &list),
			 ERR_VALUE);
	a.zone = "Nowhere/Land";
	assert_int_equal(occur_activity(&a, "Europe/Oslo", civil("2026-11-03"), civil("2026-11-04"), &arena, &list),
			 ERR_VALUE);
	assert_int_equal(list.n, 0);
	arena_free(&arena);
}

/* ---- the cache ---- */

static void the_schedule_says_what_occur_between_says(void **state)
{
	struct activity v[] = { activity("2026-10-01T11:00", "PT1H", "FREQ=DAILY;COUNT=40"),
				activity("2026-10-02", "P2D", "FREQ=WEEKLY"),
				activity("2026-10-03T22:00", "PT8H", "FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20261030T200000Z"),
				activity("2026-10-05T10:00", "PT1H", "FREQ=MONTHLY;BYDAY=2TU;COUNT=3") };
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 4, .activities = v };
	struct schedule *schedule = schedule_new(&centre);
	struct occurrences got, want;
	struct arena arena;

	(void)state;
	assert_non_null(schedule);
	arena_init(&arena, 1 << 20);
	for (int i = 0; i < 120; i++) {
		struct civil day = civil_add_days(civil("2026-09-28"), i * 37 % 60);
		arena_reset(&arena);
		assert_int_equal(occur_between(&centre, day, civil_add_days(day, 1), &arena, &want), OK);
		assert_int_equal(schedule_day(schedule, day, &got), OK);
		assert_int_equal(got.n, want.n);
		for (size_t k = 0; k < got.n; k++) {
			assert_ptr_equal(got.v[k].activity, want.v[k].activity);
			assert_int_equal(got.v[k].start_utc, want.v[k].start_utc);
		}
	}
	arena_free(&arena);
	schedule_del(schedule);
}

static void fourteen_days_are_kept(void **state)
{
	const struct activity v[] = { activity("2026-10-01T11:00", "PT1H", "FREQ=DAILY") };
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 1, .activities = v };
	struct schedule *schedule = schedule_new(&centre);
	struct occurrences first, again;

	(void)state;
	assert_non_null(schedule);
	assert_int_equal(schedule_day(schedule, civil("2026-11-01"), &first), OK);
	for (int i = 1; i < 14; i++)
		assert_int_equal(schedule_day(schedule, civil_add_days(civil("2026-11-01"), i), &again), OK);
	unsigned long before = mem_count();
	assert_int_equal(schedule_day(schedule, civil("2026-11-01T15:00"), &again), OK);
	assert_int_equal(mem_count(), before);
	assert_ptr_equal(again.v, first.v);
	schedule_del(schedule);
	schedule_del(NULL);
}

static void assert_next(struct schedule *schedule, const struct activity *a, const char *now, const char *want)
{
	struct occurrence o;
	char text[CIVIL_SIZE] = "none";
	enum err err = schedule_next(schedule, a, civil(now), &o);

	assert_true(err == OK || err == ERR_NOT_FOUND);
	if (err == OK)
		civil_print(o.start, text);
	assert_string_equal(text, want);
}

static void the_next_one(void **state)
{
	const struct override overrides[] = {
		{ .original = civil("2026-11-10T11:00"), .has_start = true, .start = civil("2026-11-12T14:00") },
		{ .original = civil("2026-11-17T11:00"), .status = STATUS_CANCELLED },
	};
	struct activity v[] = { activity("2026-11-03T11:00", "PT1H", "FREQ=WEEKLY;COUNT=3"),
				activity("2026-05-17", "P1D", "FREQ=YEARLY"),
				activity("2026-02-28", "P1D", "FREQ=YEARLY;INTERVAL=2") };
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 3, .activities = v };

	(void)state;
	v[0].overrides = (struct overrides){ 2, overrides };
	struct schedule *schedule = schedule_new(&centre);
	assert_non_null(schedule);
	assert_next(schedule, &v[0], "2026-11-01T08:00", "2026-11-03T11:00");
	assert_next(schedule, &v[0], "2026-11-03T11:59", "2026-11-03T11:00"); /* still on */
	assert_next(schedule, &v[0], "2026-11-03T12:00", "2026-11-12T14:00"); /* not where it was moved away from */
	assert_next(schedule, &v[0], "2026-11-12T15:00", "2026-11-17T11:00"); /* cancelled, and said to be */
	assert_next(schedule, &v[0], "2026-11-17T12:00", "none");
	assert_next(schedule, &v[1], "2026-05-17T23:59", "2026-05-17");
	assert_next(schedule, &v[1], "2026-05-18T00:00", "2027-05-17");
	assert_next(schedule, &v[2], "2026-03-01T00:00", "none"); /* beyond a year */
	schedule_del(schedule);
}

static void out_of_memory_is_said_and_passes(void **state)
{
	const struct activity v[] = { activity("2026-10-01T11:00", "PT1H", "FREQ=DAILY") };
	const struct centre centre = { .zone = "Europe/Oslo", .n_activities = 1, .activities = v };
	struct occurrences list;
	struct schedule *schedule;

	(void)state;
	for (unsigned long n = 1; n <= 2; n++) {
		mem_fail_after(n);
		schedule = schedule_new(&centre);
		assert_null(schedule);
	}
	mem_fail_after(0);
	schedule = schedule_new(&centre);
	assert_non_null(schedule);
	for (unsigned long n = 1; n <= 2; n++) {
		mem_fail_after(n);
		assert_int_equal(schedule_day(schedule, civil("2026-11-01"), &list), ERR_MEMORY);
	}
	mem_fail_after(0);
	assert_int_equal(schedule_day(schedule, civil("2026-11-01"), &list), OK);
	assert_int_equal(list.n, 1);
	schedule_del(schedule);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eleven_stays_eleven_when_clocks_change),
		cmocka_unit_test(what_the_clock_skips_comes_an_hour_later),
		cmocka_unit_test(what_comes_twice_is_the_first),
		cmocka_unit_test(days_are_days_and_seconds_are_seconds),
		cmocka_unit_test(across_midnight_it_touches_both_days),
		cmocka_unit_test(until_midnight_is_not_the_next_day),
		cmocka_unit_test(all_day_ends_before_its_end),
		cmocka_unit_test(a_long_one_is_found_on_each_of_its_days),
		cmocka_unit_test(another_zone_repeats_on_its_own_wall),
		cmocka_unit_test(until_includes_its_moment),
		cmocka_unit_test(until_of_all_day_ones_is_a_day_however_written),
		cmocka_unit_test(a_rule_that_ended_before_it_began_happens_once),
		cmocka_unit_test(exdates_take_out),
		cmocka_unit_test(exdates_of_all_day_ones_may_carry_a_time),
		cmocka_unit_test(rdates_add_once),
		cmocka_unit_test(overrides_move_cancel_and_change),
		cmocka_unit_test(of_two_overrides_for_one_the_last_counts),
		cmocka_unit_test(moved_far_it_is_found_at_both_ends),
		cmocka_unit_test(a_moved_one_that_is_cancelled_stands_at_its_own_time),
		cmocka_unit_test(a_cancelled_series_stays),
		cmocka_unit_test(sorted_by_start_and_all_day_first),
		cmocka_unit_test(more_than_the_limit_is_said),
		cmocka_unit_test(wrong_zones_and_rules_are_said),
		cmocka_unit_test(the_schedule_says_what_occur_between_says),
		cmocka_unit_test(fourteen_days_are_kept),
		cmocka_unit_test(the_next_one),
		cmocka_unit_test(out_of_memory_is_said_and_passes),
	};
	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
