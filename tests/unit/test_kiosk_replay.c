/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a replay: each kind is taken, each fault is named with its
 * place. Playing is tested through the program, in tests/replay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/file.h"
#include "kiosk/events.h"
#include "kiosk/loop_clock.h"
#include "kiosk/replay_lines.h"

static const char *write_replay(const char *text)
{
	static char path[300];
	const char *tmp = getenv("TMPDIR");

	snprintf(path, sizeof path, "%s/a.jsonl", tmp ? tmp : "/tmp");
	assert_int_equal(file_replace(path, text, strlen(text), NULL), OK);
	return path;
}

static void every_kind_of_line_is_taken(void **state)
{
	static const char text[] =
		"{\"t_ms\":0,\"kind\":\"start\",\"version\":\"9\",\"time\":\"2026-11-24T09:30\",\"size\":\"1080x1920\","
		"\"lang\":\"\",\"rotate\":\"90\"}\n"
		"{\"t_ms\":0,\"kind\":\"feed\",\"file\":\"c.json\",\"state\":\"failed\",\"age_s\":7200}\n"
		"\n"
		"{\"t_ms\":10,\"kind\":\"down\",\"finger\":-3,\"x\":0.25,\"y\":-0.5}\n"
		"{\"t_ms\":20,\"kind\":\"move\",\"finger\":-3,\"px\":[10,20]}\n"
		"{\"t_ms\":20,\"kind\":\"up\",\"finger\":-3}\n"
		"{\"t_ms\":20,\"kind\":\"tap\",\"on\":\"home\",\"dx_mm\":1.5,\"hold_ms\":100}\n"
		"{\"t_ms\":120,\"kind\":\"clock\",\"time\":\"2026-11-24T23:59:58\",\"sure\":false}\n"
		"{\"t_ms\":120,\"kind\":\"feed_state\",\"state\":\"waiting\"}\n"
		"{\"t_ms\":120,\"kind\":\"list\",\"file\":\"l.json\"}\n"
		"{\"t_ms\":120,\"kind\":\"picture\",\"file\":\"p.png\"}\n"
		"{\"t_ms\":121,\"kind\":\"private\"}\n"
		"{\"t_ms\":122,\"kind\":\"callback\",\"end\":\"sent\",\"promised\":\"2026-11-26\"}\n"
		"{\"t_ms\":123,\"kind\":\"headset\",\"on\":true}\n"
		"{\"t_ms\":124,\"kind\":\"panel\",\"on\":false}\n"
		"{\"t_ms\":124,\"kind\":\"key\",\"key\":\"F1\"}\n"
		"{\"t_ms\":125,\"kind\":\"speech_key\"}\n"
		"{\"t_ms\":130,\"kind\":\"end\"}";
	struct replay replay;
	struct fault fault = { 0 };

	(void)state;
	enum err err = replay_read(&replay, write_replay(text), &fault);
	assert_string_equal(fault.text, "");
	assert_int_equal(err, OK);
	assert_int_equal(replay.n, REPLAY_KIND_COUNT);
	assert_string_equal(replay.lines[0].settings[SET_SIZE], "1080x1920");
	assert_null(replay.lines[0].settings[SET_LANG]);
	assert_true(replay.lines[1].has_age && replay.lines[1].age_s == 7200 && replay.lines[1].state == FEED_FAILED);
	assert_non_null(strstr(replay.lines[1].file, "/c.json")); /* from the replay's own folder */
	assert_true(replay.lines[2].aim == AIM_SHARE && replay.lines[2].finger == -3 && replay.lines[2].number == 4);
	assert_true(replay.lines[3].aim == AIM_PX && replay.lines[3].x == 10 && replay.lines[3].y == 20);
	assert_int_equal(replay.lines[4].aim, AIM_SAME);
	assert_true(replay.lines[5].aim == AIM_ITEM && replay.lines[5].dx_mm == 1.5 && replay.lines[5].hold_ms == 100);
	assert_int_equal(replay.lines[6].time.second, 58);
	assert_true(replay.lines[6].unsure);
	assert_string_equal(replay.lines[8].file, "l.json");
	replay_free(&replay);
}

