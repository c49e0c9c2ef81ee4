/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which address is answered by what. One row each in routes.h; the router
 * checks method, path, size, session, role, CSRF token and fields before the
 * handler runs, and sets the headers after it. Adding a page = a row there,
 * a handler in a staff_*.c or public_*.c, its words in assets/lang. */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "central/form.h"

struct request;

/* name, who may come in */
#define ROLES(X)                                                              \
	X(ROLE_ANYBODY, "everybody; a session is seen if there is one")       \
	X(ROLE_STAFF, "whoever is logged in; of a {centre} only its editors") \
	X(ROLE_ADMINISTRATOR, "administrators")
enum role {
#define X(name, who) name,
	ROLES(X)
#undef X
};

enum method { METHOD_GET, METHOD_POST }; /* HEAD is answered as GET without the body */

enum route_flag {
	ROUTE_PLAIN = 0,
	ROUTE_SLOW = 1,    /* passwords, calendars: runs on the two slow workers */
	ROUTE_UPLOAD = 2,  /* takes multipart/form-data up to LIMIT_UPLOAD_BYTES */
	ROUTE_NO_MUST = 4, /* open also to a user who has to change the password first */
	ROUTE_SECRET = 8,  /* its address is a secret: no search engine, no referrer */
	ROUTE_MACHINE =
		16, /* for programs: a body of at most LIMIT_CALLBACK_BYTES that the handler reads; no session */
};

struct route {
	enum method method;
	const char *path; /* "/staff/c/{centre}/needs/{id}": literal parts without regard to case */
	enum role role;
	const struct fields *fields;
	int flags;
	enum err (*handler)(struct request *req);
};

/* No fields at all. */
extern const struct fields fields_none;

extern const struct route routes[];
extern const size_t n_routes;

/* The row for METHOD and PATH (decoded). PARAMS get copies in ARENA, CENTRE the {centre}.
 * ERR_NOT_FOUND: no such address. ERR_REFUSED: other methods only (ALLOW says which: "GET, HEAD"). */
CHECKED enum err route_find(struct arena *arena, enum method method, const char *path, const struct route **out,
			    const char **params, const char **centre, const char **allow);
