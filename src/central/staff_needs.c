/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Needs: help that is wanted. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_choices.h"
#include "central/staff_item.h"
#include "central/staff_repeat_form.h"
#include "central/staff_span.h"

#define NEED_FIELDS                                                                                                    \
	{ .name = "name_nb", .type = FIELD_LINE, .required = true, .label = TEXT_STAFF_NEED_NAME },                    \
		{ .name = "when_nb",                                                                                   \
		  .type = FIELD_TEXT,                                                                                  \
		  .required = true,                                                                                    \
		  .max = LIMIT_SHORT,                                                                                  \
		  .label = TEXT_STAFF_WHEN },                                                                          \
		{ .name = "seats",                                                                                     \
		  .type = FIELD_NUMBER,                                                                                \
		  .required = true,                                                                                    \
		  .min = 1,                                                                                            \
		  .max = LIMIT_SEATS,                                                                                  \
		  .label = TEXT_STAFF_HOW_MANY },                                                                      \
		{ .name = "contact", .type = FIELD_ID, .required = true, .label = TEXT_STAFF_CONTACT },                \
		{ .name = "description_nb", .type = FIELD_TEXT, .label = TEXT_STAFF_DESCRIPTION },                     \
		{ .name = "meets", .type = FIELD_ID, .label = TEXT_STAFF_MEETS },                                      \
		{ .name = "bring_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_BRING },             \
		{ .name = "first_timer", .type = FIELD_CHECK, .label = TEXT_STAFF_FIRST_TIMER },                       \
		{ .name = "answer_days",                                                                               \
		  .type = FIELD_NUMBER,                                                                                \
		  .min = 1,                                                                                            \
		  .max = LIMIT_ANSWER_DAYS,                                                                            \
		  .label = TEXT_STAFF_ANSWER_DAYS },                                                                   \
		{ .name = "until_day", .type = FIELD_DATE, .label = TEXT_STAFF_SHOWN_UNTIL },                          \
		{ .name = "organisation", .type = FIELD_ID, .label = TEXT_STAFF_ORGANISATION },                        \
		{ .name = "languages_helpful",                                                                         \
		  .type = FIELD_MANY,                                                                                  \
		  .choices = choices_language,                                                                         \
		  .label = TEXT_STAFF_LANGUAGES_HELPFUL },                                                             \
		{ .name = "certificate", .type = FIELD_CHECK, .label = TEXT_STAFF_CERTIFICATE },                       \
		{ .name = "legal_basis_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_LEGAL_BASIS }, \
		SPAN_FIELDS(false), REPEAT_FIELDS,                                                                     \
		{ .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_NEED_NAME_EN },                           \
		{ .name = "when_en", .type = FIELD_TEXT, .max = LIMIT_SHORT, .label = TEXT_STAFF_WHEN_EN },            \
		{ .name = "description_en", .type = FIELD_TEXT, .label = TEXT_STAFF_DESCRIPTION_EN },                  \
		{ .name = "bring_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_BRING_EN },          \
	{                                                                                                              \
		.name = "legal_basis_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_LEGAL_BASIS_EN   \
	}

const struct fields fields_need_new =
	FIELDS({ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_NEED_NAME }, NEED_FIELDS);
const struct fields fields_need = FIELDS(
	{ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_NEED_NAME }, NEED_FIELDS);

/* ---- the form ----------------------------------------------------------- */

static const char *languages_value(struct request *req, const struct need *n)
{
	const char *all = "";

	for (size_t i = 0; i < n->n_languages_helpful && all; i++)
		all = req_printf(req, "%s%s%s", all, i ? "," : "", n->languages_helpful[i]);
	return all && *all ? all : NULL;
}

static void when_values(struct request *req, const struct need *n, struct civil now, struct values *out)
{
	struct duration hour = { .seconds = 3600 };
	struct repeat repeat;

	repeat_from_rule(n->rrule, n->has_start ? n->start : now, &repeat);
	if (n->has_start)
		span_values(out, req, n->start, n->has_duration ? n->duration : hour);
	repeat_values(out, req, &repeat, n->has_start ? n->start : now);
}

