/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the feed: one row per field, which the reader, the writer and the test
 * of the schema all follow. For src/core/feed*.c and their tests only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "core/json.h"

enum field_type {
	FIELD_FORMAT,    /* the number 1; nothing is stored */
	FIELD_VERSION,   /* int64_t, 0 to 2^53 - 1 */
	FIELD_TIMESTAMP, /* int64_t, "2026-11-24T08:00:00Z" */
	FIELD_INTEGER,   /* int32_t, min to max */
	FIELD_CLOCK,     /* int16_t, minutes, "08:00" */
	FIELD_BOOL,
	FIELD_CIVIL, /* struct civil, a date or a date and time */
	FIELD_DATE,  /* struct civil, a date */
	FIELD_DURATION,
	FIELD_KIND,
	FIELD_STATUS,
	FIELD_LEVEL,
	/* Strings: const char *, at most max characters where max is set. */
	FIELD_ID,
	FIELD_CODE,
	FIELD_NUMBER,
	FIELD_LANGUAGE,
	FIELD_LINE,
	FIELD_PHONE,
	FIELD_EMAIL,
	FIELD_WEB,
	FIELD_HOST,
	FIELD_HEX64,
	FIELD_SEAL_KEY,
	FIELD_ZONE,
	FIELD_RULE,
	/* What holds others. */
	FIELD_TEXTS,  /* struct texts, each at most max characters */
	FIELD_LIST,   /* pointer to items; has: its size_t count; min to max items */
	FIELD_OBJECT, /* a shape, in place */
	FIELD_TYPE_COUNT
};

struct field {
	const char *name;
	enum field_type type;
	bool required;
	size_t at;  /* where the value is in its struct */
	size_t has; /* where its bool flag or its count is; 0: it has none */
	int32_t min, max;
	const struct shape *shape; /* of an object */
	const struct field *item;  /* of a list */
	size_t size;               /* of a list's item, in bytes */
};

struct reader;
struct place;

struct shape {
	const struct field *fields;
	size_t n; /* at most 64 */
	/* Checks what no row alone can say, and sets what follows from the rows; NULL: nothing. */
	enum err (*finish)(struct reader *r, void *object, const struct place *place);
};

extern const struct shape feed_shape; /* of struct centre */

/* The way from the document's root to a value, linked upwards on the stack. */
struct place {
	const struct place *up;
	const char *name; /* NULL: an item of a list */
	size_t index;
};

/* Rules and zones that were found good; thousands of activities share a few. */
enum { SEEN = 256 };
struct seen {
	const char *v[SEEN];
};

struct reader {
	struct arena *arena;
	struct fault *fault;
	struct seen rules, zones;
};

enum err refuse_at(struct reader *r, const struct place *place, enum err err, const char *fmt, ...) PRINTF_LIKE(4, 5);
#ifdef __clang_analyzer__
/* As of fault_set: the analyzer sees one file at a time. */
#define refuse_at(r, place, err, ...) ((void)refuse_at((r), (place), (err), __VA_ARGS__), (err))
#endif
/* "not a date: "tomorrow"", the value cut to a line. */
enum err refuse_string(struct reader *r, const struct place *place, const char *wanted, const char *s);
enum err refuse_type(struct reader *r, const struct place *place, enum json_type wanted, const struct json *value);

/* Reads a value of one type, not one that holds others, to AT; and writes it. (feed_values.c) */
enum err feed_value_read(struct reader *r, const struct field *f, const struct json *value, void *at,
			 const struct place *place);
void feed_value_write(struct buf *out, const struct field *f, const void *at);
/* Whether AT holds something else than the value that stands for "not given". */
bool feed_value_is_set(const struct field *f, const void *at);
/* A text within its cap and with nothing in it that may not stand there. */
enum err feed_text_read(struct reader *r, const struct field *f, const struct json *value, const char **out,
			const struct place *place);

/* feed_check.c: each shape's finish; the document's sees to unique ids and codes, and to references. */
enum err finish_hours(struct reader *r, void *object, const struct place *place);
enum err finish_centre(struct reader *r, void *object, const struct place *place);
enum err finish_activity(struct reader *r, void *object, const struct place *place);
enum err finish_need(struct reader *r, void *object, const struct place *place);
enum err finish_notice(struct reader *r, void *object, const struct place *place);
enum err finish_document(struct reader *r, void *object, const struct place *place);
