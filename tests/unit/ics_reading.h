/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars written down in a test, and read into one arena for its length. */
#pragma once

#include "base/arena.h"
#include "core/ics.h"

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define WHEN "DTSTART:20261124T110000\r\nDTEND:20261124T120000\r\n"
#define SERIES EVENT("UID:1\r\nSUMMARY:Sang\r\nLOCATION:Salen\r\n" WHEN "RRULE:FREQ=WEEKLY\r\n")
/* Norway's changes of clock, to an offset SUMMER. */
#define ZONE(name, summer)                                                                                                                 \
	"BEGIN:VTIMEZONE\r\nTZID:" name "\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\nTZOFFSETFROM:" summer                            \
	"\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010325T020000\r\n" \
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:" summer                                                                                         \
	"\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"

extern struct arena ics_arena;
int ics_set_up(void **state);
int ics_tear_down(void **state);

/* Fails the test if it cannot be read. */
struct ics_calendar read_as(const char *text, const char *zone, const char *lang);
struct ics_calendar read_text(const char *text);
/* The one activity of a calendar of which nothing is skipped. */
const struct activity *only(const char *text);
void assert_civil(struct civil c, const char *want);
void assert_one_skip(const char *text, enum skip_reason reason, int line, const char *detail);
