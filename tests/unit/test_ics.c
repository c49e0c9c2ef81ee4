/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars in, activities out. What each file's occurrences are stands beside
 * the fixtures and is tested through the real program (tests/api); here is
 * what else there is in an activity, and what is said of the rest. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "core/ics.h"
#include "ics_reading.h"

/* ---- one event ---- */

static void an_event_becomes_an_activity(void **state)
{
	const struct activity *a = only(HEAD EVENT(
		"UID:sang-1\r\nSUMMARY:Allsang\\, for alle\r\nLOCATION:Storsalen\r\nDESCRIPTION:Linje en\\nLinje to\r\n" WHEN
		"RRULE:FREQ=WEEKLY;BYDAY=TU\r\n") TAIL);

	(void)state;
	assert_string_equal(a->id, "sang-1");
	assert_string_equal(a->code, "");
	assert_string_equal(a->number, "");
	assert_int_equal(a->name.n, 1);
	assert_string_equal(a->name.v[0].lang, "nb");
	assert_string_equal(a->name.v[0].s, "Allsang, for alle");
	assert_string_equal(a->place.v[0].s, "Storsalen");
	assert_string_equal(a->description.v[0].s, "Linje en\nLinje to");
	assert_int_equal(a->kind, KIND_SONG);
	assert_civil(a->start, "2026-11-24T11:00");
	assert_int_equal(a->duration.days, 0);
	assert_int_equal(a->duration.seconds, 3600);
	assert_null(a->zone);
	assert_string_equal(a->rrule, "FREQ=WEEKLY;BYDAY=TU");
	assert_int_equal(a->status, STATUS_SCHEDULED);
	assert_false(a->signup);
}

