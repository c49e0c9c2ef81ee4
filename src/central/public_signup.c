/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the code on the wall to a place: what it is, a name, one way to be
 * reached, consent in words. Works on an old phone with no JavaScript. */
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/routes.h"

/* Grows when the words of consent change in substance; kept with each sign-up. */
enum { CONSENT_VERSION = 1, NAME_MAX_CHARS = 80, CHOICES_MAX = 8, LOOK_AHEAD_DAYS = 120 };

const struct fields fields_signup =
	FIELDS({ "name", FIELD_LINE, .required = true, .max = NAME_MAX_CHARS, .label = TEXT_PUBLIC_NAME },
	       { "contact", FIELD_CONTACT, .required = true, .label = TEXT_PUBLIC_CONTACT_WAY },
	       { "consent", FIELD_CHECK, .required = true, .label = TEXT_PUBLIC_CONSENT },
	       { "token", FIELD_TOKEN, .required = true, .label = TEXT_PUBLIC_NAME });

static void signup_form(struct request *req, const struct public_item *item)
{
	char made[ID_SIZE];
	const char *token = form_text(&req->form, "token");
	const char *centre = public_centre_name(req, item);

	if (!token) {
		id_new(made);
		token = made;
	}
	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>", TEXT_PUBLIC_SIGN_UP);
	form_summary(req, &req->form);
	form_open(req, public_path(req, item), token);
	field_input(req, &req->form, "name", TEXT_PUBLIC_NAME, NULL, NULL);
	field_input(req, &req->form, "contact", TEXT_PUBLIC_CONTACT_WAY, req_text(req, TEXT_PUBLIC_CONTACT_HELP), NULL);
	html(&req->page, "<p class=\"op-consent\">%s</p>",
	     lang_format(req->arena, req->lang, TEXT_PUBLIC_CONSENT_WORDS, ARG_S(centre)));
	field_check(req, &req->form, "consent", TEXT_PUBLIC_CONSENT, NULL, false);
	form_submit(req, TEXT_PUBLIC_SEND);
	form_close(req);
}

static void say_state(struct request *req, const struct public_item *item)
{
	static const struct {
		enum tone tone;
		enum text_id words;
	} says[] = {
		[PUBLIC_OPEN] = { TONE_INFO, TEXT_PUBLIC_SIGN_UP },
		[PUBLIC_FULL] = { TONE_WARNING, TEXT_PUBLIC_FULL },
		[PUBLIC_CANCELLED] = { TONE_DANGER, TEXT_PUBLIC_CANCELLED },
		[PUBLIC_PAST] = { TONE_INFO, TEXT_PUBLIC_PAST },
		[PUBLIC_NO_SIGNUP] = { TONE_INFO, TEXT_PUBLIC_NO_SIGNUP },
	};

	if (item->state != PUBLIC_OPEN)
		page_alert(req, says[item->state].tone, req_text(req, says[item->state].words));
	if (item->original && item->occurrence.status == OCCURRENCE_MOVED) {
		struct occurrence before = item->occurrence;
		before.start = before.end = item->occurrence.moved_to;
		page_alert(
			req, TONE_WARNING,
			lang_format(req->arena, req->lang, TEXT_PUBLIC_MOVED,
				    ARG_S(lang_date(req->arena, req->lang,
						    before.start.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME,
						    before.start))));
	}
	const struct override *override = item->original ? item->occurrence.override : NULL;
	if (override && override->reason.n)
		html(&req->page, "<p>%s</p>", req_pick(req, override->reason));
}

static enum err show_item(struct request *req, const struct public_item *item)
{
	enum err err = OK;
	const char *about = req_pick(req, item->need ? item->need->description : item->activity->description);

	page_open_centre(req, FRAME_PUBLIC, item->ref.centre, public_centre_name(req, item), public_name(req, item));
	say_state(req, item);
	if (about)
		html(&req->page, "<p class=\"ds-paragraph op-about\">%s</p>", about);
	public_facts(req, item);
	if (item->state == PUBLIC_OPEN)
		signup_form(req, item);
	else if (item->state != PUBLIC_NO_SIGNUP)
		err = public_others(req, item);
	page_close(req);
	return err;
}

/* The next times of an activity whose link names none. */
static enum err show_choices(struct request *req, const struct public_item *item)
{
	struct civil today;
	struct occurrences all;
	size_t shown = 0;
	enum err err = req_today(req, item->centre->zone, &today);

	if (!err)
		err = occur_activity(item->activity, item->centre->zone, today, civil_add_days(today, LOOK_AHEAD_DAYS),
				     req->arena, &all);
	if (err)
		return err;
	page_open_centre(req, FRAME_PUBLIC, item->ref.centre, public_centre_name(req, item), public_name(req, item));
	html(&req->page, "<p>%t</p><ul class=\"op-choices\">", TEXT_PUBLIC_WHICH);
	for (size_t i = 0; i < all.n && shown < CHOICES_MAX; i++) {
		struct public_item one = *item;
		char *original = arena_alloc(req->arena, CIVIL_SIZE);
		if (!original)
			return ERR_MEMORY;
		if (all.v[i].end_utc <= req->now || all.v[i].status == OCCURRENCE_MOVED_AWAY ||
		    all.v[i].status == OCCURRENCE_CANCELLED)
			continue;
		civil_print(all.v[i].original, original);
		one.original = original;
		html(&req->page, "<li><a class=\"ds-button\" data-variant=\"secondary\" href=\"%u\">%s</a></li>",
		     public_path(req, &one), public_occurrence_words(req, &all.v[i]));
		shown++;
	}
	html(&req->page, "</ul>");
	if (shown == 0)
		page_alert(req, TONE_INFO, req_text(req, TEXT_PUBLIC_NO_MORE));
	page_close(req);
	return OK;
}

static enum err find(struct request *req, struct public_item *item)
{
	enum err err = public_by_code(req, req->params[0], req->params[1], item);

	/* a need's code under /a/, or the other way round, is no such thing */
	if (!err && (item->need != NULL) != (req->path[1] == 'n' || req->path[1] == 'N'))
		return ERR_NOT_FOUND;
	return err;
}

enum err page_item(struct request *req)
{
	struct public_item item;
	enum err err = find(req, &item);

	if (err)
		return err;
	if (item.activity && !item.original)
		return show_choices(req, &item);
	if (item.state == PUBLIC_PAST)
		reply_status(req, 410);
	return show_item(req, &item);
}

enum err post_item(struct request *req)
{
	struct public_item item;
	char secret[ID_SIZE];
	bool first;
	enum err err = find(req, &item);

	if (err)
		return err;
	if (item.activity && !item.original)
		return show_choices(req, &item);
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_item(req, &item);
	}
	struct signup_order order = {
		.item = item.ref,
		.original = item.original,
		.name = form_text(&req->form, "name"),
		.contact = form_text(&req->form, "contact"),
		.lang = lang_code(req->lang),
		.consent_version = CONSENT_VERSION,
		.delete_after = public_delete_after(req, &item),
		.form_token = form_text(&req->form, "token"),
	};
	err = item.state == PUBLIC_PAST ? ERR_CONFLICT : store_signup_add(req->db, req->now, &order, secret, &first);
	if (err == ERR_CONFLICT || err == ERR_NOT_FOUND) {
		/* full, cancelled or over since the page was shown */
		reply_status(req, 409);
		err = find(req, &item);
		return err ? err : show_item(req, &item);
	}
	if (!err)
		reply_see_other(req, req_printf(req, "/s/%s", secret));
	return err;
}
