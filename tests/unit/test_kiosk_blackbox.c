/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The black box on a real disk: found again, mended after a cut, never larger than it may be, never busy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/file.h"
#include "kiosk/blackbox.h"

static const char *folder(void)
{
	static char path[300];
	static int n;
	const char *tmp = getenv("TMPDIR");

	snprintf(path, sizeof path, "%.200s/box-%d", tmp ? tmp : "/tmp", n++);
	return path;
}

static char *contents(const char *path)
{
	static char text[BOX_FILE_BYTES + 1000];
	struct buf file;

	buf_init(&file, sizeof text - 1);
	enum err err = file_read(path, &file, NULL);
	memcpy(text, buf_text(&file), file.len + 1);
	buf_free(&file);
	return err ? NULL : text;
}

static void begin_with(const char *directory, const char *bytes, size_t len)
{
	char path[400];

	assert_int_equal(dir_make(directory, NULL), OK);
	snprintf(path, sizeof path, "%s/black-box.txt", directory);
	assert_int_equal(file_replace(path, bytes, len, NULL), OK);
}

static void lines_are_kept_and_found(void **state)
{
	struct blackbox box;
	const char *directory = folder();

	(void)state;
	blackbox_open(&box, directory);
	assert_string_equal(blackbox_newest(&box), "");
	blackbox_write(&box, 0, 0, "2026-11-24 09.41", "Skjermen startet");
	blackbox_write(&box, 1, 0, "2026-11-24 09.42", "Strømmen er\nfor svak"); /* stays one line */
	blackbox_open(&box, directory);
	assert_int_equal(box.n, 2);
	assert_string_equal(box.lines[0], "2026-11-24 09.41  Skjermen startet");
	assert_string_equal(blackbox_newest(&box), "2026-11-24 09.42  Strømmen er for svak");
	/* Only the newest are held in memory. */
	for (unsigned i = 0; i < 40; i++)
		blackbox_write(&box, i, 0, "s", i % 2 ? "odd" : "even");
	blackbox_open(&box, directory);
	assert_int_equal(box.n, BOX_LINES);
	assert_string_equal(blackbox_newest(&box), "s  odd");
}

static void a_torn_line_is_taken_away(void **state)
{
	static const char torn[] = "2026-11-24 09.41  Skjermen startet\n2026-11-24 09.42  Strø",
			  zeros[] = "2026-11-24 09.41  Skjermen startet\n\0\0\0\0\0\0\0\0\0\n\0\0";
	static const struct {
		const char *bytes;
		size_t len;
	} ends[] = { { torn, sizeof torn - 1 }, { torn, 36 }, { zeros, sizeof zeros - 1 }, { torn, 35 } };
	struct blackbox box;
	char path[400];

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *directory = folder();
		begin_with(directory, ends[i].bytes, ends[i].len);
		blackbox_open(&box, directory);
		assert_int_equal(box.n, 1);
		blackbox_write(&box, 0, 0, "2026-11-24 10.00", "Skjermen startet");
		snprintf(path, sizeof path, "%s/black-box.txt", directory);
		assert_string_equal(contents(path), "2026-11-24 09.41  Skjermen startet\n"
						    "2026-11-24 10.00  Skjermen startet\n");
	}
	/* Nothing but half a line. */
	const char *directory = folder();
	begin_with(directory, "half", 4);
	blackbox_open(&box, directory);
	assert_int_equal(box.n, 0);
}

static void two_files_and_no_more(void **state)
{
	static char nearly[BOX_FILE_BYTES - 100];
	char path[400], older[400], text[200];
	struct blackbox box;
	struct stat file;
	const char *directory = folder();

	(void)state;
	memset(nearly, 'x', sizeof nearly);
	nearly[sizeof nearly - 1] = '\n';
	snprintf(path, sizeof path, "%s/black-box.txt", directory);
	snprintf(older, sizeof older, "%s/black-box.old.txt", directory);
	for (int turn = 1; turn <= 2; turn++) {
		begin_with(directory, nearly, sizeof nearly);
		blackbox_open(&box, directory);
		snprintf(text, sizeof text, "turn %d, the last line that finds room in the file, which then is full",
			 turn);
		blackbox_write(&box, 0, 0, "stamp", text);
		assert_int_equal(stat(path, &file), 0);
		assert_in_range(file.st_size, sizeof nearly + 1, BOX_FILE_BYTES);
		blackbox_write(&box, 0, 0, "stamp", text);
		assert_int_equal(stat(path, &file), 0);
		assert_int_equal(file.st_size, strlen("stamp  ") + strlen(text) + 1);
		assert_non_null(strstr(contents(older), text));
	}
}

