/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret link of a sign-up: what was agreed, a calendar file, and the way
 * to change or withdraw. Whoever has the link has the sign-up: it stands in no log, in no
 * referrer and in no search engine. */
#include <ctype.h>
#include <string.h>

#include "central/jobs.h"
#include "central/layout.h"
#include "central/public_item.h"
#include "central/public_receipt.h"
#include "central/retention.h"
#include "central/routes.h"
#include "central/store_retention.h"

enum { NAME_MAX_CHARS = 80 };

const struct fields fields_receipt =
	FIELDS({ .name = "name",
		 .type = FIELD_LINE,
		 .required = true,
		 .max = NAME_MAX_CHARS,
		 .autocomplete = "name",
		 .label = TEXT_PUBLIC_NAME },
	       { .name = "contact", .type = FIELD_CONTACT, .autocomplete = "tel", .label = TEXT_PUBLIC_CONTACT_NEW }, );

enum err receipt_find(struct request *req, struct signup *signup, struct public_item *item)
{
	enum err err = store_signup_by_secret(req->db, req->arena, req->params[0], signup);

	return err ? err : public_by_ref(req, &signup->item, signup->original, item);
}

const char *receipt_link(struct request *req, const char *what)
{
	return req_link(req, req_printf(req, "/s/%s%s", req->params[0], what));
}

static void open_page(struct request *req, const struct public_item *item, enum text_id title)
{
	page_open_words(req, public_centre_name(req, item), (struct text){ .s = req_text(req, title) });
}

static bool can_take_part(const struct public_item *item)
{
	return item->state == PUBLIC_OPEN || item->state == PUBLIC_FULL || item->state == PUBLIC_NO_SIGNUP;
}

/* ---- parts of the page -------------------------------------------------- */

static void item_heading(struct request *req, const struct public_item *item)
{
	struct text name = public_name(req, item);

	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"md\">");
	page_words(req, name);
	html(&req->page, "</h2>\n");
	page_said_in(req, name.lang);
}

/* The end of a number or of an address is enough to know one's own by, and says nothing to whoever looks over a
 * shoulder. */
static const char *masked(struct request *req, const char *contact)
{
	const char *at = strchr(contact, '@');
	size_t len = strlen(contact);

	if (at)
		return req_printf(req, "%c…%s", contact[0], at);
	return req_printf(req, "… %s", contact + (len > 2 ? len - 2 : 0));
}

/* How many places are left matters to others. */
static void own_facts(struct request *req, const struct public_item *item)
{
	struct public_item mine = *item;

	mine.limited = false;
	public_facts(req, &mine);
}

/* Full is true of everybody else; whoever has a place need not read it. */
static void say_state(struct request *req, const struct public_item *item)
{
	struct public_item mine = *item;

	if (mine.state == PUBLIC_FULL || mine.state == PUBLIC_NO_SIGNUP)
		mine.state = PUBLIC_OPEN;
	public_say_state(req, &mine);
}

static void what_next(struct request *req, const struct signup *signup, const struct public_item *item)
{
	const struct need *need = item->need;

	if (need && need->has_answer_days && signup->answered_at == 0)
		html(&req->page, "<p class=\"ds-paragraph\">%s</p>\n",
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_ANSWER, ARG_N(need->answer_days)));
	if (item->activity || (need && need->has_start))
		html(&req->page, "<p><a class=\"ds-button\" data-variant=\"secondary\" href=\"%u\">%t</a></p>\n",
		     receipt_link(req, "/calendar.ics"), TEXT_PUBLIC_CALENDAR);
}

/* A year after the last yes, where no last time is known. */
static void ask_again(struct request *req, const struct signup *signup, bool open_ended)
{
	if (!open_ended || signup->delete_after - req->now > RETENTION_ASK_FROM)
		return;
	page_alert(req, TONE_INFO, req_text(req, TEXT_PUBLIC_ASK_AGAIN));
	form_open(req, receipt_link(req, "/stay"), NULL);
	form_submit(req, TEXT_PUBLIC_STAY);
	form_close(req);
}

static void own_link(struct request *req)
{
	html(&req->page,
	     "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n<p class=\"ds-paragraph\">%t</p>\n"
	     "<p class=\"op-link\" dir=\"ltr\">%s/s/%s</p>\n",
	     TEXT_PUBLIC_YOUR_LINK, TEXT_PUBLIC_KEEP_LINK, req_public_url(req), req->params[0]);
}

