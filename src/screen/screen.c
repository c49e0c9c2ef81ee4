/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/screen.h"

#include <string.h>

#include "screen/parts.h"
#include "screen/rtl.h"
#include "screen/shift.h"
#include "screen/speech_inside.h"
#include "screen/update.h"

static enum err (*const builders[VIEW_COUNT])(struct builder *) = {
#define X(name, s, build, id) [VIEW_##name] = build,
	VIEWS(X)
#undef X
};

static const double SCALE_LARGE = 1.4;

static bool inside(struct rect a, struct rect b)
{
	return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
}

/* The control under the finger is framed, and its paper, with what stands on it, is tinted. */
static void show_pressed(const struct builder *b)
{
	struct display *out = b->out;
	size_t at = 0;
	if (!b->model->pressed[0])
		return;
	while (at < out->n_items && (!out->items[at].has_hit || strcmp(out->items[at].id, b->model->pressed) != 0))
		at++;
	if (at == out->n_items)
		return;
	struct item *pressed = &out->items[at];
	bool on_paper = pressed->bg == b->theme->paper;
	pressed->border = on_paper ? b->theme->line : b->theme->pressed;
	pressed->border_px = b->m.thick;
	for (size_t i = at; on_paper && i < out->n_items; i++)
		if (out->items[i].bg == b->theme->paper && inside(out->items[i].rect, pressed->rect))
			out->items[i].bg = b->theme->pressed;
}

static enum err begin(struct builder *b, const char *lang)
{
	const struct surroundings *around = b->around;
	b->lang = lang_find(lang);
	if (!b->lang)
		b->lang = lang_at(0);
	b->theme = theme_get(around->theme);
	b->centre = b->model->shown.feed ? b->model->shown.feed->centre : NULL;
	b->capacity = LIMIT_ITEMS;
	metrics_init(&b->m, around, lang_code(b->lang));
	metrics_init(&b->fixed, around, NULL);
	*b->out = (struct display){
		.w = around->w,
		.h = around->h,
		.mm_per_px = surroundings_mm_per_px(around),
		.lang = lang_code(b->lang),
		.rtl = lang_is_rtl(b->lang),
		.background = b->theme->background,
	};
	b->out->items = ARENA_ARRAY(b->arena, b->capacity, struct item);
	return b->out->items ? OK : ERR_MEMORY;
}

/* What the visitor chose counts over what the installation says. */
static void adjust_surroundings(const struct model *model, struct surroundings *around)
{
	if (model->adjust.large && around->scale < SCALE_LARGE)
		around->scale = SCALE_LARGE;
	if (model->adjust.contrast)
		around->theme = THEME_CONTRAST;
	if (model->adjust.reach)
		around->reach = true;
	/* Who is up at night is not to be dazzled. */
	if (around->theme == THEME_LIGHT && is_night(model))
		around->theme = THEME_NIGHT;
}

/* The whole panel is its page, and there is nothing to leave: a touch anywhere does, or time. */
static bool stands_alone(enum view view)
{
	return view == VIEW_STILL || view == VIEW_CLEANING || view == VIEW_NIGHT;
}

static bool needs_centre(enum view view)
{
	return view != VIEW_LANGUAGE && view != VIEW_ADJUST && view != VIEW_VOICE && view != VIEW_TECHNICIAN &&
	       view != VIEW_SETTINGS && !stands_alone(view);
}

/* Nobody listens while the glass is cleaned, and the technician looks. */
static bool is_for_ears(const struct model *model)
{
	enum view view = model_view(model);
	return model->speech.mode && view != VIEW_CLEANING && view != VIEW_NIGHT && view != VIEW_TECHNICIAN;
}

enum err picture_make(struct picture *picture, const struct model *model, const struct surroundings *surroundings,
		      struct arena *arena, const char *lang, struct display *out)
{
	struct builder *b = &picture->b;
	picture->around = *surroundings;
	adjust_surroundings(model, &picture->around);
	*b = (struct builder){ .model = model, .around = &picture->around, .arena = arena, .out = out };
	enum err err = begin(b, lang);
	if (err != OK)
		return err;
	enum view view = model_view(model);
	if (!b->centre && needs_centre(view))
		view = VIEW_EMPTY;
	out->view = view_name(view);
	if (stands_alone(view))
		furniture_leave(b);
	else
		furniture_reserve(b);
	err = builders[view](b);
	if (err != OK)
		return err;
	if (!stands_alone(view))
		furniture_put(b);
	return b->err;
}

enum err screen_view(const struct model *model, const struct surroundings *surroundings, struct arena *arena,
		     struct display *out)
{
	struct picture picture;
	bool for_ears = is_for_ears(model);
	enum err err =
		picture_make(&picture, model, surroundings, arena, for_ears ? speech_lang(model) : model->lang, out);
	if (err != OK)
		return err;
	if (for_ears)
		speech_put(&picture.b);
	show_pressed(&picture.b);
	if (rtl_turn(out, arena) != OK)
		return ERR_MEMORY;
	if (model_view(model) == VIEW_TECHNICIAN)
		raw_put(&picture.b);
	shift_apply(out, model->shift);
	return picture.b.err;
}
