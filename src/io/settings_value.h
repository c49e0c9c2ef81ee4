/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the settings' own files share. */
#pragma once

#include "io/settings.h"

struct setting_value {
	const char *text, *origin; /* text NULL: the row's fallback */
	int line;                  /* in the file that was read last; 0: not there */
};

/* The row of KEY, or n. */
size_t settings_find(const struct settings *settings, const char *key);
/* The row that whoever wrote KEY may have meant, or n. */
size_t settings_near(const struct settings *settings, const char *key);
/* Checks TEXT against row I and keeps it. ERR_VALUE with TEXT of the fault, place empty; ERR_MEMORY. */
CHECKED enum err settings_store(struct settings *settings, size_t i, const char *text, const char *origin,
				struct fault *fault);
/* Keeps a copy of FAULT, as far as there is room. VALUE is as it was written. */
void settings_note(struct settings *settings, const struct setting_fault *fault, const char *value);

/* White space and one pair of quotes around TEXT go, in place. */
void setting_trim(char *text);
/* What is written becomes what is meant, in place: units, commas, capitals. TEXT has room for SETTING_TIDY_MIN bytes
 * at least. */
enum { SETTING_TIDY_MIN = 4 };
void setting_tidy(const struct setting *row, char *text);
/* Judges tidy TEXT. ERR_VALUE, the fault without a place. */
CHECKED enum err setting_check(const struct setting *row, const char *text, struct fault *fault);
bool setting_is_yes(const char *text);
double setting_decimal(const char *text);
bool setting_read_size(const char *text, int *w, int *h);
bool setting_read_hours(const char *text, int *from, int *to);
/* The place of TEXT among CHOICES ("light|night"), or -1. */
int setting_choice_place(const char *choices, const char *text);
/* TEXT as anybody may see it; false: nobody may. */
bool setting_shown(const struct setting *row, const char *text, char *out, size_t size);
/* Appends LEN bytes of UTF-16 as UTF-8. False: damaged, or OUT is full. */
bool settings_from_utf16(const char *bytes, size_t len, bool little, struct buf *out);
