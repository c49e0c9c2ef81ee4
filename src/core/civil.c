/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/civil.h"

#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"

enum { DAY_SECONDS = 86400, DAYS_IN_400_YEARS = 146097 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int8_t length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

bool civil_is_valid(struct civil when)
{
	if (when.year < YEAR_MIN || when.year > YEAR_MAX || when.month < 1 || when.month > 12 || when.day < 1)
		return false;
	if (when.day > month_length(when.year, when.month))
		return false;
	if (when.date_only)
		return when.hour == 0 && when.minute == 0 && when.second == 0;
	return when.hour >= 0 && when.hour < 24 && when.minute >= 0 && when.minute < 60 && when.second >= 0 &&
	       when.second < 60;
}

/* Exactly N digits. Moves *S behind them. */
static bool take_digits(const char **s, int n, int *out)
{
	*out = 0;
	for (; n > 0; n--, (*s)++) {
		if (**s < '0' || **s > '9')
			return false;
		*out = *out * 10 + (**s - '0');
	}
	return true;
}

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool take_date(const char **s, struct civil *out)
{
	int year, month, day;

	if (!take_digits(s, 4, &year) || !take_char(s, '-') || !take_digits(s, 2, &month) || !take_char(s, '-') ||
	    !take_digits(s, 2, &day))
		return false;
	*out = (struct civil){ .year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day, .date_only = true };
	return true;
}

static bool take_time(const char **s, struct civil *out)
{
	int hour, minute, second = 0;

	if (!take_digits(s, 2, &hour) || !take_char(s, ':') || !take_digits(s, 2, &minute))
		return false;
	if (take_char(s, ':') && !take_digits(s, 2, &second))
		return false;
	out->hour = (int8_t)hour;
	out->minute = (int8_t)minute;
	out->second = (int8_t)second;
	out->date_only = false;
	return true;
}

bool civil_parse(const char *s, struct civil *out)
{
	struct civil when;

	if (!take_date(&s, &when) || (*s && (!take_char(&s, 'T') || !take_time(&s, &when))))
		return false;
	if (*s || !civil_is_valid(when))
		return false;
	*out = when;
	return true;
}

static char *put_digits(char *at, int value, int n)
{
	for (int i = n - 1; i >= 0; i--, value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + n;
}

void civil_print(struct civil when, char *out)
{
	out = put_digits(out, when.year, 4);
	*out++ = '-';
	out = put_digits(out, when.month, 2);
	*out++ = '-';
	out = put_digits(out, when.day, 2);
	if (!when.date_only) {
		*out++ = 'T';
		out = put_digits(out, when.hour, 2);
		*out++ = ':';
		out = put_digits(out, when.minute, 2);
		if (when.second) {
			*out++ = ':';
			out = put_digits(out, when.second, 2);
		}
	}
	*out = '\0';
}

/* Days count from 1 March of year 0, so that the leap day is the last of its year. */
enum { EPOCH_FROM_MARCH_0 = 719468 };

int32_t civil_day(struct civil when)
{
	int32_t month = (when.month + 9) % 12; /* March 0 … February 11 */
	int32_t year = when.year - (when.month <= 2);
	int32_t century = (year >= 0 ? year : year - 399) / 400;
	int32_t in_400 = year - century * 400;
	int32_t in_year = (153 * month + 2) / 5 + when.day - 1; /* 153 days are five months from March on */

	return century * DAYS_IN_400_YEARS + in_400 * 365 + in_400 / 4 - in_400 / 100 + in_year - EPOCH_FROM_MARCH_0;
}

struct civil civil_from_day(int32_t day)
{
	/* Beyond the years 0 to 9999 the ends stand still: the sums below stay within their types. */
	enum { FIRST = -719468, LAST = 2932896 };
	if (day < FIRST)
		day = FIRST;
	if (day > LAST)
		day = LAST;

	int32_t from_march_0 = day + EPOCH_FROM_MARCH_0;
	int32_t centuries = from_march_0 / DAYS_IN_400_YEARS;
	int32_t in_400 = from_march_0 % DAYS_IN_400_YEARS;
	int32_t year = (in_400 - in_400 / 1460 + in_400 / 36524 - in_400 / 146096) / 365;
	int32_t in_year = in_400 - (365 * year + year / 4 - year / 100);
	int32_t month = (5 * in_year + 2) / 153;

	return (struct civil){
		.year = (int16_t)(centuries * 400 + year + (month >= 10)),
		.month = (int8_t)(month < 10 ? month + 3 : month - 9),
		.day = (int8_t)(in_year - (153 * month + 2) / 5 + 1),
		.date_only = true,
	};
}

static int weekday_of(int32_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

int civil_weekday(struct civil when)
{
	return weekday_of(civil_day(when));
}

int civil_week(struct civil when)
{
	/* ISO 8601: a week belongs to the year of its Thursday. */
	int32_t thursday = civil_day(when) - civil_weekday(when) + 3;
	struct civil first = civil_from_day(thursday);

	first.month = 1;
	first.day = 1;
	return (thursday - civil_day(first)) / 7 + 1;
}

static int32_t second_of_day(struct civil when)
{
	return when.date_only ? 0 : (when.hour * 60 + when.minute) * 60 + when.second;
}

int civil_compare(struct civil a, struct civil b)
{
	int32_t day_a = civil_day(a), day_b = civil_day(b), second_a = second_of_day(a), second_b = second_of_day(b);

	if (day_a != day_b)
		return day_a < day_b ? -1 : 1;
	return (second_a > second_b) - (second_a < second_b);
}

bool civil_same_day(struct civil a, struct civil b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static struct civil at_second(int32_t day, int32_t second)
{
	struct civil when = civil_from_day(day);

	when.date_only = false;
	when.hour = (int8_t)(second / 3600);
	when.minute = (int8_t)(second / 60 % 60);
	when.second = (int8_t)(second % 60);
	return when;
}

static int32_t clamp_day(int64_t day)
{
	return day < INT32_MIN ? INT32_MIN : day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

struct civil civil_add_days(struct civil when, int32_t n)
{
	struct civil moved = at_second(clamp_day((int64_t)civil_day(when) + n), second_of_day(when));

	moved.date_only = when.date_only;
	return moved;
}

struct civil civil_add_seconds(struct civil when, int64_t n)
{
	if (n == 0)
		return when;
	int64_t days = n / DAY_SECONDS, seconds = second_of_day(when) + n % DAY_SECONDS;
	if (seconds < 0) {
		seconds += DAY_SECONDS;
		days--;
	} else if (seconds >= DAY_SECONDS) {
		seconds -= DAY_SECONDS;
		days++;
	}
	return at_second(clamp_day(civil_day(when) + days), (int32_t)seconds);
}

/* ---- durations ---- */

enum { PART_WEEKS, PART_DAYS, PART_HOURS, PART_MINUTES, PART_SECONDS, PART_COUNT };

/* "12H": at most eight digits, more than the limit is in seconds. False if there is no such part. */
static bool take_part(const char **s, const char *letters, int *which, int32_t *out)
{
	const char *at = *s;
	int32_t value = 0;

	for (; *at >= '0' && *at <= '9'; at++) {
		if (at - *s >= 8)
			return false;
		value = value * 10 + (*at - '0');
	}
	if (at == *s)
		return false;
	for (int i = 0; letters[i]; i++) {
		if (letters[i] == *at) {
			*which = i;
			*out = value;
			*s = at + 1;
			return true;
		}
	}
	return false;
}

/* Parts in falling order, each at most once. False at the first that is none. */
static bool take_parts(const char **s, const char *letters, int first, int32_t *parts, int *n)
{
	int last = -1, which;
	int32_t value;

	while (**s && **s != 'T') {
		if (!take_part(s, letters, &which, &value) || which <= last)
			return false;
		parts[first + which] = value;
		last = which;
		(*n)++;
	}
	return true;
}

bool duration_parse(const char *s, struct duration *out)
{
	int32_t parts[PART_COUNT] = { 0 };
	int n_days = 0, n_times = 0;

	if (!take_char(&s, 'P') || !take_parts(&s, "WD", PART_WEEKS, parts, &n_days))
		return false;
	if (take_char(&s, 'T') && (!take_parts(&s, "HMS", PART_HOURS, parts, &n_times) || n_times == 0))
		return false;
	if (*s || n_days + n_times == 0 || (parts[PART_WEEKS] && (parts[PART_DAYS] || n_times)))
		return false;

	int64_t days = (int64_t)parts[PART_WEEKS] * 7 + parts[PART_DAYS];
	int64_t seconds = ((int64_t)parts[PART_HOURS] * 60 + parts[PART_MINUTES]) * 60 + parts[PART_SECONDS];
	if (days * DAY_SECONDS + seconds > (int64_t)LIMIT_DURATION_DAYS * DAY_SECONDS)
		return false;
	*out = (struct duration){ .days = (int32_t)days, .seconds = (int32_t)seconds };
	return true;
}

void duration_print(struct duration d, char *out)
{
	const struct {
		int32_t value;
		char letter;
	} parts[] = { { d.seconds / 3600, 'H' }, { d.seconds / 60 % 60, 'M' }, { d.seconds % 60, 'S' } };
	char *end = out + DURATION_SIZE;

	*out++ = 'P';
	if (d.days)
		out += snprintf(out, (size_t)(end - out), "%dD", (int)d.days);
	if (d.seconds || !d.days)
		*out++ = 'T';
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].value)
			out += snprintf(out, (size_t)(end - out), "%d%c", (int)parts[i].value, parts[i].letter);
	if (!d.days && !d.seconds)
		out += snprintf(out, (size_t)(end - out), "0S");
	*out = '\0';
}
