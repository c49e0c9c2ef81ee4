/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every picture, whatever the panel, the view, the language
 * and the theme: accessibility rows CF17, T1, T3, T4, W1, R11, D3, LNG10. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/lang.h"
#include "screen_ruler.h"

struct sight {
	const char *name;
	double mm; /* per px */
	double view_mm;
	const struct display *d;
};

static bool rects_meet(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool within(struct rect a, struct rect b)
{
	return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
}

#define FAULT(s, item, what)                                                                              \
	fail_msg("%s: %s: %s (%d,%d %dx%d)", (s)->name, (item)->id, what, (item)->rect.x, (item)->rect.y, \
		 (item)->rect.w, (item)->rect.h)

static void check_place(const struct sight *s, const struct item *item)
{
	struct rect screen = { 0, 0, s->d->w, s->d->h };
	if (!within(item->rect, screen) || item->rect.w < 0 || item->rect.h < 0)
		FAULT(s, item, "outside the screen");
	if (item->has_hit && (!within(item->hit, screen) || !within(item->rect, item->hit)))
		FAULT(s, item, "its hit area is outside the screen, or smaller than its picture");
	if (!item->text)
		return;
	for (size_t i = 0; i < item->n_lines; i++)
		if (item->lines[i].x < 0 || item->lines[i].x + item->lines[i].w > item->rect.w)
			FAULT(s, item, "a line leaves its box");
}

static void check_type(const struct sight *s, const struct item *item)
{
	if (!item->text)
		return;
	if (item->truncated)
		FAULT(s, item, "truncated");
	if (item->cap_px * s->mm < 0.01222 * s->view_mm - 1e-9)
		FAULT(s, item, "capital H below 0.7 degrees");
	if (!item->lang || item->fg == COLOUR_NONE || item->bg == COLOUR_NONE)
		FAULT(s, item, "no language or colour");
}

static bool is_furniture(const struct item *item)
{
	static const char *const pieces[] = { "home", "back", "help", "language", "read", "adjust" };
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
		if (strcmp(item->id, pieces[i]) == 0)
			return true;
	return false;
}

/* 25 mm for what a view is about; 20 mm for the column of furniture on the smallest panels (T1). */
static double least_mm(const struct item *item)
{
	return is_furniture(item) ? 20 : 25;
}

static void check_control(const struct sight *s, const struct item *item)
{
	struct action action;
	if (!item->has_hit)
		return;
	if (item->rect.w * s->mm < least_mm(item) - 1e-9 || item->rect.h * s->mm < least_mm(item) - 1e-9)
		FAULT(s, item, "too small a target");
	if (!item->action || !action_parse(item->action, &action))
		FAULT(s, item, "no action");
	if (!item->spoken || !item->spoken[0] || !item->enabled || item->focus < 0)
		FAULT(s, item, "a control without words or focus");
	double edge = 10 - 1e-9;
	if (item->hit.x * s->mm < edge || item->hit.y * s->mm < edge ||
	    (s->d->w - item->hit.x - item->hit.w) * s->mm < edge ||
	    (s->d->h - item->hit.y - item->hit.h) * s->mm < edge)
		FAULT(s, item, "a hit area within 10 mm of the bezel");
}

/* Two things that can be touched: 6 mm between their pictures, no overlap of their hit areas. */
static void check_pair(const struct sight *s, const struct item *a, const struct item *b)
{
	int apart = (int)(6 / s->mm) - 1;
	struct rect around = { a->rect.x - apart, a->rect.y - apart, a->rect.w + 2 * apart, a->rect.h + 2 * apart };
	if (rects_meet(a->hit, b->hit))
		fail_msg("%s: hit areas of %s and %s overlap (%d,%d %dx%d and %d,%d %dx%d)", s->name, a->id, b->id,
			 a->hit.x, a->hit.y, a->hit.w, a->hit.h, b->hit.x, b->hit.y, b->hit.w, b->hit.h);
	if (rects_meet(around, b->rect))
		fail_msg("%s: %s and %s are less than 6 mm apart", s->name, a->id, b->id);
}

static bool is_words(const struct item *item)
{
	return item->text != NULL && item->role != ROLE_CLOCK && item->role != ROLE_BUTTON;
}

/* Words stand on nothing else's words, and in no control that they only half belong to. */
static void check_words(const struct sight *s, const struct item *a, const struct item *b)
{
	if (is_words(a) && is_words(b) && rects_meet(a->rect, b->rect))
		fail_msg("%s: the words of %s and %s overlap", s->name, a->id, b->id);
	const struct item *control = a->role == ROLE_BUTTON || a->role == ROLE_CARD ? a : NULL;
	if (control && is_words(b) && rects_meet(control->rect, b->rect) && !within(b->rect, control->rect))
		fail_msg("%s: %s stands half in %s", s->name, b->id, control->id);
	/* Words are drawn on their own ground, which would hide the frame. */
	struct rect inside = { a->rect.x + a->border_px, a->rect.y + a->border_px, a->rect.w - 2 * a->border_px,
			       a->rect.h - 2 * a->border_px };
	if (control && is_words(b) && within(b->rect, control->rect) && !within(b->rect, inside))
		fail_msg("%s: %s stands on the frame of %s", s->name, b->id, control->id);
}

static void check_all(const struct sight *s)
{
	const struct display *d = s->d;
	int cards = 0, focus = 0;
	assert_int_equal(d->n_dropped, 0);
	for (size_t i = 0; i < d->n_items; i++) {
		const struct item *a = &d->items[i];
		check_place(s, a);
		check_type(s, a);
		check_control(s, a);
		cards += a->role == ROLE_CARD;
		if (a->focus >= 0)
			assert_int_equal(a->focus, focus++);
		for (size_t k = i + 1; k < d->n_items; k++) {
			const struct item *b = &d->items[k];
			if (strcmp(a->id, b->id) == 0)
				fail_msg("%s: two items are called %s", s->name, a->id);
			if (a->has_hit && b->has_hit)
				check_pair(s, a, b);
			check_words(s, a, b);
		}
	}
	if (cards > 6)
		fail_msg("%s: %d cards", s->name, cards);
}

static const struct panel {
	int w, h;
	double diagonal;
} panels[] = {
	{ 1920, 1080, 15.6 }, { 1080, 1920, 15.6 }, { 1920, 1080, 21.5 }, { 1080, 1920, 21.5 }, { 1920, 1080, 24 },
	{ 1080, 1920, 24 },   { 1920, 1080, 32 },   { 1080, 1920, 32 },   { 1920, 1080, 43 },   { 1080, 1920, 43 },
};

/* With memory made to fail hundreds of times, one panel of each shape will do. */
static size_t stride(void)
{
	return getenv("OPPSLAG_FAIL_ALLOC") || getenv("OPPSLAG_TORTURE_LIST") ? 7 : 1;
}

static const char *const places[] = {
	"home",
	"activities",
	"activities:2026-11-26",
	"activities:2026-11-27",
	"activities:song",
	"activities:meal",
	"activities:dance",
	"kinds",
	"language",
	"adjust",
	"activity:sangstund/20261124T1100",
	"activity:hagegruppa/20261124T1300",
	"activity:strikkekafe/20261126T1300",
	"activity:onsdagsturen",
	"activity:filmkveld",
	"activity:atelier",
	"activity:nattjazz",
	"activity:julemarked",
	"activity:nothing",
	"needs",
	"need:turvenn",
	"need:hoytleser",
	"need:vaffelsteker",
	"need:nothing",
	"notices",
	"notice:inngang",
	"notice:nothing",
	"organisations",
	"organisation:strandkoret",
	"organisation:nothing",
	"contacts",
	"help",
	"empty",
	"settings",
};

/* Written from left to right, and from right to left, with words of its own and with those of the centre. */
static const char *const languages[] = { "language nb", "language en", "language ar", "language ur" };

static void look(struct stage *s, const char *place, int page)
{
	struct sight sight = { .mm = surroundings_mm_per_px(&s->around),
			       .view_mm = surroundings_view_mm(&s->around),
			       .d = stage_view(s) };
	char name[120];
	snprintf(name, sizeof name, "%s page %d, %dx%d, %.1f in, %s, scale %.1f", place, page, s->around.w, s->around.h,
		 s->around.diagonal_in, s->model.lang, s->around.scale);
	sight.name = name;
	check_all(&sight);
}

/* PLACE and all its pages. */
static void look_through(struct stage *s, const char *place)
{
	char action[ACTION_SIZE];
	stage_tap(s, "home");
	snprintf(action, sizeof action, "open %s", place);
	stage_tap(s, action);
	for (int page = 0; page < 40; page++) {
		look(s, place, page);
		const struct item *next = item_by_id(&s->display, "page/next");
		if (!next || !next->enabled)
			return;
		snprintf(action, sizeof action, "page %d", page + 1);
		assert_string_equal(next->action, action);
		stage_tap(s, action);
	}
	fail_msg("%s does not end", place);
}

static void set_panel(struct stage *s, const struct panel *panel)
{
	s->around.w = panel->w;
	s->around.h = panel->h;
	s->around.diagonal_in = panel->diagonal;
}

/* Puts the urgent notice aside that has taken the screen over. */
static void read_urgent(struct stage *s)
{
	stage_send(s, (struct msg){ .kind = MSG_TAP, .t_ms = s->model.t_ms + URGENT_DEAF_MS, .action = "read" });
}

static void every_panel(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
			for (size_t k = 0; k < sizeof languages / sizeof languages[0]; k++) {
				stage_tap(&s, languages[k]);
				look_through(&s, places[i]);
			}
	}
	stage_free(&s);
}