static const struct {
	const char *lines, *place, *text;
} bad[] = {
	{ "", "", "has no lines" },
	{ "\n\n", "", "has no lines" },
	{ "{", ":1", NULL },
	{ "[]", ":1", "not a JSON object" },
	{ "{}", ":1", "kind: no such kind of line: \"\"" },
	{ "{\"kind\":\"end\"}", ":1", "t_ms: is needed" },
	{ "{\"t_ms\":1.5,\"kind\":\"end\"}", ":1", "t_ms: not a whole number in its range" },
	{ "{\"t_ms\":-1,\"kind\":\"end\"}", ":1", "t_ms: not a whole number in its range" },
	{ "{\"t_ms\":1,\"kind\":\"wait\"}", ":1", "kind: no such kind of line: \"wait\"" },
	{ "{\"t_ms\":1,\"kind\":\"end\",\"file\":\"x\"}", ":1", "file: a line of kind \"end\" has no such field" },
	{ "{\"t_ms\":1,\"kind\":\"feed\"}", ":1", "file: is needed in a line of kind \"feed\"" },
	{ "{\"t_ms\":1,\"kind\":\"feed\",\"file\":7}", ":1", "file: not a text" },
	{ "{\"t_ms\":1,\"kind\":\"feed_state\",\"state\":\"odd\"}", ":1",
	  "state: not waiting, fresh, failed or rejected" },
	{ "{\"t_ms\":1,\"kind\":\"down\"}", ":1", "x: where does the finger come down? x and y, px, or on" },
	{ "{\"t_ms\":1,\"kind\":\"down\",\"x\":0.5}", ":1", "x: a finger is at x and y, or at px, or on an item" },
	{ "{\"t_ms\":1,\"kind\":\"tap\",\"on\":\"a\",\"px\":[1,2]}", ":1",
	  "x: a finger is at x and y, or at px, or on an item" },
	{ "{\"t_ms\":1,\"kind\":\"tap\",\"px\":[1]}", ":1", "px: not [x, y] in pixels of the panel" },
	{ "{\"t_ms\":1,\"kind\":\"clock\",\"time\":\"noon\"}", ":1", "time: not a time like 2026-11-24T09:30" },
	{ "{\"t_ms\":1,\"kind\":\"clock\",\"time\":\"2026-11-24T09:30\",\"sure\":1}", ":1", "sure: not true or false" },
	{ "{\"t_ms\":2,\"kind\":\"end\"}\n{\"t_ms\":2,\"kind\":\"end\"}", ":2", "kind: nothing comes after \"end\"" },
	{ "{\"t_ms\":9,\"kind\":\"up\"}\n\n{\"t_ms\":8,\"kind\":\"up\"}", ":3",
	  "t_ms: earlier than the end of the line before" },
	{ "{\"t_ms\":9,\"kind\":\"tap\",\"on\":\"a\"}\n{\"t_ms\":80,\"kind\":\"up\"}", ":2",
	  "t_ms: earlier than the end of the line before" },
	{ "{\"t_ms\":9,\"kind\":\"up\"}\n{\"t_ms\":9,\"kind\":\"start\"}", ":2",
	  "kind: \"start\" is for the first line" },
};

static void bad_lines_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct replay replay;
		struct fault fault = { 0 };
		char place[400];
		const char *path = write_replay(bad[i].lines);
		assert_int_not_equal(replay_read(&replay, path, &fault), OK);
		snprintf(place, sizeof place, "%s%s", path, bad[i].place);
		if (bad[i].text)
			assert_string_equal(fault.text, bad[i].text);
		assert_string_equal(fault.place, place);
		replay_free(&replay);
	}
}

static void a_journal_can_be_read_back(void **state)
{
	char path[300];
	const char *tmp = getenv("TMPDIR");
	struct journal journal;
	struct buf text;

	(void)state;
	snprintf(path, sizeof path, "%s/journal", tmp ? tmp : "/tmp");
	assert_int_equal(journal_open(&journal, path, 1000, NULL), OK);
	journal_line(&journal, 1007, "tap", FIELD_T("item", "a\"b\n"), FIELD_T("none", NULL), FIELD_I("n", -5),
		     FIELD_N("x", 0.25), FIELD_B("sure", false));
	journal_fields(&journal, 1008, "end", 0, NULL);
	journal_close(&journal);
	journal_fields(&journal, 1009, "after", 0, NULL);
	buf_init(&text, 1000);
	assert_int_equal(file_read(path, &text, NULL), OK);
	assert_string_equal(buf_text(&text),
			    "{\"t_ms\":7,\"kind\":\"tap\",\"item\":\"a\\\"b\\n\",\"n\":-5,\"x\":0.25,\"sure\":false}\n"
			    "{\"t_ms\":8,\"kind\":\"end\"}\n");
	buf_free(&text);
	assert_int_equal(journal_open(&journal, "/nowhere/j", 0, NULL), ERR_FILE);
}

static void the_wall_meets_changes_of_clock(void **state)
{
	struct kiosk_clock clock = { .is_virtual = true };
	struct civil wall, set;
	char text[CIVIL_SIZE];
	int ms;

	(void)state;
	assert_true(civil_parse("2026-10-25T02:30", &set));
	clock.virtual_ms = 5;
	kiosk_clock_set(&clock, set);
	clock.virtual_ms += 45 * 60 * 1000 + 250;
	kiosk_clock_wall(&clock, "Europe/Oslo", &wall, &ms);
	civil_print(wall, text);
	assert_string_equal(text, "2026-10-25T02:15");
	assert_int_equal(ms, 250);
	assert_true(civil_parse("2026-03-29T01:59:59", &set));
	kiosk_clock_set(&clock, set);
	clock.virtual_ms += 1000;
	kiosk_clock_wall(&clock, "Europe/Oslo", &wall, &ms);
	civil_print(wall, text);
	assert_string_equal(text, "2026-03-29T03:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_line_is_taken),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(a_journal_can_be_read_back),
		cmocka_unit_test(the_wall_meets_changes_of_clock),
	};
	return cmocka_run_group_tests_name("kiosk_replay", tests, NULL, NULL);
}
