/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What store_users.c and store_sessions.c share. */
#pragma once

#include "central/session.h"

/* 2 to 60 of a-z 0-9 . _ - @ */
bool user_name_is_valid(const char *s);
/* OUT has PASSWORD_MADE bytes. */
void password_make(char *out);

struct row;
/* id, name, role, lang, must_change, created_at, seen_at. */
void user_read(struct row *row, struct user *out);
/* Fills the centres that USER may edit. */
CHECKED enum err user_centres(struct db *db, struct arena *arena, struct user *user);
