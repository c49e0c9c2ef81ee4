/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars of a centre, and the two ways to a new one: an address, or a file. */
#include <string.h>

#include "base/limits.h"
#include "central/central.h"
#include "central/import_calendar.h"
#include "central/routes.h"
#include "central/staff.h"
#include "io/fetch.h"

enum { ORIGIN_SIZE = 200, LANGUAGES_MAX = 12 };

/* ---- the list ----------------------------------------------------------- */

static void calendar_row(struct request *req, const struct staff *staff, const struct calendar *c)
{
	char origin[ORIGIN_SIZE];

	row_open(req);
	row_title(req, staff_path(req, "/calendars/%s", c->id), c->name);
	if (c->address) {
		/* The rest of the address is as good as a password to the calendar. */
		url_origin(c->address, origin, sizeof origin);
		line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_FROM, ARG_S(origin)));
	}
	if (c->last_at)
		line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_LAST,
					    ARG_S(words_moment(req, staff->centre.zone, c->last_at))));
	html(&req->page, "<p class=\"op-row-tags\">");
	tag_write(req, TAG_NEUTRAL, req_text(req, c->address ? TEXT_STAFF_CAL_SUBSCRIPTION : TEXT_STAFF_CAL_FILE_KIND));
	if (c->last_fault)
		tag_write(req, TAG_DANGER, req_text(req, TEXT_STAFF_CAL_FAULT));
	else if (!c->last_at)
		tag_write(req, TAG_INFO, req_text(req, TEXT_STAFF_CAL_NEVER));
	else
		tag_write(req, TAG_SUCCESS, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_N, ARG_N(c->activities)));
	html(&req->page, "</p>\n");
	row_close(req);
}

enum err page_calendars(struct request *req)
{
	struct staff staff;
	struct calendars list;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = store_calendars(req->db, req->arena, req->actor, req->centre, &list);
	if (err)
		return err;
	staff_open(req, &staff, req_text(req, TEXT_STAFF_CALENDARS));
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_STAFF_CAL_INTRO);
	actions_open(req);
	page_button(req, staff_path(req, "/new/calendar"), TEXT_STAFF_CAL_NEW, true);
	page_button(req, staff_path(req, "/new/calendar-file"), TEXT_STAFF_CAL_NEW_FILE, false);
	actions_close(req);
	if (list.n == 0)
		empty_write(req, TEXT_STAFF_CAL_NONE);
	else
		list_open(req);
	for (size_t i = 0; i < list.n; i++)
		calendar_row(req, &staff, &list.v[i]);
	if (list.n)
		list_close(req);
	page_close(req);
	return OK;
}

/* ---- what both forms have ----------------------------------------------- */

/* In which of the centre's languages its texts are; nothing to choose where there is one. */
static void language_field(struct request *req, const struct staff *staff)
{
	struct option options[LANGUAGES_MAX];
	size_t n = 0;

	for (; n < staff->centre.n_languages && n < LANGUAGES_MAX; n++) {
		const struct lang *lang = lang_find(staff->centre.languages[n]);
		options[n].value = staff->centre.languages[n];
		options[n].words = lang ? lang_autonym(lang) : staff->centre.languages[n];
	}
	if (n > 1)
		field_choice(req, &req->form, "lang", TEXT_STAFF_CAL_LANG, NULL, n, options, options[0].value);
}

static const char *language_of(const struct request *req, const struct staff *staff)
{
	const char *typed = form_text(&req->form, "lang");

	for (size_t i = 0; typed && i < staff->centre.n_languages; i++)
		if (strcmp(staff->centre.languages[i], typed) == 0)
			return staff->centre.languages[i];
	return staff->centre.languages[0];
}

static const char *token_of(struct request *req, char *made)
{
	const char *token = form_text(&req->form, "token");

	if (token)
		return token;
	id_new(made);
	return made;
}

static enum err to_calendar(struct request *req, const char *id)
{
	const char *path = staff_path(req, "/calendars/%s", id);

	if (!path)
		return ERR_MEMORY;
	reply_see_other(req, path);
	return OK;
}

/* ---- an address --------------------------------------------------------- */

const struct fields fields_calendar = FIELDS(
	{ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_CAL_NEW },
	{ .name = "name", .type = FIELD_LINE, .required = true, .max = LIMIT_NAME, .label = TEXT_STAFF_CAL_NAME },
	{ .name = "address",
	  .type = FIELD_LINE,
	  .required = true,
	  .max = LIMIT_SETTING,
	  .label = TEXT_STAFF_CAL_ADDRESS },
	{ .name = "lang", .type = FIELD_LANGUAGE, .conditional = true, .label = TEXT_STAFF_CAL_LANG }, );

