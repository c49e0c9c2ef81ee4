/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wall without its devices: which mode a display is shown in, and what contacts, pointers and keys come to. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <SDL2/SDL_keycode.h>
#include <linux/input-event-codes.h>

#include "kiosk/wall_hands.h"
#include "kiosk/wall_mode.h"

/* ---- modes: "WxH@Hz", "!" its own, "i" interlaced ---- */

enum { MODES = 8 };

static size_t read_modes(const char *text, struct mode modes[MODES])
{
	size_t n = 0;

	for (const char *at = text; *at; n++) {
		char *end;
		assert_true(n < MODES);
		modes[n] = (struct mode){ 0 };
		modes[n].w = (int)strtol(at, &end, 10);
		modes[n].h = (int)strtol(end + 1, &end, 10);
		modes[n].refresh_mhz = (int)lround(strtod(end + 1, &end) * 1000);
		for (; *end && *end != ' '; end++) {
			modes[n].preferred = modes[n].preferred || *end == '!';
			modes[n].interlaced = modes[n].interlaced || *end == 'i';
		}
		at = end + (*end == ' ');
	}
	return n;
}

static void modes_are_chosen(void **state)
{
	static const struct {
		const char *modes;
		int want_w, want_h, chosen;
	} rows[] = {
		{ "1280x720@60 1920x1080@60! 1024x768@60", 0, 0, 1 },
		{ "1280x720@60 1920x1080@60! 1024x768@60", 1280, 720, 0 },
		{ "1280x720@60 1920x1080@60! 1024x768@60", 800, 600, 1 }, /* a wish that it cannot fulfil */
		{ "1920x1200@60 1920x1080@60!", 0, 0, 1 },                /* its own, not the largest */
		{ "1024x768@60 1280x720@60", 0, 0, 0 },                   /* none is its own: the kernel's first */
		{ "1920x1080@24 1920x1080@60 1920x1080@50!", 0, 0, 1 },
		{ "1920x1080@75 1920x1080@30!", 0, 0, 0 },
		{ "3840x2160@30! 4096x2160@24 1920x1080@60 1920x1200@60 1280x720@60", 0, 0, 2 }, /* of its shape */
		{ "3840x2160@30! 1366x768@60 1280x1024@60", 0, 0, 1 }, /* nearly of its shape */
		{ "3840x2160@30! 1280x1024@60 1024x768@60", 0, 0, 1 }, /* none is: the largest */
		{ "2560x1600@60!", 0, 0, 0 },
		{ "1080x1920@60! 1920x1080@60", 0, 0, 0 },
		{ "1920x1080@60i! 1280x720@60", 0, 0, 1 }, /* lines that jump are no reading */
		{ "1920x1080@60i!", 0, 0, 0 },
		{ "3840x2160@30!", 0, 0, 0 }, /* slow is better than dark */
		{ "3840x2160@30! 1280x720@60", 3840, 2160, 1 },
		{ "320x240@60!", 0, 0, -1 },
		{ "", 0, 0, -1 },
	};
	struct mode modes[MODES];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int chosen = mode_choose(modes, read_modes(rows[i].modes, modes), rows[i].want_w, rows[i].want_h);
		if (chosen != rows[i].chosen)
			fail_msg("\"%s\", %dx%d wanted: %d, not %d", rows[i].modes, rows[i].want_w, rows[i].want_h,
				 chosen, rows[i].chosen);
	}
}

/* ---- hands ---- */

static void assert_finger(const struct glass_event *event, enum finger_kind kind, int id, double x, double y)
{
	assert_int_equal(event->kind, GLASS_FINGER);
	assert_int_equal(event->finger, kind);
	assert_int_equal(event->id, id);
	assert_true(fabs(event->x - x) < 1e-9 && fabs(event->y - y) < 1e-9);
}

static void contacts_leave_where_they_were(void **state)
{
	struct hands hands = { 0 };
	struct glass_event event;

	(void)state;
	assert_true(hands_contact(&hands, FINGER_DOWN, 0, 0.25, 0.5, &event));
	assert_finger(&event, FINGER_DOWN, 0, 0.25, 0.5);
	assert_true(hands_contact(&hands, FINGER_DOWN, 1, 0.75, 0.125, &event));
	assert_finger(&event, FINGER_DOWN, 1, 0.75, 0.125);
	assert_true(hands_contact(&hands, FINGER_MOVE, 0, 0.5, 0.5, &event));
	assert_finger(&event, FINGER_MOVE, 0, 0.5, 0.5);
	assert_true(hands_leave(&hands, 1, &event));
	assert_finger(&event, FINGER_UP, 1, 0.75, 0.125);
	assert_true(hands_leave(&hands, 0, &event));
	assert_finger(&event, FINGER_UP, 0, 0.5, 0.5);
}

