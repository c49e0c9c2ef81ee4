/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draw_turn.h"

#include <string.h>

enum { TILE = 32 }; /* px: read rows and written rows of one tile stay in the processor's nearest cache */

static bool is_on_side(const struct turn *turn)
{
	return turn->rotation == 90 || turn->rotation == 270;
}

int turn_width(const struct turn *turn)
{
	return is_on_side(turn) ? turn->h : turn->w;
}

int turn_height(const struct turn *turn)
{
	return is_on_side(turn) ? turn->w : turn->h;
}

struct rect turn_rect(const struct turn *turn, struct rect part)
{
	switch (turn->rotation) {
	case 90:
		return (struct rect){ turn->w - part.y - part.h, part.x, part.h, part.w };
	case 180:
		return (struct rect){ turn->w - part.x - part.w, turn->h - part.y - part.h, part.w, part.h };
	case 270:
		return (struct rect){ part.y, turn->h - part.x - part.w, part.h, part.w };
	default:
		return part;
	}
}

void turn_back(const struct turn *turn, int panel_x, int panel_y, int *x, int *y)
{
	switch (turn->rotation) {
	case 90:
		*x = panel_y;
		*y = turn->w - 1 - panel_x;
		break;
	case 180:
		*x = turn->w - 1 - panel_x;
		*y = turn->h - 1 - panel_y;
		break;
	case 270:
		*x = turn->h - 1 - panel_y;
		*y = panel_x;
		break;
	default:
		*x = panel_x;
		*y = panel_y;
	}
}

/* Steps in the picture, in pixels, for one step right and one step down on the panel. */
struct steps {
	ptrdiff_t right, down;
};

static struct steps steps_of(const struct turn *turn)
{
	ptrdiff_t pitch = turn_width(turn);

	switch (turn->rotation) {
	case 90:
		return (struct steps){ -pitch, 1 };
	case 180:
		return (struct steps){ -1, -pitch };
	case 270:
		return (struct steps){ pitch, -1 };
	default:
		return (struct steps){ 1, pitch };
	}
}

static void copy_tile(const uint32_t *from, struct steps steps, uint32_t *to, size_t to_pitch, int w, int h)
{
	for (int y = 0; y < h; y++) {
		const uint32_t *at = from + y * steps.down;
		uint32_t *row = to + (size_t)y * to_pitch;

		for (int x = 0; x < w; x++, at += steps.right)
			row[x] = *at;
	}
}

void turn_copy(const struct turn *turn, const uint32_t *picture, struct rect part, uint32_t *to, size_t to_pitch)
{
	struct rect there = turn_rect(turn, part);
	struct steps steps = steps_of(turn);
	int x, y;

	turn_back(turn, there.x, there.y, &x, &y);
	const uint32_t *from = picture + (ptrdiff_t)y * turn_width(turn) + x;
	if (turn->rotation == 0) {
		for (int row = 0; row < there.h; row++)
			memcpy(to + (size_t)row * to_pitch, from + row * steps.down, (size_t)there.w * sizeof(*to));
		return;
	}
	for (int ty = 0; ty < there.h; ty += TILE) {
		for (int tx = 0; tx < there.w; tx += TILE) {
			int w = there.w - tx < TILE ? there.w - tx : TILE,
			    h = there.h - ty < TILE ? there.h - ty : TILE;

			copy_tile(from + tx * steps.right + ty * steps.down, steps, to + (size_t)ty * to_pitch + tx,
				  to_pitch, w, h);
		}
	}
}
