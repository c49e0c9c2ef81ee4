/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){ .max = max };
}

void buf_free(struct buf *buf)
{
	mem_free(buf->bytes);
	buf_init(buf, buf->max);
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->err = OK;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

static bool reserve(struct buf *buf, size_t more)
{
	if (buf->err)
		return false;
	if (more > buf->max - buf->len) {
		buf->err = ERR_LIMIT;
		return false;
	}
	size_t need = buf->len + more + 1;
	if (need <= buf->size)
		return true;
	size_t size = buf->size ? buf->size : 256;
	while (size < need)
		size *= 2;
	char *bytes = mem_resize(buf->bytes, size);
	if (!bytes) {
		buf->err = ERR_MEMORY;
		return false;
	}
	buf->bytes = bytes;
	buf->size = size;
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!reserve(buf, len))
		return;
	if (len)
		memcpy(buf->bytes + buf->len, bytes, len);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

void buf_str(struct buf *buf, const char *s)
{
	buf_add(buf, s, strlen(s));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *fmt, va_list args)
{
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0 || !reserve(buf, (size_t)n))
		return;
	vsnprintf(buf->bytes + buf->len, (size_t)n + 1, fmt, args);
	buf->len += (size_t)n;
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vprintf(buf, fmt, args);
	va_end(args);
}

bool buf_ok(const struct buf *buf)
{
	return buf->err == OK;
}

const char *buf_text(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}
