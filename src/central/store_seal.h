/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that call-backs are sealed to (io/seal.h). They are the central's: every centre's feed carries the newest
 * public one, and what a screen sealed to an older one still opens for half a year. */
#pragma once

#include "central/db.h"
#include "io/seal.h"

enum {
	SEAL_RENEW = 90 * 24 * 3600,
	SEAL_FORGET = 270 * 24 * 3600, /* since it was made */
};

/* The newest public key; the first one is made here. */
CHECKED enum err store_seal_key(struct db *db, int64_t now, char out[SEAL_KEY_TEXT + 1]);
/* What was sealed to any of the keys, as seal_open gives it. ERR_SYNTAX, ERR_VALUE. The caller wipes OUT. */
CHECKED enum err store_seal_open(struct db *db, struct arena *arena, const char *sealed, char out[SEAL_CLEAR + 1]);
/* Where the newest is as old as SEAL_RENEW: makes one, forgets those past SEAL_FORGET, gives every centre a new
 * version. */
CHECKED enum err store_seal_renew(struct db *db, int64_t now, bool *renewed);
