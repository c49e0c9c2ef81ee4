/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions and places in words: what is one comes back as it was, what is none is refused whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screen/action.h"
#include "screen/display.h"
#include "screen/theme.h"

static void comes_back(void **state)
{
	static const char *const good[] = {
		"home",
		"back",
		"open home",
		"open need:turvenn",
		"open activity:sang",
		"open activity:sang/20261124T1100",
		"open activity:sang/20261124T110030",
		"open activity:jul/20261128",
		"open activities",
		"open activities:2026-11-25",
		"open notice:a.b_c-D9",
		"day 2026-02-28",
		"page 0",
		"page 10000",
		"language en",
		"language zh-hant",
	};
	struct arena arena;
	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct action action;
		if (!action_parse(good[i], &action))
			fail_msg("refused: %s", good[i]);
		const char *again = action_print(&arena, &action);
		assert_true(again != NULL);
		assert_string_equal(again, good[i]);
	}
	arena_free(&arena);
}

static void refused(void **state)
{
	static const char *const bad[] = {
		"",
		" ",
		"home ",
		" home",
		"homes",
		"HOME",
		"open",
		"open ",
		"open nowhere",
		"open need",
		"open need:",
		"open need:a b",
		"open need:a/20261124",
		"open need:../../etc",
		"open home:x",
		"open activity:sang/",
		"open activity:sang/20261324T1100",
		"open activity:sang/2026-11-24T11:00",
		"open activity:sang/20261124T",
		"open activity:sang/20261124T1100x",
		"open activities:tomorrow",
		"open activities:2026-11-25T10:00",
		"day",
		"day 2026-02-30",
		"day 2026-02-28T10:00",
		"page -1",
		"page 10001",
		"page 99999999999",
		"page 1x",
		"page",
		"language",
		"language e",
		"language EN",
		"language abcdefghijklmnopqrst",
		"open need:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct action action;
		if (action_parse(bad[i], &action))
			fail_msg("taken: \"%s\"", bad[i]);
	}
	char longest[500];
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	struct action action;
	assert_false(action_parse(longest, &action));
}

static void places(void **state)
{
	struct place place;
	(void)state;
	assert_true(place_parse("need:turvenn", &place));
	assert_int_equal(place.view, VIEW_NEED);
	assert_string_equal(place.id, "turvenn");
	assert_true(place_parse("activity:sang/20261124T1100", &place));
	assert_true(place.has_when);
	assert_int_equal(place.when.hour, 11);
	assert_false(place.when.date_only);
	assert_false(place_parse("", &place));
	assert_false(place_parse("a name that is much too long:x", &place));
	for (unsigned i = 0; i < VIEW_COUNT; i++)
		assert_int_equal(view_parse(view_name((enum view)i)), i);
	assert_int_equal(view_parse("technicians"), VIEW_COUNT);
}

/* The control that was drawn last wins where two overlap; a dimmed one has no hit. */
static void hits(void **state)
{
	struct item items[] = {
		{ .id = "under", .has_hit = true, .hit = { 0, 0, 100, 100 } },
		{ .id = "over", .has_hit = true, .hit = { 50, 50, 10, 10 } },
		{ .id = "dimmed", .rect = { 0, 0, 100, 100 } },
	};
	struct display display = { .items = items, .n_items = 3 };
	(void)state;
	assert_string_equal(display_hit(&display, 50, 50)->id, "over");
	assert_string_equal(display_hit(&display, 59, 59)->id, "over");
	assert_string_equal(display_hit(&display, 60, 50)->id, "under");
	assert_null(display_hit(&display, 100, 50));
	assert_null(display_hit(&display, -1, 0));
	assert_string_equal(role_name(ROLE_QR), "qr");
}

/* WCAG 2.1, relative luminance and contrast ratio. */
static double channel(int32_t c)
{
	double v = (double)(c & 255) / 255;
	if (v <= 0.03928)
		return v / 12.92;
	double x = (v + 0.055) / 1.055;
	/* x^2.4 without libm: x^2 times the fifth root of x^2, by Newton. */
	double square = x * x, root = 1;
	for (int i = 0; i < 60; i++)
		root -= (root * root * root * root * root - square) / (5 * root * root * root * root);
	return square * root;
}

static double luminance(int32_t c)
{
	return 0.2126 * channel(c >> 16) + 0.7152 * channel(c >> 8) + 0.0722 * channel(c);
}

static double contrast(int32_t a, int32_t b)
{
	double p = luminance(a), q = luminance(b);
	return p > q ? (p + 0.05) / (q + 0.05) : (q + 0.05) / (p + 0.05);
}

static void at_least(double wanted, struct pair pair, unsigned theme, const char *what)
{
	if (contrast(pair.fg, pair.bg) < wanted)
		fail_msg("theme %u, %s: #%06x on #%06x is %.2f to 1", theme, what, (unsigned)pair.fg, (unsigned)pair.bg,
			 contrast(pair.fg, pair.bg));
}

static void colours(void **state)
{
	(void)state;
	for (unsigned i = 0; i < THEME_COUNT; i++) {
		const struct theme *t = theme_get((enum theme_name)i);
		const struct pair text[] = {
			{ t->ink, t->background },
			{ t->ink, t->paper },
			{ t->ink, t->pressed },
			{ t->muted, t->background },
			{ t->muted, t->paper },
			{ t->muted, t->pressed },
			{ t->heading, t->paper },
			{ t->heading, t->background },
			{ t->help_edge, t->paper },
			{ t->header_muted, t->header.bg },
			t->header,
			t->chosen,
			t->off,
			t->primary,
			t->alert,
			t->bar,
		};
		for (size_t k = 0; k < sizeof text / sizeof text[0]; k++)
			at_least(7, text[k], i, "text");
		for (int k = 0; k < TINT_COUNT; k++)
			at_least(7, t->tint[k], i, "tint");
		const struct pair edges[] = { { t->edge, t->background },  { t->edge, t->paper },
					      { t->line, t->paper },       { t->line, t->background },
					      { t->alert_edge, t->paper }, { t->edge, t->bar.bg } };
		for (size_t k = 0; k < sizeof edges / sizeof edges[0]; k++)
			at_least(3, edges[k], i, "edge");
	}
	assert_int_equal(theme_parse("night"), THEME_NIGHT);
	assert_int_equal(theme_parse("dark"), THEME_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back), cmocka_unit_test(refused), cmocka_unit_test(places),
		cmocka_unit_test(hits),       cmocka_unit_test(colours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
