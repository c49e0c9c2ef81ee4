/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before the place where a visitor is: the question, an urgent notice, night, cleaning, a clock that nobody
 * trusts; and what time alone does to the picture. */
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

/* Asked first, for 30 s; then home, and nothing is left of the visit (accessibility T11, T12). */
static void idle_asks_and_goes_home(void **state)
{
	struct stage s, fresh;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&fresh, SAMPLE, "2026-11-24T09:41");
	down(&s, 1000, NULL);
	assert_true(has_effect(&s, EFFECT_VISIT_BEGAN));
	up(&s, 1100);
	stage_tap(&s, "language en");
	stage_tap(&s, "adjust large");
	stage_tap(&s, "adjust contrast");
	stage_tap(&s, "adjust reach");
	stage_tap(&s, "voice louder");
	stage_tap(&s, "open needs");
	assert_false(has_effect(&s, EFFECT_VISIT_BEGAN));
	assert_true(s.model.lang_chosen);
	tick(&s, 1100 + IDLE_MS - 1);
	assert_int_equal(view_of(&s), VIEW_NEEDS);
	assert_true(screen_deadline(&s.model) <= 1100 + IDLE_MS);
	tick(&s, 1100 + IDLE_MS);
	assert_int_equal(view_of(&s), VIEW_STILL);
	assert_false(has_effect(&s, EFFECT_VISIT_ENDED));
	assert_string_equal(s.model.lang, "en");
	assert_int_equal(screen_deadline(&s.model), 1100 + IDLE_MS + STILL_MS);
	tick(&s, 1100 + IDLE_MS + STILL_MS - 1);
	assert_int_equal(view_of(&s), VIEW_STILL);
	tick(&s, 1100 + IDLE_MS + STILL_MS);
	assert_true(has_effect(&s, EFFECT_VISIT_ENDED));
	assert_int_equal(view_of(&s), VIEW_HOME);
	assert_string_equal(s.model.lang, "nb");
	assert_int_equal(s.model.speech.volume, VOLUME_USUAL);
	assert_int_equal(s.model.n_back, 0);
	tick(&s, 1100 + 3 * IDLE_MS);
	assert_false(has_effect(&s, EFFECT_VISIT_ENDED));
	/* As it was when the program began, but for where the idle picture has moved to. */
	fresh.model.shift = s.model.shift;
	assert_true(display_equal(stage_view(&s), stage_view(&fresh)));
	stage_free(&fresh);
	stage_free(&s);
}

static void any_touch_goes_on_where_one_was(void **state)
{
	int64_t t = 1000;
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open needs");
	stage_tap(&s, "language en");
	/* However often. */
	for (int i = 0; i < rounds(15); i++, t += 1000) {
		t += IDLE_MS;
		tick(&s, t);
		assert_int_equal(view_of(&s), VIEW_STILL);
		/* Under the finger it waits, however long; and leaving is what counts. */
		t += STILL_MS - 1;
		down(&s, t, i % 2 ? "still" : NULL);
		assert_int_equal(view_of(&s), VIEW_STILL);
		t += 5000;
		tick(&s, t);
		assert_int_equal(view_of(&s), VIEW_STILL);
		if (i % 2)
			stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = t, .action = "stay" });
		up(&s, t);
		assert_int_equal(view_of(&s), VIEW_NEEDS);
		assert_string_equal(s.model.lang, "en");
	}
	/* What is tapped while it stands does nothing else. */
	tick(&s, t + IDLE_MS);
	stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = t + IDLE_MS + 10, .action = "home" });
	assert_int_equal(view_of(&s), VIEW_NEEDS);
	/* Its whole panel, but for the strip at the bezel, is one control. */
	tick(&s, t + 2 * IDLE_MS + 10);
	const struct display *d = stage_view(&s);
	assert_string_equal(d->view, "still");
	assert_string_equal(display_hit(d, 60, 60)->action, "stay");
	assert_string_equal(display_hit(d, 1850, 1000)->action, "stay");
	assert_null(item_by_id(d, "home"));
	stage_free(&s);
}

static void who_leans_keeps_no_visit_alive(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open needs");
	down(&s, 80000, NULL);
	leaned(&s, 90001);
	tick(&s, 80000 + IDLE_MS - 1);
	assert_int_equal(view_of(&s), VIEW_NEEDS);
	tick(&s, 80000 + IDLE_MS);
	assert_int_equal(view_of(&s), VIEW_STILL);
	down(&s, 175000, NULL);
	leaned(&s, 185001);
	assert_int_equal(view_of(&s), VIEW_STILL);
	tick(&s, 80000 + IDLE_MS + STILL_MS);
	assert_int_equal(view_of(&s), VIEW_HOME);
	stage_free(&s);
}

