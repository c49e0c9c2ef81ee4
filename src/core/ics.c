/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/ics_activity.h"
#include "core/ics_group.h"
#include "core/ics_scan.h"
#include "core/ics_text.h"

enum { WORK_MAX = 256 << 20, ID_TRIES = 10000 };

/* ---- groups ---- */

static int by_uid(const void *pa, const void *pb)
{
	const struct ics_event *a = *(const struct ics_event *const *)pa, *b = *(const struct ics_event *const *)pb;
	int c = strcmp(a->uid ? a->uid : "", b->uid ? b->uid : "");

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

static bool has_uid(const struct ics_event *e)
{
	return e->uid && *e->uid;
}

static enum err make_groups(struct ics_maker *m, struct ics_made_list *out)
{
	size_t n = m->file->n_events, to;
	const struct ics_event **v = ARENA_ARRAY(&m->work, n, const struct ics_event *);
	enum err err = v ? OK : ERR_MEMORY;

	if (err)
		return err;
	for (const struct ics_event *e = m->file->events; e; e = e->next)
		*v++ = e;
	v -= n;
	qsort(v, n, sizeof(void *), by_uid);
	for (size_t from = 0; from < n && !err; from = to) {
		to = from + 1;
		while (to < n && has_uid(v[from]) && has_uid(v[to]) && strcmp(v[from]->uid, v[to]->uid) == 0)
			to++;
		err = ics_group_make(m, v + from, to - from, out);
	}
	return err;
}

/* ---- the result ---- */

static int by_line(const void *pa, const void *pb)
{
	const struct ics_made *a = pa, *b = pb;

	return (a->line > b->line) - (a->line < b->line);
}

static int by_skip_line(const void *pa, const void *pb)
{
	const struct ics_skip *a = pa, *b = pb;

	return (a->line > b->line) - (a->line < b->line);
}

static int by_id(const void *pa, const void *pb)
{
	const struct activity *a = *(const struct activity *const *)pa, *b = *(const struct activity *const *)pb;
	int c = strcmp(a->id, b->id);

	return c ? c : (a > b) - (a < b);
}

static enum err number_id(struct ics_maker *m, struct activity *a, unsigned n)
{
	char digits[16];
	size_t len = (size_t)snprintf(digits, sizeof digits, "-%u", n), kept = strlen(a->id);

	if (kept + len > LIMIT_ID)
		kept = LIMIT_ID - len;
	a->id = arena_printf(m->arena, "%.*s%s", (int)kept, a->id, digits);
	return a->id ? OK : ERR_MEMORY;
}

/* Two ids are the same only for events without UID, or made to be: they are numbered in the file's order. */
static enum err tell_ids_apart(struct ics_maker *m, struct activity *v, size_t n)
{
	struct activity **sorted = ARENA_ARRAY(&m->work, n, struct activity *);
	bool again = true;
	enum err err = sorted ? OK : ERR_MEMORY;

	for (unsigned round = 0; again && !err && round < ID_TRIES; round++) {
		again = false;
		for (size_t i = 0; i < n; i++)
			sorted[i] = &v[i];
		qsort(sorted, n, sizeof(void *), by_id);
		for (size_t i = 1, same = 0; i < n && !err; i++) {
			same = strcmp(sorted[i]->id, sorted[i - 1 - same]->id) == 0 ? same + 1 : 0;
			if (same)
				err = number_id(m, sorted[i], (unsigned)same + 1);
			again = again || same;
		}
	}
	return err;
}

static enum err take_activities(struct ics_maker *m, struct ics_made_list *made, struct ics_calendar *out)
{
	struct activity *v = ARENA_ARRAY(m->arena, made->n, struct activity);

	if (!v)
		return ERR_MEMORY;
	if (made->n)
		qsort(made->v, made->n, sizeof *made->v, by_line);
	for (size_t i = 0; i < made->n; i++)
		v[i] = made->v[i].activity;
	out->n_activities = made->n;
	out->activities = v;
	return tell_ids_apart(m, v, made->n);
}

static enum err note_rest(struct ics_maker *m)
{
	struct ics_event rest = { .line = m->file->more_line };
	enum err err = OK;

	if (m->file->n_more) {
		const char *detail =
			arena_printf(&m->work, "events beyond the first %d: %zu", LIMIT_ICS_EVENTS, m->file->n_more);
		err = detail ? ics_note(m, SKIP_TOO_MANY, &rest, detail) : ERR_MEMORY;
	}
	rest.line = m->file->other_line;
	if (!err && m->file->n_others) {
		const char *detail = arena_printf(
			&m->work, "entries that are no events (tasks, notes, busy times): %zu", m->file->n_others);
		err = detail ? ics_note(m, SKIP_NOT_AN_EVENT, &rest, detail) : ERR_MEMORY;
	}
	return err;
}

static enum err take_skips(struct ics_maker *m, struct ics_calendar *out)
{
	struct ics_skip *v = ARENA_ARRAY(m->arena, m->n_skips, struct ics_skip);

	if (!v)
		return ERR_MEMORY;
	if (m->n_skips) {
		memcpy(v, m->skips, m->n_skips * sizeof *v);
		qsort(v, m->n_skips, sizeof *v, by_skip_line);
	}
	out->n_skipped = m->n_skips;
	out->skipped = v;
	return OK;
}

static enum err make_all(struct ics_maker *m, struct ics_calendar *out)
{
	struct ics_made_list made = { 0 };
	enum err err = make_groups(m, &made);

	if (!err)
		err = take_activities(m, &made, out);
	mem_free(made.v);
	if (!err)
		err = note_rest(m);
	if (!err)
		err = take_skips(m, out);
	if (!err && m->file->name) {
		out->name = ics_plain(m->arena, m->file->name, LIMIT_NAME, false);
		err = out->name ? OK : ERR_MEMORY;
		if (!err && !*out->name)
			out->name = NULL;
	}
	return err;
}

enum err ics_read(struct arena *arena, const char *bytes, size_t len, const char *zone, const char *lang,
		  struct ics_calendar *out, struct fault *fault)
{
	struct ics_file file;
	struct ics_maker m = {
		.arena = arena, .file = &file, .zone = zone, .lang = lang, .steps_left = LIMIT_ICS_STEPS
	};

	*out = (struct ics_calendar){ 0 };
	arena_init(&m.work, WORK_MAX);
	enum err err = ics_scan(&m.work, bytes, len, zone, &file, fault);
	if (!err) {
		err = make_all(&m, out);
		if (err)
			fault_set(fault, err, "", "%s", err_cause(err));
	}
	mem_free(m.skips);
	arena_free(&m.work);
	return err;
}

void ics_skip_print(const struct ics_skip *skip, char *out, size_t size)
{
	static const char *const reasons[SKIP_COUNT] = {
		[SKIP_RULE_UNSUPPORTED] = "the repeat rule is not supported",
		[SKIP_RULE_MALFORMED] = "the repeat rule is malformed",
		[SKIP_NO_START] = "it has no start (DTSTART)",
		[SKIP_BAD_TIME] = "a date or time cannot be used",
		[SKIP_ZONE_UNKNOWN] = "the time zone is unknown",
		[SKIP_TOO_MANY] = "there is too much of it",
		[SKIP_NOT_AN_EVENT] = "not an event",
		[SKIP_PRIVATE] = "it is private",
	};
	const char *detail = skip->detail ? skip->detail : "";
	const char *title = skip->title ? skip->title : "";

	snprintf(out, size, "line %d: %s%s%sskipped: %s%s%s", skip->line, *title ? "\"" : "", title,
		 *title ? "\" " : "", reasons[skip->reason], *detail ? ": " : "", detail);
}
