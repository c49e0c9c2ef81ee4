/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The INI file, by inih. Debian's inih tells its handler no line numbers and
 * cuts lines at 199 bytes, where calendar addresses are longer. So a reader of
 * ours hands it one line at a time, counts, and passes a long line on as inih's
 * own continuation lines; the handler puts the pieces together again. */
#include <ctype.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "io/file.h"
#include "io/settings.h"
#include "io/settings_value.h"

enum { FULL_KEY = 128, LINE_MAX_BYTES = LIMIT_SETTING + 100 };

struct reading {
	struct settings *settings;
	const char *name;
	const char *at, *end; /* what is not yet read */
	const char *rest;     /* of a long line, up to its end; NULL: none */
	size_t rest_len;
	struct buf *report;
	enum err err; /* the first */
	int line;
	bool awaited; /* the line given to inih must come back as an assignment */
	bool failed;  /* this line has been reported */
	bool pending;
	char key[FULL_KEY];
	int key_line;
	char value[LIMIT_SETTING + 2];
};

static void say(struct reading *r, int line, enum err err, const char *text)
{
	if (line)
		buf_printf(r->report, "%s:%d: %s\n", r->name, line, text);
	else
		buf_printf(r->report, "%s: %s\n", r->name, text);
	if (!r->err)
		r->err = err;
}

static void keep(struct reading *r)
{
	char text[400], origin[300];
	struct fault fault = { 0 };

	if (!r->pending)
		return;
	r->pending = false;
	size_t i = settings_find(r->settings, r->key);
	if (i == r->settings->n) {
		snprintf(text, sizeof text, "there is no setting \"%.100s\"", r->key);
		say(r, r->key_line, ERR_VALUE, text);
		return;
	}
	if (r->settings->values[i].line) {
		snprintf(text, sizeof text, "%s: stands already in line %d", r->key, r->settings->values[i].line);
		say(r, r->key_line, ERR_DUPLICATE, text);
		return;
	}
	r->settings->values[i].line = r->key_line;
	snprintf(origin, sizeof origin, "%.250s:%d", r->name, r->key_line);
	enum err err = settings_store(r->settings, i, r->value, origin, &fault);
	if (err)
		say(r, r->key_line, err, fault.text);
}

static int assignment(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;

	if (r->awaited) {
		r->awaited = false;
		r->pending = true;
		r->key_line = r->line;
		snprintf(r->key, sizeof r->key, "%s%s%s", section, *section ? "." : "", name);
		r->value[0] = '\0';
	}
	size_t have = strlen(r->value);
	snprintf(r->value + have, sizeof r->value - have, "%s", value);
	return 1;
}

/* What of a line of LEN bytes inih can take in one piece of at most MAX. The
 * cut lies between two letters or digits: inih trims white space at both ends
 * of a piece and takes a piece that begins with ; or # for a comment. */
static size_t piece(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	size_t cut = max;
	while (cut > 1 && !(isalnum((unsigned char)s[cut - 1]) && isalnum((unsigned char)s[cut])))
		cut--;
	return cut > 1 ? cut : 0;
}

static void give(struct reading *r, const char *s, size_t len, char *out, size_t size)
{
	size_t indent = r->rest ? 1 : 0;
	size_t n = piece(s, len, size - 3);

	if (len && n == 0) {
		say(r, r->line, ERR_LIMIT, "the line cannot be read, nothing but signs or spaces for too long");
		r->failed = true;
		len = 0;
	}
	out[0] = ' ';
	memcpy(out + indent, s, n);
	out[indent + n] = '\n';
	out[indent + n + 1] = '\0';
	r->rest = n < len ? s + n : NULL;
	r->rest_len = len - n;
}

