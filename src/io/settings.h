/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program's settings: one table, from which come the INI file's parser,
 * `--set KEY=VALUE`, the sample file and the reference. The key is the same in
 * the file and on the command line; `[mail]` above `host = …` is the key
 * mail.host. Every value is checked against its row, every fault named with
 * file and line, in words for a log and as data that a screen can put into its own. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* How people write is taken as they mean it: quotes around a value, a comma in a number, the row's unit behind it,
 * capitals, yes in four languages. */
enum setting_type {
	SETTING_TEXT,      /* min to max characters, no control characters */
	SETTING_ID,        /* min to max letters, digits and any of . _ - */
	SETTING_INT,       /* whole number, min to max */
	SETTING_NUMBER,    /* decimal number, min to max */
	SETTING_BOOL,      /* yes, no, on, off, true, false, 1, 0, ja, nei, på, av, nein, aus … */
	SETTING_CHOICE,    /* one of the words in choices: "light|night" */
	SETTING_SIZE,      /* WIDTHxHEIGHT, each min to max */
	SETTING_HOURS,     /* one of the words in choices, or from when to when: 22:00-06:30 */
	SETTING_LANGUAGE,  /* a language that screens speak (core/lang.h), or empty */
	SETTING_ZONE,      /* a time zone of the IANA's */
	SETTING_SOURCE,    /* an http, https or webcal address, or a file; or empty */
	SETTING_URL,       /* an http or https address, or empty */
	SETTING_PROXY,     /* http://HOST:PORT, or empty */
	SETTING_FILE,      /* a file, or empty; its folder is the settings file's where it names none */
	SETTING_COUNTRY,   /* two letters of ISO 3166 */
	SETTING_HOSTS,     /* names or IP addresses, with spaces or commas between them; or empty */
	SETTING_ADDRESS,   /* an IP address and its network's size: 192.0.2.10/24; or empty */
	SETTING_ADDRESSES, /* IP addresses, at most max, with spaces or commas between them; or empty */
	SETTING_TYPES
};

/* One row. A program lists its rows in one macro and makes of it an enum (the
 * row's number) and an array of these:
 *
 *     #define KIOSK_SETTINGS(X) \
 *             X(FEED, "feed", SETTING_SOURCE, "", 0, 1000, NULL, "Where the feed is: …", .example = "https://…") */
struct setting {
	const char *key; /* lower case, at most 49 bytes: "diagonal", "mail.host" */
	enum setting_type type;
	const char *fallback; /* the value when nobody says otherwise; not checked against min */
	double min, max;
	const char *choices; /* SETTING_CHOICE, SETTING_HOURS */
	const char *help;    /* one or more sentences, English */
	/* What follows may be left out. */
	const char *example; /* a value to show to whoever wrote a wrong one; NULL: the fallback */
	const char *unit;    /* that may stand behind a number: "%|prosent" */
	const char *also;    /* what people write in the key's place, to be told the right one: "ssid|nettverk" */
	bool secret;         /* shown to nobody */
};
#define SETTING_ROW(name, key_, type_, fallback_, min_, max_, choices_, ...) \
	{ .key = key_,                                                       \
	  .type = type_,                                                     \
	  .fallback = fallback_,                                             \
	  .min = min_,                                                       \
	  .max = max_,                                                       \
	  .choices = choices_,                                               \
	  .help = __VA_ARGS__ },

/* What can be wrong. NAME; the fault's own fields that count. */
enum setting_wrong {
	WRONG_VALUE,      /* row, value: none that the row takes */
	WRONG_KEY,        /* key: there is no such setting; near */
	WRONG_SECTION,    /* key, row: belongs elsewhere; it was taken as the row's */
	WRONG_TWICE,      /* row, other: stands already there; that one counts */
	WRONG_LINE,       /* no = in it; key: its first word if near is a row */
	WRONG_BRACKET,    /* a [ without its ] */
	WRONG_LONG,       /* row or none */
	WRONG_LETTERS,    /* not UTF-8; row or none */
	WRONG_MISSING,    /* there is no such file */
	WRONG_NAME,       /* the file is called key, it was taken nevertheless */
	WRONG_UNREADABLE, /* the file cannot be read */
	WRONG_SIZE,       /* the file is too large */
	WRONG_NO_TEXT,    /* the file is no text */
	WRONG_NEEDS,      /* row: counts only where near is set too */
	WRONG_FILE,       /* row, value: no such file, or not of that kind */
	WRONG_PASSWORD,   /* row, other: so many characters, where a network's has 8 to 63 */
	WRONG_COUNT
};

