/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on a real disk: replaced whole, capped, found. And addresses. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/address.h"
#include "io/clock.h"
#include "io/fetch.h"
#include "io/file.h"

static const char *in_tmp(char *out, size_t size, const char *name)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(out, size, "%s/%s", tmp ? tmp : "/tmp", name);
	return out;
}

static void a_file_is_replaced_whole(void **state)
{
	char path[300], beside[310];
	struct stat info;
	struct buf bytes;

	(void)state;
	in_tmp(path, sizeof path, "replaced");
	assert_int_equal(file_replace(path, "first", 5, NULL), OK);
	/* What a pulled plug left of an earlier attempt is in nobody's way. */
	snprintf(beside, sizeof beside, "%s.new", path);
	FILE *torn = fopen(beside, "w");
	assert_non_null(torn);
	fputs("torn and long", torn);
	fclose(torn);
	assert_int_equal(file_replace(path, "sec\0nd", 6, NULL), OK);
	buf_init(&bytes, 100);
	assert_int_equal(file_read(path, &bytes, NULL), OK);
	assert_int_equal(bytes.len, 6);
	assert_memory_equal(bytes.bytes, "sec\0nd", 6);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_not_equal(access(beside, F_OK), 0);
	buf_free(&bytes);
}

static void a_refused_write_keeps_the_old_file(void **state)
{
	char folder[300], path[320];
	struct buf bytes;
	struct fault fault;

	(void)state;
	in_tmp(folder, sizeof folder, "full");
	assert_int_equal(dir_make(folder, NULL), OK);
	snprintf(path, sizeof path, "%s/kept", folder);
	assert_int_equal(file_replace(path, "old", 3, NULL), OK);
	snprintf(path, sizeof path, "%s/kept.new", folder);
	assert_int_equal(mkdir(path, 0700), 0); /* stands in the way, even of root */
	snprintf(path, sizeof path, "%s/kept", folder);
	assert_int_equal(file_replace(path, "new", 3, &fault), ERR_FILE);
	assert_non_null(strstr(fault.text, "cannot be made"));
	buf_init(&bytes, 100);
	assert_int_equal(file_read(path, &bytes, NULL), OK);
	assert_string_equal(buf_text(&bytes), "old");
	buf_free(&bytes);
}

static void a_file_above_its_maximum_is_refused(void **state)
{
	char path[300];
	struct buf bytes;
	struct fault fault;

	(void)state;
	in_tmp(path, sizeof path, "large");
	assert_int_equal(file_replace(path, "12345", 5, NULL), OK);
	buf_init(&bytes, 4);
	assert_int_equal(file_read(path, &bytes, &fault), ERR_LIMIT);
	assert_string_equal(fault.text, "larger than 4 bytes");
	buf_free(&bytes);
	buf_init(&bytes, 5);
	assert_int_equal(file_read(path, &bytes, NULL), OK);
	buf_free(&bytes);
	assert_int_equal(file_read("/nowhere/at/all", &bytes, &fault), ERR_NOT_FOUND);
	assert_string_equal(fault.place, "/nowhere/at/all");
	assert_int_equal(file_read("/", &bytes, &fault), ERR_FILE);
}

