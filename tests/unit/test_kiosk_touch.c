/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tap model by table. A script is a row of words: D, M and U (a finger
 * comes down, moves, leaves) with "finger x,y@ms", S (the screen changes), X (it
 * is taken over) and T (time passes) with "@ms". The result is what the screen was told: "v:a"
 * pressed is a, "v:-" pressed is nothing, "tap:a", "^" the finger left, "lean" it is forgotten. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "kiosk/draw_turn.h"
#include "kiosk/touch.h"

/* 4 px are 1 mm: 80 px are the slop, 24 px the snap, 60 px the bounce. */
static struct item items[] = {
	{ .id = "a",
	  .rect = { 100, 100, 200, 120 },
	  .has_hit = true,
	  .hit = { 100, 100, 200, 120 },
	  .enabled = true,
	  .action = "open a" },
	{ .id = "b",
	  .rect = { 320, 100, 200, 120 },
	  .has_hit = true,
	  .hit = { 320, 100, 200, 120 },
	  .enabled = true,
	  .action = "open b" },
	{ .id = "off",
	  .rect = { 100, 400, 200, 120 },
	  .has_hit = true,
	  .hit = { 100, 400, 200, 120 },
	  .enabled = false,
	  .action = "open off" },
	{ .id = "words", .rect = { 600, 100, 200, 120 }, .enabled = true },
};
static const struct display display = {
	.view = "home", .w = 1920, .h = 1080, .mm_per_px = 0.25, .n_items = 4, .items = items
};

