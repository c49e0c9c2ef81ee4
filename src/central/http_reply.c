/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_reply.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static bool add(struct MHD_Response *response, const char *name, const char *value)
{
	return !value || MHD_add_response_header(response, name, value) == MHD_YES;
}

/* NULL unless all headers could be set. */
static struct MHD_Response *whole(struct MHD_Response *response, bool fine)
{
	if (response && !fine) {
		MHD_destroy_response(response);
		return NULL;
	}
	return response;
}

struct MHD_Response *reply_plain(const char *text, const char *connection, int retry_after_s)
{
	char seconds[16];
	struct MHD_Response *r =
		MHD_create_response_from_buffer(strlen(text), (void *)(size_t)text, MHD_RESPMEM_MUST_COPY);

	snprintf(seconds, sizeof seconds, "%d", retry_after_s);
	return whole(r, r && add(r, "Content-Type", "text/plain; charset=utf-8") &&
				add(r, "X-Content-Type-Options", "nosniff") && add(r, "Cache-Control", "no-store") &&
				add(r, "Connection", connection) &&
				add(r, "Retry-After", retry_after_s ? seconds : NULL));
}

struct MHD_Response *reply_feed(const char *bytes, size_t len, const char *etag, const char *encoding)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(len, (void *)(size_t)bytes, MHD_RESPMEM_MUST_COPY);

	/* no-cache: a cache may keep it, and asks each time whether it still holds. */
	return whole(r, r && add(r, "Content-Type", "application/json") && add(r, "ETag", etag) &&
				add(r, "Cache-Control", "public, no-cache") && add(r, "Vary", "Accept-Encoding") &&
				add(r, "X-Content-Type-Options", "nosniff") &&
				add(r, "Access-Control-Allow-Origin", "*") && add(r, "Content-Encoding", encoding));
}

struct MHD_Response *reply_asset(const struct asset *asset, bool gzip)
{
	const char *bytes = gzip ? asset->gzip : asset->plain;
	size_t len = gzip ? asset->gzip_len : asset->plain_len;
	struct MHD_Response *r = MHD_create_response_from_buffer(len, (void *)(size_t)bytes, MHD_RESPMEM_PERSISTENT);

	return whole(r, r && add(r, "Content-Type", asset->type) && add(r, "X-Content-Type-Options", "nosniff") &&
				add(r, "Cache-Control", "public, max-age=31536000, immutable") &&
				add(r, "Vary", asset->gzip ? "Accept-Encoding" : NULL) &&
				add(r, "Content-Encoding", gzip ? "gzip" : NULL));
}

struct MHD_Response *reply_answer(struct answer *answer)
{
	size_t len = answer->body.len;
	void *bytes = answer->body.bytes;
	struct MHD_Response *r =
		bytes ? MHD_create_response_from_buffer_with_free_callback(len, bytes, mem_free)
		      : MHD_create_response_from_buffer(0, (void *)(size_t) "", MHD_RESPMEM_PERSISTENT);
	bool fine = r != NULL;

	if (r)
		answer->body = (struct buf){ .max = answer->body.max };
	for (size_t i = 0; i < answer->n_headers && fine; i++)
		fine = add(r, answer->headers[i].name, answer->headers[i].value);
	return whole(r, fine);
}
