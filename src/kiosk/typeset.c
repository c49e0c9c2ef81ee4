/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset.h"

#include <string.h>

#include "base/limits.h"
#include "io/clock.h"
#include "kiosk/qr.h"
#include "kiosk/typeset_wrap.h"

enum { RUNS_ARENA = 4 << 20, BREAKS_ARENA = 4 << 20 };

bool hurry_is_over(struct hurry *hurry)
{
	if (hurry->until_ms && hurry->made && clock_monotonic_ms() >= hurry->until_ms)
		hurry->over = true;
	hurry->made = true;
	return hurry->over;
}

static enum err set(void *context, struct arena *arena, const char *text, const char *lang, bool rtl,
		    const struct type_style *style, int width, size_t max_lines, struct type_block *out)
{
	struct type *type = context;
	struct block_wish wish = { .text = text,
				   .type = { lang, rtl, style->weight, style->font_px, style->tabular },
				   .align = style->align,
				   .width = width,
				   .max_lines = max_lines };
	bool found;
	enum err err = blocks_take(&type->blocks, &wish, arena, &found, out);

	if (err)
		return fault_set(&type->fault, err, "text", "%s", err_cause(err));
	if (found)
		return OK;
	if (hurry_is_over(&type->hurry))
		return fault_set(&type->fault, ERR_LIMIT, "text", "is for later");
	err = type_wrap(type, arena, &wish, out);
	if (!err)
		blocks_keep(&type->blocks, &wish, out);
	return err;
}

/* Where a language's own letters have no capital H it is that of the first family, to whose size the others are fitted.
 */
static int cap_px(void *context, const char *lang, int font_px)
{
	struct type *type = context;
	struct face *face;

	(void)lang;
	if (fonts_face(type->fonts, 0, WEIGHT_REGULAR, font_px, &face, &type->fault))
		return 0;
	return face_cap(face);
}

static int line_px(void *context, const char *lang, int font_px)
{
	int h, above;
	struct type_wish wish = { .lang = lang, .weight = WEIGHT_REGULAR, .font_px = font_px };

	return type_line_box(context, &wish, &h, &above) ? 0 : h;
}

static enum err qr(void *context, struct arena *arena, const char *payload, int *version, const unsigned char **modules)
{
	struct type *type = context;

	return qr_make(arena, payload, version, modules, &type->fault);
}

enum err type_line_box(struct type *type, const struct type_wish *wish, int *h, int *above)
{
	struct face *face;
	size_t family = fonts_family_of(type->fonts, wish->lang);
	enum err err = fonts_face(type->fonts, family, wish->weight, wish->font_px, &face, &type->fault);

	*h = 0;
	*above = 0;
	if (err)
		return err;
	int ink = face_ascent(face) + face_descent(face);
	*h = (wish->font_px * 7 + 4) / 5; /* 1.4 em or more, so that the eye finds the next line */
	if (*h < ink)
		*h = ink + 1; /* hinted letters may reach a pixel lower than their font says */
	*above = face_ascent(face) + (*h - ink) / 2;
	return OK;
}

enum err type_init(struct type *type, struct font_list *list, struct fault *fault)
{
	*type = (struct type){ .setter = { .set = set, .cap_px = cap_px, .line_px = line_px, .qr = qr } };
	type->setter.context = type;
	arena_init(&type->runs, RUNS_ARENA);
	arena_init(&type->breaks, BREAKS_ARENA);
	buf_init(&type->line, LIMIT_TEXT * 4 + 256);
	blocks_init(&type->blocks);
	lines_init(&type->lines);
	enum err err = fonts_new(list, &type->fonts, fault);
	if (!err)
		err = type_cache_new(&type->cache, fault);
	if (!err)
		err = hyphen_new(fonts_list(type->fonts), &type->hyphen, fault);
	if (err)
		type_free(type);
	return err;
}

void type_free(struct type *type)
{
	hyphen_del(type->hyphen);
	keep_free(&type->blocks);
	keep_free(&type->lines);
	type_cache_del(type->cache);
	fonts_del(type->fonts);
	arena_free(&type->runs);
	arena_free(&type->breaks);
	buf_free(&type->line);
	*type = (struct type){ 0 };
}