static void need_values(struct request *req, const struct need *n, struct civil now, struct values *out)
{
	*out = (struct values){ 0 };
	values_texts(out, TEXT_FIELDS("name"), n->name);
	values_texts(out, TEXT_FIELDS("when"), n->when);
	values_number(out, req, "seats", n->seats > 0, n->seats);
	values_set(out, "contact", n->contact);
	values_texts(out, TEXT_FIELDS("description"), n->description);
	values_set(out, "meets", n->meets);
	values_texts(out, TEXT_FIELDS("bring"), n->bring);
	values_set(out, "first_timer", n->first_timer ? "1" : NULL);
	values_number(out, req, "answer_days", n->has_answer_days, n->answer_days);
	values_civil(out, req, "until_day", n->has_until, n->until);
	values_set(out, "organisation", n->organisation);
	values_set(out, "languages_helpful", languages_value(req, n));
	values_set(out, "certificate", n->certificate == CERTIFICATE_REQUIRED ? "1" : NULL);
	values_texts(out, TEXT_FIELDS("legal_basis"), n->legal_basis);
	when_values(req, n, now, out);
}

static enum err need_load(struct request *req, struct item *item)
{
	static const struct need empty = { .seats = 1, .has_answer_days = true, .answer_days = 3 };
	struct need_row *row = ARENA_NEW(req->arena, struct need_row);

	if (!row)
		return ERR_MEMORY;
	row->item = empty;
	/* With one contact person there is nothing to choose. */
	if (item->is_new && item->people.contacts.n == 1)
		row->item.contact = item->people.contacts.v[0].item.id;
	enum err err =
		item->is_new ? OK : store_need(req->db, req->arena, req->actor, req->centre, req->params[1], row);
	if (err)
		return err;
	item->row = row;
	item->id = row->item.id;
	item->name = req_pick(req, row->item.name);
	item->stored = row->stored;
	need_values(req, &row->item, item->staff.now, &item->values);
	return OK;
}

static void fields_write(const struct sheet *sheet)
{
	static const char *const more[] = { "description_nb", "meets",        "bring_nb",    "first_timer",
					    "until_day",      "organisation", "certificate", "languages_helpful" };
	static const char *const fixed[] = { "date", "time" };
	static const char *const english[] = { "name_en", "when_en", "description_en", "bring_en", "legal_basis_en" };

	if (sheet->people->contacts.n == 0)
		page_alert(sheet->req, TONE_WARNING, req_text(sheet->req, TEXT_STAFF_NEED_WITHOUT_CONTACT));
	sheet_field(sheet, "name_nb", TEXT_STAFF_NEED_NAME_HELP);
	sheet_field(sheet, "when_nb", TEXT_STAFF_WHEN_HELP);
	html(&sheet->req->page, "<div class=\"op-side-by-side\">\n");
	sheet_field(sheet, "seats", TEXT_COUNT);
	sheet_field(sheet, "answer_days", TEXT_COUNT);
	html(&sheet->req->page, "</div>\n");
	sheet_field(sheet, "contact", TEXT_STAFF_NEED_CONTACT_HELP);
	sheet_more_open(sheet, TEXT_STAFF_MORE_NEED, 8, more);
	sheet_field(sheet, "description_nb", TEXT_COUNT);
	sheet_field(sheet, "meets", TEXT_STAFF_MEETS_HELP);
	sheet_field(sheet, "bring_nb", TEXT_STAFF_BRING_HELP);
	sheet_field(sheet, "first_timer", TEXT_COUNT);
	sheet_field(sheet, "until_day", TEXT_STAFF_SHOWN_UNTIL_HELP);
	sheet_field(sheet, "organisation", TEXT_COUNT);
	sheet_field(sheet, "languages_helpful", TEXT_COUNT);
	sheet_field(sheet, "certificate", TEXT_STAFF_CERTIFICATE_HELP);
	sheet_field(sheet, "legal_basis_nb", TEXT_STAFF_LEGAL_BASIS_HELP);
	sheet_more_close(sheet);
	sheet_more_open(sheet, TEXT_STAFF_MORE_FIXED, 2, fixed);
	html(&sheet->req->page, "<p>%t</p>\n", TEXT_STAFF_MORE_FIXED_HELP);
	span_write(sheet);
	repeat_fields_write(sheet);
	sheet_more_close(sheet);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 5, english);
	sheet_field(sheet, "name_en", TEXT_COUNT);
	sheet_field(sheet, "when_en", TEXT_COUNT);
	sheet_field(sheet, "description_en", TEXT_COUNT);
	sheet_field(sheet, "bring_en", TEXT_COUNT);
	sheet_field(sheet, "legal_basis_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

/* ---- form → need -------------------------------------------------------- */

static enum err take_texts(struct request *req, const struct need *before, struct need *out)
{
	enum err err = texts_take(req, TEXT_FIELDS("name"), before->name, &out->name);

	if (!err)
		err = texts_take(req, TEXT_FIELDS("when"), before->when, &out->when);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("description"), before->description, &out->description);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("bring"), before->bring, &out->bring);
	return err ? err : texts_take(req, TEXT_FIELDS("legal_basis"), before->legal_basis, &out->legal_basis);
}

