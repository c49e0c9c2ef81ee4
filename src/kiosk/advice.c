/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/advice.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"

struct making {
	struct arena *arena;
	const char *file;
	bool failed; /* out of memory */
};

static const char *kept(struct making *m, const char *s)
{
	m->failed |= !s;
	return s ? s : "";
}

static void add(struct advice *advice, struct lang_arg arg)
{
	if (advice->n_args < ADVICE_ARGS)
		advice->args[advice->n_args++] = arg;
}

static void add_text(struct advice *advice, const char *s)
{
	add(advice, ARG_S(s));
}

static void add_number(struct making *m, struct advice *advice, double number)
{
	add_text(advice, kept(m, arena_printf(m->arena, "%g", number)));
}

/* "diagonal = 24", by the name that KEY gives it; NULL: by its own. */
static const char *line_of(struct making *m, const struct setting *row, const char *key)
{
	return kept(m, arena_printf(m->arena, "%s = %s", key && *key ? key : row->key, setting_example(row)));
}

/* "0, 90, 180, 270" */
static const char *listed(struct making *m, const char *choices)
{
	char out[200];
	size_t n = 0;

	for (const char *c = choices; *c && n + 3 < sizeof out; c++) {
		if (*c != '|')
			out[n++] = *c;
		else
			n += (size_t)snprintf(out + n, sizeof out - n, ", ");
	}
	out[n] = '\0';
	return kept(m, arena_strdup(m->arena, out));
}

/* What a value of this type looks like. */
static enum text_id text_of(enum setting_type type)
{
	switch (type) {
	case SETTING_INT:
		return TEXT_SCREEN_SETTINGS_WHOLE;
	case SETTING_NUMBER:
		return TEXT_SCREEN_SETTINGS_NUMBER;
	case SETTING_BOOL:
		return TEXT_SCREEN_SETTINGS_BOOL;
	case SETTING_CHOICE:
		return TEXT_SCREEN_SETTINGS_CHOICE;
	case SETTING_TEXT:
		return TEXT_SCREEN_SETTINGS_LENGTH;
	case SETTING_HOURS:
		return TEXT_SCREEN_SETTINGS_HOURS;
	case SETTING_SOURCE:
	case SETTING_URL:
	case SETTING_PROXY:
		return TEXT_SCREEN_SETTINGS_ADDRESS;
	case SETTING_COUNTRY:
		return TEXT_SCREEN_SETTINGS_COUNTRY;
	default:
		return TEXT_SCREEN_SETTINGS_LIKE;
	}
}

static void wrong_value(struct making *m, const struct setting *row, const char *key, struct advice *out)
{
	out->text = text_of(row->type);
	if (row->type == SETTING_INT || row->type == SETTING_NUMBER)
		add_number(m, out, row->min);
	if (row->type == SETTING_INT || row->type == SETTING_NUMBER || row->type == SETTING_TEXT)
		add_number(m, out, row->max);
	if (row->type == SETTING_CHOICE)
		add_text(out, listed(m, row->choices));
	add_text(out, line_of(m, row, key));
}

/* "[wifi]" of wifi.name, "" of name. */
static const char *section_of(struct making *m, const struct setting *row)
{
	const char *point = strrchr(row->key, '.');

	return point ? kept(m, arena_printf(m->arena, "[%.*s]", (int)(point - row->key), row->key)) : "";
}

/* Whether the part of KEY before its last point is also that of ROW. */
static bool same_section(const struct setting *row, const char *key)
{
	const char *point = strrchr(row->key, '.');
	size_t len = point ? (size_t)(point + 1 - row->key) : 0;

	return len > 0 && strncmp(key, row->key, len) == 0;
}

/* A key that there is not; NEAR may have been meant. As it stands in its section. */
static void wrong_key(struct making *m, const struct setting *near, const char **key, struct advice *out)
{
	if (!near) {
		out->text = TEXT_SCREEN_SETTINGS_KEY_NONE;
		return;
	}
	const char *meant = near->key;
	if (same_section(near, *key)) {
		size_t skip = (size_t)(strrchr(near->key, '.') + 1 - near->key);
		*key += skip;
		meant += skip;
	}
	out->text = TEXT_SCREEN_SETTINGS_KEY;
	add_text(out, line_of(m, near, meant));
}

static void wrong_place(struct making *m, const struct setting *row, struct advice *out)
{
	const char *section = section_of(m, row);

	out->text = *section ? TEXT_SCREEN_SETTINGS_SECTION : TEXT_SCREEN_SETTINGS_TOP;
	if (*section)
		add_text(out, section);
}

static void wrong_line(struct making *m, const struct setting *near, struct advice *out)
{
	out->text = near ? TEXT_SCREEN_SETTINGS_EQUALS : TEXT_SCREEN_SETTINGS_SENSELESS;
	if (near)
		add_text(out, line_of(m, near, NULL));
}

