/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/settings.h"

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

enum err settings_store(struct settings *settings, size_t i, const char *text, const char *origin, struct fault *fault)
{
	const struct setting *row = &settings->rows[i];
	char tidy[LIMIT_SETTING + 1];
	size_t len = strlen(text);

	if (len > LIMIT_SETTING)
		return fault_set(fault, ERR_LIMIT, NULL, "%s: longer than %d bytes", row->key, LIMIT_SETTING);
	if (!utf8_is_valid(text, len))
		return fault_set(fault, ERR_VALUE, NULL, "%s: not valid UTF-8", row->key);
	memcpy(tidy, text, len + 1);
	setting_tidy(row, tidy);
	enum err err = setting_check(row, tidy, fault);
	if (err)
		return err;
	const char *kept = arena_strdup(&settings->arena, tidy);
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
	return setting_decimal(settings_text(settings, i));
}

bool settings_bool(const struct settings *settings, size_t i)
{
	return setting_is_yes(settings_text(settings, i));
}

size_t settings_choice(const struct settings *settings, size_t i)
{
	int place = setting_choice_place(settings->rows[i].choices, settings_text(settings, i));

	return place < 0 ? 0 : (size_t)place;
}

void settings_size(const struct settings *settings, size_t i, int *w, int *h)
{
	if (!setting_read_size(settings_text(settings, i), w, h))
		*w = *h = 0;
}

bool settings_hours(const struct settings *settings, size_t i, int *from, int *to)
{
	return setting_read_hours(settings_text(settings, i), from, to);
}

bool settings_is_set(const struct settings *settings, size_t i)
{
	return settings->values[i].text != NULL;
}

const char *settings_origin(const struct settings *settings, size_t i)
{
	return settings->values[i].origin ? settings->values[i].origin : "default";
}

const char *setting_example(const struct setting *row)
{
	return row->example ? row->example : row->fallback;
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
	default:
		if (row->example)
			buf_printf(out, "# like %s\n", row->example);
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
