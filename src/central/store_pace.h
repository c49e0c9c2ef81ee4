/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often something may be done: so many times in an hour, at once if need be, and then as often as they come back
 * (the generic cell rate algorithm of ITU-T I.371: one row and one time tell it all). */
#pragma once

#include "central/db.h"

/* Within a transaction: counts one more for WHO (a centre, a person's place), of a KIND, and answers OK; or ERR_LIMIT,
 * counts nothing, and WAIT_S (else 0) is how many seconds are left. WHO is kept as a hash. */
CHECKED enum err store_pace(struct db *db, int64_t now, const char *kind, const char *who, int an_hour,
			    int64_t *wait_s);
/* The same for the place that ADDRESS belongs to (io/address.h). A whole house may share one: AN_HOUR is to be
 * generous. */
CHECKED enum err store_pace_place(struct db *db, int64_t now, const char *kind, const char *address, int an_hour,
				  int64_t *wait_s);
/* And that in a transaction of its own. */
CHECKED enum err store_pace_address(struct db *db, int64_t now, const char *kind, const char *address, int an_hour,
				    int64_t *wait_s);
