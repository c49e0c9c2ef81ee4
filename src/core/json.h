/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for whoever needs it: read (json_strict, then cJSON, which nobody else
 * includes) into values that are looked at and then freed together, and written
 * straight into a buffer. Values are never changed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct json; /* a value and what it holds */

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_LIST, JSON_OBJECT };

/* Reads LEN bytes, at most MAX, strictly: see json_strict.h for what is refused
 * and how FAULT names the place. On OK the caller owns *OUT. */
CHECKED enum err json_read(const char *bytes, size_t len, size_t max, struct json **out, struct fault *fault);
void json_del(struct json *json);

enum json_type json_type(const struct json *value);
/* "a string", "an object" … for messages. */
const char *json_type_name(enum json_type type);

/* The values of a list or an object in the document's order; NULL at the end, and for other values. */
const struct json *json_first(const struct json *parent);
const struct json *json_next(const struct json *value);
size_t json_count(const struct json *parent);
/* A value's key in its object, unescaped; NULL in a list. */
const char *json_key(const struct json *value);
/* By key, comparing each in turn; NULL if there is none or OBJECT is no object. */
const struct json *json_get(const struct json *object, const char *key);

/* NULL, 0 or false when VALUE is NULL or of another type. */
const char *json_text(const struct json *value);
double json_number(const struct json *value);
bool json_is_true(const struct json *value);
/* True if VALUE is a whole number from MIN to MAX; both within plus or minus 2^53. */
bool json_integer(const struct json *value, int64_t min, int64_t max, int64_t *out);

/* Appends S, valid UTF-8, in quotes with the escapes it needs. */
void json_write_string(struct buf *out, const char *s);
