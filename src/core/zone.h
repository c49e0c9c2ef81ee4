/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wall-clock time in an IANA zone ("Europe/Oslo") and UTC, in both directions,
 * right across the changes of clock. A time that the clock skips in spring is
 * moved forward by the gap, one that comes twice in autumn means the first
 * (RFC 5545 3.3.5). Safe from any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "core/civil.h"

/* True for IANA names that this machine knows, "UTC" among them; false for
 * Windows names, abbreviations and offsets. */
bool zone_exists(const char *zone);

/* Unix seconds. ERR_VALUE for a zone that does not exist. */
CHECKED enum err zone_to_utc(const char *zone, struct civil wall, int64_t *utc);
CHECKED enum err zone_from_utc(const char *zone, int64_t utc, struct civil *wall);
/* Seconds east of UTC at UTC. */
CHECKED enum err zone_offset(const char *zone, int64_t utc, int32_t *offset);
