/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_span.h"

#include "base/limits.h"

enum { HOUR = 3600, DAY = 24 * HOUR, NIGHT = 12 * HOUR };

struct civil span_end(struct civil start, struct duration duration)
{
	struct civil end = civil_add_days(start, duration.days);

	return duration.seconds ? civil_add_seconds(end, duration.seconds) : end;
}

static int seconds_of_day(struct civil when)
{
	return (when.hour * 60 + when.minute) * 60 + when.second;
}

/* Whether END needs no date of its own after START: later that day, or in the night after. */
static bool ends_by_itself(struct civil start, struct civil end)
{
	int32_t days = civil_day(end) - civil_day(start);
	int seconds = seconds_of_day(end) - seconds_of_day(start);

	return days == 0 ? seconds > 0 : days == 1 && seconds < 0 && seconds + DAY <= NIGHT;
}

static const char *clock_words(struct request *req, struct civil when)
{
	return req_printf(req, "%02d:%02d", when.hour, when.minute);
}

void span_values(struct values *values, struct request *req, struct civil start, struct duration duration)
{
	struct civil end = span_end(start, duration), first = start, last = end;

	first.date_only = last.date_only = true;
	if (start.date_only)
		last = civil_add_days(last, -1);
	bool single = start.date_only ? civil_same_day(first, last) : ends_by_itself(start, end);
	values_civil(values, req, "date", true, first);
	values_set(values, "all_day", start.date_only ? "1" : NULL);
	values_set(values, "time", start.date_only ? NULL : clock_words(req, start));
	values_set(values, "until_time", start.date_only ? NULL : clock_words(req, end));
	values_civil(values, req, "last_date", !single, last);
}

void span_write(const struct sheet *sheet)
{
	struct page *page = &sheet->req->page;

	html(page, "<div class=\"op-span\">\n");
	sheet_field(sheet, "date", TEXT_COUNT);
	html(page, "<div class=\"op-side-by-side\">\n");
	sheet_field(sheet, "time", TEXT_COUNT);
	sheet_field(sheet, "until_time", TEXT_COUNT);
	html(page, "</div>\n");
	sheet_field(sheet, "all_day", TEXT_COUNT);
	sheet_more_open(sheet, TEXT_STAFF_SEVERAL_DAYS, 1, (const char *const[]){ "last_date" });
	sheet_field(sheet, "last_date", TEXT_STAFF_LAST_DATE_HELP);
	sheet_more_close(sheet);
	html(page, "</div>\n");
}

static void take_days(struct form *form, struct civil first, struct civil last, struct span *out)
{
	int32_t days = civil_day(last) - civil_day(first) + 1;

	*out = (struct span){ first, { .days = days } };
	if (days < 1)
		form_fault(form, "last_date", TEXT_STAFF_LAST_BEFORE_FIRST);
	else if (days > LIMIT_DURATION_DAYS)
		form_fault(form, "last_date", TEXT_STAFF_TOO_LONG);
}

static struct civil at_time(struct civil day, int64_t minutes)
{
	day.date_only = false;
	day.hour = (int8_t)(minutes / 60);
	day.minute = (int8_t)(minutes % 60);
	return day;
}

static void take_hours(struct form *form, struct civil first, struct span *out)
{
	const struct form_value *from = form_get(form, "time"), *to = form_get(form, "until_time"),
				*last = form_get(form, "last_date");

	*out = (struct span){ at_time(first, from->number), { .seconds = HOUR } };
	if (!to->value && last->value)
		form_fault(form, "until_time", TEXT_STAFF_END_WANTED);
	if (!to->value)
		return;
	struct civil end = at_time(last->value ? last->when : first, to->number);
	int64_t seconds = ((int64_t)civil_day(end) - civil_day(out->start)) * DAY + seconds_of_day(end) -
			  seconds_of_day(out->start);
	if (!last->value && seconds < 0 && seconds + DAY <= NIGHT)
		seconds += DAY;
	if (seconds <= 0)
		form_fault(form, last->value ? "last_date" : "until_time", TEXT_STAFF_END_BEFORE_START);
	else if (seconds > (int64_t)LIMIT_DURATION_DAYS * DAY)
		form_fault(form, "last_date", TEXT_STAFF_TOO_LONG);
	else
		out->duration = (struct duration){ (int32_t)(seconds / DAY), (int32_t)(seconds % DAY) };
}

void span_take(struct form *form, struct span *out)
{
	const struct form_value *date = form_get(form, "date"), *last = form_get(form, "last_date");

	*out = (struct span){ .start = { .year = YEAR_MIN, .month = 1, .day = 1, .date_only = true },
			      .duration = { .days = 1 } };
	bool all_day = form_has(form, "all_day");
	if (!all_day && !form_has(form, "time") && !form_get(form, "time")->wrong)
		form_fault(form, "time", TEXT_STAFF_TIME_WANTED);
	if (!date->value || last->wrong)
		return;
	if (all_day)
		take_days(form, date->when, last->value ? last->when : date->when, out);
	else if (form_has(form, "time") && !form_get(form, "until_time")->wrong)
		take_hours(form, date->when, out);
}
