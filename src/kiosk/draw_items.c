/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draw_items.h"

static void draw_box(const struct pen *pen, const struct item *item)
{
	struct rect rect = item->rect;
	int border = item->border == COLOUR_NONE ? 0 : item->border_px;
	struct rect inner = { rect.x + border, rect.y + border, rect.w - 2 * border, rect.h - 2 * border };
	int inner_radius = item->radius_px > border ? item->radius_px - border : 0;

	if (border > 0 && item->bg == COLOUR_NONE)
		canvas_ring(pen->canvas, rect, item->radius_px, border, item->border);
	else if (border > 0)
		canvas_round(pen->canvas, rect, item->radius_px, item->border);
	if (inner.w > 0 && inner.h > 0)
		canvas_round(pen->canvas, inner, inner_radius, item->bg);
}

/* The bar is the box's own shape, cut off straight on its inner side. */
static void draw_edge(const struct pen *pen, const struct item *item)
{
	struct rect bar = item->rect, clip = pen->canvas->clip;

	if (item->edge_px <= 0 || item->edge == COLOUR_NONE)
		return;
	bar.w = item->edge_px;
	if (pen->display->rtl)
		bar.x += item->rect.w - bar.w;
	pen->canvas->clip = rect_common(clip, bar);
	canvas_round(pen->canvas, item->rect, item->radius_px, item->edge);
	pen->canvas->clip = clip;
}

static void draw_strike(const struct pen *pen, const struct item *item, const struct line *line)
{
	int thick = item->font_px / 14 > 2 ? item->font_px / 14 : 2;
	int y = item->rect.y + line->baseline - item->font_px * 3 / 10 - thick / 2;

	canvas_fill(pen->canvas, (struct rect){ item->rect.x + line->x, y, line->w, thick }, item->fg);
}

static struct type_wish wish_of(const struct pen *pen, const struct item *item)
{
	return (struct type_wish){ .lang = item->lang ? item->lang : pen->display->lang,
				   .rtl = item->rtl,
				   .weight = item->weight,
				   .font_px = item->font_px,
				   .tabular = item->tabular };
}

static enum err draw_line(const struct pen *pen, const struct item *item, const struct line *line)
{
	struct type_wish wish = wish_of(pen, item);
	struct type_runs runs;
	enum err err = type_runs(pen->type, line->text, &wish, &runs);

	for (size_t i = 0; i < runs.n && !err; i++) {
		const struct mask *mask;

		err = type_cache_mask(pen->type->cache, &runs.v[i], &mask, &pen->type->fault);
		if (!err)
			canvas_mask(pen->canvas, mask, item->rect.x + line->x + runs.v[i].x,
				    item->rect.y + line->baseline, item->fg);
	}
	if (!err && item->struck)
		draw_strike(pen, item, line);
	if (err && pen->fault)
		*pen->fault = pen->type->fault;
	return err;
}

/* All that a private line can hold, drawn nowhere: before it and after it, so that the caches of text hold the same
 * shapes, in the same order of use, whatever was typed. */
static enum err draw_alphabet(const struct pen *pen, const struct item *item)
{
	static const char *const faces[] = { "+", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	struct rect clip = pen->canvas->clip;
	enum err err = OK;

	pen->canvas->clip = (struct rect){ 0 };
	for (size_t i = 0; i < sizeof faces / sizeof faces[0] && !err; i++)
		err = draw_line(pen, item, &(struct line){ .text = faces[i] });
	pen->canvas->clip = clip;
	return err;
}

static enum err draw_icon(const struct pen *pen, const struct item *item)
{
	int px = item->rect.w < item->rect.h ? item->rect.w : item->rect.h;
	const struct mask *mask;

	if (px <= 0 || item->fg == COLOUR_NONE)
		return OK;
	enum err err = icons_mask(pen->icons, item->icon, px, &mask, pen->fault);
	if (!err)
		canvas_mask(pen->canvas, mask, item->rect.x + (item->rect.w - px) / 2,
			    item->rect.y + (item->rect.h - px) / 2, item->fg);
	return err;
}

/* In the middle of the item; what is left around it is the quiet zone. */
static void draw_qr(const struct pen *pen, const struct item *item)
{
	int n = 17 + 4 * item->version, px = item->module_px;
	int left = item->rect.x + (item->rect.w - n * px) / 2, top = item->rect.y + (item->rect.h - n * px) / 2;

	for (int y = 0; y < n; y++) {
		const unsigned char *row = item->modules + (size_t)y * (size_t)n;

		for (int x = 0; x < n; x++) {
			if (row[x])
				canvas_fill(pen->canvas, (struct rect){ left + x * px, top + y * px, px, px },
					    item->fg);
		}
	}
}

enum err draw_item(const struct pen *pen, const struct item *item)
{
	enum err err = OK;

	draw_box(pen, item);
	draw_edge(pen, item);
	if (item->modules)
		draw_qr(pen, item);
	if (item->icon)
		err = draw_icon(pen, item);
	if (item->is_private && !err)
		err = draw_alphabet(pen, item);
	for (size_t i = 0; i < item->n_lines && item->fg != COLOUR_NONE && !err; i++)
		err = draw_line(pen, item, &item->lines[i]);
	if (item->is_private && !err)
		err = draw_alphabet(pen, item);
	return err;
}

static enum err line_ready(const struct pen *pen, const struct item *item, const struct line *line)
{
	struct type_wish wish = wish_of(pen, item);
	struct type_runs runs;
	const struct mask *mask;
	enum err err = type_runs(pen->type, line->text, &wish, &runs);

	for (size_t i = 0; i < runs.n && !err; i++)
		err = type_cache_mask(pen->type->cache, &runs.v[i], &mask, &pen->type->fault);
	return err;
}

enum err draw_item_ready(const struct pen *pen, const struct item *item)
{
	int px = item->rect.w < item->rect.h ? item->rect.w : item->rect.h;
	const struct mask *mask;
	enum err err = OK;

	if (item->fg == COLOUR_NONE || item->is_private)
		return OK;
	if (item->icon && px > 0)
		err = icons_mask(pen->icons, item->icon, px, &mask, pen->fault);
	for (size_t i = 0; i < item->n_lines && !err; i++)
		err = line_ready(pen, item, &item->lines[i]);
	return err;
}

struct rect draw_bounds(const struct item *item)
{
	struct rect all = item->rect;

	for (size_t i = 0; i < item->n_lines; i++) {
		const struct line *line = &item->lines[i];
		int em = item->font_px;
		/* Nastaliq, the tallest, stays within three em above and two below. */
		struct rect ink = { item->rect.x + line->x - em, item->rect.y + line->baseline - 3 * em,
				    line->w + 2 * em, 5 * em };
		all = rect_around(all, ink);
	}
	return all;
}
