/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP GET or POST by libcurl: proxies from the environment or settings,
 * TLS always verified, sizes and times capped, redirects only from http(s) to
 * http(s). Blocks: for workers only, never on a thread that draws or answers. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct fetch_request {
	const char *url;
	const char *etag;      /* If-None-Match, or NULL */
	int wait_s;            /* Prefer: wait=N (RFC 7240), 0: none */
	int timeout_s;         /* of the whole, beside wait_s */
	size_t max_bytes;      /* of the body, after decompression */
	const char *user_agent;
	const char *proxy;     /* NULL: from the environment */
	const char *ca_file;   /* an additional authority, or NULL */
	bool public_only;      /* refuse private, loopback and link-local addresses, also after a redirect */
	atomic_bool *stop;     /* becomes true: give up at once; may be NULL */
};

struct fetch_reply {
	int status;          /* HTTP status, 0: none came */
	char etag[128];      /* "" if none or too long */
	char content_type[128];
	int retry_after_s;   /* 0: none */
	struct buf body;     /* caller frees */
};

/* OK for any HTTP answer (look at the status); ERR_NETWORK with a plain
 * sentence in FAULT, ERR_REFUSED for a forbidden address, ERR_LIMIT for a body
 * that is too large, ERR_MEMORY. */
CHECKED enum err fetch(const struct fetch_request *request, struct fetch_reply *reply, struct fault *fault);
void fetch_reply_free(struct fetch_reply *reply);