static const struct {
	const char *name, *script, *told;
} cases[] = {
	{ "a tap acts when the finger leaves", "D1 150,150@1000 U1 150,150@1080", "v:a tap:a ^" },
	{ "the shortest tap counts", "D1 150,150@1000 U1 150,150@1030", "v:a tap:a ^" },
	{ "a press of ten seconds is a tap", "D1 150,150@1000 U1 150,150@11000", "v:a tap:a ^" },
	{ "who leans longer is forgotten", "D1 150,150@1000 T@11001 U1 150,150@11500", "v:a lean" },
	{ "who leans is forgotten without a tick too", "D1 150,150@1000 U1 150,150@11001", "v:a lean" },
	{ "a tap on nothing is told, chooses nothing", "D1 900,900@1000 U1 900,900@1100", "v:- ^" },
	{ "text takes no touch", "D1 650,150@1000 U1 650,150@1100", "v:- ^" },
	{ "what is off takes no touch", "D1 150,450@1000 U1 150,450@1100", "v:- ^" },
	{ "a wobbling finger counts", "D1 290,150@1000 M1 306,150@1050 M1 280,160@1100 M1 310,140@1150 U1 305,150@1200",
	  "v:a tap:a ^" },
	{ "15 mm beside the control still counts", "D1 290,150@1000 M1 290,270@1050 U1 290,279@1100", "v:a tap:a ^" },
	{ "20 mm beside it counts", "D1 150,150@1000 M1 150,299@1050 U1 150,299@1100", "v:a tap:a ^" },
	{ "farther away is a change of mind", "D1 150,150@1000 M1 150,301@1050 U1 150,301@1100", "v:a v:- ^" },
	{ "coming back takes it up again", "D1 150,150@1000 M1 150,350@1050 M1 150,200@1100 U1 150,200@1150",
	  "v:a v:- v:a tap:a ^" },
	{ "leaving over another control chooses neither", "D1 290,150@1000 M1 330,150@1050 U1 330,150@1100",
	  "v:a v:- ^" },
	{ "a finger that came down on nothing may slide in",
	  "D1 900,150@1000 M1 700,150@1050 M1 400,150@1100 U1 400,150@1200", "v:- v:b tap:b ^" },
	{ "what it slid onto first counts", "D1 900,150@1000 M1 400,150@1100 M1 200,150@1200 U1 200,150@1300",
	  "v:- v:b v:- ^" },
	{ "5 mm beside a control means it", "D1 120,240@1000 U1 120,240@1100", "v:a tap:a ^" },
	{ "6 mm beside a control means it", "D1 150,243@1000 U1 150,243@1100", "v:a tap:a ^" },
	{ "7 mm beside it means nothing", "D1 150,248@1000 U1 150,248@1100", "v:- ^" },
	{ "between two controls the nearer one is meant", "D1 314,150@1000 U1 314,150@1100", "v:b tap:b ^" },
	{ "beside what is off nothing is meant", "D1 150,530@1000 U1 150,530@1100", "v:- ^" },
	{ "a second finger does nothing", "D1 150,150@1000 D2 400,150@1100 U2 400,150@1150 U1 150,150@1200",
	  "v:a tap:a ^" },
	{ "a second finger that stays does nothing", "D1 150,150@1000 D2 400,150@1100 U1 150,150@1200 U2 400,150@1300",
	  "v:a tap:a ^" },
	{ "a resting palm gives way", "D1 900,900@1000 D2 150,150@2000 U2 150,150@2100 U1 900,900@2200",
	  "v:- v:a tap:a ^" },
	{ "the palm that gave way does not take over",
	  "D1 400,150@1000 D2 150,150@2000 U1 400,150@2050 U2 150,150@2100", "v:b v:a tap:a ^" },
	{ "the same control is deaf for half a second",
	  "D1 150,150@1000 U1 150,150@1050 D1 150,150@1499 U1 150,150@1549", "v:a tap:a ^ v:a ^" },
	{ "after it, it hears again", "D1 150,150@1000 U1 150,150@1050 D1 150,150@1600 U1 150,150@1650",
	  "v:a tap:a ^ v:a tap:a ^" },
	{ "another control hears at once", "D1 150,150@1000 U1 150,150@1050 D1 400,150@1250 U1 400,150@1300",
	  "v:a tap:a ^ v:b tap:b ^" },
	{ "a contact that bounces is one tap", "D1 290,150@1000 U1 290,150@1050 D2 325,150@1150 U2 325,150@1400",
	  "v:a tap:a ^ v:- ^" },
	{ "a bounce farther off is a new tap", "D1 110,150@1000 U1 110,150@1050 D2 400,150@1150 U2 400,150@1200",
	  "v:a tap:a ^ v:b tap:b ^" },
	{ "a finger that comes back again and again is one tap",
	  "D1 150,150@1000 U1 150,150@1050 S@1050 D1 150,160@1150 U1 150,160@1190 D1 150,155@1300 U1 150,155@1340 "
	  "D1 150,150@1480 U1 150,150@1600",
	  "v:a tap:a ^ v:- ^ v:- ^ v:- ^" },
	{ "after a pause it hears again",
	  "D1 150,150@1000 U1 150,150@1050 D1 150,160@1150 U1 150,160@1190 D1 150,155@1600 U1 150,155@1640",
	  "v:a tap:a ^ v:- ^ v:a tap:a ^" },
	{ "what takes the screen over is deaf for 0.5 s", "X@1000 D1 150,150@1499 U1 150,150@2500", "v:- ^" },
	{ "and then it hears", "X@1000 D1 150,150@1500 U1 150,150@1550", "v:a tap:a ^" },
	{ "a change meanwhile makes it hear no sooner", "X@1000 S@1050 D1 150,150@1400 U1 150,150@1450", "v:- ^" },
	{ "a key that is held is one character", "D1 150,150@1000 T@3000 T@5000 U1 150,150@6000", "v:a tap:a ^" },
	{ "two presses 499 ms apart are one", "D1 150,150@1000 U1 150,150@1080 D1 150,150@1499 U1 150,150@1579",
	  "v:a tap:a ^ v:a ^" },
	{ "two presses 600 ms apart are two", "D1 150,150@1000 U1 150,150@1080 D1 150,150@1600 U1 150,150@1680",
	  "v:a tap:a ^ v:a tap:a ^" },
	{ "15 mm of wobble within the control counts",
	  "D1 150,150@1000 M1 210,150@1050 M1 150,210@1100 M1 200,190@1150 U1 160,150@1200", "v:a tap:a ^" },
	{ "a palm that leans is forgotten, and then a finger counts",
	  "D1 900,900@1000 T@11001 D2 150,150@11500 U2 150,150@11600 U1 900,900@12000", "v:- lean v:a tap:a ^" },
	{ "three palms and no finger choose nothing",
	  "D1 150,150@1000 D2 400,150@1050 D3 900,900@1080 T@11001 U2 400,150@11500 U3 900,900@11600 U1 150,150@11700",
	  "v:a lean" },
	{ "a new screen is deaf for 0.3 s", "S@1000 D1 150,150@1299 U1 150,150@1800", "v:- ^" },
	{ "then it hears", "S@1000 D1 150,150@1300 U1 150,150@1350", "v:a tap:a ^" },
	{ "a finger that aimed at what is gone chooses nothing", "D1 150,150@1000 S@1500 U1 150,150@2000", "v:a ^" },
	{ "nor does it by moving", "D1 150,150@1000 S@1500 M1 400,150@1600 U1 400,150@2000", "v:a ^" },
	{ "a finger that nobody saw come down is ignored", "M1 150,150@1000 U1 150,150@1100", "" },
	{ "a lost leaving does not block the glass", "D1 400,150@1000 D2 150,150@3000 U2 150,150@3100",
	  "v:b v:a tap:a ^" },
	{ "coming down twice is coming down again", "D1 400,150@1000 D1 150,150@1100 U1 150,150@1200",
	  "v:b v:a tap:a ^" },
};

