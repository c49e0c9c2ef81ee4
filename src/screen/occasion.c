/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/occasion.h"

#include <string.h>

static const struct screen_feed *feed_of(const struct builder *b)
{
	return b->model->shown.feed;
}

static void remember(struct builder *b, enum err err)
{
	if (b->err == OK && err != OK)
		b->err = err;
}

struct occurrences day_occurrences(struct builder *b, struct civil day)
{
	struct occurrences all = { 0 };
	if (b->err != OK || !feed_of(b))
		return all;
	day = civil_from_day(civil_day(day));
	remember(b, schedule_day(feed_of(b)->schedule, day, &all));
	if (b->err != OK)
		return (struct occurrences){ 0 };
	if (all.n > LIMIT_DAY_OCCURRENCES)
		all.n = LIMIT_DAY_OCCURRENCES;
	struct occurrence *copy = ARENA_ARRAY(b->arena, all.n + 1, struct occurrence);
	if (!copy) {
		remember(b, ERR_MEMORY);
		return (struct occurrences){ 0 };
	}
	if (all.n > 0)
		memcpy(copy, all.v, all.n * sizeof *copy);
	return (struct occurrences){ all.n, copy };
}

struct occurrences still_to_come(struct builder *b, struct occurrences all)
{
	struct occurrence *v = ARENA_ARRAY(b->arena, all.n + 1, struct occurrence);
	if (!v) {
		remember(b, ERR_MEMORY);
		return (struct occurrences){ 0 };
	}
	size_t n = 0;
	for (size_t i = 0; i < all.n; i++)
		if (civil_compare(all.v[i].end, b->model->shown.now) > 0)
			v[n++] = all.v[i];
	return (struct occurrences){ n, v };
}

static struct said said(struct builder *b, struct texts own, struct texts series)
{
	struct said s = { 0 };
	s.s = pick(b, own.n ? own : series, &s.lang);
	return s;
}

static bool is_on_now(const struct builder *b, const struct occurrence *o)
{
	struct civil now = b->model->shown.now;
	return !b->model->shown.clock_unsure && !o->start.date_only && civil_compare(o->start, now) <= 0 &&
	       civil_compare(now, o->end) < 0;
}

/* Seats are counted for the next occurrence alone. */
static bool is_full(const struct builder *b, const struct occurrence *o)
{
	const struct activity *a = o->activity;
	struct occurrence next;
	if (!a->signup || !a->has_seats || a->taken < a->seats)
		return false;
	if (schedule_next(feed_of(b)->schedule, a, b->model->shown.now, &next) != OK)
		return false;
	return civil_compare(next.original, o->original) == 0;
}

static const char *time_words(struct builder *b, const struct occurrence *o, struct civil day)
{
	if (o->start.date_only)
		return say(b, TEXT_SCREEN_ALL_DAY);
	if (civil_same_day(o->start, day))
		return date_words(b, DATE_TIME, o->start);
	if (civil_same_day(o->end, day))
		return tell(b, TEXT_SCREEN_UNTIL, ARG_S(date_words(b, DATE_TIME, o->end)));
	return say(b, TEXT_SCREEN_ALL_DAY);
}

static void mark_out(struct occasion *out, const char *chip, struct pair colours, const char *state)
{
	out->chip = chip;
	out->colours = colours;
	out->state = state;
}

static void occasion_state(struct builder *b, struct occasion *out)
{
	const struct theme *t = b->theme;
	enum occurrence_status status = out->o->status;
	out->struck = status == OCCURRENCE_CANCELLED || status == OCCURRENCE_MOVED_AWAY;
	out->now = !out->struck && is_on_now(b, out->o);
	out->full = !out->struck && is_full(b, out->o);
	if (status == OCCURRENCE_CANCELLED)
		mark_out(out, say(b, TEXT_SCREEN_CANCELLED), t->alert, "cancelled");
	else if (status == OCCURRENCE_MOVED_AWAY)
		mark_out(out, say(b, TEXT_SCREEN_MOVED), t->alert, "moved");
	else if (out->now)
		mark_out(out, say(b, TEXT_SCREEN_NOW), t->chosen, "now");
	else if (out->full)
		mark_out(out, say(b, TEXT_SCREEN_FULL), t->tint[TINT_STONE], "full");
	else if (status == OCCURRENCE_MOVED)
		mark_out(out, say(b, TEXT_SCREEN_NEW_TIME), t->tint[TINT_SAND], "new time");
	else if (out->o->override && out->o->override->place.n)
		mark_out(out, say(b, TEXT_SCREEN_NEW_PLACE), t->tint[TINT_SAND], "new place");
}

