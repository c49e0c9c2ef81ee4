/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/feed_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "core/centre.h"

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define BASE64URL UPPER LOWER DIGITS "-_"

/* MIN to MAX bytes, all of them among SET. */
static bool is_made_of(const char *s, const char *set, size_t min, size_t max)
{
	size_t n = strspn(s, set);

	return s[n] == '\0' && n >= min && n <= max;
}

bool feed_is_id(const char *s)
{
	return is_made_of(s, LOWER UPPER DIGITS "._-", 1, LIMIT_ID);
}

bool feed_is_code(const char *s)
{
	return is_made_of(s, CODE_LETTERS, CODE_LENGTH, CODE_LENGTH);
}

bool feed_is_number(const char *s)
{
	return is_made_of(s, DIGITS, NUMBER_LENGTH, NUMBER_LENGTH);
}

bool feed_is_hex64(const char *s)
{
	return is_made_of(s, DIGITS "abcdef", 64, 64);
}

bool feed_is_seal_key(const char *s)
{
	/* 43 letters are two bits more than 32 bytes, and those are zero (RFC 4648 section 3.5). */
	return is_made_of(s, BASE64URL, 43, 43) && strchr("AEIMQUYcgkosw048", s[42]);
}

/* The 32 bytes that 43 letters stand for, the highest bit cleared: X25519 looks away from it (RFC 7748 section 5). */
static void read_point(const char *s, unsigned char out[32])
{
	uint32_t bits = 0;

	for (size_t i = 0, n = 0; i < 43; i++) {
		bits = bits << 6 | (uint32_t)(strchr(BASE64URL, s[i]) - BASE64URL);
		if (i % 4 > 0)
			out[n++] = (unsigned char)(bits >> (6 - i % 4 * 2));
	}
	out[31] &= 0x7f;
}

bool feed_is_weak_key(const char *s)
{
	static const unsigned char points[][32] = {
		{ 0 },
		{ 1 },
		{ 0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
		  0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00 },
		{ 0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
		  0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57 },
	};
	unsigned char point[32];
	size_t ones = 1;

	read_point(s, point);
	while (ones < 31 && point[ones] == 0xff)
		ones++;
	/* p - 1, and p and p + 1, which are 0 and 1 once more; p is 2^255 - 19, low byte first. */
	if (ones == 31 && point[31] == 0x7f)
		return point[0] >= 0xec && point[0] <= 0xee;
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		if (memcmp(point, points[i], sizeof point) == 0)
			return true;
	return false;
}

bool feed_is_language(const char *s)
{
	size_t n = strspn(s, LOWER);

	if (n < 2 || n > 8 || strlen(s) > 35)
		return false;
	for (s += n; *s; s += n) {
		if (*s++ != '-')
			return false;
		n = strspn(s, LOWER DIGITS);
		if (n < 1 || n > 8)
			return false;
	}
	return true;
}

bool feed_is_phone(const char *s)
{
	if (*s == '+' || *s == '(')
		return is_made_of(s + 1, DIGITS " ()-./", 1, LIMIT_PHONE - 1) && s[1] >= '0' && s[1] <= '9';
	return *s >= '0' && *s <= '9' && is_made_of(s, DIGITS " ()-./", 2, LIMIT_PHONE);
}

/* No controls, no spaces, nothing that would need quoting in a page or a mail. */
static bool is_address(const char *s, size_t max)
{
	struct feed_text text = feed_text_scan(s);

	return !text.bad && text.chars > 0 && text.chars <= max && !strpbrk(s, " \n\"<>\\");
}

bool feed_is_email(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') && is_address(s, LIMIT_EMAIL);
}

bool feed_is_web(const char *s)
{
	size_t scheme = strncmp(s, "https://", 8) == 0 ? 8 : strncmp(s, "http://", 7) == 0 ? 7 : 0;

	return scheme && s[scheme] && is_address(s, LIMIT_WEB);
}

/* Labels of RFC 1123 2.1, in lower case; returns what is behind them, or NULL. */
static const char *skip_host(const char *s)
{
	for (const char *from = s;; s++) {
		size_t n = strspn(s, LOWER DIGITS "-");
		if (n < 1 || n > 63 || s[0] == '-' || s[n - 1] == '-')
			return NULL;
		s += n;
		if (*s != '.')
			return s - from <= 253 ? s : NULL;
	}
}

static bool is_port(const char *s)
{
	return is_made_of(s, DIGITS, 1, 5) && s[0] != '0' && strtol(s, NULL, 10) <= 65535;
}

bool feed_is_host(const char *s)
{
	static const char *const loopback[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };
	const char *rest = NULL;

	for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++)
		if (strncmp(s, loopback[i], strlen(loopback[i])) == 0)
			rest = s + strlen(loopback[i]);
	if (!rest)
		rest = skip_host(s);
	return rest && (*rest == '\0' || (*rest == ':' && is_port(rest + 1)));
}

static bool is_allowed(uint32_t code)
{
	if (code < 0xa0)
		return code == '\n' || (code >= 0x20 && code < 0x7f);
	/* Bidi_Control of Unicode's PropList.txt without U+2066 to U+2069, and the two separators. */
	return code != 0x061c && code != 0x200e && code != 0x200f && !(code >= 0x2028 && code <= 0x202e);
}

struct feed_text feed_text_scan(const char *s)
{
	struct feed_text text = { .is_blank = true };
	const char *c = s;

	while (*c) {
		uint32_t code = (unsigned char)*c;
		size_t n = 1;
		if (code >= 0x80) {
			n = utf8_decode(c, strnlen(c, 4), &code);
			if (n == 0) {
				n = 1;
				code = 0xfffd;
				text.bad = code;
			}
		}
		if (!is_allowed(code) && !text.bad)
			text.bad = code;
		text.has_lines |= code == '\n';
		text.is_blank &= code == ' ' || code == '\n' || code == 0xa0;
		text.chars++;
		c += n;
	}
	text.bytes = (size_t)(c - s);
	return text;
}

/* What CODE becomes in a cleaned text that holds LEN bytes so far; 0: nothing. */
static uint32_t cleaned(uint32_t code, bool lines, size_t len)
{
	if (code == '\t' || (code == '\n' && !lines))
		code = ' ';
	if (len == 0 && (code == ' ' || code == '\n'))
		return 0;
	return is_allowed(code) ? code : 0;
}

char *feed_text_clean(struct arena *arena, const char *s, size_t max, bool lines)
{
	size_t left = strlen(s), len = 0;
	char *out = arena_alloc(arena, left + 1);

	if (!out)
		return NULL;
	for (size_t chars = 0, n; left > 0 && chars < max; s += n, left -= n) {
		uint32_t code = 0;
		n = utf8_decode(s, left, &code);
		code = n ? cleaned(code, lines, len) : 0;
		n = n ? n : 1;
		if (code) {
			len += utf8_encode(code, out + len);
			chars++;
		}
	}
	while (len > 0 && (out[len - 1] == ' ' || out[len - 1] == '\n'))
		len--;
	out[len] = '\0';
	return out;
}