/* What is the same whatever row it is about; or it is about the whole file. */
static void by_itself(struct making *m, const struct setting_fault *fault, struct advice *out)
{
	static const enum text_id texts[WRONG_COUNT] = {
		[WRONG_MISSING] = TEXT_SCREEN_SETTINGS_MISSING,       [WRONG_NAME] = TEXT_SCREEN_SETTINGS_NAME,
		[WRONG_UNREADABLE] = TEXT_SCREEN_SETTINGS_UNREADABLE, [WRONG_SIZE] = TEXT_SCREEN_SETTINGS_LARGE,
		[WRONG_NO_TEXT] = TEXT_SCREEN_SETTINGS_NO_TEXT,       [WRONG_LONG] = TEXT_SCREEN_SETTINGS_LONG,
		[WRONG_LETTERS] = TEXT_SCREEN_SETTINGS_LETTERS,
	};
	out->text = texts[fault->wrong];
	if (fault->wrong == WRONG_NAME)
		add_text(out, fault->key);
	if (fault->line == 0)
		add_text(out, m->file);
}

static void of_a_line(struct making *m, const struct settings *settings, const struct setting_fault *fault,
		      const char **key, struct advice *out)
{
	static const struct setting nothing = { .key = "", .fallback = "" };
	const struct setting *row = fault->row < settings->n ? &settings->rows[fault->row] : &nothing;
	const struct setting *near = fault->near < settings->n ? &settings->rows[fault->near] : NULL;

	switch (fault->wrong) {
	case WRONG_VALUE:
		wrong_value(m, row, *key, out);
		break;
	case WRONG_KEY:
		wrong_key(m, near, key, out);
		break;
	case WRONG_SECTION:
		wrong_place(m, row, out);
		break;
	case WRONG_TWICE:
		out->text = TEXT_SCREEN_SETTINGS_TWICE;
		add(out, ARG_N(fault->other));
		break;
	case WRONG_LINE:
		wrong_line(m, near, out);
		break;
	case WRONG_BRACKET:
		out->text = TEXT_SCREEN_SETTINGS_BRACKET;
		add_text(out, "[wifi]");
		break;
	case WRONG_NEEDS:
		out->text = TEXT_SCREEN_SETTINGS_NEEDS;
		add_text(out, near ? near->key : "");
		add_text(out, line_of(m, near ? near : &nothing, NULL));
		break;
	case WRONG_FILE:
		out->text = TEXT_SCREEN_SETTINGS_FILE;
		add_text(out, fault->value);
		add_text(out, m->file);
		break;
	case WRONG_PASSWORD:
		out->text = TEXT_SCREEN_SETTINGS_PASSWORD;
		add(out, ARG_N(fault->other));
		break;
	default:
		by_itself(m, fault, out);
		break;
	}
}

/* "diagonal = stor", "pasord", "wifi.password". */
static const char *written_of(struct making *m, const struct setting_fault *fault, const char *key)
{
	if (!*key)
		return NULL;
	if (fault->value && *fault->value)
		return kept(m, arena_printf(m->arena, "%s = %s", key, fault->value));
	return kept(m, arena_strdup(m->arena, key));
}

/* As the file is read from the top; few enough for the simplest way. */
static void sort_by_line(struct advice *all, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && all[k - 1].line > all[k].line; k--) {
			struct advice swap = all[k];
			all[k] = all[k - 1];
			all[k - 1] = swap;
		}
}

enum err advice_make(struct options *options, struct settings_state *out)
{
	struct settings *settings = &options->settings;
	const char *slash = options->config ? strrchr(options->config, '/') : NULL;
	struct making m = { .arena = &settings->arena };
	m.file = kept(&m, arena_strdup(m.arena, slash ? slash + 1 : options->config ? options->config : "oppslag.ini"));
	struct advice *all = ARENA_ARRAY(m.arena, settings->n_faults, struct advice);

	for (size_t i = 0; all && i < settings->n_faults; i++) {
		const struct setting_fault *fault = &settings->faults[i];
		const char *key = fault->key;
		of_a_line(&m, settings, fault, &key, &all[i]);
		all[i].line = fault->line;
		all[i].written = written_of(&m, fault, key);
	}
	if (all)
		sort_by_line(all, settings->n_faults);
	*out = (struct settings_state){
		.file = m.file, .n = settings->n_faults, .n_more = settings->n_more, .advice = all
	};
	if (!*settings_text(settings, SET_FEED) && !options->replay)
		out->source = kept(&m, arena_printf(m.arena, "%s = %s", kiosk_settings[SET_FEED].key,
						    setting_example(&kiosk_settings[SET_FEED])));
	return all && !m.failed ? OK : ERR_MEMORY;
}
