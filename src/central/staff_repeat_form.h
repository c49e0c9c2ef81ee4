/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often something comes back, as the fields repeat, weekdays, nth, weekday
 * and until of a form. */
#pragma once

#include "central/staff_choices.h"
#include "central/staff_repeat.h"
#include "central/staff_sheet.h"

/* The rows of a table of fields. */
#define REPEAT_FIELDS                                                          \
	{ .name = "repeat",                                                    \
	  .type = FIELD_CHOICE,                                                \
	  .required = true,                                                    \
	  .choices = choices_repeat,                                           \
	  .label = TEXT_STAFF_REPEAT },                                        \
		{ .name = "weekdays",                                          \
		  .type = FIELD_MANY,                                          \
		  .conditional = true,                                         \
		  .choices = choices_weekday,                                  \
		  .label = TEXT_STAFF_WEEKDAYS },                              \
		{ .name = "nth",                                               \
		  .type = FIELD_CHOICE,                                        \
		  .required = true,                                            \
		  .choices = choices_nth,                                      \
		  .label = TEXT_STAFF_NTH },                                   \
		{ .name = "weekday",                                           \
		  .type = FIELD_CHOICE,                                        \
		  .required = true,                                            \
		  .choices = choices_weekday,                                  \
		  .label = TEXT_STAFF_WEEKDAY },                               \
	{                                                                      \
		.name = "until", .type = FIELD_DATE, .label = TEXT_STAFF_UNTIL \
	}

/* Of what begins at START. */
void repeat_values(struct values *values, struct request *req, const struct repeat *repeat, struct civil start);
void repeat_fields_write(const struct sheet *sheet);
/* OWN: the rule that is kept if "own" stays chosen, or NULL. What is wrong goes to the form. */
void repeat_take(struct form *form, const char *own, struct civil start, struct repeat *out);
