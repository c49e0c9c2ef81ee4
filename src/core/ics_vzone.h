/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A VTIMEZONE (RFC 5545 3.6.5) as a list of changes of clock. For ics_zone.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/rule.h"
#include "core/zone_changes.h"

enum { VZONE_PARTS_MAX = 100, VZONE_DATES_MAX = 200 };

/* A STANDARD or DAYLIGHT part: from its start, and then as its rule or dates
 * say, the clock goes from one offset to the other. */
struct ics_vpart {
	bool has_start, has_rule;
	struct civil start; /* of any year */
	int32_t from, to;   /* seconds */
	struct rule rule;
	size_t n_dates;
	struct civil *dates;
};

struct ics_vzone {
	struct ics_vzone *next;
	const char *tzid, *location; /* LOCATION: X-LIC-LOCATION */
	size_t n_parts;
	struct ics_vpart *parts;
	bool in_part, broken, settled;
	bool goes_on; /* a rule without an end: it speaks of all years to come */
	struct zone_changes changes;
};

CHECKED enum err ics_vzone_line(struct ics_vzone *zone, struct arena *arena, const char *line);
/* Makes the changes from the parts. ERR_VALUE: they cannot be told rightly. */
CHECKED enum err ics_vzone_settle(struct ics_vzone *zone, struct arena *arena);