/* The certificate is asked for exactly where its legal basis is named. */
static void take_certificate(struct form *form, struct need *out)
{
	if (!form_has(form, "certificate"))
		out->legal_basis = (struct texts){ 0 };
	else if (!form_has(form, "legal_basis_nb"))
		form_fault(form, "legal_basis_nb", TEXT_STAFF_LEGAL_BASIS_WANTED);
	out->certificate = out->legal_basis.n ? CERTIFICATE_REQUIRED : CERTIFICATE_NONE;
}

static enum err take_when(struct request *req, const struct need *before, struct need *out)
{
	struct form *form = &req->form;
	struct repeat repeat;
	struct span span;

	out->has_start = out->has_duration = false;
	out->rrule = NULL;
	if (!form_has(form, "date")) {
		if (form_has(form, "time"))
			form_fault(form, "date", TEXT_FORM_REQUIRED);
		return OK;
	}
	span_take(form, &span);
	repeat_take(form, before->rrule, span.start, &repeat);
	if (form->wrong)
		return OK;
	out->has_start = out->has_duration = true;
	out->start = repeat_first(&repeat, span.start);
	out->duration = span.duration;
	return repeat_to_rule(req->arena, &repeat, out->start, &out->rrule);
}

static bool is_choice(const char *lang)
{
	for (const char *const *choice = choices_language; *choice; choice++)
		if (strcmp(*choice, lang) == 0)
			return true;
	return false;
}

/* Languages that the form does not offer stay. */
static enum err take_languages(struct request *req, const struct need *before, struct need *out)
{
	const struct form_value *row = form_get(&req->form, "languages_helpful");
	const char **v = ARENA_ARRAY(req->arena, row->n_many + before->n_languages_helpful, const char *);
	size_t n = 0;

	if (!v)
		return ERR_MEMORY;
	for (size_t i = 0; i < row->n_many; i++)
		v[n++] = row->many[i];
	for (size_t i = 0; i < before->n_languages_helpful; i++)
		if (!is_choice(before->languages_helpful[i]))
			v[n++] = before->languages_helpful[i];
	out->languages_helpful = v;
	out->n_languages_helpful = n;
	return OK;
}

static enum err need_take(struct request *req, const struct need *before, struct need *out)
{
	struct form *form = &req->form;

