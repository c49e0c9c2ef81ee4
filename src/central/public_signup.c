/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the code on the wall to a place: what it is, a name, one way to be
 * reached, consent in words. Works on an old phone with no JavaScript. */
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/routes.h"

/* CONSENT_VERSION grows when the words of consent (public.consent_words…) change in substance; it is kept with each
 * sign-up. */
enum { CONSENT_VERSION = 1, NAME_MAX_CHARS = 80, CHOICES_MAX = 8, LOOK_AHEAD_DAYS = 120 };

const struct fields fields_signup =
	FIELDS({ .name = "name",
		 .type = FIELD_LINE,
		 .required = true,
		 .max = NAME_MAX_CHARS,
		 .autocomplete = "name",
		 .label = TEXT_PUBLIC_NAME },
	       { .name = "contact",
		 .type = FIELD_CONTACT,
		 .required = true,
		 .autocomplete = "tel",
		 .label = TEXT_PUBLIC_CONTACT_WAY },
	       { .name = "consent", .type = FIELD_CHECK, .required = true, .label = TEXT_PUBLIC_CONSENT },
	       { .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_PUBLIC_FORM }, );

static void signup_form(struct request *req, const struct public_item *item, bool open_ended)
{
	char made[ID_SIZE];
	const char *token = form_text(&req->form, "token");
	const char *centre = public_centre_name(req, item).s;

	if (!token) {
		id_new(made);
		token = made;
	}
	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"md\" id=\"signup\">%t</h2>\n", TEXT_PUBLIC_SIGN_UP);
	form_open(req, req_link(req, public_path(req, item)), token);
	field_input(req, &req->form, "name", TEXT_PUBLIC_NAME, req_text(req, TEXT_PUBLIC_NAME_HELP), NULL);
	field_input(req, &req->form, "contact", TEXT_PUBLIC_CONTACT_WAY, req_text(req, TEXT_PUBLIC_CONTACT_HELP), NULL);
	html(&req->page, "<p class=\"ds-paragraph op-consent\">%s</p>\n",
	     lang_format(req->arena, req->lang, open_ended ? TEXT_PUBLIC_CONSENT_WORDS_OPEN : TEXT_PUBLIC_CONSENT_WORDS,
			 ARG_S(centre)));
	field_check(req, &req->form, "consent", TEXT_PUBLIC_CONSENT, NULL, false);
	form_submit(req, TEXT_PUBLIC_SEND);
	form_close(req);
}

/* ---- which day ---------------------------------------------------------- */

static bool can_be_chosen(const struct request *req, const struct public_item *item, const struct occurrence *o)
{
	char original[CIVIL_SIZE];

	civil_print(o->original, original);
	if (item->original && strcmp(item->original, original) == 0)
		return false;
	return o->end_utc > req->now && (o->status == OCCURRENCE_SCHEDULED || o->status == OCCURRENCE_MOVED);
}

static enum err choice(struct request *req, const struct public_item *item, const struct occurrence *o)
{
	struct public_item one = *item;
	char original[CIVIL_SIZE];

	civil_print(o->original, original);
	one.original = original;
	const char *words = public_occurrence_words(req, o);
	char *upper = words ? lang_capitalise(req->arena, req->lang, words) : NULL;
	if (!upper)
		return ERR_MEMORY;
	html(&req->page, "<li><a class=\"ds-button\" data-variant=\"secondary\" href=\"%u\">%s</a></li>\n",
	     req_link(req, public_path(req, &one)), upper);
	return OK;
}

/* The next times of an activity whose link names none, or another than the one that one cannot join. */
static enum err choices(struct request *req, const struct public_item *item)
{
	struct civil today;
	struct occurrences all = { 0 };
	size_t shown = 0;
	bool cancelled = item->activity->status == STATUS_CANCELLED;
	enum err err = req_today(req, item->centre->zone, &today);

	if (!err && !cancelled)
		err = occur_activity(item->activity, item->centre->zone, today, civil_add_days(today, LOOK_AHEAD_DAYS),
				     req->arena, &all);
	for (size_t i = 0; i < all.n && shown < CHOICES_MAX && !err; i++) {
		if (!can_be_chosen(req, item, &all.v[i]))
			continue;
		if (shown++ == 0)
			html(&req->page,
			     "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n<ul class=\"op-choices\">\n",
			     (int)(item->original ? TEXT_PUBLIC_OTHER_DAYS : TEXT_PUBLIC_WHICH));
		err = choice(req, item, &all.v[i]);
	}
	if (shown)
		html(&req->page, "</ul>\n");
	else if (!err && !item->original)
		page_alert(req, TONE_INFO, req_text(req, cancelled ? TEXT_PUBLIC_CANCELLED : TEXT_PUBLIC_NO_MORE));
	return err;
}

/* ---- the page ----------------------------------------------------------- */

