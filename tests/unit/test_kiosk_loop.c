/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live loop, on a glass that the test holds and by a clock that goes only as the glass says: it sleeps when nothing
 * happens, and no flood of events keeps the clock from going on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/loop.h"

enum { W = 1280, H = 720, SECOND = 1000, MINUTE = 60 * SECOND };

struct scene {
	struct options options;
	struct journal events;
	struct kiosk kiosk;
	struct glass glass;
	struct drawing *drawing;
	struct glass_event flood; /* what comes again and again */
	int64_t every_ms;         /* how often; 0: nothing comes */
	int64_t until_ms;         /* then the glass is gone */
	int64_t changed_ms;       /* when the clock on the screen first said another time */
	char clock[40];
	unsigned sleeps;
};

static const char *clock_of(const struct kiosk *kiosk)
{
	const struct display *display = kiosk_display(kiosk);

	for (size_t i = 0; i < display->n_items; i++)
		if (display->items[i].id && strcmp(display->items[i].id, "clock") == 0)
			return display->items[i].text;
	fail_msg("no clock is shown");
	return NULL;
}

static bool wait_in_scene(void *self, int timeout_ms, struct glass_event *out)
{
	struct scene *scene = self;
	struct kiosk_clock *clock = &scene->kiosk.clock;

	if (!scene->changed_ms && strcmp(clock_of(&scene->kiosk), scene->clock) != 0)
		scene->changed_ms = clock->virtual_ms;
	if (clock->virtual_ms >= scene->until_ms) {
		*out = (struct glass_event){ .kind = GLASS_CLOSED };
		return true;
	}
	if (scene->every_ms) {
		clock->virtual_ms += scene->every_ms;
		*out = scene->flood;
		return true;
	}
	scene->sleeps += timeout_ms > 0;
	clock->virtual_ms += timeout_ms;
	return false;
}

static enum err show_in_scene(void *self, const struct rect *part, struct fault *fault)
{
	(void)self, (void)part, (void)fault;
	return OK;
}

static const struct glass_kind scene_kind = { .name = "scene", .present = show_in_scene, .wait = wait_in_scene };

static void scene_init(struct scene *scene)
{
	static char program[] = "oppslag-kiosk", feed_word[] = "--feed", feed[] = "assets/sample/centre.json",
		    time_word[] = "--time", time[] = "2026-11-24T09:29:30", size_word[] = "--size", size[] = "1280x720";
	char *words[] = { program, feed_word, feed, time_word, time, size_word, size, NULL };
	struct fault fault = { 0 };
	struct buf report;

	*scene = (struct scene){ .until_ms = 3 * MINUTE };
	buf_init(&report, 10000);
	assert_int_equal(options_read(&scene->options, 7, words, &report, &fault), OK);
	buf_free(&report);
	journal_none(&scene->events);
	assert_int_equal(drawing_new(W, H, 0, &scene->drawing, &fault), OK);
	kiosk_init(&scene->kiosk, &scene->options, scene->drawing, &scene->events, true);
	scene->glass = (struct glass){ .kind = &scene_kind, .self = scene, .panel_w = W, .panel_h = H };
	kiosk_tick(&scene->kiosk);
	kiosk_show(&scene->kiosk);
	assert_int_equal(scene->kiosk.err, OK);
	snprintf(scene->clock, sizeof scene->clock, "%s", clock_of(&scene->kiosk));
}

static void scene_run(struct scene *scene)
{
	struct loop loop = { .kiosk = &scene->kiosk, .glass = &scene->glass };

	loop_run(&loop);
	kiosk_free(&scene->kiosk);
	drawing_del(scene->drawing);
	options_free(&scene->options);
}

static void with_nothing_to_do_it_sleeps_to_the_minute(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	scene_run(&scene);
	assert_true(scene.changed_ms == 30 * SECOND);
	/* 09.30, 09.31, 09.32, and 09.33 at which it ends. */
	assert_in_range(scene.sleeps, 3, 4);
}

static void the_clock_goes_on_however_much_comes_in(void **state)
{
	static const struct glass_event floods[] = {
		{ .kind = GLASS_FINGER, .finger = FINGER_MOVE, .id = 7, .x = 0.5, .y = 0.5 },
		{ .kind = GLASS_FINGER, .finger = FINGER_UP, .id = 7, .x = 0.5, .y = 0.5 },
		{ .kind = GLASS_WOKEN },
		{ .kind = GLASS_TOUCH },
	};
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		scene_init(&scene);
		scene.flood = floods[i];
		scene.every_ms = 10;
		scene_run(&scene);
		assert_in_range(scene.changed_ms, 30 * SECOND, 31 * SECOND);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(with_nothing_to_do_it_sleeps_to_the_minute),
		cmocka_unit_test(the_clock_goes_on_however_much_comes_in),
	};
	return cmocka_run_group_tests_name("kiosk_loop", tests, NULL, NULL);
}