static void who_scans_types_or_listens_has_longer(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	assert_true(model_shows_qr(&s.model));
	tick(&s, IDLE_LONG_MS - 1);
	assert_int_equal(view_of(&s), VIEW_NEED);
	tick(&s, IDLE_LONG_MS);
	assert_int_equal(view_of(&s), VIEW_STILL);
	up(&s, IDLE_LONG_MS);
	stage_tap(&s, "stay");
	/* A full need and an activity without sign-up have no code. */
	stage_tap(&s, "open need:vaffelsteker");
	assert_false(model_shows_qr(&s.model));
	stage_tap(&s, "open activity:sangstund");
	assert_false(model_shows_qr(&s.model));
	stage_tap(&s, "open activity:onsdagsturen");
	assert_true(model_shows_qr(&s.model));
	stage_tap(&s, "home");
	stage_tap(&s, "open callback");
	tick(&s, 2 * (int64_t)IDLE_LONG_MS - 1);
	assert_int_equal(view_of(&s), VIEW_CALLBACK);
	stage_tap(&s, "home");
	stage_send(&s, (struct msg){ .kind = MSG_SPEECH_KEY });
	tick(&s, 3 * (int64_t)IDLE_LONG_MS - 2);
	assert_int_equal(view_of(&s), VIEW_HOME);
	/* With eyes closed the question is heard. */
	unsigned serial = s.model.speech.serial;
	tick(&s, 3 * (int64_t)IDLE_LONG_MS - 1);
	assert_int_equal(view_of(&s), VIEW_STILL);
	assert_int_not_equal(s.model.speech.serial, serial);
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	stage_free(&s);
}

/* In the middle of a visit, but never under a finger; put aside it stays away until the visit is over. */
static void urgent_takes_over(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	stage_tap(&s, "open callback");
	stage_tap(&s, "key 4");
	down(&s, 1000, "help");
	feed(&s, 1010, &other.feed);
	assert_int_equal(view_of(&s), VIEW_CALLBACK);
	up(&s, 1100);
	assert_int_equal(view_of(&s), VIEW_URGENT);
	const struct display *d = stage_view(&s);
	assert_string_equal(item_by_id(d, "header/title")->text, "Viktig beskjed");
	assert_non_null(item_by_words(d, "Haster"));
	assert_string_equal(item_by_id(d, "urgent/icon")->icon, "urgent");
	assert_non_null(item_by_words(d, "Vannet er stengt"));
	assert_string_equal(item_by_id(d, "urgent/done")->action, "read");
	assert_non_null(item_by_id(d, "language"));
	/* For half a second it answers nothing. */
	stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = 1100 + 499, .action = "read" });
	assert_int_equal(view_of(&s), VIEW_URGENT);
	/* In the reader's own language; then back to it. */
	stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = 2000, .action = "open language" });
	assert_int_equal(view_of(&s), VIEW_LANGUAGE);
	stage_tap(&s, "language en");
	assert_int_equal(view_of(&s), VIEW_URGENT);
	assert_non_null(item_by_words(stage_view(&s), "The water is off"));
	stage_tap(&s, "read");
	assert_int_equal(view_of(&s), VIEW_CALLBACK);
	assert_string_equal(s.model.callback.number, "4");
	tick(&s, 3000);
	assert_int_equal(view_of(&s), VIEW_CALLBACK);
	tick(&s, 2000 + IDLE_LONG_MS);
	tick(&s, 2000 + IDLE_LONG_MS + STILL_MS);
	assert_true(has_effect(&s, EFFECT_VISIT_ENDED));
	assert_int_equal(view_of(&s), VIEW_URGENT);
	assert_string_equal(s.model.callback.number, "");
	/* Until it ends. */
	tick_at(&s, 300000, (struct civil){ 2026, 11, 24, 14, 0, 0, false });
	assert_int_equal(view_of(&s), VIEW_HOME);
	stage_free(&other);
	stage_free(&s);
}

