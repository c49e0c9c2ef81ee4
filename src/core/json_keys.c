/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Up to here each is compared with each, on its first eight bytes; beyond, they are sorted. */
enum { PAIRWISE_MAX = 32 };

void json_keys_init(struct json_keys *keys)
{
	*keys = (struct json_keys){ 0 };
	arena_init(&keys->unescaped, LIMIT_FEED_BYTES * (size_t)8);
}

void json_keys_free(struct json_keys *keys)
{
	mem_free(keys->v);
	arena_free(&keys->unescaped);
}

void json_keys_open(struct json_keys *keys)
{
	keys->from[keys->depth++] = keys->n;
}

static uint32_t hex4(const char *s)
{
	uint32_t code = 0;

	for (int i = 0; i < 4; i++)
		code = code << 4 | (uint32_t)(s[i] <= '9' ? s[i] - '0' : (s[i] | 32) - 'a' + 10);
	return code;
}

/* S is behind a backslash; returns what is behind the escape. */
static const char *unescape(const char *s, char **out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *found = strchr(from, *s);

	if (*s != 'u') {
		*(*out)++ = found ? to[found - from] : *s;
		return s + 1;
	}
	uint32_t code = hex4(s + 1);
	s += 5;
	if (code >= 0xd800 && code <= 0xdbff) {
		code = 0x10000 + ((code - 0xd800) << 10) + (hex4(s + 2) - 0xdc00);
		s += 6;
	}
	*out += utf8_encode(code, *out);
	return s;
}

static bool unescape_key(struct json_keys *keys, struct json_key *key)
{
	char *out = arena_alloc(&keys->unescaped, key->len), *to = out;
	const char *s = key->s, *end = key->s + key->len;

	if (!out)
		return false;
	while (s < end) {
		if (*s == '\\')
			s = unescape(s + 1, &to);
		else
			*to++ = *s++;
	}
	key->s = out;
	key->len = (size_t)(to - out);
	return true;
}

bool json_keys_add(struct json_keys *keys, struct json_key key, bool escaped)
{
	if (keys->n == keys->size) {
		size_t size = keys->size ? keys->size * 2 : 256;
		struct json_key *v = mem_resize(keys->v, size * sizeof *v);
		if (!v)
			return false;
		keys->v = v;
		keys->size = size;
	}
	if (escaped && !unescape_key(keys, &key))
		return false;
	key.head = 0;
	memcpy(&key.head, key.s, key.len < 8 ? key.len : 8);
	keys->v[keys->n++] = key;
	return true;
}

static bool same(const struct json_key *a, const struct json_key *b)
{
	return a->head == b->head && a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

static int by_name_then_offset(const void *left, const void *right)
{
	const struct json_key *a = left, *b = right;
	int order;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	order = memcmp(a->s, b->s, a->len);
	return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

static const struct json_key *twice_among_many(struct json_key *v, size_t n)
{
	const struct json_key *first = NULL;

	qsort(v, n, sizeof *v, by_name_then_offset);
	for (size_t i = 1; i < n; i++)
		if (same(&v[i - 1], &v[i]) && (!first || v[i].offset < first->offset))
			first = &v[i];
	return first;
}

static const struct json_key *twice_among_few(const struct json_key *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (same(&v[i], &v[j]))
				return &v[i];
	return NULL;
}

bool json_keys_close(struct json_keys *keys, struct json_key *twice)
{
	size_t from = keys->from[--keys->depth], n = keys->n - from;
	const struct json_key *found;

	if (n < 2) {
		keys->n = from;
		return false;
	}
	found = n > PAIRWISE_MAX ? twice_among_many(keys->v + from, n) : twice_among_few(keys->v + from, n);
	keys->n = from;
	if (found)
		*twice = *found;
	return found != NULL;
}