static void large_text(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	s.around.scale = 1.4;
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
			look_through(&s, places[i]);
	}
	stage_free(&s);
}

/* Texts of another language may be 60 % longer (LNG10). */
static void longer_texts(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	ruler_stretch = 1.6;
	for (size_t p = 4; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
			look_through(&s, places[i]);
	}
	ruler_stretch = 1;
	stage_free(&s);
}

/* An old feed's line takes room from every view. */
static void old_feed(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	s.model.shown.feed_age_s = s.model.newest.feed_age_s = 3 * 86400;
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
			look_through(&s, places[i]);
		assert_non_null(item_by_words(&s.display, "3 dager"));
	}
	stage_free(&s);
}

/* What is wrong in the settings takes room from home and from help. */
static void wrong_settings(void **state)
{
	static const char *const where[] = { "settings", "home", "help" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	const struct advice advice = { .line = 3, .written = "diagonal = stor", .text = TEXT_SCREEN_SETTINGS_LONG };
	s.model.habits.settings =
		(struct settings_state){ .file = "oppslag.ini", .n = 1, .n_more = 9, .advice = &advice };
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof where / sizeof where[0]; i++)
			for (size_t k = 0; k < sizeof languages / sizeof languages[0]; k++) {
				stage_tap(&s, languages[k]);
				look_through(&s, where[i]);
			}
		stage_tap(&s, "home");
		const struct item *strip = item_by_id(stage_view(&s), "settings");
		assert_non_null(strip);
		assert_string_equal(strip->action, "open settings");
	}
	stage_free(&s);
}

