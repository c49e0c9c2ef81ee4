/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Until when sign-ups are kept (retention.h says why then). */
#pragma once

#include "central/store_signups.h"

struct signup_item {
	struct item_ref item;
	const char *original; /* NULL for a need */
};
struct signup_items {
	size_t n;
	const struct signup_item *v;
};
/* What there are sign-ups for, of all centres. */
CHECKED enum err store_signup_items(struct db *db, struct arena *arena, struct signup_items *out);
/* All sign-ups for ITEM go at AT, or so many SECONDS after each person's last yes. */
CHECKED enum err store_signups_until(struct db *db, const struct signup_item *item, int64_t at);
CHECKED enum err store_signups_yearly(struct db *db, const struct signup_item *item, int64_t seconds);
/* The person says yes once more: by the link, or to staff. ERR_NOT_FOUND. */
CHECKED enum err store_signup_stays(struct db *db, int64_t now, const char *secret, int64_t delete_after);
CHECKED enum err store_signup_stays_told(struct db *db, struct actor actor, const char *centre, const char *id,
					 int64_t delete_after);
