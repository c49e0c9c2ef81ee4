/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/display.h"

#include <string.h>

const char *role_name(enum role role)
{
	static const char *const names[] = {
#define X(name, s) [ROLE_##name] = s,
		ROLES(X)
#undef X
	};
	return (unsigned)role < ROLE_COUNT ? names[role] : "";
}

static bool rect_holds(struct rect r, int x, int y)
{
	return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

const struct item *display_hit(const struct display *display, int x, int y)
{
	for (size_t i = display->n_items; i-- > 0;) {
		const struct item *item = &display->items[i];
		if (item->has_hit && rect_holds(item->hit, x, y))
			return item;
	}
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_rect(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool same_lines(const struct item *a, const struct item *b)
{
	if (a->n_lines != b->n_lines)
		return false;
	for (size_t i = 0; i < a->n_lines; i++) {
		const struct line *p = &a->lines[i], *q = &b->lines[i];
		if (p->x != q->x || p->baseline != q->baseline || p->w != q->w || !same_text(p->text, q->text))
			return false;
	}
	return true;
}

static bool same_qr(const struct item *a, const struct item *b)
{
	return a->version == b->version && a->module_px == b->module_px && same_text(a->payload, b->payload);
}

static bool same_looks(const struct item *a, const struct item *b)
{
	return a->role == b->role && same_rect(a->rect, b->rect) && a->fg == b->fg && a->bg == b->bg &&
	       a->border == b->border && a->border_px == b->border_px && a->radius_px == b->radius_px &&
	       a->edge_px == b->edge_px && a->edge == b->edge && same_text(a->icon, b->icon) && same_qr(a, b);
}

static bool same_words(const struct item *a, const struct item *b)
{
	return same_text(a->text, b->text) && same_text(a->lang, b->lang) && a->rtl == b->rtl &&
	       a->weight == b->weight && a->font_px == b->font_px && a->cap_px == b->cap_px &&
	       a->tabular == b->tabular && a->struck == b->struck && a->truncated == b->truncated && same_lines(a, b);
}

static bool same_meaning(const struct item *a, const struct item *b)
{
	return same_text(a->id, b->id) && a->has_hit == b->has_hit && (!a->has_hit || same_rect(a->hit, b->hit)) &&
	       a->enabled == b->enabled && a->selected == b->selected && a->decorative == b->decorative &&
	       a->focus == b->focus && same_text(a->spoken, b->spoken) && same_text(a->spoken_lang, b->spoken_lang) &&
	       same_text(a->action, b->action) && same_text(a->state, b->state);
}

static bool same_item(const struct item *a, const struct item *b)
{
	return same_looks(a, b) && same_words(a, b) && same_meaning(a, b);
}

bool display_equal(const struct display *a, const struct display *b)
{
	if (!same_text(a->view, b->view) || !same_text(a->lang, b->lang) || a->rtl != b->rtl || a->w != b->w ||
	    a->h != b->h || a->mm_per_px < b->mm_per_px || a->mm_per_px > b->mm_per_px ||
	    a->background != b->background || a->n_items != b->n_items || a->n_dropped != b->n_dropped)
		return false;
	for (size_t i = 0; i < a->n_items; i++)
		if (!same_item(&a->items[i], &b->items[i]))
			return false;
	return true;
}