void occasion_init(struct builder *b, struct occasion *out, const struct occurrence *o, struct civil day)
{
	static const struct override none;
	const struct override *own = o->override ? o->override : &none;
	char stamp[CIVIL_SIZE];
	memset(out, 0, sizeof *out);
	stamp_print(o->original, stamp);
	out->o = o;
	out->key = print(b, "%s/%s", o->activity->id, stamp);
	out->id = print(b, "card:%s%s", out->key, o->status == OCCURRENCE_MOVED ? "/moved" : "");
	out->name = said(b, own->name, o->activity->name);
	out->place = said(b, own->place, o->activity->place);
	out->reason = said(b, own->reason, (struct texts){ 0 });
	out->time = time_words(b, o, day);
	occasion_state(b, out);
}

/* "i dag kl. 13.00" and the like, as in running text. */
static const char *moment(struct builder *b, struct civil when)
{
	int ahead = days_ahead(b, when);
	if (!when.date_only && ahead == 0)
		return tell(b, TEXT_SCREEN_TIME_TODAY, ARG_S(date_words(b, DATE_TIME, when)));
	const char *day = ahead == DAYS_UNKNOWN
				  ? date_words(b, DATE_WEEKDAY_DAY_MONTH, when)
				  : checked(b, lang_relative_day(b->arena, b->lang, when, b->model->shown.now));
	if (when.date_only)
		return day;
	return tell(b, TEXT_SCREEN_DAY_TIME, ARG_S(day), ARG_S(date_words(b, DATE_TIME, when)));
}

const char *occasion_moved(struct builder *b, const struct occurrence *o)
{
	if (o->status == OCCURRENCE_MOVED_AWAY)
		return tell(b, TEXT_SCREEN_MOVED_TO, ARG_S(moment(b, o->moved_to)));
	return tell(b, TEXT_SCREEN_MOVED_FROM, ARG_S(moment(b, o->moved_to)));
}

static const char *when_words(struct builder *b, const struct occurrence *o, enum text_id one_day)
{
	const char *day = capital(b, date_words(b, DATE_WEEKDAY_DAY_MONTH, o->start));
	if (o->start.date_only) {
		struct civil last = civil_add_days(o->end, -1);
		if (civil_compare(last, o->start) <= 0)
			return tell(b, TEXT_SCREEN_DAY_WHOLE, ARG_S(day));
		return tell(b, TEXT_SCREEN_FROM_TO, ARG_S(day), ARG_S(date_words(b, DATE_WEEKDAY_DAY_MONTH, last)));
	}
	if (civil_day(o->end) - civil_day(o->start) > 1)
		return tell(b, TEXT_SCREEN_FROM_TO, ARG_S(capital(b, date_words(b, DATE_WEEKDAY_TIME, o->start))),
			    ARG_S(date_words(b, DATE_WEEKDAY_TIME, o->end)));
	const char *range = checked(b, lang_time_range(b->arena, b->lang, o->start, o->end));
	return tell(b, one_day, ARG_S(day), ARG_S(range));
}

const char *occasion_when(struct builder *b, const struct occurrence *o)
{
	return when_words(b, o, TEXT_SCREEN_DAY_TIME);
}

const char *occasion_when_lines(struct builder *b, const struct occurrence *o)
{
	return when_words(b, o, TEXT_SCREEN_DAY_TIME_LINES);
}

static bool find_on(struct builder *b, const struct activity *activity, struct civil day, struct civil original,
		    struct occurrence *out)
{
	struct occurrences all = day_occurrences(b, day);
	bool found = false;
	for (size_t i = 0; i < all.n; i++) {
		const struct occurrence *o = &all.v[i];
		if (o->activity != activity || civil_compare(o->original, original) != 0 ||
		    o->original.date_only != original.date_only)
			continue;
		*out = *o;
		found = true;
		if (o->status != OCCURRENCE_MOVED_AWAY)
			break;
	}
	return found;
}

bool occasion_find(struct builder *b, const struct activity *activity, const struct place *place,
		   struct occurrence *out)
{
	if (!place->has_when) {
		enum err err = schedule_next(feed_of(b)->schedule, activity, b->model->shown.now, out);
		if (err != OK && err != ERR_NOT_FOUND)
			remember(b, err);
		return err == OK;
	}
	/* The original start is on the activity's wall, which may be a day off the centre's. */
	for (int off = 0; off < 3; off++) {
		struct civil day = civil_add_days(place->when, off == 2 ? -1 : off);
		if (!find_on(b, activity, day, place->when, out))
			continue;
		struct occurrence at = *out;
		if (at.status == OCCURRENCE_MOVED_AWAY && !find_on(b, activity, at.moved_to, place->when, out))
			*out = at;
		return true;
	}
	return false;
}
