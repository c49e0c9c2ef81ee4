/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Ring meg": the numbers that visitors left at the screen, those that are late
 * first. Like sign-ups they stand on this page alone, and no browser keeps it. */
#include <string.h>

#include "central/jobs.h"
#include "central/routes.h"
#include "central/staff.h"
#include "central/staff_choices.h"
#include "central/store_callbacks.h"
#include "core/zone.h"

struct book {
	struct staff staff;
	struct activity_rows activities;
	struct need_rows needs;
};

/* ---- words -------------------------------------------------------------- */

/* A page of the item's own, and its name; NULL: it is gone. */
static const char *item_of(struct request *req, const struct book *book, const struct callback *c, const char **path)
{
	for (size_t i = 0; c->about_kind == ITEM_ACTIVITY && i < book->activities.n; i++)
		if (strcmp(book->activities.v[i].item.id, c->about) == 0) {
			*path = staff_path(req, "/activities/%s", c->about);
			return req_pick(req, book->activities.v[i].item.name);
		}
	for (size_t i = 0; c->about_kind == ITEM_NEED && i < book->needs.n; i++)
		if (strcmp(book->needs.v[i].item.id, c->about) == 0) {
			*path = staff_path(req, "/needs/%s", c->about);
			return req_pick(req, book->needs.v[i].item.name);
		}
	return NULL;
}

static void about_write(struct request *req, const struct book *book, const struct callback *c)
{
	const char *path = NULL, *name = c->about ? item_of(req, book, c, &path) : NULL;

	if (name && path)
		html(&req->page, "<p class=\"op-row-line\">%t: <a class=\"ds-link\" href=\"%u\">%s</a></p>\n",
		     TEXT_STAFF_CALLBACK_ABOUT, path, name);
	else if (c->about)
		line_write(req, req_text(req, TEXT_STAFF_CALLBACK_ABOUT_GONE));
}

/* The last day on which the number is here: it goes when that day ends. */
static const char *last_day(struct request *req, const struct book *book, const struct callback *c)
{
	struct civil end;

	if (zone_from_utc(book->staff.centre.zone, c->expires_at, &end))
		return NULL;
	return lang_date(req->arena, req->lang, DATE_DAY_MONTH_YEAR, civil_add_days(end, -1));
}

static const char *language_words(struct request *req, const char *code)
{
	const char *words = choice_words(req, "languages_helpful", code);

	return words == code ? choice_words(req, "languages_read", code) : words;
}

static void promise_write(struct request *req, const struct book *book, const struct callback *c)
{
	int32_t left = civil_day(c->promised) - civil_day(book->staff.now);
	const char *day = lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, c->promised);

	html(&req->page, "<p class=\"op-row-tags\">");
	if (left == 0)
		tag_write(req, TAG_WARNING, req_text(req, TEXT_STAFF_CALLBACK_TODAY));
	else
		tag_write(req, left < 0 ? TAG_DANGER : TAG_INFO,
			  lang_format(req->arena, req->lang,
				      left < 0 ? TEXT_STAFF_CALLBACK_LATE : TEXT_STAFF_CALLBACK_BY, ARG_S(day)));
	html(&req->page, "</p>\n");
}

/* ---- an entry ----------------------------------------------------------- */

static void tick_write(struct request *req, const struct callback *c, const char *number)
{
	form_open(req, staff_path(req, "/callbacks/%s/done", c->id), NULL);
	if (!c->done_at)
		html(&req->page, "<input type=\"hidden\" name=\"on\" value=\"1\">");
	html(&req->page,
	     "<button class=\"ds-button\" data-variant=\"%s\" type=\"submit\">%t<span class=\"op-only-heard\">: %s</span></button>\n",
	     c->done_at ? "secondary" : "primary",
	     (int)(c->done_at ? TEXT_STAFF_MARK_UNCALLED : TEXT_STAFF_MARK_CALLED), number);
	form_close(req);
}

static void remove_write(struct request *req, const struct callback *c, const char *number)
{
	html(&req->page,
	     "<details class=\"op-inline-details\"><summary>%t<span class=\"op-only-heard\">: %s</span></summary>\n<p>%t</p>\n",
	     TEXT_STAFF_REMOVE_CALLBACK, number, TEXT_STAFF_REMOVE_CALLBACK_HELP);
	form_open(req, staff_path(req, "/callbacks/%s/remove", c->id), NULL);
	form_button(req, TEXT_STAFF_REMOVE_CALLBACK_NOW, NULL, NULL, true);
	form_close(req);
	html(&req->page, "</details>\n");
}

