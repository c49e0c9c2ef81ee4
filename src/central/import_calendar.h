/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar's bytes into a centre's activities, from a file or from an
 * address. A fetch that fails, or brings what is no calendar, leaves what came
 * last; the fault is kept for the staff's page. Blocks (a fetch for up to CALENDAR_TIMEOUT_S and
 * a reading for up to 2 s): for slow workers, jobs and the command line. */
#pragma once

#include "central/central.h"
#include "central/store_calendars.h"

enum { CALENDAR_TIMEOUT_S = 20 };

/* What kept a fetch from bringing anything: its word in the database, and to staff. */
#define CALENDAR_FAULTS(X)                         \
	X("address", TEXT_STAFF_CAL_FAULT_ADDRESS) \
	X("content", TEXT_STAFF_CAL_FAULT_CONTENT) \
	X("network", TEXT_STAFF_CAL_FAULT_NETWORK) \
	X("here", TEXT_STAFF_CAL_FAULT_HERE)       \
	X("size", TEXT_STAFF_CAL_FAULT_SIZE)       \
	X("status", TEXT_STAFF_CAL_FAULT_STATUS)

/* Reads LEN bytes and stores what is in them. ZONE is the centre's. Of a file (ADDRESS NULL) a NAME that is NULL
 * becomes the calendar's own, else OTHERWISE. CAME is what was read, without the titles of private events.
 * ERR_SYNTAX: no calendar. */
struct calendar_bytes {
	const char *bytes;
	size_t len;
	const char *etag, *otherwise;
};
CHECKED enum err calendar_take(struct db *db, struct arena *arena, struct actor actor, struct calendar *calendar,
			       const char *zone, const struct calendar_bytes *bytes, struct ics_calendar *came,
			       struct calendar_outcome *outcome, struct fault *fault);

/* Fetches a subscription and stores what came, or why nothing did. An error only where the database fails or memory
 * is out. */
CHECKED enum err calendar_fetch(struct central *central, struct db *db, int64_t now, const struct calendar *calendar);
