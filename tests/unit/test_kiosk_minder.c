/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that minds the machine: what it writes when power, card and touch panel come and go, and that it never
 * holds up who asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/clock.h"
#include "kiosk/cec.h"
#include "kiosk/minder.h"
#include "kiosk_machine.h"

enum { DEADLINE_MS = 20000 };

static const struct wall_time noon = { .now = { 2026, 11, 24, 12, 0, 0, false } };

static struct minder *start(const struct machine *machine, const struct wall_time *wall)
{
	const struct minder_config config = {
		.sys = machine->sys, .cec = "/nonexistent", .data = machine->data, .box = machine->box
	};
	struct minder *minder;

	assert_int_equal(minder_start(&config, wall, &minder, NULL), OK);
	return minder;
}

/* Waits until the minder says that PROBLEMS hold. */
static void await(struct minder *minder, unsigned problems)
{
	int64_t until = clock_monotonic_ms() + DEADLINE_MS;
	struct minder_news news;

	do {
		assert_true(clock_monotonic_ms() < until);
		sched_yield();
		minder_ask(minder, &news);
	} while ((news.health.problems & ~(1U << HEALTH_FULL)) != problems || news.n == 0);
}

static const char *diary(const struct machine *machine)
{
	static char text[8000];
	char path[400];
	struct buf file;

	snprintf(path, sizeof path, "%s/black-box.txt", machine->box);
	buf_init(&file, sizeof text - 1);
	assert_int_equal(file_read(path, &file, NULL), OK);
	memcpy(text, buf_text(&file), file.len + 1);
	buf_free(&file);
	return text;
}

