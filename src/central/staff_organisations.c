/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisations: associations, or the municipality's own units. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_choices.h"
#include "central/staff_confirm.h"

#define ORGANISATION_FIELDS                                                                                  \
	{ .name = "name_nb", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_NAME },               \
		{ .name = "about_nb", .type = FIELD_TEXT, .label = TEXT_STAFF_ABOUT },                       \
		{ .name = "kinds", .type = FIELD_MANY, .choices = choices_kind, .label = TEXT_STAFF_KINDS }, \
		{ .name = "phone", .type = FIELD_LINE, .max = LIMIT_PHONE, .label = TEXT_STAFF_PHONE },      \
		{ .name = "email", .type = FIELD_MAIL, .label = TEXT_STAFF_EMAIL },                          \
		{ .name = "web", .type = FIELD_WEB, .max = LIMIT_WEB, .label = TEXT_STAFF_WEB },             \
		{ .name = "confirmed_by", .type = FIELD_LINE, .label = TEXT_STAFF_CONFIRMED_BY },            \
		{ .name = "confirm", .type = FIELD_CHECK, .label = TEXT_STAFF_CONFIRM_CHECK },               \
		{ .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_NAME_EN },                      \
	{                                                                                                    \
		.name = "about_en", .type = FIELD_TEXT, .label = TEXT_STAFF_ABOUT_EN                         \
	}

const struct fields fields_organisation_new = FIELDS(
	{ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_NAME }, ORGANISATION_FIELDS);
const struct fields fields_organisation = FIELDS(
	{ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_NAME }, ORGANISATION_FIELDS);

static const char *kinds_value(struct request *req, const struct organisation *o)
{
	const char *all = "";

	for (size_t i = 0; i < o->n_kinds && all; i++)
		all = req_printf(req, "%s%s%s", all, i ? "," : "", kind_name(o->kinds[i]));
	return all && *all ? all : NULL;
}

static enum err organisation_load(struct request *req, struct item *item)
{
	struct organisation_row *row = ARENA_NEW(req->arena, struct organisation_row);

	if (!row)
		return ERR_MEMORY;
	enum err err = item->is_new
			       ? OK
			       : store_organisation(req->db, req->arena, req->actor, req->centre, req->params[1], row);
	if (err)
		return err;
	const struct organisation *o = &row->item;
	item->row = row;
	item->id = o->id;
	item->name = req_pick(req, o->name);
	item->stored = row->stored;
	item->values.n = 0;
	values_texts(&item->values, TEXT_FIELDS("name"), o->name);
	values_texts(&item->values, TEXT_FIELDS("about"), o->about);
	values_set(&item->values, "kinds", kinds_value(req, o));
	values_set(&item->values, "phone", o->phone);
	values_set(&item->values, "email", o->email);
	values_set(&item->values, "web", o->web);
	values_set(&item->values, "confirmed_by", o->confirmed_by);
	values_set(&item->values, "confirm", item->is_new ? "1" : NULL);
	return OK;
}

