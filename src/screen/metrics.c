/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "screen/build.h"
#include "screen/shift.h"

/* Capital H of 0.7 degrees: EN 301 549 5.1.4, H = tan(0.7 deg) D. */
static const double CAP_PER_DISTANCE = 0.01222;
/* The least type on the panel that the looks were drawn on: 38 px of 1080. On
 * larger panels it is this that counts, so that they are read from farther away. */
static const double FONT_PER_SIDE = 38.0 / 1080;
/* Larger type than this leaves no room for furniture and one card: large text
 * on the smallest panels stops here, but never below the capital H asked for at
 * normal size. */
static const double FONT_MOST = 1.0 / 16.5;
/* Shorter sides of the panel in body sizes below which room is scarce. */
static const double COMPACT_BELOW = 23;

/* Reach mode: a share of the panel's height, or more where furniture, a week to
 * choose from, a card and a pager need it, counted in body sizes. From a chair hands
 * reach comfortably from 800 to 1100 mm above the floor, and a panel's lower edge hangs
 * at 750 mm or higher: so never more than REACH_MOST mm. */
static const double REACH_MOST = 350, REACH_PORTRAIT = 0.55, REACH_LANDSCAPE = 0.75;
static const int REACH_BODIES_PORTRAIT = 24, REACH_BODIES_LANDSCAPE = 20;

static const double LINE_LATIN = 1.4;
static const int SAMPLE_PX = 40; /* any size will do */

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

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

/* The band that reach mode leaves for controls with type of *BODY px, which becomes
 * smaller where the band cannot be tall enough, but never below LEAST. */
static int reach_band(const struct metrics *m, const struct surroundings *around, int least, int *body)
{
	int bodies = m->portrait ? REACH_BODIES_PORTRAIT : REACH_BODIES_LANDSCAPE;
	int share = (int)(around->h * (m->portrait ? REACH_PORTRAIT : REACH_LANDSCAPE));
	int most = smaller(around->h, (int)(REACH_MOST * m->px_per_mm));
	*body = smaller(*body, larger(least, most / bodies));
	return smaller(larger(share, bodies * *body), most);
}

/* Scripts with tall lines fill a panel sooner: the root of how much taller than Latin ones they are. */
static double tallness(const struct surroundings *around, const char *lang)
{
	const struct typesetter *t = around->typesetter;
	if (!lang)
		return 1;
	double ratio = t->line_px(t->context, lang, SAMPLE_PX) / (LINE_LATIN * SAMPLE_PX);
	return ratio > 1 ? sqrt(ratio) : 1;
}

void metrics_init(struct metrics *m, const struct surroundings *around, const char *lang)
{
	int side = smaller(around->w, around->h);
	m->px_per_mm = 1 / surroundings_mm_per_px(around);
	m->portrait = around->h > around->w;
	int least = font_for_cap(around->typesetter, lang, mm_px(m, CAP_PER_DISTANCE * surroundings_view_mm(around)));
	int normal = larger(least, (int)ceil(FONT_PER_SIDE * side));
	int large = (int)ceil(normal * around->scale),
	    most = larger(normal, (int)(FONT_MOST * side / tallness(around, lang)));
	int body = smaller(large, most);
	m->band = around->reach ? reach_band(m, around, least, &body) : around->h;
	m->compact = side < COMPACT_BELOW * body;
	for (int i = 0; i < SIZE_COUNT; i++)
		m->font[i] = (int)lround(body * (m->compact ? scarce : roomy)[i]);
	int step = (int)lround(body / 4.75);
	m->unit = m->compact ? step * 3 / 4 : step;
	m->bezel = mm_px(m, 10) + SHIFT_PX; /* 10 mm also where the idle picture has moved */
	m->gap = larger(mm_px(m, 6), 2 * m->unit);
	m->gap += m->gap % 2;
	m->margin = larger(m->bezel, side * 48 / 1080);
	m->target = mm_px(m, 25);
	m->pad = 3 * m->unit;
	m->radius = 2 * m->unit;
	m->thin = larger(2, m->unit * 3 / 8);
	m->thick = larger(4, m->unit * 3 / 4);
}
