/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's bytes (a POST's body, or an address after "?") into values that a
 * handler can trust. Two steps: form_parse cuts the bytes into names and
 * values (pure, any bytes are safe), form_check holds them against a table and
 * keeps what is allowed. Whatever is wrong is named by field, in a text_id that
 * pages show in the reader's language. Values live in the arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/civil.h"
#include "core/lang.h"

/* name, what an allowed value is */
#define FIELD_TYPES(X)                                                                          \
	X(FIELD_LINE, "one line: no control characters, trimmed, min to max characters")        \
	X(FIELD_TEXT, "several lines (LF), trimmed, min to max characters")                     \
	X(FIELD_SECRET, "a password: taken as it is, min to max characters, never shown again") \
	X(FIELD_NUMBER, "a whole number, min to max")                                           \
	X(FIELD_DATE, "2026-11-24")                                                             \
	X(FIELD_TIME, "11:00")                                                                  \
	X(FIELD_MOMENT, "2026-11-24T11:00, or a date")                                          \
	X(FIELD_CHOICE, "one of choices")                                                       \
	X(FIELD_MANY, "any number of choices (ids where there are none), the name repeated")    \
	X(FIELD_CHECK, "present or absent")                                                     \
	X(FIELD_ID, "an id: 1 to LIMIT_ID of A-Z a-z 0-9 . _ -")                                \
	X(FIELD_TOKEN, "an id as id_new makes them, for a form's token")                        \
	X(FIELD_PHONE, "eight digits, or + and 7 to 15; spaces are dropped")                    \
	X(FIELD_MAIL, "an e-mail address, at most 254 bytes")                                   \
	X(FIELD_CONTACT, "a FIELD_PHONE or a FIELD_MAIL")                                       \
	X(FIELD_WEB, "http:// or https:// address")                                             \
	X(FIELD_LANGUAGE, "a BCP 47 code, lower case")                                          \
	X(FIELD_FILE, "a file's bytes (multipart only), at most max bytes")

enum field_type {
#define X(name, what) name,
	FIELD_TYPES(X)
#undef X
};

struct field {
	const char *name;
	enum field_type type;
	bool required;
	int32_t min, max;           /* by type; max 0: LIMIT_NAME, LIMIT_TEXT, or INT32_MAX */
	const char *const *choices; /* closed by NULL */
	enum text_id label;         /* in summaries of what is wrong */
	const char *autocomplete;   /* HTML's word for what belongs here (WCAG 1.3.5): "name"; NULL: by type */
	const char *inputmode;      /* which keyboard a phone shows: "numeric"; NULL: by type */
	bool conditional;           /* needed or not by what other fields say: labelled neither way */
};
struct fields {
	size_t n;
	const struct field *v;
};
#define FIELDS(...)                                                                                          \
	{                                                                                                    \
		sizeof((const struct field[]){ __VA_ARGS__ }) / sizeof(struct field), (const struct field[]) \
		{                                                                                            \
			__VA_ARGS__                                                                          \
		}                                                                                            \
	}

/* What was sent, in order; names may repeat. */
struct form_pair {
	const char *name, *value; /* valid UTF-8 without NUL; of a file: its bytes, any */
	size_t len;
	const char *filename; /* of a file's field, "" when none was chosen; else NULL */
};
struct form_pairs {
	size_t n;
	const struct form_pair *v;
};

/* CONTENT_TYPE as in the header; NULL means application/x-www-form-urlencoded.
 * ERR_UNSUPPORTED for another type, ERR_SYNTAX for malformed bytes, invalid UTF-8
 * or NUL, ERR_LIMIT above LIMIT_FORM_FIELDS or LIMIT_FORM_BYTES without the files. */
CHECKED enum err form_parse(struct arena *arena, const char *content_type, const char *bytes, size_t len,
			    struct form_pairs *out, struct fault *fault);

/* One field of the table with what was sent. */
struct form_value {
	const struct field *field;
	const char *typed; /* what the person typed, for showing again; NULL: not sent, or a FIELD_SECRET */
	const char *value; /* cleaned and allowed; NULL: absent, empty or wrong */
	size_t len;        /* of VALUE; FIELD_FILE may hold NUL */
	int64_t number;    /* FIELD_NUMBER; FIELD_TIME: minutes from midnight; FIELD_CHECK: 1 */
	struct civil when; /* FIELD_DATE, FIELD_MOMENT */
	size_t n_many;
	const char *const *many; /* FIELD_MANY */
	const char *filename;
	const char *wrong; /* a sentence in the person's language; NULL: all right */
};
struct form {
	struct arena *arena;
	const struct lang *lang;
	size_t n;
	struct form_value *v;
	bool sent; /* false: an empty form, to be shown for the first time */
	bool wrong;
};

/* An empty form of FIELDS, for showing it. */
CHECKED enum err form_empty(struct arena *arena, const struct lang *lang, struct fields fields, struct form *out);
/* OK also when values are wrong (FORM->wrong says so); ERR_MEMORY. What is sent
 * twice and is no FIELD_MANY is wrong; what the table does not name is ignored. */
CHECKED enum err form_check(struct arena *arena, const struct lang *lang, struct fields fields,
			    const struct form_pairs *pairs, struct form *out);

/* The value's row; asking for a name that the table does not have is a mistake in the program: a static empty row. */
const struct form_value *form_get(const struct form *form, const char *name);
/* Cleaned, or NULL. */
const char *form_text(const struct form *form, const char *name);
int64_t form_number(const struct form *form, const char *name, int64_t otherwise);
bool form_has(const struct form *form, const char *name);
/* IN with the digits of an Arabic, Persian or Urdu keyboard as 0 to 9, and without what a telephone's address book
 * wraps numbers in (U+202A, U+2068 …). NULL: out of memory. */
char *form_latin_digits(struct arena *arena, const char *in);
/* A handler found more that is wrong: TEXT in the person's language. */
void form_fault(struct form *form, const char *name, enum text_id text);

/* Bytes of PATH or of a form's value, "%41+b" decoded; PLUS: + is a space. False if malformed, NUL or not UTF-8. */
bool percent_decode(struct arena *arena, const char *s, size_t len, bool plus, const char **out, size_t *out_len);
