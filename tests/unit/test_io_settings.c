/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings from files and assignments: what goes in, which faults come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "io/settings.h"

/* clang-format off */
#define TEST_SETTINGS(X) \
	X(FEED, "feed", SETTING_TEXT, "none", 0, 1000, NULL, "Where it comes from.") \
	X(PORT, "port", SETTING_INT, "80", 1, 65535, NULL, "The port.") \
	X(SCALE, "scale", SETTING_NUMBER, "1.5", 1, 1.75, NULL, "How large.") \
	X(WIDE, "wide", SETTING_BOOL, "no", 0, 0, NULL, "Whether it is wide.") \
	X(THEME, "theme", SETTING_CHOICE, "night", 0, 0, "light|night", "The colours.") \
	X(SIZE, "size", SETTING_SIZE, "640x480", 100, 4000, NULL, "The size.") \
	X(MAIL_HOST, "mail.host", SETTING_TEXT, "", 3, 20, NULL, "The post office.")
/* clang-format on */
enum {
#define X(name, ...) SET_##name,
	TEST_SETTINGS(X)
#undef X
		SET_COUNT
};
static const struct setting rows[SET_COUNT] = { TEST_SETTINGS(SETTING_ROW) };

static enum err parse(struct settings *settings, const char *bytes, size_t len, struct buf *report)
{
	buf_init(report, 10000);
	assert_int_equal(settings_init(settings, rows, SET_COUNT), OK);
	return settings_parse(settings, "x.ini", bytes, len, report);
}

static void a_good_file_is_read(void **state)
{
	static const char file[] = "\xef\xbb\xbf; a comment\r\n"
				   "# another\r\n"
				   "feed = https://example.no/a?b=c#d ; said last year\r\n"
				   "  port=8080\r\n"
				   "\r\n"
				   "scale: 1.25\r\n"
				   "wide = ja\r\n"
				   "theme = light\r\n"
				   "size = 1080x1920\r\n"
				   "[mail]\r\n"
				   "host = post.example.no";
	struct settings settings;
	struct buf report;
	int w, h;

	(void)state;
	assert_int_equal(parse(&settings, file, sizeof file - 1, &report), OK);
	assert_string_equal(buf_text(&report), "");
	assert_string_equal(settings_text(&settings, SET_FEED), "https://example.no/a?b=c#d");
	assert_int_equal(settings_int(&settings, SET_PORT), 8080);
	assert_true(settings_number(&settings, SET_SCALE) == 1.25);
	assert_true(settings_bool(&settings, SET_WIDE));
	assert_int_equal(settings_choice(&settings, SET_THEME), 0);
	settings_size(&settings, SET_SIZE, &w, &h);
	assert_int_equal(w, 1080);
	assert_int_equal(h, 1920);
	assert_string_equal(settings_text(&settings, SET_MAIL_HOST), "post.example.no");
	assert_string_equal(settings_origin(&settings, SET_MAIL_HOST), "x.ini:11");
	buf_free(&report);
	settings_free(&settings);
}

static void without_a_file_the_fallbacks_hold(void **state)
{
	struct settings settings;
	struct buf report;

	(void)state;
	assert_int_equal(parse(&settings, "", 0, &report), OK);
	assert_string_equal(settings_text(&settings, SET_FEED), "none");
	assert_int_equal(settings_int(&settings, SET_PORT), 80);
	assert_true(settings_number(&settings, SET_SCALE) == 1.5);
	assert_false(settings_bool(&settings, SET_WIDE));
	assert_int_equal(settings_choice(&settings, SET_THEME), 1);
	assert_false(settings_is_set(&settings, SET_PORT));
	assert_string_equal(settings_origin(&settings, SET_PORT), "default");
	buf_free(&report);
	settings_free(&settings);
}