static void a_contact_that_was_none_leaves_beside_the_panel(void **state)
{
	struct hands hands = { 0 };
	struct glass_event event;

	(void)state;
	assert_true(hands_contact(&hands, FINGER_DOWN, 3, 0.25, 0.5, &event));
	assert_true(hands_cancel(&hands, 3, &event));
	assert_finger(&event, FINGER_UP, 3, -1, -1);
}

static void contacts_beyond_count_are_not_told(void **state)
{
	struct hands hands = { 0 };
	struct glass_event event;

	(void)state;
	assert_false(hands_contact(&hands, FINGER_DOWN, HANDS_CONTACTS, 0.5, 0.5, &event));
	assert_false(hands_contact(&hands, FINGER_DOWN, -1, 0.5, 0.5, &event));
	assert_false(hands_leave(&hands, HANDS_CONTACTS, &event));
	assert_false(hands_cancel(&hands, -1, &event));
}

static void a_pointer_is_a_finger_while_its_button_is_down(void **state)
{
	struct hands hands = { 0 };
	struct glass_event event;

	(void)state;
	assert_false(hands_pointer(&hands, 0.25, 0.5, &event)); /* nothing touches yet */
	assert_false(hands_button(&hands, BTN_RIGHT, true, &event));
	assert_false(hands_button(&hands, BTN_LEFT, false, &event));
	assert_true(hands_button(&hands, BTN_LEFT, true, &event));
	assert_finger(&event, FINGER_DOWN, HANDS_POINTER, 0.25, 0.5);
	assert_false(hands_button(&hands, BTN_LEFT, true, &event)); /* a second device's */
	assert_true(hands_pointer(&hands, 0.5, 0.75, &event));
	assert_finger(&event, FINGER_MOVE, HANDS_POINTER, 0.5, 0.75);
	assert_true(hands_button(&hands, BTN_LEFT, false, &event));
	assert_finger(&event, FINGER_UP, HANDS_POINTER, 0.5, 0.75);
}

/* What pressing CODE tells, 0: nothing; letting it go tells nothing. */
static int press(struct hands *hands, uint32_t code)
{
	struct glass_event event;
	int sym = hands_key(hands, code, true, &event) ? event.sym : 0;

	if (sym)
		assert_int_equal(event.kind, GLASS_KEY);
	assert_false(hands_key(hands, code, false, &event));
	return sym;
}

static void keys_are_known_by_their_place(void **state)
{
	static const struct {
		uint32_t code;
		int sym;
	} rows[] = {
		{ KEY_LEFT, SDLK_LEFT },
		{ KEY_DOWN, SDLK_DOWN },
		{ KEY_ENTER, SDLK_RETURN },
		{ KEY_KPENTER, SDLK_KP_ENTER },
		{ KEY_SPACE, SDLK_SPACE },
		{ KEY_KPMINUS, SDLK_KP_MINUS },
		{ KEY_VOLUMEUP, SDLK_VOLUMEUP },
		{ KEY_ESC, SDLK_ESCAPE },
		{ KEY_MINUS, SDLK_PLUS }, /* as on a Norwegian keyboard */
		{ KEY_SLASH, SDLK_MINUS },
		{ KEY_A, SDLK_HELP }, /* a key, no matter which */
		{ KEY_F4, SDLK_HELP },
		{ KEY_SYSRQ, SDLK_HELP },
		{ 0x2ff, SDLK_HELP },
	};
	struct hands hands = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(press(&hands, rows[i].code), rows[i].sym);
}

static void keys_beside_one_that_changes_them_tell_nothing(void **state)
{
	static const uint32_t changers[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT,
					     KEY_RIGHTALT, KEY_LEFTMETA,  KEY_RIGHTMETA };
	struct hands hands = { 0 };
	struct glass_event event;

	(void)state;
	for (size_t i = 0; i < sizeof changers / sizeof *changers; i++) {
		assert_false(hands_key(&hands, changers[i], true, &event));
		assert_int_equal(press(&hands, KEY_F1), 0);
		assert_false(hands_key(&hands, KEY_LEFTSHIFT, true, &event));
		assert_int_equal(press(&hands, KEY_DELETE), 0);
		assert_false(hands_key(&hands, KEY_LEFTSHIFT, false, &event));
		assert_false(hands_key(&hands, changers[i], false, &event));
		assert_int_equal(press(&hands, KEY_RIGHT), SDLK_RIGHT);
	}
	assert_false(hands_key(&hands, KEY_LEFTSHIFT, true, &event));
	assert_int_equal(press(&hands, KEY_RIGHT), SDLK_RIGHT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modes_are_chosen),
		cmocka_unit_test(contacts_leave_where_they_were),
		cmocka_unit_test(a_contact_that_was_none_leaves_beside_the_panel),
		cmocka_unit_test(contacts_beyond_count_are_not_told),
		cmocka_unit_test(a_pointer_is_a_finger_while_its_button_is_down),
		cmocka_unit_test(keys_are_known_by_their_place),
		cmocka_unit_test(keys_beside_one_that_changes_them_tell_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
