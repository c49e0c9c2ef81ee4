/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a display's modes the wall is shown in. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Every redraw costs by its pixels and so do two pictures in memory: televisions of 3840x2160 have 1920x1080 as well.
 */
enum { MODE_PIXELS_MAX = 2560 * 1600 };

struct mode {
	int w, h, refresh_mhz; /* thousandths of a hertz */
	bool preferred;        /* by the display: its own grid of pixels */
	bool interlaced;
};

/* The index of the best of MODES: of the size WANT_W x WANT_H if there is one (0: no wish), else the display's own,
 * else the largest of its shape, else the largest, each within MODE_PIXELS_MAX where one is; at the size that is chosen
 * the pace nearest to 60 Hz. -1: none can be used. */
int mode_choose(const struct mode *modes, size_t n, int want_w, int want_h);
