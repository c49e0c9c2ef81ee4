/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those who signed up: of an item, of one time, of the whole centre. Personal
 * data stand on these pages alone, and no browser keeps them (the frame says no-store). */
#include <string.h>

#include "central/jobs.h"
#include "central/retention.h"
#include "central/routes.h"
#include "central/staff_activity.h"
#include "central/store_retention.h"
#include "core/zone.h"

enum { SIGNUPS_SHOWN = 500 };

/* ---- what others need --------------------------------------------------- */

static bool is_of(const struct signup *s, const struct civil *original, struct civil from)
{
	struct civil when;

	if (s->state != SIGNUP_ACTIVE || !s->original || !civil_parse(s->original, &when))
		return false;
	if (original)
		return civil_compare(when, *original) == 0;
	from.date_only = true;
	from.hour = from.minute = from.second = 0;
	return civil_compare(when, from) >= 0;
}

enum err signups_of(struct request *req, const char *activity, const struct civil *original, struct civil from,
		    struct signups *out)
{
	struct signups all;
	enum err err = store_signups(req->db, req->arena, req->actor, req->centre, ITEM_ACTIVITY, activity, NULL, &all);
	struct signup *v = err ? NULL : ARENA_ARRAY(req->arena, all.n, struct signup);
	size_t n = 0;

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < all.n; i++)
		if (is_of(&all.v[i], original, from))
			v[n++] = all.v[i];
	*out = (struct signups){ n, v };
	return OK;
}

/* A telephone number or a mail address, to be touched. */
static void contact_write(struct request *req, const char *contact)
{
	bool is_mail = strchr(contact, '@') != NULL;
	const char *url = req_printf(req, "%s:%s", is_mail ? "mailto" : "tel", contact);

	html(&req->page, "<a class=\"ds-link op-contact-link\" href=\"%u\">%s</a>", url,
	     is_mail ? contact : words_phone(req, contact));
}

void signups_brief_write(struct request *req, const struct signups *signups, enum text_id heading)
{
	html(&req->page, "<section class=\"op-panel\">\n<h2 class=\"ds-heading\">%s</h2>\n<ul class=\"op-brief\">\n",
	     lang_format(req->arena, req->lang, heading, ARG_N((int64_t)signups->n)));
	for (size_t i = 0; i < signups->n; i++) {
		html(&req->page, "<li>%s, ", signups->v[i].name);
		contact_write(req, signups->v[i].contact);
		html(&req->page, "</li>\n");
	}
	html(&req->page, "</ul>\n</section>\n");
}

/* ---- the list ----------------------------------------------------------- */

/* What sign-ups refer to. */
struct book {
	struct staff staff;
	struct activity_rows activities;
	struct need_rows needs;
	bool whole_centre;
};

static const struct activity *activity_of(const struct book *book, const struct signup *s)
{
	for (size_t i = 0; s->item.kind == ITEM_ACTIVITY && i < book->activities.n; i++)
		if (strcmp(book->activities.v[i].item.id, s->item.id) == 0)
			return &book->activities.v[i].item;
	return NULL;
}

static const struct need *need_of(const struct book *book, const struct signup *s)
{
	for (size_t i = 0; s->item.kind == ITEM_NEED && i < book->needs.n; i++)
		if (strcmp(book->needs.v[i].item.id, s->item.id) == 0)
			return &book->needs.v[i].item;
	return NULL;
}

/* Whether the time that this person signed up for is not as it was announced. */
static bool is_changed(const struct activity *a, const struct signup *s)
{
	struct civil original;

	if (!a || !s->original || !civil_parse(s->original, &original))
		return false;
	const struct override *o = dates_override(a, original);
	return a->status == STATUS_CANCELLED ||
	       (o && (o->status == STATUS_CANCELLED || o->has_start || o->has_duration || o->place.n));
}

static const char *time_words(struct request *req, const struct book *book, const struct signup *s)
{
	struct civil when;

	if (!s->original || !civil_parse(s->original, &when))
		return NULL;
	const char *day = words_day(req, when, book->staff.now);
	if (when.date_only)
		return day;
	return lang_format(req->arena, req->lang, TEXT_STAFF_DAY_AT, ARG_S(day),
			   ARG_S(lang_date(req->arena, req->lang, DATE_TIME, when)));
}

