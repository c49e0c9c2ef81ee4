/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All is reckoned on the activity's own wall; conversion to UTC comes last, so
 * that a weekly 11 o'clock stays 11 o'clock when the clocks change. */
#include "core/occur_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/zone.h"

enum { DAY_SECONDS = 86400, ZONES_APART_DAYS = 2 };

/* ---- the plan ---- */

/* UNTIL includes its moment or day. For an all-day series a UTC time is read
 * as the day whose midnight it is on the centre's wall, else as its own date:
 * both 20261129T230000Z and 20261130T000000Z are written for 30 November in Oslo. */
static enum err read_until(struct plan *plan, struct civil until)
{
	enum err err = OK;

	if (plan->rule.until_kind == UNTIL_UTC && plan->activity->start.date_only) {
		struct civil local = until;
		int64_t utc;
		err = zone_to_utc("UTC", until, &utc);
		if (!err && zone_from_utc(plan->centre, utc, &local) == OK && local.hour == 0 && local.minute == 0)
			until = local;
	} else if (plan->rule.until_kind != UNTIL_DATE && !plan->activity->start.date_only) {
		const char *zone = plan->rule.until_kind == UNTIL_UTC ? "UTC" : plan->zone;
		err = zone_to_utc(zone, until, &plan->until_utc);
		plan->last = civil_day(until) + (plan->rule.until_kind == UNTIL_UTC);
		return err;
	}
	plan->last = civil_day(until);
	return err;
}

enum err plan_init(struct plan *plan, const struct activity *activity, const char *zone)
{
	const char *own = activity->zone ? activity->zone : zone;

	*plan = (struct plan){ .activity = activity, .zone = own, .centre = zone, .until_utc = INT64_MAX };
	plan->first = plan->last = civil_day(activity->start);
	if (!zone_exists(zone) || !zone_exists(own))
		return ERR_VALUE;
	if (!activity->rrule)
		return OK;
	plan->has_rule = true;
	plan->last = INT32_MAX;
	enum err err = rule_parse(activity->rrule, &plan->rule, NULL);
	if (!err && plan->rule.until_kind != UNTIL_NONE)
		err = read_until(plan, plan->rule.until);
	if (plan->last < plan->first)
		plan->last = plan->first;
	return err;
}

void plan_settle_count(struct plan *plan)
{
	if (!plan->has_rule || !plan->rule.count)
		return;
	int32_t last = rule_last_day(&plan->rule, plan->activity->start);
	/* A first day that is not the rule's own is COUNT's first; without COUNT it still comes. */
	plan->last = last;
	plan->rule.count = 0;
}

/* A date in a timed series stands for that day's occurrence, a time in an all-day one for its day. */
static struct civil as_start(const struct plan *plan, struct civil when)
{
	struct civil start = plan->activity->start;

	if (start.date_only == when.date_only)
		return when;
	start.year = when.year;
	start.month = when.month;
	start.day = when.day;
	return start;
}

static bool before_end(const struct plan *plan, struct civil start)
{
	int64_t utc;

	if (civil_day(start) > plan->last)
		return false;
	return plan->until_utc == INT64_MAX || (zone_to_utc(plan->zone, start, &utc) == OK && utc <= plan->until_utc);
}

static bool note_day(void *with, int32_t day)
{
	(void)day;
	*(bool *)with = true;
	return false;
}

static bool rule_has(const struct plan *plan, struct civil when)
{
	const struct civil start = plan->activity->start;
	bool found = false;

	if (civil_compare(when, start) == 0)
		return true;
	if (!plan->has_rule || when.hour != start.hour || when.minute != start.minute || when.second != start.second)
		return false;
	int32_t day = civil_day(when);
	rule_days(&plan->rule, start, day, day + 1, note_day, &found);
	return found && before_end(plan, when);
}

static bool holds(const struct plan *plan, struct civils list, size_t n, struct civil when)
{
	for (size_t i = 0; i < n; i++)
		if (civil_compare(as_start(plan, list.v[i]), when) == 0)
			return true;
	return false;
}

bool plan_has(const struct plan *plan, struct civil original)
{
	const struct activity *a = plan->activity;

	original = as_start(plan, original);
	return rule_has(plan, original) || holds(plan, a->rdates, a->rdates.n, original);
}

