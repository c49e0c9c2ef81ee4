/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_strict.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "core/json_keys.h"

/* cJSON 1.7.15 copies a number to 64 bytes and cuts what is longer. */
enum { NUMBER_MAX = 63, QUOTED_MAX = 24 };

enum step {
	STEP_VALUE,
	STEP_VALUE_OR_CLOSE, /* after [ */
	STEP_KEY,
	STEP_KEY_OR_CLOSE, /* after { */
	STEP_COLON,
	STEP_COMMA_OR_CLOSE,
	STEP_END
};

struct pass {
	const char *begin, *at, *end;
	struct fault *fault;
	enum step step;
	size_t values;
	size_t depth;
	char open[LIMIT_FEED_DEPTH]; /* '[' or '{' */
	struct json_keys keys;
};

static enum err refuse(struct pass *p, const char *at, enum err err, const char *fmt, ...) PRINTF_LIKE(4, 5);

static enum err refuse(struct pass *p, const char *at, enum err err, const char *fmt, ...)
{
	char place[64], text[200];
	size_t line = 1, column = 1;
	va_list args;

	for (const char *c = p->begin; c < at; c++) {
		if (*c == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*c & 0xc0) != 0x80) {
			column++;
		}
	}
	snprintf(place, sizeof place, "line %zu, column %zu", line, column);
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	return fault_set(p->fault, err, place, "%s", text);
}

/* Says what stands at AT instead of WANTED. */
static enum err unexpected(struct pass *p, const char *wanted)
{
	uint32_t code;
	size_t n = utf8_decode(p->at, (size_t)(p->end - p->at), &code);

	if (p->at == p->end)
		return refuse(p, p->at, ERR_SYNTAX, "the document ends where %s is expected", wanted);
	if (n == 0)
		return refuse(p, p->at, ERR_SYNTAX, "not valid UTF-8: byte 0x%02x", (unsigned char)*p->at);
	if (code < 0x20 || code == 0x7f)
		return refuse(p, p->at, ERR_SYNTAX, "%s is expected, not the control character U+%04X", wanted, code);
	return refuse(p, p->at, ERR_SYNTAX, "%s is expected, not \"%.*s\"", wanted, (int)n, p->at);
}

static void skip_space(struct pass *p)
{
	while (p->at < p->end && (*p->at == ' ' || *p->at == '\n' || *p->at == '\r' || *p->at == '\t'))
		p->at++;
}

/* ---- strings ---- */

static bool hex4(const char *s, const char *end, uint32_t *out)
{
	uint32_t code = 0;

	if (end - s < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)s[i];
		int digit = c >= '0' && c <= '9'                 ? c - '0'
			    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
								 : -1;
		if (digit < 0)
			return false;
		code = code << 4 | (uint32_t)digit;
	}
	*out = code;
	return true;
}

/* At "\u"; moves behind the four digits, or the eight of a pair. */
static enum err unicode_escape(struct pass *p)
{
	uint32_t code, low;

	if (!hex4(p->at + 2, p->end, &code))
		return refuse(p, p->at, ERR_SYNTAX, "four hexadecimal digits are expected after \\u");
	if (code == 0)
		return refuse(p, p->at, ERR_VALUE, "the character U+0000 is not allowed");
	if (code < 0xd800 || code > 0xdfff) {
		p->at += 6;
		return OK;
	}
	const char *next = p->at + 6;
	bool pair = code < 0xdc00 && p->end - next >= 6 && next[0] == '\\' && next[1] == 'u' &&
		    hex4(next + 2, p->end, &low) && low >= 0xdc00 && low <= 0xdfff;
	if (!pair)
		return refuse(p, p->at, ERR_SYNTAX, "half of a surrogate pair: \\u%04x", code);
	p->at += 12;
	return OK;
}

static enum err escape(struct pass *p)
{
	if (p->end - p->at < 2)
		return refuse(p, p->end, ERR_SYNTAX, "the document ends within a string");
	switch (p->at[1]) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		p->at += 2;
		return OK;
	case 'u':
		return unicode_escape(p);
	default:
		return refuse(p, p->at, ERR_SYNTAX, "not an escape that JSON knows");
	}
}

/* Moves over bytes that mean themselves, eight at a time: a byte of T is at
 * least 0x80 where the string's is a control, a quote, a backslash or not ASCII. */
static void skip_plain(struct pass *p)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t w;

	while (p->end - p->at >= 8) {
		memcpy(&w, p->at, 8);
		uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
		uint64_t t = (w - ones * 0x20) | (quote - ones) | (slash - ones) | w;
		if (t & tops)
			break;
		p->at += 8;
	}
	while (p->at < p->end && (unsigned char)*p->at >= 0x20 && (unsigned char)*p->at < 0x80 && *p->at != '"' &&
	       *p->at != '\\')
		p->at++;
}

