/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be drawn anew: the pictures' items compared place by place, by a
 * 64-bit print of everything that shows. The lists themselves may be gone. */
#pragma once

#include "base/limits.h"
#include "kiosk/draw_canvas.h"

struct item_print {
	uint64_t print;
	struct rect bounds;
};

struct damage {
	bool is_known; /* false: nothing is, all has to be drawn */
	int32_t background;
	bool rtl;
	size_t n;
	struct item_print items[LIMIT_ITEMS];
};

/* Remembers DISPLAY, of at most LIMIT_ITEMS items, and gives the rectangle in
 * which it differs from the one before; w 0 if nowhere. */
struct rect damage_take(struct damage *damage, const struct display *display);
