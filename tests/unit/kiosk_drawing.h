/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of drawing: a data folder of the test's own, with the real list of
 * fonts and two small icons, and display lists made by hand. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "io/file.h"
#include "kiosk/drawing.h"

static inline const char *folder(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp ? tmp : "/tmp";
}

static inline void put_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static inline void make_data_folder(void)
{
	static const char disc[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">"
				   "<circle cx=\"12\" cy=\"12\" r=\"12\" fill=\"currentColor\"/></svg>";
	static const char house[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\">"
				    "<path fill=\"currentColor\" d=\"M12 2 2 11h3v11h5v-6h4v6h5V11h3z\"/></svg>";
	const char *source = getenv("OPPSLAG_SOURCE");
	char path[512], fonts[512];
	struct buf list;

	snprintf(path, sizeof(path), "%s/kiosk-data", folder());
	mkdir(path, 0700);
	setenv("OPPSLAG_DATADIR", path, 1);
	snprintf(path, sizeof(path), "%s/kiosk-data/icons", folder());
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/kiosk-data/icons/disc.svg", folder());
	put_file(path, disc, strlen(disc));
	snprintf(path, sizeof(path), "%s/kiosk-data/icons/house.svg", folder());
	put_file(path, house, strlen(house));
	snprintf(fonts, sizeof(fonts), "%s/fonts/fonts.txt", source ? source : ".");
	buf_init(&list, 1 << 20);
	assert_int_equal(file_read(fonts, &list, NULL), OK);
	snprintf(path, sizeof(path), "%s/kiosk-data/fonts.txt", folder());
	put_file(path, list.bytes, list.len);
	buf_free(&list);
}

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
