/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The upright picture on a panel that hangs on its side or on its head. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "screen/display.h"

struct turn {
	int w, h;     /* of the panel, px */
	int rotation; /* of the picture, degrees clockwise: 0, 90, 180, 270 */
};

/* Size of the upright picture. */
int turn_width(const struct turn *turn);
int turn_height(const struct turn *turn);
/* A part of the upright picture, in the panel's coordinates. */
struct rect turn_rect(const struct turn *turn, struct rect part);
/* A point of the panel, in the upright picture's coordinates. */
void turn_back(const struct turn *turn, int panel_x, int panel_y, int *x, int *y);
/* Copies PART of the upright PICTURE, rows without gaps, so that its corner on the panel comes to TO[0]. */
void turn_copy(const struct turn *turn, const uint32_t *picture, struct rect part, uint32_t *to, size_t to_pitch);