static enum err show_new(struct request *req, const struct staff *staff)
{
	char made[ID_SIZE];

	staff_open(req, staff, req_text(req, TEXT_STAFF_CAL_NEW));
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_STAFF_CAL_NEW_HELP);
	form_summary(req, &req->form);
	form_open(req, req->path, token_of(req, made));
	field_input(req, &req->form, "name", TEXT_STAFF_CAL_NAME, req_text(req, TEXT_STAFF_CAL_NAME_HELP), NULL);
	field_input(req, &req->form, "address", TEXT_STAFF_CAL_ADDRESS, req_text(req, TEXT_STAFF_CAL_ADDRESS_HELP),
		    NULL);
	language_field(req, staff);
	form_submit(req, TEXT_STAFF_CAL_SUBSCRIBE);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_calendar_new(struct request *req)
{
	struct staff staff;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = staff_form(req, &fields_calendar);
	return err ? err : show_new(req, &staff);
}

enum err post_calendar_new(struct request *req)
{
	struct staff staff;
	struct calendar stored;
	const char *address = form_text(&req->form, "address");
	enum err err = staff_enter(req, &staff);

	if (err)
		return err;
	if (address && !url_is_http(address))
		form_fault(&req->form, "address", TEXT_STAFF_CAL_ADDRESS_WRONG);
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_new(req, &staff);
	}
	const struct calendar calendar = {
		.id = form_text(&req->form, "token"),
		.centre = req->centre,
		.address = address,
		.name = form_text(&req->form, "name"),
		.lang = language_of(req, &staff),
		.etag = "",
	};
	err = store_calendar_add(req->db, req->actor, req->centre, &calendar);
	if (!err)
		err = store_calendar(req->db, req->arena, req->actor, req->centre, calendar.id, &stored, NULL);
	/* Now, so that whoever typed the address sees at once whether it was the right one. */
	if (!err)
		err = calendar_fetch(req->central, req->db, req->now, &stored);
	return err ? err : to_calendar(req, calendar.id);
}

/* ---- a file ------------------------------------------------------------- */

const struct fields fields_calendar_copy = FIELDS(
	{ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_CAL_NEW_FILE },
	{ .name = "file", .type = FIELD_FILE, .required = true, .max = LIMIT_ICS_BYTES, .label = TEXT_STAFF_CAL_FILE },
	{ .name = "lang", .type = FIELD_LANGUAGE, .conditional = true, .label = TEXT_STAFF_CAL_LANG }, );

static enum err show_copy(struct request *req, const struct staff *staff)
{
	char made[ID_SIZE];

	staff_open(req, staff, req_text(req, TEXT_STAFF_CAL_NEW_FILE));
	form_summary(req, &req->form);
	form_open_upload(req, req->path, token_of(req, made));
	field_input(req, &req->form, "file", TEXT_STAFF_CAL_FILE, req_text(req, TEXT_STAFF_CAL_FILE_HELP), NULL);
	language_field(req, staff);
	form_submit(req, TEXT_STAFF_CAL_UPLOAD);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_calendar_copy(struct request *req)
{
	struct staff staff;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = staff_form(req, &fields_calendar_copy);
	return err ? err : show_copy(req, &staff);
}

enum err post_calendar_copy(struct request *req)
{
	struct staff staff;
	struct ics_calendar came;
	struct calendar_outcome outcome;
	const struct form_value *file = form_get(&req->form, "file");
	enum err err = staff_enter(req, &staff);

	if (err)
		return err;
	struct calendar calendar = { .id = form_text(&req->form, "token"),
				     .centre = req->centre,
				     .lang = language_of(req, &staff) };
	const struct calendar_bytes bytes = { file->value, file->len, NULL, file->filename };
	if (!req->form.wrong)
		err = calendar_take(req->db, req->arena, req->actor, &calendar, staff.centre.zone, &bytes, &came,
				    &outcome, &req->fault);
	if (err == ERR_SYNTAX || err == ERR_UNSUPPORTED)
		form_fault(&req->form, "file", TEXT_STAFF_CAL_FAULT_FILE);
	else if (err && err != ERR_DUPLICATE) /* a double press */
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_copy(req, &staff);
	}
	return to_calendar(req, calendar.id);
}