static void what_comes_too_often_is_counted(void **state)
{
	char newest[BOX_LINE], text[40], path[400];
	struct blackbox box;
	const char *directory = folder();
	int lines = 0;

	(void)state;
	blackbox_open(&box, directory);
	for (int i = 0; i < 46; i++) {
		snprintf(text, sizeof text, "Nettet borte %d min", i);
		blackbox_write(&box, 3, i * 1000, "s", text);
	}
	blackbox_write(&box, 4, 46000, "s", "Skjermen startet"); /* another kind is not held back */
	assert_string_equal(blackbox_newest(&box), "s  Skjermen startet");
	snprintf(path, sizeof path, "%s/black-box.txt", directory);
	for (const char *s = contents(path); (s = strchr(s, '\n')); s++)
		lines++;
	assert_int_equal(lines, BOX_AN_HOUR + 1);
	assert_int_equal(blackbox_left_out(&box, 3, BOX_HOUR_MS - 1, newest), 0);
	assert_int_equal(blackbox_left_out(&box, 3, BOX_HOUR_MS, newest), 40);
	assert_string_equal(newest, "Nettet borte 45 min");
	assert_int_equal(blackbox_left_out(&box, 3, BOX_HOUR_MS, newest), 0);
	blackbox_write(&box, 3, BOX_HOUR_MS + 1, "s", "again");
	assert_string_equal(blackbox_newest(&box), "s  again");
}

static void a_disk_that_takes_nothing_holds_nothing_up(void **state)
{
	static const char *const places[] = { NULL, "", "/proc/nowhere", "/dev/full/box" };
	char path[400];
	struct blackbox box;

	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		blackbox_open(&box, places[i]);
		blackbox_write(&box, 0, 0, "s", "Skjermen startet");
		assert_string_equal(blackbox_newest(&box), "s  Skjermen startet");
	}
	/* Something else stands in the file's place: neither followed nor waited for. */
	const char *directory = folder();
	assert_int_equal(dir_make(directory, NULL), OK);
	snprintf(path, sizeof path, "%s/black-box.txt", directory);
	assert_int_equal(mkfifo(path, 0600), 0);
	blackbox_open(&box, directory);
	blackbox_write(&box, 0, 0, "s", "Skjermen startet");
	assert_true(box.refused);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/dev/full", path), 0);
	blackbox_open(&box, directory);
	blackbox_write(&box, 0, 0, "s", "Skjermen startet");
	assert_true(box.refused);
	/* And it is written again as soon as that is possible. */
	assert_int_equal(unlink(path), 0);
	blackbox_write(&box, 0, 0, "s", "Skjermen startet");
	assert_false(box.refused);
	assert_string_equal(contents(path), "s  Skjermen startet\n");
}

static void a_long_line_is_cut_between_letters(void **state)
{
	char text[2 * BOX_LINE];
	struct blackbox box;
	const char *directory = folder();

	(void)state;
	for (size_t i = 0; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "ø", 3);
	blackbox_open(&box, directory);
	blackbox_write(&box, 0, 0, "s", text);
	blackbox_write(&box, 0, 0, "ss", text);
	blackbox_open(&box, directory); /* one that is cut inside a letter would not be shown */
	assert_int_equal(box.n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_kept_and_found),
		cmocka_unit_test(a_torn_line_is_taken_away),
		cmocka_unit_test(two_files_and_no_more),
		cmocka_unit_test(what_comes_too_often_is_counted),
		cmocka_unit_test(a_disk_that_takes_nothing_holds_nothing_up),
		cmocka_unit_test(a_long_line_is_cut_between_letters),
	};
	return cmocka_run_group_tests_name("kiosk_blackbox", tests, NULL, NULL);
}