static void urgent_in_another_tongue_says_so(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	assert_null(item_by_id(stage_view(&s), "urgent/language"));
	tick(&s, 1000);
	/* A language that the centre never writes: the header says so of everything. */
	stage_tap(&s, "language pl");
	const struct display *d = stage_view(&s);
	assert_non_null(item_by_words(d, "Vannet er stengt"));
	assert_string_equal(item_by_id(d, "title")->lang, "nb");
	assert_string_equal(item_by_words(d, "Napisane po norwesku")->lang, "pl");
	assert_null(item_by_id(d, "urgent/language"));
	/* One that it does write, but not here. */
	struct notice *notice = (struct notice *)centre_notice(s.feed.centre, "vann");
	notice->name.n = notice->text.n = 1;
	stage_tap(&s, "language en");
	d = stage_view(&s);
	assert_string_equal(item_by_id(d, "title")->lang, "nb");
	assert_string_equal(item_by_id(d, "urgent/language")->text, "Written in Norwegian");
	stage_free(&s);
}

/* A copy of CROWDED's centre with one urgent notice more. */
static void add_urgent(struct stage *s, struct notice notices[2])
{
	struct centre *centre = (struct centre *)s->feed.centre;
	notices[0] = *centre_notice(centre, "vann");
	notices[1] = notices[0];
	notices[1].id = "heis";
	centre->notices = notices;
	centre->n_notices = 2;
}

static void urgent_notices_take_turns(void **state)
{
	struct notice notices[2];
	struct stage s, other;
	(void)state;
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	add_urgent(&other, notices);
	feed(&s, 10, &other.feed);
	assert_string_equal(s.model.place.id, "vann");
	assert_string_equal(item_by_id(stage_view(&s), "header/title")->text, "Viktig beskjed 1 av 2");
	/* With nobody here, one a minute. */
	tick(&s, 60010);
	assert_string_equal(s.model.place.id, "heis");
	tick(&s, 120010);
	assert_string_equal(s.model.place.id, "vann");
	/* A visitor reads one after the other. */
	down(&s, 121000, "read");
	stage_tap(&s, "read");
	assert_int_equal(view_of(&s), VIEW_HOME);
	up(&s, 121100);
	assert_string_equal(s.model.place.id, "heis");
	stage_send(&s, (struct msg){ .kind = MSG_TAP, .t_ms = 122000, .action = "home" });
	assert_int_equal(view_of(&s), VIEW_HOME);
	/* One that says something else is news. */
	const struct text changed = { "nb", "Heisen st\xC3\xA5r" };
	struct stage third;
	struct notice again[2];
	stage_init(&third, CROWDED, "2026-11-24T09:41");
	add_urgent(&third, again);
	again[1].name = (struct texts){ 1, &changed };
	feed(&s, 123000, &third.feed);
	assert_string_equal(s.model.place.id, "heis");
	/* Withdrawn, it goes, and the visitor is where he was. */
	struct stage none;
	stage_init(&none, SAMPLE, "2026-11-24T09:41");
	feed(&s, 124000, &none.feed);
	assert_int_equal(view_of(&s), VIEW_HOME);
	stage_free(&none);
	stage_free(&third);
	stage_free(&other);
	stage_free(&s);
}

static void urgent_comes_before_all_else(void **state)
{
	struct stage s, other;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_init(&other, CROWDED, "2026-11-24T09:41");
	stage_tap(&s, "clean");
	assert_int_equal(view_of(&s), VIEW_CLEANING);
	feed(&s, 100, &other.feed);
	assert_int_equal(view_of(&s), VIEW_URGENT);
	/* At night too. */
	struct notice *notice = (struct notice *)centre_notice(other.feed.centre, "vann");
	notice->has_until = false;
	tick_at(&s, 200 + IDLE_MS, (struct civil){ 2026, 11, 25, 2, 0, 0, false });
	tick_at(&s, 200 + IDLE_MS + STILL_MS, (struct civil){ 2026, 11, 25, 2, 0, 30, false });
	assert_false(s.model.visiting);
	assert_int_equal(view_of(&s), VIEW_URGENT);
	stage_free(&other);
	stage_free(&s);
}

