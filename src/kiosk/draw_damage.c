/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draw_damage.h"

#include <string.h>

#include "kiosk/draw_items.h"

/* FNV-1a, 64 bits. */
static void mix_bytes(uint64_t *print, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++)
		*print = (*print ^ at[i]) * 1099511628211u;
}

static void mix_number(uint64_t *print, int64_t number)
{
	*print = (*print ^ (uint64_t)number) * 1099511628211u;
	*print ^= *print >> 29; /* so that high bits reach the low ones, which a product alone never does */
}

static void mix_text(uint64_t *print, const char *s)
{
	static const char none = 1;

	if (s)
		mix_bytes(print, s, strlen(s) + 1);
	else
		mix_bytes(print, &none, 1);
}

static void mix_lines(uint64_t *print, const struct item *item)
{
	for (size_t i = 0; i < item->n_lines; i++) {
		const struct line *line = &item->lines[i];
		mix_number(print, line->x);
		mix_number(print, line->baseline);
		mix_number(print, line->w);
		mix_text(print, line->text);
	}
}

static uint64_t print_of(const struct display *display, const struct item *item)
{
	uint64_t print = 14695981039346656037u;
	size_t side = item->modules ? 17 + 4 * (size_t)item->version : 0;
	const int64_t looks[] = {
		item->rect.x, item->rect.y,    item->rect.w,    item->rect.h,           item->rtl,
		item->weight, item->font_px,   item->tabular,   item->struck,           item->fg,
		item->bg,     item->border,    item->border_px, item->edge_px,          item->radius_px,
		item->edge,   item->module_px, item->version,   (int64_t)item->n_lines,
	};

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		mix_number(&print, looks[i]);
	mix_lines(&print, item);
	mix_text(&print, item->lang ? item->lang : display->lang);
	mix_text(&print, item->icon);
	if (item->modules)
		mix_bytes(&print, item->modules, side * side);
	return print;
}

struct rect damage_take(struct damage *damage, const struct display *display)
{
	struct rect all = { 0, 0, display->w, display->h }, differs = { 0 };
	size_t most = display->n_items > damage->n ? display->n_items : damage->n;

	for (size_t i = 0; i < most; i++) {
		struct item_print *before = &damage->items[i];
		struct item_print now = { 0 };

		if (i < display->n_items)
			now = (struct item_print){ print_of(display, &display->items[i]),
						   draw_bounds(&display->items[i]) };
		if (i >= damage->n || now.print != before->print) {
			if (i < damage->n)
				differs = rect_around(differs, before->bounds);
			differs = rect_around(differs, now.bounds);
		}
		*before = now;
	}
	if (!damage->is_known || damage->background != display->background || damage->rtl != display->rtl)
		differs = all;
	damage->is_known = true;
	damage->background = display->background;
	damage->rtl = display->rtl;
	damage->n = display->n_items;
	return rect_common(differs, all);
}
