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

/* Stands for a semicolon inside quotes, where it begins no comment; inih does not know quotes. */
enum { QUOTED_SEMICOLON = 0x1e };

struct reading {
	struct settings *settings;
	const char *name;
	const char *at, *end;          /* what is not yet read */
	char text[LINE_MAX_BYTES + 1]; /* the line that is being read … */
	const char *rest;              /* … and of a long one what inih has not had; NULL: nothing */
	size_t rest_len;
	struct buf *report, *copy; /* copy NULL: none is wanted */
	enum err err;              /* the first */
	int line;
	bool awaited; /* the line given to inih must come back as an assignment */
	bool failed;  /* this line has been reported */
	bool pending;
	char section[FULL_KEY], key[FULL_KEY];
	char value[LIMIT_SETTING + 2];
};

static struct setting_fault at_line(const struct reading *r, enum setting_wrong wrong)
{
	return (struct setting_fault){
		.wrong = wrong, .file = r->name, .line = r->line, .row = r->settings->n, .near = r->settings->n
	};
}

static void say(struct reading *r, enum err err, const struct setting_fault *fault, const char *value, const char *text)
{
	if (fault->line)
		buf_printf(r->report, "%s:%d: %s\n", r->name, fault->line, text);
	else
		buf_printf(r->report, "%s: %s\n", r->name, text);
	settings_note(r->settings, fault, value);
	if (!r->err)
		r->err = err;
}

/* ---- which row is meant */

/* Keys are told by their small letters; "bottom_mm" and "Bottom mm" are bottom-mm. */
static void plain_key(char *key)
{
	setting_trim(key);
	for (char *c = key; *c; c++)
		*c = *c == '_' || isspace((unsigned char)*c) ? '-' : (char)tolower((unsigned char)*c);
}

/* The only row whose key is KEY, or ends with .KEY; n: none, or several. */
static size_t only_row(const struct settings *settings, const char *key)
{
	size_t found = settings->n, count = 0, len = strlen(key);

	for (size_t i = 0; i < settings->n; i++) {
		const char *own = settings->rows[i].key;
		size_t own_len = strlen(own);
		bool same = own_len >= len && strcmp(own + own_len - len, key) == 0 &&
			    (own_len == len || own[own_len - len - 1] == '.');
		if (same) {
			found = i;
			count++;
		}
	}
	return count == 1 ? found : settings->n;
}

struct found {
	size_t row;
	bool elsewhere; /* the key belongs into another section than it stands in */
};

static struct found find_row(const struct settings *settings, const char *section, const char *key)
{
	char full[2 * FULL_KEY];
	struct found found = { 0 };

	snprintf(full, sizeof full, "%s%s%s", section, *section ? "." : "", key);
	found.row = settings_find(settings, full);
	/* With its section's name it stands anywhere. */
	if (found.row == settings->n && strchr(key, '.'))
		found.row = settings_find(settings, key);
	if (found.row == settings->n && *key) {
		found.row = only_row(settings, key);
		found.elsewhere = true;
	}
	return found;
}

/* The row that the first word of LEN bytes of S names, or may have meant; n: none. */
static size_t row_of_line(const struct reading *r, const char *s, size_t len)
{
	char word[FULL_KEY];
	size_t n = 0;

	while (n < len && n < sizeof word - 1 && !strchr("=: \t", s[n]) && s[n])
		n++;
	memcpy(word, s, n);
	word[n] = '\0';
	plain_key(word);
	size_t row = find_row(r->settings, r->section, word).row;
	return row < r->settings->n ? row : settings_near(r->settings, word);
}

/* ---- the copy */

static void copy_line(struct reading *r, const char *s, size_t len)
{
	if (!r->copy)
		return;
	buf_add(r->copy, s, len);
	buf_char(r->copy, '\n');
}

/* "KEY = " as it was written. */
static void copy_key(struct reading *r)
{
	size_t len = strcspn(r->text, "=:");

	while (len > 0 && isspace((unsigned char)r->text[len - 1]))
		len--;
	if (r->copy)
		buf_printf(r->copy, "%.*s = ", (int)len, r->text);
}

/* Stands for the character at S, as long in UTF-8; letters stay letters, since long lines are parted between them. */
static const char *mask(const char *s, size_t len)
{
	switch (len) {
	case 2:
		return "\xc3\xb8";
	case 3:
		return "\xe2\x80\xa6";
	case 4:
		return "\xf0\x9f\x98\x80";
	default:
		return isalnum((unsigned char)*s) ? "x" : "*";
	}
}

