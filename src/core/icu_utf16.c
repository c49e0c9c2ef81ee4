/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/icu_utf16.h"

#include "base/utf8.h"

enum { LONGEST = 1 << 24 }; /* bytes; far above all texts, far below ICU's int32_t */

uint16_t *icu_from_utf8(struct arena *arena, const char *s, size_t len, int32_t *n, uint32_t **at)
{
	if (len > LONGEST)
		return NULL;
	uint16_t *units = ARENA_ARRAY(arena, len + 1, uint16_t);
	uint32_t *offsets = at ? ARENA_ARRAY(arena, len + 1, uint32_t) : NULL;
	int32_t count = 0;

	if (!units || (at && !offsets))
		return NULL;
	for (size_t from = 0; from < len;) {
		uint32_t code;
		size_t bytes = utf8_decode(s + from, len - from, &code);
		if (bytes == 0)
			return NULL;
		int32_t first = count;
		if (code > 0xffff)
			units[count++] = (uint16_t)(0xd7c0 + (code >> 10));
		units[count++] = (uint16_t)(code > 0xffff ? 0xdc00 | (code & 0x3ff) : code);
		for (int32_t i = first; offsets && i < count; i++)
			offsets[i] = (uint32_t)from;
		from += bytes;
	}
	*n = count;
	if (at) {
		offsets[count] = (uint32_t)len;
		*at = offsets;
	}
	return units;
}

char *icu_to_utf8(struct arena *arena, const uint16_t *s, int32_t n)
{
	char *out = n < 0 || n > LONGEST ? NULL : ARENA_ARRAY(arena, (size_t)n * 3 + 1, char);
	size_t len = 0;

	if (!out)
		return NULL;
	for (int32_t i = 0; i < n; i++) {
		uint32_t code = s[i];
		if (code >= 0xd800 && code <= 0xdbff && i + 1 < n && (s[i + 1] & 0xfc00) == 0xdc00)
			code = 0x10000 + ((code & 0x3ff) << 10 | (s[++i] & 0x3ffu));
		if (code >= 0xd800 && code <= 0xdfff)
			return NULL;
		len += utf8_encode(code, out + len);
	}
	return out;
}
