/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's bytes into names and values: application/x-www-form-urlencoded (the
 * URL standard, 5.1) and multipart/form-data (RFC 7578). */
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "central/form.h"

struct pairs {
	struct arena *arena;
	struct form_pair *v;
	size_t n, bytes;
};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

bool percent_decode(struct arena *arena, const char *s, size_t len, bool plus, const char **out, size_t *out_len)
{
	char *to = arena_alloc(arena, len + 1);
	size_t n = 0;

	*out = to;
	*out_len = 0;
	if (!to)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] != '%') {
			to[n++] = plus && s[i] == '+' ? ' ' : s[i];
			continue;
		}
		int high = i + 2 < len ? hex_digit(s[i + 1]) : -1, low = i + 2 < len ? hex_digit(s[i + 2]) : -1;
		if (high < 0 || low < 0)
			return false;
		to[n++] = (char)(high * 16 + low);
		i += 2;
	}
	*out_len = n;
	return !memchr(to, 0, n) && utf8_is_valid(to, n);
}

static enum err add(struct pairs *pairs, struct form_pair pair, struct fault *fault)
{
	if (pairs->n == LIMIT_FORM_FIELDS)
		return fault_set(fault, ERR_LIMIT, NULL, "more than %d fields", LIMIT_FORM_FIELDS);
	if (!pair.filename)
		pairs->bytes += pair.len;
	if (pairs->bytes > LIMIT_FORM_BYTES)
		return fault_set(fault, ERR_LIMIT, NULL, "more than %d bytes of text", LIMIT_FORM_BYTES);
	pairs->v[pairs->n++] = pair;
	return OK;
}

static enum err add_encoded(struct pairs *pairs, const char *s, size_t len, struct fault *fault)
{
	const char *equals = memchr(s, '=', len);
	size_t name_len = equals ? (size_t)(equals - s) : len, decoded;
	struct form_pair pair = { .value = "" };

	if (len == 0)
		return OK;
	if (!percent_decode(pairs->arena, s, name_len, true, &pair.name, &decoded))
		return fault_set(fault, pair.name ? ERR_SYNTAX : ERR_MEMORY, NULL, "a field's name is malformed");
	if (equals && !percent_decode(pairs->arena, equals + 1, len - name_len - 1, true, &pair.value, &pair.len))
		return fault_set(fault, pair.value ? ERR_SYNTAX : ERR_MEMORY, pair.name,
				 "not percent-encoded UTF-8 text");
	return add(pairs, pair, fault);
}

static enum err parse_encoded(struct pairs *pairs, const char *bytes, size_t len, struct fault *fault)
{
	const char *end = bytes + len;

	while (bytes < end) {
		const char *amp = memchr(bytes, '&', (size_t)(end - bytes));
		const char *stop = amp ? amp : end;
		enum err err = add_encoded(pairs, bytes, (size_t)(stop - bytes), fault);
		if (err)
			return err;
		bytes = stop + 1;
	}
	return OK;
}

/* ---- multipart ---------------------------------------------------------- */

enum { BOUNDARY_MAX = 70 /* RFC 2046 5.1.1 */ };

struct multipart {
	struct pairs *pairs;
	char delimiter[BOUNDARY_MAX + 5]; /* CR LF "--" boundary */
	size_t delimiter_len;
	struct fault *fault;
};

/* The value of ;NAME=… in a header, quoted or not. NULL if it is not there. */
static char *parameter(struct arena *arena, const char *header, const char *name)
{
	size_t name_len = strlen(name);

	for (const char *c = header; (c = strchr(c, ';'));) {
		c += 1 + strspn(c + 1, " \t");
		if (strncasecmp(c, name, name_len) != 0 || c[name_len] != '=')
			continue;
		c += name_len + 1;
		if (*c != '"')
			return arena_copy(arena, c, strcspn(c, "; \t"));
		const char *close = strchr(c + 1, '"');
		return close ? arena_copy(arena, c + 1, (size_t)(close - c - 1)) : NULL;
	}
	return NULL;
}

static enum err malformed(struct fault *fault, const char *what)
{
	return fault_set(fault, ERR_SYNTAX, NULL, "multipart: %s", what);
}

/* Name and file name out of a part's header lines, which end with CR LF at END. */
static enum err part_headers(struct multipart *m, const char *line, const char *end, struct form_pair *pair)
{
	static const char disposition[] = "content-disposition:";
	struct arena *arena = m->pairs->arena;

