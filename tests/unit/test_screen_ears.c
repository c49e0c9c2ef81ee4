/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With eyes closed: what is typed and never said to a room, and the picture of speech mode. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "screen/speech_inside.h"
#include "screen_heard.h"

/* ---- what is typed */

static const char NUMBER[] = "46813579";

static void type_number(struct stage *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		choose(s, arena_printf(&said_arena, "key %c", NUMBER[i]));
}

static void digits_are_for_a_headset(void **state)
{
	struct stage s;
	(void)state;
	for (int headset = 0; headset < 2; headset++) {
		begin(&s, headset);
		stage_tap(&s, "open callback");
		assert_int_equal(hears(&s, "Andre kan høre"), !headset);
		type_number(&s, 3);
		assert_string_equal(s.model.callback.number, "468");
		assert_int_equal(s.model.speech.say, SAY_TYPED);
		struct script script = script_of(&s);
		assert_non_null(strstr(script.v[script.n - 1].text, "Siffer skrevet. 3 av 8"));
		assert_int_equal(script.n, headset ? 2 : 1);
		if (headset) {
			assert_string_equal(script.v[0].text, "8");
			assert_true(script.v[0].secret && script.v[0].unlogged);
		}
		stage_tap(&s, "key e");
		assert_true(hears(&s, "Siffer slettet. 2 sifre igjen"));
		stage_free(&s);
	}
}

/* Nothing that goes to the room, or to the log, holds what was typed, wherever the focus is. */
static void a_room_never_hears_the_number(void **state)
{
	struct stage s;
	(void)state;
	for (int headset = 0; headset < 2; headset++) {
		bool told = false;
		begin(&s, headset);
		stage_tap(&s, "open callback");
		type_number(&s, 8);
		for (int step = 0; step < 2; step++) {
			for (int i = 0; i < 30; i++) {
				struct script script = script_of(&s);
				for (size_t u = 0; u < script.n; u++) {
					const struct utterance *said = &script.v[u];
					told |= strstr(said->text, "4 6, 8 1") != NULL;
					assert_true(!said->secret || headset);
					assert_true(!strstr(said->text, "4 6") || (headset && said->unlogged));
					assert_null(strstr(said->text, "468"));
				}
				press(&s, SPEECH_FORWARD);
			}
			stage_tap(&s, "say view");
			assert_int_equal(hears(&s, "4 6, 8 1"), headset);
			stage_tap(&s, "callback review");
		}
		assert_int_equal(told, headset);
		stage_free(&s);
	}
}

static void which_key_has_the_focus_is_in_no_log(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "open callback");
	for (int i = 0; i < 30; i++) {
		bool on_key = strncmp(action_of(&s, SPEECH_CHOOSE), "key ", 4) == 0;
		struct script script = script_of(&s);
		for (size_t u = 0; u < script.n; u++)
			assert_int_equal(script.v[u].unlogged, on_key);
		press_shown(&s, SPEECH_FORWARD);
	}
	stage_free(&s);
}

static void an_error_is_said_with_what_to_do(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "open callback");
	type_number(&s, 3);
	choose(&s, "callback review");
	assert_true(s.model.callback.bad);
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	assert_true(hears(&s, "Et norsk nummer har 8. Skriv resten."));
	assert_true(hears(&s, "Ring meg"));
	/* Not all the keys with it. */
	assert_null(strstr(heard(&s), "pluss"));
	stage_free(&s);
}

/* Keeping, kept, sent: each is said whole, with the promised day. */
static void what_became_of_it_is_said_whole(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "open callback");
	type_number(&s, 8);
	choose(&s, "callback review");
	while (s.model.callback.step == CALLBACK_REVIEW) {
		stage_view(&s);
		choose(&s, item_by_words(&s.display, "Les videre") ? "page 1" : "callback send");
		if (s.model.callback.step == CALLBACK_REVIEW && s.model.place.page > 0)
			choose(&s, "callback send");
	}
	assert_int_equal(s.model.callback.step, CALLBACK_ASKED);
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	stage_send(&s, (struct msg){ .kind = MSG_CALLBACK,
				     .serial = s.model.callback.serial,
				     .callback_state = CALLBACK_SENT,
				     .promised = { 2026, 11, 26, 0, 0, 0, true } });
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	assert_true(hears(&s, "Sendt"));
	assert_true(hears(&s, "26. november"));
	stage_free(&s);
}

/* ---- the picture */

static double mm(const struct display *d, int px)
{
	return px * d->mm_per_px;
}

