/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in and goes out of a handler, without a word of libmicrohttpd: so
 * that a test can ask for a page with no socket. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "central/central.h"
#include "central/route.h"

/* Header values are NULL where there is none; all live as long as the request. */
struct incoming {
	enum method method;
	const char *target; /* as it was sent: "/path?query" */
	const char *address;
	const char *host, *cookie, *accept_language, *content_type, *origin, *fetch_site, *forwarded_for,
		*idempotency_key;
	const char *body;
	size_t body_len;
};

enum { ANSWER_HEADERS_MAX = 16 };
struct answer {
	int status;
	struct buf body; /* caller frees */
	size_t n_headers;
	struct answer_header {
		const char *name;
		char *value; /* mem_alloc */
	} headers[ANSWER_HEADERS_MAX];
};
void answer_free(struct answer *answer);
CHECKED enum err answer_header(struct answer *answer, const char *name, const char *value);

/* Before the body is read: the route, and how many bytes it takes. ERR_NOT_FOUND, ERR_REFUSED (another method; ALLOW
 * says which), ERR_SYNTAX. PATH and PARAMS live in ARENA. */
struct target {
	const struct route *route;
	const char *path, *query; /* QUERY undecoded, "" if there is none */
	const char *params[4];
	const char *centre, *allow;
	size_t body_max;
};
CHECKED enum err target_find(struct arena *arena, enum method method, const char *target, struct target *out);

/* Runs everything: session, checks, handler, headers. Always gives an answer, if only a bare 500 (ERR_MEMORY: not even
 * that). */
CHECKED enum err request_run(struct central *central, struct db *db, int64_t now, const struct incoming *in,
			     struct answer *out);
/* An error's page without a handler, e.g. for a body that is too large. */
CHECKED enum err request_refuse(struct central *central, const struct incoming *in, int status, const char *allow,
				struct answer *out);
