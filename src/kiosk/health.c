/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/health.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/limits.h"

enum { VALUE_SIZE = 128, MILLI = 1000 };

static const struct {
	enum text_id advice, begins, ends;
} texts[HEALTH_COUNT] = {
#define X(name) [HEALTH_##name] = { TEXT_STAFF_HEALTH_##name, TEXT_STAFF_BOX_##name, TEXT_STAFF_BOX_##name##_WELL },
	HEALTH_PROBLEMS(X)
#undef X
};

enum text_id health_advice(enum health_problem problem)
{
	return texts[problem].advice;
}

enum text_id health_begins(enum health_problem problem)
{
	return texts[problem].begins;
}

enum text_id health_ends(enum health_problem problem)
{
	return texts[problem].ends;
}

/* The first line of PATH; false if there is none. */
static bool read_value(const char *path, char out[VALUE_SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return false;
	ssize_t n = read(fd, out, VALUE_SIZE - 1);
	close(fd);
	out[n > 0 ? n : 0] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return n > 0;
}

static bool read_number(const char *path, long *out)
{
	char value[VALUE_SIZE], *end;

	if (!read_value(path, value))
		return false;
	*out = strtol(value, &end, 0); /* eMMC registers are told as "0x02" */
	return end != value;
}

/* What EACH makes of every file that PATTERN (below SYS) finds; the largest counts. LONG_MIN: there is none. */
static long largest(const char *sys, const char *pattern, long (*each)(const char *path))
{
	char path[PATH_MAX];
	glob_t found = { 0 };
	long most = LONG_MIN;

	snprintf(path, sizeof path, "%s/%s", sys, pattern);
	if (glob(path, GLOB_NOSORT, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			long value = each(found.gl_pathv[i]);
			most = value > most ? value : most;
		}
	}
	globfree(&found);
	return most;
}

static long number_in(const char *path)
{
	long n;

	return read_number(path, &n) ? n : LONG_MIN;
}

/* The file NAME beside PATH. */
static void beside(const char *path, const char *name, char out[PATH_MAX])
{
	const char *slash = strrchr(path, '/');

	snprintf(out, PATH_MAX, "%.*s/%s", slash ? (int)(slash - path) : 0, path, name);
}

/* Linux' raspberrypi-hwmon: in0 is the supply's; the alarm holds since the driver's last look, some two seconds. */
static bool is_supply(const char *name_path)
{
	char name[VALUE_SIZE];

	return read_value(name_path, name) && strcmp(name, "rpi_volt") == 0;
}

static long supply_alarm(const char *name_path)
{
	char path[PATH_MAX];

	beside(name_path, "in0_lcrit_alarm", path);
	return is_supply(name_path) ? number_in(path) : LONG_MIN;
}

/* The kernel slows the processor by a cooling device; only those that are processors count. */
static long slowed(const char *type_path)
{
	char type[VALUE_SIZE], path[PATH_MAX];

	beside(type_path, "cur_state", path);
	return read_value(type_path, type) && strstr(type, "cpufreq") ? number_in(path) : LONG_MIN;
}

/* "0x01 0x0b": what is used up of two kinds of cells, in tenths; 0x0b is all (JEDEC JESD84-B51 7.4.23). */
static long used_up(const char *path)
{
	char value[VALUE_SIZE], *end;

	if (!read_value(path, value))
		return LONG_MIN;
	long a = strtol(value, &end, 16), b = strtol(end, NULL, 16);
	return a > b ? a : b;
}

static long is_up(const char *path)
{
	char state[VALUE_SIZE];

	if (strstr(path, "/lo/") || !read_value(path, state))
		return LONG_MIN;
	/* A driver that does not know (RFC 2863's "unknown") is not one that says no. */
	return strcmp(state, "up") == 0 || strcmp(state, "unknown") == 0;
}

static void set(struct health *health, enum health_problem problem, bool holds)
{
	health->problems |= holds ? 1U << problem : 0;
}

/* Raspberry Pi's own kernels: the firmware's word (vcgencmd get_throttled); bits 1 to 3 slow the processor down. */
static bool firmware_slows(const char *sys)
{
	char path[PATH_MAX], value[VALUE_SIZE];

	snprintf(path, sizeof path, "%s/devices/platform/soc/soc:firmware/get_throttled", sys);
	return read_value(path, value) && (strtol(value, NULL, 16) & 0xE);
}

static void read_heat(const char *sys, const struct health *before, struct health *out)
{
	bool was_hot = before->problems >> HEALTH_HEAT & 1;
	long milli = largest(sys, "class/thermal/thermal_zone*/temp", number_in);

	out->has_temperature = milli > -100 * MILLI && milli < 200 * MILLI;
	if (!out->has_temperature)
		return;
	out->temperature_c = (int)(milli / MILLI);
	set(out, HEALTH_HEAT, out->temperature_c >= (was_hot ? HEALTH_COOL_C + 1 : HEALTH_HOT_C));
}

static void read_card(const char *sys, struct health *out)
{
	enum { TENTHS_USED_UP = 0x0A, RESERVE_LOW = 0x02 };

	set(out, HEALTH_CARD, largest(sys, "fs/ext4/*/errors_count", number_in) > 0);
	set(out, HEALTH_WORN,
	    largest(sys, "block/mmcblk*/device/life_time", used_up) >= TENTHS_USED_UP ||
		    largest(sys, "block/mmcblk*/device/pre_eol_info", number_in) >= RESERVE_LOW);
}

/* Two feeds have to fit, the old one and the one that takes its place, and call-backs. */
static const int64_t ROOM_LEAST = 2 * LIMIT_FEED_BYTES + 4 * 1000 * 1000;

/* The folder is not there, and cannot be: what it would lie in is for reading alone, as where a data partition is not
 * mounted. */
static bool cannot_be_made(const char *data)
{
	struct statvfs room;
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s", data);
	for (char *slash; (slash = strrchr(path, '/')) && slash > path;) {
		*slash = '\0';
		if (statvfs(path, &room) == 0)
			return (room.f_flag & ST_RDONLY) || faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0;
		if (errno != ENOENT)
			return false;
	}
	return false;
}

static void read_room(const char *data, struct health *out)
{
	struct statvfs room;

	out->free_mb = -1;
	if (!data || !*data)
		return;
	if (statvfs(data, &room) != 0) {
		set(out, HEALTH_LOCKED, cannot_be_made(data));
		return;
	}
	int64_t free_bytes = (int64_t)room.f_bavail * (int64_t)room.f_frsize;
	out->free_mb = free_bytes / (1000 * 1000);
	set(out, HEALTH_FULL, free_bytes < ROOM_LEAST);
	set(out, HEALTH_LOCKED, (room.f_flag & ST_RDONLY) || faccessat(AT_FDCWD, data, W_OK, AT_EACCESS) != 0);
}

void health_read(const char *sys, const char *data, const struct health *before, struct health *out)
{
	struct health now = { .problems = before->problems & 1U << HEALTH_TOUCH };
	long network = largest(sys, "class/net/*/operstate", is_up);

	set(&now, HEALTH_POWER, largest(sys, "class/hwmon/hwmon*/name", supply_alarm) > 0);
	read_heat(sys, before, &now);
	set(&now, HEALTH_SLOW, largest(sys, "class/thermal/cooling_device*/type", slowed) > 0 || firmware_slows(sys));
	read_card(sys, &now);
	read_room(data, &now);
	now.has_network = network != LONG_MIN;
	now.network_up = network > 0;
	*out = now;
}

int health_open_alarm(const char *sys)
{
	char path[PATH_MAX];
	glob_t found = { 0 };
	int fd = -1;

	snprintf(path, sizeof path, "%s/class/hwmon/hwmon*/name", sys);
	if (glob(path, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc && fd < 0; i++) {
			beside(found.gl_pathv[i], "in0_lcrit_alarm", path);
			if (is_supply(found.gl_pathv[i]))
				fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		}
	}
	globfree(&found);
	return fd;
}

bool health_was_reset(const char *sys)
{
	enum { CARD_RESET = 0x0020 }; /* WDIOF_CARDRESET, linux/watchdog.h */
	char path[PATH_MAX];
	long status;

	snprintf(path, sizeof path, "%s/class/watchdog/watchdog0/bootstatus", sys);
	return read_number(path, &status) && (status & CARD_RESET);
}