/* The lowest band of reach mode, in px: 55 % of a panel that stands, 75 % of one that lies, or what 24 (20) lines of
 * the body's size need, but never more than 350 mm. */
static int reach_band(const struct stage *s)
{
	bool stands = s->around.h > s->around.w;
	const struct item *home = item_by_id(&s->display, "home");
	int share = (int)(s->around.h * (stands ? 0.55 : 0.75)), type = (stands ? 24 : 20) * home->font_px;
	int most = (int)(350 / surroundings_mm_per_px(&s->around));
	int band = share > type ? share : type;
	return band < most ? band : most;
}

static void check_reach(struct stage *s, const char *place)
{
	for (size_t i = 0; i < s->display.n_items; i++) {
		const struct item *item = &s->display.items[i];
		if (item->has_hit && item->hit.y < s->around.h - reach_band(s))
			fail_msg("%s, %dx%d, %.1f in: %s answers touches at %d, above the lowest %d px", place,
				 s->around.w, s->around.h, s->around.diagonal_in, item->id, item->hit.y, reach_band(s));
	}
}

/* What can be done in a view, page by page; LEN: how much of DONE is used. */
static size_t doings(const struct stage *s, char *done, size_t size, size_t len)
{
	for (size_t i = 0; i < s->display.n_items; i++) {
		const struct item *item = &s->display.items[i];
		if (!item->has_hit || strncmp(item->action, "page ", 5) == 0)
			continue;
		char word[ACTION_SIZE + 2];
		snprintf(word, sizeof word, "%s|", item->action);
		if (!strstr(done, word) && len + strlen(word) < size)
			len += (size_t)snprintf(done + len, size - len, "%s", word);
	}
	return len;
}