static void write_news(struct buf *told, const struct touch_news *news)
{
	if (news->down)
		buf_printf(told, "v:%s ", news->item ? news->item : "-");
	if (news->tap) {
		char action[20];
		snprintf(action, sizeof action, "open %s", news->item);
		assert_string_equal(news->action, action);
		buf_printf(told, "tap:%s ", news->item);
	}
	if (news->up)
		buf_str(told, news->leaned ? "lean " : "^ ");
}

static void play(const char *script, struct buf *told)
{
	struct touch touch;

	touch_init(&touch);
	for (const char *at = script; *at;) {
		struct touch_news news = { 0 };
		struct finger finger = { .kind = *at == 'D' ? FINGER_DOWN : *at == 'M' ? FINGER_MOVE : FINGER_UP };
		const char *word = at;
		char *end = (char *)(uintptr_t)(at + 1);
		if (!strchr("STX", *word)) {
			finger.id = strtol(end, &end, 10);
			finger.x = (int)strtol(end, &end, 10);
			finger.y = (int)strtol(end + 1, &end, 10);
		}
		finger.t_ms = strtol(end + 1, &end, 10);
		if (*word == 'S')
			touch_screen_changed(&touch, finger.t_ms, TOUCH_NEW_SCREEN_MS);
		else if (*word == 'X')
			touch_screen_changed(&touch, finger.t_ms, 500);
		else if (*word == 'T')
			touch_tick(&touch, finger.t_ms, &news);
		else
			touch_finger(&touch, &display, &finger, &news);
		write_news(told, &news);
		at = end + strspn(end, " ");
	}
}

static void fingers_are_understood(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf told;
		buf_init(&told, 1000);
		play(cases[i].script, &told);
		if (told.len)
			told.bytes[told.len - 1] = '\0';
		if (strcmp(buf_text(&told), cases[i].told) != 0) {
			print_message("# %s: told \"%s\", not \"%s\"\n", cases[i].name, buf_text(&told), cases[i].told);
			wrong++;
		}
		buf_free(&told);
	}
	assert_int_equal(wrong, 0);
}

