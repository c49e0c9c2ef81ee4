/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes of clock of one zone, read from the system's time zone data
 * (TZif, RFC 8536) and carried on by its rule to the end of 2199. For zone.c. */
#pragma once

#include "base/err.h"
#include "core/zone_changes.h"

/* Reads NAME below the system's folder; the list's v is mem_free'd by the caller. ERR_VALUE: no such zone, or its file
 * is none of TZif's version 2 or later. */
CHECKED enum err zone_tzif_read(const char *name, struct zone_changes *out);
