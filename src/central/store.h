/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the central keeps, as functions. Whoever acts is a parameter of each
 * function that touches a centre's rows, and the SQL itself asks whether that
 * person may: a handler cannot forget it. Each change is one transaction with a
 * line in the audit and a new version of the centre, which the screens hear of
 * after the commit. Results live in the arena that is given.
 *
 * ERR_NOT_FOUND: no such row, or not this actor's (both look the same).
 * ERR_CONFLICT: somebody changed it since REVISION was read, or it is full.
 * ERR_REFERENCE: something else still refers to it. ERR_STORE, ERR_MEMORY. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "central/db.h"
#include "central/secret.h"
#include "core/centre.h"

struct actor {
	const char *user_id; /* NULL may do nothing */
	int64_t now;         /* unix seconds */
};
/* The command line and the background work: may do everything, cannot log in. */
#define SYSTEM_USER "system"
#define SYSTEM_ACTOR(now) ((struct actor){ SYSTEM_USER, (now) })

/* ---- centres ------------------------------------------------------------ */

struct centre_row {
	const char *id, *zone;
	struct texts name;
	size_t n_languages;
	const char *const *languages;
	int64_t version, changed_at;
	int64_t revision;
	const char *signup_host; /* NULL: from public-url */
	int32_t answer_days;     /* of call-backs; 0: it calls nobody back */
};
struct centre_rows {
	size_t n;
	const struct centre_row *v;
};
/* Those that ACTOR may edit, by name's order of creation. */
CHECKED enum err store_centres(struct db *db, struct arena *arena, struct actor actor, struct centre_rows *out);
CHECKED enum err store_centre(struct db *db, struct arena *arena, struct actor actor, const char *id,
			      struct centre_row *out);
/* For public pages: no actor. */
CHECKED enum err store_centre_public(struct db *db, struct arena *arena, const char *id, struct centre_row *out);
/* A new, empty centre (SYSTEM_ACTOR or an administrator). ERR_DUPLICATE if the id is taken. */
CHECKED enum err store_centre_add(struct db *db, struct actor actor, const struct centre *centre);
/* A centre with everything in it (a feed that was read); codes and numbers are kept where they are free. */
CHECKED enum err store_centre_import(struct db *db, struct arena *arena, struct actor actor,
				     const struct centre *centre, struct fault *fault);

/* The centre as the screens see it, whole; taken seats are those of the next
 * occurrence at NOW. TICK gets the next moment at which that changes by itself (INT64_MAX: never). */
CHECKED enum err store_feed(struct db *db, struct arena *arena, const char *id, int64_t now, struct centre **out,
			    int64_t *tick);
/* A new version because time passed; once per TICK, whichever process comes first. */
CHECKED enum err store_tick(struct db *db, const char *id, int64_t tick);

/* Every centre's id and version, for whoever publishes them. */
struct version_row {
	const char *id;
	int64_t version;
};
struct version_rows {
	size_t n;
	const struct version_row *v;
};
CHECKED enum err store_versions(struct db *db, struct arena *arena, struct version_rows *out);
/* Whether the database answers. */
CHECKED enum err store_ping(struct db *db);

/* ---- audit -------------------------------------------------------------- */

struct audit_line {
	int64_t at;
	const char *user;   /* the login name, or "" */
	const char *action; /* "activity.change" … */
	const char *item;   /* id */
	const char *detail; /* no personal data of volunteers */
};
struct audit_lines {
	size_t n;
	const struct audit_line *v;
};
/* The newest MAX lines of a centre. */
CHECKED enum err store_audit(struct db *db, struct arena *arena, struct actor actor, const char *centre, int max,
			     struct audit_lines *out);