static void night(void **state)
{
	static const struct {
		const char *hours; /* of the setting */
		int from, to;
		int8_t hour, minute;
		bool asleep;
	} rows[] = {
		/* the centre's hours: open 10 to 15 at most, so 7 to 22 is day */
		{ "auto", 0, 0, 6, 59, true },         { "auto", 0, 0, 7, 0, false },
		{ "auto", 0, 0, 21, 59, false },       { "auto", 0, 0, 22, 0, true },
		{ "auto", 0, 0, 0, 0, true },          { "off", 0, 0, 3, 0, false },
		{ "22:30", 1350, 390, 22, 29, false }, { "22:30", 1350, 390, 22, 30, true },
		{ "22:30", 1350, 390, 6, 29, true },   { "22:30", 1350, 390, 6, 30, false },
		{ "01:00", 60, 300, 0, 59, false },    { "01:00", 60, 300, 1, 0, true },
		{ "01:00", 60, 300, 5, 0, false },
	};
	struct stage s;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		stage_init(&s, SAMPLE, "2026-11-24T09:41");
		bool told = rows[i].hours[0] != 'a' && rows[i].hours[0] != 'o';
		s.model.habits = (struct habits){ .night_off = rows[i].hours[0] == 'o',
						  .has_night = told,
						  .night_from = rows[i].from,
						  .night_to = rows[i].to };
		tick_at(&s, 1000, (struct civil){ 2026, 11, 23, rows[i].hour, rows[i].minute, 0, false });
		if ((view_of(&s) == VIEW_NIGHT) != rows[i].asleep)
			fail_msg("%s at %d.%02d", rows[i].hours, rows[i].hour, rows[i].minute);
		stage_free(&s);
	}
}

/* A centre that is open longer has a shorter night, but 23 to 6 is night everywhere. */
static void night_by_opening_hours(void **state)
{
	static const struct hours early = { 6 * 60 + 30, 22 * 60 + 30 }, always = { 0, 1439 };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	struct centre *centre = (struct centre *)s.feed.centre;
	for (int day = 0; day < 7; day++)
		centre->opening[day] = (struct opening){ 1, &early };
	tick_at(&s, 1000, (struct civil){ 2026, 11, 23, 6, 0, 0, false });
	assert_int_equal(view_of(&s), VIEW_HOME);
	tick_at(&s, 2000, (struct civil){ 2026, 11, 23, 5, 59, 0, false });
	assert_int_equal(view_of(&s), VIEW_NIGHT);
	centre->opening[0] = (struct opening){ 1, &always };
	tick_at(&s, 3000, (struct civil){ 2026, 11, 23, 22, 59, 0, false });
	assert_int_equal(view_of(&s), VIEW_HOME);
	tick_at(&s, 4000, (struct civil){ 2026, 11, 23, 23, 0, 0, false });
	assert_int_equal(view_of(&s), VIEW_NIGHT);
	stage_free(&s);
}

