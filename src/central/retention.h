/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is deleted by itself, and when. A sign-up is kept until 30 days after the last time of what it is for;
 * where no last time is known, a year after the person said yes, or said so again. The day follows
 * when staff move an occurrence or end a need: it is worked out anew before anything is deleted. A notice goes 30 days
 * after its last day: the wall has room for LIMIT_NOTICES, and nobody tidies. */
#pragma once

#include "base/arena.h"
#include "central/db.h"
#include "core/centre.h"
#include "core/occur.h"

enum {
	RETENTION_DAY = 24 * 3600,
	RETENTION_KEEP = 30 * RETENTION_DAY,
	RETENTION_ASK = 365 * RETENTION_DAY,     /* open-ended: the person is asked again after this */
	RETENTION_ASK_FROM = 60 * RETENTION_DAY, /* and can answer so long before */
};

/* When the last time of NEED ends; OPEN_ENDED: nobody knows yet (END is 0). ZONE is the centre's. */
CHECKED enum err retention_need_end(const struct need *need, const char *zone, int64_t now, struct arena *arena,
				    bool *open_ended, int64_t *end);

/* Works out every sign-up's day and deletes what is past it; N gets how many. */
CHECKED enum err retention_run(struct db *db, int64_t now, int64_t *n);
/* Removes the notices of all centres that are past their month. */
CHECKED enum err retention_notices(struct db *db, int64_t now, int64_t *n);
