/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which time it is: what a clock may say before anybody has set it, at 1970, at 2040, and where the kernel may not be
 * asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/clock.h"
#include "io/file.h"
#include "kiosk/loop_clock.h"

static const int64_t known = INT64_C(1795000000000); /* 2026-11-18 11:06:40 */
static const int64_t day = INT64_C(24) * 3600 * 1000;

static const char *wall(const struct kiosk_clock *clock)
{
	static char text[CIVIL_SIZE];
	struct civil civil;
	int ms;

	kiosk_clock_wall(clock, "Europe/Oslo", &civil, &ms);
	civil_print(civil, text);
	return text;
}

/* A machine whose clock says UTC_MS, and that has known since then that it is no earlier than KNOWN. */
static struct kiosk_clock at(int64_t utc_ms, bool wants_sync)
{
	struct kiosk_clock clock = { .is_virtual = true, .virtual_ms = utc_ms, .wants_sync = wants_sync };

	kiosk_clock_know(&clock, known);
	return clock;
}

static void an_unset_clock_counts_from_what_is_known(void **state)
{
	struct kiosk_clock clock = at(5, true);

	(void)state;
	kiosk_clock_know(&clock, known - day); /* older news is none */
	assert_true(kiosk_clock_unsure(&clock));
	assert_string_equal(wall(&clock), "2026-11-18T12:06:40");
	clock.virtual_ms += 90 * 1000; /* and goes on from there */
	assert_string_equal(wall(&clock), "2026-11-18T12:08:10");
	kiosk_clock_know(&clock, known + 60 * 1000); /* that it was later is known by now */
	assert_string_equal(wall(&clock), "2026-11-18T12:08:10");
	kiosk_clock_know(&clock, known + day);
	assert_string_equal(wall(&clock), "2026-11-19T12:06:40");
	/* What a machine kept over a power cut is later than the feed, and likelier. */
	clock = at(known + 3 * day, true);
	clock.virtual_ms = known + 3 * day;
	assert_string_equal(wall(&clock), "2026-11-21T12:06:40");
	/* Once it was set it says what it likes, also something earlier. */
	clock.sure = true;
	clock.virtual_ms = known - day;
	assert_false(kiosk_clock_unsure(&clock));
	assert_string_equal(wall(&clock), "2026-11-17T12:06:40");
}

static void nobody_believes_1970_or_2040(void **state)
{
	static const struct {
		int64_t days; /* from what is known */
		bool trusted, set, unset;
	} clocks[] = {
		{ -20000, true, true, true }, /* 1972 */
		{ -330, true, true, true },   /* 2025: before there was such a program */
		{ -200, false, false, true },    { 0, false, false, true },      { 399, false, false, true },
		{ 4 * 365, false, false, true }, { 14 * 365, true, true, true }, /* 2040 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
		int64_t utc_ms = known + clocks[i].days * day;
		struct kiosk_clock trusted = at(utc_ms, false), set = at(utc_ms, true);
		set.sure = true;
		assert_int_equal(kiosk_clock_unsure(&trusted), clocks[i].trusted);
		assert_int_equal(kiosk_clock_unsure(&set), clocks[i].set);
		assert_int_equal(kiosk_clock_utc_ms(&trusted), clocks[i].trusted ? known : utc_ms);
	}
	/* Nobody has set it: a year in a cupboard is possible, four are not. */
	struct kiosk_clock clock = at(known + 399 * day, true);
	assert_int_equal(kiosk_clock_utc_ms(&clock), known + 399 * day);
	clock = at(known + 4 * 365 * day, true);
	assert_int_equal(kiosk_clock_utc_ms(&clock), known);
	/* With no feed at all there is nothing to compare with, but 1970 is still no time. */
	clock = (struct kiosk_clock){ .is_virtual = true, .virtual_ms = known + 14 * 365 * day };
	assert_false(kiosk_clock_unsure(&clock));
	clock.virtual_ms = 1000;
	assert_true(kiosk_clock_unsure(&clock));
}

static void who_is_told_believes_it(void **state)
{
	struct kiosk_clock clock = at(7, false);

	(void)state;
	clock.told = true;
	assert_true(kiosk_clock_unsure(&clock));
	clock.told_sure = true;
	assert_false(kiosk_clock_unsure(&clock));
	clock = at(7, false);
	kiosk_clock_set(&clock, (struct civil){ .year = 2040, .month = 2, .day = 3, .hour = 4 });
	assert_false(kiosk_clock_unsure(&clock));
	assert_string_equal(wall(&clock), "2040-02-03T04:00");
}

/* As a service with ProtectClock=yes: asking is refused as well. */
static void forbid_adjtimex(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_adjtimex, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clock_adjtime, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog filter = { .len = sizeof code / sizeof *code, .filter = code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
		_exit(3);
}

static int asked_by_a_service(const char *run)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		struct timex none = { 0 };
		forbid_adjtimex();
		if (adjtimex(&none) >= 0)
			_exit(4);
		_exit(clock_is_synchronised(run) ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void timesyncd_or_the_kernel_say_that_it_is_set(void **state)
{
	struct timex kernel = { 0 };
	char run[300], path[400];
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(run, sizeof run, "%s/run", tmp ? tmp : "/tmp");
	snprintf(path, sizeof path, "%s/systemd/timesync", run);
	assert_int_equal(dir_make(path, NULL), OK);
	bool by_kernel = adjtimex(&kernel) >= 0 && !(kernel.status & STA_UNSYNC);
	assert_int_equal(clock_is_synchronised(run), by_kernel);
	assert_int_equal(asked_by_a_service(run), 0);
	snprintf(path, sizeof path, "%s/systemd/timesync/synchronized", run);
	assert_int_equal(file_replace(path, "", 0, NULL), OK);
	assert_true(clock_is_synchronised(run));
	assert_int_equal(asked_by_a_service(run), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unset_clock_counts_from_what_is_known),
		cmocka_unit_test(nobody_believes_1970_or_2040),
		cmocka_unit_test(who_is_told_believes_it),
		cmocka_unit_test(timesyncd_or_the_kernel_say_that_it_is_set),
	};
	return cmocka_run_group_tests_name("kiosk_clock", tests, NULL, NULL);
}