/* Judges a whole line before inih sees it. */
static bool good_line(struct reading *r, const char *s, size_t len)
{
	char text[200];
	size_t valid = utf8_valid_length(s, len);

	if (valid < len) {
		snprintf(text, sizeof text,
			 "byte %zu is not UTF-8; a file in Latin-1 (ISO 8859-1, Windows-1252) must be saved as UTF-8",
			 valid + 1);
		say(r, r->line, ERR_SYNTAX, text);
		return false;
	}
	if (len > LINE_MAX_BYTES) {
		snprintf(text, sizeof text, "the line is longer than %d bytes", LINE_MAX_BYTES);
		say(r, r->line, ERR_LIMIT, text);
		return false;
	}
	if (len && *s == '[') {
		const char *close = memchr(s, ']', len);
		if (!close || close - s > 49) {
			say(r, r->line, ERR_SYNTAX, close ? "the section's name is too long" : "a [ without its ]");
			return false;
		}
		return true;
	}
	r->awaited = len && *s != ';' && *s != '#';
	return true;
}

/* Comments go no further: the second piece of a long one would look like the end of a value. */
static size_t without_comment(const char *s, size_t len)
{
	if (len && (*s == ';' || *s == '#'))
		return 0;
	for (size_t i = 1; i < len; i++)
		if (s[i] == ';' && isspace((unsigned char)s[i - 1]))
			return i;
	return len;
}

static void finish_line(struct reading *r)
{
	keep(r);
	if (r->awaited && !r->failed)
		say(r, r->line, ERR_SYNTAX, "neither KEY = VALUE, [section] nor a comment");
	r->awaited = r->failed = false;
}

/* As fgets: inih asks for a line of fewer than SIZE bytes. */
static char *next_line(char *out, int size, void *stream)
{
	struct reading *r = stream;

	if (r->rest) {
		give(r, r->rest, r->rest_len, out, (size_t)size);
		return out;
	}
	finish_line(r);
	if (r->at >= r->end)
		return NULL;
	const char *s = r->at;
	const char *newline = memchr(s, '\n', (size_t)(r->end - s));
	size_t len = (size_t)((newline ? newline : r->end) - s);
	r->at = newline ? newline + 1 : r->end;
	r->line++;
	while (len && isspace((unsigned char)s[len - 1]))
		len--;
	/* An indented line is a line: to inih it would continue the one before. */
	while (len && isspace((unsigned char)*s))
		s++, len--;
	if (!good_line(r, s, len))
		len = 0;
	len = without_comment(s, len);
	give(r, s, len, out, (size_t)size);
	return out;
}

static const char *wrong_encoding(const char *bytes, size_t len)
{
	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return "the file is UTF-16 (\"Unicode\" in Notepad); save it as UTF-8";
	if (memchr(bytes, '\0', len))
		return "the file holds NUL bytes, it is UTF-16 or no text at all; save it as UTF-8";
	return NULL;
}

enum err settings_parse(struct settings *settings, const char *name, const char *bytes, size_t len, struct buf *report)
{
	struct reading r = { .settings = settings, .name = name, .report = report };
	const char *wrong = len ? wrong_encoding(bytes, len) : NULL;

	if (len > LIMIT_SETTINGS_BYTES) {
		say(&r, 0, ERR_LIMIT, "the settings file is larger than 64 KB");
		return r.err;
	}
	if (wrong) {
		say(&r, 0, ERR_SYNTAX, wrong);
		return r.err;
	}
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3, len -= 3;
	r.at = bytes;
	r.end = bytes + len;
	for (size_t i = 0; i < settings->n; i++)
		settings->values[i].line = 0;
	/* Its result is the first line it did not understand, counted in pieces: the reader has said it with the right
	 * number. */
	(void)ini_parse_stream(next_line, &r, assignment, &r);
	return r.err;
}

enum err settings_load(struct settings *settings, const char *path, struct buf *report)
{
	struct fault fault = { 0 };
	struct buf bytes;

	buf_init(&bytes, LIMIT_SETTINGS_BYTES);
	enum err err = file_read(path, &bytes, &fault);
	if (err) {
		buf_printf(report, "%s: %s\n", fault.place, fault.text);
		err = err == ERR_NOT_FOUND ? ERR_FILE : err;
	} else {
		err = settings_parse(settings, path, buf_text(&bytes), bytes.len, report);
	}
	buf_free(&bytes);
	return err;
}
