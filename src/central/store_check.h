/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an item would be taken by the feed's reader: one bad item would keep
 * the whole centre off the screens, so none gets into the store. References are
 * not looked at here; the database does that. ERR_VALUE and the like with FAULT's place,
 * "activities[0].rrule". */
#pragma once

#include "core/centre.h"

#include "base/err.h"

CHECKED enum err activity_check(const struct activity *item, struct fault *fault);
/* The check, and a hash of all that ITEM says (OUT has HASH_SIZE bytes). */
CHECKED enum err activity_fingerprint(const struct activity *item, char *out, struct fault *fault);
CHECKED enum err need_check(const struct need *item, struct fault *fault);
CHECKED enum err notice_check(const struct notice *item, struct fault *fault);
CHECKED enum err organisation_check(const struct organisation *item, struct fault *fault);
CHECKED enum err contact_check(const struct contact *item, struct fault *fault);
