/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repeat rules (RFC 5545 3.3.10), no finer than daily, so a rule is a set of
 * days. The set is closed: rule_parse refuses what rule_days does not do
 * rightly. Plain values, pure functions, no heap. src/core/README.md says why
 * libical's iterator is the tests' oracle and not used here. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "core/civil.h"

enum rule_freq { RULE_DAILY, RULE_WEEKLY, RULE_MONTHLY, RULE_YEARLY };
enum rule_until { UNTIL_NONE, UNTIL_DATE, UNTIL_LOCAL, UNTIL_UTC };
enum { RULE_WEEKDAYS_MAX = 42, RULE_POSITIONS_MAX = 16, RULE_YEAR_DAYS = 366 };

/* "2TU": N 2, -1 the last, 0 every; Monday is 0. */
struct rule_weekday {
	int8_t n, weekday;
};

struct rule {
	enum rule_freq freq;
	int32_t interval; /* at least 1 */
	int32_t count;    /* 0: no COUNT */
	enum rule_until until_kind;
	struct civil until;
	int week_start;                       /* WKST, Monday 0 */
	uint16_t months;                      /* bits 1 to 12; 0: no BYMONTH */
	uint32_t month_days, month_days_back; /* bits 1 to 31, from the month's start and end */
	size_t n_weekdays, n_positions;
	struct rule_weekday weekdays[RULE_WEEKDAYS_MAX];
	int16_t positions[RULE_POSITIONS_MAX]; /* BYSETPOS */
};

/* ERR_SYNTAX: no rule. ERR_UNSUPPORTED: a rule that is not for us; TEXT of FAULT (may be NULL) says why. */
CHECKED enum err rule_parse(const char *s, struct rule *out, struct fault *fault);

/* Called for each day, ascending; false stops. */
typedef bool rule_day_fn(void *to, int32_t day);

/* The days of RULE with START as its first, that lie in FROM (inclusive) to TO
 * (exclusive); days count from 1970-01-01. START itself is always one of them
 * (3.8.5.3) and is COUNT's first. UNTIL is left to the caller, who knows the zone. */
void rule_days(const struct rule *rule, struct civil start, int32_t from, int32_t to, rule_day_fn *each, void *with);

/* The day on which COUNT is reached; INT32_MAX without COUNT or beyond our years. */
int32_t rule_last_day(const struct rule *rule, struct civil start);

/* How many days have to be looked at to find that day; 0 where a division does. */
int64_t rule_count_cost(const struct rule *rule, struct civil start);
