/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a tidy value is one that its row takes: one function a type. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/lang.h"
#include "core/zone.h"
#include "io/fetch.h"
#include "io/settings_value.h"

enum { DAY_MINUTES = 24 * 60, HOST_MAX = 253, SHOWN_MAX = 60 };

int setting_choice_place(const char *choices, const char *text)
{
	size_t len = strlen(text);
	int place = 0;

	for (const char *word = choices;; place++) {
		size_t n = strcspn(word, "|");
		if (n == len && memcmp(word, text, n) == 0)
			return place;
		if (word[n] == '\0')
			return -1;
		word += n + 1;
	}
}

/* Digits with at most one point between them: no sign, exponent, hexadecimal
 * or "nan", all of which strtod would take. */
static bool is_decimal(const char *text)
{
	size_t whole = strspn(text, "0123456789");
	const char *rest = text + whole;

	if (whole == 0 || whole > 15)
		return false;
	if (*rest == '.') {
		size_t part = strspn(rest + 1, "0123456789");
		if (part == 0 || part > 15)
			return false;
		rest += 1 + part;
	}
	return *rest == '\0';
}

static bool is_whole(const char *text)
{
	return is_decimal(text) && strchr(text, '.') == NULL;
}

/* By hand, since strtod reads the point as the locale would have it. */
double setting_decimal(const char *text)
{
	double value = 0, unit = 1;

	for (; *text && *text != '.'; text++)
		value = value * 10 + (*text - '0');
	if (*text == '.')
		for (text++; *text; text++) {
			value = value * 10 + (*text - '0');
			unit *= 10;
		}
	return value / unit;
}

bool setting_read_size(const char *text, int *w, int *h)
{
	size_t first = strspn(text, "0123456789");

	if (first == 0 || first > 6 || text[first] != 'x')
		return false;
	const char *second = text + first + 1;
	size_t n = strspn(second, "0123456789");
	if (n == 0 || n > 6 || second[n] != '\0')
		return false;
	*w = (int)strtol(text, NULL, 10);
	*h = (int)strtol(second, NULL, 10);
	return true;
}

/* "22:00", "22.00" or "22", in minutes from midnight. */
static bool read_minute(const char **at, int *out)
{
	const char *s = *at;
	size_t n = strspn(s, "0123456789");
	int hour = 0, minute = 0;

	if (n == 0 || n > 2)
		return false;
	for (size_t i = 0; i < n; i++)
		hour = hour * 10 + s[i] - '0';
	s += n;
	if (*s == ':' || *s == '.') {
		if (!isdigit((unsigned char)s[1]) || !isdigit((unsigned char)s[2]))
			return false;
		minute = (s[1] - '0') * 10 + s[2] - '0';
		s += 3;
	}
	*out = hour * 60 + minute;
	*at = s;
	return hour < 24 && minute < 60;
}

bool setting_read_hours(const char *text, int *from, int *to)
{
	static const char *const between[] = { "-", "\xE2\x80\x93", "til", "to" };
	const char *s = text;

	if (!read_minute(&s, from))
		return false;
	s += strspn(s, " ");
	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		size_t len = strlen(between[i]);
		if (strncmp(s, between[i], len) != 0)
			continue;
		s += len;
		s += strspn(s, " ");
		return read_minute(&s, to) && *s == '\0' && *from != *to;
	}
	return false;
}

static bool in_range(const struct setting *row, double value)
{
	return value >= row->min && value <= row->max;
}

static enum err check_text(const struct setting *row, const char *text, struct fault *fault)
{
	size_t count = utf8_count(text);

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return fault_set(fault, ERR_VALUE, NULL, "%s: holds a control character", row->key);
	if (!in_range(row, (double)count))
		return fault_set(fault, ERR_VALUE, NULL, "%s: has %zu characters, allowed are %g to %g", row->key,
				 count, row->min, row->max);
	return OK;
}

static enum err check_id(const struct setting *row, const char *text, struct fault *fault)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

	if (strspn(text, letters) < strlen(text))
		return fault_set(fault, ERR_VALUE, NULL, "%s: not an id of letters, digits, points and hyphens",
				 row->key);
	return check_text(row, text, fault);
}

/* "KEY: WHAT: "VALUE"", of which only as much is said as anybody may see. */
static enum err refuse(const struct setting *row, const char *text, struct fault *fault, const char *what)
{
	char shown[SHOWN_MAX * 4];

	if (!setting_shown(row, text, shown, sizeof shown))
		return fault_set(fault, ERR_VALUE, NULL, "%s: %s", row->key, what);
	return fault_set(fault, ERR_VALUE, NULL, "%s: %s: \"%s\"", row->key, what, shown);
}