static const struct {
	const char *file, *report;
	size_t len; /* 0: as long as the text */
} bad_files[] = {
	{ "port = 0\n", "x.ini:1: port: 0 is not between 1 and 65535\n", 0 },
	{ "port = 65536\n", "x.ini:1: port: 65536 is not between 1 and 65535\n", 0 },
	{ "\n\nport = 8o\n", "x.ini:3: port: not a whole number: \"8o\"\n", 0 },
	{ "port =\n", "x.ini:1: port: not a whole number: \"\"\n", 0 },
	{ "port = -1\n", "x.ini:1: port: not a whole number: \"-1\"\n", 0 },
	{ "port = 1.0\n", "x.ini:1: port: not a whole number: \"1.0\"\n", 0 },
	{ "port = 99999999999999999999\n", "x.ini:1: port: not a whole number: \"99999999999999999999\"\n", 0 },
	{ "scale = 1,2,5\n", "x.ini:1: scale: not a decimal number: \"1.2,5\"\n", 0 },
	{ "scale = 1e0\n", "x.ini:1: scale: not a decimal number: \"1e0\"\n", 0 },
	{ "scale = nan\n", "x.ini:1: scale: not a decimal number: \"nan\"\n", 0 },
	{ "scale = 1.76\n", "x.ini:1: scale: 1.76 is not between 1 and 1.75\n", 0 },
	{ "wide = maybe\n", "x.ini:1: wide: neither yes nor no: \"maybe\"\n", 0 },
	{ "theme = ligh\n", "x.ini:1: theme: not one of light|night: \"ligh\"\n", 0 },
	{ "theme = light|night\n", "x.ini:1: theme: not one of light|night: \"light|night\"\n", 0 },
	{ "size = 640\n", "x.ini:1: size: not a size like 1920x1080: \"640\"\n", 0 },
	{ "size = 640x48000\n", "x.ini:1: size: each side of 640x48000 must be between 100 and 4000\n", 0 },
	{ "size = 640x480x\n", "x.ini:1: size: not a size like 1920x1080: \"640x480x\"\n", 0 },
	{ "hosting = x\n", "x.ini:1: there is no setting \"hosting\"\n", 0 },
	{ "hsot = x\n", "x.ini:1: there is no setting \"hsot\"; is \"mail.host\" meant?\n", 0 },
	{ "host = abc\n", "x.ini:1: host: belongs below [mail]\n", 0 },
	{ "[mail]\nport = 1\n", "x.ini:2: port: belongs above the first [section]\n", 0 },
	{ "mail.host = ab\n", "x.ini:1: mail.host: has 2 characters, allowed are 3 to 20\n", 0 },
	{ "feed\n", "x.ini:1: neither KEY = VALUE, [section] nor a comment\n", 0 },
	{ "port = 1\nfeed\nwide = no\n", "x.ini:2: neither KEY = VALUE, [section] nor a comment\n", 0 },
	{ "[mail\nhost = abc\n", "x.ini:1: a [ without its ]\nx.ini:2: host: belongs below [mail]\n", 0 },
	{ "port = 1\n\nport = 2\n", "x.ini:3: port: stands already in line 1\n", 0 },
	{ "port = x\nwide = x\n",
	  "x.ini:1: port: not a whole number: \"x\"\nx.ini:2: wide: neither yes nor no: \"x\"\n", 0 },
	{ "feed = a\x01z\n", "x.ini:1: feed: holds a control character\n", 0 },
	{ "feed = bl\xe5\n",
	  "x.ini:1: byte 10 is not UTF-8; a file in Latin-1 (ISO 8859-1, Windows-1252) must be saved as UTF-8\n", 0 },
	{ "\xff\xfep\0o\0r", "x.ini: the file is damaged UTF-16 (\"Unicode\" in Notepad); save it as UTF-8\n", 7 },
	{ "\xfe\xff\xd8\0\0o", "x.ini: the file is damaged UTF-16 (\"Unicode\" in Notepad); save it as UTF-8\n", 6 },
	{ "p\0o\0r\0t\0", "x.ini: the file holds NUL bytes, it is UTF-16 or no text at all; save it as UTF-8\n", 8 },
};

static void bad_files_are_named_line_by_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
		size_t len = bad_files[i].len ? bad_files[i].len : strlen(bad_files[i].file);
		struct settings settings;
		struct buf report;
		assert_int_not_equal(parse(&settings, bad_files[i].file, len, &report), OK);
		assert_string_equal(buf_text(&report), bad_files[i].report);
		buf_free(&report);
		settings_free(&settings);
	}
}

/* Addresses of calendars are longer than inih's lines; a cut must not be seen. */
static void long_lines_come_through_whole(void **state)
{
	(void)state;
	for (size_t len = 180; len <= LIMIT_SETTING; len += 7) {
		char value[LIMIT_SETTING + 1], file[LIMIT_SETTING + 200];
		struct settings settings;
		struct buf report;
		for (size_t i = 0; i < len; i++)
			value[i] = "abc/=;#%. "[i * 7 % 9];
		value[len - 1] = 'z';
		value[len] = '\0';
		int n = snprintf(file, sizeof file, "feed = %s\n; %s\nport = 7 ; %s\n", value, "x",
				 "long words follow");
		assert_int_equal(parse(&settings, file, (size_t)n, &report), OK);
		assert_string_equal(buf_text(&report), "");
		assert_string_equal(settings_text(&settings, SET_FEED), value);
		assert_int_equal(settings_int(&settings, SET_PORT), 7);
		buf_free(&report);
		settings_free(&settings);
	}
}

static void long_comments_stay_comments(void **state)
{
	char file[1000] = "port = 7 ;";
	struct settings settings;
	struct buf report;

	(void)state;
	for (size_t i = strlen(file); i < 700; i++)
		file[i] = i % 9 ? 'c' : ' ';
	memcpy(file + 700, "\n# ", 3);
	for (size_t i = strlen(file); i < 990; i++)
		file[i] = i % 9 ? 'd' : ' ';
	assert_int_equal(parse(&settings, file, strlen(file), &report), OK);
	assert_string_equal(buf_text(&report), "");
	assert_int_equal(settings_int(&settings, SET_PORT), 7);
	buf_free(&report);
	settings_free(&settings);
}

