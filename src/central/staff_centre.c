/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A centre's own row: what it is called, where it is, when it is open. The
 * technical part is for administrators. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/session.h"
#include "central/staff_choices.h"
#include "central/staff_confirm.h"
#include "central/staff_hours.h"
#include "central/store_admin.h"
#include "core/feed_rules.h"
#include "core/zone.h"

static const char *const languages[] = { "nb", "en", NULL };

#define OPENING(day, words)                                                                              \
	{                                                                                                \
		.name = "open_" day, .type = FIELD_LINE, .max = 100, .label = words, .conditional = true \
	}
const struct fields fields_centre =
	FIELDS({ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_CENTRE_NAME },
	       { .name = "name_nb", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_CENTRE_NAME },
	       { .name = "address_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_ADDRESS },
	       { .name = "phone", .type = FIELD_LINE, .max = LIMIT_PHONE, .label = TEXT_STAFF_PHONE },
	       { .name = "answer_days",
		 .type = FIELD_NUMBER,
		 .min = 1,
		 .max = LIMIT_CALLBACK_DAYS,
		 .label = TEXT_STAFF_CALLBACK_DAYS },
	       OPENING("monday", TEXT_STAFF_MONDAY), OPENING("tuesday", TEXT_STAFF_TUESDAY),
	       OPENING("wednesday", TEXT_STAFF_WEDNESDAY), OPENING("thursday", TEXT_STAFF_THURSDAY),
	       OPENING("friday", TEXT_STAFF_FRIDAY), OPENING("saturday", TEXT_STAFF_SATURDAY),
	       OPENING("sunday", TEXT_STAFF_SUNDAY),
	       { .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_CENTRE_NAME_EN },
	       { .name = "address_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_ADDRESS_EN },
	       { .name = "languages",
		 .type = FIELD_MANY,
		 .choices = languages,
		 .conditional = true,
		 .label = TEXT_STAFF_CENTRE_LANGUAGES },
	       { .name = "zone", .type = FIELD_LINE, .max = 64, .conditional = true, .label = TEXT_STAFF_ZONE },
	       { .name = "signup_host", .type = FIELD_LINE, .max = 260, .label = TEXT_STAFF_SIGNUP_HOST });

static const char *const opening_fields[7] = { "open_monday", "open_tuesday",  "open_wednesday", "open_thursday",
					       "open_friday", "open_saturday", "open_sunday" };

static bool is_technician(const struct request *req)
{
	return req->user && req->user->role == USER_ADMINISTRATOR;
}

struct editing {
	struct staff staff;
	struct centre centre;
	struct values values;
	bool in_conflict;
};

static const char *languages_value(struct request *req, const struct centre *c)
{
	const char *all = "";

	for (size_t i = 0; i < c->n_languages && all; i++)
		all = req_printf(req, "%s%s%s", all, i ? "," : "", c->languages[i]);
	return all;
}

static enum err editing_begin(struct request *req, struct editing *out)
{
	*out = (struct editing){ 0 };
	enum err err = staff_enter(req, &out->staff);

	if (!err)
		err = store_centre_whole(req->db, req->arena, req->actor, req->centre, &out->centre);
	if (err)
		return err;
	const struct centre *c = &out->centre;
	values_texts(&out->values, TEXT_FIELDS("name"), c->name);
	values_texts(&out->values, TEXT_FIELDS("address"), c->address);
	values_set(&out->values, "phone", c->phone);
	values_number(&out->values, req, "answer_days", c->answer_days > 0, c->answer_days);
	for (int day = 0; day < 7; day++)
		values_set(&out->values, opening_fields[day],
			   c->opening[day].n ? hours_print(req->arena, c->opening[day]) : NULL);
	if (is_technician(req)) {
		values_set(&out->values, "languages", languages_value(req, c));
		values_set(&out->values, "zone", c->zone);
		values_set(&out->values, "signup_host", c->signup_host);
	}
	return OK;
}

static void languages_write(const struct sheet *sheet, const struct centre *c)
{
	struct option options[2];

	for (size_t i = 0; i < 2; i++)
		options[i] = (struct option){ languages[i], lang_autonym(lang_find(languages[i])) };
	field_checks(sheet->req, &sheet->req->form, "languages", TEXT_STAFF_CENTRE_LANGUAGES, NULL, 2, options,
		     c->n_languages, c->languages);
}

static enum err editing_show(struct request *req, const struct editing *e)
{
	static const char *const english[] = { "name_en", "address_en" };
	static const char *const technical[] = { "zone" };
	struct sheet sheet = { req, &e->values, NULL };
	struct stored stored = { .changed_at = req->now };

	staff_open(req, &e->staff, req_text(req, TEXT_STAFF_SETTINGS_TITLE));
	if (e->in_conflict)
		sheet_conflict(&sheet, &stored, e->staff.centre.zone);
	sheet_open(&sheet, staff_path(req, "/settings"), e->staff.centre.revision);
	sheet_field(&sheet, "name_nb", TEXT_COUNT);
	sheet_field(&sheet, "address_nb", TEXT_COUNT);
	sheet_field(&sheet, "phone", TEXT_COUNT);
	sheet_field(&sheet, "answer_days", TEXT_STAFF_CALLBACK_DAYS_HELP);
	html(&req->page, "<fieldset class=\"ds-fieldset op-days\"><legend class=\"ds-label\">%t</legend>\n<p>%t</p>\n",
	     TEXT_STAFF_OPENING, TEXT_STAFF_OPENING_HELP);
	for (int day = 0; day < 7; day++)
		sheet_field(&sheet, opening_fields[day], TEXT_COUNT);
	html(&req->page, "</fieldset>\n");
	sheet_more_open(&sheet, TEXT_STAFF_MORE_ENGLISH, 2, english);
	sheet_field(&sheet, "name_en", TEXT_COUNT);
	sheet_field(&sheet, "address_en", TEXT_COUNT);
	sheet_more_close(&sheet);
	if (is_technician(req)) {
		sheet_more_open(&sheet, TEXT_STAFF_TECHNICAL, 1, technical);
		languages_write(&sheet, &e->centre);
		sheet_field(&sheet, "zone", TEXT_STAFF_ZONE_HELP);
		sheet_field(&sheet, "signup_host", TEXT_STAFF_SIGNUP_HOST_HELP);
		sheet_more_close(&sheet);
	}
	actions_open(req);
	form_submit(req, TEXT_STAFF_SAVE);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_settings(struct request *req)
{
	struct editing e;
	enum err err = editing_begin(req, &e);

	if (!err)
		err = staff_form(req, &fields_centre);
	return err ? err : editing_show(req, &e);
}

/* ---- taken -------------------------------------------------------------- */

static void take_opening(struct request *req, struct centre *out)
{
	for (int day = 0; day < 7; day++) {
		const char *s = form_text(&req->form, opening_fields[day]);
		if (!hours_parse(req->arena, s ? s : "", &out->opening[day]))
			form_fault(&req->form, opening_fields[day], TEXT_STAFF_OPENING_WRONG);
	}
}

static bool is_choice(const char *code)
{
	for (size_t i = 0; languages[i]; i++)
		if (strcmp(languages[i], code) == 0)
			return true;
	return false;
}

/* The centre's own language stays first; languages that are not among the choices stay too. */
static enum err take_languages(struct request *req, const struct centre *before, struct centre *out)
{
	const struct form_value *row = form_get(&req->form, "languages");
	const char **v = ARENA_ARRAY(req->arena, before->n_languages + row->n_many, const char *);
	size_t n = 0;

	if (!v)
		return ERR_MEMORY;
	for (size_t i = 0; i < before->n_languages; i++) {
		bool ours = is_choice(before->languages[i]), on = false;
		for (size_t m = 0; m < row->n_many; m++)
			on = on || strcmp(row->many[m], before->languages[i]) == 0;
		if (on || !ours)
			v[n++] = before->languages[i];
	}
	for (size_t m = 0; m < row->n_many; m++) {
		bool had = false;
		for (size_t i = 0; i < n; i++)
			had = had || strcmp(v[i], row->many[m]) == 0;
		if (!had)
			v[n++] = row->many[m];
	}
	if (n == 0)
		form_fault(&req->form, "languages", TEXT_FORM_REQUIRED);
	out->languages = v;
	out->n_languages = n;
	return OK;
}

static enum err take_technical(struct request *req, const struct centre *before, struct centre *out)
{
	struct form *form = &req->form;
	const char *zone = form_text(form, "zone"), *host = form_text(form, "signup_host");

	if (!zone || !zone_exists(zone))
		form_fault(form, "zone", TEXT_STAFF_ZONE_WRONG);
	if (host && !feed_is_host(host))
		form_fault(form, "signup_host", TEXT_STAFF_SIGNUP_HOST_WRONG);
	out->zone = zone;
	out->signup_host = host;
	return take_languages(req, before, out);
}

static enum err centre_take(struct request *req, const struct centre *before, struct centre *out)
{
	*out = *before;
	enum err err = texts_take(req, TEXT_FIELDS("name"), before->name, &out->name);

	if (!err)
		err = texts_take(req, TEXT_FIELDS("address"), before->address, &out->address);
	out->phone = phone_take(req, "phone");
	/* Empty is an answer; a form that did not ask is none. */
	if (form_get(&req->form, "answer_days")->typed)
		out->answer_days = (int32_t)form_number(&req->form, "answer_days", 0);
	take_opening(req, out);
	if (!err && is_technician(req))
		err = take_technical(req, before, out);
	return err;
}

enum err post_settings(struct request *req)
{
	struct editing e;
	struct centre centre;
	enum err err = editing_begin(req, &e);

	if (!err)
		err = centre_take(req, &e.centre, &centre);
	if (err)
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return editing_show(req, &e);
	}
	err = store_centre_change(req->db, req->actor, form_number(&req->form, "revision", 0), &centre);
	if (err == ERR_CONFLICT) {
		err = editing_begin(req, &e);
		e.in_conflict = true;
		return err ? err : editing_show(req, &e);
	}
	return err ? err : staff_done(req, staff_path(req, "/settings"), "saved");
}
