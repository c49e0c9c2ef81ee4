/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages that are written from right to left: what keeps its way inside a
 * line, and the finished picture turned over. */
#pragma once

#include "screen/build.h"

/* S (may be NULL), a phone number, code or address, as it is read in every language. */
const char *ltr(struct builder *b, const char *s);
/* S, words that are read from right to left, with each number, time and address in U+2066 … U+2069. */
const char *isolated(struct builder *b, const char *s);

/* Turns the list over where its language asks for it: rectangles, hits, lines, arrows; the pad of keys keeps its
 * inside, a QR code is one square. */
CHECKED enum err rtl_turn(struct display *display, struct arena *arena);