static void what_is_too_long_is_said(void **state)
{
	static char file[LIMIT_SETTINGS_BYTES + 2];
	struct settings settings;
	struct buf report;

	(void)state;
	memset(file, 'a', sizeof file);
	memcpy(file, "feed = ", 7);
	assert_int_equal(parse(&settings, file, LIMIT_SETTING + 8, &report), ERR_LIMIT);
	assert_string_equal(buf_text(&report), "x.ini:1: feed: longer than 1000 bytes\n");
	buf_free(&report);
	settings_free(&settings);
	assert_int_equal(parse(&settings, file, 5000, &report), ERR_LIMIT);
	assert_string_equal(buf_text(&report), "x.ini:1: the line is longer than 1100 bytes\n");
	buf_free(&report);
	settings_free(&settings);
	assert_int_equal(parse(&settings, file, LIMIT_SETTINGS_BYTES + 1, &report), ERR_LIMIT);
	assert_string_equal(buf_text(&report), "x.ini: the settings file is larger than 64 KB\n");
	buf_free(&report);
	settings_free(&settings);
	memset(file + 7, ' ', 600);
	file[600] = 'x';
	assert_int_equal(parse(&settings, file, 601, &report), ERR_LIMIT);
	assert_non_null(strstr(buf_text(&report), "x.ini:1: the line cannot be read"));
	buf_free(&report);
	settings_free(&settings);
}

static void assignments_win_over_the_file(void **state)
{
	static const struct {
		const char *assignment, *place, *text;
	} bad[] = {
		{ "port", "--set", "not KEY=VALUE: \"port\"" },
		{ "=7", "--set", "not KEY=VALUE: \"=7\"" },
		{ "prt=7", "--set", "there is no setting \"prt\"" },
		{ "port=", "--set port", "port: not a whole number: \"\"" },
		{ "port=seven", "--set port", "port: not a whole number: \"seven\"" },
	};
	struct settings settings;
	struct buf report;
	struct fault fault;

	(void)state;
	assert_int_equal(parse(&settings, "port = 1\n", 9, &report), OK);
	assert_int_equal(settings_set(&settings, "port=2", &fault), OK);
	assert_int_equal(settings_int(&settings, SET_PORT), 2);
	assert_string_equal(settings_origin(&settings, SET_PORT), "--set port");
	assert_int_equal(settings_set(&settings, "feed=a=b", &fault), OK);
	assert_string_equal(settings_text(&settings, SET_FEED), "a=b");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(settings_set(&settings, bad[i].assignment, &fault), ERR_USAGE);
		assert_string_equal(fault.place, bad[i].place);
		assert_string_equal(fault.text, bad[i].text);
	}
	assert_int_equal(settings_int(&settings, SET_PORT), 2);
	buf_free(&report);
	settings_free(&settings);
}

static void the_sample_is_a_file_that_changes_nothing(void **state)
{
	struct settings settings;
	struct buf sample, report;

	(void)state;
	buf_init(&sample, 10000);
	settings_sample(rows, SET_COUNT, "All of them.", &sample);
	assert_non_null(strstr(buf_text(&sample), "\n# How large.\n# 1 to 1.75\n;scale = 1.5\n"));
	assert_int_equal(parse(&settings, buf_text(&sample), sample.len, &report), OK);
	for (size_t i = 0; i < SET_COUNT; i++)
		assert_false(settings_is_set(&settings, i));
	settings_free(&settings);
	buf_free(&report);
	for (char *c = sample.bytes; *c; c++)
		if (*c == ';')
			*c = ' ';
	/* mail.host has no fallback that its row allows. */
	(void)!parse(&settings, buf_text(&sample), sample.len, &report);
	for (size_t i = 0; i < SET_MAIL_HOST; i++)
		assert_true(settings_is_set(&settings, i));
	settings_free(&settings);
	buf_free(&report);
	buf_free(&sample);
}

static void a_file_that_is_not_there_is_said(void **state)
{
	struct settings settings;
	struct buf report;

	(void)state;
	buf_init(&report, 1000);
	assert_int_equal(settings_init(&settings, rows, SET_COUNT), OK);
	assert_int_equal(settings_load(&settings, "/nowhere/x.ini", &report), ERR_FILE);
	assert_string_equal(buf_text(&report), "/nowhere/x.ini: cannot be opened: No such file or directory\n");
	buf_free(&report);
	settings_free(&settings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_is_read),
		cmocka_unit_test(without_a_file_the_fallbacks_hold),
		cmocka_unit_test(bad_files_are_named_line_by_line),
		cmocka_unit_test(long_lines_come_through_whole),
		cmocka_unit_test(long_comments_stay_comments),
		cmocka_unit_test(what_is_too_long_is_said),
		cmocka_unit_test(assignments_win_over_the_file),
		cmocka_unit_test(the_sample_is_a_file_that_changes_nothing),
		cmocka_unit_test(a_file_that_is_not_there_is_said),
	};
	return cmocka_run_group_tests_name("io_settings", tests, NULL, NULL);
}