/* An exdate without a time of day takes out every occurrence of its day. */
static bool is_excluded(const struct plan *plan, struct civil start)
{
	const struct civils list = plan->activity->exdates;

	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].date_only ? civil_same_day(list.v[i], start)
					: civil_compare(as_start(plan, list.v[i]), start) == 0)
			return true;
	return false;
}

static bool is_overridden(const struct plan *plan, struct civil start)
{
	const struct overrides list = plan->activity->overrides;

	for (size_t i = 0; i < list.n; i++)
		if (civil_compare(as_start(plan, list.v[i].original), start) == 0)
			return true;
	return false;
}

/* ---- one occurrence ---- */

static int32_t whole_days(struct duration d)
{
	int32_t days = d.days + (d.seconds + DAY_SECONDS - 1) / DAY_SECONDS;

	return days > 0 ? days : 1;
}

/* Fills the times of O from START in the activity's zone. False beyond our years. */
static bool set_times(const struct plan *plan, struct civil start, struct duration d, struct occurrence *o)
{
	if (start.date_only) {
		o->start = start;
		o->end = civil_add_days(start, whole_days(d));
		return zone_to_utc(plan->centre, o->start, &o->start_utc) == OK &&
		       zone_to_utc(plan->centre, o->end, &o->end_utc) == OK;
	}
	if (zone_to_utc(plan->zone, start, &o->start_utc) ||
	    zone_to_utc(plan->zone, civil_add_days(start, d.days), &o->end_utc))
		return false;
	o->end_utc += d.seconds;
	return zone_from_utc(plan->centre, o->start_utc, &o->start) == OK &&
	       zone_from_utc(plan->centre, o->end_utc, &o->end) == OK;
}

static bool touches(const struct window *w, const struct occurrence *o)
{
	if (o->start.date_only)
		return civil_day(o->start) < w->to && civil_day(o->end) > w->from;
	return o->start_utc < w->to_utc && (o->end_utc > w->from_utc || o->start_utc >= w->from_utc);
}

static void append(struct window *w, const struct occurrence *o)
{
	if (w->err)
		return;
	if (w->n == LIMIT_OCCURRENCES) {
		w->err = ERR_LIMIT;
		return;
	}
	if (w->n == w->size) {
		size_t size = w->size ? w->size * 2 : 64;
		struct occurrence *v = mem_resize(w->v, size * sizeof *v);
		if (!v) {
			w->err = ERR_MEMORY;
			return;
		}
		w->v = v;
		w->size = size;
	}
	w->v[w->n++] = *o;
}

static void add_plain(const struct plan *plan, struct civil start, struct window *w)
{
	const struct activity *a = plan->activity;
	struct occurrence o = { .activity = a, .original = start };

	if (is_excluded(plan, start) || is_overridden(plan, start))
		return;
	o.status = a->status == STATUS_CANCELLED ? OCCURRENCE_CANCELLED : OCCURRENCE_SCHEDULED;
	if (set_times(plan, start, a->duration, &o) && touches(w, &o))
		append(w, &o);
}

/* Of several for the same occurrence the last one counts. */
static bool is_replaced(const struct plan *plan, size_t at, struct civil original)
{
	const struct overrides list = plan->activity->overrides;

	for (size_t i = at + 1; i < list.n; i++)
		if (civil_compare(as_start(plan, list.v[i].original), original) == 0)
			return true;
	return false;
}

/* OLD: as the series has it; NOW: as the override does. False beyond our years. */
static bool override_times(const struct plan *plan, const struct override *o, struct occurrence *old,
			   struct occurrence *now)
{
	struct duration lasts = plan->activity->duration;

	return set_times(plan, old->original, lasts, old) &&
	       set_times(plan, o->has_start ? o->start : old->original, o->has_duration ? o->duration : lasts, now);
}

