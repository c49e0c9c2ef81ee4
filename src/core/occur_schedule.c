/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/occur.h"
#include "core/occur_plan.h"
#include "core/zone.h"

enum { DAYS_KEPT = 14, YEAR_DAYS = 366, NEVER = -1 };

struct cached_day {
	int32_t day; /* NEVER: free */
	unsigned long used;
	struct arena arena;
	struct occurrences occurrences;
};

struct schedule {
	const struct centre *centre;
	struct plan *plans; /* one an activity, made at the first question; n_ready of them are */
	size_t n_ready;
	unsigned long clock; /* of use, to know the day that was not asked for longest */
	struct cached_day days[DAYS_KEPT];
};

struct schedule *schedule_new(const struct centre *centre)
{
	struct schedule *s = mem_alloc(sizeof *s);

	if (!s)
		return NULL;
	s->plans = mem_alloc(centre->n_activities * sizeof *s->plans);
	if (!s->plans) {
		mem_free(s);
		return NULL;
	}
	s->centre = centre;
	for (size_t i = 0; i < DAYS_KEPT; i++) {
		s->days[i].day = NEVER;
		arena_init(&s->days[i].arena, (size_t)LIMIT_OCCURRENCES * sizeof(struct occurrence) + 16);
	}
	return s;
}

void schedule_del(struct schedule *schedule)
{
	if (!schedule)
		return;
	for (size_t i = 0; i < DAYS_KEPT; i++)
		arena_free(&schedule->days[i].arena);
	mem_free(schedule->plans);
	mem_free(schedule);
}

static enum err make_plans(struct schedule *s)
{
	for (; s->n_ready < s->centre->n_activities; s->n_ready++) {
		struct plan *plan = &s->plans[s->n_ready];
		enum err err = plan_init(plan, &s->centre->activities[s->n_ready], s->centre->zone);
		if (err)
			return err;
		plan_settle_count(plan);
	}
	return OK;
}

static enum err expand_day(struct schedule *s, int32_t day, struct arena *arena, struct occurrences *out)
{
	struct window window;
	enum err err = make_plans(s);

	if (!err)
		err = window_init(&window, s->centre->zone, day, day + 1);
	if (err)
		return err;
	for (size_t i = 0; i < s->n_ready && !window.err; i++)
		plan_expand(&s->plans[i], &window);
	err = window_finish(&window, arena, out);
	window_free(&window);
	return err;
}

enum err schedule_day(struct schedule *schedule, struct civil day, struct occurrences *out)
{
	int32_t wanted = civil_day(day);
	struct cached_day *c = &schedule->days[0];

	*out = (struct occurrences){ 0 };
	for (size_t i = 0; i < DAYS_KEPT && c->day != wanted; i++)
		if (schedule->days[i].day == wanted || schedule->days[i].used < c->used)
			c = &schedule->days[i];
	c->used = ++schedule->clock;
	if (c->day != wanted) {
		c->day = NEVER;
		arena_reset(&c->arena);
		enum err err = expand_day(schedule, wanted, &c->arena, &c->occurrences);
		if (err)
			return err;
		c->day = wanted;
	}
	*out = c->occurrences;
	return OK;
}

/* The earliest in FROM to TO that ends after NOW; those that began before it and still run come with the first window.
 */
static enum err next_between(const struct plan *plan, int32_t from, int32_t to, int64_t now, struct occurrence *out)
{
	struct window window;
	enum err err = window_init(&window, plan->centre, from, to);
	const struct occurrence *best = NULL;

	if (err)
		return err;
	plan_expand(plan, &window);
	for (size_t i = 0; i < window.n; i++) {
		const struct occurrence *o = &window.v[i];
		bool counts = o->status != OCCURRENCE_MOVED_AWAY && o->end_utc > now;
		if (counts && (!best || o->start_utc < best->start_utc))
			best = o;
	}
	if (best)
		*out = *best;
	err = window.err ? window.err : best ? OK : ERR_NOT_FOUND;
	window_free(&window);
	return err;
}

enum err schedule_next(struct schedule *schedule, const struct activity *activity, struct civil now,
		       struct occurrence *out)
{
	static const int32_t ends[] = { 8, 64, YEAR_DAYS };
	const struct centre *centre = schedule->centre;
	int32_t today = civil_day(now), from = today;
	struct plan plan;
	int64_t utc;

	enum err err = zone_to_utc(centre->zone, now, &utc);
	if (!err)
		err = plan_init(&plan, activity, centre->zone);
	if (err)
		return err;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		err = next_between(&plan, from, today + ends[i], utc, out);
		if (err != ERR_NOT_FOUND)
			return err;
		from = today + ends[i];
	}
	return ERR_NOT_FOUND;
}