/* At the opening quote; moves behind the closing one. */
static enum err string(struct pass *p, bool *escaped)
{
	uint32_t code;
	enum err err = OK;

	*escaped = false;
	p->at++;
	while (!err) {
		skip_plain(p);
		if (p->at == p->end)
			return refuse(p, p->at, ERR_SYNTAX, "the document ends within a string");
		if (*p->at == '"') {
			p->at++;
			return OK;
		}
		if (*p->at == '\\') {
			*escaped = true;
			err = escape(p);
			continue;
		}
		if ((unsigned char)*p->at < 0x20)
			return refuse(p, p->at, ERR_SYNTAX,
				      "control character U+%04X within a string: it needs an escape",
				      (unsigned char)*p->at);
		size_t n = utf8_decode(p->at, (size_t)(p->end - p->at), &code);
		if (n == 0)
			return refuse(p, p->at, ERR_SYNTAX, "not valid UTF-8: byte 0x%02x", (unsigned char)*p->at);
		p->at += n;
	}
	return err;
}

/* ---- numbers and names ---- */

/* Moves *S over digits; false if there is none. */
static bool skip_digits(const char **s, const char *end)
{
	const char *from = *s;

	while (*s < end && **s >= '0' && **s <= '9')
		(*s)++;
	return *s > from;
}

/* The end of the number that begins at S by RFC 8259, section 6; NULL if none does. */
static const char *number_end(const char *s, const char *end, bool *has_exponent)
{
	*has_exponent = false;
	if (s < end && *s == '-')
		s++;
	if (s < end && *s == '0')
		s++;
	else if (!skip_digits(&s, end))
		return NULL;
	if (s < end && *s == '.') {
		s++;
		if (!skip_digits(&s, end))
			return NULL;
	}
	if (s < end && (*s | 32) == 'e') {
		s++;
		if (s < end && (*s == '+' || *s == '-'))
			s++;
		if (!skip_digits(&s, end))
			return NULL;
		*has_exponent = true;
	}
	return s;
}

/* Whether a double holds the number, at least roughly: neither infinite nor
 * flushed to 0. The point is taken out so that strtod's locale does not matter. */
static bool fits_double(const char *s, const char *end)
{
	char mantissa[NUMBER_MAX + 1], text[NUMBER_MAX + 32];
	size_t n = 0, fraction = 0;
	bool behind_point = false, is_zero = true;

	for (; (*s | 32) != 'e'; s++) {
		if (*s == '.') {
			behind_point = true;
			continue;
		}
		fraction += behind_point;
		is_zero = is_zero && (*s == '0' || *s == '-');
		mantissa[n++] = *s;
	}
	mantissa[n] = '\0';
	/* 63 characters of mantissa cannot bring an exponent of five digits back into range. */
	char exponent[NUMBER_MAX + 1] = "";
	memcpy(exponent, s + 1, (size_t)(end - s - 1));
	long e = strtol(exponent, NULL, 10);
	if (is_zero)
		return true;
	if (e > 99999 || e < -99999)
		return false;
	snprintf(text, sizeof text, "%se%ld", mantissa, e - (long)fraction);
	double value = strtod(text, NULL);
	return isfinite(value) && fpclassify(value) != FP_ZERO;
}

static enum err number(struct pass *p)
{
	bool has_exponent;
	const char *end = number_end(p->at, p->end, &has_exponent);
	const char *token = p->at;

	while (token < p->end && token - p->at < QUOTED_MAX && *token && strchr("+-.0123456789eE", *token))
		token++;
	if (!end || (end < p->end && strchr("+-.0123456789", *end) && *end))
		return refuse(p, p->at, ERR_SYNTAX, "not a number as JSON writes them: \"%.*s\"", (int)(token - p->at),
			      p->at);
	if (end - p->at > NUMBER_MAX)
		return refuse(p, p->at, ERR_LIMIT, "a number longer than %d characters", NUMBER_MAX);
	if (has_exponent && !fits_double(p->at, end))
		return refuse(p, p->at, ERR_VALUE, "a number too large or too small for a double: \"%.*s\"",
			      (int)(token - p->at), p->at);
	p->at = end;
	return OK;
}

static enum err word(struct pass *p)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t left = (size_t)(p->end - p->at);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		if (left >= n && memcmp(p->at, words[i], n) == 0) {
			p->at += n;
			return OK;
		}
	}
	return unexpected(p, "a value");
}

