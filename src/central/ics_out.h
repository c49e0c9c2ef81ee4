/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar file for a volunteer's phone: one event, RFC 5545. Times are
 * written in UTC, so that no VTIMEZONE is needed; dates stay dates. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "core/civil.h"

struct ics_event {
	const char *uid;    /* globally unique, ASCII: "code-20261124T1100@host" */
	int64_t changed_at; /* unix seconds: DTSTAMP and SEQUENCE's clock */
	int64_t sequence;   /* grows with each change */
	bool all_day;
	struct civil from, to; /* all-day: dates, TO exclusive */
	int64_t start_utc, end_utc;
	const char *summary, *location, *description, *url; /* all but SUMMARY may be NULL */
	bool cancelled;                                     /* STATUS:CANCELLED: the phone takes it away */
};

/* Appends a whole VCALENDAR. Lines are folded at 75 octets between characters (3.1), text
 * is escaped (3.3.11). OUT's error is the only one. */
void ics_event_write(struct buf *out, const struct ics_event *event);
