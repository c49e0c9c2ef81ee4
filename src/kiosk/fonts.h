/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts that fonts.txt lists: which family writes a script in a language,
 * and its faces, each a file at one size. Files are opened when first asked for;
 * only a few are open at once, the one longest unused is closed for a new one.
 * The only file that knows SDL_ttf is fonts.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "screen/display.h"

enum { FAMILIES_MAX = 64, FACES_KEPT = 256, HYPHENS_MAX = 32, SCRIPTS_MAX = 8 };

struct font_family {
	char name[32];
	char scripts[SCRIPTS_MAX][5]; /* ISO 15924, closed by an empty one where there are fewer */
	char languages[64];           /* "*,ar,fa": those written in it; *: and any other's words in its scripts */
	char package[32];             /* Debian's */
	int size_percent;             /* of the em asked for, so that scripts look equally big */
	bool optional;
	char *files[WEIGHT_COUNT]; /* by weight; NULL: none in this weight */
};

struct font_hyphens {
	char lang[16];
	char package[32];
	char *file;
};

struct font_list {
	size_t n_families, n_hyphens;
	struct font_family families[FAMILIES_MAX];
	struct font_hyphens hyphens[HYPHENS_MAX];
};

/* Reads BYTES (fonts.txt) strictly; NAME is for faults. The caller frees OUT, also after an error. */
CHECKED enum err font_list_read(struct font_list *out, const char *name, const char *bytes, struct fault *fault);
void font_list_free(struct font_list *list);
/* Looks whether each file is there. Families and patterns that may be missing
 * and are lose their files; a missing one of the others is ERR_DEVICE and the
 * fault says what to install. */
CHECKED enum err font_list_look(struct font_list *list, struct fault *fault);

struct fonts;
struct face; /* valid until FACES_KEPT others were asked for */

/* LIST is taken over, also on error. */
CHECKED enum err fonts_new(struct font_list *list, struct fonts **out, struct fault *fault);
void fonts_del(struct fonts *fonts);
const struct font_list *fonts_list(const struct fonts *fonts);

/* The family for SCRIPT in LANG; 0, the first, if none says that it has it. */
size_t fonts_family(const struct fonts *fonts, const char *lang, const char *script);
/* The family that LANG is written in; 0 if none says so. */
size_t fonts_family_of(const struct fonts *fonts, const char *lang);
/* The face of FAMILY whose weight is nearest, for an em of FONT_PX. ERR_MEMORY or ERR_DEVICE. */
CHECKED enum err fonts_face(struct fonts *fonts, size_t family, enum weight weight, int font_px, struct face **out,
			    struct fault *fault);
/* The same size and weight in the first family that has CODE; NULL in OUT if none has. */
CHECKED enum err fonts_face_with(struct fonts *fonts, uint32_t code, enum weight weight, int font_px, struct face **out,
				 struct fault *fault);

/* A number for the file and the size together: the same for as long as FONTS lives. */
uint32_t face_id(const struct face *face);
/* True if FACE, which may have been given up meanwhile, is still the one of ID. */
bool face_is(const struct face *face, uint32_t id);
bool face_has(const struct face *face, uint32_t code);
/* Above and below the baseline, both positive, in px. */
int face_ascent(const struct face *face);
int face_descent(const struct face *face);
/* Ink of the capital H above the baseline, in px; 0 if there is none. */
int face_cap(struct face *face);
/* Width of the widest of the figures 0 to 9, in px. */
int face_figure(struct face *face);

/* Width of TEXT, one run of SCRIPT and direction, and by how many px its ink
 * exceeds ascent and descent together. */
CHECKED enum err face_measure(struct face *face, const char *text, const char *script, bool rtl, int *w, int *excess,
			      struct fault *fault);

/* Coverage of a run's ink, 0 to 255, row by row without gaps; X and Y are its
 * corner relative to the run's left end and the baseline. W 0: no ink. */
struct mask {
	int x, y, w, h;
	unsigned char *alpha; /* mem.h; owned by whoever holds the mask */
};
CHECKED enum err face_render(struct face *face, const char *text, const char *script, bool rtl, struct mask *out,
			     struct fault *fault);
