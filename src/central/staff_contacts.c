/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: those whom visitors may call or write to. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_confirm.h"

#define CONTACT_FIELDS                                                                                         \
	{ .name = "name", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_NAME },                    \
		{ .name = "role_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_ROLE_WORDS }, \
		{ .name = "phone", .type = FIELD_LINE, .max = LIMIT_PHONE, .label = TEXT_STAFF_PHONE },        \
		{ .name = "email", .type = FIELD_MAIL, .label = TEXT_STAFF_EMAIL },                            \
		{ .name = "confirm", .type = FIELD_CHECK, .label = TEXT_STAFF_CONFIRM_CHECK },                 \
	{                                                                                                      \
		.name = "role_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_ROLE_WORDS_EN   \
	}

const struct fields fields_contact_new =
	FIELDS({ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_NAME }, CONTACT_FIELDS);
const struct fields fields_contact = FIELDS(
	{ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_NAME }, CONTACT_FIELDS);

static enum err contact_load(struct request *req, struct item *item)
{
	struct contact_row *row = ARENA_NEW(req->arena, struct contact_row);

	if (!row)
		return ERR_MEMORY;
	enum err err =
		item->is_new ? OK : store_contact(req->db, req->arena, req->actor, req->centre, req->params[1], row);
	if (err)
		return err;
	const struct contact *c = &row->item;
	item->row = row;
	item->id = c->id;
	item->name = c->name;
	item->stored = row->stored;
	item->values.n = 0;
	values_set(&item->values, "name", c->name);
	values_texts(&item->values, TEXT_FIELDS("role"), c->role);
	values_set(&item->values, "phone", c->phone);
	values_set(&item->values, "email", c->email);
	values_set(&item->values, "confirm", item->is_new ? "1" : NULL);
	return OK;
}

static void contact_write(const struct sheet *sheet)
{
	static const char *const english[] = { "role_en" };

	sheet_field(sheet, "name", TEXT_STAFF_CONTACT_NAME_HELP);
	sheet_field(sheet, "role_nb", TEXT_STAFF_ROLE_WORDS_HELP);
	sheet_field(sheet, "phone", TEXT_COUNT);
	sheet_field(sheet, "email", TEXT_COUNT);
	sheet_field(sheet, "confirm", TEXT_COUNT);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 1, english);
	sheet_field(sheet, "role_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

static enum err contact_save(struct request *req, struct item *item)
{
	const struct contact *before = &((const struct contact_row *)item->row)->item;
	struct form *form = &req->form;
	struct contact c = *before;
	enum err err = texts_take(req, TEXT_FIELDS("role"), before->role, &c.role);

	c.name = form_text(form, "name");
	c.phone = phone_take(req, "phone");
	c.email = form_text(form, "email");
	if (!form_has(form, "phone") && !form_has(form, "email") && !form->wrong)
		form_fault(form, "phone", TEXT_STAFF_PHONE_OR_EMAIL);
	if (form_has(form, "confirm")) {
		c.has_confirmed = true;
		c.confirmed = confirm_today(&item->staff);
	}
	if (err || form->wrong)
		return err;
	if (!item->is_new)
		return store_contact_change(req->db, req->actor, req->centre, form_number(form, "revision", 0), &c);
	c.id = form_text(form, "token");
	return store_contact_add(req->db, req->actor, req->centre, &c);
}

static enum err contact_remove(struct request *req, const struct item *item, int64_t revision)
{
	return store_contact_remove(req->db, req->actor, req->centre, item->id, revision);
}

static bool answers_for(const struct item *item, const struct need *need)
{
	return strcmp(need->contact, item->id) == 0;
}

static void needs_write(struct request *req, const struct item *item, const struct need_rows *needs)
{
	html(&req->page, "<div class=\"op-panel\"><p>%t</p>\n<ul>\n", TEXT_STAFF_CONTACT_IN_NEEDS);
	for (size_t i = 0; i < needs->n; i++)
		if (answers_for(item, &needs->v[i].item))
			html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">%s</a></li>\n",
			     staff_path(req, "/needs/%s", needs->v[i].item.id), req_pick(req, needs->v[i].item.name));
	html(&req->page, "</ul></div>\n");
}

/* A need always has somebody who answers: those that name this contact are listed, and have to be changed first. */
static bool contact_may_remove(struct request *req, const struct item *item)
{
	struct need_rows needs;
	size_t n = 0;

	if (store_needs(req->db, req->arena, req->actor, req->centre, &needs))
		return true;
	for (size_t i = 0; i < needs.n; i++)
		n += answers_for(item, &needs.v[i].item);
	if (n > 0)
		needs_write(req, item, &needs);
	return n == 0;
}

static void entry_write(struct request *req, const struct staff *staff, const void *row);

static const struct item_pages pages = {
	.list = "contacts",
	.fresh = "contact",
	.fields_new = &fields_contact_new,
	.fields = &fields_contact,
	.list_title = TEXT_STAFF_CONTACTS,
	.list_empty = TEXT_STAFF_NO_CONTACTS,
	.new_title = TEXT_STAFF_NEW_CONTACT,
	.change_title = TEXT_STAFF_CHANGE_CONTACT,
	.remove_title = TEXT_STAFF_REMOVE_CONTACT,
	.remove_help = TEXT_STAFF_REMOVE_ENTRY_HELP,
	.reference = "name",
	.load = contact_load,
	.write = contact_write,
	.save = contact_save,
	.remove = contact_remove,
	.may_remove = contact_may_remove,
	.entry = entry_write,
};

/* ---- the list, and what it confirms ------------------------------------- */

static void entry_write(struct request *req, const struct staff *staff, const void *row)
{
	const struct contact *c = &((const struct contact_row *)row)->item;

	row_open(req);
	row_title(req, staff_path(req, "/contacts/%s", c->id), c->name);
	line_write(req, req_pick(req, c->role));
	reach_write(req, c->phone, c->email);
	html(&req->page, "<p class=\"op-row-tags\">");
	confirmed_write(req, staff, c->has_confirmed, c->confirmed);
	html(&req->page, "</p>\n");
	actions_open(req);
	confirm_button_write(req, staff_path(req, "/contacts/%s/confirm", c->id), c->name);
	actions_close(req);
	row_close(req);
}

enum err page_contacts(struct request *req)
{
	struct contact_rows rows;
	enum err err = store_contacts(req->db, req->arena, req->actor, req->centre, &rows);

	return err ? err : item_list(req, &pages, rows.v, rows.n, sizeof *rows.v);
}

enum err post_confirm_contact(struct request *req)
{
	struct staff staff;
	struct contact_row row;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = store_contact(req->db, req->arena, req->actor, req->centre, req->params[1], &row);
	if (err)
		return err;
	row.item.has_confirmed = true;
	row.item.confirmed = confirm_today(&staff);
	err = store_contact_change(req->db, req->actor, req->centre, row.stored.revision, &row.item);
	return err ? err : staff_done(req, staff_path(req, "/contacts"), "saved");
}

ITEM_HANDLERS(contact, &pages)
