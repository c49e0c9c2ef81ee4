/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iCalendar files (RFC 5545), as Outlook, Google, Nextcloud and others write
 * them, read into activities. Nothing is dropped in silence: each event or
 * rule that cannot be shown rightly becomes a line in skipped. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "core/centre.h"

enum skip_reason {
	SKIP_RULE_UNSUPPORTED, /* a repeat rule finer than daily, or one known to come out wrong */
	SKIP_RULE_MALFORMED,
	SKIP_NO_START,
	SKIP_BAD_TIME, /* a date or time that does not exist, or outside 1970-2199 */
	SKIP_ZONE_UNKNOWN,
	SKIP_TOO_MANY,     /* events, dates or occurrences above the caps */
	SKIP_NOT_AN_EVENT, /* VTODO, VJOURNAL … (counted, not listed one by one) */
	SKIP_PRIVATE,      /* CLASS:PRIVATE or CONFIDENTIAL is never put on a wall */
	SKIP_COUNT
};

struct ics_skip {
	enum skip_reason reason;
	int line;           /* where the component begins, 1 = first */
	const char *title;  /* SUMMARY, or "" */
	const char *detail; /* e.g. the rule; English, one line */
};

struct ics_calendar {
	const char *name; /* X-WR-CALNAME or RFC 7986 NAME, or NULL */
	size_t n_activities;
	const struct activity *activities; /* id: UID made safe; code and number "" ; texts in LANG */
	size_t n_skipped;
	const struct ics_skip *skipped;
};

/* Reads LEN bytes. ZONE is what floating times mean, LANG the language that
 * the texts are said to be in. A file that is no calendar at all is ERR_SYNTAX
 * with the place; otherwise OK, however much was skipped. Ends within 2 s for
 * any file. Takes a process-wide lock (libical's tables). */
CHECKED enum err ics_read(struct arena *arena, const char *bytes, size_t len, const char *zone, const char *lang,
			  struct ics_calendar *out, struct fault *fault);

/* The activities of a calendar as a whole centre, for a screen that has no
 * central: codes and numbers are made from the ids, no sign-up. */
CHECKED enum err ics_centre(struct arena *arena, const struct ics_calendar *calendar, const char *zone,
			    const char *lang, struct centre **out);

/* One line in plain English about SKIP, for a log or a terminal. */
void ics_skip_print(const struct ics_skip *skip, char *out, size_t size);
