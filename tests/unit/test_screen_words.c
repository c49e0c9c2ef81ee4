/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the views say: of a cancelled, moved, full, all-day and night-crossing
 * occurrence, of an empty day, of the evening, of an old feed, of the ways in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "screen_ruler.h"

static const struct display *at(struct stage *s, const char *place)
{
	char action[ACTION_SIZE];
	snprintf(action, sizeof action, "open %s", place);
	stage_tap(s, "home");
	stage_tap(s, action);
	return stage_view(s);
}

static void clock_to(struct stage *s, const char *now)
{
	struct civil when;
	assert_true(civil_parse(now, &when));
	stage_send(s, (struct msg){ .kind = MSG_TICK, .now = when });
}

static const struct item *must(const struct display *d, const char *id)
{
	const struct item *item = item_by_id(d, id);
	if (!item)
		fail_msg("%s: there is no %s", d->view, id);
	return item;
}

/* PLACE on the page that has ID. */
static const struct display *page_with(struct stage *s, const char *place, const char *id)
{
	const struct display *d = at(s, place);
	for (int page = 1; !item_by_id(d, id) && page < 20; page++) {
		char action[20];
		snprintf(action, sizeof action, "page %d", page);
		stage_tap(s, action);
		d = stage_view(s);
	}
	must(d, id);
	return d;
}

static void says(const struct display *d, const char *id, const char *words)
{
	const struct item *item = must(d, id);
	assert_non_null(item->text);
	assert_string_equal(item->text, words);
}

static void does_not_say(const struct display *d, const char *words)
{
	if (item_by_words(d, words))
		fail_msg("%s says \"%s\"", d->view, words);
}

/* Puts the urgent notice aside that has taken the screen over. */
static void read_urgent(struct stage *s)
{
	stage_send(s, (struct msg){ .kind = MSG_TAP, .t_ms = s->model.t_ms + URGENT_DEAF_MS, .action = "read" });
}

static void today(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct display *d = stage_view(&s);
	says(d, "header/centre", "Solbakken bo- og aktivitetssenter");
	says(d, "header/date", "Tirsdag 24. november");
	says(d, "clock", "09.41");
	assert_int_equal(must(d, "clock")->role, ROLE_CLOCK);
	says(d, "card:avislesing/20261124T0930/time", "09.30");
	says(d, "card:avislesing/20261124T0930/chip/word", "Nå");
	const struct item *now = must(d, "card:avislesing/20261124T0930");
	const struct item *later = must(d, "card:sangstund/20261124T1100");
	assert_string_equal(now->state, "now");
	assert_string_equal(now->action, "open activity:avislesing/20261124T0930");
	assert_true(now->border_px > later->border_px);
	assert_non_null(strstr(now->spoken, "Avislesing og kaffe"));
	assert_non_null(strstr(now->spoken, "Peisestua"));
	stage_tap(&s, "language en");
	d = stage_view(&s);
	says(d, "header/date", "Tuesday 24 November");
	says(d, "clock", "09:41");
	says(d, "language", "Language");
	assert_null(item_by_id(d, "language/english"));
	stage_free(&s);
}

/* Three of the day's four stand on a 24-inch panel, beside the need, the notice and the way to the week: six choices.
 * That there is a fourth, a meal, is told in words; whichever way it hangs. */
