/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's command line and settings file: what is taken, what is refused
 * and with which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/file.h"
#include "kiosk/options.h"

enum { WORDS_MAX = 40 };

/* Splits LINE at spaces, as a shell would. */
static enum err read_line(struct options *options, const char *line, struct buf *report, struct fault *fault)
{
	static char words[2000];
	char *argv[WORDS_MAX + 1] = { words };
	int argc = 1;

	memcpy(words, "oppslag-kiosk", 14);
	char *at = words + 14;
	snprintf(at, sizeof words - 14, "%s", line);
	while (*at && argc < WORDS_MAX) {
		argv[argc++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = '\0';
	}
	*fault = (struct fault){ 0 };
	buf_init(report, 10000);
	return options_read(options, argc, argv, report, fault);
}

static void everything_at_once_is_taken(void **state)
{
	struct options o;
	struct surroundings around;
	struct buf report;
	struct fault fault;
	int w, h;

	(void)state;
	assert_int_equal(
		read_line(&o,
			  "--feed f.json --data /d --windowed --size 1080x1920 --diagonal 21.5 --rotate 90 "
			  "--theme contrast --scale 1.4 --reach --lang en --time 2026-11-24T09:30 --view need:turvenn "
			  "--events e --set view-mm=900",
			  &report, &fault),
		OK);
	assert_string_equal(settings_text(&o.settings, SET_FEED), "f.json");
	settings_size(&o.settings, SET_SIZE, &w, &h);
	assert_int_equal(w, 1080);
	assert_int_equal(h, 1920);
	assert_int_equal(options_rotation(&o), 90);
	assert_true(settings_bool(&o.settings, SET_WINDOWED));
	assert_int_equal(o.time.hour, 9);
	assert_int_equal(o.place.view, VIEW_NEED);
	assert_string_equal(o.place.id, "turvenn");
	assert_string_equal(o.events, "e");
	options_surroundings(&o, 1920, 1080, &around);
	assert_true(around.diagonal_in == 21.5 && around.scale == 1.4 && around.view_mm == 900 && around.reach);
	assert_int_equal(around.theme, THEME_CONTRAST);
	char data[100];
	assert_int_equal(options_data(&o, data, sizeof data), OK);
	assert_string_equal(data, "/d");
	options_free(&o);
}

static bool reaches(const char *line, int w, int h)
{
	struct options o;
	struct surroundings around;
	struct buf report;
	struct fault fault;

	assert_int_equal(read_line(&o, line, &report, &fault), OK);
	options_surroundings(&o, w, h, &around);
	options_free(&o);
	return around.reach;
}

static void a_panel_taller_than_an_arm_is_in_reach_mode(void **state)
{
	(void)state;
	/* 24 inches, standing: 531 mm. */
	assert_false(reaches("--feed x --diagonal 24", 1080, 1920));
	assert_false(reaches("--feed x --diagonal 24 --set bottom-mm=688", 1080, 1920));
	assert_true(reaches("--feed x --diagonal 24 --set bottom-mm=689", 1080, 1920));
	/* Lying: 299 mm. */
	assert_false(reaches("--feed x --diagonal 24 --set bottom-mm=750", 1920, 1080));
	assert_true(reaches("--feed x --set bottom-mm=870 --size 1920x1080 --diagonal 32", 1920, 1080));
}

static const struct {
	const char *line, *place, *text;
} wrong[] = {
	{ "", "--feed", "is needed: the central's feed, a calendar, or a file; see --help" },
	{ "--nonsense", "", "there is no such option, or it takes no value; see --help: \"--nonsense\"" },
	{ "--feed x --set bottom-mm=871", "--set bottom-mm", "bottom-mm: 871 is not between 0 and 870" },
	{ "--windowed=yes --feed x", "",
	  "there is no such option, or it takes no value; see --help: \"--windowed=yes\"" },
	{ "-f x", "", "there is no such option, or it takes no value; see --help: \"-f\"" },
	{ "--feed", "--feed", "wants a value; see --help" },
	{ "--feed x more", "", "no option begins like this; see --help: \"more\"" },
	{ "--feed x --size big", "--size", "size: not a size like 1920x1080: \"big\"" },
	{ "--feed x --size 100x1080", "--size", "size: each side of 100x1080 must be between 480 and 16384" },
	{ "--feed x --diagonal 5", "--diagonal", "diagonal: 5 is not between 7 and 120" },
	{ "--feed x --rotate 45", "--rotate", "rotate: not one of 0|90|180|270: \"45\"" },
	{ "--feed x --theme pink", "--theme", "theme: not one of light|contrast|night: \"pink\"" },
	{ "--feed x --scale 3", "--scale", "scale: 3 is not between 1 and 1.4" },
	{ "--feed x --lang xx", "--lang", "lang: not a language that the screen speaks: \"xx\"" },
	{ "--feed x --time 2026-11-24", "--time", "not a time like 2026-11-24T09:30: \"2026-11-24\"" },
	{ "--feed x --time 2026-02-30T10:00", "--time", "not a time like 2026-11-24T09:30: \"2026-02-30T10:00\"" },
	{ "--feed x --view attic", "--view", "not a view like home or need:turvenn: \"attic\"" },
	{ "--feed x --view need", "--view", "not a view like home or need:turvenn: \"need\"" },
	{ "--feed x --view home:x", "--view", "not a view like home or need:turvenn: \"home:x\"" },
	{ "--feed x --set colour=red", "--set", "there is no setting \"colour\"" },
	{ "--feed x --set scale", "--set", "not KEY=VALUE: \"scale\"" },
	{ "--feed x --set zone=Mars/Olympus", "--set zone",
	  "zone: not a time zone like Europe/Oslo: \"Mars/Olympus\"" },
	{ "--feed x --set night=22", "--set night", "night: not auto, off, or times like 22:00-06:30: \"22\"" },
	{ "--feed x --set night=22:00-24:00", "--set night",
	  "night: not auto, off, or times like 22:00-06:30: \"22:00-24:00\"" },
	{ "--feed x --set night=22:00-22:00", "--set night",
	  "night: not auto, off, or times like 22:00-06:30: \"22:00-22:00\"" },
	{ "--feed x --set night=22:00-06:30h", "--set night",
	  "night: not auto, off, or times like 22:00-06:30: \"22:00-06:30h\"" },
	{ "--feed x --set clock=radio", "--set clock", "clock: not one of trusted|synchronised: \"radio\"" },
	{ "--feed x --data=", "--data", "data: has 0 characters, allowed are 1 to 1000" },
	{ "--replay r --picture p", "--replay", "pictures and lists are asked for by its own lines" },
	{ "--feed x --picture p --record r", "--record",
	  "there is nothing to record with --picture, --list or --replay" },
};

static void wrong_words_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct options o;
		struct buf report;
		struct fault fault;
		enum err err = read_line(&o, wrong[i].line, &report, &fault);
		assert_string_equal(fault.text, wrong[i].text);
		assert_string_equal(fault.place, wrong[i].place);
		assert_int_equal(err, ERR_USAGE);
		assert_int_equal(err_exit_code(err), 2);
		buf_free(&report);
		options_free(&o);
	}
}

