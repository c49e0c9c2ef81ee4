/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and wall-clock times without a zone, in the proleptic Gregorian
 * calendar, years 1970 to 2199. Plain values, pure functions. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A date, or a date and time of day on somebody's wall. */
struct civil {
	int16_t year;
	int8_t month, day;           /* 1-12, 1-31 */
	int8_t hour, minute, second; /* 0 for a date */
	bool date_only;
};

enum { YEAR_MIN = 1970, YEAR_MAX = 2199 };

/* ISO 8601 duration, RFC 5545 3.3.6 without the sign: days are days on the
 * wall (23 to 25 hours), seconds are exact. */
struct duration {
	int32_t days; /* weeks count as 7 */
	int32_t seconds;
};

/* Parses "2026-11-24", "2026-11-24T11:00" or "2026-11-24T11:00:00", nothing
 * else, nothing after it. False if it is no such text or no real date. */
bool civil_parse(const char *s, struct civil *out);
/* The same form back, seconds only when not 0. OUT has at least CIVIL_SIZE bytes. */
enum { CIVIL_SIZE = 24 };
void civil_print(struct civil when, char *out);
bool civil_is_valid(struct civil when);

/* "PT45M", "P1D", "P1DT2H", "P2W": at least one part, no fractions, at most
 * LIMIT_DURATION_DAYS. */
bool duration_parse(const char *s, struct duration *out);
enum { DURATION_SIZE = 40 };
void duration_print(struct duration d, char *out);

/* Days since 1970-01-01 and back. The time of day is dropped. */
int32_t civil_day(struct civil when);
struct civil civil_from_day(int32_t day);
/* Monday 0 … Sunday 6. */
int civil_weekday(struct civil when);
/* ISO 8601 week, 1 to 53. */
int civil_week(struct civil when);
/* <0, 0, >0. A date compares as its midnight. */
int civil_compare(struct civil a, struct civil b);
bool civil_same_day(struct civil a, struct civil b);
/* N may be negative. Beyond YEAR_MAX the result is a date, but not a valid one;
 * the years 0 and 9999 are where it stops. */
struct civil civil_add_days(struct civil when, int32_t n);
/* On the wall: an hour is an hour on the clock's face, whatever the zone does.
 * The result has a time of day, unless N is 0. */
struct civil civil_add_seconds(struct civil when, int64_t n);
