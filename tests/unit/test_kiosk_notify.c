/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What systemd hears, on a socket as its own: each word once, the watchdog fed by turns alone, and nothing that waits
 * where nobody listens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/notify.h"

/* systemd's end. */
static int listen_at(const char *name)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	size_t len = strlen(name);

	memcpy(at.sun_path, name, len);
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	assert_int_equal(bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)),
			 0);
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

/* The next word, "" for none. */
static const char *heard(int fd)
{
	static char word[600];
	ssize_t n = recv(fd, word, sizeof word - 1, 0);

	word[n > 0 ? n : 0] = '\0';
	return word;
}

static const char *name_of(const char *kind)
{
	static char name[100];
	const char *tmp = getenv("TMPDIR");

	if (*kind == '@')
		snprintf(name, sizeof name, "@oppslag-notify-%d", (int)getpid());
	else
		snprintf(name, sizeof name, "%s/notify-%s", tmp ? tmp : "/tmp", kind);
	return name;
}

static void watchdog(const char *usec, const char *pid)
{
	setenv("WATCHDOG_USEC", usec, 1);
	unsetenv("WATCHDOG_PID");
	if (pid)
		setenv("WATCHDOG_PID", pid, 1);
}

static void each_word_is_heard(void **state)
{
	static const char *const kinds[] = { "@", "words" };
	struct notify notify;

	(void)state;
	for (int i = 0; i < 2; i++) {
		int fd = listen_at(name_of(kinds[i]));
		notify_init(&notify, 0);
		assert_null(getenv("NOTIFY_SOCKET"));
		assert_string_equal(heard(fd), "");
		notify_ready(&notify);
		assert_string_equal(heard(fd), "READY=1");
		notify_status(&notify, "shows solbakken");
		assert_string_equal(heard(fd), "STATUS=shows solbakken");
		notify_status(&notify, "shows solbakken");
		assert_string_equal(heard(fd), "");
		notify_stopping(&notify);
		assert_string_equal(heard(fd), "STOPPING=1");
		notify_free(&notify);
		notify_ready(&notify); /* harmless */
		close(fd);
	}
}

static void the_watchdog_is_fed_by_turns(void **state)
{
	struct notify notify;
	int fd = listen_at(name_of("fed"));

	(void)state;
	watchdog("150000000", NULL);
	notify_init(&notify, 1000);
	assert_null(getenv("WATCHDOG_USEC"));
	/* Many turns in a row are one meal; the minute serves. */
	notify_turn(&notify, 2000);
	assert_string_equal(heard(fd), "");
	assert_int_equal(notify_deadline(&notify), 1000 + 75000);
	notify_turn(&notify, 61000);
	assert_string_equal(heard(fd), "WATCHDOG=1");
	notify_turn(&notify, 61010);
	assert_string_equal(heard(fd), "");
	assert_int_equal(notify_deadline(&notify), 61000 + 75000);
	notify_free(&notify);

	/* A shorter time has a deadline of its own. */
	setenv("NOTIFY_SOCKET", name_of("fed"), 1);
	watchdog("2000000", NULL);
	notify_init(&notify, 0);
	assert_int_equal(notify_deadline(&notify), 1000);
	notify_free(&notify);
	close(fd);
}

static void another_process_watchdog_is_not_fed(void **state)
{
	static const struct {
		const char *usec, *pid;
	} none[] = { { "2000000", "1" },   { "2000000", "x" }, { "", NULL },    { "-5", NULL },
		     { "2000000x", NULL }, { "0", NULL },      { " 12", NULL }, { "99999999999999999999", NULL } };
	struct notify notify;
	char own[20];
	int fd = listen_at(name_of("pid"));

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		setenv("NOTIFY_SOCKET", name_of("pid"), 1);
		watchdog(none[i].usec, none[i].pid);
		notify_init(&notify, 0);
		assert_true(notify_deadline(&notify) == INT64_MAX);
		notify_turn(&notify, 1000 * 1000);
		assert_string_equal(heard(fd), "");
		notify_free(&notify);
	}
	snprintf(own, sizeof own, "%d", (int)getpid());
	setenv("NOTIFY_SOCKET", name_of("pid"), 1);
	watchdog("2000000", own);
	notify_init(&notify, 0);
	notify_turn(&notify, 600);
	assert_string_equal(heard(fd), "WATCHDOG=1");
	notify_free(&notify);
	close(fd);
}

static void a_full_or_missing_listener_holds_nothing_up(void **state)
{
	struct notify notify;
	int n = 0, fd = listen_at(name_of("full"));
	char line[30];

	(void)state;
	watchdog("8000000", NULL);
	notify_init(&notify, 0);
	/* Until the queue takes no more; none of these may wait. */
	for (; n < 10000; n++) {
		snprintf(line, sizeof line, "%d", n);
		notify_status(&notify, line);
		if (strcmp(notify.status, line) != 0)
			break;
	}
	assert_in_range(n, 1, 9999);
	notify_turn(&notify, 4000);
	assert_int_equal(notify_deadline(&notify), 5000); /* soon again, not at once */
	while (*heard(fd))
		continue;
	notify_turn(&notify, 4500);
	assert_string_equal(heard(fd), "");
	notify_turn(&notify, 5000);
	assert_string_equal(heard(fd), "WATCHDOG=1");
	close(fd);
	notify_turn(&notify, 20000);
	notify_free(&notify);

	static const char *const wrong[] = { "", "@", "relative", "vsock:2:1234" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		setenv("NOTIFY_SOCKET", wrong[i], 1);
		watchdog("2000000", NULL);
		notify_init(&notify, 0);
		assert_true(notify_deadline(&notify) == INT64_MAX);
		notify_ready(&notify);
		notify_free(&notify);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_is_heard),
		cmocka_unit_test(the_watchdog_is_fed_by_turns),
		cmocka_unit_test(another_process_watchdog_is_not_fed),
		cmocka_unit_test(a_full_or_missing_listener_holds_nothing_up),
	};
	return cmocka_run_group_tests_name("kiosk_notify", tests, NULL, NULL);
}
