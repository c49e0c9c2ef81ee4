/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff do to one occurrence of a series. Their word stands beside the
 * calendar's own (origin), so that it survives the next fetch of a subscription. */
#pragma once

#include "central/store.h"

/* Cancels, moves or renames one occurrence (REASON and the rest as in core/centre.h). On an activity
 * that a subscription owns only STATUS_CANCELLED is allowed (ERR_REFUSED). */
CHECKED enum err store_override_set(struct db *db, struct actor actor, const char *centre, const char *activity,
				    const struct override *override);
/* Takes staff's word about ORIGINAL back. */
CHECKED enum err store_override_clear(struct db *db, struct actor actor, const char *centre, const char *activity,
				      struct civil original);
/* The whole series: STATUS_CANCELLED or STATUS_SCHEDULED again. */
CHECKED enum err store_activity_status(struct db *db, struct actor actor, const char *centre, const char *activity,
				       enum status status);
/* Taken seats per occurrence, by original start. */
struct taken {
	struct civil original;
	int64_t taken;
};
struct takens {
	size_t n;
	const struct taken *v;
};
CHECKED enum err store_activity_taken(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				      const char *activity, struct takens *out);
