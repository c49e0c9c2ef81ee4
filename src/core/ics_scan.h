/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole iCalendar file taken apart: its events in their order, its zones,
 * its name. Nothing is judged yet. For ics.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/ics_event.h"
#include "core/ics_zone.h"

struct ics_file {
	struct ics_event *events; /* at most LIMIT_ICS_EVENTS */
	size_t n_events;
	size_t n_more;             /* events above that */
	size_t n_others;           /* VTODO, VJOURNAL, VFREEBUSY … */
	int more_line, other_line; /* the first of them */
	const char *name;
	bool cancels; /* METHOD:CANCEL */
	struct ics_zones zones;
};

/* All of OUT lives in ARENA. ERR_SYNTAX with the line for what is no calendar or is cut off. */
CHECKED enum err ics_scan(struct arena *arena, const char *bytes, size_t len, const char *zone, struct ics_file *out,
			  struct fault *fault);
