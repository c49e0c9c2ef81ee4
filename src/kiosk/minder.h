/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that minds the machine behind the screen: reads its health, writes
 * the black box, speaks with the television. Whatever these wait for, a dying
 * card or a bus that nobody answers, the drawing thread does not. It sleeps
 * until it is told something, once a minute, or until the power is too weak. */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "core/civil.h"
#include "core/lang.h"
#include "kiosk/blackbox.h"
#include "kiosk/health.h"

/* All that the black box tells, each with its text (staff.box_…), beside what begins and ends of health. */
#define BOX_EVENTS(X)   \
	X(STARTED)      \
	X(STOPPED)      \
	X(CUT)          \
	X(WATCHDOG)     \
	X(MACHINE)      \
	X(MEMORY)       \
	X(FAULT)        \
	X(DARK)         \
	X(NET_GONE)     \
	X(NET_BACK)     \
	X(CENTRAL_GONE) \
	X(CENTRAL_BACK) \
	X(REJECTED)     \
	X(ACCEPTED)     \
	X(CLOCK)
enum box_event {
#define X(name) BOX_##name,
	BOX_EVENTS(X)
#undef X
		BOX_HEALTH,
	BOX_HEALTH_WELL = BOX_HEALTH + HEALTH_COUNT,
	BOX_EVENT_COUNT = BOX_HEALTH_WELL + HEALTH_COUNT
};

struct minder_config {
	const char *sys, *cec;   /* "/sys", "/dev/cec0" but for tests */
	const char *data, *box;  /* where feeds are kept, and the black box; NULL or "": nowhere */
	int64_t (*now_ms)(void); /* monotonic; NULL: the machine's own */
};

/* What the clock on the wall says, and whether it is to be trusted. */
struct wall_time {
	struct civil now;
	bool unsure;
};

struct minder_news {
	struct health health;
	size_t n; /* the newest lines of the black box, oldest first */
	char lines[BOX_LINES][BOX_LINE];
};

struct minder;
/* CONFIG's strings must stay. ERR_MEMORY, ERR_DEVICE. */
CHECKED enum err minder_start(const struct minder_config *config, const struct wall_time *wall, struct minder **out,
			      struct fault *fault);
/* Writes what it was told, and ends. One that hangs for more than two seconds is left to the end of the program. NULL
 * is none. */
void minder_stop(struct minder *minder);

/* The minute: what time it is. */
void minder_tick(struct minder *minder, const struct wall_time *wall);
/* A line for the black box, its arguments filled in, at the time of the newest tick. */
void minder_tell(struct minder *minder, enum box_event event, size_t n, const struct lang_arg *args);
/* There is something to touch, or not. */
void minder_touch(struct minder *minder, bool missing);
/* The television is to wake up or to stand by. */
void minder_television(struct minder *minder, bool on);
/* How things are. */
void minder_ask(struct minder *minder, struct minder_news *out);

/* The same without a thread, waited for: for pictures. */
void minder_look(const struct minder_config *config, struct minder_news *out);

/* Why the program runs anew: from the line that the black box ended with ("": it is new), and from RESULT, what systemd
 * said of the run before on this boot ($SERVICE_RESULT; NULL: it was the first). RESET: the machine's own watchdog did
 * it. BOX_EVENT_COUNT: nothing to tell. */
enum box_event minder_why(const char *newest_line, const char *result, bool reset);
/* The same for this very start, told. */
void minder_tell_start(struct minder *minder, const char *result);
