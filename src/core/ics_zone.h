/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what calendars call a zone to an IANA one: IANA names with and without
 * a maker's prefix, Windows names, and VTIMEZONE components under whatever
 * name. A VTIMEZONE that truly differs from the zone it is named after wins. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/ics_event.h"
#include "core/ics_lines.h"

struct ics_vzone;

struct ics_zones {
	struct arena *arena;
	const char *centre;      /* what floating times mean */
	struct ics_vzone *first; /* the file's VTIMEZONEs */
	size_t n, n_names, n_parts;
	struct ics_named *names; /* TZIDs asked for so far */
};

void ics_zones_init(struct ics_zones *zones, struct arena *arena, const char *centre);

/* One VTIMEZONE line by line, BEGIN and END of its parts included, without its own. */
CHECKED enum err ics_zone_begin(struct ics_zones *zones);
CHECKED enum err ics_zone_line(struct ics_zones *zones, const char *line);

/* How an event's times are to be read. ZONE is IANA; OWN, if not NULL, is a
 * VTIMEZONE that no IANA zone equals: good for single times only. */
struct ics_place {
	const char *zone;
	const struct ics_vzone *own;
};
/* REPEATS: the offsets have to agree for years to come, not just at TIME.
 * ERR_VALUE: the zone is unknown. */
CHECKED enum err ics_zone_resolve(struct ics_zones *zones, const struct ics_time *time, bool repeats,
				  struct ics_place *out);
/* TIME (no date) in UTC, by its own zone. */
CHECKED enum err ics_zone_utc(struct ics_zones *zones, const struct ics_time *time, int64_t *utc);
