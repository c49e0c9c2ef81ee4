/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of one UID: a series, and occurrences of it that are moved,
 * changed or cancelled (RECURRENCE-ID). For ics.c. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "core/ics_activity.h"

/* Activities with the line of their event, which gives their order. */
struct ics_made {
	int line;
	struct activity activity;
};
struct ics_made_list {
	struct ics_made *v; /* mem_free */
	size_t n, size;
};

/* V are N events of one UID (or one without any). */
CHECKED enum err ics_group_make(struct ics_maker *m, const struct ics_event *const *v, size_t n,
				struct ics_made_list *out);
