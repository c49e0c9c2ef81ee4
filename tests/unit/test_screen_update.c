/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each message, and what it makes of the model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screen_ruler.h"

static const struct civil MORNING = { 2026, 11, 24, 9, 41, 0, false };

static void tick(struct stage *s, int64_t t_ms)
{
	stage_send(s, (struct msg){ .kind = MSG_TICK, .t_ms = t_ms, .now = MORNING });
}

static void down(struct stage *s, int64_t t_ms, const char *item)
{
	stage_send(s, (struct msg){ .kind = MSG_DOWN, .t_ms = t_ms, .item = item });
}

static void up(struct stage *s, int64_t t_ms)
{
	stage_send(s, (struct msg){ .kind = MSG_UP, .t_ms = t_ms });
}

static bool has_effect(const struct stage *s, enum effect_kind kind)
{
	for (int i = 0; i < s->effects.n; i++)
		if (s->effects.v[i].kind == kind)
			return true;
	return false;
}

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

static void idle_goes_home(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	down(&s, 1000, NULL);
	assert_true(has_effect(&s, EFFECT_VISIT_BEGAN));
	up(&s, 1100);
	stage_tap(&s, "open needs");
	stage_tap(&s, "language en");
	assert_false(has_effect(&s, EFFECT_VISIT_BEGAN));
	assert_true(s.model.lang_chosen);
	tick(&s, 1100 + IDLE_MS - 1);
	assert_int_equal(s.model.place.view, VIEW_NEEDS);
	assert_true(screen_deadline(&s.model) <= 1100 + IDLE_MS);
	tick(&s, 1100 + IDLE_MS);
	assert_true(has_effect(&s, EFFECT_VISIT_ENDED));
	assert_int_equal(s.model.place.view, VIEW_HOME);
	assert_string_equal(s.model.lang, "nb");
	assert_false(s.model.lang_chosen);
	tick(&s, 1100 + 3 * IDLE_MS);
	assert_false(has_effect(&s, EFFECT_VISIT_ENDED));
	stage_free(&s);
}

static void who_scans_has_longer(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	assert_true(model_shows_qr(&s.model));
	tick(&s, IDLE_QR_MS - 1);
	assert_int_equal(s.model.place.view, VIEW_NEED);
	tick(&s, IDLE_QR_MS);
	assert_int_equal(s.model.place.view, VIEW_HOME);
	/* A full need and an activity without sign-up have no code. */
	stage_tap(&s, "open need:vaffelsteker");
	assert_false(model_shows_qr(&s.model));
	stage_tap(&s, "open activity:sangstund");
	assert_false(model_shows_qr(&s.model));
	stage_tap(&s, "open activity:onsdagsturen");
	assert_true(model_shows_qr(&s.model));
	stage_free(&s);
}

static void never_under_a_finger(void **state)
{
	struct stage s;
	struct screen_feed second, third;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	second = third = s.feed;
	stage_tap(&s, "open needs");
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
	assert_ptr_equal(s.model.shown.feed, &s.feed);
	assert_int_equal(s.model.place.view, VIEW_NEEDS);
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

/* The item that is open goes away: the view says so and the way home stays. */
static void what_vanished_is_said(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	assert_non_null(item_by_id(stage_view(&s), "qr"));
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
	assert_null(item_by_words(d, "Fullt"));
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .feed = &other.feed });
	d = stage_view(&s);
	assert_string_equal(d->view, "need");
	assert_string_equal(item_by_id(d, "seats")->text, "Fullt");
	assert_null(item_by_id(d, "qr"));
	assert_int_equal(item_by_id(d, "title")->rect.x, title.x);
	assert_int_equal(item_by_id(d, "title")->rect.y, title.y);
	assert_memory_equal(&item_by_id(d, "home")->rect, &home, sizeof home);
	stage_free(&other);
	stage_free(&s);
}

/* On home at once, before everything else; under a finger when it lifts. */
static void urgent_is_seen_at_once(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	assert_null(item_by_id(stage_view(&s), "card:vann"));
	down(&s, 1000, "help");
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 1010, .feed = &other.feed });
	assert_null(item_by_id(stage_view(&s), "card:vann"));
	up(&s, 1100);
	const struct item *card = item_by_id(stage_view(&s), "card:vann");
	assert_non_null(card);
	assert_string_equal(card->state, "urgent");
	assert_int_equal(card->focus, 0);
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 1200, .feed = &s.feed });
	assert_null(item_by_id(stage_view(&s), "card:vann"));
	stage_send(&s, (struct msg){ .kind = MSG_FEED, .t_ms = 1300, .feed = &other.feed });
	assert_non_null(item_by_id(stage_view(&s), "card:vann"));
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
		cmocka_unit_test(idle_goes_home),
		cmocka_unit_test(who_scans_has_longer),
		cmocka_unit_test(never_under_a_finger),
		cmocka_unit_test(languages),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(what_vanished_is_said),
		cmocka_unit_test(texts_change_in_place),
		cmocka_unit_test(urgent_is_seen_at_once),
		cmocka_unit_test(pressed_is_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
