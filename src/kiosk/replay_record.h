/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --record: what came in, in the form that --replay plays (README.md). Feeds
 * are written beside it, "FILE.1.json" and so on, so that a recording is whole. */
#pragma once

#include "kiosk/loop_core.h"
#include "kiosk/worker.h"

struct record {
	struct journal journal;
	const char *path;
	int feeds;
	bool has_wall, unsure;
	struct civil wall; /* at wall_ms, as the player's clock will have it */
	int64_t wall_ms;
	int64_t until_ms; /* when the tap of the newest line ends */
};

/* Writes the first line: what the picture depends on. */
CHECKED enum err record_open(struct record *record, const char *path, struct kiosk *kiosk, int panel_w, int panel_h,
			     struct fault *fault);
void record_finger(struct record *record, const struct finger *finger, int panel_w, int panel_h);
/* In a view where a finger's place may tell a number: that the control ID was chosen at T_MS, of a key only that it was
 * one. */
void record_private(struct record *record, const char *id, int64_t t_ms);
/* The panel to touch came or went. */
void record_panel(struct record *record, const struct kiosk *kiosk);
/* A headset came or went; a key beside the screen was pressed, by SDL's name for it. Where a number is typed keys are
 * not written: how far they went tells it. */
void record_headset(struct record *record, const struct kiosk *kiosk);
void record_key(struct record *record, const struct kiosk *kiosk, const char *name);
void record_callback(struct record *record, const struct kiosk *kiosk, const struct outbox_news *news);
void record_delivery(struct record *record, const struct kiosk *kiosk, const struct delivery *delivery);
/* Writes a line when the wall clock was set. */
void record_tick(struct record *record, const struct kiosk *kiosk);
/* The last line. */
void record_close(struct record *record, const struct kiosk *kiosk);
