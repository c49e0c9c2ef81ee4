/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones however they are called, and series with their exceptions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "core/ics.h"
#include "ics_reading.h"

/* ---- zones ---- */

static void zones(void **state)
{
	static const struct {
		const char *start, *zone;
	} rows[] = {
		{ "DTSTART:20261124T110000", NULL },
		{ "DTSTART;TZID=Europe/Oslo:20261124T110000", NULL },
		{ "DTSTART:20261124T110000Z", "UTC" },
		{ "DTSTART;TZID=Etc/UTC:20261124T110000", "UTC" },
		{ "DTSTART;TZID=GMT:20261124T110000", "UTC" },
		{ "DTSTART;TZID=Europe/London:20261124T110000", "Europe/London" },
		{ "DTSTART;TZID=\"Europe/London\":20261124T110000", "Europe/London" },
		{ "DTSTART;TZID=GMT Standard Time:20261124T110000", "Europe/London" },
		{ "DTSTART;TZID=/mozilla.org/20050126_1/Europe/London:20261124T110000", "Europe/London" },
		{ "DTSTART;TZID=tzone://Microsoft/Utc:20261124T110000", "UTC" },
		{ "DTSTART;VALUE=DATE:20261124", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[500];
		snprintf(text, sizeof text,
			 HEAD "BEGIN:VEVENT\r\nUID:1\r\n%s\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n" TAIL, rows[i].start);
		const struct activity *a = only(text);
		assert_int_equal(a->zone == NULL, rows[i].zone == NULL);
		if (a->zone)
			assert_string_equal(a->zone, rows[i].zone);
		assert_civil(a->start, a->start.date_only ? "2026-11-24" : "2026-11-24T11:00");
	}
}

static void a_zone_by_its_offsets(void **state)
{
	const struct activity *a = only(HEAD ZONE("Our own", "+0200") EVENT(
		"UID:1\r\nDTSTART;TZID=Our own:20261124T110000\r\nRRULE:FREQ=WEEKLY\r\n") TAIL);

	(void)state;
	assert_null(a->zone);
	struct ics_calendar c =
		read_as(HEAD ZONE("Our own", "+0200")
				EVENT("UID:1\r\nDTSTART;TZID=Our own:20261124T110000\r\nRRULE:FREQ=WEEKLY\r\n") TAIL,
			"Asia/Tokyo", "nb");
	assert_string_equal(c.activities[0].zone, "Europe/Oslo");
	assert_one_skip(HEAD ZONE("Our own", "+0300")
				EVENT("UID:1\r\nDTSTART;TZID=Our own:20261124T110000\r\nRRULE:FREQ=WEEKLY\r\n") TAIL,
			SKIP_ZONE_UNKNOWN, 18, "Our own");
	a = only(HEAD ZONE("Our own", "+0330") EVENT("UID:1\r\nDTSTART;TZID=Our own:20260701T110000\r\n") TAIL);
	assert_civil(a->start, "2026-07-01T09:30");
}

static void changes_around_the_event_alone_do_not_contradict_the_name(void **state)
{
	const struct activity *a = only(
		HEAD
		"BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:STANDARD\r\nDTSTART:20261025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
		"END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20260329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n"
		"END:VTIMEZONE\r\n" EVENT(
			"UID:1\r\nDTSTART;TZID=Europe/London:20261124T110000\r\nRRULE:FREQ=WEEKLY\r\n") TAIL);

	(void)state;
	assert_string_equal(a->zone, "Europe/London");
}

/* ---- series and their exceptions ---- */

static void exceptions_come_on_the_series_wall(void **state)
{
	const struct activity *a = only(HEAD EVENT(
		"UID:1\r\nDTSTART;TZID=Europe/Oslo:20261020T110000\r\nDTEND;TZID=Europe/Oslo:20261020T120000\r\nRRULE:FREQ=WEEKLY\r\n"
		"EXDATE:20261027T100000Z\r\nEXDATE;TZID=Europe/London:20261103T100000\r\nEXDATE;VALUE=DATE:20261110\r\n"
		"RDATE:20261111T100000Z\r\nRDATE;VALUE=PERIOD:20261112T100000Z/PT30M\r\n") TAIL);

	(void)state;
	assert_int_equal(a->exdates.n, 3);
	assert_civil(a->exdates.v[0], "2026-10-27T11:00");
	assert_civil(a->exdates.v[1], "2026-11-03T11:00");
	assert_civil(a->exdates.v[2], "2026-11-10T11:00");
	assert_int_equal(a->rdates.n, 2);
	assert_civil(a->rdates.v[0], "2026-11-11T11:00");
	assert_civil(a->rdates.v[1], "2026-11-12T11:00");
	assert_int_equal(a->overrides.n, 1);
	assert_int_equal(a->overrides.v[0].duration.seconds, 1800);
}

static void an_override_says_only_what_differs(void **state)
{
	const struct activity *a = only(
		HEAD SERIES EVENT(
			"UID:1\r\nRECURRENCE-ID:20261201T110000\r\nSUMMARY:Sang\r\nLOCATION:Hagen\r\nDTSTART:20261201T110000\r\nDTEND:20261201T120000\r\n")
			EVENT("UID:1\r\nRECURRENCE-ID:20261208T100000Z\r\nSUMMARY:Julesang\r\nLOCATION:Salen\r\nDTSTART:20261209T110000\r\nDURATION:PT2H\r\n")
				EVENT("UID:1\r\nRECURRENCE-ID:20261215T110000\r\nSUMMARY:Sang\r\nLOCATION:Salen\r\nSTATUS:CANCELLED\r\n")
					TAIL);
	const struct override *o = a->overrides.v;

	(void)state;
	assert_int_equal(a->overrides.n, 3);
	assert_civil(o[0].original, "2026-12-01T11:00");
	assert_false(o[0].has_start || o[0].has_duration || o[0].name.n);
	assert_string_equal(o[0].place.v[0].s, "Hagen");
	assert_civil(o[1].original, "2026-12-08T11:00");
	assert_civil(o[1].start, "2026-12-09T11:00");
	assert_true(o[1].has_start && o[1].has_duration && !o[1].place.n);
	assert_int_equal(o[1].duration.seconds, 7200);
	assert_string_equal(o[1].name.v[0].s, "Julesang");
	assert_int_equal(o[2].status, STATUS_CANCELLED);
	assert_false(o[2].has_start || o[2].has_duration);
}

static void the_newest_of_several_counts(void **state)
{
	const struct activity *a = only(
		HEAD SERIES EVENT("UID:1\r\nRECURRENCE-ID:20261201T110000\r\nSEQUENCE:2\r\nDTSTART:20261201T140000\r\n")
			EVENT("UID:1\r\nRECURRENCE-ID:20261201T100000Z\r\nSEQUENCE:1\r\nDTSTART:20261201T150000\r\n") EVENT(
				"UID:1\r\nRECURRENCE-ID:20261208T110000\r\nDTSTAMP:20261001T000000Z\r\nDTSTART:20261208T140000\r\n")
				EVENT("UID:1\r\nRECURRENCE-ID:20261208T110000\r\nDTSTAMP:20261002T000000Z\r\nDTSTART:20261208T150000\r\n")
					TAIL);

	(void)state;
	assert_int_equal(a->overrides.n, 2);
	assert_civil(a->overrides.v[0].start, "2026-12-01T14:00");
	assert_civil(a->overrides.v[1].start, "2026-12-08T15:00");
}

static void orphans_are_events_of_their_own(void **state)
{
	struct ics_calendar c = read_text(
		HEAD SERIES EVENT(
			"UID:1\r\nRECURRENCE-ID:20261202T110000\r\nSUMMARY:Onsdag\r\nDTSTART:20261202T140000\r\n") /* not
														      a
														      Tuesday
														    */
		EVENT("UID:1\r\nRECURRENCE-ID:20261203T110000\r\nSTATUS:CANCELLED\r\nDTSTART:20261203T110000\r\n") /* never
														      was
														    */
		EVENT("UID:2\r\nRECURRENCE-ID:20261204T110000\r\nSUMMARY:Uten serie\r\nDTSTART:20261204T140000\r\n")
			EVENT("UID:3\r\nSUMMARY:Hver time\r\n" WHEN "RRULE:FREQ=HOURLY\r\n") EVENT(
				"UID:3\r\nRECURRENCE-ID:20261205T110000\r\nSUMMARY:En time\r\nDTSTART:20261205T140000\r\n")
				TAIL);

	(void)state;
	assert_int_equal(c.n_activities, 4);
	assert_int_equal(c.activities[0].overrides.n, 0);
	assert_string_equal(c.activities[1].name.v[0].s, "Onsdag");
	assert_string_equal(c.activities[2].name.v[0].s, "Uten serie");
	assert_string_equal(c.activities[3].name.v[0].s, "En time");
	assert_int_equal(c.n_skipped, 1);
}

static void an_occurrence_named_by_date_and_by_time_is_one(void **state)
{
	const struct activity *a =
		only(HEAD SERIES EVENT("UID:1\r\nRECURRENCE-ID:20261201T110000\r\nDTSTART:20261201T120000\r\n")
			     EVENT("UID:1\r\nRECURRENCE-ID;VALUE=DATE:20261201\r\nDTSTART:20261201T130000\r\n") TAIL);

	(void)state;
	assert_int_equal(a->overrides.n, 1);
	assert_civil(a->overrides.v[0].start, "2026-12-01T13:00");
}

static void one_uid_for_all_hides_nothing(void **state)
{
	struct ics_calendar c =
		read_text(HEAD EVENT("UID:1\r\nSUMMARY:A\r\nDTSTART:20261124T110000\r\n")
				  EVENT("UID:1\r\nSUMMARY:B\r\nDTSTART:20261125T110000\r\n")
					  EVENT("UID:1\r\nSUMMARY:A\r\nDTSTART:20261124T110000\r\n") TAIL);

	(void)state;
	assert_int_equal(c.n_activities, 2);
	assert_string_equal(c.activities[0].name.v[0].s, "B");
	assert_string_equal(c.activities[1].name.v[0].s, "A");
	assert_string_not_equal(c.activities[0].id, c.activities[1].id);
}

static void an_occurrence_may_lose_or_gain_its_time(void **state)
{
	const struct activity *a = only(
		HEAD SERIES EVENT("UID:1\r\nRECURRENCE-ID:20261201T110000\r\nDTSTART;VALUE=DATE:20261202\r\n") TAIL);

	(void)state;
	assert_civil(a->overrides.v[0].start, "2026-12-02");
	assert_int_equal(a->overrides.v[0].duration.days, 1);
	a = only(HEAD EVENT("UID:1\r\nDTSTART;VALUE=DATE:20261124\r\nRRULE:FREQ=WEEKLY\r\n") EVENT(
		"UID:1\r\nRECURRENCE-ID;VALUE=DATE:20261201\r\nDTSTART;TZID=Europe/London:20261201T110000\r\n"
		"DURATION:PT2H\r\n") TAIL);
	assert_civil(a->overrides.v[0].original, "2026-12-01");
	assert_civil(a->overrides.v[0].start, "2026-12-01T12:00");
	assert_int_equal(a->overrides.v[0].duration.seconds, 7200);
}

static void cancelled_series_stay(void **state)
{
	(void)state;
	assert_int_equal(only(HEAD EVENT("UID:1\r\nSTATUS:CANCELLED\r\n" WHEN) TAIL)->status, STATUS_CANCELLED);
	assert_int_equal(only(HEAD "METHOD:CANCEL\r\n" EVENT("UID:1\r\n" WHEN) TAIL)->status, STATUS_CANCELLED);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, ics_set_up, ics_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(zones),
		TEST(a_zone_by_its_offsets),
		TEST(changes_around_the_event_alone_do_not_contradict_the_name),
		TEST(exceptions_come_on_the_series_wall),
		TEST(an_override_says_only_what_differs),
		TEST(the_newest_of_several_counts),
		TEST(orphans_are_events_of_their_own),
		TEST(an_occurrence_named_by_date_and_by_time_is_one),
		TEST(one_uid_for_all_hides_nothing),
		TEST(an_occurrence_may_lose_or_gain_its_time),
		TEST(cancelled_series_stay),
	};
	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
