/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_activity_form.h"

#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_choices.h"
#include "central/staff_repeat_form.h"
#include "central/staff_span.h"

#define ACTIVITY_FIELDS                                                                                             \
	{ .name = "name_nb", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_NAME },                      \
		{ .name = "kind",                                                                                   \
		  .type = FIELD_CHOICE,                                                                             \
		  .required = true,                                                                                 \
		  .choices = choices_kind,                                                                          \
		  .label = TEXT_STAFF_KIND },                                                                       \
		SPAN_FIELDS(true), REPEAT_FIELDS,                                                                   \
		{ .name = "place_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_PLACE },          \
		{ .name = "description_nb", .type = FIELD_TEXT, .label = TEXT_STAFF_DESCRIPTION },                  \
		{ .name = "organisation", .type = FIELD_ID, .label = TEXT_STAFF_ORGANISATION },                     \
		{ .name = "contact", .type = FIELD_ID, .label = TEXT_STAFF_CONTACT },                               \
		{ .name = "signup", .type = FIELD_CHECK, .label = TEXT_STAFF_SIGNUP },                              \
		{ .name = "seats", .type = FIELD_NUMBER, .min = 1, .max = LIMIT_SEATS, .label = TEXT_STAFF_SEATS }, \
		{ .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_NAME_EN },                             \
		{ .name = "place_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_PLACE_EN },       \
		{ .name = "description_en", .type = FIELD_TEXT, .label = TEXT_STAFF_DESCRIPTION_EN },               \
		{ .name = "reason_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_REASON_NOTICE }, \
		{ .name = "preview", .type = FIELD_CHECK, .label = TEXT_STAFF_PREVIEW },                            \
	{                                                                                                           \
		.name = "confirmed", .type = FIELD_CHECK, .label = TEXT_STAFF_SAVE                                  \
	}

const struct fields fields_activity_new =
	FIELDS({ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_NAME }, ACTIVITY_FIELDS);
const struct fields fields_activity = FIELDS(
	{ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_NAME }, ACTIVITY_FIELDS);

/* ---- stored → form ------------------------------------------------------ */

enum err activity_values(struct request *req, const struct activity *a, struct values *out)
{
	struct repeat repeat;

	*out = (struct values){ 0 };
	repeat_from_rule(a->rrule, a->start, &repeat);
	values_texts(out, TEXT_FIELDS("name"), a->name);
	values_set(out, "kind", kind_name(a->kind));
	span_values(out, req, a->start, a->duration);
	repeat_values(out, req, &repeat, a->start);
	values_texts(out, TEXT_FIELDS("place"), a->place);
	values_texts(out, TEXT_FIELDS("description"), a->description);
	values_set(out, "organisation", a->organisation);
	values_set(out, "contact", a->contact);
	values_set(out, "signup", a->signup ? "1" : NULL);
	values_number(out, req, "seats", a->has_seats, a->seats);
	return OK;
}

void activity_values_new(struct request *req, struct civil today, struct values *out)
{
	struct repeat once = { .kind = REPEAT_NONE };

	*out = (struct values){ 0 };
	today.date_only = true;
	today.hour = today.minute = today.second = 0;
	values_civil(out, req, "date", true, today);
	repeat_values(out, req, &once, today);
}

/* ---- the form ----------------------------------------------------------- */

void activity_fields_write(const struct sheet *sheet)
{
	static const char *const more[] = { "description_nb", "organisation", "contact", "signup", "seats" };
	static const char *const english[] = { "name_en", "place_en", "description_en" };

	sheet_field(sheet, "name_nb", TEXT_STAFF_NAME_HELP);
	sheet_field(sheet, "kind", TEXT_COUNT);
	span_write(sheet);
	repeat_fields_write(sheet);
	sheet_field(sheet, "place_nb", TEXT_STAFF_PLACE_HELP);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ACTIVITY, 5, more);
	sheet_field(sheet, "description_nb", TEXT_COUNT);
	sheet_field(sheet, "organisation", TEXT_COUNT);
	sheet_field(sheet, "contact", TEXT_STAFF_CONTACT_HELP);
	sheet_field(sheet, "signup", TEXT_STAFF_SIGNUP_HELP);
	sheet_field(sheet, "seats", TEXT_STAFF_SEATS_HELP);
	sheet_more_close(sheet);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 3, english);
	sheet_field(sheet, "name_en", TEXT_COUNT);
	sheet_field(sheet, "place_en", TEXT_COUNT);
	sheet_field(sheet, "description_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

/* ---- form → activity ---------------------------------------------------- */

static int64_t clock_shift(struct civil from, struct civil to)
{
	return ((to.hour - from.hour) * 60 + to.minute - from.minute) * 60 + to.second - from.second;
}

/* Single dates follow the time of day; between all day and a time they are no dates of this series any more. */
static enum err shift_dates(struct arena *arena, struct civil from, struct civil to, struct civils *dates)
{
	struct civil *v = ARENA_ARRAY(arena, dates->n, struct civil);

	if (!v)
		return ERR_MEMORY;
	if (from.date_only != to.date_only)
		dates->n = 0;
	for (size_t i = 0; i < dates->n; i++)
		v[i] = civil_add_seconds(dates->v[i], clock_shift(from, to));
	dates->v = v;
	return OK;
}

static enum err take_when(struct request *req, const struct activity *before, struct activity *out)
{
	struct form *form = &req->form;
	struct repeat repeat;
	struct span span;

	span_take(form, &span);
	repeat_take(form, before->rrule, span.start, &repeat);
	if (form->wrong)
		return OK;
	out->start = repeat_first(&repeat, span.start);
	out->duration = span.duration;
	enum err err = repeat_to_rule(req->arena, &repeat, out->start, &out->rrule);
	if (!err)
		err = shift_dates(req->arena, before->start, out->start, &out->exdates);
	return err ? err : shift_dates(req->arena, before->start, out->start, &out->rdates);
}

enum err activity_take(struct request *req, const struct activity *before, struct activity *out)
{
	const struct form *form = &req->form;

	*out = *before;
	enum err err = texts_take(req, TEXT_FIELDS("name"), before->name, &out->name);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("place"), before->place, &out->place);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("description"), before->description, &out->description);
	if (!err)
		err = take_when(req, before, out);
	if (err)
		return err;
	out->kind = form_has(form, "kind") ? kind_parse(form_text(form, "kind")) : KIND_OTHER;
	out->organisation = form_text(form, "organisation");
	out->contact = form_text(form, "contact");
	out->signup = form_has(form, "signup");
	out->has_seats = form_has(form, "seats");
	out->seats = (int32_t)form_number(form, "seats", 0);
	if (out->has_seats && !out->signup)
		form_fault(&req->form, "signup", TEXT_STAFF_SEATS_WITHOUT_SIGNUP);
	return OK;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool activity_moves(const struct activity *before, const struct activity *after)
{
	return civil_compare(before->start, after->start) != 0 || before->start.date_only != after->start.date_only ||
	       before->duration.days != after->duration.days || before->duration.seconds != after->duration.seconds ||
	       !same_text(before->rrule, after->rrule) || !texts_same(before->place, after->place);
}
