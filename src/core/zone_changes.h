/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock's offsets from UTC as a list of its changes, whoever tells them: the
 * system's zone data (zone_tzif.c) or a calendar's VTIMEZONE (ics_zone.c). */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/civil.h"

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
	struct zone_change *v; /* ascending; room is the caller's matter */
};

/* Appends; what changes nothing, or comes before the last one, is left out. Before 1970 only the offset is kept. */
void zone_changes_add(struct zone_changes *changes, int64_t utc, int32_t offset);
int32_t zone_changes_at_utc(const struct zone_changes *changes, int64_t utc);
/* The offset by which WALL is read. */
int32_t zone_changes_at_wall(const struct zone_changes *changes, int64_t wall);

/* Seconds since 1970-01-01T00:00 on the same wall, and back. */
int64_t wall_seconds(struct civil wall);
struct civil wall_from_seconds(int64_t seconds);