static void change_form(struct request *req, const struct signup *signup)
{
	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n", TEXT_PUBLIC_CHANGE);
	form_summary(req, &req->form);
	form_open(req, receipt_link(req, ""), NULL);
	field_input(req, &req->form, "name", TEXT_PUBLIC_NAME, NULL, signup->name);
	field_input(req, &req->form, "contact", TEXT_PUBLIC_CONTACT_NEW,
		    lang_format(req->arena, req->lang, TEXT_PUBLIC_CONTACT_NOW, ARG_S(masked(req, signup->contact))),
		    NULL);
	form_button(req, TEXT_PUBLIC_SAVE, NULL, NULL, false);
	form_close(req);
	html(&req->page, "<p>");
	page_button(req, receipt_link(req, "/withdraw"), TEXT_PUBLIC_WITHDRAW, false);
	html(&req->page, "</p>\n");
}

/* ---- pages -------------------------------------------------------------- */

static enum err show_withdrawn(struct request *req, const struct public_item *item)
{
	open_page(req, item, TEXT_PUBLIC_WITHDRAWN);
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_PUBLIC_WITHDRAWN_WORDS);
	item_heading(req, item);
	if (item->state != PUBLIC_REMOVED)
		public_facts(req, item);
	enum err err = public_others(req, item);
	page_close(req);
	return err;
}

static enum err show_receipt(struct request *req, const struct signup *signup, const struct public_item *item)
{
	bool open_ended;
	int64_t until;

	if (signup->state == SIGNUP_WITHDRAWN)
		return show_withdrawn(req, item);
	enum err err = public_delete_after(req, item, &until, &open_ended);
	if (err)
		return err;
	open_page(req, item, can_take_part(item) ? TEXT_PUBLIC_RECEIPT : TEXT_PUBLIC_YOUR_SIGNUP);
	say_state(req, item);
	ask_again(req, signup, open_ended);
	item_heading(req, item);
	own_facts(req, item);
	if (can_take_part(item) || item->state == PUBLIC_CANCELLED)
		what_next(req, signup, item);
	own_link(req);
	change_form(req, signup);
	page_close(req);
	return OK;
}

enum err page_receipt(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = receipt_find(req, &signup, &item);

	if (!err)
		err = form_empty(req->arena, req->lang, fields_receipt, &req->form);
	return err ? err : show_receipt(req, &signup, &item);
}

enum err post_receipt(struct request *req)
{
	struct signup signup;
	struct public_item item;
	const char *contact = form_text(&req->form, "contact");
	enum err err = receipt_find(req, &signup, &item);

	if (err)
		return err;
	if (signup.state == SIGNUP_WITHDRAWN) {
		reply_see_other(req, receipt_link(req, ""));
		return OK;
	}
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_receipt(req, &signup, &item);
	}
	err = store_signup_change(req->db, req->now, req->params[0], form_text(&req->form, "name"),
				  contact ? contact : signup.contact);
	if (!err)
		reply_done(req, receipt_link(req, ""), "saved");
	return err;
}

enum err page_withdraw(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = receipt_find(req, &signup, &item);

	if (err)
		return err;
	if (signup.state == SIGNUP_WITHDRAWN) {
		reply_see_other(req, receipt_link(req, ""));
		return OK;
	}
	open_page(req, &item, TEXT_PUBLIC_WITHDRAW_ASK);
	item_heading(req, &item);
	own_facts(req, &item);
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_PUBLIC_WITHDRAW_WORDS);
	form_open(req, receipt_link(req, "/withdraw"), NULL);
	form_button(req, TEXT_PUBLIC_WITHDRAW_YES, NULL, NULL, true);
	form_close(req);
	html(&req->page, "<p>");
	page_button(req, receipt_link(req, ""), TEXT_PUBLIC_WITHDRAW_NO, false);
	html(&req->page, "</p>\n");
	page_close(req);
	return OK;
}

enum err post_withdraw(struct request *req)
{
	enum err err = store_signup_withdraw(req->db, req->now, req->params[0]);

	if (err)
		return err;
	jobs_hurry(req->central->jobs, job_scrub);
	reply_see_other(req, receipt_link(req, ""));
	return OK;
}

enum err post_stay(struct request *req)
{
	enum err err = store_signup_stays(req->db, req->now, req->params[0], req->now + RETENTION_ASK);

	if (!err)
		reply_done(req, receipt_link(req, ""), "saved");
	return err;
}
