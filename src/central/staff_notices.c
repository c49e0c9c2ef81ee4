/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices: what everybody should see. Urgent ones take over the screens. */
#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_choices.h"
#include "central/staff_item.h"

#define NOTICE_FIELDS                                                                                          \
	{ .name = "name_nb", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_NOTICE_NAME },          \
		{ .name = "text_nb", .type = FIELD_TEXT, .label = TEXT_STAFF_NOTICE_TEXT },                    \
		{ .name = "level",                                                                             \
		  .type = FIELD_CHOICE,                                                                        \
		  .required = true,                                                                            \
		  .choices = choices_level,                                                                    \
		  .label = TEXT_STAFF_LEVEL },                                                                 \
		{ .name = "from_day", .type = FIELD_DATE, .required = true, .label = TEXT_STAFF_NOTICE_FROM }, \
		{ .name = "from_time", .type = FIELD_TIME, .label = TEXT_STAFF_TIME_FROM },                    \
		{ .name = "until_day", .type = FIELD_DATE, .label = TEXT_STAFF_NOTICE_UNTIL },                 \
		{ .name = "until_time", .type = FIELD_TIME, .label = TEXT_STAFF_TIME_TO },                     \
		{ .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_NOTICE_NAME_EN },                 \
	{                                                                                                      \
		.name = "text_en", .type = FIELD_TEXT, .label = TEXT_STAFF_NOTICE_TEXT_EN                      \
	}

const struct fields fields_notice_new = FIELDS(
	{ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_NOTICE_NAME }, NOTICE_FIELDS);
const struct fields fields_notice = FIELDS(
	{ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_NOTICE_NAME }, NOTICE_FIELDS);

/* A date, or a date and a time, as two fields. */
static void moment_values(struct request *req, struct values *out, const char *day, const char *time, bool has,
			  struct civil when)
{
	struct civil date = when;

	date.date_only = true;
	values_civil(out, req, day, has, date);
	values_set(out, time, has && !when.date_only ? req_printf(req, "%02d:%02d", when.hour, when.minute) : NULL);
}

static struct civil moment_take(const struct form *form, const char *day, const char *time)
{
	struct civil when = form_get(form, day)->when;
	const struct form_value *clock = form_get(form, time);

	if (clock->value) {
		when.date_only = false;
		when.hour = (int8_t)(clock->number / 60);
		when.minute = (int8_t)(clock->number % 60);
	}
	return when;
}

static enum err notice_load(struct request *req, struct item *item)
{
	struct notice_row *row = ARENA_NEW(req->arena, struct notice_row);

	if (!row)
		return ERR_MEMORY;
	row->item.from = item->staff.now;
	row->item.from.date_only = true;
	enum err err =
		item->is_new ? OK : store_notice(req->db, req->arena, req->actor, req->centre, req->params[1], row);
	if (err)
		return err;
	const struct notice *n = &row->item;
	item->row = row;
	item->id = n->id;
	item->name = req_pick(req, n->name);
	item->stored = row->stored;
	item->values.n = 0;
	values_texts(&item->values, TEXT_FIELDS("name"), n->name);
	values_texts(&item->values, TEXT_FIELDS("text"), n->text);
	values_set(&item->values, "level", choices_level[n->level]);
	moment_values(req, &item->values, "from_day", "from_time", true, n->from);
	moment_values(req, &item->values, "until_day", "until_time", n->has_until, n->until);
	return OK;
}

static void notice_write(const struct sheet *sheet)
{
	static const char *const english[] = { "name_en", "text_en" };
	struct page *page = &sheet->req->page;

	sheet_field(sheet, "name_nb", TEXT_STAFF_NOTICE_NAME_HELP);
	sheet_field(sheet, "text_nb", TEXT_COUNT);
	sheet_field(sheet, "level", TEXT_STAFF_LEVEL_HELP);
	html(page, "<div class=\"op-side-by-side\">\n");
	sheet_field(sheet, "from_day", TEXT_COUNT);
	sheet_field(sheet, "from_time", TEXT_COUNT);
	html(page, "</div>\n<div class=\"op-side-by-side\">\n");
	sheet_field(sheet, "until_day", TEXT_COUNT);
	sheet_field(sheet, "until_time", TEXT_COUNT);
	html(page, "</div>\n");
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 2, english);
	sheet_field(sheet, "name_en", TEXT_COUNT);
	sheet_field(sheet, "text_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

/* A date counts to its end. */
static bool ends_before_it_begins(const struct notice *n)
{
	return n->until.date_only ? civil_day(n->until) < civil_day(n->from) : civil_compare(n->until, n->from) <= 0;
}

static enum err notice_take(struct request *req, const struct notice *before, struct notice *out)
{
	struct form *form = &req->form;

	*out = *before;
	enum err err = texts_take(req, TEXT_FIELDS("name"), before->name, &out->name);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("text"), before->text, &out->text);
	out->level = (enum level)form_get(form, "level")->number;
	out->from = moment_take(form, "from_day", "from_time");
	out->has_until = form_has(form, "until_day");
	if (out->has_until)
		out->until = moment_take(form, "until_day", "until_time");
	else if (form_has(form, "until_time"))
		form_fault(form, "until_day", TEXT_FORM_REQUIRED);
	if (!form->wrong && out->has_until && ends_before_it_begins(out))
		form_fault(form, "until_day", TEXT_STAFF_END_BEFORE_START);
	return err;
}

