/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a replay as data. One row for each kind. */
#pragma once

#include "kiosk/outbox.h"
#include "kiosk/replay.h"

/* KIND, name, fields that it must have, fields that it may have (besides t_ms and kind) */
#define REPLAY_KINDS(X)                                                                                        \
	X(START, "start", "",                                                                                  \
	  "version time size diagonal rotate theme scale reach view-mm lang zone night night-black panel-off") \
	X(DOWN, "down", "", "finger x y px on dx_mm dy_mm")                                                    \
	X(MOVE, "move", "", "finger x y px on dx_mm dy_mm")                                                    \
	X(UP, "up", "", "finger x y px on dx_mm dy_mm")                                                        \
	X(TAP, "tap", "", "finger x y px on dx_mm dy_mm hold_ms")                                              \
	X(CLOCK, "clock", "time", "sure")                                                                      \
	X(FEED, "feed", "file", "state age_s")                                                                 \
	X(FEED_STATE, "feed_state", "state", "age_s")                                                          \
	X(PRIVATE, "private", "", "")                                                                          \
	X(CALLBACK, "callback", "end", "promised")                                                             \
	X(HEADSET, "headset", "on", "")                                                                        \
	X(PANEL, "panel", "on", "")                                                                            \
	X(KEY, "key", "key", "")                                                                               \
	X(SPEECH_KEY, "speech_key", "", "")                                                                    \
	X(LIST, "list", "file", "")                                                                            \
	X(PICTURE, "picture", "file", "")                                                                      \
	X(END, "end", "", "")
enum replay_kind {
#define X(name, ...) REPLAY_##name,
	REPLAY_KINDS(X)
#undef X
		REPLAY_KIND_COUNT
};

/* Where a finger is. */
enum aim { AIM_SAME, AIM_SHARE, AIM_PX, AIM_ITEM }; /* where it was; x, y of 0 to 1; px of the panel; on an item */

struct replay_line {
	int number; /* in the file */
	int64_t t_ms;
	enum replay_kind kind;
	enum aim aim;
	int64_t finger;
	double x, y;
	const char *on;
	double dx_mm, dy_mm;
	int64_t hold_ms;
	struct civil time;
	bool has_time, has_age;
	const char *key; /* key: SDL's name for it */
	bool plugged;    /* headset, panel */
	bool unsure;     /* clock: not to be trusted */
	int64_t age_s;
	enum feed_state state;
	enum outbox_end end; /* callback */
	struct civil promised;
	const char *file;                /* feed: found from the replay's own folder */
	const char *settings[SET_COUNT]; /* start */
};

/* Reads one line. FAULT's place is within the line. */
CHECKED enum err replay_line_read(struct arena *arena, const char *bytes, size_t len, struct replay_line *out,
				  struct fault *fault);
