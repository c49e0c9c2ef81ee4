/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/negotiate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { THOUSAND = 1000 };

static const char *skip_space(const char *s)
{
	return s + strspn(s, " \t");
}

/* A weight in thousandths behind ";q=", -1 if it is malformed. *S moves behind it. */
static int take_weight(const char **s)
{
	int weight = 0, unit = THOUSAND / 10;
	const char *c = *s;

	if (*c != '0' && *c != '1')
		return -1;
	weight = (*c++ - '0') * THOUSAND;
	if (*c == '.')
		for (c++; isdigit((unsigned char)*c); c++, unit /= 10)
			weight += (*c - '0') * unit;
	*s = c;
	return weight > THOUSAND ? -1 : weight;
}

/* One "name;q=0.5" of a list. *S moves behind its comma. */
struct coding {
	const char *name;
	size_t len;
	int weight; /* thousandths, -1: malformed */
};

static struct coding take_coding(const char **s)
{
	struct coding coding = { .name = *s, .len = strcspn(*s, " \t;,"), .weight = THOUSAND };
	const char *c = skip_space(*s + coding.len);

	if (*c == ';') {
		c = skip_space(c + 1);
		if (strncasecmp(c, "q=", 2) == 0) {
			c += 2;
			coding.weight = take_weight(&c);
		}
	}
	c += strcspn(c, ",");
	*s = skip_space(c + (*c == ','));
	return coding;
}

static bool is_named(const struct coding *coding, const char *name)
{
	return coding->len == strlen(name) && strncasecmp(coding->name, name, coding->len) == 0;
}

bool accepts_gzip(const char *accept_encoding)
{
	int gzip = -1, identity = -1, any = -1;

	for (const char *s = accept_encoding ? skip_space(accept_encoding) : ""; *s;) {
		struct coding coding = take_coding(&s);
		if (coding.weight < 0)
			return false;
		if (is_named(&coding, "*"))
			any = coding.weight;
		else if (is_named(&coding, "gzip"))
			gzip = coding.weight;
		else if (is_named(&coding, "identity"))
			identity = coding.weight;
	}
	if (gzip < 0)
		gzip = any;
	return gzip > 0 && gzip >= identity;
}

bool etag_listed(const char *if_none_match, const char *etag)
{
	size_t len = strlen(etag);

	for (const char *s = if_none_match ? skip_space(if_none_match) : ""; *s; s = skip_space(s)) {
		if (*s == '*')
			return true;
		if (strncmp(s, "W/", 2) == 0)
			s += 2;
		if (*s != '"')
			return false;
		const char *close = strchr(s + 1, '"');
		if (!close)
			return false;
		if ((size_t)(close + 1 - s) == len && strncmp(s, etag, len) == 0)
			return true;
		s = skip_space(close + 1);
		if (*s && *s != ',')
			return false;
		s += *s == ',';
	}
	return false;
}

int prefers_wait(const char *prefer)
{
	for (const char *s = prefer ? skip_space(prefer) : ""; *s; s = skip_space(s)) {
		if (strncasecmp(s, "wait", 4) == 0) {
			const char *c = skip_space(s + 4);
			if (*c == '=') {
				c = skip_space(c + 1);
				bool quoted = *c == '"';
				int seconds = 0;
				for (c += quoted; isdigit((unsigned char)*c) && seconds < 100000; c++)
					seconds = seconds * 10 + (*c - '0');
				return seconds;
			}
		}
		s += strcspn(s, ",");
		s += *s == ',';
	}
	return 0;
}

static bool port_is_valid(const char *s)
{
	size_t digits = strspn(s + (*s == ':'), "0123456789");

	return *s == '\0' || (*s == ':' && digits <= 5 && s[1 + digits] == '\0');
}

bool host_is_valid(const char *host)
{
	size_t len;

	if (*host == '[') {
		len = strspn(host + 1, "0123456789abcdefABCDEF:.");
		return len > 0 && host[1 + len] == ']' && port_is_valid(host + len + 2);
	}
	len = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
	return len > 0 && len <= 253 && port_is_valid(host + len);
}

bool cookie_find(const char *cookies, const char *name, char *out, size_t size)
{
	size_t name_len = strlen(name);

	for (const char *s = cookies ? skip_space(cookies) : ""; *s; s = skip_space(s)) {
		size_t len = strcspn(s, ";");
		if (len > name_len && strncmp(s, name, name_len) == 0 && s[name_len] == '=') {
			int n = snprintf(out, size, "%.*s", (int)(len - name_len - 1), s + name_len + 1);
			return n >= 0 && (size_t)n < size;
		}
		s += len;
		s += *s == ';';
	}
	return false;
}

bool forwarded_last(const char *forwarded, char *out, size_t size)
{
	const char *comma = forwarded ? strrchr(forwarded, ',') : NULL;
	const char *last = forwarded ? skip_space(comma ? comma + 1 : forwarded) : "";
	size_t len = strcspn(last, " \t");

	if (len == 0 || len >= size || strspn(last, "0123456789abcdefABCDEF:.[]") != len)
		return false;
	memcpy(out, last, len);
	out[len] = '\0';
	return true;
}
