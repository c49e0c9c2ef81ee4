/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret link of a sign-up: what was agreed, a calendar file, and the way
 * to change or withdraw. Whoever has the link has the sign-up: it stands in no log, in no
 * referrer and in no search engine. */
#include <string.h>

#include "base/limits.h"
#include "central/ics_out.h"
#include "central/layout.h"
#include "central/public_item.h"
#include "central/routes.h"

enum { CALENDAR_MAX = 64 * 1024 };

const struct fields fields_receipt =
	FIELDS({ "name", FIELD_LINE, .required = true, .max = 80, .label = TEXT_PUBLIC_NAME },
	       { "contact", FIELD_CONTACT, .required = true, .label = TEXT_PUBLIC_CONTACT_WAY });

static enum err find(struct request *req, struct signup *signup, struct public_item *item)
{
	enum err err = store_signup_by_secret(req->db, req->arena, req->params[0], signup);

	return err ? err : public_by_ref(req, &signup->item, signup->original, item);
}

static const char *link_to(struct request *req, const char *what)
{
	return req_printf(req, "/s/%s%s", req->params[0], what);
}

static void say_answer(struct request *req, const struct public_item *item)
{
	if (item->need && item->need->has_answer_days)
		html(&req->page, "<p>%s</p>",
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_ANSWER, ARG_N(item->need->answer_days)));
}

static void ways_on(struct request *req, const struct signup *signup, const struct public_item *item)
{
	if (item->activity)
		html(&req->page, "<p><a class=\"ds-button\" data-variant=\"secondary\" href=\"%u\">%t</a></p>",
		     link_to(req, "/calendar.ics"), TEXT_PUBLIC_CALENDAR);
	html(&req->page, "<p class=\"op-note\">%t</p>", TEXT_PUBLIC_KEEP_LINK);
	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>", TEXT_PUBLIC_CHANGE);
	form_summary(req, &req->form);
	form_open(req, link_to(req, ""), NULL);
	field_input(req, &req->form, "name", TEXT_PUBLIC_NAME, NULL, signup->name);
	field_input(req, &req->form, "contact", TEXT_PUBLIC_CONTACT_WAY, NULL, signup->contact);
	form_submit(req, TEXT_PUBLIC_SAVE);
	form_close(req);
	html(&req->page, "<p>");
	page_button(req, link_to(req, "/withdraw"), TEXT_PUBLIC_WITHDRAW, false);
	html(&req->page, "</p>");
}

static enum err show_receipt(struct request *req, const struct signup *signup, const struct public_item *item)
{
	bool withdrawn = signup->state == SIGNUP_WITHDRAWN;

	page_open_centre(req, FRAME_PUBLIC, item->ref.centre, public_centre_name(req, item),
			 req_text(req, withdrawn ? TEXT_PUBLIC_WITHDRAWN : TEXT_PUBLIC_RECEIPT));
	if (item->state == PUBLIC_CANCELLED)
		page_alert(req, TONE_DANGER, req_text(req, TEXT_PUBLIC_CANCELLED));
	html(&req->page, "<p class=\"op-what\"><strong>%s</strong></p>", public_name(req, item));
	public_facts(req, item);
	if (withdrawn) {
		html(&req->page, "<p>%t</p>", TEXT_PUBLIC_WITHDRAWN_WORDS);
	} else {
		say_answer(req, item);
		ways_on(req, signup, item);
	}
	page_close(req);
	return OK;
}

enum err page_receipt(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = find(req, &signup, &item);

	return err ? err : show_receipt(req, &signup, &item);
}

enum err post_receipt(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = find(req, &signup, &item);

	if (err)
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_receipt(req, &signup, &item);
	}
	err = store_signup_change(req->db, req->now, req->params[0], form_text(&req->form, "name"),
				  form_text(&req->form, "contact"));
	if (!err)
		reply_done(req, link_to(req, ""), "saved");
	return err;
}

enum err page_withdraw(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = find(req, &signup, &item);

	if (err)
		return err;
	if (signup.state == SIGNUP_WITHDRAWN) {
		reply_see_other(req, link_to(req, ""));
		return OK;
	}
	page_open_centre(req, FRAME_PUBLIC, item.ref.centre, public_centre_name(req, &item),
			 req_text(req, TEXT_PUBLIC_WITHDRAW_ASK));
	html(&req->page, "<p><strong>%s</strong></p>", public_name(req, &item));
	public_facts(req, &item);
	html(&req->page, "<p>%t</p>", TEXT_PUBLIC_WITHDRAW_WORDS);
	form_open(req, link_to(req, "/withdraw"), NULL);
	form_button(req, TEXT_PUBLIC_WITHDRAW_YES, NULL, NULL, true);
	form_close(req);
	html(&req->page, "<p>");
	page_button(req, link_to(req, ""), TEXT_PUBLIC_WITHDRAW_NO, false);
	html(&req->page, "</p>");
	page_close(req);
	return OK;
}

enum err post_withdraw(struct request *req)
{
	enum err err = store_signup_withdraw(req->db, req->now, req->params[0]);

	if (!err)
		reply_see_other(req, link_to(req, ""));
	return err;
}

enum err page_calendar_file(struct request *req)
{
	struct signup signup;
	struct public_item item;
	struct buf out;
	enum err err = find(req, &signup, &item);

	if (err || !item.activity)
		return err ? err : ERR_NOT_FOUND;
	const struct occurrence *o = &item.occurrence;
	struct ics_event event = {
		.uid = req_printf(req, "%s-%s@oppslag", item.ref.code, item.original),
		.changed_at = req->now,
		.sequence = req->now,
		.all_day = o->start.date_only,
		.from = o->start,
		.to = o->end,
		.start_utc = o->start_utc,
		.end_utc = o->end_utc,
		.summary = public_name(req, &item),
		.location = public_place(req, &item),
		.description = public_centre_name(req, &item),
		.url = req_printf(req, "%s%s", req_public_url(req), link_to(req, "")),
		.cancelled = item.state == PUBLIC_CANCELLED || signup.state == SIGNUP_WITHDRAWN,
	};
	buf_init(&out, CALENDAR_MAX);
	ics_event_write(&out, &event);
	char *bytes = buf_ok(&out) ? arena_copy(req->arena, buf_text(&out), out.len) : NULL;
	if (bytes)
		reply_bytes(req, "text/calendar; charset=utf-8", "oppslag.ics", bytes, out.len);
	buf_free(&out);
	return bytes ? OK : ERR_MEMORY;
}
