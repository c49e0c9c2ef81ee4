/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a picture is made: the panel, how people see it, and how text is
 * measured. A plain value; the program fills it once and when the window
 * changes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/lang.h"
#include "screen/theme.h"
#include "screen/typeset.h"

/* What the program tells a technician of itself; no word of who uses it. */
struct fact {
	enum text_id label;
	const char *value; /* left to right: an address, figures, a name; NULL: */
	enum text_id text; /* words of the screen's */
	bool of_staff;     /* label and words are staff's (staff.*), which not every language has */
};

struct surroundings {
	int w, h;           /* px of the rotated picture, 1 to 16384 */
	double diagonal_in; /* of the panel, inches */
	double view_mm;     /* viewing distance; 0: the usual one for the diagonal */
	enum theme_name theme;
	double scale; /* of text: 1.0 to 1.4 */
	bool reach;   /* all that can be touched stands in the lowest band (metrics.c says how tall) */
	const struct typesetter *typesetter;
	size_t n_facts; /* for the technician's view; the program keeps them fresh while that is shown */
	const struct fact *facts;
	size_t n_doings; /* what the black box told last, in Norwegian, newest first */
	const char *const *doings;
};

enum { SIZE_PX_MIN = 480, SIZE_PX_MAX = 16384, DIAGONAL_MIN = 7, DIAGONAL_MAX = 120 };

double surroundings_mm_per_px(const struct surroundings *s);
/* Viewing distance in mm: 600, from 40 inches 800 (EN 301 549 5.1.4 asks for 0.7
 * degrees at the distance that the maker states). */
double surroundings_view_mm(const struct surroundings *s);
