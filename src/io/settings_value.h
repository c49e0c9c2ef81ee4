/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What settings.c and settings_ini.c share. */
#pragma once

#include "io/settings.h"

struct setting_value {
	const char *text, *origin; /* text NULL: the row's fallback */
	int line;                  /* in the file that is being read; 0: not there */
};

/* The row of KEY, or n. */
size_t settings_find(const struct settings *settings, const char *key);
/* Checks TEXT against row I and keeps it. ERR_VALUE with TEXT of the fault, place empty; ERR_MEMORY. */
CHECKED enum err settings_store(struct settings *settings, size_t i, const char *text, const char *origin,
				struct fault *fault);
