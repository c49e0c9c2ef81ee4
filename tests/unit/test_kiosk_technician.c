/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a technician is told: facts with no secret in them, and each finger by its own number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/technician.h"
#include "screen/screen.h"

static const struct surroundings around = { .w = 1920, .h = 1080, .diagonal_in = 24, .scale = 1 };

static const struct fact *fact(const struct technician *technician, enum text_id label)
{
	for (size_t i = 0; i < technician->n; i++)
		if (technician->facts[i].label == label)
			return &technician->facts[i];
	fail_msg("no fact %d", (int)label);
	return NULL;
}

static void facts_are_told(void **state)
{
	static const struct {
		const char *source, *told;
	} sources[] = {
		{ "https://oppslag.example.no/feed/v1/solbakken", "oppslag.example.no" },
		{ "https://hilde:secret@oppslag.example.no:8443/feed", "oppslag.example.no:8443" },
		{ "/srv/calendars/solbakken.ics", "solbakken.ics" },
		{ "centre.json", "centre.json" },
	};
	struct model model;
	struct technician technician;

	(void)state;
	screen_init(&model, NULL);
	model.newest.feed_state = FEED_FAILED;
	model.newest.feed_age_s = 3 * 3600 + 720;
	model.newest.clock_unsure = true;
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		technician_look(&technician, &(struct technician_state){ .source = sources[i].source,
									 .around = &around,
									 .model = &model,
									 .rotation = 90,
									 .up_ms = INT64_C(50) * 3600 * 1000 });
		assert_string_equal(fact(&technician, TEXT_SCREEN_FACT_SOURCE)->value, sources[i].told);
	}
	assert_string_equal(fact(&technician, TEXT_SCREEN_FACT_AGE)->value, "3 h 12 min");
	assert_string_equal(fact(&technician, TEXT_SCREEN_FACT_UPTIME)->value, "2 d 2 h");
	assert_int_equal(fact(&technician, TEXT_SCREEN_FACT_FEED)->text, TEXT_SCREEN_FACT_FEED_FAILED);
	assert_int_equal(fact(&technician, TEXT_SCREEN_FACT_CLOCK)->text, TEXT_SCREEN_FACT_UNSURE);
	assert_non_null(strstr(fact(&technician, TEXT_SCREEN_FACT_PANEL)->value, "0.277"));
	assert_non_null(strstr(fact(&technician, TEXT_SCREEN_FACT_MEMORY)->value, " MB"));
	model.newest.feed_age_s = -1;
	technician_look(&technician, &(struct technician_state){
					     .source = "", .around = &around, .model = &model, .deterministic = true });
	assert_int_equal(fact(&technician, TEXT_SCREEN_FACT_AGE)->text, TEXT_SCREEN_FACT_NONE);
	for (size_t i = 0; i < technician.n; i++)
		assert_int_not_equal(technician.facts[i].label, TEXT_SCREEN_FACT_MEMORY);
}

static bool finger(struct technician *technician, enum finger_kind kind, int64_t id, struct msg *msg)
{
	return technician_finger(technician, &(struct finger){ .kind = kind, .id = id, .x = 7, .y = 9 }, msg);
}

static void each_finger_has_its_number(void **state)
{
	struct technician technician = { 0 };
	struct msg msg;

	(void)state;
	/* One that was down before, and moves, is none of ours. */
	assert_false(finger(&technician, FINGER_MOVE, 100, &msg));
	for (int i = 0; i < RAW_MAX; i++) {
		assert_true(finger(&technician, FINGER_DOWN, 100 + i, &msg));
		assert_int_equal(msg.contact, i);
		assert_true(msg.raw.on && msg.raw.x == 7 && msg.raw.y == 9);
	}
	assert_false(finger(&technician, FINGER_DOWN, 999, &msg));
	assert_true(finger(&technician, FINGER_UP, 104, &msg));
	assert_int_equal(msg.contact, 4);
	assert_false(msg.raw.on);
	assert_true(finger(&technician, FINGER_DOWN, 999, &msg));
	assert_int_equal(msg.contact, 4);
	technician_forget(&technician);
	assert_false(finger(&technician, FINGER_UP, 999, &msg));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_are_told),
		cmocka_unit_test(each_finger_has_its_number),
	};
	return cmocka_run_group_tests_name("kiosk_technician", tests, NULL, NULL);
}