struct setting_fault {
	enum setting_wrong wrong;
	const char *file;  /* without its folders */
	int line;          /* 0: the whole file, or none */
	size_t row, near;  /* the row that it is about, that was perhaps meant; n: none */
	const char *key;   /* as it was written, "" */
	const char *value; /* as it was written, as far as anybody may see it; NULL: nobody */
	int other;
};

struct setting_value;
struct settings {
	const struct setting *rows;
	size_t n;
	struct setting_value *values;
	struct arena arena; /* of the values and faults */
	struct setting_fault *faults;
	size_t n_faults, n_more; /* at most LIMIT_SETTING_FAULTS are kept, n_more are counted */
};

/* All at their fallback. ROWS must outlive it. ERR_MEMORY. */
CHECKED enum err settings_init(struct settings *settings, const struct setting *rows, size_t n);
void settings_free(struct settings *settings);

/* Reads an INI file: UTF-8, or UTF-16 with its mark, LF or CRLF, BOM or none, `;` and `#` comments. Every
 * fault becomes a line "oppslag.ini:7: …" in REPORT and one of settings->faults; the first one is returned,
 * ERR_FILE for a file that cannot be read. What is not at fault counts.
 * A key twice in one file is a fault; a later file or --set wins over an earlier. Where PATH is not there but
 * PATH.txt is, as Windows likes to hide it, that is read, and said. */
CHECKED enum err settings_load(struct settings *settings, const char *path, struct buf *report);
/* The same for LEN bytes that came from NAME. */
CHECKED enum err settings_parse(struct settings *settings, const char *name, const char *bytes, size_t len,
				struct buf *report);
/* As settings_parse, and writes the file anew to COPY, in UTF-8, without comments and secrets: the same faults are
 * found in the same lines of it. */
CHECKED enum err settings_parse_copy(struct settings *settings, const char *name, const char *bytes, size_t len,
				     struct buf *report, struct buf *copy);
/* As settings_load, and writes the copy; RENAMED: it is that of PATH.txt. COPY is empty where nothing could be read. */
CHECKED enum err settings_load_copy(struct settings *settings, const char *path, struct buf *report, struct buf *copy,
				    bool *renamed);
/* "KEY=VALUE", as after --set. ERR_USAGE, with the fault's place "--set KEY". */
CHECKED enum err settings_set(struct settings *settings, const char *assignment, struct fault *fault);
/* VALUE for row I, as another option of the command line gave it (ORIGIN: "--feed"). ERR_USAGE. */
CHECKED enum err settings_put(struct settings *settings, size_t i, const char *value, const char *origin,
			      struct fault *fault);
/* For what the program finds itself, of rows that depend on each other: FAULT->row goes back to its fallback, and
 * "PLACE: KEY: TEXT" to REPORT. Line, file, key and value are filled in. */
void settings_blame(struct settings *settings, const struct setting_fault *fault, const char *text, struct buf *report);

/* The value of row I, which has that type. Text lives until it is set anew or settings_free. */
const char *settings_text(const struct settings *settings, size_t i); /* of any row, as it was meant */
int settings_int(const struct settings *settings, size_t i);
double settings_number(const struct settings *settings, size_t i);
bool settings_bool(const struct settings *settings, size_t i);
size_t settings_choice(const struct settings *settings, size_t i); /* the word's place in choices, from 0 */
void settings_size(const struct settings *settings, size_t i, int *w, int *h);
/* True for times, in minutes of the day, which differ; false for one of the words. */
bool settings_hours(const struct settings *settings, size_t i, int *from, int *to);
bool settings_is_set(const struct settings *settings, size_t i); /* by a file or the command line */
/* Where the value came from: "oppslag.ini:7", "--set feed", "default". For
 * faults that the program finds itself. */
const char *settings_origin(const struct settings *settings, size_t i);
/* The example of row I, or what it falls back to. */
const char *setting_example(const struct setting *row);

/* The sample file and reference: TITLE as a comment, then each row with its
 * help, its range and its fallback. */
void settings_sample(const struct setting *rows, size_t n, const char *title, struct buf *out);