static enum err notice_save(struct request *req, struct item *item)
{
	const struct notice_row *row = item->row;
	struct notice notice;
	enum err err = notice_take(req, &row->item, &notice);

	if (err || req->form.wrong)
		return err;
	if (!item->is_new)
		return store_notice_change(req->db, req->actor, req->centre, form_number(&req->form, "revision", 0),
					   &notice);
	notice.id = form_text(&req->form, "token");
	return store_notice_add(req->db, req->actor, req->centre, &notice);
}

static enum err notice_remove(struct request *req, const struct item *item, int64_t revision)
{
	return store_notice_remove(req->db, req->actor, req->centre, item->id, revision);
}

static void entry_write(struct request *req, const struct staff *staff, const void *row);

static const struct item_pages pages = {
	.list = "notices",
	.fresh = "notice",
	.fields_new = &fields_notice_new,
	.fields = &fields_notice,
	.list_title = TEXT_STAFF_NOTICES,
	.list_empty = TEXT_STAFF_NO_NOTICES,
	.new_title = TEXT_STAFF_NEW_NOTICE,
	.change_title = TEXT_STAFF_CHANGE_NOTICE,
	.remove_title = TEXT_STAFF_REMOVE_NOTICE,
	.remove_help = TEXT_STAFF_REMOVE_NOTICE_HELP,
	.reference = "name_nb",
	.load = notice_load,
	.write = notice_write,
	.save = notice_save,
	.remove = notice_remove,
	.entry = entry_write,
	.last_first = true,
};

/* ---- the list ----------------------------------------------------------- */

static void state_write(struct request *req, const struct staff *staff, const struct notice *n)
{
	static const enum text_id levels[] = {
		[LEVEL_IMPORTANT] = TEXT_STAFF_IMPORTANT, [LEVEL_URGENT] = TEXT_STAFF_URGENT
	};
	struct civil end = n->until;

	if (n->has_until && end.date_only)
		end = civil_add_days(end, 1);
	html(&req->page, "<p class=\"op-row-tags\">");
	if (n->level != LEVEL_NORMAL)
		tag_write(req, n->level == LEVEL_URGENT ? TAG_DANGER : TAG_WARNING, req_text(req, levels[n->level]));
	if (civil_compare(n->from, staff->now) > 0)
		tag_write(req, TAG_NEUTRAL, req_text(req, TEXT_STAFF_NOT_YET_SHOWN));
	else if (n->has_until && civil_compare(end, staff->now) <= 0)
		tag_write(req, TAG_NEUTRAL, req_text(req, TEXT_STAFF_NOT_SHOWN));
	else
		tag_write(req, TAG_SUCCESS, req_text(req, TEXT_STAFF_SHOWN_NOW));
	html(&req->page, "</p>\n");
}

static const char *moment_words(struct request *req, struct civil when)
{
	return lang_date(req->arena, req->lang, when.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME, when);
}

static void entry_write(struct request *req, const struct staff *staff, const void *row)
{
	const struct notice *n = &((const struct notice_row *)row)->item;
	const char *words = moment_words(req, n->from);

	words = n->has_until ? lang_format(req->arena, req->lang, TEXT_STAFF_FROM_TO, ARG_S(words),
					   ARG_S(moment_words(req, n->until)))
			     : lang_format(req->arena, req->lang, TEXT_STAFF_FROM_ON, ARG_S(words));
	row_open(req);
	row_title(req, staff_path(req, "/notices/%s", n->id), req_pick(req, n->name));
	line_write(req, words ? lang_capitalise(req->arena, req->lang, words) : NULL);
	state_write(req, staff, n);
	row_close(req);
}

enum err page_notices(struct request *req)
{
	struct notice_rows rows;
	enum err err = store_notices(req->db, req->arena, req->actor, req->centre, &rows);

	return err ? err : item_list(req, &pages, rows.v, rows.n, sizeof *rows.v);
}

ITEM_HANDLERS(notice, &pages)
