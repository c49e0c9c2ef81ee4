/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP GET, or POST, by libcurl: proxies from the environment or settings, TLS always
 * verified, sizes and times capped, at most 5 redirects, only to http(s) and
 * never from https back to http. webcal:// is read as https://. Blocks: for
 * workers only, never on a thread that draws or answers. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Keeps connections open from one fetch to the next; of one thread. */
struct fetch_session;
struct fetch_session *fetch_session_new(void); /* NULL: out of memory */
void fetch_session_del(struct fetch_session *session);

struct fetch_request {
	const char *url;
	const char *etag; /* If-None-Match, or NULL */
	int wait_s;       /* Prefer: wait=N (RFC 7240), 0: none */
	int timeout_s;    /* of the whole, beside wait_s */
	size_t max_bytes; /* of the body, after decompression */
	/* Body and Content-Type of a POST; NULL: a GET. A redirect is answered with the same POST (RFC 9110 15.4.2
	   leaves that open for 301 and 302), a 303 is not followed. */
	const char *post, *post_type;
	const char *idempotency_key; /* draft-ietf-httpapi-idempotency-key-header; NULL: none */
	const char *user_agent;
	const char *proxy;             /* NULL: from the environment */
	const char *ca_file;           /* an additional authority, or NULL */
	bool public_only;              /* refuse private, loopback and link-local addresses, also after a redirect */
	atomic_bool *stop;             /* becomes true: give up within a second; may be NULL */
	int stop_fd;                   /* with stop: readable once stop is set, then at once; 0: none */
	struct fetch_session *session; /* NULL: a connection of its own */
};

struct fetch_reply {
	int status;     /* HTTP status, 0: none came */
	char etag[128]; /* "" if none or too long */
	char content_type[128];
	int retry_after_s; /* 0: none */
	struct buf body;   /* bytes as they came, after decompression */
};

/* OK for any HTTP answer (look at the status); ERR_NETWORK with a plain
 * sentence in FAULT (also when stopped), ERR_REFUSED for a forbidden address,
 * ERR_VALUE for what is no http(s) address, ERR_LIMIT for a body that is too
 * large, ERR_MEMORY. The fault's place is url_origin of the address. REPLY is to be freed in any case. */
CHECKED enum err fetch(const struct fetch_request *request, struct fetch_reply *reply, struct fault *fault);
void fetch_reply_free(struct fetch_reply *reply);

/* True for an address that fetch takes: http, https or webcal, with a host. */
bool url_is_http(const char *url);
/* "https://host:port" of URL, for logs: paths and logins of calendar addresses
 * are secrets. OUT is cut to SIZE. */
void url_origin(const char *url, char *out, size_t size);
