/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often something comes back, as staff say it ("every week on Tuesday and
 * Thursday, until Christmas"), and as a repeat rule of RFC 5545 3.3.10. A rule that is
 * richer than these words is kept as it is (REPEAT_OWN). Pure. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "core/civil.h"

/* name, value in the form */
#define REPEATS(X)                                                                   \
	X(REPEAT_NONE, "none")                 /* once */                            \
	X(REPEAT_DAILY, "daily")               /* every day */                       \
	X(REPEAT_WORKDAYS, "workdays")         /* Monday to Friday */                \
	X(REPEAT_WEEKLY, "weekly")             /* on the weekdays chosen */          \
	X(REPEAT_FORTNIGHTLY, "fortnightly")   /* every second week, on those */     \
	X(REPEAT_MONTHLY_DATE, "monthly-date") /* on the start's day of the month */ \
	X(REPEAT_MONTHLY_NTH, "monthly-nth")   /* on the n-th of a weekday */        \
	X(REPEAT_YEARLY, "yearly")             /* on the start's date */             \
	X(REPEAT_OWN, "own")                   /* a rule in its own words, kept */
enum repeat_kind {
#define X(name, s) name,
	REPEATS(X)
#undef X
		REPEAT_COUNT
};

struct repeat {
	enum repeat_kind kind;
	unsigned weekdays;  /* bit 0 Monday … bit 6 Sunday; WEEKLY and FORTNIGHTLY: never 0 */
	int nth;            /* MONTHLY_NTH: 1 to 4, -1 the last */
	int weekday;        /* MONTHLY_NTH: 0 Monday … 6 Sunday */
	bool has_until;     /* not of NONE and OWN */
	struct civil until; /* date: the last day on which it may begin */
	const char *own;    /* OWN: the rule */
};

/* What RRULE (NULL: none) of something that begins at START says. */
void repeat_from_rule(const char *rrule, struct civil start, struct repeat *out);
/* The rule of REPEAT for a START; *OUT is NULL for REPEAT_NONE. Weekdays that are missing are START's. ERR_MEMORY. */
CHECKED enum err repeat_to_rule(struct arena *arena, const struct repeat *repeat, struct civil start, const char **out);

/* The first day from START on that REPEAT itself names; START where it names none or is OWN. A rule's start is
 * always one of its days (RFC 5545 3.8.5.3), so a Monday start of "every Tuesday" would be shown as a Monday. */
struct civil repeat_first(const struct repeat *repeat, struct civil start);

const char *repeat_name(enum repeat_kind kind);
enum repeat_kind repeat_parse(const char *name); /* REPEAT_COUNT: none of them */
