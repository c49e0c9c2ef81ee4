/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/drawing.h"

#include <SDL2/SDL.h>

#include "base/limits.h"
#include "base/mem.h"
#include "kiosk/data.h"
#include "kiosk/draw_damage.h"
#include "kiosk/draw_items.h"
#include "kiosk/draw_turn.h"

enum { FONTS_TXT_MAX = 64 * 1024, SIDE_MAX = 16384 };

struct drawing {
	struct turn turn;
	struct canvas canvas;
	SDL_Surface *surface; /* the canvas's pixels, for SDL */
	struct type type;
	struct icons *icons;
	struct damage *damage;
};

static enum err read_fonts(struct font_list *out, struct fault *fault)
{
	static const char name[] = "fonts.txt";
	struct buf bytes;

	*out = (struct font_list){ 0 };
	buf_init(&bytes, FONTS_TXT_MAX);
	enum err err = data_read(name, &bytes, fault);
	if (!err)
		err = font_list_read(out, name, buf_text(&bytes), fault);
	if (!err)
		err = font_list_look(out, fault);
	buf_free(&bytes);
	return err;
}

static enum err out_of_memory(struct fault *fault)
{
	return fault_set(fault, ERR_MEMORY, "picture", "%s", err_cause(ERR_MEMORY));
}

static enum err make_picture(struct drawing *drawing, struct fault *fault)
{
	struct canvas *canvas = &drawing->canvas;

	canvas->w = turn_width(&drawing->turn);
	canvas->h = turn_height(&drawing->turn);
	canvas->pitch = (size_t)canvas->w;
	canvas->pixels = mem_alloc((size_t)canvas->w * (size_t)canvas->h * sizeof(*canvas->pixels));
	drawing->damage = mem_alloc(sizeof(*drawing->damage));
	if (!canvas->pixels || !drawing->damage)
		return out_of_memory(fault);
	drawing->surface = SDL_CreateRGBSurfaceWithFormatFrom(canvas->pixels, canvas->w, canvas->h, 32, canvas->w * 4,
							      SDL_PIXELFORMAT_RGB888);
	return drawing->surface ? OK : fault_set(fault, ERR_DEVICE, "picture", "%s", SDL_GetError());
}

enum err drawing_new(int w, int h, int rotation, struct drawing **out, struct fault *fault)
{
	struct font_list list;

	*out = NULL;
	if (w < 1 || h < 1 || w > SIDE_MAX || h > SIDE_MAX)
		return fault_set(fault, ERR_VALUE, "size", "%dx%d is not from 1 to %d px a side", w, h, SIDE_MAX);
	if (rotation != 0 && rotation != 90 && rotation != 180 && rotation != 270)
		return fault_set(fault, ERR_VALUE, "rotation", "%d is none of 0, 90, 180, 270", rotation);
	struct drawing *drawing = mem_alloc(sizeof(*drawing));
	if (!drawing)
		return out_of_memory(fault);
	drawing->turn = (struct turn){ w, h, rotation };
	enum err err = read_fonts(&list, fault);
	if (err)
		font_list_free(&list);
	else
		err = type_init(&drawing->type, &list, fault);
	if (!err)
		err = icons_new(&drawing->icons, fault);
	if (!err)
		err = make_picture(drawing, fault);
	if (err) {
		drawing_del(drawing);
		return err;
	}
	*out = drawing;
	return OK;
}

void drawing_del(struct drawing *drawing)
{
	if (!drawing)
		return;
	SDL_FreeSurface(drawing->surface);
	canvas_free(&drawing->canvas);
	mem_free(drawing->canvas.pixels);
	mem_free(drawing->damage);
	icons_del(drawing->icons);
	type_free(&drawing->type);
	mem_free(drawing);
}

int drawing_width(const struct drawing *drawing)
{
	return drawing->canvas.w;
}

int drawing_height(const struct drawing *drawing)
{
	return drawing->canvas.h;
}

const struct typesetter *drawing_typesetter(struct drawing *drawing)
{
	return &drawing->type.setter;
}

const struct fault *drawing_fault(const struct drawing *drawing)
{
	return &drawing->type.fault;
}

SDL_Surface *drawing_picture(struct drawing *drawing)
{
	return drawing->surface;
}

static bool touches(struct rect a, struct rect b)
{
	return rect_common(a, b).w > 0;
}

static enum err draw_all(struct drawing *drawing, const struct display *display, struct rect part, struct fault *fault)
{
	struct canvas *canvas = &drawing->canvas;
	const struct pen pen = {
		.canvas = canvas, .type = &drawing->type, .icons = drawing->icons, .display = display, .fault = fault
	};
	enum err err = OK;

	canvas->clip = part;
	canvas->failed = false;
	canvas_fill(canvas, part, display->background == COLOUR_NONE ? 0 : display->background);
	for (size_t i = 0; i < display->n_items && !err; i++) {
		if (touches(part, draw_bounds(&display->items[i])))
			err = draw_item(&pen, &display->items[i]);
	}
	return !err && canvas->failed ? out_of_memory(fault) : err;
}

