/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the activity pages that several of them show. */
#pragma once

#include "central/staff_activity_form.h"
#include "central/store_occurrences.h"
#include "central/store_signups.h"

/* The activity {id} of the address, {1} among the parameters. */
CHECKED enum err activity_enter(struct request *req, struct staff *staff, struct activity_row *row);

/* What a subscription owns is changed in its calendar: back to the activity's page, which says so. */
CHECKED enum err activity_is_calendars(struct request *req);

/* One occurrence as an entry of a list: when, how it stands, what can be done. NAMED: with the activity's name. */
void occurrence_row_write(struct request *req, const struct staff *staff, const struct activity_row *row,
			  const struct occurrence *o, const struct takens *takens, bool named);

/* Those who signed up for ORIGINAL (NULL: for occurrences from FROM on), still active. */
CHECKED enum err signups_of(struct request *req, const char *activity, const struct civil *original, struct civil from,
			    struct signups *out);
/* Who they are, with telephone and mail, as a list to be read before something is cancelled. */
void signups_brief_write(struct request *req, const struct signups *signups, enum text_id heading);

/* Tells visitors on the screens what became of a series: an important notice of two weeks. */
CHECKED enum err series_notice(struct request *req, const struct staff *staff, const struct activity *activity,
			       enum text_id title, const char *token);
