/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_check.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "central/negotiate.h"

struct seen {
	unsigned hosts, lengths, encodings;
	bool bad;
};

static bool is_token(const char *s, size_t len)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && (!s[i] || !strchr(marks, s[i])))
			return false;
	return len > 0;
}

static bool is_value(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return false;
	return true;
}

static bool is_number(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

static enum MHD_Result look(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
			    size_t value_len)
{
	struct seen *seen = cls;

	(void)kind;
	if (!is_token(name, name_len) || (value && !is_value(value, value_len))) {
		seen->bad = true;
		return MHD_NO;
	}
	if (strcasecmp(name, "Host") == 0) {
		seen->hosts++;
		seen->bad |= !value || !host_is_valid(value);
	}
	if (strcasecmp(name, "Content-Length") == 0) {
		seen->lengths++;
		seen->bad |= !value || !is_number(value);
	}
	/* One that we cannot undo would leave the end of the body to be guessed (RFC 9112 6.1). */
	if (strcasecmp(name, "Transfer-Encoding") == 0) {
		seen->encodings++;
		seen->bad |= !value || strcasecmp(value, "chunked") != 0;
	}
	return MHD_YES;
}

unsigned http_check(struct MHD_Connection *connection, const char *version, const char *target)
{
	struct seen seen = { 0 };
	bool old = strcmp(version, "HTTP/1.0") == 0;

	if (!old && strcmp(version, "HTTP/1.1") != 0)
		return 505;
	for (const char *c = target; *c; c++)
		if (*c <= 0x20 || *c >= 0x7f)
			return 400;
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look, &seen);
	/* RFC 9112 3.2: exactly one Host; 6.1: never both lengths of a body, which is how requests are smuggled. */
	if (seen.bad || seen.hosts > 1 || (!old && seen.hosts == 0) || seen.lengths > 1 || seen.encodings > 1)
		return 400;
	return seen.encodings && (seen.lengths || old) ? 400 : 0;
}