static void a_pipe_without_a_writer_is_empty(void **state)
{
	char path[300];
	struct buf bytes;

	(void)state;
	in_tmp(path, sizeof path, "pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	buf_init(&bytes, 100);
	alarm(20);
	assert_int_equal(file_read(path, &bytes, NULL), OK);
	assert_int_equal(bytes.len, 0);
	assert_int_equal(file_replace(path, "x", 1, NULL), ERR_FILE);
	alarm(0);
	buf_free(&bytes);
	unlink(path);
}

static void what_is_no_file_is_written_to_and_not_replaced(void **state)
{
	char path[300], got[10];
	struct stat info;

	(void)state;
	in_tmp(path, sizeof path, "reader");
	assert_int_equal(mkfifo(path, 0600), 0);
	int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	assert_true(reader >= 0);
	assert_int_equal(file_replace(path, "list", 4, NULL), OK);
	assert_int_equal(read(reader, got, sizeof got), 4);
	assert_memory_equal(got, "list", 4);
	assert_int_equal(lstat(path, &info), 0);
	assert_true(S_ISFIFO(info.st_mode));
	close(reader);
	unlink(path);
}

static void a_link_stays_a_link(void **state)
{
	char path[300], link[300];
	struct stat info;
	struct buf bytes;

	(void)state;
	in_tmp(path, sizeof path, "linked");
	in_tmp(link, sizeof link, "link");
	assert_int_equal(file_replace(path, "old", 3, NULL), OK);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(file_replace(link, "new", 3, NULL), OK);
	assert_int_equal(lstat(link, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	buf_init(&bytes, 10);
	assert_int_equal(file_read(path, &bytes, NULL), OK);
	assert_string_equal(buf_text(&bytes), "new");
	buf_free(&bytes);
	unlink(link);
	unlink(path);
}

enum { ROUNDS = 300, FILL = 20000 };

/* Replaces PATH again and again by a file full of LETTER; ends the process: 0, or 1 if one was refused. */
static void replace_often(const char *path, char letter)
{
	char bytes[FILL];
	int refused = 0;

	memset(bytes, letter, sizeof bytes);
	for (int i = 0; i < ROUNDS; i++)
		refused |= file_replace(path, bytes, sizeof bytes, NULL) != OK;
	_exit(refused);
}

static void two_programs_may_keep_one_file(void **state)
{
	char path[300];
	pid_t writers[2];
	struct buf bytes;
	int status;

	(void)state;
	in_tmp(path, sizeof path, "shared");
	assert_int_equal(file_replace(path, "", 0, NULL), OK);
	for (int i = 0; i < 2; i++) {
		writers[i] = fork();
		if (writers[i] == 0)
			replace_often(path, (char)('a' + i));
		assert_true(writers[i] > 0);
	}
	buf_init(&bytes, FILL);
	for (int i = 0; i < ROUNDS; i++) {
		buf_reset(&bytes);
		assert_int_equal(file_read(path, &bytes, NULL), OK);
		if (bytes.len == 0) /* the first */
			continue;
		assert_int_equal(bytes.len, FILL);
		for (size_t j = 1; j < FILL; j++)
			assert_int_equal(bytes.bytes[j], bytes.bytes[0]);
	}
	buf_free(&bytes);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
}

static void folders_are_made_all_the_way(void **state)
{
	char path[300], file[310];
	struct fault fault;
	struct stat info;

	(void)state;
	in_tmp(path, sizeof path, "a/b//c/");
	assert_int_equal(dir_make(path, &fault), OK);
	assert_int_equal(dir_make(path, &fault), OK);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	in_tmp(file, sizeof file, "a/file");
	assert_int_equal(file_replace(file, "", 0, NULL), OK);
	assert_int_equal(dir_make(file, &fault), ERR_FILE);
	assert_string_equal(fault.text, "is not a directory");
	assert_int_equal(dir_make("", &fault), ERR_VALUE);
}

static void data_is_found_where_the_environment_says(void **state)
{
	char path[300];
	struct fault fault;

	(void)state;
	setenv("OPPSLAG_DATADIR", "/data", 1);
	assert_int_equal(data_path("icons/x.svg", path, sizeof path, &fault), OK);
	assert_string_equal(path, "/data/icons/x.svg");
	assert_int_equal(data_path("icons/x.svg", path, 10, &fault), ERR_LIMIT);
	unsetenv("OPPSLAG_DATADIR");
	assert_int_equal(data_path("icons", path, sizeof path, &fault), OK);
	assert_non_null(strstr(path, "share"));
}

static void the_monotonic_clock_never_goes_back(void **state)
{
	int64_t before = clock_monotonic_ms();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_monotonic_ms();
		assert_true(now >= before);
		before = now;
	}
	assert_true(clock_utc() > 1700000000);
	assert_true(clock_utc_ms() / 1000 - clock_utc() <= 1);
}

static void addresses_inside_are_known(void **state)
{
	static const struct {
		const char *text;
		bool is_public;
	} addresses[] = {
		{ "127.0.0.1", false },
		{ "127.255.255.254", false },
		{ "10.1.2.3", false },
		{ "172.15.255.255", true },
		{ "172.16.0.1", false },
		{ "172.31.255.255", false },
		{ "172.32.0.1", true },
		{ "192.168.1.1", false },
		{ "192.167.1.1", true },
		{ "169.254.169.254", false },
		{ "100.64.0.1", false },
		{ "100.128.0.1", true },
		{ "0.0.0.0", false },
		{ "224.0.0.1", false },
		{ "255.255.255.255", false },
		{ "8.8.8.8", true },
		{ "198.19.0.1", false },
		{ "203.0.113.9", false },
		{ "::1", false },
		{ "[::1]", false },
		{ "::", false },
		{ "::ffff:127.0.0.1", false },
		{ "::ffff:8.8.8.8", true },
		{ "64:ff9b::7f00:1", false },
		{ "64:ff9b::808:808", true },
		{ "2002:7f00:1::", false },
		{ "2002:808:808::", true },
		{ "fe80::1", false },
		{ "fe80::1%lo", false },
		{ "fc00::1", false },
		{ "fd12::1", false },
		{ "ff02::1", false },
		{ "2001:db8::1", false },
		{ "2a00:1450:400f::1", true },
		{ "[2a00:1450:400f::1]", true },
		{ "oppslag.example.no", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		if (address_text_is_public(addresses[i].text) != addresses[i].is_public)
			fail_msg("%s is %spublic", addresses[i].text, addresses[i].is_public ? "" : "not ");
}

static void secrets_of_an_address_stay_out_of_the_log(void **state)
{
	char origin[100];

	(void)state;
	url_origin("https://kari:hemmelig@kalender.example.no:8443/private-8f3a/basic.ics?key=1#x", origin,
		   sizeof origin);
	assert_string_equal(origin, "https://kalender.example.no:8443");
	url_origin("webcal://kalender.example.no/x", origin, sizeof origin);
	assert_string_equal(origin, "webcal://kalender.example.no");
	url_origin("no address", origin, sizeof origin);
	assert_string_equal(origin, "(no address)");
	assert_true(url_is_http("http://[::1]:80/x"));
	assert_true(url_is_http("WEBCAL://example.no"));
	assert_false(url_is_http("file:///etc/passwd"));
	assert_false(url_is_http("assets/sample/centre.json"));
	assert_false(url_is_http("https://"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_replaced_whole),
		cmocka_unit_test(a_refused_write_keeps_the_old_file),
		cmocka_unit_test(a_file_above_its_maximum_is_refused),
		cmocka_unit_test(a_pipe_without_a_writer_is_empty),
		cmocka_unit_test(what_is_no_file_is_written_to_and_not_replaced),
		cmocka_unit_test(a_link_stays_a_link),
		cmocka_unit_test(two_programs_may_keep_one_file),
		cmocka_unit_test(folders_are_made_all_the_way),
		cmocka_unit_test(data_is_found_where_the_environment_says),
		cmocka_unit_test(the_monotonic_clock_never_goes_back),
		cmocka_unit_test(addresses_inside_are_known),
		cmocka_unit_test(secrets_of_an_address_stay_out_of_the_log),
	};
	return cmocka_run_group_tests_name("io_file", tests, NULL, NULL);
}
