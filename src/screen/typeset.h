/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a view measures and wraps text without knowing fonts: a table of
 * functions that the program hands in (src/kiosk/typeset.c; a ruler in tests). */
#pragma once

#include "screen/display.h"

struct type_style {
	int font_px; /* em */
	enum weight weight;
	enum align align;
	bool tabular;
};

struct type_block {
	size_t n_lines;
	struct line *lines; /* relative to the block's corner; x by align within WIDTH as it was asked */
	int w, h;           /* of the ink's line boxes: w is the widest line, h the sum of line heights */
	bool truncated;     /* more lines than asked for, or a word wider than the width even when broken */
};

struct typesetter {
	void *context;
	/* Wraps TEXT in logical order into lines of at most WIDTH px and at most
	 * MAX_LINES (0: any). If more would be needed, the last line ends with an
	 * ellipsis and truncated is set. Line breaks in TEXT are kept. Soft hyphens win,
	 * then spaces, then hyphenation patterns for a word that alone is too wide. RTL is the
	 * base direction: it orders what stands in a line and never moves the line, so that
	 * layout is made left to right in every language. ERR_MEMORY or ERR_DEVICE. */
	enum err (*set)(void *context, struct arena *arena, const char *text, const char *lang, bool rtl,
			const struct type_style *style, int width, size_t max_lines, struct type_block *out);
	/* Height of the capital H in px of a font of FONT_PX. */
	int (*cap_px)(void *context, const char *lang, int font_px);
	/* Distance between baselines in px for text in LANG. */
	int (*line_px)(void *context, const char *lang, int font_px);
	/* QR symbol of an ASCII payload at level M: modules (row by row, 1 dark) and
	 * version. */
	enum err (*qr)(void *context, struct arena *arena, const char *payload, int *version,
		       const unsigned char **modules);
};
