/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One VEVENT as it stands in the file, before anything is made of it. libical
 * reads the properties; it is asked for one event at a time, never for a rule
 * or a zone, and never for more than a few kilobytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/civil.h"
#include "core/ics_lines.h"

/* A date or time with what the file says of its zone: UTC, a TZID, or neither (floating). */
struct ics_time {
	struct civil wall;
	bool utc, bad; /* BAD: no such date or time, or outside our years */
	const char *tzid;
};

/* An RDATE: a start, and of a PERIOD its own end or length. */
struct ics_extra {
	struct ics_time start, end;
	bool has_end, has_duration;
	struct duration duration;
};

struct ics_event {
	struct ics_event *next;
	int line;
	const char *uid, *summary, *location, *description, *categories; /* unescaped, not cleaned; NULL */
	const char *rrule;                                               /* the first one, NULL */
	bool has_start, has_end, has_duration, has_recurrence;
	bool cancelled, is_private, this_and_future;
	bool more_rules; /* several RRULEs, or an EXRULE */
	bool too_many;   /* dates or lines */
	bool bad_length; /* a DURATION that is none, or a negative one */
	struct ics_time start, end, recurrence;
	struct duration duration;
	size_t n_exdates, n_extras;
	struct ics_time *exdates;
	struct ics_extra *extras;
	int sequence;
	int64_t stamp; /* LAST-MODIFIED, else DTSTAMP; only for comparing */
};

/* The event that is being gathered from its lines. */
struct ics_gather {
	struct ics_event event;
	struct buf text; /* what libical will read */
	size_t n_lines;
	size_t n_dates; /* of the whole file */
	bool start_seen;
};

void ics_gather_init(struct ics_gather *gather);
void ics_gather_free(struct ics_gather *gather);
void ics_gather_begin(struct ics_gather *gather, int line);
CHECKED enum err ics_gather_line(struct ics_gather *gather, struct arena *arena, const struct ics_line *line);
/* OUT and all it points to live in ARENA. */
CHECKED enum err ics_gather_end(struct ics_gather *gather, struct arena *arena, struct ics_event **out);
