/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed, version 1: one JSON document per centre (config/feed.schema.json),
 * written and read here and nowhere else, so that central and kiosk cannot
 * disagree. Reading is strict (RFC 8259, UTF-8, no duplicate keys, all caps)
 * and whole: one fault rejects the document. Unknown fields are ignored. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "core/centre.h"

/* Reads LEN bytes. On OK *OUT and all it points to live in ARENA (give it
 * LIMIT_FEED_ARENA). Otherwise FAULT names the place, "activities[3].start",
 * or "line 7, column 2" for what is no JSON. */
CHECKED enum err feed_read(struct arena *arena, const char *bytes, size_t len, struct centre **out,
			   struct fault *fault);

/* Writes CENTRE; reading the result gives an equal centre. The same centre
 * always gives the same bytes. OUT's error is the only one (give it LIMIT_FEED_BYTES). */
CHECKED enum err feed_write(const struct centre *centre, struct buf *out);
