/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live loop: sleeps until the glass is touched, the worker rings or a
 * deadline comes, and shows what changed. */
#pragma once

#include "kiosk/loop_core.h"
#include "kiosk/replay_record.h"
#include "kiosk/window.h"
#include "kiosk/worker.h"

union SDL_Event;

struct loop {
	struct kiosk *kiosk;
	struct window *window;
	struct worker *worker;      /* NULL in replays */
	struct record *record;      /* NULL: not recorded */
	const struct place *wanted; /* to be opened when the first feed is there; NULL: home */
	bool quit;
};

/* What one of SDL's events does. */
void loop_handle(struct loop *loop, const union SDL_Event *event);
/* Runs until SIGTERM, SIGINT or, on a desk, until the window is closed. The first picture is made by the caller. */
void loop_run(struct loop *loop);

/* Makes SDL's events for the worker's bell and for signals; before the worker starts. ERR_DEVICE. */
CHECKED enum err loop_prepare(struct fault *fault);
/* For worker_config.ring. */
void loop_ring(void *context);
/* All that the worker has brought. */
void loop_take_deliveries(struct loop *loop);
