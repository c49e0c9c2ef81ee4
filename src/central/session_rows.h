/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What store_users.c and store_sessions.c share. */
#pragma once

#include "central/session.h"

struct row;
/* id, name, role, lang, must_change, created_at, seen_at. */
void user_read(struct row *row, struct user *out);
/* Fills the centres that USER may edit. */
CHECKED enum err user_centres(struct db *db, struct arena *arena, struct user *user);
