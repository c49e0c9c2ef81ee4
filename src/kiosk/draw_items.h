/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item of a display list, drawn into a canvas. */
#pragma once

#include "kiosk/draw_canvas.h"
#include "kiosk/icons.h"
#include "kiosk/typeset.h"

struct pen {
	struct canvas *canvas;
	struct type *type;
	struct icons *icons;
	const struct display *display;
	struct fault *fault;
};

CHECKED enum err draw_item(const struct pen *pen, const struct item *item);
/* Its letters and its icon as drawing will ask for them; nothing is drawn. */
CHECKED enum err draw_item_ready(const struct pen *pen, const struct item *item);
/* All that the item may touch with ink. */
struct rect draw_bounds(const struct item *item);
