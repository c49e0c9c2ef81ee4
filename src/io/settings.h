/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program's settings: one table, from which come the INI file's parser,
 * `--set KEY=VALUE`, the sample file and the reference. The key is the same in
 * the file and on the command line; `[mail]` above `host = …` is the key
 * mail.host. Every value is checked against its row, every fault named with
 * file and line; a program does not start on half a settings file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum setting_type {
	SETTING_TEXT,   /* min to max characters, no control characters */
	SETTING_INT,    /* whole number, min to max */
	SETTING_NUMBER, /* decimal number with a point, min to max */
	SETTING_BOOL,   /* yes, no, on, off, true, false, 1, 0, ja, nei */
	SETTING_CHOICE, /* one of the words in choices: "light|night" */
	SETTING_SIZE    /* WIDTHxHEIGHT, each min to max */
};

/* One row. A program lists its rows in one macro and makes of it an enum (the
 * row's number) and an array of these:
 *
 *     #define KIOSK_SETTINGS(X) \
 *             X(FEED, "feed", SETTING_TEXT, "", 0, 1000, NULL, "Where the feed is: …") */
struct setting {
	const char *key; /* lower case, at most 49 bytes: "diagonal", "mail.host" */
	enum setting_type type;
	const char *fallback; /* the value when nobody says otherwise; not checked against min */
	double min, max;
	const char *choices; /* SETTING_CHOICE only */
	const char *help;    /* one or more sentences, English */
};
#define SETTING_ROW(name, key, type, fallback, min, max, choices, help) \
	{ key, type, fallback, min, max, choices, help },

struct setting_value;
struct settings {
	const struct setting *rows;
	size_t n;
	struct setting_value *values;
	struct arena arena; /* of the values */
};

/* All at their fallback. ROWS must outlive it. ERR_MEMORY. */
CHECKED enum err settings_init(struct settings *settings, const struct setting *rows, size_t n);
void settings_free(struct settings *settings);

/* Reads an INI file: UTF-8, LF or CRLF, BOM or none, `;` and `#` comments. Every
 * fault becomes a line "oppslag.ini:7: …" in REPORT; the first one is returned,
 * ERR_FILE for a file that cannot be read.
 * A key twice in one file is a fault; a later file or --set wins over an earlier. */
CHECKED enum err settings_load(struct settings *settings, const char *path, struct buf *report);
/* The same for LEN bytes that came from NAME. */
CHECKED enum err settings_parse(struct settings *settings, const char *name, const char *bytes, size_t len,
				struct buf *report);
/* "KEY=VALUE", as after --set. ERR_USAGE, with the fault's place "--set KEY". */
CHECKED enum err settings_set(struct settings *settings, const char *assignment, struct fault *fault);
/* VALUE for row I, as another option of the command line gave it (ORIGIN: "--feed"). ERR_USAGE. */
CHECKED enum err settings_put(struct settings *settings, size_t i, const char *value, const char *origin,
			      struct fault *fault);

/* The value of row I, which has that type. Text lives until it is set anew or settings_free. */
const char *settings_text(const struct settings *settings, size_t i); /* of any row, as it was written */
int settings_int(const struct settings *settings, size_t i);
double settings_number(const struct settings *settings, size_t i);
bool settings_bool(const struct settings *settings, size_t i);
size_t settings_choice(const struct settings *settings, size_t i); /* the word's place in choices, from 0 */
void settings_size(const struct settings *settings, size_t i, int *w, int *h);
bool settings_is_set(const struct settings *settings, size_t i); /* by a file or the command line */
/* Where the value came from: "oppslag.ini:7", "--set feed", "default". For
 * faults that the program finds itself. */
const char *settings_origin(const struct settings *settings, size_t i);

/* The sample file and reference: TITLE as a comment, then each row with its
 * help, its range and its fallback. */
void settings_sample(const struct setting *rows, size_t n, const char *title, struct buf *out);