/* Keys of 25 mm, 6 mm apart, as on a number pad, at 4 px a mm. */
enum { KEYS = 12, KEY_PX = 100, STEP_PX = 124, PX_A_MM = 4 };
static struct item keys[KEYS];
static char key_names[KEYS][16];
static const struct display pad = {
	.view = "callback", .w = 1920, .h = 1080, .mm_per_px = 0.25, .n_items = KEYS, .items = keys
};

static void make_pad(void)
{
	for (int i = 0; i < KEYS; i++) {
		struct rect rect = { 200 + i % 3 * STEP_PX, 200 + i / 3 * STEP_PX, KEY_PX, KEY_PX };
		snprintf(key_names[i], sizeof key_names[i], "k%d", i);
		keys[i] = (struct item){ .id = key_names[i], .rect = rect, .has_hit = true, .enabled = true };
		keys[i].hit = (struct rect){ rect.x - 12, rect.y - 12, rect.w + 24, rect.h + 24 };
		keys[i].action = "key 1";
	}
}

/* 0 to 1, the same each time. */
static double chance(void)
{
	static uint32_t state = 20261124;

	state = state * 1664525 + 1013904223;
	return (state >> 8) / 16777216.0;
}

struct tremor {
	double hz, phase_x, phase_y, mm, x, y; /* x, y: what the hand aims at */
};

static struct finger shaken(const struct tremor *tremor, enum finger_kind kind, int64_t t_ms)
{
	double turn = 2 * 3.14159265358979 * tremor->hz * (double)t_ms / 1000, px = tremor->mm * PX_A_MM;

	return (struct finger){ .kind = kind,
				.x = (int)(tremor->x + px * sin(turn + tremor->phase_x)),
				.y = (int)(tremor->y + px * sin(turn + tremor->phase_y)),
				.t_ms = t_ms };
}

/* One press, as a digitiser reports it, that may leave the glass for a moment; how often KEY was chosen, -1: another.
 */
static int press(struct touch *touch, const struct tremor *tremor, int key, int64_t *t_ms, bool bounces)
{
	int chosen = 0, parts = bounces ? 2 + (int)(chance() * 2) : 1;

	for (int part = 0; part < parts; part++) {
		int64_t end = *t_ms + 40 + (int64_t)(chance() * 1200);
		enum finger_kind kind = FINGER_DOWN;
		while (kind != FINGER_UP) {
			struct touch_news news;
			struct finger finger = shaken(tremor, kind, *t_ms);
			touch_finger(touch, &pad, &finger, &news);
			if (news.tap)
				chosen = strcmp(news.item, key_names[key]) == 0 ? chosen + 1 : -1;
			*t_ms += 8;
			kind = *t_ms >= end ? FINGER_UP : FINGER_MOVE;
			if (kind == FINGER_UP) {
				finger = shaken(tremor, kind, *t_ms);
				touch_finger(touch, &pad, &finger, &news);
				if (news.tap)
					chosen = strcmp(news.item, key_names[key]) == 0 ? chosen + 1 : -1;
			}
		}
		*t_ms += 20 + (int64_t)(chance() * 120);
	}
	return chosen;
}

/* 4 to 8 Hz, 4 mm to each side, presses of 40 ms to 1.2 s, one in three of them broken by moments off the glass, aimed
 * up to 5 mm beside the middle: at least 99 of 100 are one tap on the control that was meant (accessibility T6, T7). */
static void a_trembling_hand_is_understood(void **state)
{
	enum { PRESSES = 4000 };
	int right = 0;
	int64_t t_ms = 10000;
	struct touch touch;

	(void)state;
	make_pad();
	touch_init(&touch);
	for (int i = 0; i < PRESSES; i++) {
		int key = (int)(chance() * KEYS);
		struct tremor tremor = {
			.hz = 4 + 4 * chance(), .phase_x = 7 * chance(), .phase_y = 7 * chance(), .mm = 4
		};
		tremor.x = keys[key].rect.x + KEY_PX / 2.0 + (chance() - 0.5) * 10 * PX_A_MM;
		tremor.y = keys[key].rect.y + KEY_PX / 2.0 + (chance() - 0.5) * 10 * PX_A_MM;
		right += press(&touch, &tremor, key, &t_ms, i % 3 == 0) == 1;
		t_ms += 700;
	}
	if (right < PRESSES * 99 / 100)
		fail_msg("%d of %d presses were understood", right, PRESSES);
}

