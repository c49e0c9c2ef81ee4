/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at the other end: users, passwords (argon2id), sessions, and the
 * brake on guessing. A session's token is kept as a hash; guessing is slowed per address and
 * per user and never locks anybody out for longer than SLOW_MAX seconds. */
#pragma once

#include "central/store.h"

/* name in the database, what it may */
#define USER_ROLES(X)                                        \
	X(USER_ADMINISTRATOR, "administrator", "everything") \
	X(USER_EDITOR, "editor", "the centres that are named")
enum user_role {
#define X(name, s, what) name,
	USER_ROLES(X)
#undef X
		USER_ROLE_COUNT
};

struct user {
	const char *id, *name; /* NAME is what one logs in with: 2 to 60 of a-z 0-9 . _ - @ */
	enum user_role role;
	const char *lang; /* chosen for the staff pages, or NULL: by the browser */
	bool must_change; /* the password was made by somebody else */
	int64_t created_at, seen_at;
	size_t n_centres;
	const char *const *centres; /* ids, of an editor */
};
struct users {
	size_t n;
	const struct user *v;
};

enum {
	SESSION_IDLE = 2 * 3600, /* seconds without a request */
	SESSION_AGE = 12 * 3600, /* seconds altogether */
	PASSWORD_MIN = 12,
	PASSWORD_MAX = 200, /* characters; NIST SP 800-63B 5.1.1 */
	SLOW_FREE = 5,      /* wrong passwords before it gets slow */
	SLOW_MAX = 60,      /* seconds between attempts at most */
};

/* The command line's part. PASSWORD NULL: one is made and written to MADE (PASSWORD_MADE bytes). ERR_DUPLICATE,
 * ERR_VALUE. */
enum { PASSWORD_MADE = 24 };
CHECKED enum err user_add(struct db *db, int64_t now, const char *name, enum user_role role, size_t n_centres,
			  const char *const *centres, const char *password, char *made, struct fault *fault);
const char *user_role_name(enum user_role role);
CHECKED enum err user_remove(struct db *db, int64_t now, const char *name);
CHECKED enum err user_list(struct db *db, struct arena *arena, struct users *out);

/* OK: TOKEN (ID_SIZE bytes) is a new session's. ERR_REFUSED: wrong name or password. ERR_LIMIT: too fast, try again
 * in WAIT seconds. Takes about 0.1 s and 64 MB: for slow workers. */
CHECKED enum err session_login(struct db *db, int64_t now, const char *name, const char *password, const char *address,
			       char *token, int64_t *wait_s);
/* The user of TOKEN; ERR_NOT_FOUND when there is none or it is over. HASH has HASH_SIZE bytes. */
CHECKED enum err session_find(struct db *db, struct arena *arena, int64_t now, const char *token, struct user *out,
			      char *hash);
CHECKED enum err session_end(struct db *db, int64_t now, const char *hash);
/* The form token of a session: derived from TOKEN, useless without it. OUT has HASH_SIZE bytes. */
void session_csrf(const char *token, char *out);
/* ERR_REFUSED: OLD is wrong. Ends all other sessions of the user (all but HASH). */
CHECKED enum err session_password(struct db *db, struct actor actor, const char *hash, const char *old,
				  const char *new_password);
CHECKED enum err user_language(struct db *db, struct actor actor, const char *lang);
/* Deletes what is over: sessions, old attempts. */
CHECKED enum err session_sweep(struct db *db, int64_t now);
