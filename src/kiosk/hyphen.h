/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a long word may be hyphenated, by libhyphen and the patterns that
 * fonts.txt names. The last resort: soft hyphens that people wrote are better
 * ("for-eldre-penge"). Patterns are read when a language first needs them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "kiosk/fonts.h"

enum { HYPHEN_WORD_BYTES = 800 }; /* what is longer is no word, and has no place for a hyphen */

struct hyphen;

/* LIST is borrowed for as long as the hyphen lives. */
CHECKED enum err hyphen_new(const struct font_list *list, struct hyphen **out, struct fault *fault);
void hyphen_del(struct hyphen *hyphen);

/* Marks in MAY, LEN + 1 places that are false, each byte offset of WORD before
 * which a hyphen may stand; none without patterns for LANG. ERR_MEMORY or ERR_DEVICE. */
CHECKED enum err hyphen_points(struct hyphen *hyphen, const char *lang, const char *word, size_t len, bool *may,
			       struct fault *fault);
