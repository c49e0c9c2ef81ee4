/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write, as they mean it. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "io/settings_value.h"

/* Norwegian, English, German; capitals of ASCII have gone, Å has not. */
static const char yes_words[] = "|yes|on|true|1|ja|j|y|på|pÅ|sann|an|ein|wahr|";
static const char no_words[] = "|no|off|false|0|nei|n|av|usann|nej|nein|aus|falsch|";

static bool is_among(const char *words, const char *text)
{
	char word[24];
	int n = snprintf(word, sizeof word, "|%s|", text);

	return *text && !strchr(text, '|') && n > 0 && (size_t)n < sizeof word && strstr(words, word);
}

bool setting_is_yes(const char *text)
{
	return is_among(yes_words, text);
}

static void remove_at(char *at, size_t n)
{
	memmove(at, at + n, strlen(at + n) + 1);
}

/* The length of the white space at S: ASCII's, or a no-break space, as pages on the web have it. */
static size_t space_at(const char *s)
{
	if (isspace((unsigned char)*s))
		return 1;
	return s[0] == '\xC2' && s[1] == '\xA0' ? 2 : 0;
}

static void trim_spaces(char *text)
{
	size_t lead = 0, n;

	while ((n = space_at(text + lead)) > 0)
		lead += n;
	remove_at(text, lead);
	size_t len = strlen(text);
	while (len > 0) {
		if (isspace((unsigned char)text[len - 1]))
			len--;
		else if (len >= 2 && memcmp(text + len - 2, "\xC2\xA0", 2) == 0)
			len -= 2;
		else
			break;
	}
	text[len] = '\0';
}

static bool begins(const char *text, const char *part)
{
	return strncmp(text, part, strlen(part)) == 0;
}

static bool ends(const char *text, const char *part)
{
	size_t len = strlen(text), n = strlen(part);

	return len >= n && memcmp(text + len - n, part, n) == 0;
}

void setting_trim(char *text)
{
	static const char *const pairs[][2] = {
		{ "\"", "\"" },
		{ "'", "'" },
		{ "\xC2\xAB", "\xC2\xBB" },         /* « » */
		{ "\xE2\x80\x9C", "\xE2\x80\x9D" }, /* “ ” */
		{ "\xE2\x80\x9D", "\xE2\x80\x9D" }, /* ” ” */
		{ "\xE2\x80\x9E", "\xE2\x80\x9C" }, /* „ “ */
	};

	trim_spaces(text);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		size_t first = strlen(pairs[i][0]), last = strlen(pairs[i][1]), len = strlen(text);
		if (len < first + last || !begins(text, pairs[i][0]) || !ends(text, pairs[i][1]))
			continue;
		text[len - last] = '\0';
		remove_at(text, first);
		return;
	}
}

static void lower(char *text)
{
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

/* `24"`, "60 %", "750 mm" */
static void without_unit(char *text, const char *units)
{
	size_t len = strlen(text);

	for (const char *word = units; word && *word;) {
		size_t n = strcspn(word, "|");
		if (n > 0 && len > n && strncasecmp(text + len - n, word, n) == 0) {
			text[len - n] = '\0';
			trim_spaces(text);
			return;
		}
		word += n + (word[n] == '|');
	}
}

/* "1 920 × 1 080" */
static void tidy_size(char *text)
{
	lower(text);
	for (char *at = text; *at;) {
		size_t n = space_at(at);
		if (n > 0) {
			remove_at(at, n);
		} else if (begins(at, "\xC3\x97")) {
			*at = 'x';
			remove_at(at + 1, 1);
		} else {
			at++;
		}
	}
}

/* The bits of a mask like 255.255.255.0; -1: it is none. */
static int mask_bits(const char *mask)
{
	struct in_addr address;
	int bits = 0;

	if (inet_pton(AF_INET, mask, &address) != 1)
		return -1;
	uint32_t left = ntohl(address.s_addr);
	for (; left & UINT32_C(0x80000000); left <<= 1)
		bits++;
	return left == 0 ? bits : -1;
}

/* "192.0.2.10 255.255.255.0" is what the router's page says of 192.0.2.10/24. */
static void tidy_address(char *text)
{
	char *between = text + strcspn(text, " \t/");
	char *mask = between + strspn(between, " \t/");
	int bits = *mask ? mask_bits(mask) : -1;

	if (bits > 0)
		snprintf(between, strlen(between) + 1, "/%d", bits);
	else if (*between && *mask && !strpbrk(mask, " \t/")) {
		*between = '/';
		remove_at(between + 1, (size_t)(mask - between - 1));
	}
}

static void tidy_bool(char *text)
{
	lower(text);
	bool no = is_among(no_words, text);
	if (setting_is_yes(text) || no)
		snprintf(text, SETTING_TIDY_MIN, "%s", no ? "no" : "yes");
}

void setting_tidy(const struct setting *row, char *text)
{
	switch (row->type) {
	case SETTING_INT:
	case SETTING_NUMBER:
		without_unit(text, row->unit);
		for (char *comma = strchr(text, ','); row->type == SETTING_NUMBER && comma; comma = NULL)
			*comma = '.';
		break;
	case SETTING_BOOL:
		tidy_bool(text);
		break;
	case SETTING_CHOICE:
		without_unit(text, row->unit);
		lower(text);
		break;
	case SETTING_HOURS:
		lower(text);
		break;
	case SETTING_SIZE:
		tidy_size(text);
		break;
	case SETTING_ADDRESS:
		tidy_address(text);
		break;
	case SETTING_COUNTRY:
		for (char *c = text; *c; c++)
			*c = (char)toupper((unsigned char)*c);
		break;
	case SETTING_FILE:
		for (char *c = text; *c; c++)
			*c = *c == '\\' ? '/' : *c;
		break;
	default:
		break;
	}
}