/* The day by which an answer was promised; false if none was. */
static bool promised_day(const struct book *book, const struct signup *s, struct civil *out)
{
	const struct need *need = need_of(book, s);

	if (!need || !need->has_answer_days || zone_from_utc(book->staff.centre.zone, s->created_at, out))
		return false;
	*out = civil_add_days(*out, need->answer_days);
	out->date_only = true;
	out->hour = out->minute = out->second = 0;
	return true;
}

static void answer_tags(struct request *req, const struct book *book, const struct signup *s)
{
	struct civil promised;
	const char *zone = book->staff.centre.zone;

	if (s->answered_at)
		tag_write(req, TAG_SUCCESS,
			  lang_format(req->arena, req->lang, TEXT_STAFF_ANSWERED_BY,
				      ARG_S(words_moment(req, zone, s->answered_at)), ARG_S(s->answered_by)));
	else if (!promised_day(book, s, &promised))
		tag_write(req, TAG_WARNING, req_text(req, TEXT_STAFF_NOT_ANSWERED));
	else
		tag_write(req, civil_day(promised) < civil_day(book->staff.now) ? TAG_DANGER : TAG_WARNING,
			  lang_format(req->arena, req->lang,
				      civil_day(promised) < civil_day(book->staff.now) ? TEXT_STAFF_ANSWER_LATE
										       : TEXT_STAFF_ANSWER_BY,
				      ARG_S(lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, promised))));
}

/* Where nobody knows a last time, people are asked every year whether they still want to. */
static bool is_to_be_asked(const struct request *req, const struct book *book, const struct signup *s)
{
	const struct need *need = need_of(book, s);
	bool open_ended;
	int64_t end;

	if (!need || s->delete_after - req->now > RETENTION_ASK_FROM)
		return false;
	return retention_need_end(need, book->staff.centre.zone, req->now, req->arena, &open_ended, &end) == OK &&
	       open_ended;
}

static void tags_write(struct request *req, const struct book *book, const struct signup *s)
{
	html(&req->page, "<p class=\"op-row-tags\">");
	answer_tags(req, book, s);
	if (is_changed(activity_of(book, s), s) && !s->told_at)
		tag_write(req, TAG_DANGER, req_text(req, TEXT_STAFF_NOT_TOLD));
	if (s->told_at)
		tag_write(req, TAG_SUCCESS,
			  lang_format(req->arena, req->lang, TEXT_STAFF_TOLD_BY,
				      ARG_S(words_moment(req, book->staff.centre.zone, s->told_at)),
				      ARG_S(s->told_by)));
	if (is_to_be_asked(req, book, s))
		tag_write(req, TAG_WARNING, req_text(req, TEXT_STAFF_ASK_AGAIN));
	html(&req->page, "</p>\n");
}

/* Where a tick came from, so that it leads back there. */
static void origin_write(struct request *req, const struct book *book, const struct signup *s)
{
	struct civil when;
	char original[ORIGINAL_SIZE] = "";

	if (book->whole_centre)
		return;
	if (s->original && req->params[2] && civil_parse(s->original, &when))
		original_print(when, original);
	html(&req->page, "<input type=\"hidden\" name=\"kind\" value=\"%s\">",
	     s->item.kind == ITEM_NEED ? "need" : "activity");
	html(&req->page, "<input type=\"hidden\" name=\"item\" value=\"%s\">", s->item.id);
	if (*original)
		html(&req->page, "<input type=\"hidden\" name=\"at\" value=\"%s\">", original);
}

static void tick_write(struct request *req, const struct book *book, const struct signup *s, const char *what,
		       bool is_on, enum text_id words)
{
	form_open(req, staff_path(req, "/signups/%s/%s", s->id, what), NULL);
	origin_write(req, book, s);
	if (!is_on)
		html(&req->page, "<input type=\"hidden\" name=\"on\" value=\"1\">");
	html(&req->page,
	     "<button class=\"ds-button\" data-variant=\"secondary\" data-size=\"sm\" type=\"submit\">%t<span class=\"op-only-heard\">: %s</span></button>\n",
	     words, s->name);
	form_close(req);
}

