/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The idle picture moves a few pixels every few minutes, so that no edge burns
 * into the panel (accessibility S1). When it moves is the model's matter. */
#pragma once

#include "screen/display.h"

enum {
	SHIFT_PX = 4,      /* to each side, at most */
	SHIFT_PLACES = 12, /* then the first one again, which is where the picture was made */
};

/* Moves all that DISPLAY holds, hit areas too, to place number PLACE. What reaches the panel's edge
 * still does: there is nothing behind it to look at. */
void shift_apply(struct display *display, int place);
