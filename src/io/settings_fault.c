/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong in a settings file, kept for whoever can mend it; and what may have been meant. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "io/settings_value.h"

enum { WORD_MAX = 32, KEY_SHOWN = 60 };

static const char *kept_key(struct settings *settings, const char *key)
{
	char cut[KEY_SHOWN + 1];

	snprintf(cut, sizeof cut, "%s", key ? key : "");
	utf8_cut(cut);
	return arena_strdup(&settings->arena, cut);
}

void settings_note(struct settings *settings, const struct setting_fault *fault, const char *value)
{
	char shown[LIMIT_SETTING];
	bool has_row = fault->row < settings->n;

	if (!settings->faults)
		settings->faults = ARENA_ARRAY(&settings->arena, LIMIT_SETTING_FAULTS, struct setting_fault);
	if (!settings->faults || settings->n_faults == LIMIT_SETTING_FAULTS) {
		settings->n_more++;
		return;
	}
	struct setting_fault *kept = &settings->faults[settings->n_faults];
	*kept = *fault;
	kept->key = kept_key(settings, has_row && !fault->key ? settings->rows[fault->row].key : fault->key);
	const char *slash = fault->file ? strrchr(fault->file, '/') : NULL;
	kept->file = arena_strdup(&settings->arena, slash ? slash + 1 : fault->file ? fault->file : "");
	kept->value = NULL;
	/* What belongs to no row may be a secret that was given another name. */
	if (has_row && value && setting_shown(&settings->rows[fault->row], value, shown, sizeof shown))
		kept->value = arena_strdup(&settings->arena, shown);
	if (kept->key && kept->file)
		settings->n_faults++;
}

void settings_blame(struct settings *settings, const struct setting_fault *fault, const char *text, struct buf *report)
{
	struct setting_value *value = &settings->values[fault->row];
	struct setting_fault whole = *fault;
	const char *origin = settings_origin(settings, fault->row), *colon = strrchr(origin, ':');
	char file[300];

	whole.line = value->line;
	snprintf(file, sizeof file, "%.*s", (int)(colon && value->line ? colon - origin : 0), origin);
	whole.file = file;
	buf_printf(report, "%s: %s: %s\n", origin, settings->rows[fault->row].key, text);
	settings_note(settings, &whole, settings_text(settings, fault->row));
	value->text = NULL;
	value->origin = NULL;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters were left out, added, changed or exchanged with their neighbour (optimal string alignment). */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1], n = strlen(b);
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	if (strlen(a) > WORD_MAX || n > WORD_MAX)
		return WORD_MAX;
	for (size_t k = 0; k <= n; k++)
		above[k] = before[k] = k;
	for (size_t i = 1; a[i - 1]; i++) {
		row[0] = i;
		for (size_t k = 1; k <= n; k++) {
			size_t change = a[i - 1] != b[k - 1];
			row[k] = least(above[k - 1] + change, least(above[k], row[k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				row[k] = least(row[k], before[k - 2] + 1);
		}
		size_t *free_row = before;
		before = above;
		above = row;
		row = free_row;
	}
	return above[n];
}

/* Small letters of ASCII, and nothing between words. */
static void plain(const char *from, size_t len, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n < WORD_MAX; i++)
		if (!strchr("-_ \t.", from[i]))
			out[n++] = (char)tolower((unsigned char)from[i]);
	out[n] = '\0';
}

/* The smallest distance of WORD to what stands for ROW. */
static size_t row_distance(const struct setting *row, const char *word)
{
	char other[WORD_MAX + 1];
	const char *point = strrchr(row->key, '.');
	plain(row->key, strlen(row->key), other);
	size_t best = distance(word, other);

	if (point) {
		plain(point + 1, strlen(point + 1), other);
		best = least(best, distance(word, other));
	}
	for (const char *s = row->also; s && *s;) {
		size_t n = strcspn(s, "|");
		plain(s, n, other);
		best = least(best, distance(word, other));
		s += n + (s[n] == '|');
	}
	return best;
}

size_t settings_near(const struct settings *settings, const char *key)
{
	char word[WORD_MAX + 1];
	size_t best = settings->n, best_distance = WORD_MAX;

	plain(key, strlen(key), word);
	for (size_t i = 0; i < settings->n; i++) {
		size_t d = row_distance(&settings->rows[i], word);
		if (d < best_distance) {
			best_distance = d;
			best = i;
		}
	}
	/* Further apart it would be a guess; of short words any two are near. */
	size_t most = strlen(word) < 4 ? 0 : strlen(word) < 7 ? 1 : 2;
	return best_distance <= most ? best : settings->n;
}
