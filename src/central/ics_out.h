/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files for volunteers' phones (RFC 5545). Times are written in UTC,
 * so that no VTIMEZONE is needed; dates stay dates. Lines are folded at 75 octets
 * between characters (3.1), text is escaped (3.3.11). OUT's error is the only one. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "core/civil.h"

struct ics_event {
	const char *uid;    /* globally unique, ASCII: "7F3K2-20261124T1100@oppslag.example.no" */
	int64_t changed_at; /* unix seconds: DTSTAMP */
	int64_t sequence;   /* grows with each change, 0 to 2^31 - 1 */
	bool all_day;
	struct civil from, to; /* all-day: dates, TO exclusive */
	int64_t start_utc, end_utc;
	const char *summary, *location, *description, *url; /* all but SUMMARY may be NULL */
	bool cancelled;                                     /* STATUS:CANCELLED: the phone takes it away */
};

void ics_out_open(struct buf *out);
void ics_out_event(struct buf *out, const struct ics_event *event);
void ics_out_close(struct buf *out);
