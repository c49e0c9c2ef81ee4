/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_dates.h"

static bool is_next(const struct occurrence *o, struct civil now)
{
	return o->status != OCCURRENCE_MOVED_AWAY && civil_compare(o->end, now) > 0;
}

enum err dates_next(struct request *req, const struct activity *activity, const char *zone, struct civil now,
		    size_t max, struct occurrences *out)
{
	static const int32_t spans[] = { 75, 400, 4100 };
	struct occurrence *v = ARENA_ARRAY(req->arena, max, struct occurrence);
	struct occurrences all;
	size_t n = 0;

	for (size_t i = 0; v && i < sizeof spans / sizeof *spans && n < max; i++) {
		enum err err = occur_activity(activity, zone, now, civil_add_days(now, spans[i]), req->arena, &all);
		if (err)
			return err;
		n = 0;
		for (size_t o = 0; o < all.n && n < max; o++)
			if (is_next(&all.v[o], now))
				v[n++] = all.v[o];
	}
	*out = (struct occurrences){ n, v };
	return v ? OK : ERR_MEMORY;
}

/* The occurrence within a day or two of DAY: activities may live in another zone than their centre. */
static enum err find_near(struct request *req, const struct activity *activity, const char *zone, struct civil day,
			  struct civil original, bool moved_away, struct occurrence *out)
{
	struct occurrences near;
	enum err err =
		occur_activity(activity, zone, civil_add_days(day, -1), civil_add_days(day, 3), req->arena, &near);

	if (err)
		return err;
	for (size_t i = 0; i < near.n; i++) {
		const struct occurrence *o = &near.v[i];
		if (civil_compare(o->original, original) != 0 || o->original.date_only != original.date_only)
			continue;
		if ((o->status == OCCURRENCE_MOVED_AWAY) != moved_away)
			continue;
		*out = *o;
		return OK;
	}
	return ERR_NOT_FOUND;
}

enum err dates_find(struct request *req, const struct activity *activity, const char *zone, struct civil original,
		    struct occurrence *out)
{
	struct occurrence away;
	enum err err = find_near(req, activity, zone, original, original, false, out);

	if (err != ERR_NOT_FOUND)
		return err;
	err = find_near(req, activity, zone, original, original, true, &away);
	return err ? err : find_near(req, activity, zone, away.moved_to, original, false, out);
}

const struct override *dates_override(const struct activity *activity, struct civil original)
{
	for (size_t i = 0; i < activity->overrides.n; i++)
		if (civil_compare(activity->overrides.v[i].original, original) == 0)
			return &activity->overrides.v[i];
	return NULL;
}

/* ---- the rule in words -------------------------------------------------- */

static const char *weekday_words(struct request *req, int weekday)
{
	/* 5 January 1970 was a Monday. */
	return lang_date(req->arena, req->lang, DATE_WEEKDAY, civil_from_day(4 + weekday));
}

/* "mandag, tirsdag og torsdag" */
static const char *weekdays_words(struct request *req, unsigned weekdays)
{
	const char *all = NULL;

	for (int day = 0; day < 7; day++) {
		if (!(weekdays & 1U << day))
			continue;
		const char *word = weekday_words(req, day);
		bool is_last = (weekdays >> (day + 1)) == 0;
		all = !all ? word
			   : lang_format(req->arena, req->lang, is_last ? TEXT_STAFF_LIST_LAST : TEXT_STAFF_LIST_NEXT,
					 ARG_S(all), ARG_S(word));
	}
	return all;
}

static const char *nth_words(struct request *req, int nth)
{
	static const enum text_id words[] = { TEXT_STAFF_NTH_LAST, TEXT_STAFF_NTH_LAST, TEXT_STAFF_NTH_1,
					      TEXT_STAFF_NTH_2,    TEXT_STAFF_NTH_3,    TEXT_STAFF_NTH_4 };

	return req_text(req, words[nth + 1]);
}

static const char *kind_words(struct request *req, const struct repeat *repeat, struct civil start)
{
	switch (repeat->kind) {
	case REPEAT_DAILY:
		return req_text(req, TEXT_STAFF_EVERY_DAY);
	case REPEAT_WORKDAYS:
		return req_text(req, TEXT_STAFF_EVERY_WORKDAY);
	case REPEAT_WEEKLY:
		return lang_format(req->arena, req->lang, TEXT_STAFF_EVERY_WEEK,
				   ARG_S(weekdays_words(req, repeat->weekdays)));
	case REPEAT_FORTNIGHTLY:
		return lang_format(req->arena, req->lang, TEXT_STAFF_EVERY_SECOND_WEEK,
				   ARG_S(weekdays_words(req, repeat->weekdays)));
	case REPEAT_MONTHLY_DATE:
		return lang_format(req->arena, req->lang, TEXT_STAFF_EVERY_MONTH_DATE,
				   ARG_S(lang_date(req->arena, req->lang, DATE_DAY, start)));
	case REPEAT_MONTHLY_NTH:
		return lang_format(req->arena, req->lang, TEXT_STAFF_EVERY_MONTH_NTH,
				   ARG_S(nth_words(req, repeat->nth)), ARG_S(weekday_words(req, repeat->weekday)));
	case REPEAT_YEARLY:
		return lang_format(req->arena, req->lang, TEXT_STAFF_EVERY_YEAR,
				   ARG_S(lang_date(req->arena, req->lang, DATE_DAY_MONTH, start)));
	case REPEAT_OWN:
		return req_text(req, TEXT_STAFF_REPEAT_OWN);
	default:
		return "";
	}
}

const char *repeat_words(struct request *req, const char *rrule, struct civil start)
{
	struct repeat repeat;

	repeat_from_rule(rrule, start, &repeat);
	const char *words = kind_words(req, &repeat, start);
	if (!repeat.has_until)
		return words;
	return lang_format(req->arena, req->lang, TEXT_STAFF_UNTIL_WORDS, ARG_S(words),
			   ARG_S(lang_date(req->arena, req->lang, DATE_DAY_MONTH_YEAR, repeat.until)));
}

void dates_write(struct request *req, const struct occurrences *dates, struct civil today)
{
	html(&req->page,
	     "<section id=\"dates\" class=\"op-dates\" aria-live=\"polite\">\n<h2 class=\"ds-heading\">%t</h2>\n",
	     TEXT_STAFF_NEXT_DATES);
	if (dates->n == 0)
		empty_write(req, TEXT_STAFF_NO_DATES);
	else
		html(&req->page, "<ol class=\"op-date-list\">\n");
	for (size_t i = 0; i < dates->n; i++)
		html(&req->page, "<li>%s, %s</li>\n", words_day(req, dates->v[i].start, today),
		     words_time(req, dates->v[i].start, dates->v[i].end));
	if (dates->n)
		html(&req->page, "</ol>\n");
	html(&req->page, "</section>\n");
}