/* PLACE and all its pages: everything in the band; what can be done goes to DONE. */
static void reach_through(struct stage *s, const char *place, char *done, size_t size)
{
	char action[ACTION_SIZE];
	size_t len = 0;
	done[0] = '\0';
	stage_tap(s, "home");
	snprintf(action, sizeof action, "open %s", place);
	stage_tap(s, action);
	for (int page = 0; page < 40; page++) {
		look(s, place, page);
		if (s->around.reach)
			check_reach(s, place);
		len = doings(s, done, size, len);
		const struct item *next = item_by_id(&s->display, "page/next");
		if (!next || !next->enabled)
			return;
		stage_tap(s, next->action);
	}
	fail_msg("%s does not end", place);
}

static bool is_home(const char *place)
{
	return strcmp(place, "home") == 0;
}

/* Nothing is lost: what a view lets one do without reach mode it lets one do with it. Home may show fewer cards, when
 * it has the ways on to all of them. */
static void check_doings(const char *place, const char *without, const char *with)
{
	for (const char *p = without; *p; p += strcspn(p, "|") + 1) {
		char word[ACTION_SIZE + 2];
		snprintf(word, sizeof word, "%.*s|", (int)strcspn(p, "|"), p);
		if (!strstr(with, word) && !(is_home(place) && strchr(word, ':')))
			fail_msg("%s: \"%s\" is lost in reach mode", place, word);
	}
	if (is_home(place) &&
	    (!strstr(with, "open activities|") || (!strstr(with, "open needs|") && strstr(without, "open need"))))
		fail_msg("%s: no ways on", place);
}

static void reach(void **state)
{
	static char without[1 << 14], with[1 << 14];
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (int large = 0; large < 2; large++)
		for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
			set_panel(&s, &panels[p]);
			s.around.scale = large ? 1.4 : 1;
			for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
				s.around.reach = false;
				reach_through(&s, places[i], without, sizeof without);
				s.around.reach = true;
				reach_through(&s, places[i], with, sizeof with);
				check_doings(places[i], without, with);
			}
		}
	stage_free(&s);
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	read_urgent(&s);
	s.around.reach = true;
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		reach_through(&s, "home", with, sizeof with);
		assert_non_null(strstr(with, "open notice:vann|"));
		reach_through(&s, "activities:2026-11-24", with, sizeof with);
		reach_through(&s, "activity:lang", with, sizeof with);
	}
	stage_free(&s);
}

static void every_hour(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (int hour = 0; hour < 7 * 24; hour += (int)stride()) {
		struct civil now = civil_add_seconds((struct civil){ 2026, 11, 23, 0, 5, 0, false }, hour * 3600);
		stage_send(&s, (struct msg){ .kind = MSG_TICK, .now = now });
		set_panel(&s, &panels[hour % 10]);
		stage_tap(&s, "home");
		look(&s, "home", 0);
	}
	stage_free(&s);
}

