/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast of every pair of colours in every theme (accessibility rows W1, W2): words 7:1, edges and signs 3:1. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "screen/theme.h"

/* WCAG 2.1: relative luminance and contrast ratio. */
static double channel(int32_t colour, int shift)
{
	double c = (double)(colour >> shift & 0xFF) / 255;
	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(int32_t colour)
{
	return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8) + 0.0722 * channel(colour, 0);
}

static double contrast(int32_t a, int32_t b)
{
	double p = luminance(a) + 0.05, q = luminance(b) + 0.05;
	return p > q ? p / q : q / p;
}

static void least(unsigned theme, const char *what, int32_t a, int32_t b, double ratio)
{
	if (contrast(a, b) < ratio)
		fail_msg("theme %u: %s: %06x on %06x is %.2f:1, less than %.0f:1", theme, what, (unsigned)a,
			 (unsigned)b, contrast(a, b), ratio);
}

static void words(void **state)
{
	(void)state;
	for (unsigned i = 0; i < THEME_COUNT; i++) {
		const struct theme *t = theme_get((enum theme_name)i);
		const struct {
			const char *what;
			int32_t fg, bg;
		} pairs[] = {
			{ "ink", t->ink, t->background },
			{ "ink on paper", t->ink, t->paper },
			{ "ink on pressed paper", t->ink, t->pressed },
			{ "muted", t->muted, t->background },
			{ "muted on paper", t->muted, t->paper },
			{ "muted on pressed paper", t->muted, t->pressed },
			{ "heading", t->heading, t->background },
			{ "heading on paper", t->heading, t->paper },
			{ "header", t->header.fg, t->header.bg },
			{ "header, quiet", t->header_muted, t->header.bg },
			{ "chosen", t->chosen.fg, t->chosen.bg },
			{ "primary", t->primary.fg, t->primary.bg },
			{ "off", t->off.fg, t->off.bg },
			{ "alert", t->alert.fg, t->alert.bg },
			{ "seats", t->help_edge, t->paper },
			{ "seats on pressed paper", t->help_edge, t->pressed },
			{ "seats on the background", t->help_edge, t->background },
			{ "bar", t->bar.fg, t->bar.bg },
		};
		for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++)
			least(i, pairs[k].what, pairs[k].fg, pairs[k].bg, 7);
		for (int k = 0; k < TINT_COUNT; k++)
			least(i, "tint", t->tint[k].fg, t->tint[k].bg, 7);
	}
}

static void edges(void **state)
{
	(void)state;
	for (unsigned i = 0; i < THEME_COUNT; i++) {
		const struct theme *t = theme_get((enum theme_name)i);
		least(i, "edge", t->edge, t->background, 3);
		least(i, "edge on paper", t->edge, t->paper, 3);
		least(i, "edge on the bar", t->edge, t->bar.bg, 3);
		least(i, "the frame of what is on now", t->line, t->paper, 3);
		least(i, "the edge of help that is wanted", t->help_edge, t->paper, 3);
		least(i, "the edge of what is urgent", t->alert_edge, t->paper, 3);
		least(i, "chosen beside what is not", t->chosen.bg, t->paper, 3);
		least(i, "the primary button", t->primary.bg, t->background, 3);
	}
}

static void names(void **state)
{
	(void)state;
	assert_int_equal(theme_parse("light"), THEME_LIGHT);
	assert_int_equal(theme_parse("contrast"), THEME_CONTRAST);
	assert_int_equal(theme_parse("night"), THEME_NIGHT);
	assert_int_equal(theme_parse("dark"), THEME_COUNT);
	for (int kind = 0; kind <= KIND_COUNT; kind++)
		assert_true(theme_tint((enum kind)kind) < TINT_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(edges),
		cmocka_unit_test(names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
