/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live loop: sleeps until the glass is touched, the worker rings or a
 * deadline comes, and shows what changed. */
#pragma once

#include "kiosk/chores.h"
#include "kiosk/glass.h"
#include "kiosk/loop_core.h"
#include "kiosk/replay_record.h"
#include "kiosk/worker.h"

struct loop {
	struct kiosk *kiosk;
	struct glass *glass;
	struct worker *worker;      /* NULL in replays */
	struct record *record;      /* NULL: not recorded */
	struct chores *chores;      /* NULL in replays */
	const struct place *wanted; /* to be opened when the first feed is there; NULL: home */
	bool quit;
};

/* What an event of the glass does. */
void loop_handle(struct loop *loop, const struct glass_event *event);
/* Runs until SIGTERM, SIGINT or, on a desk, until the window is closed. The first picture is made by the caller. */
void loop_run(struct loop *loop);

/* From now on the worker's bell and signals wake GLASS; until loop_forget, when none can come any more. ERR_DEVICE. */
CHECKED enum err loop_prepare(struct glass *glass, struct fault *fault);
void loop_forget(void);
/* For worker_config.ring. */
void loop_ring(void *context);
/* All that the worker has brought. */
void loop_take_deliveries(struct loop *loop);