static void remove_write(struct request *req, const struct book *book, const struct signup *s)
{
	html(&req->page,
	     "<details class=\"op-inline-details\"><summary>%t<span class=\"op-only-heard\">: %s</span></summary>\n<p>%t</p>\n",
	     TEXT_STAFF_REMOVE_SIGNUP, s->name, TEXT_STAFF_REMOVE_SIGNUP_HELP);
	form_open(req, staff_path(req, "/signups/%s/remove", s->id), NULL);
	origin_write(req, book, s);
	form_button(req, TEXT_STAFF_REMOVE_SIGNUP_NOW, NULL, NULL, true);
	form_close(req);
	html(&req->page, "</details>\n");
}

static void signup_write(struct request *req, const struct book *book, const struct signup *s)
{
	const struct activity *a = activity_of(book, s);
	const struct need *need = need_of(book, s);
	const char *item = a ? req_pick(req, a->name) : need ? req_pick(req, need->name) : NULL;

	html(&req->page, "<li class=\"op-row\" id=\"s-%s\">\n", s->id);
	row_title(req, NULL, s->name);
	html(&req->page, "<p class=\"op-row-line\">");
	contact_write(req, s->contact);
	html(&req->page, "</p>\n");
	if (book->whole_centre)
		line_write(req, item);
	line_write(req, time_words(req, book, s));
	line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_SIGNED_UP_AT,
				    ARG_S(words_moment(req, book->staff.centre.zone, s->created_at))));
	tags_write(req, book, s);
	actions_open(req);
	tick_write(req, book, s, "answered", s->answered_at != 0,
		   s->answered_at ? TEXT_STAFF_MARK_UNANSWERED : TEXT_STAFF_MARK_ANSWERED);
	if (is_changed(a, s) || s->told_at)
		tick_write(req, book, s, "told", s->told_at != 0,
			   s->told_at ? TEXT_STAFF_MARK_UNTOLD : TEXT_STAFF_MARK_TOLD);
	if (is_to_be_asked(req, book, s))
		tick_write(req, book, s, "stays", false, TEXT_STAFF_MARK_STAYS);
	remove_write(req, book, s);
	actions_close(req);
	row_close(req);
}

static size_t to_tell(const struct book *book, const struct signups *signups)
{
	size_t n = 0;

	for (size_t i = 0; i < signups->n; i++)
		n += signups->v[i].state == SIGNUP_ACTIVE && !signups->v[i].told_at &&
		     is_changed(activity_of(book, &signups->v[i]), &signups->v[i]);
	return n;
}

static void signups_write(struct request *req, const struct book *book, const struct signups *signups)
{
	size_t active = 0, waiting = to_tell(book, signups);

	for (size_t i = 0; i < signups->n; i++)
		active += signups->v[i].state == SIGNUP_ACTIVE;
	if (waiting)
		page_alert(req, TONE_WARNING,
			   lang_format(req->arena, req->lang, TEXT_STAFF_MUST_BE_TOLD, ARG_N((int64_t)waiting)));
	if (active == 0) {
		empty_write(req, TEXT_STAFF_NO_SIGNUPS);
		return;
	}
	list_open(req);
	for (size_t i = 0; i < signups->n; i++)
		if (signups->v[i].state == SIGNUP_ACTIVE)
			signup_write(req, book, &signups->v[i]);
	list_close(req);
	html(&req->page, "<p class=\"op-small\">%t</p>\n", TEXT_STAFF_SIGNUPS_PRIVACY);
}

/* ---- pages -------------------------------------------------------------- */

static enum err activity_signups(struct request *req, const struct civil *original)
{
	struct book book = { 0 };
	struct activity_row *row = ARENA_NEW(req->arena, struct activity_row);
	struct signups signups;
	char text[CIVIL_SIZE];

	if (!row)
		return ERR_MEMORY;
	if (original)
		civil_print(*original, text);
	enum err err = activity_enter(req, &book.staff, row);
	if (!err)
		err = store_signups(req->db, req->arena, req->actor, req->centre, ITEM_ACTIVITY, row->item.id,
				    original ? text : NULL, &signups);
	if (err)
		return err;
	book.activities = (struct activity_rows){ 1, row };
	staff_open(req, &book.staff,
		   lang_format(req->arena, req->lang, TEXT_STAFF_SIGNUPS_FOR, ARG_S(req_pick(req, row->item.name))));
	back_write(req, staff_path(req, "/activities/%s", row->item.id), TEXT_STAFF_BACK);
	signups_write(req, &book, &signups);
	page_close(req);
	return OK;
}