enum err drawing_draw(struct drawing *drawing, const struct display *display, struct rect *damage, struct fault *fault)
{
	struct rect part;

	if (damage)
		*damage = (struct rect){ 0 };
	if (display->w != drawing->canvas.w || display->h != drawing->canvas.h)
		return fault_set(fault, ERR_VALUE, "display list", "is for %dx%d, the picture is %dx%d", display->w,
				 display->h, drawing->canvas.w, drawing->canvas.h);
	if (display->n_items > LIMIT_ITEMS)
		return fault_set(fault, ERR_LIMIT, "display list", "%zu items, at most %d", display->n_items,
				 LIMIT_ITEMS);
	part = damage_take(drawing->damage, display);
	enum err err = part.w > 0 ? draw_all(drawing, display, part, fault) : OK;
	if (err)
		drawing->damage->is_known = false;
	else if (damage)
		*damage = part;
	return err;
}

void drawing_hurry(struct drawing *drawing, int64_t until_ms)
{
	drawing->type.hurry = (struct hurry){ .until_ms = until_ms };
}

bool drawing_hurried(const struct drawing *drawing)
{
	return drawing->type.hurry.over;
}

uint64_t drawing_letters(const struct drawing *drawing)
{
	return type_cache_made(drawing->type.cache);
}

enum err drawing_ready(struct drawing *drawing, const struct display *display, size_t *from)
{
	struct fault fault;
	const struct pen pen = { .type = &drawing->type, .icons = drawing->icons, .display = display, .fault = &fault };
	enum err err = OK;

	while (*from < display->n_items && !err) {
		err = draw_item_ready(&pen, &display->items[*from]);
		++*from;
		if (!err && *from < display->n_items && hurry_is_over(&drawing->type.hurry))
			err = ERR_LIMIT;
	}
	return err;
}

/* Panels of other formats get the part by way of a surface of ours, which SDL converts. */
static enum err present_converted(struct drawing *drawing, struct rect part, struct rect there, SDL_Surface *panel,
				  struct fault *fault)
{
	SDL_Surface *turned = SDL_CreateRGBSurfaceWithFormat(0, there.w, there.h, 32, SDL_PIXELFORMAT_RGB888);

	if (!turned)
		return fault_set(fault, ERR_DEVICE, "panel", "%s", SDL_GetError());
	turn_copy(&drawing->turn, drawing->canvas.pixels, part, turned->pixels, (size_t)turned->pitch / 4);
	SDL_Rect at = { there.x, there.y, there.w, there.h };
	int failed = SDL_BlitSurface(turned, NULL, panel, &at);
	SDL_FreeSurface(turned);
	return failed ? fault_set(fault, ERR_DEVICE, "panel", "%s", SDL_GetError()) : OK;
}

static enum err present_straight(struct drawing *drawing, struct rect part, struct rect there, SDL_Surface *panel,
				 struct fault *fault)
{
	if (SDL_MUSTLOCK(panel) && SDL_LockSurface(panel) < 0)
		return fault_set(fault, ERR_DEVICE, "panel", "%s", SDL_GetError());
	unsigned char *corner =
		(unsigned char *)panel->pixels + (ptrdiff_t)there.y * panel->pitch + (ptrdiff_t)there.x * 4;
	turn_copy(&drawing->turn, drawing->canvas.pixels, part, (uint32_t *)(void *)corner, (size_t)panel->pitch / 4);
	if (SDL_MUSTLOCK(panel))
		SDL_UnlockSurface(panel);
	return OK;
}

static bool is_ours(const SDL_Surface *panel)
{
	Uint32 format = panel->format->format;

	return format == SDL_PIXELFORMAT_RGB888 && panel->pitch % 4 == 0;
}

enum err drawing_present(struct drawing *drawing, const struct rect *part, SDL_Surface *panel, struct rect *turned,
			 struct fault *fault)
{
	struct rect all = { 0, 0, drawing->canvas.w, drawing->canvas.h };
	struct rect seen = part ? rect_common(*part, all) : all;
	struct rect there = turn_rect(&drawing->turn, seen);

	if (turned)
		*turned = there;
	if (panel->w != drawing->turn.w || panel->h != drawing->turn.h)
		return fault_set(fault, ERR_VALUE, "panel", "is %dx%d, not %dx%d", panel->w, panel->h, drawing->turn.w,
				 drawing->turn.h);
	if (seen.w == 0)
		return OK;
	return is_ours(panel) ? present_straight(drawing, seen, there, panel, fault)
			      : present_converted(drawing, seen, there, panel, fault);
}

void drawing_to_picture(const struct drawing *drawing, int panel_x, int panel_y, int *x, int *y)
{
	turn_back(&drawing->turn, panel_x, panel_y, x, y);
}