static void lengths(void **state)
{
	static const struct {
		const char *lines;
		int32_t days, seconds;
	} rows[] = {
		{ "DTSTART:20261124T110000\r\n", 0, 0 },
		{ "DTSTART:20261124T110000\r\nDURATION:P1DT2H\r\n", 1, 7200 },
		{ "DTSTART:20261124T110000\r\nDURATION:P2W\r\n", 14, 0 },
		{ "DTSTART;TZID=Europe/Oslo:20261024T220000\r\nDTEND;TZID=Europe/Oslo:20261025T060000\r\n", 0,
		  9 * 3600 },
		{ "DTSTART;TZID=Europe/Oslo:20261124T110000\r\nDTEND;TZID=Europe/London:20261124T110000\r\n", 0, 3600 },
		{ "DTSTART;VALUE=DATE:20261124\r\n", 1, 0 },
		{ "DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261124\r\n", 1, 0 },
		{ "DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261127\r\n", 3, 0 },
		{ "DTSTART;VALUE=DATE:20261124\r\nDURATION:PT36H\r\n", 2, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[500];
		snprintf(text, sizeof text, "%s%s%s%s", HEAD "BEGIN:VEVENT\r\nUID:1\r\n", rows[i].lines,
			 "END:VEVENT\r\n", TAIL);
		const struct activity *a = only(text);
		assert_int_equal(a->duration.days, rows[i].days);
		assert_int_equal(a->duration.seconds, rows[i].seconds);
	}
}

static void kinds(void **state)
{
	static const struct {
		const char *title;
		enum kind kind;
	} rows[] = {
		{ "Formiddagskaffe", KIND_COFFEE }, { "ALLSANG", KIND_SONG },
		{ "Gåtur i skogen", KIND_WALK },    { "Kulturkveld", KIND_CULTURE },
		{ "Kultur", KIND_CULTURE },         { "Bingo!", KIND_GAME },
		{ "HØYTLESNING", KIND_READING },    { "Litteratur", KIND_READING },
		{ "Trekkspillkveld", KIND_MUSIC },  { "Gudstjeneste", KIND_FAITH },
		{ "Choir practice", KIND_SONG },    { "Møte", KIND_OTHER },
		{ "Temperaturmåling", KIND_OTHER }, { "", KIND_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[500];
		snprintf(text, sizeof text, HEAD "BEGIN:VEVENT\r\nUID:1\r\n" WHEN "SUMMARY:%s\r\nEND:VEVENT\r\n" TAIL,
			 rows[i].title);
		if (only(text)->kind != rows[i].kind)
			fail_msg("\"%s\" is %s", rows[i].title, kind_name(only(text)->kind));
	}
	assert_int_equal(only(HEAD EVENT("UID:1\r\n" WHEN "SUMMARY:Torsdag\r\nCATEGORIES:DANS\r\n") TAIL)->kind,
			 KIND_DANCE);
}

static void html_becomes_plain(void **state)
{
	const struct activity *a = only(HEAD EVENT(
		"UID:1\r\n" WHEN
		"DESCRIPTION:<p>Kaffe &amp\\; <b>vafler</b></p>Kom <a href=\"https://example.no\">her</a><br>2 < 3\r\n")
						TAIL);

	(void)state;
	assert_string_equal(a->description.v[0].s, "Kaffe & vafler\nKom her\n2 < 3");
}

static void too_long_texts_are_cut(void **state)
{
	static char text[3 * LIMIT_TEXT];
	size_t n = (size_t)snprintf(text, sizeof text, "%s", HEAD "BEGIN:VEVENT\r\nUID:1\r\n" WHEN "SUMMARY:");

	(void)state;
	memset(text + n, 'a', 2 * LIMIT_TEXT);
	snprintf(text + n + 2 * LIMIT_TEXT, sizeof text - n - 2 * LIMIT_TEXT, "\r\nEND:VEVENT\r\n" TAIL);
	assert_int_equal(strlen(only(text)->name.v[0].s), LIMIT_NAME);
}

static void without_a_title_it_is_an_activity(void **state)
{
	(void)state;
	assert_string_equal(only(HEAD EVENT("UID:1\r\n" WHEN) TAIL)->name.v[0].s, "Aktivitet");
	assert_string_equal(read_as(HEAD EVENT("UID:1\r\n" WHEN "SUMMARY: \r\n") TAIL, "Europe/Oslo", "en")
				    .activities[0]
				    .name.v[0]
				    .s,
			    "Activity");
}

static void ids_are_safe_stable_and_apart(void **state)
{
	const char *text = HEAD EVENT("UID:a b@example.no\r\n" WHEN) EVENT("UID:ab@example.no\r\n" WHEN)
		EVENT(WHEN "SUMMARY:x\r\n") EVENT(WHEN "SUMMARY:x\r\n") EVENT("UID:-_.0\r\n" WHEN) TAIL;
	struct ics_calendar first = read_text(text), again = read_text(text);

	(void)state;
	assert_int_equal(first.n_activities, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(first.activities[i].id, again.activities[i].id);
		assert_in_range(strlen(first.activities[i].id), 1, LIMIT_ID);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(first.activities[i].id, first.activities[k].id);
	}
	assert_string_equal(first.activities[4].id, "-_.0");
}

static void the_calendars_name(void **state)
{
	(void)state;
	assert_string_equal(read_text(HEAD "X-WR-CALNAME:Solbakken\r\n" TAIL).name, "Solbakken");
	assert_string_equal(read_text(HEAD "NAME:Solbakken\r\n" TAIL).name, "Solbakken");
	assert_null(read_text(HEAD TAIL).name);
}

/* ---- what is skipped ---- */

static void what_is_private_has_no_title(void **state)
{
	struct ics_calendar c = read_text(
		HEAD EVENT("UID:1\r\nCLASS:PRIVATE\r\nSUMMARY:Legetime\r\n" WHEN "RRULE:FREQ=DAILY\r\n") EVENT(
			"UID:1\r\nRECURRENCE-ID:20261125T110000\r\nSUMMARY:Legetime\r\nDTSTART:20261125T120000\r\n")
			TAIL);

	(void)state;
	assert_int_equal(c.n_activities, 0);
	assert_int_equal(c.n_skipped, 1);
	assert_int_equal(c.skipped[0].reason, SKIP_PRIVATE);
	assert_string_equal(c.skipped[0].title, "");
	c = read_text(
		HEAD SERIES EVENT("UID:1\r\nRECURRENCE-ID:20261201T110000\r\nCLASS:CONFIDENTIAL\r\nSUMMARY:Hemmelig\r\n"
				  "DTSTART:20261201T110000\r\n") TAIL);
	assert_int_equal(c.n_activities, 1);
	assert_int_equal(c.activities[0].exdates.n, 1);
	assert_int_equal(c.activities[0].overrides.n, 0);
	assert_int_equal(c.skipped[0].reason, SKIP_PRIVATE);
}

static void each_skip_has_its_line_and_reason(void **state)
{
	(void)state;
	assert_one_skip(HEAD "\r\n" EVENT("UID:1\r\nSUMMARY:x\r\n") TAIL, SKIP_NO_START, 4, "");
	assert_one_skip(HEAD EVENT("UID:1\r\nDTSTART:20261124T250000\r\n") TAIL, SKIP_BAD_TIME, 3, "start");
	assert_one_skip(HEAD EVENT("UID:1\r\nDTSTART:19691231T120000\r\n") TAIL, SKIP_BAD_TIME, 3, "1970");
	assert_one_skip(HEAD EVENT("UID:1\r\n" WHEN "RRULE:FREQ=MINUTELY\r\n") TAIL, SKIP_RULE_UNSUPPORTED, 3,
			"MINUTELY");
	assert_one_skip(HEAD EVENT("UID:1\r\n" WHEN "RRULE:FREQ=ALWAYS\r\n") TAIL, SKIP_RULE_MALFORMED, 3, "ALWAYS");
	assert_one_skip(HEAD EVENT("UID:1\r\nDTSTART;TZID=Moon/Base:20261124T110000\r\n") TAIL, SKIP_ZONE_UNKNOWN, 3,
			"Moon/Base");
	assert_one_skip(HEAD EVENT("UID:1\r\nDTSTART:20261124T110000\r\nDTEND:20280101T110000\r\n") TAIL, SKIP_BAD_TIME,
			3, "year");
	assert_one_skip(HEAD EVENT("UID:1\r\nDTSTART:20261124T110000\r\nDURATION:-PT1H\r\n") TAIL, SKIP_BAD_TIME, 3,
			"end");
	assert_one_skip(HEAD EVENT("UID:1\r\n" WHEN "RRULE:FREQ=DAILY\r\nEXDATE:20261399T000000\r\n") TAIL,
			SKIP_BAD_TIME, 3, "EXDATE");
	assert_one_skip(HEAD "BEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VJOURNAL\r\nEND:VJOURNAL\r\n" TAIL, SKIP_NOT_AN_EVENT,
			3, "2");
}

static void a_skip_in_words(void **state)
{
	const struct ics_skip skip = { SKIP_RULE_UNSUPPORTED, 12, "Sang", "FREQ=HOURLY" };
	char line[200], tiny[10];

	(void)state;
	ics_skip_print(&skip, line, sizeof line);
	assert_string_equal(line, "line 12: \"Sang\" skipped: the repeat rule is not supported: FREQ=HOURLY");
	ics_skip_print(&skip, tiny, sizeof tiny);
	assert_string_equal(tiny, "line 12: ");
}

static void more_dates_than_the_caps_are_said(void **state)
{
	static char text[64 * 1024];
	size_t n = (size_t)snprintf(text, sizeof text, "%s",
				    HEAD "BEGIN:VEVENT\r\nUID:1\r\n" WHEN "RRULE:FREQ=DAILY\r\nEXDATE:20261124T110000");

	(void)state;
	for (int i = 0; i < LIMIT_DATES; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, ",20261124T110000");
	snprintf(text + n, sizeof text - n, "\r\nEND:VEVENT\r\n" TAIL);
	assert_one_skip(text, SKIP_TOO_MANY, 3, "");
}

/* ---- what is no calendar ---- */

static void faults_have_their_place(void **state)
{
	static const struct {
		const char *text, *place, *says;
	} rows[] = {
		{ "", "line 1", "empty" },
		{ "\r\n\r\n{\"feed\": 1}\r\n", "line 3", "BEGIN:VCALENDAR" },
		{ "<html>", "line 1", "not a calendar" },
		{ HEAD EVENT("UID:1\r\n" WHEN), "line 7", "cut off" },
		{ HEAD "BEGIN:VEVENT\r\nUID:1", "line 4", "cut off" },
		{ "\xff\xfe"
		  "B",
		  "line 1", "UTF-16" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ics_calendar calendar;
		struct fault fault = { 0 };
		assert_int_equal(ics_read(&ics_arena, rows[i].text, strlen(rows[i].text), "Europe/Oslo", "nb",
					  &calendar, &fault),
				 ERR_SYNTAX);
		assert_string_equal(fault.place, rows[i].place);
		if (!strstr(fault.text, rows[i].says))
			fail_msg("\"%s\" says nothing of \"%s\"", fault.text, rows[i].says);
	}
}

static void more_bytes_than_the_cap_are_refused(void **state)
{
	char *text = calloc(1, LIMIT_ICS_BYTES + 1);
	struct ics_calendar calendar;
	struct fault fault = { 0 };

	(void)state;
	assert_non_null(text);
	memset(text, '\n', LIMIT_ICS_BYTES + 1);
	assert_int_equal(ics_read(&ics_arena, text, LIMIT_ICS_BYTES + 1, "Europe/Oslo", "nb", &calendar, &fault),
			 ERR_LIMIT);
	free(text);
}

/* ---- files ---- */

static size_t slurp(const char *name, char *out, size_t size)
{
	const char *top = getenv("OPPSLAG_SOURCE");
	char path[500];

	snprintf(path, sizeof path, "%s/tests/fixtures/ics/%s", top ? top : ".", name);
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("%s cannot be read", path);
	size_t n = fread(out, 1, size, f);
	fclose(f);
	return n;
}

static const char *const files[] = {
	"outlook-desktop.ics", "outlook-published.ics", "google.ics",  "nextcloud.ics", "apple.ics",
	"clocks.ics",          "made-up-zones.ics",     "refused.ics", "text.ics",      "windows-zone-only.ics"
};

/* Whatever is read can be a feed: all caps and forms of the feed hold. */
static void every_calendar_is_a_good_feed(void **state)
{
	static char bytes[64 * 1024];

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		size_t n = slurp(files[i], bytes, sizeof bytes);
		struct ics_calendar calendar;
		struct centre *centre, *again;
		struct fault fault = { 0 };
		struct buf feed;
		assert_int_equal(ics_read(&ics_arena, bytes, n, "Europe/Oslo", "nb", &calendar, &fault), OK);
		assert_int_equal(ics_centre(&ics_arena, &calendar, "Europe/Oslo", "nb", &centre), OK);
		buf_init(&feed, LIMIT_FEED_BYTES);
		assert_int_equal(feed_write(centre, &feed), OK);
		if (feed_read(&ics_arena, buf_text(&feed), feed.len, &again, &fault))
			fail_msg("%s: %s: %s", files[i], fault.place, fault.text);
		assert_int_equal(again->n_activities, calendar.n_activities);
		buf_free(&feed);
	}
}

static void the_version_changes_with_the_content(void **state)
{
	struct ics_calendar a = read_text(HEAD SERIES TAIL), b = read_text(HEAD SERIES TAIL),
			    c = read_text(HEAD EVENT("UID:1\r\n" WHEN) TAIL);
	struct centre *ca, *cb, *cc;

	(void)state;
	assert_int_equal(ics_centre(&ics_arena, &a, "Europe/Oslo", "nb", &ca), OK);
	assert_int_equal(ics_centre(&ics_arena, &b, "Europe/Oslo", "nb", &cb), OK);
	assert_int_equal(ics_centre(&ics_arena, &c, "Europe/Oslo", "nb", &cc), OK);
	assert_true(ca->version >= 0 && ca->version == cb->version && ca->version != cc->version);
}

static void *read_again_and_again(void *arg)
{
	const char *text = HEAD ZONE("Our own", "+0200")
		SERIES EVENT("UID:2\r\nDTSTART;TZID=Our own:20261124T110000\r\nRRULE:FREQ=WEEKLY\r\n") TAIL;
	intptr_t wrong = 0;

	(void)arg;
	for (int i = 0; i < 50; i++) {
		struct arena own;
		struct ics_calendar calendar;
		arena_init(&own, 1 << 20);
		wrong += ics_read(&own, text, strlen(text), "Europe/Oslo", "nb", &calendar, NULL) != OK ||
			 calendar.n_activities != 2;
		arena_free(&own);
	}
	return (void *)wrong;
}

static void many_threads(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_again_and_again, NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		void *wrong;
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}

static void out_of_memory_is_said_and_passes(void **state)
{
	static char bytes[64 * 1024];
	size_t len = slurp("google.ics", bytes, sizeof bytes);
	enum err err = ERR_MEMORY;
	unsigned long n;

	(void)state;
	for (n = 1; err == ERR_MEMORY && n < 10000; n++) {
		struct arena own;
		struct ics_calendar calendar;
		struct centre *centre;
		arena_init(&own, 4 << 20);
		mem_fail_after(n);
		err = ics_read(&own, bytes, len, "Europe/Oslo", "nb", &calendar, NULL);
		if (!err)
			err = ics_centre(&own, &calendar, "Europe/Oslo", "nb", &centre);
		mem_fail_after(0);
		arena_free(&own);
	}
	assert_int_equal(err, OK);
	assert_in_range(n, 5, 9999);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, ics_set_up, ics_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(an_event_becomes_an_activity),
		TEST(lengths),
		TEST(kinds),
		TEST(html_becomes_plain),
		TEST(too_long_texts_are_cut),
		TEST(without_a_title_it_is_an_activity),
		TEST(ids_are_safe_stable_and_apart),
		TEST(the_calendars_name),
		TEST(what_is_private_has_no_title),
		TEST(each_skip_has_its_line_and_reason),
		TEST(a_skip_in_words),
		TEST(more_dates_than_the_caps_are_said),
		TEST(faults_have_their_place),
		TEST(more_bytes_than_the_cap_are_refused),
		TEST(every_calendar_is_a_good_feed),
		TEST(the_version_changes_with_the_content),
		TEST(many_threads),
		TEST(out_of_memory_is_said_and_passes),
	};
	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
