/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the machine behind the screen is: power, heat, memory card, room to keep
 * things, network. A few small files of /sys and one statvfs; each takes some
 * microseconds, but a card that dies may hold statvfs up: not for the drawing
 * thread. What a machine does not tell counts as well. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/lang.h"

/* name, its texts (staff.health_…, staff.box_…, staff.box_…_well) */
#define HEALTH_PROBLEMS(X) \
	X(POWER)           \
	X(HEAT)            \
	X(SLOW)            \
	X(CARD)            \
	X(WORN)            \
	X(FULL)            \
	X(LOCKED)          \
	X(TOUCH)
enum health_problem {
#define X(name) HEALTH_##name,
	HEALTH_PROBLEMS(X)
#undef X
		HEALTH_COUNT
};

enum {
	HEALTH_HOT_C = 80,  /* where a Raspberry Pi begins to slow itself down */
	HEALTH_COOL_C = 75, /* and has ceased to be hot */
};

struct health {
	unsigned problems; /* 1 << each enum health_problem that holds */
	bool has_temperature;
	int temperature_c;
	int64_t free_mb; /* where things are kept; -1: unknown */
	bool has_network, network_up;
};

/* What it says with advice; what the black box says when it begins and when it is over. */
enum text_id health_advice(enum health_problem problem);
enum text_id health_begins(enum health_problem problem);
enum text_id health_ends(enum health_problem problem);

/* SYS is "/sys" but for tests. DATA: where feeds and call-backs are kept; NULL or "": nowhere. BEFORE is what was read
 * last time (HEALTH_TOUCH is not read here and taken over from it). */
void health_read(const char *sys, const char *data, const struct health *before, struct health *out);
/* The attribute whose change the kernel announces by POLLPRI, since weak power lasts a second or two: a file descriptor
 * to poll; -1: there is none. */
int health_open_alarm(const char *sys);
/* That the machine was last started by its watchdog, as far as the driver can tell. */
bool health_was_reset(const char *sys);