static enum err check_number(const struct setting *row, const char *text, struct fault *fault)
{
	bool whole = row->type == SETTING_INT;

	if (whole ? !is_whole(text) : !is_decimal(text))
		return refuse(row, text, fault, whole ? "not a whole number" : "not a decimal number");
	if (!in_range(row, setting_decimal(text)))
		return fault_set(fault, ERR_VALUE, NULL, "%s: %.60s is not between %g and %g", row->key, text, row->min,
				 row->max);
	return OK;
}

static enum err check_size(const struct setting *row, const char *text, struct fault *fault)
{
	int w = 0, h = 0;

	if (!setting_read_size(text, &w, &h))
		return refuse(row, text, fault, "not a size like 1920x1080");
	if (!in_range(row, w) || !in_range(row, h))
		return fault_set(fault, ERR_VALUE, NULL, "%s: each side of %.60s must be between %g and %g", row->key,
				 text, row->min, row->max);
	return OK;
}

static enum err check_bool(const struct setting *row, const char *text, struct fault *fault)
{
	bool known = strcmp(text, "yes") == 0 || strcmp(text, "no") == 0;

	return known ? OK : refuse(row, text, fault, "neither yes nor no");
}

static enum err check_choice(const struct setting *row, const char *text, struct fault *fault)
{
	char what[120];

	snprintf(what, sizeof what, "not one of %s", row->choices);
	return setting_choice_place(row->choices, text) >= 0 ? OK : refuse(row, text, fault, what);
}

static enum err check_hours(const struct setting *row, const char *text, struct fault *fault)
{
	int from, to;

	if (setting_choice_place(row->choices, text) >= 0 || setting_read_hours(text, &from, &to))
		return OK;
	return refuse(row, text, fault, "not auto, off, or times like 22:00-06:30");
}

static enum err check_language(const struct setting *row, const char *text, struct fault *fault)
{
	bool known = !*text || lang_find(text);

	return known ? OK : refuse(row, text, fault, "not a language that the screen speaks");
}

static enum err check_zone(const struct setting *row, const char *text, struct fault *fault)
{
	return zone_exists(text) ? OK : refuse(row, text, fault, "not a time zone like Europe/Oslo");
}

/* "oppslag.example.no/feed": somebody left https:// out. A file of such a name is still ./oppslag.example.no/feed. */
static bool lacks_scheme(const char *text)
{
	static const char *const files[] = { ".json", ".ics", ".ical" };
	size_t host = strcspn(text, "/"), len = strlen(text);
	bool dotted = *text != '.' && memchr(text, '.', host) && strspn(text, "/") == 0;

	if (strncmp(text, "http", 4) == 0 && strcspn(text, ":/") < len)
		return true;
	for (size_t i = 0; i < sizeof files / sizeof *files && host == len; i++) {
		size_t end = strlen(files[i]);
		if (len > end && strcmp(text + len - end, files[i]) == 0)
			return false;
	}
	return dotted;
}

static enum err check_source(const struct setting *row, const char *text, struct fault *fault)
{
	enum err err = check_text(row, text, fault);

	if (err || url_is_http(text))
		return err;
	bool file = !strstr(text, "://") && !lacks_scheme(text);
	return file ? OK : refuse(row, text, fault, "not an http, https or webcal address, and no file");
}

static enum err check_url(const struct setting *row, const char *text, struct fault *fault)
{
	enum err err = check_text(row, text, fault);
	bool good = !*text || (url_is_http(text) && strncmp(text, "http", 4) == 0);

	return err || good ? err : refuse(row, text, fault, "not an http or https address");
}

/* What curl takes for a proxy: HOST:PORT, or with a scheme. */
static enum err check_proxy(const struct setting *row, const char *text, struct fault *fault)
{
	const char *host = strstr(text, "://"), *end;

	host = host ? host + 3 : text;
	end = strrchr(host, ':');
	bool good = !*text || (end && end > host && strspn(end + 1, "0123456789") > 0 && !strpbrk(text, " \t"));
	return good ? OK : refuse(row, text, fault, "not a proxy like http://proxy.example.no:8080");
}

static enum err check_country(const struct setting *row, const char *text, struct fault *fault)
{
	bool good = strlen(text) == 2 && isupper((unsigned char)text[0]) && isupper((unsigned char)text[1]);

	return good ? OK : refuse(row, text, fault, "not the two letters of a country");
}

