/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request as a handler sees it: everything from outside is checked already
 * (route, role, session, CSRF token, fields), everything it needs stands here
 * and lives until the answer is sent. Handlers run on a worker thread with a
 * database connection of their own, never on the thread that talks HTTP. A handler
 * writes a page (layout.h) or calls one reply_* and returns OK; any other
 * error becomes the right error page. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "central/db.h"
#include "central/form.h"
#include "central/page.h"
#include "central/store.h"
#include "core/lang.h"

struct central; /* the process: central.h */
struct route;

enum { PARAMS_MAX = 4 };

struct request {
	struct central *central;
	const struct route *route;
	struct db *db;
	struct arena *arena;
	int64_t now; /* unix seconds */
	const struct lang *lang;
	const char *path;               /* decoded, without "?…" */
	const char *address;            /* of the client, as text; behind a trusted proxy the one that it names */
	const char *host;               /* as the client wrote it, checked for form */
	const char *params[PARAMS_MAX]; /* {…} of the route's pattern, in order; checked as ids */
	const char *centre;             /* the {centre} among them, or NULL */
	struct actor actor;             /* who acts, for store_*; user_id NULL on public routes without a session */
	const struct user *user;        /* the person logged in, or NULL */
	const char *csrf;               /* the session's token for forms, "" without one */
	const char *session;            /* hash of the session's token, or NULL */
	struct form form;               /* by the route's fields: of the body (POST) or of the address (GET) */
	int64_t callbacks_waiting, callbacks_late; /* of the centre of a staff page, for its navigation (staff_enter) */
	const char *done;      /* ?done=KEY of the address: what a POST did just before (layout.h) */
	const char *link_lang; /* the language that the address itself asks for (?L=EN), or NULL */
	bool for_staff;        /* an address below /staff */
	bool for_visitors;     /* the page that is open is a visitor's (layout.h) */
	/* Of a ROUTE_MACHINE, as they were sent; headers that are not there are NULL. */
	const char *content_type, *idempotency_key, *body;
	size_t body_len;
	struct fault fault; /* a handler may say here why it failed; for the log, English */

	struct page page;
	struct reply {
		int status; /* 200 */
		const char *location, *content_type, *cookie, *filename;
		const char *language_cookie;
		const char *bytes; /* when there is no page */
		size_t len;
		int retry_after_s;
	} reply;
};

/* 303: after a POST. PATH is local ("/staff/…"). */
void reply_see_other(struct request *req, const char *path);
/* A body that is no page, e.g. text/calendar. FILENAME (ASCII, may be NULL) offers it for saving. BYTES live in the
 * request's arena. */
void reply_bytes(struct request *req, const char *content_type, const char *filename, const char *bytes, size_t len);
/* The status of the page that is being written, e.g. 422 when a form is shown again with faults, 410 for what is gone.
 */
void reply_status(struct request *req, int status);

/* printf into the request's arena; NULL when it is full. */
char *req_printf(struct request *req, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* PART (any text) percent-encoded for a path or an address. */
char *req_encode(struct request *req, const char *part);
/* The words of a text in the page's language. */
const char *req_text(const struct request *req, enum text_id id);
/* A text of the centre in the page's language, else its first. NULL for an empty list. The second also tells the
 * language. */
const char *req_pick(const struct request *req, struct texts texts);
struct text req_pick_text(const struct request *req, struct texts texts);
/* PATH, with the language that the visitor's link asked for: it lasts as long as the visit, without a cookie. */
const char *req_link(struct request *req, const char *path);
/* Today on the wall of ZONE. */
CHECKED enum err req_today(const struct request *req, const char *zone, struct civil *out);
/* "https://host" that short links and mails begin with: the setting public-url. */
const char *req_public_url(const struct request *req);