static void fate_write(struct request *req, const struct book *book, const struct callback *c)
{
	const char *zone = book->staff.centre.zone;

	if (!c->done_at) {
		html(&req->page, "<p class=\"op-small\">%s</p>\n",
		     lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACK_EXPIRES, ARG_S(last_day(req, book, c))));
		return;
	}
	html(&req->page, "<p class=\"op-row-tags\">");
	tag_write(req, TAG_SUCCESS,
		  lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACK_DONE_BY,
			      ARG_S(words_moment(req, zone, c->done_at)), ARG_S(c->done_by ? c->done_by : "")));
	html(&req->page, "</p>\n<p class=\"op-small\">%s</p>\n",
	     lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACK_DELETED,
			 ARG_S(words_moment(req, zone, c->done_at + CALLBACK_UNDO))));
}

static void callback_write(struct request *req, const struct book *book, const struct callback *c)
{
	const char *number = words_phone(req, c->phone);

	html(&req->page, "<li class=\"op-row\" id=\"c-%s\">\n", c->id);
	html(&req->page,
	     "<p class=\"op-row-title op-number\"><a class=\"ds-link op-contact-link\" href=\"%u\">%s</a></p>\n",
	     req_printf(req, "tel:%s", c->phone), number);
	if (!c->done_at)
		promise_write(req, book, c);
	about_write(req, book, c);
	line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACK_LANGUAGE,
				    ARG_S(language_words(req, c->lang))));
	line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACK_RECEIVED,
				    ARG_S(words_moment(req, book->staff.centre.zone, c->created_at))));
	fate_write(req, book, c);
	actions_open(req);
	tick_write(req, c, number);
	remove_write(req, c, number);
	actions_close(req);
	row_close(req);
}

/* ---- the page ----------------------------------------------------------- */

/* Those that wait, or those that are done. */
static size_t list_write(struct request *req, const struct book *book, const struct callbacks *all, bool done)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		if ((all->v[i].done_at != 0) != done)
			continue;
		if (n++ == 0 && done)
			html(&req->page, "<h2 class=\"ds-heading\">%t</h2>\n", TEXT_STAFF_CALLBACKS_DONE);
		if (n == 1)
			list_open(req);
		callback_write(req, book, &all->v[i]);
	}
	if (n)
		list_close(req);
	return n;
}

enum err page_callbacks(struct request *req)
{
	struct book book = { 0 };
	struct callbacks all;
	enum err err = staff_enter(req, &book.staff);

	if (!err)
		err = store_activities(req->db, req->arena, req->actor, req->centre, &book.activities);
	if (!err)
		err = store_needs(req->db, req->arena, req->actor, req->centre, &book.needs);
	if (!err)
		err = store_callbacks(req->db, req->arena, req->actor, req->centre, &all);
	if (err)
		return err;
	staff_open(req, &book.staff, req_text(req, TEXT_STAFF_CALLBACKS));
	if (req->callbacks_late)
		page_alert(req, TONE_DANGER,
			   lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACKS_MUST, ARG_N(req->callbacks_late)));
	if (!book.staff.centre.answer_days)
		page_alert(req, TONE_INFO, req_text(req, TEXT_STAFF_CALLBACKS_OFF));
	if (all.n)
		html(&req->page, "<p>%t</p>\n", TEXT_STAFF_CALLBACKS_HELP);
	if (list_write(req, &book, &all, false) == 0)
		empty_write(req, TEXT_STAFF_NO_CALLBACKS);
	list_write(req, &book, &all, true);
	html(&req->page, "<p class=\"op-small\">%t</p>\n", TEXT_STAFF_CALLBACKS_PRIVACY);
	page_close(req);
	return OK;
}

enum err post_callback_done(struct request *req)
{
	bool done = form_has(&req->form, "on");
	enum err err = store_callback_done(req->db, req->actor, req->centre, req->params[1], done);

	return err ? err : staff_done(req, staff_path(req, "/callbacks"), done ? "called" : "uncalled");
}

enum err post_callback_remove(struct request *req)
{
	enum err err = store_callback_remove(req->db, req->actor, req->centre, req->params[1]);

	if (!err)
		jobs_hurry(req->central->jobs, job_scrub);
	return err ? err : staff_done(req, staff_path(req, "/callbacks"), "removed");
}
