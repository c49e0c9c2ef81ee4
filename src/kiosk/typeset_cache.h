/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of text measured and looks like, kept for the next time: at most
 * TYPE_CACHE_BYTES, the longest unused goes first. */
#pragma once

#include "kiosk/fonts.h"

enum { TYPE_CACHE_BYTES = 6 << 20 };

/* One run: TEXT in logical order, in one font, one script and one direction. */
struct type_run {
	const char *text;
	char script[5]; /* ISO 15924 */
	bool rtl;
	enum weight weight;
	int font_px;
	struct face *face;
	int x, w; /* left edge in the line, and width, in px */
};

struct type_ink {
	int w;            /* advance */
	int above, below; /* of the line that it asks for: the font's, or its ink's where that is taller */
};

struct type_cache;

CHECKED enum err type_cache_new(struct type_cache **out, struct fault *fault);
void type_cache_del(struct type_cache *cache);

CHECKED enum err type_cache_width(struct type_cache *cache, const struct type_run *run, int *w, struct fault *fault);
CHECKED enum err type_cache_ink(struct type_cache *cache, const struct type_run *run, struct type_ink *out,
				struct fault *fault);
/* The mask is the cache's, until the next call. */
CHECKED enum err type_cache_mask(struct type_cache *cache, const struct type_run *run, const struct mask **out,
				 struct fault *fault);
size_t type_cache_bytes(const struct type_cache *cache);
/* Bytes that were ever put in. */
uint64_t type_cache_made(const struct type_cache *cache);
