/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff.h"

#include <stdio.h>
#include <string.h>

#include "central/store_callbacks.h"
#include "core/zone.h"

enum err staff_enter(struct request *req, struct staff *out)
{
	enum err err = store_centre(req->db, req->arena, req->actor, req->centre, &out->centre);

	if (!err)
		err = zone_from_utc(out->centre.zone, req->now, &out->now);
	if (!err)
		err = store_callbacks_count(req->db, req->arena, req->actor, req->centre, out->now,
					    &req->callbacks_waiting, &req->callbacks_late);
	if (!err)
		out->name = req_pick(req, out->centre.name);
	return err;
}

void staff_open(struct request *req, const struct staff *staff, const char *title)
{
	page_open_centre(req, FRAME_STAFF, staff->centre.id, staff->name, title);
}

char *staff_path(struct request *req, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const char *tail = arena_vprintf(req->arena, fmt, args);
	va_end(args);
	return tail ? req_printf(req, "/staff/c/%s%s", req->centre, tail) : NULL;
}

enum err staff_done(struct request *req, const char *path, const char *key)
{
	if (!path)
		return ERR_MEMORY;
	reply_done(req, path, key);
	return OK;
}

enum err staff_form(struct request *req, const struct fields *fields)
{
	return form_empty(req->arena, req->lang, *fields, &req->form);
}

/* ---- words -------------------------------------------------------------- */

/* Night-crossing things belong to the evening on which they begin. */
static bool ends_the_same_night(struct civil start, struct civil end)
{
	return civil_same_day(start, end) || (civil_day(end) == civil_day(start) + 1 && end.hour < 6);
}

static const char *words_span(struct request *req, struct civil start, struct civil end)
{
	const char *from =
		lang_date(req->arena, req->lang, start.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME, start);
	const char *to =
		lang_date(req->arena, req->lang, end.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME, end);

	return lang_format(req->arena, req->lang, TEXT_STAFF_FROM_TO, ARG_S(from), ARG_S(to));
}

const char *words_when(struct request *req, struct civil start, struct civil end)
{
	const char *day = lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, start);

	if (start.date_only && civil_day(end) > civil_day(start) + 1)
		return words_span(req, start, civil_add_days(end, -1));
	if (!start.date_only && !ends_the_same_night(start, end))
		return words_span(req, start, end);
	return lang_format(req->arena, req->lang, TEXT_STAFF_DAY_TIME, ARG_S(day), ARG_S(words_time(req, start, end)));
}

const char *words_time(struct request *req, struct civil start, struct civil end)
{
	if (start.date_only)
		return req_text(req, TEXT_STAFF_ALL_DAY_WORDS);
	return lang_time_range(req->arena, req->lang, start, end);
}

const char *words_day(struct request *req, struct civil day, struct civil today)
{
	const char *words =
		lang_date(req->arena, req->lang, day.year == today.year ? DATE_WEEKDAY_DAY_MONTH : DATE_FULL, day);

	return words ? lang_capitalise(req->arena, req->lang, words) : NULL;
}

const char *words_moment(struct request *req, const char *zone, int64_t unix_seconds)
{
	struct civil wall;

	if (zone_from_utc(zone, unix_seconds, &wall))
		return NULL;
	return lang_format(req->arena, req->lang, TEXT_STAFF_DAY_AT,
			   ARG_S(lang_date(req->arena, req->lang, DATE_DAY_MONTH_YEAR, wall)),
			   ARG_S(lang_date(req->arena, req->lang, DATE_TIME, wall)));
}

/* Digits of a country's code, by the list of ITU-T E.164 assigned codes: 1 and 7, the two-digit ones, else three. */
static size_t country_length(const char *digits)
{
	static const char two[] =
		"20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
		"64 65 66 81 82 84 86 90 91 92 93 94 95 98";
	char code[3] = { digits[0], digits[1], '\0' };

	if (digits[0] == '1' || digits[0] == '7')
		return 1;
	return strstr(two, code) ? 2 : 3;
}

