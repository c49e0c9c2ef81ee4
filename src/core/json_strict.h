/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door in front of cJSON, which lets in [01], 1e999, broken UTF-8, raw line
 * breaks, duplicate keys, a byte order mark and \u0000. What passes here is JSON
 * by RFC 8259 to the letter, and small enough for the parser behind it. Pure;
 * reads BYTES once, never past LEN, without recursion. */
#pragma once

#include <stddef.h>

#include "base/err.h"

/* Checks LEN bytes, at most MAX. Refused besides what RFC 8259 forbids: keys
 * that stand twice in one object (compared after unescaping), the character
 * U+0000, half surrogate pairs, numbers that a double cannot hold or that are
 * longer than 63 characters, more than LIMIT_FEED_DEPTH levels or
 * LIMIT_JSON_VALUES values. FAULT's place is "line L, column C", both from 1,
 * columns in characters. */
CHECKED enum err json_strict(const char *bytes, size_t len, size_t max, struct fault *fault);
