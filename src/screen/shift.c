/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/shift.h"

/* Each step moves upright and level edges alike. */
static const struct {
	int dx, dy;
} places[SHIFT_PLACES] = {
	{ 0, 0 },   { 3, -2 }, { -2, 3 },  { 4, 1 }, { -4, -3 }, { 1, 4 },
	{ -1, -4 }, { 2, 2 },  { -3, -1 }, { 3, 3 }, { -4, -2 }, { 2, -3 },
};

static void move(int *at, int *length, int by, int whole)
{
	int from = *at, to = *at + *length;
	if (from > 0)
		from += by;
	if (to < whole)
		to += by;
	*at = from;
	*length = to - from;
}

void shift_apply(struct display *display, int place)
{
	int dx = places[place % SHIFT_PLACES].dx, dy = places[place % SHIFT_PLACES].dy;
	for (size_t i = 0; i < display->n_items; i++) {
		struct item *item = &display->items[i];
		if (item->text || item->icon || item->modules) {
			item->rect.x += dx;
			item->rect.y += dy;
		} else {
			move(&item->rect.x, &item->rect.w, dx, display->w);
			move(&item->rect.y, &item->rect.h, dy, display->h);
		}
		item->hit.x += dx;
		item->hit.y += dy;
	}
}