/* Eight digits: mobile numbers (4 and 9) are read 412 34 567, 800 numbers 800 12 345, others in pairs. */
static const char *group_eight(struct request *req, const char *country, const char *s)
{
	if (strchr("489", s[0]))
		return req_printf(req, "%s%.3s %.2s %.3s", country, s, s + 3, s + 5);
	return req_printf(req, "%s%.2s %.2s %.2s %.2s", country, s, s + 2, s + 4, s + 6);
}

const char *words_phone(struct request *req, const char *phone)
{
	size_t digits = strspn(phone, "0123456789"), country;
	const char *words;

	if (digits == 8 && phone[8] == '\0')
		return group_eight(req, "", phone);
	if (phone[0] != '+' || strspn(phone + 1, "0123456789") < 7 ||
	    strspn(phone + 1, "0123456789") != strlen(phone + 1))
		return phone;
	if (strncmp(phone, "+47", 3) == 0 && strlen(phone) == 3 + 8)
		return group_eight(req, "+47 ", phone + 3);
	country = country_length(phone + 1);
	words = req_printf(req, "%.*s", (int)country + 1, phone);
	/* Threes, and the last two to four together. */
	for (const char *rest = phone + 1 + country; words && *rest;) {
		size_t left = strlen(rest), take = left <= 4 ? left : left == 5 ? 2 : 3;
		words = req_printf(req, "%s %.*s", words, (int)take, rest);
		rest += take;
	}
	return words;
}

void original_print(struct civil when, char *out)
{
	char long_form[CIVIL_SIZE];
	size_t n = 0;

	civil_print(when, long_form);
	for (const char *c = long_form; *c && n < ORIGINAL_SIZE - 1; c++)
		if (*c != '-' && *c != ':')
			out[n++] = *c;
	out[n] = '\0';
}

bool original_parse(const char *s, struct civil *out)
{
	static const char pattern[] = "dddd-dd-ddTdd:dd:dd";
	char long_form[sizeof pattern];
	size_t n = 0;

	for (const char *p = pattern; *p; p++) {
		if (*s == '\0')
			break;
		bool is_mark = *p == '-' || *p == ':';
		long_form[n++] = is_mark ? *p : *s;
		if (!is_mark)
			s++;
	}
	long_form[n] = '\0';
	return *s == '\0' && civil_parse(long_form, out);
}

/* ---- parts of a page ---------------------------------------------------- */

void tag_write(struct request *req, enum tag tag, const char *words)
{
	static const char *const colours[] = { [TAG_NEUTRAL] = "neutral",
					       [TAG_INFO] = "info",
					       [TAG_SUCCESS] = "success",
					       [TAG_WARNING] = "warning",
					       [TAG_DANGER] = "danger" };

	html(&req->page, "<span class=\"ds-tag\" data-color=\"%s\">%s</span>\n", colours[tag], words);
}

void actions_open(struct request *req)
{
	html(&req->page, "<div class=\"op-actions\">\n");
}

void actions_close(struct request *req)
{
	html(&req->page, "</div>\n");
}

void list_open(struct request *req)
{
	html(&req->page, "<ul class=\"op-rows\">\n");
}

void list_close(struct request *req)
{
	html(&req->page, "</ul>\n");
}

void row_open(struct request *req)
{
	html(&req->page, "<li class=\"op-row\">\n");
}

void row_title(struct request *req, const char *url, const char *title)
{
	if (url)
		html(&req->page, "<p class=\"op-row-title\"><a class=\"ds-link\" href=\"%u\">%s</a></p>\n", url, title);
	else
		html(&req->page, "<p class=\"op-row-title\">%s</p>\n", title);
}

void row_close(struct request *req)
{
	html(&req->page, "</li>\n");
}

void line_write(struct request *req, const char *words)
{
	if (words)
		html(&req->page, "<p class=\"op-row-line\">%s</p>\n", words);
}

void empty_write(struct request *req, enum text_id words)
{
	html(&req->page, "<p class=\"op-nothing\">%t</p>\n", (int)words);
}

void back_write(struct request *req, const char *url, enum text_id words)
{
	html(&req->page, "<p class=\"op-back\"><a class=\"ds-link\" href=\"%u\">← %t</a></p>\n", url, (int)words);
}
