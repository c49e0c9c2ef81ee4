/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/public_item.h"

#include <ctype.h>
#include <string.h>

#include "core/zone.h"

enum { DAY = 24 * 3600, KEEP_DAYS = 30, ASK_DAYS = 365 };

/* "20261124T1100" or "20261124", as short links have it. */
static bool occurrence_parse(const char *s, struct civil *out)
{
	char iso[CIVIL_SIZE] = "0000-00-00T00:00";
	static const unsigned char digit_at[] = { 0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15 };
	size_t len = strlen(s);

	if (len != 8 && len != sizeof digit_at)
		return false;
	for (size_t i = 0; i < len; i++)
		iso[digit_at[i]] = i == 8 ? (char)toupper((unsigned char)s[i]) : s[i];
	if (len == 8)
		iso[10] = '\0';
	return civil_parse(iso, out);
}

static enum err around(struct request *req, const struct public_item *item, struct civil day, struct occurrences *out)
{
	return occur_activity(item->activity, item->centre->zone, civil_add_days(day, -2), civil_add_days(day, 3),
			      req->arena, out);
}

/* The occurrence named ORIGINAL, at the place where it stands now. */
static enum err find_occurrence(struct request *req, struct civil original, struct public_item *item)
{
	struct occurrences near;
	enum err err = around(req, item, original, &near);
	bool found = false;

	for (size_t pass = 0; pass < 2 && !err; pass++) {
		for (size_t i = 0; i < near.n; i++) {
			if (civil_compare(near.v[i].original, original) != 0)
				continue;
			if (!found || near.v[i].status != OCCURRENCE_MOVED_AWAY)
				item->occurrence = near.v[i];
			found = true;
		}
		if (!found)
			return ERR_NOT_FOUND;
		if (item->occurrence.status != OCCURRENCE_MOVED_AWAY)
			return OK;
		err = around(req, item, item->occurrence.moved_to, &near);
	}
	return err;
}

static enum public_state activity_state(const struct request *req, const struct public_item *item)
{
	if (item->activity->status == STATUS_CANCELLED || item->occurrence.status == OCCURRENCE_CANCELLED)
		return PUBLIC_CANCELLED;
	if (item->occurrence.end_utc <= req->now)
		return PUBLIC_PAST;
	if (!item->activity->signup)
		return PUBLIC_NO_SIGNUP;
	return item->limited && item->taken >= item->seats ? PUBLIC_FULL : PUBLIC_OPEN;
}

static enum err take_activity(struct request *req, const char *occurrence, struct public_item *item)
{
	struct civil original;
	char *printed = arena_alloc(req->arena, CIVIL_SIZE);

	item->activity = &item->centre->activities[0];
	item->limited = item->activity->has_seats;
	item->seats = item->activity->seats;
	if (!occurrence)
		return OK;
	if (!printed)
		return ERR_MEMORY;
	if (!occurrence_parse(occurrence, &original) && !civil_parse(occurrence, &original))
		return ERR_NOT_FOUND;
	civil_print(original, printed);
	item->original = printed;
	enum err err = find_occurrence(req, original, item);
	if (!err)
		err = store_taken(req->db, &item->ref, item->original, &item->taken);
	item->state = activity_state(req, item);
	return err;
}

static enum err take_need(struct request *req, struct public_item *item)
{
	struct civil today;
	enum err err = req_today(req, item->centre->zone, &today);

	item->need = &item->centre->needs[0];
	item->limited = true;
	item->seats = item->need->seats;
	item->taken = item->need->taken;
	if (!err && item->need->has_until && civil_day(item->need->until) < civil_day(today))
		item->state = PUBLIC_PAST;
	else
		item->state = item->taken >= item->seats ? PUBLIC_FULL : PUBLIC_OPEN;
	return err;
}

enum err public_by_ref(struct request *req, const struct item_ref *ref, const char *original, struct public_item *out)
{
	*out = (struct public_item){ .ref = *ref };
	enum err err = store_public_item(req->db, req->arena, ref, &out->centre);
	if (err)
		return err;
	return ref->kind == ITEM_ACTIVITY ? take_activity(req, original, out) : take_need(req, out);
}

enum err public_by_code(struct request *req, const char *code, const char *occurrence, struct public_item *out)
{
	struct item_ref ref;
	enum err err = store_by_code(req->db, req->arena, code, &ref);

	return err ? err : public_by_ref(req, &ref, occurrence, out);
}

/* ---- in words ----------------------------------------------------------- */

const char *public_name(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return req_pick(req, item->need->name);
	const struct override *override = item->original ? item->occurrence.override : NULL;
	return req_pick(req, override && override->name.n ? override->name : item->activity->name);
}

const char *public_centre_name(const struct request *req, const struct public_item *item)
{
	return req_pick(req, item->centre->name);
}

