/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rules to days: which occurrences of which activities lie on a day. The
 * rule repeats in the activity's local wall time (RFC 5545 3.3.10), results are
 * given on the centre's wall. Overrides are applied, cancelled occurrences
 * stay, a moved one appears twice: at its old time as OCCURRENCE_MOVED_AWAY, at its
 * new time as OCCURRENCE_MOVED. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "core/centre.h"

enum occurrence_status {
	OCCURRENCE_SCHEDULED,
	OCCURRENCE_CANCELLED,  /* at its own time */
	OCCURRENCE_MOVED,      /* stands at its new time */
	OCCURRENCE_MOVED_AWAY, /* stands at its old time, moved_to says where it went */
};

struct occurrence {
	const struct activity *activity;
	const struct override *override; /* NULL: as the series */
	enum occurrence_status status;
	struct civil original;   /* local start by the rule, in the activity's zone: the occurrence's name in links */
	struct civil start, end; /* on the centre's wall; end is exclusive, a date for all-day ones */
	int64_t start_utc, end_utc;
	struct civil moved_to; /* MOVED_AWAY: the new start; MOVED: the old start */
};

struct occurrences {
	size_t n;
	const struct occurrence *v; /* by start, all-day first, then by the activity's order */
};

/* Checks a repeat rule for use: well-formed, no finer than daily, none of the
 * forms that are known to expand wrongly. OK, ERR_SYNTAX, ERR_UNSUPPORTED; TEXT of FAULT says why. */
CHECKED enum err rule_check(const char *rrule, struct fault *fault);

/* All occurrences of CENTRE's activities that touch the days FROM (inclusive)
 * to TO (exclusive) on the centre's wall, those that began before and still
 * run included. ERR_LIMIT above LIMIT_OCCURRENCES. */
CHECKED enum err occur_between(const struct centre *centre, struct civil from, struct civil to, struct arena *arena,
			       struct occurrences *out);

/* The same for one activity; ZONE is the centre's. */
CHECKED enum err occur_activity(const struct activity *activity, const char *zone, struct civil from, struct civil to,
				struct arena *arena, struct occurrences *out);

/* A cache of days for one centre, which must outlive it. One thread at a time. */
struct schedule;
struct schedule *schedule_new(const struct centre *centre); /* NULL: out of memory */
void schedule_del(struct schedule *schedule);
/* The occurrences that touch DAY; valid until the next call for a day that is
 * not cached (14 days are kept) or schedule_del. */
CHECKED enum err schedule_day(struct schedule *schedule, struct civil day, struct occurrences *out);
/* The first occurrence of ACTIVITY that ends after NOW (centre's wall) and is not
 * MOVED_AWAY, within a year, cancelled ones included. ERR_NOT_FOUND if none. */
CHECKED enum err schedule_next(struct schedule *schedule, const struct activity *activity, struct civil now,
			       struct occurrence *out);