static void what_changes_is_written_once(void **state)
{
	struct machine machine;

	(void)state;
	machine_make(&machine);
	struct minder *minder = start(&machine, &noon);
	minder_tell_start(minder, NULL);
	await(minder, 0);
	machine_tell(&machine, "class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
	minder_tick(minder, &noon);
	await(minder, 1U << HEALTH_POWER);
	minder_touch(minder, true);
	await(minder, 1U << HEALTH_POWER | 1U << HEALTH_TOUCH);
	minder_tick(minder, &noon);
	machine_tell(&machine, "class/hwmon/hwmon1/in0_lcrit_alarm", "0\n");
	minder_touch(minder, false);
	await(minder, 0);
	minder_tell(minder, BOX_STOPPED, 0, NULL);
	minder_stop(minder);
	assert_string_equal(diary(&machine), "2026-11-24 12.00  Skjermen startet (versjon " OPPSLAG_VERSION ")\n"
					     "2026-11-24 12.00  Strømmen er for svak\n"
					     "2026-11-24 12.00  Berøringspanelet er borte\n"
					     "2026-11-24 12.00  Strømmen er god igjen\n"
					     "2026-11-24 12.00  Berøringspanelet er tilbake\n"
					     "2026-11-24 12.00  Skjermen ble slått av\n");
}

static void an_unsure_clock_is_told_with_each_line(void **state)
{
	struct wall_time unsure = noon;
	struct machine machine;

	(void)state;
	unsure.unsure = true;
	machine_make(&machine);
	struct minder *minder = start(&machine, &unsure);
	minder_tell(minder, BOX_DARK, 1, &ARG_S("22.00–06.30"));
	minder_stop(minder);
	assert_string_equal(diary(&machine),
			    "2026-11-24 12.00 (klokken er usikker)  Skjermen var mørk 22.00–06.30: planlagt\n");
}

static atomic_llong moved_ms;

static int64_t moved_clock(void)
{
	return clock_monotonic_ms() + atomic_load(&moved_ms);
}

static void a_network_that_flaps_is_counted(void **state)
{
	const struct lang_arg args[] = { ARG_S("0 t 1 min"), ARG_S("12.00") };
	struct machine machine;
	struct minder *minder;

	(void)state;
	machine_make(&machine);
	const struct minder_config config = {
		.sys = machine.sys, .cec = "/nonexistent", .box = machine.box, .now_ms = moved_clock
	};
	atomic_store(&moved_ms, 0);
	assert_int_equal(minder_start(&config, &noon, &minder, NULL), OK);
	for (int i = 0; i < 46; i++) {
		minder_tell(minder, BOX_NET_BACK, 2, args);
		if (i != 22)
			continue;
		minder_touch(minder, true); /* so that it takes what waits: no more than 32 may */
		await(minder, 1U << HEALTH_TOUCH);
	}
	minder_touch(minder, false);
	await(minder, 0);
	atomic_store(&moved_ms, BOX_HOUR_MS);
	minder_tick(minder, &noon);
	minder_stop(minder);
	const char *text = diary(&machine), *last = strstr(text, "…");
	assert_non_null(last);
	assert_string_equal(last, "… og 40 ganger til siste time: Nettet borte 0 t 1 min, tilbake 12.00\n");
}

/* How many lines of stderr, kept in HEARD, say WORDS. */
static unsigned said(FILE *heard, const char *words)
{
	char line[500];
	unsigned n = 0;

	rewind(heard);
	while (fgets(line, sizeof line, heard))
		n += strstr(line, words) != NULL;
	return n;
}

static void the_log_is_reminded_once_a_day(void **state)
{
	enum { HOUR_MS = BOX_HOUR_MS, DAYS = 3 };
	struct machine machine;
	struct minder *minder;
	struct minder_news news;
	int own = dup(STDERR_FILENO);
	FILE *heard = tmpfile();

	(void)state;
	machine_make(&machine);
	machine_tell(&machine, "fs/ext4/mmcblk0p4/errors_count", "1\n");
	const struct minder_config config = { .sys = machine.sys, .cec = "/nonexistent", .now_ms = moved_clock };
	atomic_store(&moved_ms, 0);
	dup2(fileno(heard), STDERR_FILENO);
	assert_int_equal(minder_start(&config, &noon, &minder, NULL), OK);
	await(minder, 1U << HEALTH_CARD);
	for (int hour = 1; hour <= 24 * DAYS + 1; hour++) {
		char degrees[20];
		/* Each hour another temperature, so that it can be seen that it was looked. */
		snprintf(degrees, sizeof degrees, "%d000\n", 20 + hour % 50);
		machine_tell(&machine, "class/thermal/thermal_zone0/temp", degrees);
		atomic_fetch_add(&moved_ms, HOUR_MS);
		minder_tick(minder, &noon);
		do {
			sched_yield();
			minder_ask(minder, &news);
		} while (news.health.temperature_c != 20 + hour % 50);
	}
	minder_stop(minder);
	dup2(own, STDERR_FILENO);
	close(own);
	assert_int_equal(said(heard, "health: The memory card has faults"), 1);
	assert_int_equal(said(heard, "health, still: The memory card has faults"), DAYS);
	assert_int_equal(said(heard, "health"), 1 + DAYS);
	(void)fclose(heard);
}

static void why_it_starts_is_worked_out(void **state)
{
	static const char stopped[] = "2026-11-24 12.00  Skjermen ble slått av",
			  running[] = "2026-11-24 12.00  Strømmen er for svak";
	static const struct {
		const char *newest, *result;
		bool reset;
		enum box_event why;
	} starts[] = {
		{ "", NULL, false, BOX_EVENT_COUNT },
		{ stopped, NULL, false, BOX_EVENT_COUNT },
		{ running, NULL, false, BOX_CUT },
		{ running, NULL, true, BOX_MACHINE },
		{ running, "watchdog", false, BOX_WATCHDOG },
		{ running, "watchdog", true, BOX_WATCHDOG },
		{ running, "oom-kill", false, BOX_MEMORY },
		{ running, "core-dump", false, BOX_FAULT },
		{ stopped, "success", false, BOX_EVENT_COUNT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		assert_int_equal(minder_why(starts[i].newest, starts[i].result, starts[i].reset), starts[i].why);
}

static void what_hangs_holds_nobody_up(void **state)
{
	struct machine machine;
	char path[400];

	(void)state;
	/* More than may wait at once, then the end: nothing blocks, and what was taken is written. */
	machine_make(&machine);
	struct minder *minder = start(&machine, &noon);
	for (int i = 0; i < 1000; i++)
		minder_tell(minder, BOX_REJECTED, 0, NULL);
	minder_television(minder, false);
	minder_television(minder, true);
	minder_stop(minder);
	minder_stop(NULL);
	minder_tick(NULL, &noon);
	minder_tell(NULL, BOX_STOPPED, 0, NULL);
	/* Things that are no television. */
	snprintf(path, sizeof path, "%s/fifo", machine.root);
	assert_int_equal(mkfifo(path, 0600), 0);
	const char *const none[] = { "/nonexistent", "/dev/null", "/dev/tty", path, machine.root };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		assert_int_equal(cec_power(none[i], true), CEC_NONE);
		assert_int_equal(cec_power(none[i], false), CEC_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_changes_is_written_once),
		cmocka_unit_test(an_unsure_clock_is_told_with_each_line),
		cmocka_unit_test(a_network_that_flaps_is_counted),
		cmocka_unit_test(the_log_is_reminded_once_a_day),
		cmocka_unit_test(why_it_starts_is_worked_out),
		cmocka_unit_test(what_hangs_holds_nobody_up),
	};
	return cmocka_run_group_tests_name("kiosk_minder", tests, NULL, NULL);
}
