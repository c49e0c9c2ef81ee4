/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "screen/build.h"

/* Capital H of 0.7 degrees: EN 301 549 5.1.4, H = tan(0.7 deg) D. */
static const double CAP_PER_DISTANCE = 0.01222;
/* The least type on the panel that the looks were drawn on: 38 px of 1080. On
 * larger panels it is this that counts, so that they are read from farther away. */
static const double FONT_PER_SIDE = 38.0 / 1080;
/* Larger type than this leaves no room for furniture and one card: large text
 * on the smallest panels stops here, but never below the capital H asked for at
 * normal size. */
static const double FONT_MOST = 1.0 / 18.5;
/* Shorter sides of the panel in body sizes below which room is scarce. */
static const double COMPACT_BELOW = 23;

static const double roomy[SIZE_COUNT] = { 1, 1.16, 1.4, 1.7, 1.3, 1.9, 3.1 };
static const double scarce[SIZE_COUNT] = { 1, 1.1, 1.25, 1.4, 1.15, 1.4, 1.9 };

double surroundings_mm_per_px(const struct surroundings *s)
{
	return s->diagonal_in * 25.4 / hypot(s->w, s->h);
}

double surroundings_view_mm(const struct surroundings *s)
{
	if (s->view_mm > 0)
		return s->view_mm;
	return s->diagonal_in < 40 ? 600 : 800;
}

int mm_px(const struct metrics *m, double mm)
{
	return (int)ceil(mm * m->px_per_mm - 1e-6);
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* The smallest font whose capital H is at least CAP px tall. */
static int font_for_cap(const struct typesetter *t, const char *lang, int cap)
{
	int font = cap;
	while (t->cap_px(t->context, lang, font) < cap && font < 3 * cap + 10)
		font++;
	return font;
}

void metrics_init(struct metrics *m, const struct surroundings *around, const char *lang)
{
	int side = around->w < around->h ? around->w : around->h;
	m->px_per_mm = 1 / surroundings_mm_per_px(around);
	int cap = mm_px(m, CAP_PER_DISTANCE * surroundings_view_mm(around));
	int normal = larger(font_for_cap(around->typesetter, lang, cap), (int)ceil(FONT_PER_SIDE * side));
	int large = (int)ceil(normal * around->scale), most = larger(normal, (int)(FONT_MOST * side));
	int body = large < most ? large : most;
	m->compact = side < COMPACT_BELOW * body;
	m->portrait = around->h > around->w;
	for (int i = 0; i < SIZE_COUNT; i++)
		m->font[i] = (int)lround(body * (m->compact ? scarce : roomy)[i]);
	int step = (int)lround(body / 4.75);
	m->unit = m->compact ? step * 3 / 4 : step;
	m->bezel = mm_px(m, 10);
	m->gap = larger(mm_px(m, 6), 2 * m->unit);
	m->gap += m->gap % 2;
	m->margin = larger(m->bezel, side * 48 / 1080);
	m->target = mm_px(m, 25);
	m->pad = 3 * m->unit;
	m->radius = 2 * m->unit;
	m->thin = larger(2, m->unit * 3 / 8);
	m->thick = larger(4, m->unit * 3 / 4);
}