static void whole_day(void **state)
{
	static const char *const cards[] = { "card:avislesing/20261124T0930",
					     "card:sangstund/20261124T1100",
					     "card:hagegruppa/20261124T1300",
					     "today/count",
					     "today/meal",
					     "week",
					     "card:turvenn",
					     "card:inngang" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	ruler_stretch = 0.85; /* Inter sets this day's words narrower than the ruler does */
	for (int turned = 0; turned < 2; turned++) {
		s.around.w = turned ? 1080 : 1920;
		s.around.h = turned ? 1920 : 1080;
		const struct display *d = stage_view(&s);
		for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
			must(d, cards[i]);
		assert_null(item_by_id(d, "card:middag/20261124T1730"));
		assert_string_equal(must(d, "card:turvenn")->action, "open needs");
	}
	ruler_stretch = 1;
	stage_free(&s);
}

static void moved(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct display *d = at(&s, "activities:2026-11-24");
	says(d, "card:hagegruppa/20261124T1300/chip/word", "Flyttet");
	says(d, "card:hagegruppa/20261124T1300/detail", "Flyttet til i morgen kl. 13.00");
	assert_true(must(d, "card:hagegruppa/20261124T1300/name")->struck);
	assert_true(must(d, "card:hagegruppa/20261124T1300/time")->struck);
	assert_false(must(d, "card:hagegruppa/20261124T1300/detail")->struck);
	d = at(&s, "activities:2026-11-25");
	says(d, "card:hagegruppa/20261124T1300/moved/chip/word", "Ny tid");
	assert_false(must(d, "card:hagegruppa/20261124T1300/moved/name")->struck);
	d = at(&s, "activity:hagegruppa/20261124T1300");
	says(d, "when", "Onsdag 25. november kl. 13.00–14.30");
	says(d, "changed/what", "Flyttet fra kl. 13.00 i dag");
	says(d, "changed/text", "Gartneren kommer først på onsdag.");
	stage_free(&s);
}

static void cancelled(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct display *d = at(&s, "activity:strikkekafe/20261126T1300");
	says(d, "changed/word", "Avlyst");
	says(d, "changed/text", "Biblioteket blir malt denne dagen. Vi ses neste torsdag.");
	assert_true(must(d, "title")->struck);
	assert_true(must(d, "when")->struck);
	stage_free(&s);
	stage_init(&s, CROWDED, "2026-11-24T16:00");
	read_urgent(&s);
	d = page_with(&s, "activities:2026-11-24", "card:avlyst/20261124T1630");
	says(d, "card:avlyst/20261124T1630/chip/word", "Avlyst");
	says(d, "card:avlyst/20261124T1630/detail", "Quizmasteren er syk. Det blir felles kaffe i stedet.");
	stage_free(&s);
}

static void full(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T12:05");
	read_urgent(&s);
	const struct display *d = page_with(&s, "activities:2026-11-24", "card:full/20261124T1230");
	says(d, "card:full/20261124T1230/chip/word", "Fullt");
	d = at(&s, "activity:full/20261124T1230");
	assert_null(item_by_id(d, "qr"));
	says(d, "ways/title", "Fullt");
	says(d, "ways/phone", "00 00 12 00");
	d = at(&s, "need:en");
	assert_null(item_by_id(d, "qr"));
	says(d, "seats", "Fullt");
	/* What is full stands last. */
	d = at(&s, "needs");
	assert_true(must(d, "card:attest")->focus < must(d, "card:en")->focus);
	stage_free(&s);
}

static void all_day_and_night(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-26T08:00");
	says(stage_view(&s), "card:atelier/20261126/time", "Hele dagen");
	says(at(&s, "activity:atelier/20261126"), "when", "Torsdag 26. november, hele dagen");
	says(at(&s, "activity:julemarked/20261128"), "when", "Lørdag 28. november til søndag 29. november");
	clock_to(&s, "2026-11-27T22:30");
	const struct display *d = at(&s, "home");
	says(d, "card:nattjazz/20261127T2200/time", "22.00");
	says(d, "card:nattjazz/20261127T2200/detail", "22.00–00.30 · Storstua");
	says(at(&s, "activity:nattjazz/20261127T2200"), "when", "Fredag 27. november kl. 22.00–00.30");
	clock_to(&s, "2026-11-28T00:10");
	d = at(&s, "home");
	says(d, "card:nattjazz/20261127T2200/time", "til 00.30");
	says(d, "card:nattjazz/20261127T2200/chip/word", "Nå");
	stage_free(&s);
}

static void evening(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T20:00");
	const struct display *d = stage_view(&s);
	says(d, "today", "I morgen");
	says(d, "today/note", "Det er ikke mer på planen i dag.");
	must(d, "card:avislesing/20261125T0930");
	stage_free(&s);
	stage_init(&s, CROWDED, "2026-11-29T10:00");
	read_urgent(&s);
	d = stage_view(&s);
	says(d, "today/note", "Det er ingen aktiviteter i dag.");
	says(at(&s, "activities:2026-11-29"), "message/text",
	     "Ingen aktiviteter denne dagen. Du er velkommen likevel.");
	stage_free(&s);
}

static void need(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct display *d = at(&s, "need:turvenn");
	says(d, "when", "Torsdager kl. 13–14");
	says(d, "when/more", "Kom gjerne annenhver uke. Varer én time");
	says(d, "meets", "Kari Nes møter deg ved døra");
	says(d, "bring", "Gode sko og varm jakke");
	says(d, "bring/more", "Du trenger ikke politiattest.");
	d = page_with(&s, "need:turvenn", "seats");
	says(d, "seats", "1 av 2 på plass");
	says(d, "seats/more", "Du får svar innen 3 dager.");
	says(d, "ways/host", "solbakken.example.no");
	says(d, "ways/number", "40 71 93");
	says(d, "ways/phone", "00 00 12 34");
	const struct item *qr = must(d, "qr");
	assert_string_equal(qr->payload, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	assert_int_equal(qr->rect.w, (17 + 4 * qr->version + 8) * qr->module_px);
	assert_true((17 + 4 * qr->version) * qr->module_px * d->mm_per_px >= 80);
	stage_tap(&s, "language en");
	assert_string_equal(must(stage_view(&s), "qr")->payload, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2?L=EN");
	stage_tap(&s, "language nb");
	d = page_with(&s, "need:hoytleser", "seats/more");
	assert_non_null(strstr(must(d, "seats/more")->text, "Fint om du snakker polsk, engelsk."));
	says(d, "seats", "Vi trenger 2 personer");
	stage_free(&s);
}

static void certificate_and_loopback(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	read_urgent(&s);
	s.around.w = 1080;
	s.around.h = 1920;
	const struct display *d = at(&s, "need:attest");
	says(d, "certificate", "Du må vise politiattest");
	says(d, "certificate/more", "Helse- og omsorgstjenesteloven § 5-4.");
	says(d, "seats", "Vi trenger én person");
	assert_non_null(strstr(must(d, "seats/more")->text, "Du får svar innen én dag."));
	assert_non_null(strstr(must(d, "seats/more")->text, "polsk, tigrinja"));
	assert_memory_equal(must(d, "qr")->payload, "HTTP://127.0.0.1:8080/N/", 24);
	says(d, "ways/host", "127.0.0.1:8080");
	at(&s, "activity:lang/20261127T1100");
	stage_tap(&s, "page 40");
	d = stage_view(&s);
	const char *stamp = strrchr(must(d, "qr")->payload, '/');
	assert_string_equal(stamp, "/20261127T1100");
	stage_free(&s);
}

/* Its six px a module hold on a panel where 80 mm are few pixels. */
static void symbol_sizes(void **state)
{
	static const double diagonals[] = { 15.6, 21.5, 24, 32, 43, 65 };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (size_t i = 0; i < sizeof diagonals / sizeof diagonals[0]; i++) {
		s.around.diagonal_in = diagonals[i];
		const struct display *d = page_with(&s, "need:turvenn", "qr");
		const struct item *qr = must(d, "qr");
		int modules = 17 + 4 * qr->version, wanted = (int)(80 / d->mm_per_px + 0.999999);
		int module = (wanted + modules - 1) / modules;
		assert_int_equal(qr->module_px, module > 6 ? module : 6);
		assert_int_equal(qr->bg, 0xFFFFFF);
		assert_int_equal(qr->fg, 0);
	}
	stage_free(&s);
}

static void age(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	assert_null(item_by_id(stage_view(&s), "age"));
	s.model.shown.feed_age_s = 3600;
	assert_null(item_by_id(stage_view(&s), "age"));
	s.model.shown.feed_age_s = 3601;
	says(stage_view(&s), "age/text", "Sist oppdatert for 1 time siden. Noe kan være endret.");
	s.model.shown.feed_age_s = s.model.newest.feed_age_s = 3 * 86400;
	says(at(&s, "need:turvenn"), "age/text", "Sist oppdatert for 3 dager siden. Noe kan være endret.");
	stage_free(&s);
}

static void without_a_feed(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, NULL, "2026-11-24T09:41");
	const struct display *d = stage_view(&s);
	assert_string_equal(d->view, "empty");
	says(d, "message/title", "Her kommer dagens aktiviteter");
	assert_non_null(strstr(must(d, "message/text")->text, "henter"));
	stage_tap(&s, "open need:turvenn");
	assert_string_equal(stage_view(&s)->view, "empty");
	stage_send(&s, (struct msg){ .kind = MSG_FEED_STATE, .feed_state = FEED_FAILED });
	assert_non_null(strstr(must(stage_view(&s), "message/text")->text, "nettet"));
	stage_send(&s, (struct msg){ .kind = MSG_FEED_STATE, .feed_state = FEED_REJECTED });
	assert_non_null(strstr(must(stage_view(&s), "message/text")->text, "ikke kan vise"));
	stage_free(&s);
}

static void notices(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	read_urgent(&s);
	const struct display *d = stage_view(&s);
	assert_string_equal(must(d, "card:vann")->state, "urgent");
	assert_int_equal(must(d, "card:vann")->focus, 0);
	says(d, "card:vann/text", "Hent drikkevann i kantina.");
	does_not_say(d, "Dette er over");
	clock_to(&s, "2026-11-24T14:00");
	assert_null(item_by_id(at(&s, "home"), "card:vann"));
	stage_free(&s);
}

static void people(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct display *d = at(&s, "help");
	assert_true(must(d, "contacts")->has_hit);
	assert_string_equal(must(d, "organisations")->action, "open organisations");
	assert_non_null(item_by_words(d, "00 00 12 34"));
	d = at(&s, "contacts");
	assert_non_null(item_by_words(d, "Bekreftet 2. november 2026"));
	stage_free(&s);
}

/* In letters that are half as wide as Inter's a line would hold a hundred. */
static void lines_are_as_long_as_eyes_like(void **state)
{
	static const char *const places[] = { "need:turvenn", "activity:sangstund/20261124T1100", "organisations",
					      "callback" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	ruler_stretch = 0.5;
	size_t longest = 0;
	for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
		const struct display *d = at(&s, places[p]);
		for (size_t i = 0; i < d->n_items; i++)
			for (size_t l = 0; l < d->items[i].n_lines; l++) {
				size_t letters = utf8_count(d->items[i].lines[l].text);
				longest = letters > longest ? letters : longest;
			}
	}
	ruler_stretch = 1;
	assert_in_range(longest, 40, 55);
	stage_free(&s);
}

static void a_centred_paragraph_begins_level(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	ruler_stretch = 3;
	const struct item *text = must(at(&s, "activity:gone"), "message/text");
	ruler_stretch = 1;
	assert_true(text->n_lines >= 3);
	for (size_t l = 1; l < text->n_lines; l++)
		assert_int_equal(text->lines[l].x, text->lines[0].x);
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(today),
		cmocka_unit_test(whole_day),
		cmocka_unit_test(moved),
		cmocka_unit_test(cancelled),
		cmocka_unit_test(full),
		cmocka_unit_test(all_day_and_night),
		cmocka_unit_test(evening),
		cmocka_unit_test(need),
		cmocka_unit_test(certificate_and_loopback),
		cmocka_unit_test(symbol_sizes),
		cmocka_unit_test(age),
		cmocka_unit_test(without_a_feed),
		cmocka_unit_test(notices),
		cmocka_unit_test(people),
		cmocka_unit_test(lines_are_as_long_as_eyes_like),
		cmocka_unit_test(a_centred_paragraph_begins_level),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
