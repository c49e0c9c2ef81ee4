/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen says of its settings, when, and for how long. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stage_time.h"

static const struct advice advice[] = {
	{ .line = 7,
	  .written = "diagonal = stor",
	  .text = TEXT_SCREEN_SETTINGS_NUMBER,
	  .n_args = 3,
	  .args = { { .string = "7" }, { .string = "120" }, { .string = "diagonal = 24" } } },
};

static void start_with(struct stage *s, const char *feed_path, const struct habits *habits)
{
	stage_init(s, feed_path, "2026-11-24T09:41");
	screen_init(&s->model, habits);
	if (feed_path)
		feed(s, 1000, &s->feed);
	tick(s, 1000);
}

static void wrong_settings_are_said_for_a_minute(void **state)
{
	const struct habits habits = { .settings = { .file = "oppslag.ini", .n = 1, .advice = advice } };
	struct stage s;
	(void)state;
	start_with(&s, SAMPLE, &habits);
	assert_int_equal(view_of(&s), VIEW_SETTINGS);
	const struct display *d = stage_view(&s);
	assert_non_null(item_by_words(d, "Linje 7: diagonal = stor"));
	assert_non_null(item_by_words(d, "Skriv et tall fra 7 til 120, for eksempel diagonal = 24"));
	assert_in_range(screen_deadline(&s.model), 1001, 61000);
	tick(&s, 60999);
	assert_int_equal(view_of(&s), VIEW_SETTINGS);
	tick(&s, 61000);
	assert_int_equal(view_of(&s), VIEW_HOME);
	/* A line stays, and leads back. */
	const struct item *strip = item_by_id(stage_view(&s), "settings");
	assert_string_equal(strip->action, "open settings");
	down(&s, 62000, "settings");
	stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = 62000, .action = "open settings" });
	up(&s, 62000);
	assert_int_equal(view_of(&s), VIEW_SETTINGS);
	/* Whoever reads is not sent away after the minute. */
	tick(&s, 62000 + IDLE_MS - 1);
	assert_int_equal(view_of(&s), VIEW_SETTINGS);
	assert_string_equal(item_by_id(stage_view(&s), "continue")->action, "home");
	stage_tap(&s, "home");
	assert_int_equal(view_of(&s), VIEW_HOME);
	stage_free(&s);
}

static void without_a_feed_the_screen_says_which_line_to_write(void **state)
{
	const struct habits habits = { .settings = { .file = "oppslag.ini", .source = "feed = https://example.no/x" } };
	struct stage s;
	(void)state;
	start_with(&s, NULL, &habits);
	for (int64_t t_ms = 1000; t_ms < 1000 + 5 * 60000; t_ms += 60000) {
		tick(&s, t_ms);
		assert_int_equal(view_of(&s), VIEW_SETTINGS);
		const struct display *d = stage_view(&s);
		assert_non_null(item_by_words(d, "feed = https://example.no/x"));
		assert_non_null(item_by_id(d, "clock"));
		assert_null(item_by_id(d, "continue"));
	}
	/* It sleeps at night as any other. */
	tick_at(&s, 7200000, (struct civil){ 2026, 11, 24, 23, 30, 0, false });
	assert_int_equal(view_of(&s), VIEW_NIGHT);
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_settings_are_said_for_a_minute),
		cmocka_unit_test(without_a_feed_the_screen_says_which_line_to_write),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