	if (memchr(line, 0, (size_t)(end - line)) || !utf8_is_valid(line, (size_t)(end - line)))
		return malformed(m->fault, "a part's headers are not UTF-8");
	while (line < end) {
		const char *stop = memmem(line, (size_t)(end - line), "\r\n", 2);
		char *header = arena_copy(arena, line, (size_t)(stop - line));
		if (!header)
			return ERR_MEMORY;
		if (strncasecmp(header, disposition, sizeof disposition - 1) == 0) {
			pair->name = parameter(arena, header, "name");
			pair->filename = parameter(arena, header, "filename");
		}
		line = stop + 2;
	}
	return pair->name ? OK : malformed(m->fault, "a part without a name");
}

/* One part: headers, an empty line, the value. */
static enum err part(struct multipart *m, const char *s, size_t len)
{
	const char *blank = memmem(s, len, "\r\n\r\n", 4);
	struct form_pair pair = { 0 };

	if (!blank)
		return malformed(m->fault, "a part without an end of its headers");
	enum err err = part_headers(m, s, blank + 2, &pair);
	if (err)
		return err;
	pair.len = (size_t)(s + len - (blank + 4));
	pair.value = arena_copy(m->pairs->arena, blank + 4, pair.len);
	if (!pair.value)
		return ERR_MEMORY;
	if (!pair.filename && (memchr(pair.value, 0, pair.len) || !utf8_is_valid(pair.value, pair.len)))
		return fault_set(m->fault, ERR_SYNTAX, pair.name, "not UTF-8 text");
	return add(m->pairs, pair, m->fault);
}

static enum err parse_parts(struct multipart *m, const char *bytes, size_t len)
{
	const char *end = bytes + len, *at;
	size_t skip = 2; /* the first delimiter may stand without the CR LF before it */

	if (len < m->delimiter_len || memcmp(bytes, m->delimiter + 2, m->delimiter_len - 2) != 0)
		return malformed(m->fault, "does not begin with its boundary");
	for (at = bytes;; skip = 0) {
		at += m->delimiter_len - skip;
		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return OK;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
			return malformed(m->fault, "a boundary without a line break behind it");
		at += 2;
		const char *next = memmem(at, (size_t)(end - at), m->delimiter, m->delimiter_len);
		if (!next)
			return malformed(m->fault, "ends before its last boundary");
		enum err err = part(m, at, (size_t)(next - at));
		if (err)
			return err;
		at = next;
	}
}

static enum err parse_multipart(struct pairs *pairs, const char *content_type, const char *bytes, size_t len,
				struct fault *fault)
{
	struct multipart m = { .pairs = pairs, .fault = fault };
	const char *boundary = parameter(pairs->arena, content_type, "boundary");
	size_t boundary_len = boundary ? strlen(boundary) : 0;

	if (boundary_len == 0 || boundary_len > BOUNDARY_MAX)
		return malformed(fault, "no boundary of 1 to 70 characters");
	memcpy(m.delimiter, "\r\n--", 4);
	memcpy(m.delimiter + 4, boundary, boundary_len);
	m.delimiter_len = boundary_len + 4;
	return parse_parts(&m, bytes, len);
}

/* TYPE without its parameters. */
static bool is_type(const char *content_type, const char *type)
{
	size_t len = strlen(type);

	return strncasecmp(content_type, type, len) == 0 && strchr("; \t", content_type[len]);
}

enum err form_parse(struct arena *arena, const char *content_type, const char *bytes, size_t len,
		    struct form_pairs *out, struct fault *fault)
{
	struct pairs pairs = { .arena = arena, .v = ARENA_ARRAY(arena, LIMIT_FORM_FIELDS, struct form_pair) };
	enum err err;

	*out = (struct form_pairs){ 0 };
	if (!pairs.v)
		return ERR_MEMORY;
	if (!content_type || is_type(content_type, "application/x-www-form-urlencoded"))
		err = len > 4 * (size_t)LIMIT_FORM_BYTES ? fault_set(fault, ERR_LIMIT, NULL, "too many bytes")
							 : parse_encoded(&pairs, bytes, len, fault);
	else if (is_type(content_type, "multipart/form-data"))
		err = parse_multipart(&pairs, content_type, bytes, len, fault);
	else
		err = fault_set(fault, ERR_UNSUPPORTED, NULL, "a form of the type \"%.60s\"", content_type);
	if (!err)
		*out = (struct form_pairs){ pairs.n, pairs.v };
	return err;
}
