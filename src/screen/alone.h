/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views that have the whole panel: what stands in the middle of it, line by line. */
#pragma once

#include "screen/parts.h"

struct alone {
	struct pair colours; /* ground and words */
	int y;               /* where the next line begins */
	struct mark begin;
};

struct alone alone_begin(struct builder *b, struct pair colours);
/* In the middle, at most 28 body sizes wide. */
void alone_words(struct builder *b, struct alone *alone, const char *id, const char *s, enum size size,
		 enum weight weight);
void alone_space(struct builder *b, struct alone *alone, int units);
void alone_round(struct builder *b, struct alone *alone, const char *icon, struct pair colours);
/* All of it, moved to the middle of the panel. False: it is too tall, and was taken back. */
bool alone_end(struct builder *b, struct alone *alone);
/* The largest size up to MOST px in which WORDS fit the body's width; it becomes that of SIZE. */
void alone_enlarge(struct builder *b, enum size size, const char *words, int most);
/* All of the panel within reach of a finger, as one control. */
struct item *alone_control(struct builder *b, const char *id, const char *action, const char *spoken);
