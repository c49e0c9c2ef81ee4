/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something is, as staff write it (day, from, to, last day, all day), and
 * as start and duration (core/centre.h). The fields are date, all_day, time,
 * until_time and last_date. Past midnight needs no last day: 22.00 to 00.30 ends on
 * the next. Without an end it lasts an hour. */
#pragma once

#include "central/staff_sheet.h"

/* The rows of a table of fields. */
#define SPAN_FIELDS(must)                                                                                       \
	{ .name = "date", .type = FIELD_DATE, .required = (must), .label = TEXT_STAFF_DATE },                   \
		{ .name = "all_day", .type = FIELD_CHECK, .label = TEXT_STAFF_ALL_DAY },                        \
		{ .name = "time", .type = FIELD_TIME, .conditional = true, .label = TEXT_STAFF_TIME_FROM },     \
		{ .name = "until_time", .type = FIELD_TIME, .conditional = true, .label = TEXT_STAFF_TIME_TO }, \
	{                                                                                                       \
		.name = "last_date", .type = FIELD_DATE, .conditional = true, .label = TEXT_STAFF_LAST_DATE     \
	}

struct span {
	struct civil start;
	struct duration duration;
};

/* The end, exclusive, on the same wall. */
struct civil span_end(struct civil start, struct duration duration);
void span_values(struct values *values, struct request *req, struct civil start, struct duration duration);
void span_write(const struct sheet *sheet);
/* What is wrong goes to the form; OUT is filled when nothing of these fields is. */
void span_take(struct form *form, struct span *out);
