/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest parts of JSON text (RFC 8259), appended to a buf in one way
 * only, so that equal data give equal bytes. Numbers take no notice of the
 * locale. Failed appends are remembered by the buf. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* S in quotes, escaped where section 7 asks for it and nowhere else; null if S
 * is NULL. S is valid UTF-8. */
void json_write_string(struct buf *out, const char *s);
void json_write_bool(struct buf *out, bool value);
/* VALUE / 1000000, without trailing zeros: 276712 gives 0.276712. */
void json_write_millionths(struct buf *out, int64_t value);