/* Each piece in the same place on every view in every language; at the other side where one reads from there. */
static void furniture_stays(void **state)
{
	static const char *const pieces[] = { "home", "back", "help", "language", "read", "adjust" };
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		struct rect rects[6];
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof places / sizeof places[0] + lang_count(); i++) {
			char action[ACTION_SIZE];
			bool is_lang = i >= sizeof places / sizeof places[0];
			if (is_lang)
				snprintf(action, sizeof action, "language %s",
					 lang_code(lang_at(i - sizeof places / sizeof places[0])));
			else
				snprintf(action, sizeof action, "open %s", places[i]);
			stage_tap(&s, action);
			stage_view(&s);
			for (int k = 0; k < 6; k++) {
				const struct item *piece = item_by_id(&s.display, pieces[k]);
				assert_non_null(piece);
				struct rect rect = piece->rect;
				if (s.display.rtl)
					rect.x = s.display.w - rect.x - rect.w;
				if (i == 0)
					rects[k] = rect;
				assert_memory_equal(&rects[k], &rect, sizeof rect);
			}
		}
		stage_tap(&s, "home");
		stage_tap(&s, "language nb");
	}
	stage_free(&s);
}

/* The same input gives the same list; another language gives another one. */
static void pure(void **state)
{
	struct stage s;
	struct arena other;
	struct display again;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	arena_init(&other, LIMIT_PICTURE_ARENA);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char action[ACTION_SIZE];
		snprintf(action, sizeof action, "open %s", places[i]);
		stage_tap(&s, "language nb");
		stage_tap(&s, action);
		const struct display *first = stage_view(&s);
		arena_reset(&other);
		assert_int_equal(screen_view(&s.model, &s.around, &other, &again), OK);
		assert_true(display_equal(first, &again));
		stage_tap(&s, "language en");
		arena_reset(&other);
		assert_int_equal(screen_view(&s.model, &s.around, &other, &again), OK);
		assert_false(display_equal(first, &again));
	}
	arena_free(&other);
	stage_free(&s);
}

/* Names of 200 characters and a crowded day, where cards cut names after three lines but nothing leaves its place. */
static void crowded(void **state)
{
	static const char *const crowds[] = {
		"home",          "activities",    "activities:2026-11-24",        "activities:2026-11-27",
		"activity:lang", "activity:full", "activity:flytt/20261124T1330", "activity:avlyst/20261124T1630",
		"need:attest",   "needs"
	};
	struct stage s;
	(void)state;
	stage_init(&s, CROWDED, "2026-11-24T09:41");
	read_urgent(&s);
	for (size_t p = 0; p < sizeof panels / sizeof panels[0]; p += stride()) {
		set_panel(&s, &panels[p]);
		for (size_t i = 0; i < sizeof crowds / sizeof crowds[0]; i++) {
			if (strcmp(crowds[i], "activities:2026-11-27") != 0 && strcmp(crowds[i], "activities") != 0)
				look_through(&s, crowds[i]);
			stage_view(&s);
			for (size_t k = 0; k < s.display.n_items; k++) {
				struct rect screen = { 0, 0, s.display.w, s.display.h };
				assert_true(within(s.display.items[k].rect, screen));
			}
		}
	}
	stage_free(&s);
}

/* Memory that ends anywhere ends in ERR_MEMORY, never in a half picture. */
static void little_memory(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open need:turvenn");
	int failed = 0;
	for (size_t max = 1 << 12; max < 1 << 20; max += 7001) {
		struct arena small;
		struct display out;
		arena_init(&small, max);
		enum err err = screen_view(&s.model, &s.around, &small, &out);
		assert_true(err == OK || err == ERR_MEMORY);
		failed += err != OK;
		arena_free(&small);
	}
	assert_true(failed > 3);
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_panel), cmocka_unit_test(large_text),     cmocka_unit_test(longer_texts),
		cmocka_unit_test(old_feed),    cmocka_unit_test(every_hour),     cmocka_unit_test(furniture_stays),
		cmocka_unit_test(pure),        cmocka_unit_test(crowded),        cmocka_unit_test(little_memory),
		cmocka_unit_test(reach),       cmocka_unit_test(wrong_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
