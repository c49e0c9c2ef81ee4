/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that grow up to a stated maximum. A failed append is remembered, so
 * that a writer checks once at the end: buf_ok. The bytes are always closed
 * with a NUL that len does not count. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf {
	char *bytes; /* NULL while empty: use buf_text */
	size_t len, size, max;
	enum err err; /* OK, ERR_MEMORY or ERR_LIMIT: the first that happened */
};

void buf_init(struct buf *buf, size_t max);
void buf_free(struct buf *buf);
/* Empties it, keeps the memory, forgets the error. */
void buf_reset(struct buf *buf);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *s);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

bool buf_ok(const struct buf *buf);
/* The bytes so far, never NULL. */
const char *buf_text(const struct buf *buf);