static bool is_address(const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

/* Letters, digits, points and hyphens (RFC 1123 2.1), or an address. */
static bool is_host(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t len = strlen(text);
	bool name = strspn(text, letters) == len && len <= HOST_MAX && *text != '.' && *text != '-' &&
		    strspn(text, "0123456789.") < len;

	return name || is_address(text);
}

/* Each word of TEXT is GOOD, and there are at most MOST. */
static bool each_word(const char *text, bool (*good)(const char *), double most)
{
	char word[HOST_MAX + 1];
	double n = 0;

	for (const char *s = text + strspn(text, " ,"); *s; s += strspn(s, " ,")) {
		size_t len = strcspn(s, " ,");
		if (len >= sizeof word)
			return false;
		snprintf(word, sizeof word, "%.*s", (int)len, s);
		s += len;
		if (!good(word) || ++n > most)
			return false;
	}
	return true;
}

static enum err check_hosts(const struct setting *row, const char *text, struct fault *fault)
{
	return each_word(text, is_host, row->max) ? OK : refuse(row, text, fault, "not the name of a machine");
}

static enum err check_addresses(const struct setting *row, const char *text, struct fault *fault)
{
	return each_word(text, is_address, row->max) ? OK : refuse(row, text, fault, "not an IP address");
}

/* "192.0.2.10/24" */
static bool is_network(const char *text)
{
	char address[64];
	const char *slash = strchr(text, '/');
	unsigned char bytes[sizeof(struct in6_addr)];

	if (!slash || slash - text >= (int)sizeof address || !is_whole(slash + 1) || strlen(slash + 1) > 3)
		return false;
	snprintf(address, sizeof address, "%.*s", (int)(slash - text), text);
	double bits = setting_decimal(slash + 1);
	return bits >= 1 && ((inet_pton(AF_INET, address, bytes) == 1 && bits <= 32) ||
			     (inet_pton(AF_INET6, address, bytes) == 1 && bits <= 128));
}

static enum err check_address(const struct setting *row, const char *text, struct fault *fault)
{
	bool good = !*text || is_network(text);

	return good ? OK : refuse(row, text, fault, "not an IP address with its network's size, like 192.0.2.10/24");
}

enum err setting_check(const struct setting *row, const char *text, struct fault *fault)
{
	static enum err (*const checks[SETTING_TYPES])(const struct setting *, const char *, struct fault *) = {
		[SETTING_TEXT] = check_text,         [SETTING_ID] = check_id,
		[SETTING_INT] = check_number,        [SETTING_NUMBER] = check_number,
		[SETTING_BOOL] = check_bool,         [SETTING_CHOICE] = check_choice,
		[SETTING_SIZE] = check_size,         [SETTING_HOURS] = check_hours,
		[SETTING_LANGUAGE] = check_language, [SETTING_ZONE] = check_zone,
		[SETTING_SOURCE] = check_source,     [SETTING_URL] = check_url,
		[SETTING_FILE] = check_text,         [SETTING_PROXY] = check_proxy,
		[SETTING_COUNTRY] = check_country,   [SETTING_HOSTS] = check_hosts,
		[SETTING_ADDRESS] = check_address,   [SETTING_ADDRESSES] = check_addresses,
	};
	return checks[row->type](row, text, fault);
}

/* Of an address no login and no path: those of calendars are secrets. */
static void shorten_address(const char *text, char *out, size_t size)
{
	const char *scheme = strstr(text, "//"), *host = scheme ? scheme + 2 : text;
	size_t len = strcspn(host, "/?#"), whole = strlen(host);
	const char *at = memchr(host, '@', len);

	if (at) {
		len -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	bool cut = len < whole - (size_t)(at ? at + 1 - (scheme ? scheme + 2 : text) : 0);
	snprintf(out, size, "%.*s%.*s%s", (int)(scheme ? scheme + 2 - text : 0), text, (int)len, host,
		 cut ? "/\xE2\x80\xA6" : "");
}

bool setting_shown(const struct setting *row, const char *text, char *out, size_t size)
{
	char cut[SHOWN_MAX * 4 + 1];

	if (row->secret)
		return false;
	if (row->type == SETTING_SOURCE || row->type == SETTING_URL || row->type == SETTING_PROXY)
		shorten_address(text, cut, sizeof cut);
	else
		snprintf(cut, sizeof cut, "%s", text);
	utf8_cut(cut);
	for (size_t i = 0, n = 0; cut[i]; i++)
		if (((unsigned char)cut[i] & 0xC0) != 0x80 && ++n > SHOWN_MAX)
			cut[i--] = '\0';
	snprintf(out, size, "%s", cut);
	utf8_cut(out);
	return true;
}
