/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Icons: SVG files in the data folder's icons/, drawn once at the size asked
 * for and kept, at most ICONS_BYTES of them. Only their coverage is taken, as
 * the colour is the display list's (currentColor comes out grey). */
#pragma once

#include "base/err.h"
#include "kiosk/fonts.h"

enum { ICONS_KEPT = 96, ICONS_BYTES = 4 << 20, ICON_PX_MAX = 2000 };

struct icons;

CHECKED enum err icons_new(struct icons **out, struct fault *fault);
void icons_del(struct icons *icons);
/* The icon NAME in a square of PX; the mask is the icons', until the next call. ERR_VALUE (no
 * such name), ERR_FILE, ERR_NOT_FOUND, ERR_DEVICE or ERR_MEMORY. */
CHECKED enum err icons_mask(struct icons *icons, const char *name, int px, const struct mask **out,
			    struct fault *fault);
