/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/settings.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/settings_value.h"

/* Room for every value set once more by --set, and its origin. */
enum { ARENA_MAX = 4 * LIMIT_SETTINGS_BYTES };

enum err settings_init(struct settings *settings, const struct setting *rows, size_t n)
{
	*settings = (struct settings){ .rows = rows, .n = n };
	arena_init(&settings->arena, ARENA_MAX);
	settings->values = mem_alloc(n * sizeof *settings->values);
	return settings->values ? OK : ERR_MEMORY;
}

void settings_free(struct settings *settings)
{
	mem_free(settings->values);
	settings->values = NULL;
	arena_free(&settings->arena);
}

size_t settings_find(const struct settings *settings, const char *key)
{
	size_t i = 0;

	while (i < settings->n && strcmp(settings->rows[i].key, key) != 0)
		i++;
	return i;
}

static const char *const yes_words[] = { "yes", "on", "true", "1", "ja" };
static const char *const no_words[] = { "no", "off", "false", "0", "nei" };
enum { BOOL_WORDS = sizeof yes_words / sizeof *yes_words };

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(text, words[i]) == 0)
			return true;
	return false;
}

/* The place of TEXT among CHOICES ("light|night"), or -1. */
static int choice_place(const char *choices, const char *text)
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
static double decimal(const char *text)
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

static bool parse_size(const char *text, int *w, int *h)
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

static enum err check_number(const struct setting *row, const char *text, struct fault *fault)
{
	bool whole = row->type == SETTING_INT;

	if (whole ? !is_whole(text) : !is_decimal(text))
		return fault_set(fault, ERR_VALUE, NULL, "%s: not a %s number: \"%.60s\"", row->key,
				 whole ? "whole" : "decimal", text);
	if (!in_range(row, decimal(text)))
		return fault_set(fault, ERR_VALUE, NULL, "%s: %.60s is not between %g and %g", row->key, text, row->min,
				 row->max);
	return OK;
}

static enum err check_size(const struct setting *row, const char *text, struct fault *fault)
{
	int w = 0, h = 0;

	if (!parse_size(text, &w, &h))
		return fault_set(fault, ERR_VALUE, NULL, "%s: not a size like 1920x1080: \"%.60s\"", row->key, text);
	if (!in_range(row, w) || !in_range(row, h))
		return fault_set(fault, ERR_VALUE, NULL, "%s: each side of %.60s must be between %g and %g", row->key,
				 text, row->min, row->max);
	return OK;
}

static enum err check(const struct setting *row, const char *text, struct fault *fault)
{
	switch (row->type) {
	case SETTING_TEXT:
		return check_text(row, text, fault);
	case SETTING_INT:
	case SETTING_NUMBER:
		return check_number(row, text, fault);
	case SETTING_SIZE:
		return check_size(row, text, fault);
	case SETTING_BOOL:
		if (is_one_of(text, yes_words, BOOL_WORDS) || is_one_of(text, no_words, BOOL_WORDS))
			return OK;
		return fault_set(fault, ERR_VALUE, NULL, "%s: neither yes nor no: \"%.60s\"", row->key, text);
	case SETTING_CHOICE:
		if (choice_place(row->choices, text) >= 0)
			return OK;
		return fault_set(fault, ERR_VALUE, NULL, "%s: not one of %s: \"%.60s\"", row->key, row->choices, text);
	}
	return ERR_VALUE;
}

enum err settings_store(struct settings *settings, size_t i, const char *text, const char *origin, struct fault *fault)
{
	enum err err = OK;

	if (strlen(text) > LIMIT_SETTING)
		err = fault_set(fault, ERR_LIMIT, NULL, "%s: longer than %d bytes", settings->rows[i].key,
				LIMIT_SETTING);
	else if (!utf8_is_valid(text, strlen(text)))
		err = fault_set(fault, ERR_VALUE, NULL, "%s: not valid UTF-8", settings->rows[i].key);
	else
		err = check(&settings->rows[i], text, fault);
	if (err)
		return err;
	const char *kept = arena_strdup(&settings->arena, text);
	const char *from = arena_strdup(&settings->arena, origin);
	if (!kept || !from)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	settings->values[i].text = kept;
	settings->values[i].origin = from;
	return OK;
}

