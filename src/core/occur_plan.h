/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One activity, made ready for expansion, and the list that its occurrences go
 * to. For occur.c and occur_schedule.c. A plan borrows its activity and zone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "core/occur.h"
#include "core/rule.h"

struct plan {
	const struct activity *activity;
	const char *zone;   /* the activity's own */
	const char *centre; /* the centre's */
	bool has_rule;
	struct rule rule;
	int32_t first,
		last;      /* days of the first and last start by the rule, in the activity's zone; last may be later */
	int64_t until_utc; /* last start by the rule, if UNTIL says UTC or local time; else INT64_MAX */
};

/* ERR_SYNTAX or ERR_UNSUPPORTED for a bad rule, ERR_VALUE for a zone that does not exist. */
CHECKED enum err plan_init(struct plan *plan, const struct activity *activity, const char *zone);
/* Finds out when COUNT ends, once, so that later days need not count again. */
void plan_settle_count(struct plan *plan);
/* True if ORIGINAL is a start by rule, start or rdates, whatever exdates say. */
bool plan_has(const struct plan *plan, struct civil original);

/* Days FROM to TO (exclusive) on the centre's wall, and what was found in them. */
struct window {
	int32_t from, to;
	int64_t from_utc, to_utc;
	struct occurrence *v; /* mem_free */
	size_t n, size;
	enum err err; /* the first that happened */
};

/* Days outside 1970 to 2199 are cut off. */
CHECKED enum err window_init(struct window *window, const char *zone, int32_t from, int32_t to);
void window_free(struct window *window);
void plan_expand(const struct plan *plan, struct window *window);
/* Sorts and moves to ARENA. */
CHECKED enum err window_finish(struct window *window, struct arena *arena, struct occurrences *out);
