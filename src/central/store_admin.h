/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What administrators do on the pages: users, and a centre's own row. The SQL
 * itself asks whether ACTOR is an administrator (users) or may edit the centre.
 * Nobody removes or degrades himself, and one administrator always stays: both are ERR_REFUSED. */
#pragma once

#include "central/session.h"

/* ERR_NOT_FOUND. */
CHECKED enum err store_user(struct db *db, struct arena *arena, const char *id, struct user *out);
/* ID is the form's token: a double press is one user, and FIRST is false the second time. MADE (PASSWORD_MADE
 * bytes) gets the one-time password. ERR_DUPLICATE: the name is taken. ERR_VALUE: it is no name. Takes about 0.1 s. */
CHECKED enum err store_user_add(struct db *db, struct actor actor, const struct user *user, char *made, bool *first);
CHECKED enum err store_user_change(struct db *db, struct actor actor, const struct user *user);
/* A new one-time password; ends the user's sessions. Takes about 0.1 s. */
CHECKED enum err store_user_reset(struct db *db, struct actor actor, const char *id, char *made);
CHECKED enum err store_user_remove(struct db *db, struct actor actor, const char *id);

/* A centre's own row as its editors see it. */
CHECKED enum err store_centre_whole(struct db *db, struct arena *arena, struct actor actor, const char *id,
				    struct centre *out);
/* Its name, address, telephone, opening hours, zone, languages, signup_host and answer_days (0: it calls nobody back).
 * ERR_CONFLICT. */
CHECKED enum err store_centre_change(struct db *db, struct actor actor, int64_t revision, const struct centre *centre);