const char *public_occurrence_words(const struct request *req, const struct occurrence *o)
{
	const char *day = lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, o->start);

	if (o->start.date_only)
		return day;
	const char *times = lang_time_range(req->arena, req->lang, o->start, o->end);
	return day && times ? lang_format(req->arena, req->lang, TEXT_PUBLIC_DAY_TIMES, ARG_S(day), ARG_S(times))
			    : NULL;
}

const char *public_when(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return req_pick(req, item->need->when);
	return item->original ? public_occurrence_words(req, &item->occurrence) : NULL;
}

const char *public_place(const struct request *req, const struct public_item *item)
{
	if (item->need)
		return NULL;
	const struct override *override = item->original ? item->occurrence.override : NULL;
	return req_pick(req, override && override->place.n ? override->place : item->activity->place);
}

const char *public_path(struct request *req, const struct public_item *item)
{
	char link[CIVIL_SIZE];
	size_t n = 0;

	if (item->need)
		return req_printf(req, "/n/%s", item->ref.code);
	if (!item->original)
		return req_printf(req, "/a/%s", item->ref.code);
	for (const char *s = item->original; *s; s++)
		if (*s != '-' && *s != ':')
			link[n++] = *s;
	link[n] = '\0';
	return req_printf(req, "/a/%s/%s", item->ref.code, link);
}

static void fact(struct request *req, enum text_id what, const char *words)
{
	if (words)
		html(&req->page, "<dt>%t</dt><dd>%s</dd>", what, words);
}

static void fact_contact(struct request *req, const struct public_item *item)
{
	const char *id = item->need ? item->need->contact : item->activity->contact;
	const struct contact *contact = centre_contact(item->centre, id);

	if (!contact)
		return;
	html(&req->page, "<dt>%t</dt><dd>%s", TEXT_PUBLIC_CONTACT, contact->name);
	if (contact->phone)
		html(&req->page, "<br><a class=\"ds-link\" href=\"%u\">%s</a>",
		     req_printf(req, "tel:%s", contact->phone), contact->phone);
	html(&req->page, "</dd>");
}

static void facts_need(struct request *req, const struct public_item *item)
{
	const struct need *need = item->need;
	const struct contact *meets = centre_contact(item->centre, need->meets);
	const char *basis = req_pick(req, need->legal_basis);

	fact(req, TEXT_PUBLIC_MEETS, meets ? meets->name : NULL);
	fact(req, TEXT_PUBLIC_BRING, req_pick(req, need->bring));
	if (need->certificate == CERTIFICATE_NONE)
		fact(req, TEXT_PUBLIC_CERTIFICATE, req_text(req, TEXT_PUBLIC_CERTIFICATE_NONE));
	else
		fact(req, TEXT_PUBLIC_CERTIFICATE,
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_CERTIFICATE_REQUIRED, ARG_S(basis ? basis : "")));
	if (need->first_timer)
		fact(req, TEXT_PUBLIC_NEW_HERE, req_text(req, TEXT_PUBLIC_FIRST_TIMER));
}

void public_facts(struct request *req, const struct public_item *item)
{
	html(&req->page, "<dl class=\"op-facts\">");
	fact(req, TEXT_PUBLIC_WHEN, public_when(req, item));
	fact(req, TEXT_PUBLIC_WHERE, public_place(req, item));
	if (item->need)
		facts_need(req, item);
	if (item->limited && (item->need || item->original))
		fact(req, TEXT_PUBLIC_SEATS,
		     lang_format(req->arena, req->lang, TEXT_PUBLIC_SEATS_LEFT,
				 ARG_N(item->seats > item->taken ? item->seats - item->taken : 0)));
	fact_contact(req, item);
	html(&req->page, "</dl>");
}

enum err public_others(struct request *req, const struct public_item *item)
{
	struct centre *others;
	enum err err = store_public_needs(req->db, req->arena, item->ref.centre, &others);
	size_t shown = 0;

	for (size_t i = 0; !err && i < others->n_needs && shown < 5; i++) {
		const struct need *need = &others->needs[i];
		if (item->need && strcmp(need->id, item->need->id) == 0)
			continue;
		if (shown++ == 0)
			html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2><ul class=\"op-others\">",
			     TEXT_PUBLIC_OTHERS);
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">%s</a> <span>%s</span></li>",
		     req_printf(req, "/n/%s", need->code), req_pick(req, need->name), req_pick(req, need->when));
	}
	if (shown)
		html(&req->page, "</ul>");
	return err;
}

int64_t public_delete_after(const struct request *req, const struct public_item *item)
{
	int64_t end;
	const struct need *need = item->need;

	if (!need)
		return item->occurrence.end_utc + (int64_t)KEEP_DAYS * DAY;
	if (need->has_until && zone_to_utc(item->centre->zone, civil_add_days(need->until, 1), &end) == OK)
		return end + (int64_t)KEEP_DAYS * DAY;
	if (need->has_start && !need->rrule && zone_to_utc(item->centre->zone, need->start, &end) == OK)
		return end + need->duration.seconds + ((int64_t)need->duration.days + KEEP_DAYS) * DAY;
	return req->now + (int64_t)ASK_DAYS * DAY;
}
