/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Ring meg": from the first digit to what became of it, and where a number must never be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "screen/update.h"
#include "stage_time.h"

static const char NUMBER[] = "01907356";

static void begin(struct stage *s)
{
	stage_init(s, SAMPLE, "2026-11-24T09:41");
	stage_tap(s, "open callback");
}

static void type(struct stage *s, const char *keys)
{
	char action[] = "key 0";
	for (; *keys; keys++) {
		action[4] = *keys;
		stage_tap(s, action);
	}
}

static const char *typed(const struct stage *s)
{
	return s->model.callback.number;
}

static bool holds(const void *bytes, size_t size, const char *needle)
{
	return memmem(bytes, size, needle, strlen(needle)) != NULL;
}

static bool shows(struct stage *s, const char *words)
{
	return item_by_words(stage_view(s), words) != NULL;
}

/* ---- typing */

static void digits_are_taken_as_a_telephone_takes_them(void **state)
{
	static const struct {
		const char *keys, *number;
	} cases[] = {
		{ "00001234", "00001234" },
		{ "000012349", "00001234" },
		{ "0+0", "00" },
		{ "++47", "+47" },
		{ "+1234567890123456", "+123456789012345" },
		{ "12e3", "13" },
		{ "1eee2", "2" },
		{ "+e12345678", "12345678" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stage s;
		begin(&s);
		type(&s, cases[i].keys);
		assert_string_equal(typed(&s), cases[i].number);
		stage_free(&s);
	}
}

static void what_can_be_called(void **state)
{
	static const char *const good[] = { "00001234", "+4700001234", "+1234567", "+123456789012345" };
	static const char *const bad[] = { "",          "+",       "0000123",
					   "000012345", "+123456", "+1234567890123456",
					   "0000 234",  "0000123x" };
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(callback_number_ok(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(callback_number_ok(bad[i]));
}

static void a_number_that_is_none_says_what_to_do(void **state)
{
	static const struct {
		const char *keys, *words;
	} cases[] = { { "", "Trykk på tallene" }, { "0190", "Du har skrevet 4 sifre." }, { "+4790", "minst 7 sifre" } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stage s;
		begin(&s);
		assert_true(shows(&s, "Et norsk nummer har 8 sifre."));
		type(&s, cases[i].keys);
		stage_tap(&s, "callback review");
		assert_int_equal(s.model.callback.step, CALLBACK_NUMBER);
		assert_true(shows(&s, cases[i].words));
		type(&s, "1");
		assert_false(shows(&s, cases[i].words));
		stage_free(&s);
	}
}

/* ---- what is shown */

static const struct item *number_item(struct stage *s)
{
	return item_by_id(stage_view(s), "callback/number");
}

/* As it is drawn, from left to right; a line that is left of the one before has no place here. */
static void read_drawn(const struct item *item, char *out)
{
	for (size_t i = 0; i < item->n_lines; i++) {
		assert_true(i == 0 || item->lines[i].x > item->lines[i - 1].x);
		assert_int_equal(strlen(item->lines[i].text), 1);
		*out++ = item->lines[i].text[0];
	}
	*out = '\0';
}

static void the_number_is_drawn_and_nowhere_told(void **state)
{
	static const char *const langs[] = { "language nb", "language ar", "language ur" };
	static const char *const whole[] = { "01907356", "01 90 73 56" };
	(void)state;
	for (size_t l = 0; l < sizeof langs / sizeof langs[0]; l++) {
		struct stage s;
		char drawn[32];
		begin(&s);
		stage_tap(&s, langs[l]);
		type(&s, NUMBER);
		for (int step = 0; step < 2; step++) {
			const struct item *item = number_item(&s);
			assert_non_null(item);
			assert_true(item->is_private && s.display.is_private);
			assert_string_equal(item->text, "•• •• •• ••");
			read_drawn(item, drawn);
			assert_string_equal(drawn, NUMBER);
			for (size_t i = 0; i < s.display.n_items; i++) {
				const char *words[] = { s.display.items[i].text, s.display.items[i].spoken,
							s.display.items[i].action, s.display.items[i].id };
				for (size_t k = 0; k < 8; k++)
					assert_true(!words[k / 2] || !strstr(words[k / 2], whole[k % 2]));
			}
			stage_tap(&s, "callback review");
		}
		assert_int_equal(s.model.callback.step, CALLBACK_REVIEW);
		stage_free(&s);
	}
}

static void pairs_stand_apart(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	type(&s, NUMBER);
	const struct item *item = number_item(&s);
	for (int i = 1; i < 8; i++) {
		int gap = item->lines[i].x - item->lines[i - 1].x - item->lines[i - 1].w;
		assert_true(i % 2 ? gap == 0 : gap > item->lines[i].w / 3);
	}
	stage_free(&s);
}

/* "+", then pairs, of which half go below where no type is small enough for one line. */
static void a_number_too_long_for_one_line_takes_two(void **state)
{
	static const char number[] = "+470000123400000";
	struct stage s;
	char drawn[32];
	(void)state;
	begin(&s);
	s.around.diagonal_in = 15.6;
	s.around.scale = 1.4;
	type(&s, number);
	const struct display *d = stage_view(&s);
	const struct item *item = number_item(&s), *home = item_by_id(d, "home");
	for (size_t i = 0; i < item->n_lines; i++)
		drawn[i] = item->lines[i].text[0];
	drawn[item->n_lines] = '\0';
	assert_string_equal(drawn, number);
	assert_true(item->font_px >= home->font_px);
	for (size_t i = 1; i < item->n_lines; i++)
		assert_int_equal(item->lines[i].baseline > item->lines[0].baseline, i > 8);
	assert_int_equal(item->lines[9].x, item->lines[1].x);
	assert_true(item->lines[15].baseline < item->rect.h);
	stage_free(&s);
}

static void a_room_hears_how_many_and_one_pair_of_ears_which(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	assert_string_equal(number_item(&s)->spoken, "Ingen sifre skrevet");
	type(&s, "019");
	assert_string_equal(number_item(&s)->spoken, "3 sifre skrevet");
	s.model.speech.headset = true;
	assert_string_equal(number_item(&s)->spoken, "0 1, 9");
	type(&s, "eee+47");
	assert_string_equal(number_item(&s)->spoken, "pluss 4 7");
	stage_free(&s);
}

/* ---- coming and going */

static void a_step_back_keeps_the_number_and_leaving_wipes_it(void **state)
{
	static const char *const detours[] = { "open help", "open language", "open adjust" };
	struct stage s;
	(void)state;
	begin(&s);
	type(&s, NUMBER);
	stage_tap(&s, "callback review");
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_CALLBACK);
	assert_int_equal(s.model.callback.step, CALLBACK_NUMBER);
	assert_string_equal(typed(&s), NUMBER);
	for (size_t i = 0; i < sizeof detours / sizeof detours[0]; i++) {
		stage_tap(&s, detours[i]);
		stage_tap(&s, "back");
		assert_string_equal(typed(&s), NUMBER);
	}
	stage_tap(&s, "callback review");
	stage_tap(&s, "callback change");
	assert_string_equal(typed(&s), NUMBER);
	stage_tap(&s, "back");
	assert_int_equal(s.model.place.view, VIEW_HOME);
	assert_false(holds(&s.model, sizeof s.model, NUMBER));
	stage_tap(&s, "open callback");
	assert_string_equal(typed(&s), "");
	type(&s, NUMBER);
	stage_tap(&s, "home");
	assert_false(holds(&s.model, sizeof s.model, NUMBER));
	stage_free(&s);
}

static void it_is_asked_for_180_seconds_later_and_wiped_30_after(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	type(&s, NUMBER);
	tick(&s, 179 * 1000);
	assert_int_equal(s.model.asked_ms, 0);
	tick(&s, 181 * 1000);
	assert_int_not_equal(s.model.asked_ms, 0);
	assert_string_equal(typed(&s), NUMBER);
	assert_false(stage_view(&s)->is_private);
	tick(&s, 212 * 1000);
	assert_int_equal(s.model.place.view, VIEW_HOME);
	assert_false(holds(&s.model, sizeof s.model, NUMBER));
	stage_free(&s);
}

/* ---- sending */

static void send_it(struct stage *s)
{
	type(s, NUMBER);
	stage_tap(s, "callback review");
	stage_tap(s, "callback send");
}

static void an_answer_by(struct stage *s, unsigned serial, enum callback_state what, struct civil promised)
{
	stage_send(s, (struct msg){ .kind = MSG_CALLBACK,
				    .t_ms = s->model.t_ms,
				    .serial = serial,
				    .callback_state = what,
				    .promised = promised });
}

static void an_answer(struct stage *s, unsigned serial, enum callback_state what)
{
	an_answer_by(s, serial, what, (struct civil){ 2026, 11, 26, 0, 0, 0, true });
}

static void it_goes_once_and_is_wiped_at_once(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	stage_tap(&s, "open callback");
	send_it(&s);
	assert_int_equal(s.effects.n, 1);
	assert_int_equal(s.effects.v[0].kind, EFFECT_CALL_BACK);
	assert_string_equal(s.effects.v[0].callback.number, NUMBER);
	assert_string_equal(s.effects.v[0].callback.about, "need:turvenn");
	assert_int_equal(s.effects.v[0].callback.serial, s.model.callback.serial);
	assert_false(holds(&s.model, sizeof s.model, NUMBER));
	stage_tap(&s, "callback send");
	assert_int_equal(s.effects.n, 0);
	type(&s, "1");
	assert_string_equal(typed(&s), "");
	assert_true(shows(&s, "Et øyeblikk"));
	assert_false(s.display.is_private);
	stage_free(&s);
}

static void only_an_acknowledgement_says_sent(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	send_it(&s);
	unsigned serial = s.model.callback.serial;
	an_answer(&s, serial - 1, CALLBACK_SENT);
	assert_true(shows(&s, "Et øyeblikk"));
	an_answer(&s, serial, CALLBACK_KEPT);
	assert_true(shows(&s, "sendes når nettet er tilbake"));
	assert_true(shows(&s, "Haster det, ring 00 00 12 00."));
	assert_false(shows(&s, "Sendt"));
	an_answer(&s, serial, CALLBACK_SENT);
	assert_true(shows(&s, "Sendt"));
	assert_true(shows(&s, "Vi ringer deg innen torsdag 26. november."));
	stage_free(&s);
}

static void a_day_of_another_year_says_which(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	send_it(&s);
	an_answer_by(&s, s.model.callback.serial, CALLBACK_SENT, (struct civil){ 2027, 1, 4, 0, 0, 0, true });
	assert_true(shows(&s, "Vi ringer deg innen mandag 4. januar 2027."));
	stage_free(&s);
}

static void what_is_lost_is_asked_again_about_the_same(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	stage_tap(&s, "open callback");
	send_it(&s);
	unsigned serial = s.model.callback.serial;
	an_answer(&s, serial, CALLBACK_LOST);
	assert_true(shows(&s, "Prøv en gang til, eller ring 00 00 12 00."));
	stage_tap(&s, "callback again");
	assert_string_equal(typed(&s), "");
	assert_string_equal(s.model.callback.about, "need:turvenn");
	an_answer(&s, serial, CALLBACK_SENT);
	assert_false(shows(&s, "Sendt"));
	send_it(&s);
	assert_int_equal(s.model.callback.serial, serial + 1);
	stage_free(&s);
}

static void the_answer_to_a_visit_that_is_over_shows_nothing(void **state)
{
	struct stage s;
	(void)state;
	begin(&s);
	send_it(&s);
	unsigned serial = s.model.callback.serial;
	stage_tap(&s, "home");
	an_answer(&s, serial, CALLBACK_SENT);
	assert_int_equal(s.model.place.view, VIEW_HOME);
	stage_tap(&s, "open callback");
	send_it(&s);
	an_answer(&s, serial, CALLBACK_SENT);
	assert_true(shows(&s, "Et øyeblikk"));
	stage_free(&s);
}

static void with_nobody_to_call_back_it_says_whom_to_call(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	s.model.habits.no_callbacks = true;
	stage_tap(&s, "open callback");
	assert_true(shows(&s, "Ring 00 00 12 00"));
	assert_null(item_by_id(&s.display, "key/1"));
	stage_free(&s);
}

static void what_happens_to_the_number_is_told_before_it_goes(void **state)
{
	static const char *const parts[] = { "Solbakken", "for å ringe deg", "ansatte",     "slettes",
					     "33 dager",  "Angrer du?",      "Datatilsynet" };
	struct stage s;
	(void)state;
	begin(&s);
	type(&s, NUMBER);
	stage_tap(&s, "callback review");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		assert_true(shows(&s, parts[i]));
	assert_non_null(item_by_id(&s.display, "callback/yes"));
	stage_free(&s);
}

/* ---- on every panel, in every language */

static double mm(const struct stage *s, int px)
{
	return (px + 1) * s->display.mm_per_px;
}

/* Header and furniture have a test of their own. */
static bool is_of_view(const struct item *item)
{
	return strncmp(item->id, "callback/", 9) == 0 || strncmp(item->id, "key/", 4) == 0;
}

static void look_at_keys(struct stage *s)
{
	const struct display *d = stage_view(s);
	int keys = 0;
	for (size_t i = 0; i < d->n_items; i++) {
		const struct item *a = &d->items[i];
		bool inside = a->rect.x >= 0 && a->rect.y >= 0 && a->rect.x + a->rect.w <= d->w &&
			      a->rect.y + a->rect.h <= d->h;
		if (is_of_view(a) && (a->truncated || !inside))
			fail_msg("%dx%d of %.1f, %s: %s \"%s\" at %d,%d, %dx%d", d->w, d->h, s->around.diagonal_in,
				 d->lang, a->id, a->text ? a->text : "", a->rect.x, a->rect.y, a->rect.w, a->rect.h);
		keys += a->role == ROLE_KEY;
		if (a->role == ROLE_KEY && (mm(s, a->rect.w) < 25 || mm(s, a->rect.h) < 25))
			fail_msg("%dx%d, %s: %s is %.1f x %.1f mm", d->w, d->h, d->lang, a->id, mm(s, a->rect.w),
				 mm(s, a->rect.h));
	}
	assert_int_equal(keys, 12);
	const struct item *one = item_by_id(d, "key/1"), *two = item_by_id(d, "key/2"), *four = item_by_id(d, "key/4");
	assert_true(one->rect.x < two->rect.x && one->rect.y == two->rect.y && one->rect.x == four->rect.x);
	assert_non_null(item_by_id(d, "callback/next"));
}

static void look_at_review(struct stage *s)
{
	for (int page = 0; page < 12; page++) {
		const struct display *d = stage_view(s);
		const struct item *yes = item_by_id(d, "callback/yes"), *more = item_by_id(d, "callback/more");
		const struct item *no = item_by_id(d, "callback/change"), *on = yes ? yes : more;
		assert_non_null(no);
		assert_non_null(on);
		for (size_t i = 0; i < d->n_items; i++)
			assert_false(is_of_view(&d->items[i]) && d->items[i].truncated);
		int dx = on->rect.x > no->rect.x ? on->rect.x - no->rect.x - no->rect.w
						 : no->rect.x - on->rect.x - on->rect.w;
		int dy = on->rect.y > no->rect.y ? on->rect.y - no->rect.y - no->rect.h
						 : no->rect.y - on->rect.y - on->rect.h;
		assert_true(mm(s, dx > dy ? dx : dy) >= 15);
		if (yes)
			return;
		char action[ACTION_SIZE];
		snprintf(action, sizeof action, "%s", more->action);
		stage_tap(s, action);
	}
	fail_msg("the last page never comes");
}

static void it_fits_every_panel_in_every_language(void **state)
{
	static const struct {
		int w, h;
		double diagonal;
	} panels[] = { { 1920, 1080, 15.6 }, { 1080, 1920, 15.6 }, { 1920, 1080, 24 },
		       { 1080, 1920, 24 },   { 1920, 1080, 43 },   { 1080, 1920, 43 } };
	(void)state;
	for (size_t p = 0; p < 4 * sizeof panels / sizeof panels[0]; p++) {
		struct stage s;
		begin(&s);
		s.around.w = panels[p / 4].w;
		s.around.h = panels[p / 4].h;
		s.around.diagonal_in = panels[p / 4].diagonal;
		s.around.scale = p % 2 ? 1.4 : 1;
		s.around.reach = p / 2 % 2;
		for (size_t l = 0; l < lang_count(); l++) {
			char action[32];
			snprintf(action, sizeof action, "language %s", lang_code(lang_at(l)));
			stage_tap(&s, action);
			stage_tap(&s, "callback review"); /* with advice */
			look_at_keys(&s);
			type(&s, NUMBER);
			look_at_keys(&s);
			stage_tap(&s, "callback review");
			look_at_review(&s);
			stage_tap(&s, "callback change");
			type(&s, "eeeeeeee");
		}
		stage_free(&s);
	}
}

/* ---- memory */

static void a_wiped_arena_holds_nothing(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena, 1 << 20);
	char *first = arena_strdup(&arena, NUMBER);
	assert_non_null(first);
	arena_wipe(&arena);
	/* The block stays for the next round. */
	for (size_t i = 0; i < sizeof NUMBER; i++)
		assert_int_equal(first[i], 0);
	for (int i = 0; i < 1000; i++)
		assert_non_null(arena_printf(&arena, "%s %d", NUMBER, i));
	arena_wipe(&arena);
	assert_int_equal(arena.used, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_taken_as_a_telephone_takes_them),
		cmocka_unit_test(what_can_be_called),
		cmocka_unit_test(a_number_that_is_none_says_what_to_do),
		cmocka_unit_test(the_number_is_drawn_and_nowhere_told),
		cmocka_unit_test(pairs_stand_apart),
		cmocka_unit_test(a_number_too_long_for_one_line_takes_two),
		cmocka_unit_test(a_room_hears_how_many_and_one_pair_of_ears_which),
		cmocka_unit_test(a_step_back_keeps_the_number_and_leaving_wipes_it),
		cmocka_unit_test(it_is_asked_for_180_seconds_later_and_wiped_30_after),
		cmocka_unit_test(it_goes_once_and_is_wiped_at_once),
		cmocka_unit_test(only_an_acknowledgement_says_sent),
		cmocka_unit_test(a_day_of_another_year_says_which),
		cmocka_unit_test(what_is_lost_is_asked_again_about_the_same),
		cmocka_unit_test(the_answer_to_a_visit_that_is_over_shows_nothing),
		cmocka_unit_test(with_nobody_to_call_back_it_says_whom_to_call),
		cmocka_unit_test(what_happens_to_the_number_is_told_before_it_goes),
		cmocka_unit_test(it_fits_every_panel_in_every_language),
		cmocka_unit_test(a_wiped_arena_holds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