	*out = *before;
	enum err err = take_texts(req, before, out);
	if (!err)
		err = take_when(req, before, out);
	if (err)
		return err;
	take_certificate(form, out);
	out->seats = (int32_t)form_number(form, "seats", 1);
	if (out->seats < before->taken)
		form_fault(form, "seats", TEXT_STAFF_FEWER_THAN_TAKEN);
	out->contact = form_text(form, "contact");
	out->meets = form_text(form, "meets");
	out->organisation = form_text(form, "organisation");
	out->first_timer = form_has(form, "first_timer");
	out->has_answer_days = form_has(form, "answer_days");
	out->answer_days = (int32_t)form_number(form, "answer_days", 0);
	out->has_until = form_has(form, "until_day");
	out->until = form_get(form, "until_day")->when;
	return take_languages(req, before, out);
}

static enum err need_save(struct request *req, struct item *item)
{
	const struct need_row *row = item->row;
	struct need need;
	enum err err = need_take(req, &row->item, &need);

	if (err || req->form.wrong)
		return err;
	if (!item->is_new)
		return store_need_change(req->db, req->actor, req->centre, form_number(&req->form, "revision", 0),
					 &need);
	need.id = form_text(&req->form, "token");
	need.taken = 0;
	return store_need_add(req->db, req->actor, req->centre, &need);
}

static enum err need_remove(struct request *req, const struct item *item, int64_t revision)
{
	return store_need_remove(req->db, req->actor, req->centre, item->id, revision);
}

static void entry_write(struct request *req, const struct staff *staff, const void *row);

static const struct item_pages pages = {
	.list = "needs",
	.fresh = "need",
	.fields_new = &fields_need_new,
	.fields = &fields_need,
	.list_title = TEXT_STAFF_NEEDS,
	.list_empty = TEXT_STAFF_NO_NEEDS,
	.new_title = TEXT_STAFF_NEW_NEED,
	.change_title = TEXT_STAFF_CHANGE_NEED,
	.remove_title = TEXT_STAFF_REMOVE_NEED,
	.remove_help = TEXT_STAFF_REMOVE_NEED_HELP,
	.reference = "contact",
	.has_people = true,
	.load = need_load,
	.write = fields_write,
	.save = need_save,
	.remove = need_remove,
	.entry = entry_write,
};

/* ---- the list ----------------------------------------------------------- */

static void entry_write(struct request *req, const struct staff *staff, const void *row)
{
	const struct need *n = &((const struct need_row *)row)->item;
	bool over = n->has_until && civil_day(n->until) < civil_day(staff->now);

	row_open(req);
	row_title(req, staff_path(req, "/needs/%s", n->id), req_pick(req, n->name));
	line_write(req, req_pick(req, n->when));
	html(&req->page, "<p class=\"op-row-tags\">");
	tag_write(req, n->taken < n->seats ? TAG_INFO : TAG_SUCCESS,
		  lang_format(req->arena, req->lang, TEXT_STAFF_SEATS_TAKEN, ARG_N(n->taken), ARG_N(n->seats)));
	if (over)
		tag_write(req, TAG_NEUTRAL, req_text(req, TEXT_STAFF_NOT_SHOWN));
	html(&req->page, "</p>\n");
	actions_open(req);
	html(&req->page,
	     "<a class=\"ds-button\" data-variant=\"secondary\" data-size=\"sm\" href=\"%u\">%t<span class=\"op-only-heard\">: %s</span></a>\n",
	     staff_path(req, "/needs/%s/signups", n->id), TEXT_STAFF_SIGNUPS, req_pick(req, n->name));
	actions_close(req);
	row_close(req);
}

enum err page_needs(struct request *req)
{
	struct need_rows rows;
	enum err err = store_needs(req->db, req->arena, req->actor, req->centre, &rows);

	return err ? err : item_list(req, &pages, rows.v, rows.n, sizeof *rows.v);
}

/* ---- pages -------------------------------------------------------------- */

ITEM_HANDLERS(need, &pages)
