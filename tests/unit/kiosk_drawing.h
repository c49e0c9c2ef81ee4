/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of drawing: display lists made by hand. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <SDL2/SDL.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "io/file.h"
#include "kiosk/drawing.h"
#include "kiosk_data.h"

struct easel {
	struct drawing *drawing;
	const struct typesetter *type;
	struct arena arena;
	struct display display;
	struct fault fault;
};

static inline void easel_init(struct easel *easel, int w, int h, int rotation)
{
	memset(easel, 0, sizeof(*easel));
	arena_init(&easel->arena, LIMIT_PICTURE_ARENA);
	enum err err = drawing_new(w, h, rotation, &easel->drawing, &easel->fault);
	if (err)
		print_error("%s: %s\n", easel->fault.place, easel->fault.text);
	assert_int_equal(err, OK);
	easel->type = drawing_typesetter(easel->drawing);
	easel->display = (struct display){ .view = "test",
					   .w = drawing_width(easel->drawing),
					   .h = drawing_height(easel->drawing),
					   .mm_per_px = 0.276712,
					   .lang = "nb",
					   .background = 0xF6F2EA,
					   .items = ARENA_ARRAY(&easel->arena, 200, struct item) };
	assert_non_null(easel->display.items);
}

static inline void easel_free(struct easel *easel)
{
	drawing_del(easel->drawing);
	arena_free(&easel->arena);
}

static inline struct item *add_item(struct easel *easel, enum role role, struct rect rect)
{
	struct item *item = &easel->display.items[easel->display.n_items++];

	*item = (struct item){ .id = arena_printf(&easel->arena, "item:%zu", easel->display.n_items),
			       .role = role,
			       .rect = rect,
			       .fg = 0x14262B,
			       .bg = COLOUR_NONE,
			       .border = COLOUR_NONE,
			       .edge = COLOUR_NONE,
			       .enabled = true,
			       .focus = -1 };
	return item;
}

struct wording {
	const char *text, *lang;
	bool rtl;
	int font_px;
	enum weight weight;
	enum align align;
	bool tabular;
	size_t max_lines;
};

static inline struct item *add_text(struct easel *easel, struct rect rect, const struct wording *words)
{
	struct item *item = add_item(easel, ROLE_TEXT, rect);
	struct type_style style = { words->font_px, words->weight, words->align, words->tabular };
	struct type_block block;

	assert_int_equal(easel->type->set(easel->type->context, &easel->arena, words->text, words->lang, words->rtl,
					  &style, rect.w, words->max_lines, &block),
			 OK);
	item->text = words->text;
	item->lang = words->lang;
	item->rtl = words->rtl;
	item->weight = words->weight;
	item->font_px = words->font_px;
	item->cap_px = easel->type->cap_px(easel->type->context, words->lang, words->font_px);
	item->tabular = words->tabular;
	item->n_lines = block.n_lines;
	item->lines = block.lines;
	item->rect.h = rect.h ? rect.h : block.h;
	item->truncated = block.truncated;
	return item;
}

enum { W = 960, H = 540, INK = 0x14262B, PAPER = 0xFFFFFF, BIRCH = 0xF6F2EA };

static inline uint32_t pixel(const SDL_Surface *surface, int x, int y)
{
	uint32_t value;

	assert_true(x >= 0 && y >= 0 && x < surface->w && y < surface->h);
	memcpy(&value, (const char *)surface->pixels + (ptrdiff_t)y * surface->pitch + (ptrdiff_t)x * 4, 4);
	return value & 0xFFFFFF;
}

static inline struct item *add_box(struct easel *easel, struct rect rect, int32_t bg)
{
	struct item *item = add_item(easel, ROLE_CARD, rect);

	item->bg = bg;
	item->border = 0x8A8474;
	item->border_px = 3;
	item->radius_px = 16;
	return item;
}

static inline struct item *add_qr(struct easel *easel, struct rect rect, const char *payload)
{
	struct item *item = add_item(easel, ROLE_QR, rect);

	item->payload = payload;
	item->fg = 0x000000;
	item->bg = PAPER;
	assert_int_equal(easel->type->qr(easel->type->context, &easel->arena, payload, &item->version, &item->modules),
			 OK);
	item->module_px = rect.w / (17 + 4 * item->version + 8);
	return item;
}

/* A little of everything. */
static inline void fill(struct easel *easel, const char *clock)
{
	const struct wording heading = {
		.text = "Tirsdag 24. november", .lang = "nb", .font_px = 48, .weight = WEIGHT_BOLD
	};
	const struct wording time = {
		.text = clock, .lang = "nb", .font_px = 64, .weight = WEIGHT_BOLD, .tabular = true
	};
	const struct wording arabic = {
		.text = "اتصل على \u2066800 80 000\u2069 الآن", .lang = "ar", .rtl = true, .font_px = 38
	};
	const struct wording name = { .text = "Hage\u00ADgruppa går en lang tur", .lang = "nb", .font_px = 38 };
	struct item *item;

	add_text(easel, (struct rect){ 20, 10, 560, 0 }, &heading);
	add_text(easel, (struct rect){ 700, 10, 240, 0 }, &time)->struck = true;
	item = add_box(easel, (struct rect){ 20, 100, 420, 180 }, PAPER);
	item->edge = 0x24502F;
	item->edge_px = 12;
	add_text(easel, (struct rect){ 50, 110, 360, 0 }, &name);
	add_box(easel, (struct rect){ 460, 100, 200, 90 }, COLOUR_NONE);
	item = add_item(easel, ROLE_ICON, (struct rect){ 480, 110, 64, 64 });
	item->icon = "house";
	add_text(easel, (struct rect){ 20, 300, 600, 0 }, &arabic);
	add_qr(easel, (struct rect){ 650, 220, 300, 300 }, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
}

static inline void draw(struct easel *easel, struct rect *damage)
{
	enum err err = drawing_draw(easel->drawing, &easel->display, damage, &easel->fault);

	if (err)
		print_error("%s: %s\n", easel->fault.place, easel->fault.text);
	assert_int_equal(err, OK);
}
