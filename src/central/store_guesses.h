/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Six-digit numbers as visitors type them. They are no secret; guessing at
 * them is slowed per address (per /64 of IPv6, which is one household) and never blocked. */
#pragma once

#include "central/store_signups.h"

enum {
	GUESS_FREE = 10,     /* wrong numbers before it gets slow */
	GUESS_PAUSE_MAX = 8, /* seconds between wrong numbers at most: a whole care home may share one address */
};

/* As store_by_number, for somebody at ADDRESS. ERR_NOT_FOUND counts as a wrong one; ERR_LIMIT: not looked at, WAIT_S
 * (else 0) seconds are left. */
CHECKED enum err store_guess(struct db *db, struct arena *arena, int64_t now, const char *address, const char *number,
			     struct item_ref *out, int64_t *wait_s);
