/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff choose from: one row a choice, with its words. The lists of
 * values are for tables of fields, closed by NULL. */
#pragma once

#include "central/layout.h"

extern const char *const choices_kind[];
extern const char *const choices_repeat[];
extern const char *const choices_weekday[]; /* Monday first */
extern const char *const choices_nth[];
extern const char *const choices_level[];
extern const char *const choices_language[];
extern const char *const choices_role[];

/* The choices of field NAME with their words in the page's language; N 0 if it has none. There is room for one more. */
struct option *choice_options(struct request *req, const char *name, size_t *n);
/* The words for VALUE of field NAME; VALUE itself if there are none. */
const char *choice_words(const struct request *req, const char *name, const char *value);
