/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages written from right to left (accessibility row LNG9): the picture is turned, numbers and addresses are not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/lang.h"
#include "screen/foreign.h"
#include "screen/rtl.h"
#include "screen_ruler.h"

#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"
#define AR "\xD8\xA7\xD8\xAA" /* two letters of Arabic */

static void numbers(void **state)
{
	/* What within Arabic letters would come out backwards, and what is left alone. */
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ AR " 800 80 000 " AR, AR " " LRI "800 80 000" PDI " " AR },
		{ AR " 10:30-15:00", AR " " LRI "10:30-15:00" PDI },
		{ "10:30\xE2\x80\x93"
		  "15:00 " AR,
		  LRI "10:30\xE2\x80\x93"
		      "15:00" PDI " " AR },
		{ AR " +47 00 00 12 34.", AR " " LRI "+47 00 00 12 34" PDI "." },
		{ AR " post@solbakken.example.no, " AR, AR " " LRI "post@solbakken.example.no" PDI ", " AR },
		{ AR " https://solbakken.example.no/ " AR, AR " " LRI "https://solbakken.example.no/" PDI " " AR },
		{ AR " (2) " AR, AR " (" LRI "2" PDI ") " AR },
		{ AR " 2\n3 " AR, AR " " LRI "2" PDI "\n" LRI "3" PDI " " AR },
		{ AR " Kari Nes " AR, AR " Kari Nes " AR },
		{ AR, AR },
		{ "", "" },
	};
	struct arena arena;
	struct display out = { .rtl = true };
	struct builder b = { .arena = &arena, .out = &out };
	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(isolated(&b, rows[i].in), rows[i].out);
	assert_string_equal(ltr(&b, "00 00 12 34"), LRI "00 00 12 34" PDI);
	assert_null(ltr(&b, NULL));
	out.rtl = false;
	assert_string_equal(ltr(&b, "00 00 12 34"), "00 00 12 34");
	arena_free(&arena);
}

static const struct item *must(struct stage *s, const char *id)
{
	const struct item *item = item_by_id(&s->display, id);
	if (!item)
		fail_msg("there is no %s", id);
	return item;
}

static void look(struct stage *s, const char *place, const char *lang)
{
	char action[ACTION_SIZE];
	stage_tap(s, "home");
	snprintf(action, sizeof action, "language %s", lang);
	stage_tap(s, action);
	snprintf(action, sizeof action, "open %s", place);
	stage_tap(s, action);
	stage_view(s);
}

/* As a mirror shows it, the ruler's words being equally long in Arabic and in the fallback's language. */
static void mirrored(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	look(&s, "need:turvenn", "ar");
	assert_true(s.display.rtl);
	const struct item *home = must(&s, "home"), *back = must(&s, "back"), *title = must(&s, "title");
	assert_true(home->rect.x > back->rect.x);
	assert_true(back->rect.x > s.display.w / 2);
	assert_true(back->hit.x <= back->rect.x && back->hit.x + back->hit.w >= back->rect.x + back->rect.w);
	assert_string_equal(must(&s, "back/icon")->icon, "forward");
	/* The title begins at the right; it is Norwegian, and read from the left. */
	assert_int_equal(title->rect.x + title->rect.w, s.display.w - 48);
	assert_string_equal(title->lang, "nb");
	assert_false(title->rtl);
	assert_true(must(&s, "header/title")->rtl);
	assert_true(must(&s, "clock")->rect.x < s.display.w / 4);
	const struct item *qr = must(&s, "qr");
	assert_true(qr->rect.x + qr->rect.w < s.display.w / 2);
	assert_string_equal(must(&s, "ways/phone")->text, LRI "00 00 12 34" PDI);
	assert_string_equal(must(&s, "ways/number")->text, LRI "40 71 93" PDI);
	assert_non_null(strstr(qr->payload, "?L=AR"));
	stage_free(&s);
}

/* Twice turned is as it was; and each line stays within its item. */
static void lines_stay(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	look(&s, "notice:inngang", "ar");
	const struct item *text = must(&s, "text");
	assert_true(text->n_lines > 1);
	int right = 0;
	for (size_t i = 0; i < text->n_lines; i++) {
		int end = text->lines[i].x + text->lines[i].w;
		assert_true(text->lines[i].x >= 0 && end <= text->rect.w);
		right += end == text->rect.w;
	}
	assert_int_equal(right, text->n_lines);
	struct rect rect = text->rect;
	int x = text->lines[1].x;
	assert_int_equal(rtl_turn(&s.display, &s.picture), OK);
	assert_int_equal(rtl_turn(&s.display, &s.picture), OK);
	assert_memory_equal(&rect, &must(&s, "text")->rect, sizeof rect);
	assert_int_equal(must(&s, "text")->lines[1].x, x);
	stage_free(&s);
}

/* 1 2 3 stand from left to right in every language. */
static void keys_keep_their_order(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (int lang = 0; lang < 2; lang++) {
		look(&s, "callback", lang ? "fa" : "nb");
		assert_true(must(&s, "key/1")->rect.x < must(&s, "key/2")->rect.x);
		assert_true(must(&s, "key/2")->rect.x < must(&s, "key/3")->rect.x);
		assert_int_equal(must(&s, "key/2")->hit.x + must(&s, "key/2")->hit.w / 2,
				 must(&s, "key/2")->rect.x + must(&s, "key/2")->rect.w / 2);
	}
	stage_free(&s);
}

/* What staff wrote is shown in its own language and says so, once; nynorsk is no other language to who reads bokmål. */
static void written_in(void **state)
{
	static const char *const places[] = { "home",          "needs",    "need:turvenn",  "activities:2026-11-24",
					      "organisations", "contacts", "notice:inngang" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		look(&s, places[i], "de");
		assert_string_equal(must(&s, "written")->lang, "de");
		look(&s, places[i], "en");
		assert_null(item_by_id(&s.display, "written"));
		look(&s, places[i], "nn");
		assert_null(item_by_id(&s.display, "written"));
	}
	look(&s, "language", "de");
	assert_null(item_by_id(&s.display, "written"));
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),    cmocka_unit_test(mirrored),
		cmocka_unit_test(lines_stay), cmocka_unit_test(keys_keep_their_order),
		cmocka_unit_test(written_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
