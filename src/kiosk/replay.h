/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --replay: plays JSON Lines (README.md lists them) on a clock of its own, as
 * fast as the machine can, through SDL's own events and the live loop's own
 * handlers. The same replay gives the same lists and pictures each time. */
#pragma once

#include "base/arena.h"
#include "kiosk/loop.h"

struct replay_line;
struct replay {
	const char *path;
	size_t n;
	struct replay_line *lines;
	struct arena arena;
};

/* Reads and checks the whole file before anything is played. FAULT's place is "FILE:LINE". */
CHECKED enum err replay_read(struct replay *replay, const char *path, struct fault *fault);
void replay_free(struct replay *replay);
/* Settings and time that the recording was made with, where the command line says nothing else. */
CHECKED enum err replay_defaults(const struct replay *replay, struct options *options, struct fault *fault);
/* Plays it. The clock of LOOP's kiosk is virtual, and its first picture is not yet made. */
CHECKED enum err replay_play(const struct replay *replay, struct loop *loop, struct fault *fault);
