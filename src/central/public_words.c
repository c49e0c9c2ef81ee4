/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An item in words, for visitors. */
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/retention.h"

enum { OTHERS_MAX = 5 };

const char *public_name(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return req_pick(req, item->need->name);
	if (!item->activity)
		return req_text(req, TEXT_PUBLIC_REMOVED_TITLE);
	const struct override *override = item->occurrence.override;
	return req_pick(req, override && override->name.n ? override->name : item->activity->name);
}

const char *public_centre_name(const struct request *req, const struct public_item *item)
{
	return req_pick(req, item->centre->name);
}

/* "11.00–12.30" on one line: a word joiner (U+2060) on each side of the dash. */
static const char *unbroken(const struct request *req, const char *times)
{
	static const char dash[] = "\xe2\x80\x93";
	const char *at = times ? strstr(times, dash) : NULL;

	return at ? arena_printf(req->arena, "%.*s\xe2\x81\xa0%s\xe2\x81\xa0%s", (int)(at - times), times, dash,
				 at + strlen(dash))
		  : times;
}

const char *public_occurrence_words(const struct request *req, const struct occurrence *o)
{
	struct civil last = civil_add_days(o->end, o->end.date_only ? -1 : 0);
	const char *day = lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, o->start);

	if (o->end.year == 0 && !o->start.date_only) /* PUBLIC_UNPLANNED */
		return lang_date(req->arena, req->lang, DATE_WEEKDAY_TIME, o->start);
	if (!day || (o->start.date_only && civil_compare(last, o->start) <= 0))
		return day;
	if (o->start.date_only)
		return lang_format(req->arena, req->lang, TEXT_PUBLIC_DAY_TO_DAY, ARG_S(day),
				   ARG_S(lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, last)));
	const char *times = unbroken(req, lang_time_range(req->arena, req->lang, o->start, o->end));
	return times ? lang_format(req->arena, req->lang, TEXT_PUBLIC_DAY_TIMES, ARG_S(day), ARG_S(times)) : NULL;
}

const char *public_when(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return req_pick(req, item->need->when);
	return item->original ? public_occurrence_words(req, &item->occurrence) : NULL;
}

static struct texts place_of(const struct public_item *item)
{
	if (!item->activity)
		return (struct texts){ 0 };
	const struct override *override = item->occurrence.override;
	return override && override->place.n ? override->place : item->activity->place;
}

const char *public_place(const struct request *req, const struct public_item *item)
{
	return req_pick(req, place_of(item));
}

/* Words that people wrote, in the page's language or, marked so that they are read aloud rightly, in another. */
static void own_words(struct request *req, struct texts texts)
{
	const char *words = req_pick(req, texts);

	for (size_t i = 0; i < texts.n; i++)
		if (texts.v[i].s == words && strcmp(texts.v[i].lang, lang_code(req->lang)) != 0) {
			html(&req->page, "<span lang=\"%s\">%s</span>", texts.v[i].lang, words);
			return;
		}
	html(&req->page, "%s", words);
}

void public_paragraph(struct request *req, struct texts texts)
{
	if (texts.n == 0)
		return;
	html(&req->page, "<p class=\"ds-paragraph op-about\">");
	own_words(req, texts);
	html(&req->page, "</p>\n");
}

void public_about(struct request *req, const struct public_item *item)
{
	if (item->need)
		public_paragraph(req, item->need->description);
	else if (item->activity)
		public_paragraph(req, item->activity->description);
}

/* ---- facts -------------------------------------------------------------- */

static void fact(struct request *req, enum text_id what, const char *words)
{
	if (words)
		html(&req->page, "<div><dt>%t</dt><dd>%s</dd></div>\n", what, words);
}

static void fact_own(struct request *req, enum text_id what, struct texts texts)
{
	if (texts.n == 0)
		return;
	html(&req->page, "<div><dt>%t</dt><dd>", what);
	own_words(req, texts);
	html(&req->page, "</dd></div>\n");
}

/* A telephone link takes digits and a plus (RFC 3966). */
static const char *telephone_url(struct request *req, const char *phone)
{
	char *url = req_printf(req, "tel:%s", phone), *to = url ? url + 4 : NULL;

	for (const char *c = phone; to && *c; c++)
		if ((*c >= '0' && *c <= '9') || *c == '+')
			*to++ = *c;
	if (to)
		*to = '\0';
	return url;
}

static void telephone(struct request *req, const char *phone)
{
	html(&req->page, "<br>%t <a class=\"ds-link op-phone\" href=\"%u\">%s</a>", TEXT_PUBLIC_PHONE,
	     telephone_url(req, phone), phone);
}

static void fact_contact(struct request *req, const struct public_item *item)
{
	const char *id = item->need ? item->need->contact : item->activity ? item->activity->contact : NULL;
	const struct contact *contact = centre_contact(item->centre, id);
	const char *phone = contact && contact->phone ? contact->phone : item->centre->phone;

	if (!contact && !phone)
		return;
	html(&req->page, "<div><dt>%t</dt><dd>%s", TEXT_PUBLIC_CONTACT,
	     contact ? contact->name : public_centre_name(req, item));
	if (contact && contact->role.n) {
		html(&req->page, "<br>");
		own_words(req, contact->role);
	}
	if (phone)
		telephone(req, phone);
	html(&req->page, "</dd></div>\n");
}

