/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each message, and what it makes of the model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stage_time.h"

static void there_and_back(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open needs");
	stage_tap(&s, "page 1");
	stage_tap(&s, "open need:turvenn");
	assert_int_equal(s.model.place.view, VIEW_NEED);
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_NEEDS);
	assert_int_equal(s.model.place.page, 1);
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_HOME);
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_HOME);
	stage_tap(&s, "open help");
	stage_tap(&s, "open help");
	assert_int_equal(s.model.n_back, 1);
	stage_tap(&s, "home");
	assert_int_equal(s.model.n_back, 0);
	stage_free(&s);
}

static void back_is_capped(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (int i = 0; i < 100; i++)
		stage_tap(&s, i % 2 ? "open needs" : "open contacts");
	assert_int_equal(s.model.n_back, LIMIT_BACK);
	for (int i = 0; i < LIMIT_BACK; i++) {
		assert_int_not_equal(s.model.place.view, VIEW_HOME);
		stage_tap(&s, "back");
	}
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_HOME);
	stage_free(&s);
}

static void nonsense_is_ignored(void **state)
{
	static const char *const taps[] = { "",          "fly", "open moon", "page -3", "language xx", "day 2026-11-25",
					    "open need:" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open needs");
	for (size_t i = 0; i < sizeof taps / sizeof taps[0]; i++) {
		stage_tap(&s, taps[i]);
		assert_int_equal(s.model.place.view, VIEW_NEEDS);
		assert_int_equal(s.model.place.page, 0);
		assert_false(s.model.place.has_when);
		assert_string_equal(s.model.lang, "nb");
	}
	stage_send(&s, (struct msg){ .kind = MSG_TAP });
	stage_send(&s, (struct msg){ .kind = (enum msg_kind)99 });
	stage_send(&s, (struct msg){ .kind = MSG_FEED });
	assert_ptr_equal(s.model.shown.feed, &s.feed);
	/* A page that does not exist shows the last one there is. */
	stage_tap(&s, "page 10000");
	const struct item *next = item_by_id(stage_view(&s), "page/next");
	assert_non_null(next);
	assert_false(next->enabled);
	stage_free(&s);
}

static void never_under_a_finger(void **state)
{
	struct stage s;
	struct screen_feed second, third;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	second = third = s.feed;
	stage_tap(&s, "open need:turvenn");
	down(&s, 1000, "card:turvenn");
	assert_string_equal(s.model.pressed, "card:turvenn");
	struct civil later = MORNING;
	later.hour = 14;
	stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 500000, .now = later, .feed_age_s = 7200 });
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 500001, .feed = &second });
	assert_int_equal(s.effects.n, 0);
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 500002, .feed = &third, .feed_age_s = 3 });
	assert_int_equal(s.effects.n, 1);
	assert_ptr_equal(s.effects.v[0].feed, &second);
	assert_int_equal(s.model.shown.now.hour, 9);
	assert_int_equal(s.model.shown.clock.hour, 9);
	assert_ptr_equal(s.model.shown.feed, &s.feed);
	assert_int_equal(s.model.place.view, VIEW_NEED);
	up(&s, 500100);
	assert_int_equal(s.model.shown.now.hour, 14);
	assert_ptr_equal(s.model.shown.feed, &third);
	assert_int_equal(s.model.shown.feed_age_s, 3);
	assert_true(has_effect(&s, EFFECT_RELEASE));
	assert_ptr_equal(s.effects.v[s.effects.n - 1].feed, &s.feed);
	assert_string_equal(s.model.pressed, "");
	/* The same feed once more is no news. */
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 500200, .feed = &third });
	assert_int_equal(s.effects.n, 0);
	stage_free(&s);
}

/* Cards that somebody looks at stay where they are until he does something; the clock goes on. */
static void lists_wait_for_the_next_step(void **state)
{
	static const char *const places[] = { "home",      "open activities",    "open needs",    "open notices",
					      "open help", "open organisations", "open contacts", "open kinds" };
	struct civil later = MORNING;
	struct stage s, other;
	(void)state;
	later.hour = 12;
	for (int i = 0; i < rounds(sizeof places / sizeof places[0]); i++) {
		stage_init(&s, SAMPLE, "2026-11-24T09:41");
		stage_init(&other, SAMPLE, "2026-11-24T09:41");
		stage_tap(&s, places[i]);
		feed(&s, 100, &other.feed);
		stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 200, .now = later, .feed_age_s = 7200 });
		assert_ptr_equal(s.model.shown.feed, &s.feed);
		assert_int_equal(s.model.shown.now.hour, 9);
		assert_int_equal(s.model.shown.clock.hour, 12);
		assert_true(s.model.shown.feed_age_s < 7200);
		/* A touch alone is no step. */
		down(&s, 300, NULL);
		up(&s, 400);
		assert_ptr_equal(s.model.shown.feed, &s.feed);
		if (i % 2) {
			stage_tap(&s, "open need:turvenn");
		} else {
			tick_at(&s, 500 + IDLE_MS, later);
			tick_at(&s, 500 + IDLE_MS + STILL_MS, later);
			assert_false(s.model.visiting);
		}
		assert_ptr_equal(s.model.shown.feed, &other.feed);
		assert_int_equal(s.model.shown.now.hour, 12);
		assert_true(has_effect(&s, EFFECT_RELEASE));
		stage_free(&other);
		stage_free(&s);
	}
}

