/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Lines as they happen, for --events and --record: {"t_ms", "kind", …}.
 * Each line is one write, so that a reader of a FIFO sees it at once. A full
 * FIFO loses lines rather than hold the screen up. No personal data. */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct journal {
	int fd; /* -1: closed, lines go nowhere */
	int64_t start_ms;
	size_t left; /* bytes that may still be written */
	struct buf line;
};

enum field_type { FIELD_TEXT, FIELD_INT, FIELD_NUMBER, FIELD_BOOL };
struct field {
	const char *key;
	enum field_type type;
	const char *text; /* NULL: the field is left out */
	int64_t integer;
	double number;
};
#define FIELD_T(key, text) ((struct field){ key, FIELD_TEXT, text, 0, 0 })
#define FIELD_I(key, integer) ((struct field){ key, FIELD_INT, NULL, integer, 0 })
#define FIELD_B(key, yes) ((struct field){ key, FIELD_BOOL, NULL, (yes), 0 })
#define FIELD_N(key, number) ((struct field){ key, FIELD_NUMBER, NULL, 0, number })

/* Begins PATH anew; START_MS is the monotonic time that t_ms counts from. */
CHECKED enum err journal_open(struct journal *journal, const char *path, int64_t start_ms, struct fault *fault);
void journal_close(struct journal *journal);
/* A journal that writes nothing. */
void journal_none(struct journal *journal);

void journal_fields(struct journal *journal, int64_t now_ms, const char *kind, size_t n, const struct field *fields);
#define journal_line(journal, now_ms, kind, ...)                                                              \
	journal_fields(journal, now_ms, kind, sizeof((struct field[]){ __VA_ARGS__ }) / sizeof(struct field), \
		       (struct field[]){ __VA_ARGS__ })