static void check_zones(const struct display *d, const struct item *zones[3])
{
	bool beside = zones[0]->rect.y == zones[1]->rect.y;
	for (int i = 0; i < 3; i++) {
		const struct rect *r = &zones[i]->rect;
		assert_true(mm(d, r->w) >= 100);
		assert_true(mm(d, r->h) >= 25);
		assert_true(mm(d, d->h - r->y) <= 351);
		assert_true(mm(d, r->x) >= 10 && mm(d, d->w - r->x - r->w) >= 10 && mm(d, d->h - r->y - r->h) >= 10);
		if (i == 0)
			continue;
		const struct rect *before = &zones[i - 1]->rect;
		int gap = beside ? abs(r->x - before->x) - r->w : r->y - before->y - before->h;
		assert_true(mm(d, gap) >= 6);
	}
}

static void check_items(const struct display *d)
{
	assert_int_equal(d->n_dropped, 0);
	for (size_t i = 0; i < d->n_items; i++) {
		const struct item *item = &d->items[i];
		assert_false(item->truncated);
		assert_true(item->rect.x >= 0 && item->rect.y >= 0 && item->rect.x + item->rect.w <= d->w &&
			    item->rect.y + item->rect.h <= d->h);
		if (!item->has_hit)
			continue;
		assert_true(item->spoken && *item->spoken);
		assert_true(mm(d, item->rect.h) >= 24.9 && mm(d, item->rect.w) >= 24.9);
		/* Only one zone does anything; all else moves the focus or says it again. */
		if (strcmp(item->id, SPEECH_CHOOSE) != 0)
			assert_true(strncmp(item->action, "focus ", 6) == 0 || strcmp(item->action, "say focus") == 0);
	}
}

static void zones_stay_where_they_are(void **state)
{
	static const double diagonals[] = { 15.6, 21.5, 24, 32, 43 };
	static const char *const langs[] = { "nb", "ar", "de", "ti" };
	static const char *const ids[] = { SPEECH_BACK, SPEECH_CHOOSE, SPEECH_FORWARD };
	struct stage s;
	(void)state;
	begin(&s, false);
	for (int i = 0; i < 5 * 2 * 2 * 2; i++) {
		s.around.diagonal_in = diagonals[i % 5];
		s.around.w = i / 5 % 2 ? 1080 : 1920;
		s.around.h = i / 5 % 2 ? 1920 : 1080;
		s.around.scale = i / 10 % 2 ? 1.4 : 1;
		s.around.reach = i / 20 % 2;
		struct rect first[3] = { 0 };
		stage_tap(&s, arena_printf(&said_arena, "language %s", langs[i % 4]));
		for (size_t p = 0; p < HEARD_PLACES; p += 3 + (size_t)i % 3) {
			stage_tap(&s, heard_places[p]);
			for (int focus = 0; focus < 6; focus++) {
				const struct display *d = stage_view(&s);
				const struct item *zones[3];
				check_items(d);
				for (int z = 0; z < 3; z++) {
					zones[z] = item_by_id(d, ids[z]);
					assert_non_null(zones[z]);
					if (first[z].w == 0)
						first[z] = zones[z]->rect;
					assert_memory_equal(&first[z], &zones[z]->rect, sizeof first[z]);
				}
				check_zones(d, zones);
				assert_non_null(item_by_id(d, SPEECH_LABEL));
				press_shown(&s, SPEECH_FORWARD);
			}
		}
	}
	stage_free(&s);
}

static void a_crowded_view_is_heard_whole(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	/* Its urgent notice answers nothing at first. */
	stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 10000, .now = s.model.shown.now });
	stage_tap(&s, "open activities");
	stage_tap(&s, "say view");
	struct script script = script_of(&s);
	assert_true(script.n >= 1 && script.n < UTTERANCES_MAX);
	stage_free(&s);
}

static void no_feed_is_said_too(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, NULL, "2026-11-24T09:41");
	stage_send(&s, (struct msg){ .kind = MSG_SPEECH_KEY });
	assert_non_null(item_by_id(stage_view(&s), SPEECH_CHOOSE));
	stage_tap(&s, "say view");
	assert_true(hears(&s, "resepsjonen"));
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_for_a_headset),
		cmocka_unit_test(a_room_never_hears_the_number),
		cmocka_unit_test(which_key_has_the_focus_is_in_no_log),
		cmocka_unit_test(an_error_is_said_with_what_to_do),
		cmocka_unit_test(what_became_of_it_is_said_whole),
		cmocka_unit_test(zones_stay_where_they_are),
		cmocka_unit_test(a_crowded_view_is_heard_whole),
		cmocka_unit_test(no_feed_is_said_too),
	};
	return cmocka_run_group_tests(tests, heard_set_up, heard_tear_down);
}