static void the_night_is_told_or_found(void **state)
{
	static const struct {
		const char *line;
		bool off, has;
		int from, to;
	} nights[] = {
		{ "--feed x", false, false, 0, 0 },
		{ "--feed x --set night=auto", false, false, 0, 0 },
		{ "--feed x --set night=off", true, false, 0, 0 },
		{ "--feed x --set night=22:00-06:30", false, true, 1320, 390 },
		{ "--feed x --set night=00:05-05:59", false, true, 5, 359 },
		{ "--feed x --set night=22-6", false, true, 1320, 360 },
		{ "--feed x --set night=22.30til6.15", false, true, 1350, 375 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof nights / sizeof *nights; i++) {
		struct options o;
		struct buf report;
		struct fault fault;
		struct habits habits;
		assert_int_equal(read_line(&o, nights[i].line, &report, &fault), OK);
		options_habits(&o, &habits);
		assert_true(habits.night_off == nights[i].off && habits.has_night == nights[i].has);
		assert_true(habits.night_from == nights[i].from && habits.night_to == nights[i].to);
		assert_false(habits.night_black);
		assert_null(habits.lang);
		buf_free(&report);
		options_free(&o);
	}
}

static void words_without_a_feed_are_enough_for_some(void **state)
{
	static const char *const lines[] = { "--help", "--version", "--set help", "--check-feed x", "--replay r" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct options o;
		struct buf report;
		struct fault fault;
		assert_int_equal(read_line(&o, lines[i], &report, &fault), OK);
		buf_free(&report);
		options_free(&o);
	}
}

static const char *write_settings(const char *text)
{
	static char path[300];
	const char *tmp = getenv("TMPDIR");

	snprintf(path, sizeof path, "%s/oppslag.ini", tmp ? tmp : "/tmp");
	assert_int_equal(file_replace(path, text, strlen(text), NULL), OK);
	return path;
}

static void the_command_line_wins_over_the_file(void **state)
{
	char line[400];
	struct options o;
	struct buf report;
	struct fault fault;

	(void)state;
	/* Also when the file is named last. */
	snprintf(line, sizeof line, "--theme light --set scale=1.2 --config %s",
		 write_settings("feed = a.json\ntheme = night\nscale = 1.3\ndiagonal = 32\n"));
	assert_int_equal(read_line(&o, line, &report, &fault), OK);
	assert_string_equal(settings_text(&o.settings, SET_FEED), "a.json");
	assert_string_equal(settings_text(&o.settings, SET_THEME), "light");
	assert_string_equal(settings_text(&o.settings, SET_SCALE), "1.2");
	assert_string_equal(settings_text(&o.settings, SET_DIAGONAL), "32");
	buf_free(&report);
	options_free(&o);
}

static void faults_of_the_file_are_no_faults_of_the_command_line(void **state)
{
	char line[400], expected[400];
	struct options o;
	struct buf report;
	struct fault fault;

	(void)state;
	const char *path = write_settings("feed = a.json\nthem = night\nscale = 9\n");
	snprintf(line, sizeof line, "--config %s", path);
	enum err err = read_line(&o, line, &report, &fault);
	assert_int_equal(err_exit_code(err), 1);
	snprintf(expected, sizeof expected,
		 "%s:2: there is no setting \"them\"; is \"theme\" meant?\n%s:3: scale: 9 is not between 1 and 1.4\n",
		 path, path);
	assert_string_equal(buf_text(&report), expected);
	buf_free(&report);
	options_free(&o);
	write_settings("feed = a.json\n\nlang = xx\n");
	err = read_line(&o, line, &report, &fault);
	assert_int_equal(err_exit_code(err), 1);
	snprintf(expected, sizeof expected, "%s:3: lang: not a language that the screen speaks: \"xx\"\n", path);
	assert_string_equal(buf_text(&report), expected);
	buf_free(&report);
	options_free(&o);
	err = read_line(&o, "--config /nowhere/x.ini --feed x", &report, &fault);
	assert_int_equal(err_exit_code(err), 3);
	buf_free(&report);
	options_free(&o);
}

static void what_was_recorded_counts_where_nothing_else_is_said(void **state)
{
	struct options o;
	struct buf report;
	struct fault fault;

	(void)state;
	assert_int_equal(read_line(&o, "--replay r --scale 1.2", &report, &fault), OK);
	assert_int_equal(options_default(&o, SET_SCALE, "1.4", "r:1", &fault), OK);
	assert_int_equal(options_default(&o, SET_ROTATE, "90", "r:1", &fault), OK);
	assert_string_equal(settings_text(&o.settings, SET_SCALE), "1.2");
	assert_int_equal(options_rotation(&o), 90);
	assert_int_equal(options_default(&o, SET_THEME, "pink", "r:1", &fault), ERR_VALUE);
	assert_string_equal(fault.place, "r:1");
	options_free(&o);
}

static void the_state_folder_follows_the_environment(void **state)
{
	struct options o;
	struct buf report;
	struct fault fault;
	char path[100], small[10];

	(void)state;
	assert_int_equal(read_line(&o, "--feed x", &report, &fault), OK);
	setenv("HOME", "/home/kiosk", 1);
	unsetenv("XDG_STATE_HOME");
	assert_int_equal(options_data(&o, path, sizeof path), OK);
	assert_string_equal(path, "/home/kiosk/.local/state/oppslag-kiosk");
	assert_int_equal(options_data(&o, small, sizeof small), ERR_LIMIT);
	setenv("XDG_STATE_HOME", "/state", 1);
	assert_int_equal(options_data(&o, path, sizeof path), OK);
	assert_string_equal(path, "/state/oppslag-kiosk");
	setenv("XDG_STATE_HOME", "relative", 1); /* to be ignored, says the XDG specification */
	unsetenv("HOME");
	assert_int_equal(options_data(&o, path, sizeof path), ERR_VALUE);
	options_free(&o);
}

/* config/oppslag.ini.sample is `oppslag-kiosk --set help >config/oppslag.ini.sample`. */
static void the_sample_file_is_up_to_date(void **state)
{
	const char *source = getenv("OPPSLAG_SOURCE");
	char path[500];
	struct buf sample, file;

	(void)state;
	snprintf(path, sizeof path, "%s/config/oppslag.ini.sample", source ? source : ".");
	buf_init(&sample, 100000);
	buf_init(&file, 100000);
	options_sample(&sample);
	assert_int_equal(file_read(path, &file, NULL), OK);
	assert_string_equal(buf_text(&sample), buf_text(&file));
	buf_free(&sample);
	buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_at_once_is_taken),
		cmocka_unit_test(a_panel_taller_than_an_arm_is_in_reach_mode),
		cmocka_unit_test(wrong_words_are_named),
		cmocka_unit_test(the_night_is_told_or_found),
		cmocka_unit_test(words_without_a_feed_are_enough_for_some),
		cmocka_unit_test(the_command_line_wins_over_the_file),
		cmocka_unit_test(faults_of_the_file_are_no_faults_of_the_command_line),
		cmocka_unit_test(what_was_recorded_counts_where_nothing_else_is_said),
		cmocka_unit_test(the_state_folder_follows_the_environment),
		cmocka_unit_test(the_sample_file_is_up_to_date),
	};
	return cmocka_run_group_tests_name("kiosk_options", tests, NULL, NULL);
}
