/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An item in words, for visitors. */
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/retention.h"

enum { OTHERS_MAX = 5 };

struct text public_name(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return req_pick_text(req, item->need->name);
	if (!item->activity)
		return (struct text){ .s = req_text(req, TEXT_PUBLIC_REMOVED_TITLE) };
	const struct override *override = item->occurrence.override;
	return req_pick_text(req, override && override->name.n ? override->name : item->activity->name);
}

struct text public_centre_name(const struct request *req, const struct public_item *item)
{
	return req_pick_text(req, item->centre->name);
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

/* Words that people wrote, and in which language they are when it is not the page's. */
static void own_words(struct request *req, struct texts texts)
{
	struct text text = req_pick_text(req, texts);

	page_words(req, text);
	page_said_in(req, text.lang);
}

void public_paragraph(struct request *req, struct texts texts)
{
	struct text text = req_pick_text(req, texts);

	if (!text.s)
		return;
	html(&req->page, "<p class=\"ds-paragraph op-about\">");
	page_words(req, text);
	html(&req->page, "</p>\n");
	page_said_in(req, text.lang);
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

/* A name or an address: the same in all languages, but read aloud in its own. */
static void fact_name(struct request *req, enum text_id what, struct texts texts)
{
	if (texts.n == 0)
		return;
	html(&req->page, "<div><dt>%t</dt><dd>", what);
	page_words(req, req_pick_text(req, texts));
	html(&req->page, "</dd></div>\n");
}

/* A person's name goes its own way between words of another script. */
static void fact_person(struct request *req, enum text_id what, const struct contact *person)
{
	if (person)
		html(&req->page, "<div><dt>%t</dt><dd><bdi>%s</bdi></dd></div>\n", what, person->name);
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
	html(&req->page, "<br>%t <a class=\"ds-link op-phone\" href=\"%u\" dir=\"ltr\">%s</a>", TEXT_PUBLIC_PHONE,
	     telephone_url(req, phone), phone);
}

static void fact_contact(struct request *req, const struct public_item *item)
{
	const char *id = item->need ? item->need->contact : item->activity ? item->activity->contact : NULL;
	const struct contact *contact = centre_contact(item->centre, id);
	const char *phone = contact && contact->phone ? contact->phone : item->centre->phone;

	if (!contact && !phone)
		return;
	html(&req->page, "<div><dt>%t</dt><dd><bdi>%s</bdi>", TEXT_PUBLIC_CONTACT,
	     contact ? contact->name : public_centre_name(req, item).s);
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

static void fact_languages(struct request *req, const struct need *need)
{
	if (need->n_languages_helpful == 0)
		return;
	html(&req->page, "<div><dt>%t</dt><dd>", TEXT_PUBLIC_LANGUAGES);
	for (size_t i = 0; i < need->n_languages_helpful; i++) {
		const char *code = need->languages_helpful[i];
		const struct lang *known = lang_match(code);
		html(&req->page, "%s<bdi>%s</bdi>", i ? " · " : "", known ? lang_name(known, req->lang) : code);
	}
	html(&req->page, "</dd></div>\n");
}

/* What its own words say of when, once more as a date: they may be in a language that the visitor does not read. */
static void fact_next_time(struct request *req, const struct public_item *item)
{
	struct occurrences all = { 0 };

	if (!item->need->has_start || item->state > PUBLIC_FULL || public_need_times(req, item, &all) != OK)
		return;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].end_utc > req->now) {
			const char *words = public_occurrence_words(req, &all.v[i]);
			fact(req, TEXT_PUBLIC_NEXT_TIME, words ? lang_capitalise(req->arena, req->lang, words) : NULL);
			return;
		}
}

static void facts_need(struct request *req, const struct public_item *item)
{
	const struct need *need = item->need;

	fact_person(req, TEXT_PUBLIC_MEETS, centre_contact(item->centre, need->meets));
	fact_own(req, TEXT_PUBLIC_BRING, need->bring);
	fact_languages(req, need);
	fact_certificate(req, need);
	if (need->first_timer)
		fact(req, TEXT_PUBLIC_NEW_HERE, req_text(req, TEXT_PUBLIC_FIRST_TIMER));
	if (need->has_answer_days && item->state == PUBLIC_OPEN)
		fact(req, TEXT_PUBLIC_REPLY,
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_ANSWER, ARG_N(need->answer_days)));
}

static void fact_when(struct request *req, const struct public_item *item)
{
	if (item->need) {
		fact_own(req, TEXT_PUBLIC_WHEN, item->need->when);
		fact_next_time(req, item);
	} else if (item->original) {
		const char *words = public_occurrence_words(req, &item->occurrence);
		fact(req, TEXT_PUBLIC_WHEN, words ? lang_capitalise(req->arena, req->lang, words) : NULL);
	}
}

static void fact_kind(struct request *req, const struct activity *activity)
{
#define X(name, s) [KIND_##name] = TEXT_SCREEN_KIND_##name,
	static const enum text_id kinds[] = { KINDS(X) };
#undef X

	if (activity->kind != KIND_OTHER)
		fact(req, TEXT_PUBLIC_KIND, req_text(req, kinds[activity->kind]));
}

void public_facts(struct request *req, const struct public_item *item)
{
	const char *by = item->need ? item->need->organisation : item->activity ? item->activity->organisation : NULL;
	const struct organisation *organisation = centre_organisation(item->centre, by);

	html(&req->page, "<dl class=\"op-facts\">\n");
	fact_when(req, item);
	/* A need is at the centre unless its own words say more. */
	if (place_of(item).n)
		fact_own(req, TEXT_PUBLIC_WHERE, place_of(item));
	else
		fact_name(req, TEXT_PUBLIC_WHERE, item->centre->name);
	fact_name(req, TEXT_PUBLIC_ADDRESS, item->centre->address);
	if (item->need)
		facts_need(req, item);
	else if (item->activity)
		fact_kind(req, item->activity);
	if (organisation)
		fact_name(req, TEXT_PUBLIC_ORGANISATION, organisation->name);
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
		     req_link(req, req_printf(req, "/n/%s", need->code)));
		page_words(req, req_pick_text(req, need->name));
		html(&req->page, "</a> <span class=\"op-when\">");
		page_words(req, req_pick_text(req, need->when));
		html(&req->page, "</span></li>\n");
	}
	if (shown)
		html(&req->page, "</ul>\n");
	return err;
}
