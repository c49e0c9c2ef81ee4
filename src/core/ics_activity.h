/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an event as it stands in the file to an activity. For ics.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/ics.h"
#include "core/ics_scan.h"

struct ics_maker {
	struct arena *arena; /* of the result */
	struct arena work;   /* of this reading */
	struct ics_file *file;
	const char *zone, *lang;
	int64_t steps_left; /* for rules with COUNT */

	struct ics_skip *skips;
	size_t n_skips, skips_size;
};

CHECKED enum err ics_note(struct ics_maker *m, enum skip_reason reason, const struct ics_event *e, const char *detail);

/* OUT is made; or, noted as skipped, MADE is false. As a series with its rule, or AS_SINGLE: an occurrence whose series
 * is not there. */
CHECKED enum err ics_make(struct ics_maker *m, const struct ics_event *e, bool as_single, struct activity *out,
			  bool *made);

/* What EVENT, the occurrence ORIGINAL of SERIES (made from MASTER), has otherwise. */
CHECKED enum err ics_make_override(struct ics_maker *m, const struct ics_event *master, const struct activity *series,
				   const struct ics_event *event, struct civil original, struct override *out,
				   bool *made);

/* TIME on the wall of SERIES; a date for an all-day one. ERR_VALUE: its zone is unknown, or it is no time. */
CHECKED enum err ics_on_wall(struct ics_maker *m, const struct activity *series, const struct ics_time *time,
			     struct civil *out);
