/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes of clock of one zone, read from the system's time zone data
 * (TZif, RFC 8536) and carried on by its rule to the end of 2199. For zone.c. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* From UTC on, the clock is OFFSET seconds ahead of UTC. WALL: the first wall
 * time, in seconds since 1970 as if it were UTC, that is read by this offset;
 * what the change skips and what it shows twice is read by the one before
 * (RFC 5545 3.3.5). */
struct zone_change {
	int64_t utc, wall;
	int32_t offset;
};

struct zone_changes {
	size_t n;
	int32_t first_offset;  /* before the first change */
	struct zone_change *v; /* ascending, 1970 to 2199; mem_free */
};

/* Reads NAME below the system's folder. ERR_VALUE: no such zone, or its file is none of TZif's version 2 or later. */
CHECKED enum err zone_tzif_read(const char *name, struct zone_changes *out);
