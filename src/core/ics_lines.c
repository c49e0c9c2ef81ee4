/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_lines.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool is_utf16(const char *s, size_t len)
{
	return len >= 2 && (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0 || !s[0] || !s[1]);
}

enum err ics_lines_init(struct ics_lines *lines, const char *bytes, size_t len, struct fault *fault)
{
	*lines = (struct ics_lines){ .number = 1 };
	buf_init(&lines->raw, ICS_LINE_MAX);
	buf_init(&lines->clean, 3 * (size_t)ICS_LINE_MAX);
	if (len > LIMIT_ICS_BYTES)
		return fault_set(fault, ERR_LIMIT, "", "the calendar has %zu bytes; %d are the most", len,
				 LIMIT_ICS_BYTES);
	if (is_utf16(bytes, len))
		return fault_set(fault, ERR_SYNTAX, "line 1",
				 "the file is UTF-16 text; iCalendar is UTF-8: save it as that");
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	lines->at = bytes;
	lines->end = bytes + len;
	return OK;
}

void ics_lines_free(struct ics_lines *lines)
{
	buf_free(&lines->raw);
	buf_free(&lines->clean);
}

/* Adds one line of the file, and goes behind its end: CR LF, LF, CR, or the CR CR LF of doubly converted files. */
static void take_line(struct ics_lines *lines, bool *cut)
{
	const char *from = lines->at, *s = from;

	while (s < lines->end && *s != '\n' && *s != '\r')
		s++;
	size_t n = (size_t)(s - from), room = ICS_LINE_MAX - lines->raw.len;
	*cut = *cut || n > room;
	buf_add(&lines->raw, from, n < room ? n : room);
	while (s < lines->end && *s == '\r')
		s++;
	if (s < lines->end && *s == '\n')
		s++;
	lines->at = s;
	lines->number++;
}

/* vCalendar 1.0 breaks encoded lines by "=" at their end, without a space on the next. */
static bool is_soft_break(const struct ics_lines *lines)
{
	const struct buf *raw = &lines->raw;

	return raw->len && raw->bytes[raw->len - 1] == '=' && strcasestr(raw->bytes, "QUOTED-PRINTABLE");
}

/* Bytes that are no UTF-8 are read as Latin 1, which is what old programs wrote. */
static void clean(struct ics_lines *lines)
{
	const struct buf *raw = &lines->raw;
	char code[4];
	uint32_t c;

	buf_reset(&lines->clean);
	for (size_t i = 0, n; i < raw->len; i += n) {
		n = utf8_decode(raw->bytes + i, raw->len - i, &c);
		if (n == 0) {
			n = 1;
			c = (unsigned char)raw->bytes[i];
		}
		if (c >= ' ' || c == '\t')
			buf_add(&lines->clean, code, utf8_encode(c, code));
	}
	struct buf *out = &lines->clean;
	while (out->len && (out->bytes[out->len - 1] == ' ' || out->bytes[out->len - 1] == '\t'))
		out->bytes[--out->len] = '\0';
}

enum err ics_lines_next(struct ics_lines *lines, struct ics_line *out)
{
	for (;;) {
		*out = (struct ics_line){ .number = lines->number };
		if (lines->at >= lines->end)
			return ERR_NOT_FOUND;
		buf_reset(&lines->raw);
		take_line(lines, &out->cut);
		while (lines->at < lines->end) {
			bool folded = *lines->at == ' ' || *lines->at == '\t';
			if (!folded && !is_soft_break(lines))
				break;
			if (folded)
				lines->at++;
			else
				lines->raw.bytes[--lines->raw.len] = '\0';
			take_line(lines, &out->cut);
		}
		clean(lines);
		if (!buf_ok(&lines->raw) || !buf_ok(&lines->clean))
			return ERR_MEMORY;
		out->s = buf_text(&lines->clean);
		if (*out->s)
			return OK;
	}
}

bool ics_is(const char *line, const char *name)
{
	size_t n = strlen(name);

	return strncasecmp(line, name, n) == 0 && (line[n] == ':' || line[n] == ';');
}

const char *ics_value(const char *line)
{
	bool quoted = false;

	for (; *line; line++) {
		if (*line == '"')
			quoted = !quoted;
		else if (*line == ':' && !quoted)
			return line + 1;
	}
	return NULL;
}
