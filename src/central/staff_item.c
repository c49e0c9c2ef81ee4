/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_item.h"

static enum err item_enter(struct request *req, const struct item_pages *pages, bool is_new, struct item *out)
{
	*out = (struct item){ .pages = pages, .is_new = is_new };
	enum err err = staff_enter(req, &out->staff);
	if (!err && pages->has_people)
		err = people_load(req, &out->people);
	return err ? err : pages->load(req, out);
}

static const char *list_path(struct request *req, const struct item_pages *pages)
{
	return staff_path(req, "/%s", pages->list);
}

static const char *item_path(struct request *req, const struct item *item)
{
	return item->is_new ? staff_path(req, "/new/%s", item->pages->fresh)
			    : staff_path(req, "/%s/%s", item->pages->list, item->id);
}

static const char *remove_path(struct request *req, const struct item *item)
{
	return staff_path(req, "/%s/%s/remove", item->pages->list, item->id);
}

/* ---- made and changed --------------------------------------------------- */

static enum err item_show(struct request *req, const struct item *item)
{
	const struct item_pages *pages = item->pages;
	struct sheet sheet = { req, &item->values, &item->people };

	staff_open(req, &item->staff, req_text(req, item->is_new ? pages->new_title : pages->change_title));
	back_write(req, list_path(req, pages), pages->list_title);
	if (item->in_conflict)
		sheet_conflict(&sheet, &item->stored, item->staff.centre.zone);
	sheet_open(&sheet, item_path(req, item), item->is_new ? 0 : item->stored.revision);
	pages->write(&sheet);
	actions_open(req);
	form_submit(req, TEXT_STAFF_SAVE);
	if (!item->is_new)
		page_button(req, remove_path(req, item), TEXT_STAFF_REMOVE, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err item_page(struct request *req, const struct item_pages *pages, bool is_new)
{
	struct item item;
	enum err err = item_enter(req, pages, is_new, &item);

	if (!err)
		err = staff_form(req, is_new ? pages->fields_new : pages->fields);
	return err ? err : item_show(req, &item);
}

static enum err show_again(struct request *req, const struct item *item)
{
	reply_status(req, 422);
	return item_show(req, item);
}

enum err item_post(struct request *req, const struct item_pages *pages, bool is_new)
{
	struct item item;
	enum err err = item_enter(req, pages, is_new, &item);

	if (err)
		return err;
	err = pages->save(req, &item);
	if (req->form.wrong)
		return show_again(req, &item);
	if (err == ERR_CONFLICT) {
		err = item_enter(req, pages, false, &item);
		item.in_conflict = true;
		return err ? err : item_show(req, &item);
	}
	if (sheet_refused(req, err, err == ERR_REFERENCE ? pages->reference : pages->fields->v[1].name))
		return show_again(req, &item);
	return err ? err : staff_done(req, list_path(req, pages), "saved");
}

/* ---- removed ------------------------------------------------------------ */

static enum err remove_show(struct request *req, const struct item *item)
{
	const struct item_pages *pages = item->pages;

	staff_open(req, &item->staff, req_text(req, pages->remove_title));
	back_write(req, item_path(req, item), TEXT_STAFF_BACK);
	html(&req->page, "<p class=\"op-lead\"><strong>%s</strong></p>\n<p>%t</p>\n", item->name, pages->remove_help);
	if (item->stored.signups)
		page_alert(
			req, TONE_WARNING,
			lang_format(req->arena, req->lang, TEXT_STAFF_MUST_BE_TOLD_FIRST, ARG_N(item->stored.signups)));
	if (!pages->may_remove || pages->may_remove(req, item))
		remove_form_write(req, remove_path(req, item), item->stored.revision, item_path(req, item));
	else
		page_button(req, item_path(req, item), TEXT_STAFF_BACK, false);
	page_close(req);
	return OK;
}

enum err item_page_remove(struct request *req, const struct item_pages *pages)
{
	struct item item;
	enum err err = item_enter(req, pages, false, &item);

	return err ? err : remove_show(req, &item);
}

enum err item_post_remove(struct request *req, const struct item_pages *pages)
{
	struct item item;
	enum err err = item_enter(req, pages, false, &item);

	if (!err)
		err = pages->remove(req, &item, form_number(&req->form, "revision", 0));
	if (err == ERR_CONFLICT || err == ERR_REFERENCE) {
		reply_status(req, 409);
		form_fault(&req->form, "revision",
			   err == ERR_CONFLICT ? TEXT_STAFF_CHANGED_MEANWHILE : TEXT_STAFF_STILL_USED);
		return remove_show(req, &item);
	}
	return err ? err : staff_done(req, list_path(req, pages), "removed");
}

/* ---- the list ----------------------------------------------------------- */

enum err item_list(struct request *req, const struct item_pages *pages, const void *rows, size_t n, size_t size)
{
	struct staff staff;
	enum err err = staff_enter(req, &staff);

	if (err)
		return err;
	staff_open(req, &staff, req_text(req, pages->list_title));
	actions_open(req);
	page_button(req, staff_path(req, "/new/%s", pages->fresh), pages->new_title, true);
	actions_close(req);
	if (n == 0)
		empty_write(req, pages->list_empty);
	else
		list_open(req);
	for (size_t i = 0; i < n; i++)
		pages->entry(req, &staff, (const char *)rows + (pages->last_first ? n - 1 - i : i) * size);
	if (n)
		list_close(req);
	page_close(req);
	return OK;
}