/* ---- structure ---- */

static enum err open_container(struct pass *p)
{
	if (p->depth == LIMIT_FEED_DEPTH)
		return refuse(p, p->at, ERR_LIMIT, "nested deeper than %d levels", LIMIT_FEED_DEPTH);
	p->open[p->depth++] = *p->at;
	p->step = *p->at == '{' ? STEP_KEY_OR_CLOSE : STEP_VALUE_OR_CLOSE;
	if (*p->at == '{')
		json_keys_open(&p->keys);
	p->at++;
	return OK;
}

static enum err close_container(struct pass *p)
{
	if (p->open[p->depth - 1] == '{') {
		struct json_key twice;
		if (json_keys_close(&p->keys, &twice)) {
			char name[QUOTED_MAX + 1];
			snprintf(name, sizeof name, "%.*s", (int)(twice.len < QUOTED_MAX ? twice.len : QUOTED_MAX),
				 twice.s);
			utf8_cut(name);
			return refuse(p, p->begin + twice.offset, ERR_DUPLICATE, "the key \"%s\" stands twice", name);
		}
	}
	p->at++;
	p->depth--;
	p->step = p->depth ? STEP_COMMA_OR_CLOSE : STEP_END;
	return OK;
}

static enum err value(struct pass *p)
{
	bool escaped;
	enum err err;

	if (++p->values > LIMIT_JSON_VALUES)
		return refuse(p, p->at, ERR_LIMIT, "more than %d values", LIMIT_JSON_VALUES);
	if (p->at == p->end)
		return unexpected(p, "a value");
	if (*p->at == '{' || *p->at == '[')
		return open_container(p);
	if (*p->at == '"')
		err = string(p, &escaped);
	else if (*p->at == '-' || (*p->at >= '0' && *p->at <= '9'))
		err = number(p);
	else
		err = word(p);
	p->step = p->depth ? STEP_COMMA_OR_CLOSE : STEP_END;
	return err;
}

static enum err key(struct pass *p)
{
	bool escaped;
	const char *from = p->at;

	if (p->at == p->end || *p->at != '"')
		return unexpected(p, "a key in quotes");
	enum err err = string(p, &escaped);
	if (err)
		return err;
	struct json_key k = { .s = from + 1, .len = (size_t)(p->at - from) - 2, .offset = (size_t)(from - p->begin) };
	p->step = STEP_COLON;
	if (!json_keys_add(&p->keys, k, escaped))
		return refuse(p, from, ERR_MEMORY, "out of memory");
	return OK;
}

static enum err punctuation(struct pass *p)
{
	if (p->step == STEP_COLON) {
		if (p->at == p->end || *p->at != ':')
			return unexpected(p, "\":\"");
		p->step = STEP_VALUE;
	} else {
		bool in_object = p->open[p->depth - 1] == '{';
		if (p->at == p->end || *p->at != ',')
			return unexpected(p, in_object ? "\",\" or \"}\"" : "\",\" or \"]\"");
		p->step = in_object ? STEP_KEY : STEP_VALUE;
	}
	p->at++;
	return OK;
}

static bool at_close(const struct pass *p)
{
	bool may_close =
		p->step == STEP_COMMA_OR_CLOSE || p->step == STEP_VALUE_OR_CLOSE || p->step == STEP_KEY_OR_CLOSE;

	return may_close && p->at < p->end && *p->at == (p->open[p->depth - 1] == '{' ? '}' : ']');
}

static enum err next(struct pass *p)
{
	if (at_close(p))
		return close_container(p);
	switch (p->step) {
	case STEP_VALUE:
	case STEP_VALUE_OR_CLOSE:
		return value(p);
	case STEP_KEY:
	case STEP_KEY_OR_CLOSE:
		return key(p);
	default:
		return punctuation(p);
	}
}

enum err json_strict(const char *bytes, size_t len, size_t max, struct fault *fault)
{
	struct pass p = { .begin = bytes, .at = bytes, .end = bytes + len, .fault = fault };
	enum err err = OK;

	if (len > max)
		return fault_set(fault, ERR_LIMIT, "", "larger than %zu bytes", max);
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		return refuse(&p, p.at, ERR_SYNTAX, "begins with a byte order mark: save it as UTF-8 without one");
	json_keys_init(&p.keys);
	skip_space(&p);
	while (!err && p.step != STEP_END) {
		err = next(&p);
		skip_space(&p);
	}
	if (!err && p.at != p.end)
		err = refuse(&p, p.at, ERR_SYNTAX, "something stands behind the end of the document");
	json_keys_free(&p.keys);
	return err;
}
