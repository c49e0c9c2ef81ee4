/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files for phones: what is written reads back as what was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "central/ics_out.h"
#include "core/ics.h"
#include "core/occur.h"

enum { OUT_MAX = 64 * 1024, STAMP = 1795510800 /* 2026-11-24T09:00Z */ };

static const struct ics_event song = {
	.uid = "7F3K2-20261124T1100@oppslag.example.no",
	.changed_at = STAMP,
	.sequence = 7,
	.start_utc = STAMP + 3600,
	.end_utc = STAMP + 2 * 3600,
	.summary = "Allsang; med kaffe, \\o/ og «kake»",
	.location = "Storstua",
	.description = "Første linje\nAndre linje",
	.url = "https://oppslag.example.no/s/abc",
};

struct reading {
	struct arena arena;
	struct buf out;
	struct ics_calendar calendar;
};

/* False when torture has made an allocation fail. */
static bool write_and_read(struct reading *r, size_t n, const struct ics_event *events)
{
	struct fault fault = { 0 };

	arena_init(&r->arena, LIMIT_FEED_ARENA);
	buf_init(&r->out, OUT_MAX);
	ics_out_open(&r->out);
	for (size_t i = 0; i < n; i++)
		ics_out_event(&r->out, &events[i]);
	ics_out_close(&r->out);
	if (!buf_ok(&r->out))
		return false;
	enum err err = ics_read(&r->arena, buf_text(&r->out), r->out.len, "Europe/Oslo", "nb", &r->calendar, &fault);
	assert_true(err == OK || err == ERR_MEMORY);
	return err == OK;
}

static void reading_free(struct reading *r)
{
	buf_free(&r->out);
	arena_free(&r->arena);
}

static void an_event_comes_back(void **state)
{
	(void)state;
	struct reading r;
	struct occurrences all;
	struct civil day = { .year = 2026, .month = 11, .day = 24, .date_only = true };

	if (write_and_read(&r, 1, &song)) {
		assert_int_equal(r.calendar.n_skipped, 0);
		assert_int_equal(r.calendar.n_activities, 1);
		const struct activity *a = &r.calendar.activities[0];
		assert_string_equal(a->name.v[0].s, song.summary);
		assert_string_equal(a->place.v[0].s, "Storstua");
		assert_string_equal(a->description.v[0].s, song.description);
		assert_int_equal(a->status, STATUS_SCHEDULED);
		enum err err = occur_activity(a, "Europe/Oslo", day, civil_add_days(day, 1), &r.arena, &all);
		if (err == OK) {
			assert_int_equal(all.n, 1);
			assert_int_equal(all.v[0].start_utc, song.start_utc);
			assert_int_equal(all.v[0].end_utc, song.end_utc);
			assert_int_equal(all.v[0].start.hour, 11);
		}
	}
	reading_free(&r);
}

static void cancelled_and_all_day_come_back(void **state)
{
	(void)state;
	struct reading r;
	struct ics_event events[] = { song, song };

	events[0].cancelled = true;
	events[1].uid = "other@oppslag.example.no";
	events[1].all_day = true;
	events[1].from = (struct civil){ .year = 2026, .month = 12, .day = 24, .date_only = true };
	events[1].to = (struct civil){ .year = 2026, .month = 12, .day = 27, .date_only = true };
	if (write_and_read(&r, 2, events)) {
		assert_int_equal(r.calendar.n_activities, 2);
		assert_int_equal(r.calendar.activities[0].status, STATUS_CANCELLED);
		assert_true(r.calendar.activities[1].start.date_only);
		assert_int_equal(r.calendar.activities[1].duration.days, 3);
	}
	reading_free(&r);
}

/* RFC 5545 3.1: no physical line above 75 octets, no character cut in two, each ends with CR LF. */
static void lines_are_folded_between_characters(void **state)
{
	(void)state;
	struct reading r;
	struct ics_event event = song;
	char name[401] = "";
	size_t len = 0;

	for (int i = 0; i < 100; i++)
		len += (size_t)snprintf(name + len, sizeof name - len, "%s", i % 3 == 0 ? "å" : i % 3 == 1 ? "𝄞" : "x");
	event.summary = name;
	if (write_and_read(&r, 1, &event)) {
		assert_string_equal(r.calendar.activities[0].name.v[0].s, name);
		const char *line = buf_text(&r.out);
		for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
			assert_true(end > line && end[-1] == '\r');
			assert_true(end - line - 1 <= 75);
		}
		assert_string_equal(line, "");
	}
	reading_free(&r);
}

/* What a line break in a name would begin is another property. */
static void nothing_typed_becomes_a_property(void **state)
{
	(void)state;
	struct reading r;
	struct ics_event event = song;

	event.summary = "Allsang\r\nSTATUS:CANCELLED\nEND:VEVENT\x01\x7f";
	event.location = NULL;
	event.description = "";
	if (write_and_read(&r, 1, &event)) {
		assert_null(strstr(buf_text(&r.out), "\nSTATUS:CANCELLED"));
		assert_null(strstr(buf_text(&r.out), "LOCATION"));
		assert_null(strchr(buf_text(&r.out), '\x7f'));
		assert_int_equal(r.calendar.activities[0].status, STATUS_SCHEDULED);
	}
	reading_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_comes_back),
		cmocka_unit_test(cancelled_and_all_day_come_back),
		cmocka_unit_test(lines_are_folded_between_characters),
		cmocka_unit_test(nothing_typed_becomes_a_property),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
