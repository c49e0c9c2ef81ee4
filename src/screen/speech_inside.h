/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of speech: a picture as nodes, a node as words to show and to say,
 * and the picture of speech mode. */
#pragma once

#include "screen/build.h"
#include "screen/speech.h"

/* ---- screen.c: the picture as everybody sees it, without speech mode */
struct picture {
	struct surroundings around;
	struct builder b;
};
/* In LANG. PICTURE must not move afterwards. */
CHECKED enum err picture_make(struct picture *picture, const struct model *model,
			      const struct surroundings *surroundings, struct arena *arena, const char *lang,
			      struct display *out);

/* ---- speech_nodes.c: what is heard as one, in reading order */
struct node {
	const char *id;
	const struct item *control; /* NULL: to be heard only */
	const char *action;         /* NULL: choosing it says it again */
	size_t n;
	const struct item **items; /* with words; a control is one of them */
	const char *label;         /* a dial of speech mode: its words; no items */
	bool furniture;            /* stands in every view */
};
enum { DIALS = 6 }; /* volume, rate, everything, the end */
struct nodes {
	size_t n;
	struct node *v;
};
/* Of B's finished picture, ended by the dials of speech mode. Errors stick to B. */
struct nodes nodes_of(struct builder *b);
/* The node that has the focus; nodes are never none. */
size_t nodes_focus(const struct nodes *nodes, const struct model *model);

/* ---- speech_words.c */
/* TEXT as a voice reads it best: times, telephone numbers and codes in words of their own. */
const char *spoken_words(struct builder *b, const char *text, const char *lang);

/* ---- speech.c */
/* The pieces of a node as they are shown and said; each is of one language, and what is said of one that has a voice.
 */
struct piece {
	const char *shown; /* NULL: only said */
	const char *said;
	const char *shown_lang, *lang;
	bool secret;
};
enum { PIECES_MAX = 24 };
struct pieces {
	size_t n;
	struct piece v[PIECES_MAX];
};
void node_pieces(struct builder *b, const struct node *node, struct pieces *out);
/* "knapp, valgt, 3 av 6" */
const char *node_place(struct builder *b, const struct nodes *nodes, size_t i);

/* ---- speech_layout.c: the focus in large type, three zones, and dials; in place of what B has put */
void speech_put(struct builder *b);