static void fact_certificate(struct request *req, const struct need *need)
{
	if (need->certificate == CERTIFICATE_NONE) {
		fact(req, TEXT_PUBLIC_CERTIFICATE, req_text(req, TEXT_PUBLIC_CERTIFICATE_NONE));
		return;
	}
	html(&req->page, "<div><dt>%t</dt><dd>%t ", TEXT_PUBLIC_CERTIFICATE, TEXT_PUBLIC_CERTIFICATE_REQUIRED);
	own_words(req, need->legal_basis);
	html(&req->page, "</dd></div>\n");
}

static void facts_need(struct request *req, const struct public_item *item)
{
	const struct need *need = item->need;
	const struct contact *meets = centre_contact(item->centre, need->meets);
	const struct organisation *by = centre_organisation(item->centre, need->organisation);

	fact(req, TEXT_PUBLIC_MEETS, meets ? meets->name : NULL);
	fact_own(req, TEXT_PUBLIC_BRING, need->bring);
	fact_certificate(req, need);
	if (need->first_timer)
		fact(req, TEXT_PUBLIC_NEW_HERE, req_text(req, TEXT_PUBLIC_FIRST_TIMER));
	if (by)
		fact_own(req, TEXT_PUBLIC_ORGANISATION, by->name);
}

void public_facts(struct request *req, const struct public_item *item)
{
	html(&req->page, "<dl class=\"op-facts\">\n");
	if (item->need)
		fact_own(req, TEXT_PUBLIC_WHEN, item->need->when);
	else if (item->original)
		fact(req, TEXT_PUBLIC_WHEN, lang_capitalise(req->arena, req->lang, public_when(req, item)));
	/* A need is at the centre unless its own words say more. */
	if (place_of(item).n)
		fact_own(req, TEXT_PUBLIC_WHERE, place_of(item));
	else
		fact(req, TEXT_PUBLIC_WHERE, public_centre_name(req, item));
	fact_own(req, TEXT_PUBLIC_ADDRESS, item->centre->address);
	if (item->need)
		facts_need(req, item);
	bool counted = item->limited && item->state <= PUBLIC_FULL && (item->need || item->original);
	if (counted)
		fact(req, TEXT_PUBLIC_SEATS,
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_SEATS_LEFT,
				 ARG_N(item->seats > item->taken ? item->seats - item->taken : 0)));
	fact_contact(req, item);
	html(&req->page, "</dl>\n");
}

/* ---- how it stands ------------------------------------------------------ */

static void say_moved(struct request *req, struct civil before)
{
	const char *words =
		lang_date(req->arena, req->lang, before.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME, before);

	if (words)
		page_alert(req, TONE_WARNING, lang_format(req->arena, req->lang, TEXT_PUBLIC_MOVED, ARG_S(words)));
}

void public_say_state(struct request *req, const struct public_item *item)
{
	static const struct {
		enum tone tone;
		enum text_id words;
	} says[] = {
		[PUBLIC_FULL] = { TONE_WARNING, TEXT_PUBLIC_FULL },
		[PUBLIC_CANCELLED] = { TONE_DANGER, TEXT_PUBLIC_CANCELLED },
		[PUBLIC_PAST] = { TONE_INFO, TEXT_PUBLIC_PAST },
		[PUBLIC_NO_SIGNUP] = { TONE_INFO, TEXT_PUBLIC_NO_SIGNUP },
		[PUBLIC_UNPLANNED] = { TONE_WARNING, TEXT_PUBLIC_UNPLANNED },
		[PUBLIC_REMOVED] = { TONE_INFO, TEXT_PUBLIC_REMOVED },
	};

	if (item->state != PUBLIC_OPEN)
		page_alert(req, says[item->state].tone, req_text(req, says[item->state].words));
	if (!item->original || item->state == PUBLIC_UNPLANNED)
		return;
	if (item->occurrence.status == OCCURRENCE_MOVED)
		say_moved(req, item->occurrence.moved_to);
	if (item->occurrence.override)
		public_paragraph(req, item->occurrence.override->reason);
}

static bool is_over(const struct request *req, const struct centre *centre, const struct need *need)
{
	bool open_ended;
	int64_t end;
	enum err err = retention_need_end(need, centre->zone, req->now, req->arena, &open_ended, &end);

	return err || (!open_ended && end <= req->now);
}

enum err public_others(struct request *req, const struct public_item *item)
{
	struct centre *others;
	enum err err = store_public_needs(req->db, req->arena, item->ref.centre, &others);
	size_t shown = 0;

	for (size_t i = 0; !err && i < others->n_needs && shown < OTHERS_MAX; i++) {
		const struct need *need = &others->needs[i];
		if (is_over(req, others, need) || (item->need && strcmp(need->id, item->need->id) == 0))
			continue;
		if (shown++ == 0)
			html(&req->page,
			     "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n<ul class=\"op-others\">\n",
			     TEXT_PUBLIC_OTHERS);
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">",
		     public_link(req, req_printf(req, "/n/%s", need->code)));
		own_words(req, need->name);
		html(&req->page, "</a> <span class=\"op-when\">");
		own_words(req, need->when);
		html(&req->page, "</span></li>\n");
	}
	if (shown)
		html(&req->page, "</ul>\n");
	return err;
}
