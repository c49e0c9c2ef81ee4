/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as libmicrohttpd's responses. NULL: out of memory. */
#pragma once

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

#include "central/answer.h"
#include "central/assets.h"

/* A line of plain text; CONNECTION ("close") may be NULL, RETRY_AFTER_S 0. */
struct MHD_Response *reply_plain(const char *text, const char *connection, int retry_after_s);
/* A copy of a feed's bytes with its headers; ENCODING may be NULL. */
struct MHD_Response *reply_feed(const char *bytes, size_t len, const char *etag, const char *encoding);
/* A style sheet or the like, kept for ever; its bytes must outlive the response. */
struct MHD_Response *reply_asset(const struct asset *asset, bool gzip);
/* A handler's answer; its body moves into the response. */
struct MHD_Response *reply_answer(struct answer *answer);