enum err settings_put(struct settings *settings, size_t i, const char *value, const char *origin, struct fault *fault)
{
	struct fault inner = { 0 };
	enum err err = settings_store(settings, i, value, origin, &inner);

	if (err == OK || err == ERR_MEMORY)
		return err;
	return fault_set(fault, ERR_USAGE, origin, "%s", inner.text);
}

enum err settings_set(struct settings *settings, const char *assignment, struct fault *fault)
{
	char key[64], origin[80];
	size_t len = strcspn(assignment, "=");

	if (assignment[len] != '=' || len == 0)
		return fault_set(fault, ERR_USAGE, "--set", "not KEY=VALUE: \"%.60s\"", assignment);
	snprintf(key, sizeof key, "%.*s", (int)(len < INT_MAX ? len : INT_MAX), assignment);
	size_t i = len < sizeof key ? settings_find(settings, key) : settings->n;
	if (i == settings->n)
		return fault_set(fault, ERR_USAGE, "--set", "there is no setting \"%s\"", key);
	snprintf(origin, sizeof origin, "--set %s", key);
	return settings_put(settings, i, assignment + len + 1, origin, fault);
}

const char *settings_text(const struct settings *settings, size_t i)
{
	return settings->values[i].text ? settings->values[i].text : settings->rows[i].fallback;
}

int settings_int(const struct settings *settings, size_t i)
{
	return (int)settings_number(settings, i);
}

double settings_number(const struct settings *settings, size_t i)
{
	return decimal(settings_text(settings, i));
}

bool settings_bool(const struct settings *settings, size_t i)
{
	return is_one_of(settings_text(settings, i), yes_words, BOOL_WORDS);
}

size_t settings_choice(const struct settings *settings, size_t i)
{
	int place = choice_place(settings->rows[i].choices, settings_text(settings, i));

	return place < 0 ? 0 : (size_t)place;
}

void settings_size(const struct settings *settings, size_t i, int *w, int *h)
{
	if (!parse_size(settings_text(settings, i), w, h))
		*w = *h = 0;
}

bool settings_is_set(const struct settings *settings, size_t i)
{
	return settings->values[i].text != NULL;
}

const char *settings_origin(const struct settings *settings, size_t i)
{
	return settings->values[i].origin ? settings->values[i].origin : "default";
}

/* TEXT as comment lines of at most 78 columns. */
static void comment(struct buf *out, const char *text)
{
	enum { COLUMNS = 76 };

	while (*text) {
		size_t len = strlen(text);
		if (len > COLUMNS) {
			len = COLUMNS;
			while (len > 1 && text[len] != ' ')
				len--;
		}
		buf_str(out, "# ");
		buf_add(out, text, len);
		buf_char(out, '\n');
		text += len;
		text += strspn(text, " ");
	}
}

static void range(struct buf *out, const struct setting *row)
{
	switch (row->type) {
	case SETTING_TEXT:
		break;
	case SETTING_INT:
	case SETTING_NUMBER:
		buf_printf(out, "# %g to %g\n", row->min, row->max);
		break;
	case SETTING_SIZE:
		buf_printf(out, "# WIDTHxHEIGHT, each %g to %g\n", row->min, row->max);
		break;
	case SETTING_BOOL:
		buf_str(out, "# yes or no\n");
		break;
	case SETTING_CHOICE:
		buf_printf(out, "# one of %s\n", row->choices);
		break;
	}
}

void settings_sample(const struct setting *rows, size_t n, const char *title, struct buf *out)
{
	comment(out, title);
	for (size_t i = 0; i < n; i++) {
		buf_char(out, '\n');
		comment(out, rows[i].help);
		range(out, &rows[i]);
		buf_printf(out, ";%s =%s%s\n", rows[i].key, *rows[i].fallback ? " " : "", rows[i].fallback);
	}
}