/* A good password of a network is told as eight stars; one that is too short or too long stays as long as it is. */
static void copy_secret(struct reading *r, const char *value)
{
	size_t bytes = strlen(value), len;
	bool raw = bytes == 64 && strspn(value, "0123456789abcdefABCDEF") == 64, control = false;
	bool good = (bytes >= 8 && bytes <= 63) || raw;
	uint32_t code;

	copy_key(r);
	for (const char *s = value; *s; s += len) {
		len = utf8_decode(s, strlen(s), &code);
		len = len ? len : 1;
		control |= (unsigned char)*s < 0x20 || *s == 0x7f;
		if (!good)
			buf_str(r->copy, mask(s, len));
	}
	if (good)
		buf_str(r->copy, "********");
	/* A control character is no part of any value, and said. */
	copy_line(r, "\x01", control ? 1 : 0);
}

static void copy_assignment(struct reading *r, size_t row, const char *value)
{
	if (!r->copy)
		return;
	if (row == r->settings->n) {
		copy_key(r);
		copy_line(r, "", 0);
	} else if (r->settings->rows[row].secret) {
		copy_secret(r, value);
	} else {
		for (char *c = r->text; *c; c++)
			*c = *c == QUOTED_SEMICOLON ? ';' : *c;
		copy_line(r, r->text, strlen(r->text));
	}
}

/* ---- one assignment */

static void no_such_key(struct reading *r, const char *full)
{
	struct setting_fault fault = at_line(r, WRONG_KEY);
	char text[400];

	fault.key = full;
	fault.near = settings_near(r->settings, full);
	if (fault.near == r->settings->n)
		fault.near = settings_near(r->settings, r->key);
	int n = snprintf(text, sizeof text, "there is no setting \"%.100s\"", full);
	if (fault.near < r->settings->n)
		snprintf(text + n, sizeof text - (size_t)n, "; is \"%s\" meant?", r->settings->rows[fault.near].key);
	say(r, ERR_VALUE, &fault, NULL, text);
}

static void stands_elsewhere(struct reading *r, size_t row)
{
	struct setting_fault fault = at_line(r, WRONG_SECTION);
	const char *key = r->settings->rows[row].key, *point = strrchr(key, '.');
	char text[400];

	fault.row = row;
	fault.key = r->key;
	if (point)
		snprintf(text, sizeof text, "%.100s: belongs below [%.*s]", r->key, (int)(point - key), key);
	else
		snprintf(text, sizeof text, "%s: belongs above the first [section]", key);
	say(r, ERR_VALUE, &fault, NULL, text);
}

static void store(struct reading *r, size_t row)
{
	struct setting_fault fault = at_line(r, WRONG_VALUE);
	struct setting_value *value = &r->settings->values[row];
	struct fault why = { 0 };
	char text[400], origin[300];

	fault.row = row;
	fault.key = r->key;
	if (value->line) {
		fault.wrong = WRONG_TWICE;
		fault.other = value->line;
		snprintf(text, sizeof text, "%s: stands already in line %d", r->settings->rows[row].key, value->line);
		say(r, ERR_DUPLICATE, &fault, r->value, text);
		return;
	}
	value->line = r->line;
	snprintf(origin, sizeof origin, "%.250s:%d", r->name, r->line);
	enum err err = settings_store(r->settings, row, r->value, origin, &why);
	if (err)
		say(r, err, &fault, r->value, why.text);
}

static void keep(struct reading *r)
{
	char full[2 * FULL_KEY];

	if (!r->pending)
		return;
	r->pending = false;
	for (char *c = r->value; *c; c++)
		*c = *c == QUOTED_SEMICOLON ? ';' : *c;
	setting_trim(r->value);
	snprintf(full, sizeof full, "%s%s%s", r->section, *r->section ? "." : "", r->key);
	struct found found = find_row(r->settings, r->section, r->key);
	copy_assignment(r, found.row, r->value);
	if (found.row == r->settings->n) {
		no_such_key(r, full);
		return;
	}
	if (found.elsewhere)
		stands_elsewhere(r, found.row);
	store(r, found.row);
}

