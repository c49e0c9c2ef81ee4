/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dates of one activity, as staff see them: the next ones, a certain one,
 * and the rule in words. */
#pragma once

#include "central/staff.h"
#include "central/staff_repeat.h"

enum { DATES_SHOWN = 10 };

/* The next occurrences that end after NOW, at most MAX, by start; of a moved one only its new time. Looks eleven
 * years ahead, so that ten yearly ones are found. */
CHECKED enum err dates_next(struct request *req, const struct activity *activity, const char *zone, struct civil now,
			    size_t max, struct occurrences *out);

/* The occurrence whose original start is ORIGINAL, as it stands now (a moved one at its new time). ERR_NOT_FOUND. */
CHECKED enum err dates_find(struct request *req, const struct activity *activity, const char *zone,
			    struct civil original, struct occurrence *out);

/* What staff or a calendar say about ORIGINAL; NULL: as the series. */
const struct override *dates_override(const struct activity *activity, struct civil original);

/* "hver uke på tirsdag og torsdag, til 24. desember 2026"; "" for what happens once. */
const char *repeat_words(struct request *req, const char *rrule, struct civil start);

/* The list of dates, as a preview of what is not saved yet. */
void dates_write(struct request *req, const struct occurrences *dates, struct civil today);
