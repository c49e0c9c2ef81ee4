/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours, by what they are for. Every text colour stands 7:1 on its
 * ground, every edge and sign 3:1 (tests/unit/test_screen_theme.c). */
#pragma once

#include <stdint.h>

#include "core/centre.h"

#define THEMES(X) X(LIGHT, "light") X(CONTRAST, "contrast") X(NIGHT, "night")
enum theme_name {
#define X(name, s) THEME_##name,
	THEMES(X)
#undef X
		THEME_COUNT
};

/* The rounds behind pictograms. */
enum tint { TINT_SAND, TINT_SKY, TINT_LEAF, TINT_ROSE, TINT_LILAC, TINT_STONE, TINT_COUNT };

struct pair {
	int32_t fg, bg;
};

struct theme {
	int32_t background;      /* behind everything */
	int32_t ink, muted;      /* on background and on paper */
	int32_t heading;         /* on background and on paper */
	int32_t paper, edge;     /* cards and their edge */
	int32_t line;            /* the frame of what is on now, and of a pressed control */
	struct pair header;      /* the band with the clock */
	int32_t header_muted;    /* on header.bg */
	struct pair chosen, off; /* a control that is here already; one that does nothing here */
	int32_t pressed;         /* paper under a finger */
	struct pair primary;     /* the one thing to do */
	struct pair help, alert; /* help is wanted; cancelled, urgent */
	int32_t help_edge, alert_edge;
	struct pair bar; /* the furniture's ground */
	struct pair tint[TINT_COUNT];
	struct pair
		night; /* the clock when nobody is here: a ground that glows a little, so that it is no dark mirror */
};

const struct theme *theme_get(enum theme_name name);
/* THEME_COUNT for a name that is none. */
enum theme_name theme_parse(const char *s);
enum tint theme_tint(enum kind kind);
