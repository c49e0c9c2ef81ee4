/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The display list: one picture of the screen, finished. It is drawn, it says
 * which control a finger meant, it will be read aloud, and it is what the checks
 * measure; so they cannot disagree. It holds wrapped lines in
 * place: the drawer never wraps and never decides. All in pixels of the rotated
 * picture, all memory in the picture's arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct rect {
	int x, y, w, h;
};

#define ROLES(X)              \
	X(PANEL, "panel")     \
	X(HEADING, "heading") \
	X(TEXT, "text")       \
	X(PICTURE, "picture") \
	X(ICON, "icon") X(QR, "qr") X(CLOCK, "clock") X(BUTTON, "button") X(CARD, "card") X(KEY, "key")
enum role {
#define X(name, s) ROLE_##name,
	ROLES(X)
#undef X
		ROLE_COUNT
};

enum weight { WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_SEMIBOLD, WEIGHT_BOLD, WEIGHT_COUNT };
enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END }; /* start: left; right-to-left pictures are mirrored whole */

/* 0xRRGGBB; COLOUR_NONE: not drawn. */
enum { COLOUR_NONE = -1 };

/* One finished line: TEXT in logical order; X is its left edge and BASELINE its
 * baseline, relative to the item's rect. */
struct line {
	const char *text;
	int x, baseline, w;
};

struct item {
	const char *id; /* unique in the list, stable between pictures: "card:sangstund" */
	enum role role;
	struct rect rect;
	bool has_hit;
	struct rect hit; /* where a touch acts: rect, grown by at most half the gap to its neighbour */

	/* words; NULL text: none (a box, an icon) */
	const char *text;
	size_t n_lines;
	const struct line *lines;
	const char *lang; /* of the text */
	bool rtl;
	enum weight weight;
	int font_px, cap_px; /* em size; height of H in it */
	bool tabular;        /* figures of one width */
	bool struck;         /* a line through each line of text */
	bool truncated;      /* the text did not fit: a fault that the tests look for */

	/* box */
	int32_t fg, bg, border; /* colours; bg is also what the text stands on */
	int border_px, radius_px;
	int edge_px; /* a bar of colour EDGE at the start side, 0: none */
	int32_t edge;

	const char *icon; /* role icon: name in assets/icons.txt, drawn in fg */

	/* role qr */
	const char *payload; /* ASCII */
	int version, module_px;
	const unsigned char *modules; /* (17 + 4 version)^2 bytes, 1 dark, row by row */

	bool enabled;
	bool selected;
	bool decorative;         /* says nothing that is not said elsewhere */
	int focus;               /* reading order of controls, from 0; -1: no control */
	const char *spoken;      /* what is read aloud; NULL: the text */
	const char *spoken_lang; /* of SPOKEN; NULL: LANG */
	const char *action;      /* what a tap does, in the words of screen/msg.h: "open need:turvenn" */
	const char *state;       /* "now", "cancelled", "full", "selected" …; NULL */

	/* It shows what a visitor typed. TEXT has a dot for each digit, so that whatever lists, logs or reads
	 * items tells nothing; the lines hold what is drawn, one character each, left to right in every language.
	 * SPOKEN has digits only where one pair of ears hears them. */
	bool is_private;
};

struct display {
	const char *view; /* "home" */
	int w, h;
	double mm_per_px;
	const char *lang;
	bool rtl;
	int32_t background;
	size_t n_items;
	struct item *items; /* in drawing order */
	size_t n_dropped;   /* items above LIMIT_ITEMS that are not there: never silent */
	bool is_private;    /* a private item was made: its memory is to be wiped (arena_wipe), not only given back */
};

const char *role_name(enum role role);

/* The item whose hit holds the point, the one drawn last if several, enabled
 * or not; NULL if none. */
const struct item *display_hit(const struct display *display, int x, int y);
/* True if both would draw the same picture and answer touches alike. */
bool display_equal(const struct display *a, const struct display *b);
