/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single values of the feed must be like. The reader refuses a whole
 * document for one that is not, so whoever makes a centre (forms, imports,
 * calendars) asks here first, or cleans what people wrote. Strings are valid
 * UTF-8; NULL is never allowed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

bool feed_is_id(const char *s);       /* 1 to LIMIT_ID of A-Z a-z 0-9 . _ - */
bool feed_is_code(const char *s);     /* five of CODE_LETTERS */
bool feed_is_number(const char *s);   /* six digits */
bool feed_is_language(const char *s); /* a tag by RFC 5646 2.1 in lower case: "nb", "zh-hant" */
bool feed_is_host(const char *s);     /* as centre.h says of signup_host */
bool feed_is_phone(const char *s);    /* 2 to LIMIT_PHONE: + or ( or a digit, then digits, spaces, ( ) - . / */
bool feed_is_email(const char *s);    /* something@something, no spaces */
bool feed_is_web(const char *s);      /* http:// or https://, no spaces */
bool feed_is_hex64(const char *s);    /* 64 of 0-9 a-f */
bool feed_is_seal_key(const char *s); /* 32 bytes in base64url without padding: 43 letters */
/* Of such a key: whether it is a point of small order, to which nothing can be sealed (RFC 7748 section 6.1). */
bool feed_is_weak_key(const char *s);

/* What a text is made of. BAD is the first character that may not stand in it,
 * or 0: control characters but line breaks, line and paragraph separators
 * (U+2028, U+2029), and controls of direction other than isolates (they reach
 * beyond the text they stand in). */
struct feed_text {
	size_t bytes, chars;
	bool has_lines; /* holds a line break */
	bool is_blank;  /* nothing but spaces and line breaks */
	uint32_t bad;
};
struct feed_text feed_text_scan(const char *s);

/* S as a text that the feed takes, at most MAX characters: what may not stand
 * in it is dropped (tabs become spaces, CR LF a line break; line breaks become
 * spaces unless LINES), spaces at both ends go. May be "". NULL: out of memory. */
char *feed_text_clean(struct arena *arena, const char *s, size_t max, bool lines);
