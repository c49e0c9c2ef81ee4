/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_group.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/occur_plan.h"
#include "core/zone_changes.h"

static enum err append(struct ics_made_list *list, const struct ics_event *e, const struct activity *a)
{
	if (list->n == list->size) {
		size_t size = list->size ? list->size * 2 : 64;
		struct ics_made *v = mem_resize(list->v, size * sizeof *v);
		if (!v)
			return ERR_MEMORY;
		list->v = v;
		list->size = size;
	}
	list->v[list->n++] = (struct ics_made){ e->line, *a };
	return OK;
}

/* RFC 5546 2.1.5: a higher SEQUENCE, then a later stamp; of equals the one further down in the file. */
static bool is_newer(const struct ics_event *a, const struct ics_event *b)
{
	if (a->sequence != b->sequence)
		return a->sequence > b->sequence;
	return a->stamp != b->stamp ? a->stamp > b->stamp : a->line > b->line;
}

static const struct ics_event *newest_master(const struct ics_event *const *v, size_t n)
{
	const struct ics_event *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (!v[i]->has_recurrence && (!best || is_newer(v[i], best)))
			best = v[i];
	return best;
}

/* One changed occurrence; AT tells which, so that the newest of several for the same can be found. */
struct change {
	const struct ics_event *event;
	int64_t at;
	bool old;
};

static int64_t moment_of(struct ics_maker *m, const struct ics_event *e)
{
	int64_t utc;

	if (e->recurrence.bad)
		return -(int64_t)e->line;
	if (ics_zone_utc(&m->file->zones, &e->recurrence, &utc))
		return wall_seconds(e->recurrence.wall);
	return utc;
}

static void mark_old(struct change *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && !v[i].old; k++) {
			if (v[k].old || v[i].at != v[k].at)
				continue;
			bool first_wins = is_newer(v[i].event, v[k].event);
			v[k].old = first_wins;
			v[i].old = !first_wins;
		}
}

static enum err add_single(struct ics_maker *m, const struct ics_event *e, struct ics_made_list *out)
{
	struct activity a;
	bool made;
	enum err err = ics_make(m, e, true, &a, &made);

	return err || !made ? err : append(out, e, &a);
}

/* The series that is being put together. */
struct series {
	const struct ics_event *master;
	struct activity activity;
	struct plan plan;
	struct override *overrides;
	size_t n_overrides, n_given; /* N_GIVEN: those that came with the series, of RDATEs */
	struct civil *hidden;        /* occurrences that are private: taken out */
	size_t n_hidden;
};

static enum err add_change(struct ics_maker *m, struct series *s, const struct ics_event *e, struct ics_made_list *out)
{
	struct civil original;
	bool made = false;

	if (e->this_and_future)
		return ics_note(m, SKIP_RULE_UNSUPPORTED, e, "RANGE=THISANDFUTURE: the series is shown unchanged");
	enum err err = ics_on_wall(m, &s->activity, &e->recurrence, &original);
	if (err == ERR_VALUE)
		return ics_note(m, SKIP_BAD_TIME, e, "its RECURRENCE-ID is no time, or in an unknown zone");
	if (err)
		return err;
	/* What the rule does not give cannot be cancelled; moved, it is an event of its own. */
	if (!plan_has(&s->plan, original))
		return e->cancelled ? OK : add_single(m, e, out);
	if (e->is_private) {
		s->hidden[s->n_hidden++] = original;
		return ics_note(m, SKIP_PRIVATE, e, "");
	}
	if (s->n_overrides == LIMIT_DATES)
		return ics_note(m, SKIP_TOO_MANY, e, "more changed occurrences than are read");
	size_t at = s->n_given;
	while (at < s->n_overrides && civil_compare(s->overrides[at].original, original) != 0)
		at++;
	err = ics_make_override(m, s->master, &s->activity, e, original, &s->overrides[at], &made);
	/* One by its date and one by its time may be the same occurrence. */
	if (at == s->n_overrides)
		s->n_overrides += made;
	return err;
}

/* Joins the lists, what is private first, so that they are of one piece for the feed. */
static enum err close_series(struct ics_maker *m, struct series *s)
{
	struct activity *a = &s->activity;
	size_t n = a->exdates.n + s->n_hidden;
	struct civil *v = ARENA_ARRAY(m->arena, n, struct civil);

