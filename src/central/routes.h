/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page of the central: method, path, role, fields, flags, handler. {name}
 * is one part of the path, an id; {centre} is checked against the user. Rows of
 * the same path stand together. The feed and the assets are answered before
 * this table is looked at (server.c), because they never touch the database. */
#pragma once

#include "central/route.h"

/* clang-format off */
#define ROUTES(X) \
	/* sessions and the server itself (pages_session.c, pages_health.c) */ \
	X(GET,  "/health",         ANYBODY, fields_none,     ROUTE_PLAIN,                  page_health) \
	X(POST, "/language",       ANYBODY, fields_language, ROUTE_NO_MUST,                post_language) \
	X(GET,  "/staff/login",    ANYBODY, fields_none,     ROUTE_PLAIN,                  page_login) \
	X(POST, "/staff/login",    ANYBODY, fields_login,    ROUTE_SLOW,                   post_login) \
	X(POST, "/staff/logout",   STAFF,   fields_none,     ROUTE_NO_MUST,                post_logout) \
	X(GET,  "/staff/password", STAFF,   fields_none,     ROUTE_NO_MUST,                page_password) \
	X(POST, "/staff/password", STAFF,   fields_password, ROUTE_SLOW | ROUTE_NO_MUST,   post_password) \
	/* staff pages (staff_*.c) */ \
	/* visitors' pages (public_*.c) */
/* clang-format on */

#define X(method, path, role, table, flags, handler) \
	extern const struct fields table;            \
	enum err handler(struct request *req);
ROUTES(X)
#undef X
