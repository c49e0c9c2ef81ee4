/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A feed as the kiosk holds it: read from bytes of either kind (the feed, or a
 * calendar), judged against the one that is shown, its days prepared. And how
 * old it is. Pure: no files, no network, no clock. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "screen/model.h"

struct kiosk_feed {
	struct screen_feed screen; /* what the screen is given */
	struct arena arena;        /* of the centre */
	bool is_calendar;
	struct kiosk_feed *next; /* of the list that its owner keeps */
};

/* True when BYTES begin as an iCalendar file does, whatever their name. */
bool feed_is_calendar(const char *bytes, size_t len);

/* ZONE and LANG are what a calendar's floating times and texts mean. What of a
 * calendar was skipped is logged. FAULT's place is within the document. */
CHECKED enum err kiosk_feed_read(const char *bytes, size_t len, const char *zone, const char *lang,
				 struct kiosk_feed **out, struct fault *fault);
void kiosk_feed_del(struct kiosk_feed *feed);
/* Expands N days from DAY on, so that the drawing thread finds them ready. */
CHECKED enum err kiosk_feed_prepare(struct kiosk_feed *feed, struct civil day, int n);

/* "waiting", "fresh", "failed", "rejected". */
const char *feed_state_name(enum feed_state state);
bool feed_state_parse(const char *name, enum feed_state *out);

/* What is known of the good feed that a new one would replace. */
struct feed_past {
	bool has; /* there is one; it is a feed, not a calendar */
	char id[LIMIT_ID + 1];
	int64_t generated;
};
void feed_past_set(struct feed_past *past, const struct kiosk_feed *feed);

/* Whether CANDIDATE may replace the feed that PAST describes. WANTED is the
 * centre that the address names, "" if it names none. ERR_CONFLICT for another centre's
 * feed or a calendar in its place, ERR_VALUE for one that is older, unless PAST claims to come from after UTC (a
 * central whose clock was wrong).
 */
CHECKED enum err feed_judge(const struct feed_past *past, const char *wanted, const struct kiosk_feed *candidate,
			    int64_t utc, struct fault *fault);

/* When the feed was last known to be right. */
struct feed_seen {
	bool known;
	bool this_run; /* mono_ms counts, whatever happens to the wall clock; else utc_ms */
	int64_t utc_ms, mono_ms;
};
/* Seconds; -1: unknown, also when the machine's clock is behind what it once was. */
int64_t feed_seen_age(const struct feed_seen *seen, int64_t utc_ms, int64_t mono_ms);
