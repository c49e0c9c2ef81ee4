/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a machine is, read off a made-up /sys: each thing that can be wrong with it, by itself and together. */
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

#include "kiosk/health.h"
#include "kiosk_machine.h"

static struct health look(const struct machine *machine, const struct health *before)
{
	static const struct health none = { 0 };
	struct health now;

	health_read(machine->sys, machine->data, before ? before : &none, &now);
	return now;
}

static void each_problem_is_seen_by_itself(void **state)
{
	static const struct {
		const char *file, *text, *well;
		enum health_problem problem;
	} signs[] = {
		{ "class/hwmon/hwmon1/in0_lcrit_alarm", "1\n", "0\n", HEALTH_POWER },
		{ "class/thermal/thermal_zone0/temp", "80000\n", "74999\n", HEALTH_HEAT },
		{ "class/thermal/cooling_device0/cur_state", "2\n", "0\n", HEALTH_SLOW },
		{ "devices/platform/soc/soc:firmware/get_throttled", "50004\n", "50001\n", HEALTH_SLOW },
		{ "fs/ext4/mmcblk0p4/errors_count", "3\n", "0\n", HEALTH_CARD },
		{ "block/mmcblk0/device/life_time", "0x01 0x0a\n", "0x09 0x09\n", HEALTH_WORN },
		{ "block/mmcblk0/device/pre_eol_info", "0x02\n", "0x01\n", HEALTH_WORN },
	};
	struct machine machine;
	struct health now;

	(void)state;
	machine_make(&machine);
	now = look(&machine, NULL);
	assert_int_equal(now.problems & ~(1U << HEALTH_FULL), 0);
	assert_true(now.has_temperature && now.temperature_c == 48);
	assert_true(now.free_mb > 0);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		machine_tell(&machine, signs[i].file, signs[i].text);
		now = look(&machine, &now);
		assert_int_equal(now.problems & ~(1U << HEALTH_FULL), 1U << signs[i].problem);
		machine_tell(&machine, signs[i].file, signs[i].well);
		now = look(&machine, &now);
		assert_int_equal(now.problems & ~(1U << HEALTH_FULL), 0);
	}
}

static void heat_does_not_flicker(void **state)
{
	static const struct {
		const char *milli;
		bool hot;
	} course[] = { { "79999", false }, { "80000", true },  { "79000", true }, { "76000", true },
		       { "75999", false }, { "79000", false }, { "81000", true } };
	struct machine machine;
	struct health now = { 0 };

	(void)state;
	machine_make(&machine);
	for (size_t i = 0; i < sizeof course / sizeof *course; i++) {
		machine_tell(&machine, "class/thermal/thermal_zone0/temp", course[i].milli);
		now = look(&machine, &now);
		assert_int_equal(now.problems >> HEALTH_HEAT & 1, course[i].hot);
	}
}

static void the_hottest_zone_counts_and_nonsense_does_not(void **state)
{
	struct machine machine;
	struct health now;

	(void)state;
	machine_make(&machine);
	machine_tell(&machine, "class/thermal/thermal_zone1/temp", "82000\n");
	now = look(&machine, NULL);
	assert_int_equal(now.temperature_c, 82);
	machine_tell(&machine, "class/thermal/thermal_zone1/temp", "hot\n");
	machine_tell(&machine, "class/thermal/thermal_zone0/temp", "-274000\n");
	now = look(&machine, NULL);
	assert_false(now.has_temperature);
	assert_false(now.problems >> HEALTH_HEAT & 1);
}

static void a_network_is_up_or_not(void **state)
{
	struct machine machine;
	struct health now;

	(void)state;
	machine_make(&machine);
	now = look(&machine, NULL);
	assert_true(now.has_network && now.network_up);
	machine_tell(&machine, "class/net/eth0/operstate", "down\n");
	now = look(&machine, NULL);
	assert_true(now.has_network && !now.network_up);
	machine_tell(&machine, "class/net/wlan0/operstate", "dormant\n");
	assert_false(look(&machine, NULL).network_up);
	machine_tell(&machine, "class/net/wlan0/operstate", "up\n");
	assert_true(look(&machine, NULL).network_up);
}

static void a_machine_that_tells_nothing_is_well(void **state)
{
	const struct health touch = { .problems = 1U << HEALTH_TOUCH };
	struct health now;

	(void)state;
	health_read("/nonexistent", NULL, &touch, &now);
	assert_int_equal(now.problems, 1U << HEALTH_TOUCH); /* not ours to know */
	assert_false(now.has_temperature);
	assert_false(now.has_network);
	assert_int_equal(now.free_mb, -1);
	health_read("/nonexistent", "/nonexistent/data", &touch, &now);
	assert_int_equal(now.free_mb, -1);
	assert_int_equal(health_open_alarm("/nonexistent"), -1);
	assert_false(health_was_reset("/nonexistent"));
}

/* /proc takes no files, whoever asks, and has no room at all. */
static void a_folder_that_takes_nothing_is_told(void **state)
{
	const struct health before = { 0 };
	struct health now;

	(void)state;
	health_read("/nonexistent", "/proc", &before, &now);
	assert_true(now.problems >> HEALTH_FULL & 1);
	assert_int_equal(now.free_mb, 0);
	if (geteuid() != 0)
		assert_true(now.problems >> HEALTH_LOCKED & 1);
}

/* As where the data partition is not mounted: the folder is missing, and what it would lie in takes none. */
static void a_folder_that_cannot_be_made_is_told(void **state)
{
	const struct health before = { 0 };
	bool root = geteuid() == 0;
	struct health now;

	(void)state;
	/* Root may write everywhere. */
	if (root && seteuid(65534) != 0)
		skip();
	health_read("/nonexistent", "/etc/oppslag-data/oppslag", &before, &now);
	if (root)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(now.problems, 1U << HEALTH_LOCKED);
	assert_int_equal(now.free_mb, -1);
}

static void the_alarm_and_the_watchdog_are_found(void **state)
{
	struct machine machine;
	char value[8] = "";

	(void)state;
	machine_make(&machine);
	int fd = health_open_alarm(machine.sys);
	assert_int_equal(read(fd, value, sizeof value - 1), 2);
	assert_string_equal(value, "0\n");
	close(fd);
	assert_false(health_was_reset(machine.sys));
	machine_tell(&machine, "class/watchdog/watchdog0/bootstatus", "32\n");
	assert_true(health_was_reset(machine.sys));
}

static void each_problem_has_its_words(void **state)
{
	(void)state;
	for (unsigned i = 0; i < HEALTH_COUNT; i++) {
		const enum text_id ids[] = { health_advice(i), health_begins(i), health_ends(i) };
		for (int k = 0; k < 3; k++)
			assert_true(strlen(lang_text(lang_find("nb"), ids[k])) > 10);
		assert_int_not_equal(ids[1], ids[2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_problem_is_seen_by_itself),
		cmocka_unit_test(heat_does_not_flicker),
		cmocka_unit_test(the_hottest_zone_counts_and_nonsense_does_not),
		cmocka_unit_test(a_network_is_up_or_not),
		cmocka_unit_test(a_machine_that_tells_nothing_is_well),
		cmocka_unit_test(a_folder_that_takes_nothing_is_told),
		cmocka_unit_test(a_folder_that_cannot_be_made_is_told),
		cmocka_unit_test(the_alarm_and_the_watchdog_are_found),
		cmocka_unit_test(each_problem_has_its_words),
	};
	return cmocka_run_group_tests_name("kiosk_health", tests, NULL, NULL);
}
