/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_repeat_form.h"

#include <stdlib.h>
#include <string.h>

#include "central/staff_choices.h"

static const char *weekdays_value(struct request *req, unsigned weekdays)
{
	const char *all = "";

	for (int i = 0; i < 7 && all; i++)
		if (weekdays & 1U << i)
			all = req_printf(req, "%s%s%s", all, *all ? "," : "", choices_weekday[i]);
	return all && *all ? all : NULL;
}

/* Where nothing is chosen yet, the choices suggest the day on which it begins. */
void repeat_values(struct values *values, struct request *req, const struct repeat *repeat, struct civil start)
{
	bool nth = repeat->kind == REPEAT_MONTHLY_NTH;
	int place = nth ? repeat->nth : start.day > 28 ? -1 : (start.day - 1) / 7 + 1;

	values_set(values, "repeat", repeat_name(repeat->kind));
	values_set(values, "weekdays", weekdays_value(req, repeat->kind == REPEAT_WORKDAYS ? 0 : repeat->weekdays));
	values_number(values, req, "nth", true, place);
	values_set(values, "weekday", choices_weekday[nth ? repeat->weekday : civil_weekday(start)]);
	values_civil(values, req, "until", repeat->has_until, repeat->until);
}

/* The style sheet shows of these what the choice above them asks for. */
void repeat_fields_write(const struct sheet *sheet)
{
	struct page *page = &sheet->req->page;

	html(page, "<div class=\"op-repeat\">\n");
	sheet_field(sheet, "repeat", TEXT_COUNT);
	html(page, "<div class=\"op-repeat-weekdays\">\n");
	sheet_field(sheet, "weekdays", TEXT_STAFF_WEEKDAYS_HELP);
	html(page, "</div>\n<div class=\"op-repeat-nth\">\n");
	sheet_field(sheet, "nth", TEXT_COUNT);
	sheet_field(sheet, "weekday", TEXT_COUNT);
	html(page, "</div>\n<div class=\"op-repeat-until\">\n");
	sheet_field(sheet, "until", TEXT_STAFF_UNTIL_HELP);
	html(page, "</div>\n</div>\n");
}

static unsigned take_weekdays(const struct form *form)
{
	const struct form_value *row = form_get(form, "weekdays");
	unsigned days = 0;

	for (size_t i = 0; i < row->n_many; i++)
		for (unsigned day = 0; day < 7; day++)
			if (strcmp(choices_weekday[day], row->many[i]) == 0)
				days |= 1U << day;
	return days;
}

void repeat_take(struct form *form, const char *own, struct civil start, struct repeat *out)
{
	const char *kind = form_text(form, "repeat"), *nth = form_text(form, "nth");
	const struct form_value *until = form_get(form, "until"), *weekday = form_get(form, "weekday");

	*out = (struct repeat){ .kind = kind ? repeat_parse(kind) : REPEAT_NONE };
	out->weekdays = take_weekdays(form);
	if (!out->weekdays)
		out->weekdays = 1U << civil_weekday(start);
	out->nth = nth ? (int)strtol(nth, NULL, 10) : 1;
	out->weekday = weekday->value ? (int)weekday->number : civil_weekday(start);
	if (out->kind == REPEAT_OWN) {
		out->own = own;
		if (!own)
			form_fault(form, "repeat", TEXT_FORM_NOT_A_CHOICE);
	}
	out->has_until = until->value && out->kind != REPEAT_NONE && out->kind != REPEAT_OWN;
	out->until = until->when;
	if (out->has_until && civil_day(until->when) < civil_day(start))
		form_fault(form, "until", TEXT_STAFF_UNTIL_BEFORE_START);
}
