/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that can happen to a screen, and all that it can ask for. A log of
 * messages is a replay: the same model and message give the same result. */
#pragma once

#include <stdint.h>

#include "core/civil.h"
#include "screen/model.h"

/* TICK        the time, at least at each screen_deadline: now, now_ms, clock_unsure, feed_age_s
 * DOWN        a finger came down, or slid onto another control: item (an item's id, NULL: none)
 * TAP         a control was chosen: action. Before the UP of the finger that chose it
 * UP          the finger left the glass; leaned: it is forgotten, because nobody presses so long
 * FEED        a good feed came: feed, feed_age_s
 * FEED_STATE  how the last attempt to fetch it went: feed_state, feed_age_s
 * CALLBACK    what became of a call-back: serial, callback_state, promised (when SENT)
 * HEADSET     a USB sound card came or went: on. Coming begins speech mode, going ends the visit
 * SPEECH_KEY  the tactile key beside the screen: begins speech mode, on the loudspeaker
 * SPOKEN      an utterance began, or speech fell silent: on; or it cannot start: mute
 * PANEL       there is a panel to touch: on; or none any more
 * RAW         a contact with the glass, for the technician's view: contact, raw
 * NAME, name in logs, handler (in update.c) */
#define MESSAGES(X)                                \
	X(TICK, "tick", on_tick)                   \
	X(DOWN, "down", on_down)                   \
	X(TAP, "tap", on_tap)                      \
	X(UP, "up", on_up)                         \
	X(FEED, "feed", on_feed)                   \
	X(FEED_STATE, "feed_state", on_feed_state) \
	X(CALLBACK, "callback", on_callback)       \
	X(HEADSET, "headset", on_headset)          \
	X(SPEECH_KEY, "speech_key", on_speech_key) \
	X(SPOKEN, "spoken", on_spoken)             \
	X(PANEL, "panel", on_panel)                \
	X(RAW, "raw", on_raw)
enum msg_kind {
#define X(name, s, handler) MSG_##name,
	MESSAGES(X)
#undef X
		MSG_COUNT
};

struct msg {
	enum msg_kind kind;
	int64_t t_ms; /* monotonic, never less than in the message before */

	struct civil now; /* on the centre's wall (without a feed: the machine's) */
	int now_ms;       /* of the second, 0 to 999 */
	int64_t feed_age_s;
	const char *item;
	const char *action;
	const struct screen_feed *feed; /* the program keeps it until EFFECT_RELEASE */
	enum feed_state feed_state;
	bool clock_unsure;
	unsigned serial;
	enum callback_state callback_state;
	struct civil promised;
	bool on, mute;
	bool leaned;
	bool told;   /* TAP: by the command line, which no urgent notice keeps waiting */
	int contact; /* 0 to RAW_MAX - 1 */
	struct raw_contact raw;
};

/* RELEASE     the screen has let go of FEED for good
 * VISIT_BEGAN, VISIT_ENDED   for the log of use; between them nothing may move by itself
 * CALL_BACK   seal CALLBACK's number now, before the effect is forgotten (the model wipes it at
 *             once afterwards), keep it and send it; answer with CALLBACK messages */
#define EFFECTS(X)                    \
	X(RELEASE, "release")         \
	X(VISIT_BEGAN, "visit_began") \
	X(VISIT_ENDED, "visit_ended") \
	X(CALL_BACK, "call_back")
enum effect_kind {
#define X(name, s) EFFECT_##name,
	EFFECTS(X)
#undef X
		EFFECT_COUNT
};

struct effect {
	enum effect_kind kind;
	const struct screen_feed *feed;
	struct callback callback; /* CALL_BACK: number, serial, about; the program wipes it */
};

enum { EFFECTS_MAX = 4 }; /* no message asks for more */
struct effects {
	int n;
	struct effect v[EFFECTS_MAX];
};
