/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Skrevet på norsk": what staff wrote that nobody has translated into the
 * language that is shown. */
#pragma once

#include "screen/flow.h"

/* LANG is another language than the shown one, for those who read that. NULL is none. */
bool is_foreign(const struct builder *b, const char *lang);
/* The centre's own language where it writes none that is shown: the header says so, once for all; else NULL. */
const char *foreign_centre(const struct builder *b);
const char *foreign_words(struct builder *b, const char *lang);
/* Sign and words, at the width that they ask for or less. Returns the height; 0 and nothing put where LANG is not
 * foreign. */
int foreign_put(struct builder *b, const char *id, int x, int y, int w, const char *lang, struct pair colours);
int foreign_width(struct builder *b, const char *lang);

/* The same on a card, and as a line of a page: only where the header says nothing. */
int card_foreign(struct builder *b, const char *id, int x, int y, int w, const char *lang);
void flow_foreign(struct flow *flow, const char *lang);
