/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_write.h"

#include <inttypes.h>
#include <stdio.h>

static void write_escaped(struct buf *out, unsigned char c)
{
	static const char names[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };

	if (c >= 0x20)
		buf_printf(out, "\\%c", c);
	else if (c < sizeof(names) && names[c])
		buf_printf(out, "\\%c", names[c]);
	else
		buf_printf(out, "\\u%04x", c);
}

void json_write_string(struct buf *out, const char *s)
{
	if (!s) {
		buf_str(out, "null");
		return;
	}
	buf_char(out, '"');
	while (*s) {
		size_t plain = 0;

		while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\')
			plain++;
		buf_add(out, s, plain);
		s += plain;
		if (*s)
			write_escaped(out, (unsigned char)*s++);
	}
	buf_char(out, '"');
}

void json_write_bool(struct buf *out, bool value)
{
	buf_str(out, value ? "true" : "false");
}

void json_write_millionths(struct buf *out, int64_t value)
{
	char digits[32];
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	int len = snprintf(digits, sizeof(digits), "%s%" PRIu64 ".%06" PRIu64, value < 0 ? "-" : "", size / 1000000,
			   size % 1000000);

	while (digits[len - 1] == '0')
		len--;
	if (digits[len - 1] == '.')
		len--;
	buf_add(out, digits, (size_t)len);
}
