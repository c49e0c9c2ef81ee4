/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up machine: the files of /sys that a Raspberry Pi has, below a folder of the test's own. */
#pragma once

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"

struct machine {
	char root[300], sys[310], data[310], box[310];
};

/* Writes TEXT to the file NAME of its /sys. */
static inline void machine_tell(const struct machine *machine, const char *name, const char *text)
{
	char path[500];

	snprintf(path, sizeof path, "%s/%s", machine->sys, name);
	*strrchr(path, '/') = '\0';
	assert_int_equal(dir_make(path, NULL), OK);
	path[strlen(path)] = '/';
	assert_int_equal(file_replace(path, text, strlen(text), NULL), OK);
}

/* One that is well. */
static inline void machine_make(struct machine *machine)
{
	static int n;
	const char *tmp = getenv("TMPDIR");

	snprintf(machine->root, sizeof machine->root, "%.200s/machine-%d", tmp ? tmp : "/tmp", n++);
	snprintf(machine->sys, sizeof machine->sys, "%s/sys", machine->root);
	snprintf(machine->data, sizeof machine->data, "%s/data", machine->root);
	snprintf(machine->box, sizeof machine->box, "%s/box", machine->root);
	assert_int_equal(dir_make(machine->data, NULL), OK);
	machine_tell(machine, "class/hwmon/hwmon0/name", "cpu_thermal\n");
	machine_tell(machine, "class/hwmon/hwmon1/name", "rpi_volt\n");
	machine_tell(machine, "class/hwmon/hwmon1/in0_lcrit_alarm", "0\n");
	machine_tell(machine, "class/thermal/thermal_zone0/temp", "48312\n");
	machine_tell(machine, "class/thermal/cooling_device0/type", "cpufreq-cpu0\n");
	machine_tell(machine, "class/thermal/cooling_device0/cur_state", "0\n");
	machine_tell(machine, "class/thermal/cooling_device1/type", "gpio-fan\n");
	machine_tell(machine, "class/thermal/cooling_device1/cur_state", "1\n");
	machine_tell(machine, "fs/ext4/mmcblk0p2/errors_count", "0\n");
	machine_tell(machine, "fs/ext4/mmcblk0p4/errors_count", "0\n");
	machine_tell(machine, "block/mmcblk0/device/life_time", "0x01 0x03\n");
	machine_tell(machine, "block/mmcblk0/device/pre_eol_info", "0x01\n");
	machine_tell(machine, "class/net/lo/operstate", "unknown\n");
	machine_tell(machine, "class/net/eth0/operstate", "up\n");
	machine_tell(machine, "class/watchdog/watchdog0/bootstatus", "0\n");
}