static int assignment(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;

	(void)section; /* known since its line */
	if (r->awaited) {
		r->awaited = false;
		r->pending = true;
		snprintf(r->key, sizeof r->key, "%s", name);
		plain_key(r->key);
		r->value[0] = '\0';
	}
	size_t have = strlen(r->value);
	snprintf(r->value + have, sizeof r->value - have, "%s", value);
	return 1;
}

/* What of a line of LEN bytes inih can take in one piece of at most MAX. The
 * cut lies between two letters or digits: inih trims white space at both ends
 * of a piece and takes a piece that begins with ; or # for a comment. More than LEAST; 0: nowhere. */
static size_t piece(const char *s, size_t len, size_t least, size_t max)
{
	if (len <= max)
		return len;
	size_t cut = max;
	while (cut > least && !(isalnum((unsigned char)s[cut - 1]) && isalnum((unsigned char)s[cut])))
		cut--;
	return cut > least ? cut : 0;
}

/* What meets the same judgement in the copy, without what stood there. */
static void copy_bad(struct reading *r, const struct setting_fault *fault)
{
	size_t row = fault->row < r->settings->n ? fault->row : fault->near;
	const char *key = row < r->settings->n ? r->settings->rows[row].key : "";

	if (!r->copy)
		return;
	switch (fault->wrong) {
	case WRONG_LETTERS:
		buf_printf(r->copy, "%s%s\xff\n", key, *key ? " = " : "");
		break;
	case WRONG_LONG:
		buf_printf(r->copy, "%s%s%0*d\n", key, *key ? " = " : "", LINE_MAX_BYTES + 1, 0);
		break;
	case WRONG_BRACKET:
		buf_str(r->copy, "[\n");
		break;
	default:
		buf_printf(r->copy, "%s ?\n", key);
		break;
	}
}

static void bad_line(struct reading *r, const char *s, size_t len, enum setting_wrong wrong, const char *text)
{
	struct setting_fault fault = at_line(r, wrong);

	if (wrong == WRONG_LINE) {
		fault.near = row_of_line(r, s, len);
		fault.key = fault.near < r->settings->n ? r->settings->rows[fault.near].key : "";
	} else if (wrong != WRONG_BRACKET) {
		fault.row = row_of_line(r, s, len);
	}
	say(r, wrong == WRONG_LONG ? ERR_LIMIT : ERR_SYNTAX, &fault, NULL, text);
	copy_bad(r, &fault);
}

