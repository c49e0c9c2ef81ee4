/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes in memory, 32 bits a pixel (0x00RRGGBB), by whole-number arithmetic
 * alone: SDL's own blending rounds differently from one processor to the next.
 * Nothing is drawn outside CLIP, which lies within the picture; what is drawn
 * inside does not depend on it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kiosk/fonts.h"
#include "screen/display.h"

struct canvas {
	uint32_t *pixels;
	int w, h;
	size_t pitch; /* pixels from row to row */
	struct rect clip;
	struct corners *corners; /* kept shapes of corners; NULL: none yet */
	bool failed;             /* memory ran out: some corners are square */
};

struct rect rect_common(struct rect a, struct rect b); /* w 0 if there is none */
struct rect rect_around(struct rect a, struct rect b); /* one of w 0 does not count */

void canvas_fill(struct canvas *canvas, struct rect rect, int32_t colour);
/* RECT with round corners; RADIUS is cut to half its shorter side. */
void canvas_round(struct canvas *canvas, struct rect rect, int radius, int32_t colour);
/* The border of such a shape, WIDTH px wide inwards, and nothing within. */
void canvas_ring(struct canvas *canvas, struct rect rect, int radius, int width, int32_t colour);
/* COLOUR wherever MASK covers; (X, Y) is the point that the mask's own place is counted from. */
void canvas_mask(struct canvas *canvas, const struct mask *mask, int x, int y, int32_t colour);
void canvas_free(struct canvas *canvas);