enum err page_activity_signups(struct request *req)
{
	return activity_signups(req, NULL);
}

enum err page_time_signups(struct request *req)
{
	struct civil original;

	return original_parse(req->params[2], &original) ? activity_signups(req, &original) : ERR_NOT_FOUND;
}

enum err page_need_signups(struct request *req)
{
	struct book book = { 0 };
	struct need_row *row = ARENA_NEW(req->arena, struct need_row);
	struct signups signups;
	enum err err = row ? staff_enter(req, &book.staff) : ERR_MEMORY;

	if (!err)
		err = store_need(req->db, req->arena, req->actor, req->centre, req->params[1], row);
	if (!err)
		err = store_signups(req->db, req->arena, req->actor, req->centre, ITEM_NEED, row->item.id, NULL,
				    &signups);
	if (err)
		return err;
	book.needs = (struct need_rows){ 1, row };
	staff_open(req, &book.staff,
		   lang_format(req->arena, req->lang, TEXT_STAFF_SIGNUPS_FOR, ARG_S(req_pick(req, row->item.name))));
	back_write(req, staff_path(req, "/needs"), TEXT_STAFF_NEEDS);
	signups_write(req, &book, &signups);
	page_close(req);
	return OK;
}

enum err page_signups(struct request *req)
{
	struct book book = { .whole_centre = true };
	struct signups signups;
	enum err err = staff_enter(req, &book.staff);

	if (!err)
		err = store_activities(req->db, req->arena, req->actor, req->centre, &book.activities);
	if (!err)
		err = store_needs(req->db, req->arena, req->actor, req->centre, &book.needs);
	if (!err)
		err = store_signups_centre(req->db, req->arena, req->actor, req->centre, SIGNUPS_SHOWN, &signups);
	if (err)
		return err;
	staff_open(req, &book.staff, req_text(req, TEXT_STAFF_SIGNUPS));
	signups_write(req, &book, &signups);
	page_close(req);
	return OK;
}

/* ---- ticks -------------------------------------------------------------- */

static const char *const origin_kinds[] = { "activity", "need", NULL };
const struct fields fields_tick =
	FIELDS({ .name = "on", .type = FIELD_CHECK, .label = TEXT_STAFF_SIGNUPS },
	       { .name = "kind", .type = FIELD_CHOICE, .choices = origin_kinds, .label = TEXT_STAFF_SIGNUPS },
	       { .name = "item", .type = FIELD_ID, .label = TEXT_STAFF_SIGNUPS },
	       { .name = "at", .type = FIELD_ID, .label = TEXT_STAFF_SIGNUPS });

/* Back to the list, at the same person. */
static enum err tick_done(struct request *req)
{
	const char *kind = form_text(&req->form, "kind"), *item = form_text(&req->form, "item");
	const char *at = form_text(&req->form, "at"), *path;

	if (!kind || !item)
		path = staff_path(req, "/signups#s-%s", req->params[1]);
	else if (strcmp(kind, "need") == 0)
		path = staff_path(req, "/needs/%s/signups#s-%s", item, req->params[1]);
	else if (at)
		path = staff_path(req, "/activities/%s/at/%s/signups#s-%s", item, at, req->params[1]);
	else
		path = staff_path(req, "/activities/%s/signups#s-%s", item, req->params[1]);
	if (!path)
		return ERR_MEMORY;
	reply_see_other(req, path);
	return OK;
}

enum err post_signup_answered(struct request *req)
{
	enum err err =
		store_signup_answered(req->db, req->actor, req->centre, req->params[1], form_has(&req->form, "on"));

	return err ? err : tick_done(req);
}

enum err post_signup_told(struct request *req)
{
	enum err err = store_signup_told(req->db, req->actor, req->centre, req->params[1], form_has(&req->form, "on"));

	return err ? err : tick_done(req);
}

enum err post_signup_stays(struct request *req)
{
	enum err err =
		store_signup_stays_told(req->db, req->actor, req->centre, req->params[1], req->now + RETENTION_ASK);

	return err ? err : tick_done(req);
}

enum err post_signup_remove(struct request *req)
{
	enum err err = store_signup_remove(req->db, req->actor, req->centre, req->params[1]);

	if (!err)
		jobs_hurry(req->central->jobs, job_scrub);
	return err ? err : tick_done(req);
}
