/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole series: cancelled, held again, removed. Two presses each. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_activity.h"
#include "central/staff_span.h"

enum { NOTICE_DAYS = 14 };

const struct fields fields_cancel_series =
	FIELDS({ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_REASON },
	       { .name = "reason_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_REASON },
	       { .name = "reason_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_REASON_EN },
	       { .name = "notice", .type = FIELD_CHECK, .label = TEXT_STAFF_WITH_NOTICE });

/* The title in each of the languages, with the name in that language. */
static enum err notice_title(struct request *req, const struct activity *a, enum text_id title, struct texts *out)
{
	struct text *v = ARENA_ARRAY(req->arena, a->name.n, struct text);

	if (!v)
		return ERR_MEMORY;
	out->v = v;
	out->n = 0;
	for (size_t i = 0; i < a->name.n; i++) {
		const struct lang *lang = lang_find(a->name.v[i].lang);
		if (!lang)
			continue;
		const char *s = lang_format(req->arena, lang, title, ARG_S(a->name.v[i].s));
		if (!s)
			return ERR_MEMORY;
		v[out->n++] = (struct text){ lang_code(lang), s };
	}
	return out->n ? OK : ERR_MISSING;
}

enum err series_notice(struct request *req, const struct staff *staff, const struct activity *activity,
		       enum text_id title, const char *token)
{
	struct notice notice = { .id = token, .level = LEVEL_IMPORTANT, .from = staff->now, .has_until = true };
	enum err err = notice_title(req, activity, title, &notice.name);

	if (!err)
		err = texts_take(req, TEXT_FIELDS("reason"), (struct texts){ 0 }, &notice.text);
	notice.from.date_only = true;
	notice.from.hour = notice.from.minute = notice.from.second = 0;
	notice.until = civil_add_days(notice.from, NOTICE_DAYS);
	return err ? err : store_notice_add(req->db, req->actor, req->centre, &notice);
}

/* ---- cancelled, and held again ------------------------------------------ */

struct series {
	struct staff staff;
	struct activity_row row;
	struct signups signups;
};

static enum err series_enter(struct request *req, struct series *out)
{
	enum err err = activity_enter(req, &out->staff, &out->row);

	return err ? err : signups_of(req, out->row.item.id, NULL, out->staff.now, &out->signups);
}

static const char *series_path(struct request *req, const char *what)
{
	return staff_path(req, "/activities/%s%s", req->params[1], what);
}

static void series_open(struct request *req, const struct series *s, enum text_id title)
{
	const struct activity *a = &s->row.item;
	const char *rule = repeat_words(req, a->rrule, a->start);

	staff_open(req, &s->staff, req_text(req, title));
	back_write(req, series_path(req, ""), TEXT_STAFF_BACK);
	html(&req->page, "<p class=\"op-lead\"><strong>%s</strong><br>%s</p>\n", req_pick(req, a->name),
	     rule && *rule ? lang_capitalise(req->arena, req->lang, rule)
			   : words_when(req, a->start, span_end(a->start, a->duration)));
}

static enum err resume_show(struct request *req, const struct series *s)
{
	series_open(req, s, TEXT_STAFF_RESUME_SERIES);
	html(&req->page, "<p>%t</p>\n", TEXT_STAFF_RESUME_SERIES_HELP);
	form_open(req, series_path(req, "/resume"), NULL);
	actions_open(req);
	form_submit(req, TEXT_STAFF_RESUME_SERIES_NOW);
	page_button(req, series_path(req, ""), TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

static enum err cancel_show(struct request *req, const struct series *s)
{
	static const char *const english[] = { "reason_en" };
	const char *typed = form_text(&req->form, "token");
	struct values values = { 0 };
	struct sheet sheet = { req, &values, NULL };
	char token[ID_SIZE];

	id_new(token);
	values_set(&values, "notice", "1");
	series_open(req, s, TEXT_STAFF_CANCEL_SERIES);
	html(&req->page, "<p>%t</p>\n", TEXT_STAFF_CANCEL_SERIES_HELP);
	if (s->signups.n)
		signups_brief_write(req, &s->signups, TEXT_STAFF_MUST_BE_TOLD);
	form_summary(req, &req->form);
	form_open(req, series_path(req, "/cancel"), typed ? typed : token);
	sheet_field(&sheet, "reason_nb", TEXT_STAFF_REASON_HELP);
	sheet_field(&sheet, "notice", TEXT_STAFF_WITH_NOTICE_HELP);
	sheet_more_open(&sheet, TEXT_STAFF_MORE_ENGLISH, 1, english);
	sheet_field(&sheet, "reason_en", TEXT_COUNT);
	sheet_more_close(&sheet);
	actions_open(req);
	form_button(req, TEXT_STAFF_CANCEL_SERIES_NOW, NULL, NULL, true);
	page_button(req, series_path(req, ""), TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_cancel_series(struct request *req)
{
	struct series s;
	enum err err = series_enter(req, &s);

	if (!err && s.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = staff_form(req, &fields_cancel_series);
	if (err)
		return err;
	return s.row.item.status == STATUS_CANCELLED ? resume_show(req, &s) : cancel_show(req, &s);
}

enum err post_cancel_series(struct request *req)
{
	struct series s;
	enum err err = series_enter(req, &s);

	if (!err && s.row.stored.calendar)
		return activity_is_calendars(req);
	if (err)
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return cancel_show(req, &s);
	}
	if (s.row.item.status != STATUS_CANCELLED)
		err = store_activity_status(req->db, req->actor, req->centre, s.row.item.id, STATUS_CANCELLED);
	if (!err && form_has(&req->form, "notice"))
		err = series_notice(req, &s.staff, &s.row.item, TEXT_STAFF_NOTICE_CANCELLED,
				    form_text(&req->form, "token"));
	return err ? err : staff_done(req, series_path(req, s.signups.n ? "/signups" : ""), "cancelled");
}

enum err post_resume_series(struct request *req)
{
	struct series s;
	enum err err = series_enter(req, &s);

	if (!err && s.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = store_activity_status(req->db, req->actor, req->centre, s.row.item.id, STATUS_SCHEDULED);
	return err ? err : staff_done(req, series_path(req, ""), "restored");
}

/* ---- removed ------------------------------------------------------------ */

static enum err remove_show(struct request *req, const struct series *s)
{
	series_open(req, s, TEXT_STAFF_REMOVE_ACTIVITY);
	html(&req->page, "<p>%t</p>\n", TEXT_STAFF_REMOVE_ACTIVITY_HELP);
	if (s->signups.n)
		signups_brief_write(req, &s->signups, TEXT_STAFF_MUST_BE_TOLD_FIRST);
	remove_form_write(req, series_path(req, "/remove"), s->row.stored.revision, series_path(req, ""));
	page_close(req);
	return OK;
}

enum err page_remove_activity(struct request *req)
{
	struct series s;
	enum err err = series_enter(req, &s);

	if (!err && s.row.stored.calendar)
		return activity_is_calendars(req);
	return err ? err : remove_show(req, &s);
}

enum err post_remove_activity(struct request *req)
{
	struct series s;
	enum err err = series_enter(req, &s);

	if (!err && s.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = store_activity_remove(req->db, req->actor, req->centre, s.row.item.id,
					    form_number(&req->form, "revision", 0));
	if (err == ERR_CONFLICT) {
		reply_status(req, 409);
		form_fault(&req->form, "revision", TEXT_STAFF_CHANGED_MEANWHILE);
		return remove_show(req, &s);
	}
	return err ? err : staff_done(req, staff_path(req, "/activities"), "removed");
}