	if (!v)
		return ERR_MEMORY;
	if (s->n_hidden)
		memcpy(v, s->hidden, s->n_hidden * sizeof *v);
	if (a->exdates.n)
		memcpy(v + s->n_hidden, a->exdates.v, a->exdates.n * sizeof *v);
	a->exdates = (struct civils){ n < LIMIT_DATES ? n : LIMIT_DATES, v };
	a->overrides = (struct overrides){ s->n_overrides, s->overrides };
	return n > LIMIT_DATES ? ics_note(m, SKIP_TOO_MANY, s->master, "more exceptions than are read") : OK;
}

/* Of an RDATE with a length of its own there is an override already: a RECURRENCE-ID for the same date replaces it. */
static void drop_replaced(struct series *s, size_t first)
{
	size_t kept = 0;

	for (size_t i = 0; i < first; i++) {
		bool replaced = false;
		for (size_t k = first; k < s->n_overrides && !replaced; k++)
			replaced = civil_compare(s->overrides[i].original, s->overrides[k].original) == 0;
		if (!replaced)
			s->overrides[kept++] = s->overrides[i];
	}
	memmove(s->overrides + kept, s->overrides + first, (s->n_overrides - first) * sizeof *s->overrides);
	s->n_overrides -= first - kept;
}

static enum err make_series(struct ics_maker *m, struct series *s, const struct change *changes, size_t n,
			    struct ics_made_list *out)
{
	size_t first = s->activity.overrides.n;
	enum err err = plan_init(&s->plan, &s->activity, m->zone);

	if (err)
		return err;
	plan_settle_count(&s->plan);
	s->overrides =
		ARENA_ARRAY(m->arena, LIMIT_DATES + 1 < first + n ? LIMIT_DATES + 1 : first + n, struct override);
	s->hidden = ARENA_ARRAY(&m->work, n, struct civil);
	if (!s->overrides || !s->hidden)
		return ERR_MEMORY;
	if (first)
		memcpy(s->overrides, s->activity.overrides.v, first * sizeof *s->overrides);
	s->n_overrides = s->n_given = first;
	for (size_t i = 0; i < n && !err; i++)
		if (!changes[i].old)
			err = add_change(m, s, changes[i].event, out);
	if (!err) {
		drop_replaced(s, first);
		err = close_series(m, s);
	}
	return err ? err : append(out, s->master, &s->activity);
}

static enum err collect(struct ics_maker *m, const struct ics_event *const *v, size_t n, struct change **out,
			size_t *n_out)
{
	struct change *changes = ARENA_ARRAY(&m->work, n, struct change);

	if (!changes)
		return ERR_MEMORY;
	*n_out = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i]->has_recurrence)
			changes[(*n_out)++] = (struct change){ v[i], moment_of(m, v[i]), false };
	mark_old(changes, *n_out);
	*out = changes;
	return OK;
}

/* True if V[AT] is another series than BEST: the file gives it the same UID, and nothing says which is newer. */
static bool is_another(const struct ics_event *const *v, size_t at, const struct ics_event *best)
{
	const struct ics_event *e = v[at];

	if (e == best || e->has_recurrence || e->sequence != best->sequence || e->stamp != best->stamp ||
	    civil_compare(e->start.wall, best->start.wall) == 0)
		return false;
	for (size_t i = 0; i < at; i++)
		if (!v[i]->has_recurrence && civil_compare(v[i]->start.wall, e->start.wall) == 0)
			return false;
	return true;
}

static enum err add_others(struct ics_maker *m, const struct ics_event *const *v, size_t n,
			   const struct ics_event *best, struct ics_made_list *out)
{
	enum err err = OK;

	for (size_t i = 0; i < n && !err; i++) {
		struct activity a;
		bool made = false;
		if (is_another(v, i, best))
			err = ics_make(m, v[i], false, &a, &made);
		if (!err && made)
			err = append(out, v[i], &a);
	}
	return err;
}

enum err ics_group_make(struct ics_maker *m, const struct ics_event *const *v, size_t n, struct ics_made_list *out)
{
	struct series s = { .master = newest_master(v, n) };
	struct change *changes;
	size_t n_changes;
	bool made = false;
	enum err err = collect(m, v, n, &changes, &n_changes);

	if (!err && s.master)
		err = ics_make(m, s.master, false, &s.activity, &made);
	if (!err && s.master)
		err = add_others(m, v, n, s.master, out);
	if (err)
		return err;
	if (made)
		return make_series(m, &s, changes, n_changes, out);
	/* A private series hides its occurrences; of one that could not be read they are events of their own. */
	for (size_t i = 0; i < n_changes && !err && !(s.master && s.master->is_private); i++)
		if (!changes[i].old)
			err = add_single(m, changes[i].event, out);
	return err;
}