static void organisation_write(const struct sheet *sheet)
{
	static const char *const english[] = { "name_en", "about_en" };

	sheet_field(sheet, "name_nb", TEXT_COUNT);
	sheet_field(sheet, "about_nb", TEXT_COUNT);
	sheet_field(sheet, "phone", TEXT_COUNT);
	sheet_field(sheet, "email", TEXT_COUNT);
	sheet_field(sheet, "web", TEXT_STAFF_WEB_HELP);
	sheet_field(sheet, "kinds", TEXT_COUNT);
	sheet_field(sheet, "confirmed_by", TEXT_STAFF_CONFIRMED_BY_HELP);
	sheet_field(sheet, "confirm", TEXT_COUNT);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 2, english);
	sheet_field(sheet, "name_en", TEXT_COUNT);
	sheet_field(sheet, "about_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

static enum err kinds_take(struct request *req, struct organisation *out)
{
	const struct form_value *row = form_get(&req->form, "kinds");
	enum kind *kinds = ARENA_ARRAY(req->arena, row->n_many, enum kind);

	if (!kinds)
		return ERR_MEMORY;
	for (size_t i = 0; i < row->n_many; i++)
		kinds[i] = kind_parse(row->many[i]);
	out->n_kinds = row->n_many;
	out->kinds = kinds;
	return OK;
}

static enum err organisation_save(struct request *req, struct item *item)
{
	const struct organisation *before = &((const struct organisation_row *)item->row)->item;
	const struct form *form = &req->form;
	struct organisation o = *before;
	enum err err = texts_take(req, TEXT_FIELDS("name"), before->name, &o.name);

	if (!err)
		err = texts_take(req, TEXT_FIELDS("about"), before->about, &o.about);
	if (!err)
		err = kinds_take(req, &o);
	o.phone = phone_take(req, "phone");
	o.email = form_text(form, "email");
	o.web = form_text(form, "web");
	o.confirmed_by = form_text(form, "confirmed_by");
	if (form_has(form, "confirm")) {
		o.has_confirmed = true;
		o.confirmed = confirm_today(&item->staff);
	}
	if (err || form->wrong)
		return err;
	if (!item->is_new)
		return store_organisation_change(req->db, req->actor, req->centre, form_number(form, "revision", 0),
						 &o);
	o.id = form_text(form, "token");
	return store_organisation_add(req->db, req->actor, req->centre, &o);
}

static enum err organisation_remove(struct request *req, const struct item *item, int64_t revision)
{
	return store_organisation_remove(req->db, req->actor, req->centre, item->id, revision);
}

/* What will stand without an organiser afterwards. */
static bool organisation_may_remove(struct request *req, const struct item *item)
{
	struct activity_rows activities;
	struct need_rows needs;
	int64_t n = 0;

	if (store_activities(req->db, req->arena, req->actor, req->centre, &activities) ||
	    store_needs(req->db, req->arena, req->actor, req->centre, &needs))
		return true;
	for (size_t i = 0; i < activities.n; i++)
		n += activities.v[i].item.organisation && strcmp(activities.v[i].item.organisation, item->id) == 0;
	for (size_t i = 0; i < needs.n; i++)
		n += needs.v[i].item.organisation && strcmp(needs.v[i].item.organisation, item->id) == 0;
	if (n)
		page_alert(req, TONE_WARNING,
			   lang_format(req->arena, req->lang, TEXT_STAFF_LOSES_ORGANISATION, ARG_N(n)));
	return true;
}

static void entry_write(struct request *req, const struct staff *staff, const void *row);

static const struct item_pages pages = {
	.list = "organisations",
	.fresh = "organisation",
	.fields_new = &fields_organisation_new,
	.fields = &fields_organisation,
	.list_title = TEXT_STAFF_ORGANISATIONS,
	.list_empty = TEXT_STAFF_NO_ORGANISATIONS,
	.new_title = TEXT_STAFF_NEW_ORGANISATION,
	.change_title = TEXT_STAFF_CHANGE_ORGANISATION,
	.remove_title = TEXT_STAFF_REMOVE_ORGANISATION,
	.remove_help = TEXT_STAFF_REMOVE_ENTRY_HELP,
	.reference = "name_nb",
	.load = organisation_load,
	.write = organisation_write,
	.save = organisation_save,
	.remove = organisation_remove,
	.may_remove = organisation_may_remove,
	.entry = entry_write,
};

/* ---- the list, and what it confirms ------------------------------------- */

static void entry_write(struct request *req, const struct staff *staff, const void *row)
{
	const struct organisation *o = &((const struct organisation_row *)row)->item;

	row_open(req);
	row_title(req, staff_path(req, "/organisations/%s", o->id), req_pick(req, o->name));
	reach_write(req, o->phone, o->email);
	html(&req->page, "<p class=\"op-row-tags\">");
	confirmed_write(req, staff, o->has_confirmed, o->confirmed);
	html(&req->page, "</p>\n");
	actions_open(req);
	confirm_button_write(req, staff_path(req, "/organisations/%s/confirm", o->id), req_pick(req, o->name));
	actions_close(req);
	row_close(req);
}

enum err page_organisations(struct request *req)
{
	struct organisation_rows rows;
	enum err err = store_organisations(req->db, req->arena, req->actor, req->centre, &rows);

	return err ? err : item_list(req, &pages, rows.v, rows.n, sizeof *rows.v);
}

enum err post_confirm_organisation(struct request *req)
{
	struct staff staff;
	struct organisation_row row;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = store_organisation(req->db, req->arena, req->actor, req->centre, req->params[1], &row);
	if (err)
		return err;
	row.item.has_confirmed = true;
	row.item.confirmed = confirm_today(&staff);
	err = store_organisation_change(req->db, req->actor, req->centre, row.stored.revision, &row.item);
	return err ? err : staff_done(req, staff_path(req, "/organisations"), "saved");
}

ITEM_HANDLERS(organisation, &pages)