static void a_finger_always_has_an_end(void **state)
{
	struct touch touch;
	struct touch_news news;
	const struct finger down = { .kind = FINGER_DOWN, .x = 150, .y = 150, .t_ms = 1000 };

	(void)state;
	touch_init(&touch);
	assert_true(touch_deadline(&touch) == INT64_MAX);
	touch_finger(&touch, &display, &down, &news);
	assert_true(touch_deadline(&touch) == 11001);
	touch_tick(&touch, 11000, &news);
	assert_false(news.up);
	touch_tick(&touch, 11001, &news);
	assert_true(news.up);
	assert_true(touch_deadline(&touch) == INT64_MAX);
}

static void points_are_kept_on_the_panel(void **state)
{
	static const struct {
		double x, y;
		int panel_x, panel_y;
	} points[] = {
		{ 0, 0, 0, 0 },
		{ 1, 1, 1919, 1079 },
		{ 0.5, 0.5, 960, 540 },
		{ 0.99999, 0.99999, 1919, 1079 },
		{ -3, 17, 0, 1079 },
		{ 1e300, -1e300, 1919, 0 },
		{ 32767, 0.25, 1919, 270 },
	};
	int x, y;

	(void)state;
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		touch_to_panel(points[i].x, points[i].y, 1920, 1080, &x, &y);
		assert_int_equal(x, points[i].panel_x);
		assert_int_equal(y, points[i].panel_y);
	}
	touch_to_panel(strtod("nan", NULL), strtod("inf", NULL), 1920, 1080, &x, &y);
	assert_int_equal(x, 0);
	assert_int_equal(y, 1079);
}

/* One way from the driver to the picture: whatever it says, the point is on the picture, and the panel's corners are
 * the picture's, turned. */
static void points_are_turned_with_the_panel(void **state)
{
	static const struct {
		int rotation, x, y, across_x, across_y; /* where the panel's first pixel is, and its upper right one */
	} turns[] = {
		{ 0, 0, 0, 1919, 0 },
		{ 90, 0, 1919, 0, 0 },
		{ 180, 1919, 1079, 0, 1079 },
		{ 270, 1079, 0, 1079, 1919 },
	};
	static const double wild[] = { -1e9, -0.001, 0, 0.25, 0.5, 0.99999, 1, 1.001, 1e9 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		const struct turn turn = { 1920, 1080, turns[i].rotation };
		int x, y, panel_x, panel_y;
		touch_to_panel(0, 0, 1920, 1080, &panel_x, &panel_y);
		turn_back(&turn, panel_x, panel_y, &x, &y);
		assert_true(x == turns[i].x && y == turns[i].y);
		touch_to_panel(1, 0, 1920, 1080, &panel_x, &panel_y);
		turn_back(&turn, panel_x, panel_y, &x, &y);
		assert_true(x == turns[i].across_x && y == turns[i].across_y);
		for (size_t k = 0; k < 81; k++) {
			touch_to_panel(wild[k / 9], wild[k % 9], 1920, 1080, &panel_x, &panel_y);
			turn_back(&turn, panel_x, panel_y, &x, &y);
			assert_in_range(x, 0, turn_width(&turn) - 1);
			assert_in_range(y, 0, turn_height(&turn) - 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingers_are_understood),           cmocka_unit_test(a_trembling_hand_is_understood),
		cmocka_unit_test(a_finger_always_has_an_end),       cmocka_unit_test(points_are_kept_on_the_panel),
		cmocka_unit_test(points_are_turned_with_the_panel),
	};
	return cmocka_run_group_tests_name("kiosk_touch", tests, NULL, NULL);
}