/* What stands below the words about it: the form, other days, or other needs. */
static enum err what_now(struct request *req, const struct public_item *item, bool any_day, bool open_ended)
{
	enum err err = OK;

	if (any_day)
		err = choices(req, item);
	if (item->state != PUBLIC_REMOVED && item->state != PUBLIC_UNPLANNED)
		public_facts(req, item);
	if (err || any_day || item->state == PUBLIC_NO_SIGNUP)
		return err;
	if (item->state == PUBLIC_OPEN) {
		signup_form(req, item, open_ended);
		return OK;
	}
	if (item->activity)
		err = choices(req, item);
	return err ? err : public_others(req, item);
}

/* ALERT stands above everything; NULL: none. */
static enum err show_item(struct request *req, const struct public_item *item, const char *alert)
{
	bool open_ended = false, any_day = item->activity && !item->original;
	int64_t until;
	enum err err = item->state == PUBLIC_OPEN ? public_delete_after(req, item, &until, &open_ended) : OK;

	if (err)
		return err;
	page_open_words(req, public_centre_name(req, item), public_name(req, item));
	if (alert)
		page_alert(req, TONE_WARNING, alert);
	/* On a small screen the form stands below the edge: what is wrong with it is said at the top. */
	form_summary(req, &req->form);
	if (!any_day)
		public_say_state(req, item);
	public_about(req, item);
	err = what_now(req, item, any_day, open_ended);
	page_close(req);
	return err;
}

static enum err find(struct request *req, struct public_item *item)
{
	enum err err = public_by_code(req, req->params[0], req->params[1], item);

	/* a need's code under /a/, or the other way round, is no such thing */
	if (!err && (item->ref.kind == ITEM_NEED) != (req->path[1] == 'n' || req->path[1] == 'N'))
		return ERR_NOT_FOUND;
	return err;
}

static bool is_gone(const struct public_item *item)
{
	return item->state == PUBLIC_PAST || item->state == PUBLIC_UNPLANNED || item->state == PUBLIC_REMOVED;
}

enum err page_item(struct request *req)
{
	struct public_item item;
	enum err err = find(req, &item);

	if (!err)
		err = form_empty(req->arena, req->lang, fields_signup, &req->form);
	if (err)
		return err;
	if (is_gone(&item))
		reply_status(req, 410);
	return show_item(req, &item, NULL);
}

/* Full, cancelled or over since the page was shown. */
static enum err show_too_late(struct request *req, const struct public_item *item)
{
	req->form.wrong = false; /* there is no form any more to be filled in rightly */
	reply_status(req, is_gone(item) ? 410 : 409);
	return show_item(req, item, NULL);
}

static enum err sign_up(struct request *req, const struct public_item *item, char *secret)
{
	bool first;
	struct signup_order order = {
		.item = item->ref,
		.original = item->original,
		.name = form_text(&req->form, "name"),
		.contact = form_text(&req->form, "contact"),
		.lang = lang_code(req->lang),
		.consent_version = CONSENT_VERSION,
		.form_token = form_text(&req->form, "token"),
	};
	int64_t wait_s = 0;
	enum err err = public_delete_after(req, item, &order.delete_after, NULL);

	order.address = req->address;
	order.wait_s = &wait_s;
	if (!err)
		err = store_signup_add(req->db, req->now, &order, secret, &first);
	req->reply.retry_after_s = (int)wait_s;
	return err;
}

/* What was typed stands in the form, and its token is the same: sent again it is one sign-up. */
static enum err show_slow(struct request *req, const struct public_item *item)
{
	enum { MINUTE = 60 };
	int64_t minutes = (req->reply.retry_after_s + MINUTE - 1) / MINUTE;

	reply_status(req, 429);
	return show_item(req, item, lang_format(req->arena, req->lang, TEXT_PUBLIC_SIGNUP_SLOW, ARG_N(minutes)));
}

enum err post_item(struct request *req)
{
	struct public_item item;
	char secret[ID_SIZE];
	enum err err = find(req, &item);

	if (err)
		return err;
	/* Full is for the store to say: a second press of the one who took the last place gets its receipt. */
	if (item.state != PUBLIC_OPEN && item.state != PUBLIC_FULL)
		return show_too_late(req, &item);
	if (req->form.wrong && item.state == PUBLIC_FULL)
		return show_too_late(req, &item);
	if (!form_has(&req->form, "consent"))
		form_fault(&req->form, "consent", TEXT_PUBLIC_CONSENT_MISSING);
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_item(req, &item, NULL);
	}
	err = sign_up(req, &item, secret);
	if (err == ERR_LIMIT)
		return show_slow(req, &item);
	if (err == ERR_CONFLICT || err == ERR_NOT_FOUND) {
		err = find(req, &item);
		return err ? err : show_too_late(req, &item);
	}
	if (!err)
		reply_see_other(req, req_link(req, req_printf(req, "/s/%s", secret)));
	return err;
}