static void with_nobody_here_all_is_seen_at_once(void **state)
{
	struct civil later = MORNING;
	struct stage s, other;
	(void)state;
	later.hour = 12;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, SAMPLE, "2026-11-24T09:41");
	feed(&s, 100, &other.feed);
	tick_at(&s, 200, later);
	assert_ptr_equal(s.model.shown.feed, &other.feed);
	assert_int_equal(s.model.shown.now.hour, 12);
	stage_free(&other);
	stage_free(&s);
}

static void languages(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	assert_string_equal(s.model.lang, "nb");
	stage_tap(&s, "language en");
	assert_string_equal(s.model.lang, "en");
	stage_tap(&s, "language nb");
	assert_false(s.model.lang_chosen);
	screen_init(&s.model, &(struct habits){ .lang = "en" });
	assert_string_equal(s.model.lang, "en");
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .feed = &s.feed });
	assert_string_equal(s.model.lang, "en");
	stage_free(&s);
}

static void deadlines(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_send(&s,
		   (struct msg){
			   .kind = MSG_TICK, .t_ms = 10000, .now = { 2026, 11, 24, 9, 41, 20, false }, .now_ms = 250 });
	assert_int_equal(screen_deadline(&s.model), 10000 + 60000 - 20250);
	down(&s, 11000, "home");
	assert_int_equal(screen_deadline(&s.model), 10000 + 60000 - 20250);
	up(&s, 11000);
	stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 11000 + IDLE_MS - 5, .now = MORNING });
	assert_int_equal(screen_deadline(&s.model), 11000 + IDLE_MS);
	/* Time never runs backwards in the model. */
	stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 5, .now = MORNING });
	assert_int_equal(s.model.t_ms, 11000 + IDLE_MS - 5);
	stage_free(&s);
}

/* ID is on the page of the open view that is shown, or on a later one. */
static const struct item *on_some_page(struct stage *s, const char *id)
{
	static const char *const pages[] = { "page 0", "page 1", "page 2" };
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		const struct item *item = item_by_id(stage_view(s), id);
		if (item)
			return item;
		stage_tap(s, pages[i]);
	}
	return item_by_id(stage_view(s), id);
}

/* The item that is open goes away: the view says so and the way home stays. */
static void what_vanished_is_said(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	((struct notice *)centre_notice(other.feed.centre, "vann"))->level = LEVEL_NORMAL;
	stage_tap(&s, "open need:turvenn");
	assert_non_null(on_some_page(&s, "qr"));
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .feed = &other.feed });
	const struct display *d = stage_view(&s);
	assert_string_equal(d->view, "need");
	assert_null(item_by_id(d, "qr"));
	assert_non_null(item_by_words(d, "tatt bort"));
	assert_true(item_by_id(d, "home")->has_hit);
	assert_true(item_by_id(d, "back")->has_hit);
	stage_free(&other);
	stage_free(&s);
}

/* During a visit what is open changes where it stands. */
static void texts_change_in_place(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, SAMPLE, "2026-11-24T09:41");
	struct need *need = (struct need *)centre_need(other.feed.centre, "turvenn");
	need->taken = need->seats;
	stage_tap(&s, "open need:turvenn");
	const struct display *d = stage_view(&s);
	struct rect title = item_by_id(d, "title")->rect, home = item_by_id(d, "home")->rect;
	assert_string_not_equal(on_some_page(&s, "seats")->text, "Fullt");
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .feed = &other.feed });
	d = stage_view(&s);
	assert_string_equal(d->view, "need");
	assert_string_equal(item_by_id(d, "seats")->text, "Fullt");
	assert_null(item_by_id(d, "qr"));
	stage_tap(&s, "page 0");
	d = stage_view(&s);
	assert_int_equal(item_by_id(d, "title")->rect.x, title.x);
	assert_int_equal(item_by_id(d, "title")->rect.y, title.y);
	assert_memory_equal(&item_by_id(d, "home")->rect, &home, sizeof home);
	stage_free(&other);
	stage_free(&s);
}

static void pressed_is_shown(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	int32_t before = item_by_id(stage_view(&s), "help")->bg;
	down(&s, 1000, "help");
	const struct item *help = item_by_id(stage_view(&s), "help");
	assert_int_not_equal(help->bg, before);
	assert_int_equal(item_by_id(&s.display, "help/icon")->bg, help->bg);
	up(&s, 1100);
	assert_int_equal(item_by_id(stage_view(&s), "help")->bg, before);
	/* An id longer than any, and one that is not there. */
	char longest[400];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	down(&s, 2000, longest);
	assert_string_equal(s.model.pressed, "");
	down(&s, 2000, "nothing");
	assert_non_null(stage_view(&s));
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(back_is_capped),
		cmocka_unit_test(nonsense_is_ignored),
		cmocka_unit_test(never_under_a_finger),
		cmocka_unit_test(lists_wait_for_the_next_step),
		cmocka_unit_test(with_nobody_here_all_is_seen_at_once),
		cmocka_unit_test(languages),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(what_vanished_is_said),
		cmocka_unit_test(texts_change_in_place),
		cmocka_unit_test(pressed_is_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