static double luminance(int32_t colour)
{
	double sum = 0;
	static const double part[] = { 0.0722, 0.7152, 0.2126 };
	for (int i = 0; i < 3; i++) {
		double c = (colour >> (8 * i) & 255) / 255.0;
		sum += part[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static void the_waking_touch_only_wakes(void **state)
{
	static const struct civil late = { 2026, 11, 24, 23, 30, 0, false };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	tick_at(&s, 1000, late);
	const struct display *d = stage_view(&s);
	assert_string_equal(d->view, "night");
	assert_non_null(item_by_words(d, "Tirsdag"));
	assert_non_null(item_by_words(d, "24. november"));
	assert_string_equal(item_by_id(d, "night/clock")->text, "23.30");
	/* 10 to 20 % of white, and still 7:1 (accessibility S3). */
	assert_true(luminance(d->background) > 0.06 && luminance(d->background) < 0.2);
	for (size_t i = 0; i < d->n_items; i++)
		if (d->items[i].text)
			assert_true((luminance(d->items[i].fg) + 0.05) / (luminance(d->items[i].bg) + 0.05) >= 7);
	assert_string_equal(display_hit(d, 960, 540)->action, "home");
	down(&s, 2000, "night");
	assert_int_equal(view_of(&s), VIEW_HOME);
	up(&s, 2100);
	assert_int_equal(s.model.place.view, VIEW_HOME);
	/* Awake it is dark too, so that nobody is dazzled, unless strong contrast is asked for. */
	assert_int_equal(stage_view(&s)->background, theme_get(THEME_NIGHT)->background);
	stage_tap(&s, "adjust contrast");
	assert_int_equal(stage_view(&s)->background, theme_get(THEME_CONTRAST)->background);
	tick_at(&s, 2100 + IDLE_MS, late);
	assert_int_equal(view_of(&s), VIEW_STILL);
	tick_at(&s, 2100 + IDLE_MS + STILL_MS, late);
	assert_int_equal(view_of(&s), VIEW_NIGHT);
	s.model.habits.night_black = true;
	d = stage_view(&s);
	assert_int_equal(d->background, 0);
	for (size_t i = 0; i < d->n_items; i++)
		assert_null(d->items[i].n_lines ? d->items[i].text : NULL);
	assert_string_equal(display_hit(d, 960, 540)->action, "home");
	stage_free(&s);
	/* Asked for by day. */
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open night");
	assert_string_equal(stage_view(&s)->view, "night");
	stage_tap(&s, "home");
	assert_string_equal(stage_view(&s)->view, "home");
	stage_free(&s);
}

static void cleaning_counts_down(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	tick(&s, 1000);
	stage_tap(&s, "open help");
	stage_tap(&s, "clean");
	for (int left = 30; left > 30 - rounds(30); left--) {
		char number[12];
		snprintf(number, sizeof number, "%d", left);
		const struct display *d = stage_view(&s);
		assert_string_equal(d->view, "cleaning");
		assert_string_equal(item_by_id(d, "cleaning/left")->text, number);
		for (size_t i = 0; i < d->n_items; i++)
			assert_false(d->items[i].has_hit);
		down(&s, s.model.t_ms, NULL);
		stage_tap(&s, "home");
		up(&s, s.model.t_ms);
		assert_int_equal(screen_deadline(&s.model), 1000 + (31 - left) * 1000);
		tick(&s, screen_deadline(&s.model));
	}
	assert_int_equal(view_of(&s), rounds(30) == 30 ? VIEW_HELP : VIEW_CLEANING);
	stage_free(&s);
}

static void unsure(struct stage *s, int64_t t_ms, bool unsure)
{
	stage_send(s, (struct msg){ .kind = MSG_TICK, .t_ms = t_ms, .now = MORNING, .clock_unsure = unsure });
}

static void no_time_is_claimed_that_nobody_knows(void **state)
{
	static const char *const places[] = { "open activities", "open activity:sangstund/20261124T1100",
					      "open activity:hagegruppa/20261124T1300", "home" };
	static const char *const claims[] = { "09.41", "I dag", "i dag", "I morgen", "i morgen" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	unsure(&s, 1000, true);
	const struct display *d = stage_view(&s);
	assert_string_equal(d->view, "unsure");
	assert_string_equal(item_by_id(d, "clock")->text, "Klokken er usikker");
	assert_non_null(item_by_words(d, "annen klokke"));
	assert_non_null(item_by_words(d, "Tirsdag 24. november kl. 11.00"));
	assert_string_equal(item_by_id(d, "week")->action, "open activities");
	assert_string_equal(item_by_id(d, "needs")->action, "open needs");
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		stage_tap(&s, places[i]);
		d = stage_view(&s);
		for (size_t k = 0; k < sizeof claims / sizeof claims[0]; k++)
			if (item_by_words(d, claims[k]))
				fail_msg("%s: \"%s\"", places[i], item_by_words(d, claims[k])->text);
		for (size_t k = 0; k < d->n_items; k++)
			assert_true(!d->items[k].state || strcmp(d->items[k].state, "now") != 0);
	}
	/* At night it does not sleep: nobody knows that it is night. */
	stage_send(&s, (struct msg){ .kind = MSG_TICK,
				     .t_ms = 1000 + IDLE_MS,
				     .now = { 2026, 11, 24, 23, 30, 0, false },
				     .clock_unsure = true });
	stage_send(&s, (struct msg){ .kind = MSG_TICK,
				     .t_ms = 1000 + IDLE_MS + STILL_MS,
				     .now = { 2026, 11, 24, 23, 31, 0, false },
				     .clock_unsure = true });
	assert_int_equal(view_of(&s), VIEW_UNSURE);
	unsure(&s, 200000, false);
	assert_int_equal(view_of(&s), VIEW_HOME);
	assert_string_equal(item_by_id(stage_view(&s), "clock")->text, "09.41");
	stage_free(&s);
}

/* No edge of the idle picture stays where it is for half an hour; during a visit nothing moves (accessibility S1). */
static void the_idle_picture_moves(void **state)
{
	struct rect was = { 0 }, furniture = { 0 };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (int minute = 0; minute < rounds(60); minute++) {
		tick(&s, 60000 * (int64_t)minute);
		const struct display *d = stage_view(&s);
		const struct item *help = item_by_id(d, "help"), *band = item_by_id(d, "header");
		if (minute == 0)
			furniture = help->rect;
		assert_true(abs(help->rect.x - furniture.x) <= 4 && abs(help->rect.y - furniture.y) <= 4);
		assert_int_equal(help->rect.w, furniture.w);
		assert_true(help->hit.x <= help->rect.x && help->hit.x + help->hit.w >= help->rect.x + help->rect.w);
		assert_true((d->h - help->hit.y - help->hit.h) * d->mm_per_px >= 10);
		assert_int_equal(band->rect.x, 0);
		assert_int_equal(band->rect.w, d->w);
		if (minute % 3 == 0 && minute > 0) {
			assert_int_not_equal(help->rect.x, was.x);
			assert_int_not_equal(help->rect.y, was.y);
		} else if (minute > 0) {
			assert_int_equal(help->rect.x, was.x);
		}
		was = help->rect;
	}
	down(&s, 3600000, NULL);
	up(&s, 3600100);
	for (int minute = 0; minute < rounds(30); minute++) {
		down(&s, 3600200 + 60000 * (int64_t)minute, NULL);
		up(&s, 3600300 + 60000 * (int64_t)minute);
		tick(&s, 3600400 + 60000 * (int64_t)minute);
		assert_memory_equal(&item_by_id(stage_view(&s), "help")->rect, &was, sizeof was);
	}
	stage_free(&s);
}

static void the_technician_sees_each_finger(void **state)
{
	static const struct fact facts[] = {
		{ .label = TEXT_SCREEN_FACT_VERSION, .value = "oppslag-kiosk 1" },
		{ .label = TEXT_SCREEN_FACT_CLOCK, .text = TEXT_SCREEN_FACT_SURE },
	};
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	s.around.facts = facts;
	s.around.n_facts = 2;
	stage_send(&s, (struct msg){ .kind = MSG_RAW, .contact = 0, .raw = { true, 5, 5 } });
	stage_tap(&s, "open technician");
	const struct display *d = stage_view(&s);
	assert_non_null(item_by_words(d, "oppslag-kiosk 1"));
	assert_non_null(item_by_words(d, "sikker"));
	assert_null(item_by_id(d, "raw/0"));
	for (int i = 0; i < RAW_MAX + 3; i++)
		stage_send(&s, (struct msg){ .kind = MSG_RAW, .contact = i, .raw = { true, 100 * i, 90 * i } });
	stage_send(&s, (struct msg){ .kind = MSG_RAW, .contact = -1, .raw = { true, 1, 1 } });
	d = stage_view(&s);
	for (int i = 0; i < RAW_MAX; i++) {
		char id[20];
		snprintf(id, sizeof id, "raw/%d", i);
		const struct rect ring = item_by_id(d, id)->rect;
		assert_in_range(ring.x + ring.w / 2 - 100 * i + 1, 0, 2);
		assert_in_range(ring.y + ring.h / 2 - 90 * i + 1, 0, 2);
		assert_false(item_by_id(d, id)->has_hit);
	}
	assert_null(item_by_id(d, "raw/10"));
	assert_non_null(item_by_words(d, "3: 200, 180"));
	stage_send(&s, (struct msg){ .kind = MSG_RAW, .contact = 2, .raw = { false, 0, 0 } });
	assert_null(item_by_id(stage_view(&s), "raw/2"));
	stage_tap(&s, "home");
	stage_tap(&s, "open technician");
	assert_null(item_by_id(stage_view(&s), "raw/1"));
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(idle_asks_and_goes_home),
		cmocka_unit_test(any_touch_goes_on_where_one_was),
		cmocka_unit_test(who_leans_keeps_no_visit_alive),
		cmocka_unit_test(who_scans_types_or_listens_has_longer),
		cmocka_unit_test(urgent_takes_over),
		cmocka_unit_test(urgent_in_another_tongue_says_so),
		cmocka_unit_test(urgent_notices_take_turns),
		cmocka_unit_test(urgent_comes_before_all_else),
		cmocka_unit_test(night),
		cmocka_unit_test(night_by_opening_hours),
		cmocka_unit_test(the_waking_touch_only_wakes),
		cmocka_unit_test(cleaning_counts_down),
		cmocka_unit_test(no_time_is_claimed_that_nobody_knows),
		cmocka_unit_test(the_idle_picture_moves),
		cmocka_unit_test(the_technician_sees_each_finger),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