static void give(struct reading *r, const char *s, size_t len, char *out, size_t size)
{
	size_t indent = r->rest ? 1 : 0;
	/* Never within the key. */
	size_t key = r->rest ? 1 : strcspn(s, "=:") + 1;
	size_t n = piece(s, len, key, size - 3);

	if (len && n == 0) {
		bad_line(r, r->text, strlen(r->text), WRONG_LONG,
			 "the line cannot be read, nothing but signs or spaces for too long");
		r->pending = false;
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

static bool good_section(struct reading *r, const char *s, size_t len)
{
	const char *close = memchr(s, ']', len);

	if (!close || close - s > 49) {
		bad_line(r, s, len, WRONG_BRACKET, close ? "the section's name is too long" : "a [ without its ]");
		return false;
	}
	snprintf(r->section, sizeof r->section, "%.*s", (int)(close - s - 1), s + 1);
	plain_key(r->section);
	copy_line(r, s, (size_t)(close + 1 - s));
	return true;
}

/* Judges a whole line before inih sees it. */
static bool good_line(struct reading *r, const char *s, size_t len)
{
	char text[200];
	size_t valid = utf8_valid_length(s, len);

	if (len == 0 || *s == ';' || *s == '#') {
		copy_line(r, "", 0);
		return false;
	}
	if (valid < len) {
		snprintf(text, sizeof text,
			 "byte %zu is not UTF-8; a file in Latin-1 (ISO 8859-1, Windows-1252) must be saved as UTF-8",
			 valid + 1);
		bad_line(r, s, len, WRONG_LETTERS, text);
		return false;
	}
	if (len > LINE_MAX_BYTES) {
		snprintf(text, sizeof text, "the line is longer than %d bytes", LINE_MAX_BYTES);
		bad_line(r, s, len, WRONG_LONG, text);
		return false;
	}
	if (*s == '[')
		return good_section(r, s, len);
	r->awaited = true;
	return true;
}

/* Where the value of TEXT ends that begins with a quote, behind the one that closes it; 0: there is none. */
static size_t quoted_end(const char *text)
{
	size_t from = strcspn(text, "=:");

	from += text[from] ? 1 : 0;
	from += strspn(text + from, " \t");
	char quote = text[from];
	if (quote != '"' && quote != '\'')
		return 0;
	for (size_t i = from + 1; text[i]; i++) {
		size_t after = i + 1 + strspn(text + i + 1, " \t");
		if (text[i] == quote && (text[after] == '\0' || (text[after] == ';' && after > i + 1)))
			return i + 1;
	}
	return 0;
}

/* The comment goes, and with it what a second piece of a long one would look like: the end of a value. */
static void without_comment(char *text)
{
	size_t quoted = quoted_end(text);

	for (size_t i = 1; text[i]; i++) {
		if (text[i] != ';' || !isspace((unsigned char)text[i - 1]))
			continue;
		if (i < quoted) {
			text[i] = QUOTED_SEMICOLON;
			continue;
		}
		text[i] = '\0';
		return;
	}
}

static void finish_line(struct reading *r)
{
	keep(r);
	if (r->awaited && !r->failed)
		bad_line(r, r->text, strlen(r->text), WRONG_LINE, "neither KEY = VALUE, [section] nor a comment");
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
	memcpy(r->text, s, len);
	r->text[len] = '\0';
	/* One that stands there itself is a control character as any other. */
	for (char *c = r->text; *c; c++)
		*c = *c == QUOTED_SEMICOLON ? QUOTED_SEMICOLON + 1 : *c;
	without_comment(r->text);
	give(r, r->text, strlen(r->text), out, (size_t)size);
	return out;
}

static void bad_file(struct reading *r, enum err err, enum setting_wrong wrong, const char *text)
{
	const struct setting_fault fault = at_line(r, wrong);

	say(r, err, &fault, NULL, text);
}

/* UTF-8, from what editors write; the byte order's mark goes. False: it is no text, and said. */
static bool read_text(struct reading *r, const char *bytes, size_t len, struct buf *text)
{
	bool little = len >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0;

	if (len > LIMIT_SETTINGS_BYTES) {
		bad_file(r, ERR_LIMIT, WRONG_SIZE, "the settings file is larger than 64 KB");
	} else if (little || (len >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)) {
		if (settings_from_utf16(bytes + 2, len - 2, little, text))
			return true;
		bad_file(r, ERR_SYNTAX, WRONG_NO_TEXT,
			 "the file is damaged UTF-16 (\"Unicode\" in Notepad); save it as UTF-8");
	} else if (len && memchr(bytes, '\0', len)) {
		bad_file(r, ERR_SYNTAX, WRONG_NO_TEXT,
			 "the file holds NUL bytes, it is UTF-16 or no text at all; save it as UTF-8");
	} else {
		bool mark = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
		buf_add(text, bytes + (mark ? 3 : 0), len - (mark ? 3 : 0));
		return buf_ok(text);
	}
	return false;
}

/* A copy that meets the same judgement. */
static void copy_nothing(struct buf *copy, const struct reading *r, size_t len)
{
	if (len > LIMIT_SETTINGS_BYTES)
		buf_printf(copy, "%*s", LIMIT_SETTINGS_BYTES + 1, "");
	else if (r->err == ERR_SYNTAX)
		buf_char(copy, '\0');
}

enum err settings_parse_copy(struct settings *settings, const char *name, const char *bytes, size_t len,
			     struct buf *report, struct buf *copy)
{
	struct reading r = { .settings = settings, .name = name, .report = report, .copy = copy };
	struct buf text;

	buf_init(&text, 2 * LIMIT_SETTINGS_BYTES);
	for (size_t i = 0; i < settings->n; i++)
		settings->values[i].line = 0;
	if (read_text(&r, bytes, len, &text)) {
		r.at = buf_text(&text);
		r.end = r.at + text.len;
		/* Its result is the first line it did not understand, counted in pieces: the reader has said it with
		 * the right number. */
		(void)ini_parse_stream(next_line, &r, assignment, &r);
	} else if (copy) {
		copy_nothing(copy, &r, len);
	}
	if (!r.err)
		r.err = text.err;
	buf_free(&text);
	return r.err;
}

enum err settings_parse(struct settings *settings, const char *name, const char *bytes, size_t len, struct buf *report)
{
	return settings_parse_copy(settings, name, bytes, len, report, NULL);
}
