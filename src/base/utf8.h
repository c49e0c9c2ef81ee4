/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above
 * U+10FFFF. Strings are NUL-terminated unless a length is given. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at S (LEN bytes are readable). Returns its length in
 * bytes, 1 to 4, or 0 if it is not valid. */
size_t utf8_decode(const char *s, size_t len, uint32_t *out);

/* Writes CODE (a valid scalar value) to OUT, at most 4 bytes, no NUL; returns the length. */
size_t utf8_encode(uint32_t code, char *out);

/* The offset of the first byte that is not valid, or LEN. */
size_t utf8_valid_length(const char *s, size_t len);
bool utf8_is_valid(const char *s, size_t len);

/* Removes a character that a cut at the end left incomplete. */
void utf8_cut(char *s);

/* The number of characters (scalar values) in valid UTF-8. */
size_t utf8_count(const char *s);
