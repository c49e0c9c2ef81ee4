/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk without its window: it owns the model, turns contacts, time and
 * deliveries into messages, and keeps the display list and the picture in step
 * with the model. The live loop, replays and pictures all run on it. One thread. */
#pragma once

#include "kiosk/drawing.h"
#include "kiosk/events.h"
#include "kiosk/feedstate.h"
#include "kiosk/glass.h"
#include "kiosk/letter.h"
#include "kiosk/loop_clock.h"
#include "kiosk/minder.h"
#include "kiosk/options.h"
#include "kiosk/outbox.h"
#include "kiosk/speech.h"
#include "kiosk/technician.h"
#include "kiosk/touch.h"
#include "screen/screen.h"

struct kiosk {
	const struct options *options;
	struct kiosk_clock clock;
	struct drawing *drawing;
	struct surroundings surroundings;
	struct journal *events;
	/* Brings DAMAGE of the picture to the glass; NULL: nobody looks. */
	enum err (*present)(void *context, const struct rect *damage, struct fault *fault);
	void *context;
	/* Takes a call-back under seal; NULL: nobody does. */
	enum err (*call_back)(void *context, const struct letter *letter, unsigned serial);
	void *call_back_context;
	bool guards, guarded; /* nobody may look into the program while a number is typed; and so it is now */

	struct model model;
	struct touch touch;
	struct technician technician;
	struct talk talk;
	struct minder *minder;   /* what it knows is the technician's; NULL: nobody minds the machine */
	struct minder_news news; /* the newest */
	bool has_news;
	struct glass_touch panels; /* what there is to touch */
	int64_t start_ms, took_ms; /* when it began; what the newest picture took */
	struct arena arenas[2];    /* of the list that is shown and of the next one */
	struct display displays[2];
	int shown;
	bool has_display, changed;   /* the model changed since the list was made */
	bool list_only;              /* make lists, draw nothing */
	struct kiosk_feed *released; /* to be freed when no list speaks of them any more */
	struct feed_seen seen;
	enum feed_state feed_state;
	struct feed_past past; /* of replays: the worker judges by itself */
	struct fault fault;    /* of the newest picture that failed */
	enum err err;
};

/* OPTIONS, DRAWING and EVENTS must outlive it. The clock is set when --time says so. */
void kiosk_init(struct kiosk *kiosk, const struct options *options, struct drawing *drawing, struct journal *events,
		bool virtual_clock);
void kiosk_free(struct kiosk *kiosk);

/* A message that is not among those below. */
void kiosk_send(struct kiosk *kiosk, struct msg *msg);
/* The time as it is now. To be called at kiosk_deadline, and first of all. */
void kiosk_tick(struct kiosk *kiosk);
int64_t kiosk_deadline(const struct kiosk *kiosk);
/* A contact in pixels of the panel. */
void kiosk_finger(struct kiosk *kiosk, const struct finger *finger);
/* FEED is the kiosk's from now on. FROM is for the log. */
void kiosk_take_feed(struct kiosk *kiosk, struct kiosk_feed *feed, const char *from, enum feed_state state,
		     const struct feed_seen *seen);
void kiosk_take_state(struct kiosk *kiosk, enum feed_state state, const struct feed_seen *seen, const char *why);
/* Call-backs are handed to CALL_BACK under seal; NULL: the screen offers none. */
void kiosk_calls_back(struct kiosk *kiosk, enum err (*call_back)(void *, const struct letter *, unsigned),
		      void *context);
/* There is a panel to touch, or none any more. */
void kiosk_panel(struct kiosk *kiosk, bool is_there);
/* Of the wall that the screen hangs on. */
const char *kiosk_zone(const struct kiosk *kiosk);
/* What became of one. */
void kiosk_take_callback(struct kiosk *kiosk, const struct outbox_news *news);
/* That what a finger does now may tell what a visitor types. */
bool kiosk_is_private(const struct kiosk *kiosk);
/* Goes to PLACE as a visitor would. ERR_NOT_FOUND if the feed has no such item. */
CHECKED enum err kiosk_open(struct kiosk *kiosk, const struct place *place, struct fault *fault);

/* Makes the list anew if something changed, and draws what differs. A failure
 * keeps the old picture, is logged, and stands in err until the next success. */
void kiosk_show(struct kiosk *kiosk);
/* What is shown; NULL before the first kiosk_show. */
const struct display *kiosk_display(const struct kiosk *kiosk);
