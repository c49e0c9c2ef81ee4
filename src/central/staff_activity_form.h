/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity as a form: its fields, the form filled in, and what was sent as
 * an activity. */
#pragma once

#include "central/staff_dates.h"
#include "central/staff_sheet.h"

CHECKED enum err activity_values(struct request *req, const struct activity *a, struct values *out);
/* Those of an activity that is not there yet. */
void activity_values_new(struct request *req, struct civil today, struct values *out);

/* The fields alone, between form_open and the buttons. */
void activity_fields_write(const struct sheet *sheet);

/* What was sent, over BEFORE: what the form does not show is kept. Faults go to the form. ERR_MEMORY. */
CHECKED enum err activity_take(struct request *req, const struct activity *before, struct activity *out);

/* Whether somebody who comes as announced before would come at the wrong time or to the wrong place. */
bool activity_moves(const struct activity *before, const struct activity *after);
