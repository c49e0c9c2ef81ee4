/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar holds, day by day, for staff who ask why it is on Wednesday. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "central/cli.h"
#include "core/ics.h"
#include "core/occur.h"
#include "core/zone.h"
#include "io/file.h"

enum { LINE_MAX = 1024, STAMP_SIZE = 64 };

struct wanted {
	const char *file, *zone;
	struct civil from, to;
};

/* ---- the command line ---- */

static enum err parse_date(const char *option, const char *value, struct civil *out, struct fault *fault)
{
	if (!value)
		return fault_set(fault, ERR_USAGE, option, "is missing");
	if (!civil_parse(value, out) || !out->date_only)
		return fault_set(fault, ERR_USAGE, option,
				 "not a date such as 2026-11-24, of the years 1970 to 2199: \"%s\"", value);
	return OK;
}

static enum err parse(const struct cli *cli, struct wanted *out, struct fault *fault)
{
	enum err err = cli_expect(cli, 1, 1, fault);

	if (!err)
		err = parse_date("--from", cli_value(cli, "--from"), &out->from, fault);
	if (!err)
		err = parse_date("--to", cli_value(cli, "--to"), &out->to, fault);
	if (err)
		return err;
	const char *zone = cli_value(cli, "--zone");
	out->file = cli->args[0];
	out->zone = zone ? zone : "Europe/Oslo";
	if (civil_compare(out->to, out->from) < 0)
		return fault_set(fault, ERR_USAGE, "--to", "is before --from");
	if (!zone_exists(out->zone))
		return fault_set(fault, ERR_USAGE, "--zone", "not a time zone such as Europe/Oslo: \"%s\"", out->zone);
	return OK;
}

/* ---- the lines ---- */

static const char *title_of(const struct occurrence *o)
{
	bool own = o->override && o->override->name.n;

	return own ? o->override->name.v[0].s : o->activity->name.v[0].s;
}

static int order(const void *pa, const void *pb)
{
	const struct occurrence *a = pa, *b = pb;

	if (a->start_utc != b->start_utc)
		return a->start_utc < b->start_utc ? -1 : 1;
	if (a->start.date_only != b->start.date_only)
		return a->start.date_only ? -1 : 1;
	int c = strcmp(title_of(a), title_of(b));
	return c ? c : (a->end_utc > b->end_utc) - (a->end_utc < b->end_utc);
}

static void stamp(const char *zone, struct civil when, int64_t utc, char out[STAMP_SIZE])
{
	int32_t offset = 0;
	char date[CIVIL_SIZE];

	if (when.date_only) {
		civil_print(when, out);
		return;
	}
	if (zone_offset(zone, utc, &offset))
		offset = 0;
	int minutes = abs(offset) / 60;
	civil_print((struct civil){ .year = when.year, .month = when.month, .day = when.day, .date_only = true }, date);
	snprintf(out, STAMP_SIZE, "%sT%02d:%02d:%02d%c%02d:%02d", date, when.hour, when.minute, when.second,
		 offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void print_occurrence(const char *zone, const struct occurrence *o)
{
	static const char *const words[] = {
		[OCCURRENCE_SCHEDULED] = "scheduled", [OCCURRENCE_CANCELLED] = "cancelled", [OCCURRENCE_MOVED] = "moved"
	};
	char start[STAMP_SIZE], end[STAMP_SIZE];

	stamp(zone, o->start, o->start_utc, start);
	stamp(zone, o->end, o->end_utc, end);
	printf("%s\t%s\t%s\t%s\n", start, end, words[o->status], title_of(o));
}

static void print_skips(const struct ics_calendar *calendar)
{
	char line[LINE_MAX];

	for (size_t i = 0; i < calendar->n_skipped; i++) {
		ics_skip_print(&calendar->skipped[i], line, sizeof line);
		fprintf(stderr, "%s\n", line);
	}
}

static enum err print_all(const struct wanted *w, const struct ics_calendar *calendar, struct arena *arena,
			  struct fault *fault)
{
	const struct centre centre = { .zone = w->zone,
				       .n_activities = calendar->n_activities,
				       .activities = calendar->activities };
	struct occurrences list;
	enum err err = occur_between(&centre, w->from, w->to, arena, &list);

	if (err == ERR_LIMIT)
		return fault_set(fault, err, "--to", "more than %d occurrences: choose a shorter time",
				 LIMIT_OCCURRENCES);
	if (err)
		return fault_set(fault, err, w->file, "%s", err_cause(err));
	struct occurrence *v = ARENA_ARRAY(arena, list.n, struct occurrence);
	if (!v)
		return fault_set(fault, ERR_MEMORY, "", "%s", err_cause(ERR_MEMORY));
	if (list.n) {
		memcpy(v, list.v, list.n * sizeof *v);
		qsort(v, list.n, sizeof *v, order);
	}
	for (size_t i = 0; i < list.n; i++)
		if (v[i].status != OCCURRENCE_MOVED_AWAY)
			print_occurrence(w->zone, &v[i]);
	return fflush(stdout) ? fault_set(fault, ERR_FILE, "", "the output could not be written") : OK;
}

static enum err run(const struct wanted *w, struct arena *arena, struct buf *file, struct fault *fault)
{
	struct ics_calendar calendar;
	enum err err = file_read(w->file, file, fault);

	if (err == ERR_LIMIT)
		return fault_set(fault, err, w->file, "the calendar is larger than %d bytes", LIMIT_ICS_BYTES);
	if (!err)
		err = ics_read(arena, buf_text(file), file->len, w->zone, "nb", &calendar, fault);
	if (err)
		return err;
	print_skips(&calendar);
	return print_all(w, &calendar, arena, fault);
}

enum err cmd_occurrences(struct cli *cli, struct fault *fault)
{
	struct wanted wanted = { 0 };
	struct arena arena;
	struct buf file;

	arena_init(&arena, LIMIT_FEED_ARENA);
	buf_init(&file, LIMIT_ICS_BYTES);
	enum err err = parse(cli, &wanted, fault);
	if (!err)
		err = run(&wanted, &arena, &file, fault);
	buf_free(&file);
	arena_free(&arena);
	return err;
}