static void add_override(const struct plan *plan, size_t at, struct window *w)
{
	const struct activity *a = plan->activity;
	const struct override *override = &a->overrides.v[at];
	struct civil original = as_start(plan, override->original);
	struct occurrence old = {
		.activity = a, .override = override, .original = original, .status = OCCURRENCE_MOVED_AWAY
	};
	struct occurrence now = old;
	bool cancelled = override->status == STATUS_CANCELLED || a->status == STATUS_CANCELLED;
	bool moved = override->has_start && civil_compare(override->start, original) != 0 && !cancelled;

	if (!override_times(plan, override, &old, &now))
		return;
	bool old_too = moved && touches(w, &old), now_too = touches(w, &now);
	if ((!now_too && !old_too) || is_replaced(plan, at, original) || !plan_has(plan, original))
		return;
	now.status = cancelled ? OCCURRENCE_CANCELLED : OCCURRENCE_SCHEDULED;
	if (moved) {
		now.status = OCCURRENCE_MOVED;
		now.moved_to = old.start;
		old.moved_to = now.start;
	}
	if (now_too)
		append(w, &now);
	if (old_too)
		append(w, &old);
}

/* ---- the window ---- */

enum err window_init(struct window *window, const char *zone, int32_t from, int32_t to)
{
	const int32_t last = civil_day((struct civil){ .year = YEAR_MAX, .month = 12, .day = 31 });

	*window = (struct window){ .from = from > 0 ? from : 0, .to = to < last ? to : last };
	if (window->to < window->from)
		window->to = window->from;
	enum err err = zone_to_utc(zone, civil_from_day(window->from), &window->from_utc);
	return err ? err : zone_to_utc(zone, civil_from_day(window->to), &window->to_utc);
}

void window_free(struct window *window)
{
	mem_free(window->v);
	window->v = NULL;
	window->n = window->size = 0;
}

struct expansion {
	const struct plan *plan;
	struct window *window;
};

static bool add_day(void *with, int32_t day)
{
	const struct expansion *e = with;
	struct civil start = e->plan->activity->start, date = civil_from_day(day);

	start.year = date.year;
	start.month = date.month;
	start.day = date.day;
	if (!before_end(e->plan, start) && day != e->plan->first)
		return false;
	add_plain(e->plan, start, e->window);
	return e->window->err == OK;
}

static void add_rdates(const struct plan *plan, struct window *w)
{
	const struct civils list = plan->activity->rdates;

	for (size_t i = 0; i < list.n && !w->err; i++) {
		struct civil start = as_start(plan, list.v[i]);
		int32_t day = civil_day(start);
		int32_t reach = whole_days(plan->activity->duration) + ZONES_APART_DAYS;
		if (day < w->to + ZONES_APART_DAYS && day > w->from - reach && !rule_has(plan, start) &&
		    !holds(plan, list, i, start))
			add_plain(plan, start, w);
	}
}

void plan_expand(const struct plan *plan, struct window *w)
{
	const struct activity *a = plan->activity;
	struct expansion e = { plan, w };
	int32_t slack = strcmp(plan->zone, plan->centre) == 0 ? 0 : ZONES_APART_DAYS;
	int32_t from = w->from - slack - whole_days(a->duration), to = w->to + slack;

	if (w->from == w->to)
		return;
	if (to > plan->first && from <= plan->last) {
		if (plan->has_rule)
			rule_days(&plan->rule, a->start, from, to, add_day, &e);
		else if (plan->first >= from)
			add_day(&e, plan->first);
	}
	add_rdates(plan, w);
	for (size_t i = 0; i < a->overrides.n && !w->err; i++)
		add_override(plan, i, w);
}

static int order(const void *pa, const void *pb)
{
	const struct occurrence *a = pa, *b = pb;

	if (a->start_utc != b->start_utc)
		return a->start_utc < b->start_utc ? -1 : 1;
	if (a->start.date_only != b->start.date_only)
		return a->start.date_only ? -1 : 1;
	if (a->activity != b->activity)
		return a->activity < b->activity ? -1 : 1;
	int c = civil_compare(a->original, b->original);
	return c ? c : (a->status > b->status) - (a->status < b->status);
}

enum err window_finish(struct window *window, struct arena *arena, struct occurrences *out)
{
	struct occurrence *v = NULL;

	*out = (struct occurrences){ 0 };
	if (window->err || window->n == 0)
		return window->err;
	qsort(window->v, window->n, sizeof *window->v, order);
	v = ARENA_ARRAY(arena, window->n, struct occurrence);
	if (!v)
		return ERR_MEMORY;
	memcpy(v, window->v, window->n * sizeof *v);
	*out = (struct occurrences){ window->n, v };
	return OK;
}
