/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the drawing loop sees to beside drawing: systemd's signs of life, the
 * panel's light at night, whether there is anything to touch, and what of the
 * screen's doings belongs in the black box. On the loop's thread; what may wait
 * is the minder's. */
#pragma once

#include "kiosk/glass.h"
#include "kiosk/loop_core.h"
#include "kiosk/minder.h"
#include "kiosk/notify.h"

/* How it went with the source of the feed; told once it has lasted. */
struct chores_feed {
	enum feed_state state;
	int64_t lost_ms; /* since when there has been no contact; 0: there is */
	struct civil lost_at;
	bool told, was_network;
};

struct chores {
	struct kiosk *kiosk;
	struct glass *glass;
	struct minder *minder; /* NULL: no thread could be started */
	struct minder_config machine;
	struct notify notify;
	char data[PATH_MAX];
	bool asks; /* the feed comes from an address */

	bool panel_off; /* at night, by the settings */
	bool is_off;
	bool asleep;
	int64_t asleep_ms;
	struct civil asleep_at;

	int64_t missing_ms; /* since when there is nothing to touch; 0: there is, or nobody knows */
	bool missing;       /* and it was said */

	int64_t minute_ms; /* when the next one begins */
	int64_t ahead_ms;  /* how far the wall clock was ahead of the monotonic one */
	struct chores_feed feed;
};

/* Where the machine tells of itself: /sys and /dev/cec0, or what OPPSLAG_SYS and OPPSLAG_CEC say (tests); the folders
 * of OPTIONS. DATA must stay. */
void chores_machine(const struct options *options, char data[PATH_MAX], struct minder_config *out);

/* Before anything is opened: the watchdog's time counts from here. */
void chores_init(struct chores *chores, int64_t now_ms);
/* The first picture is on the glass. KIOSK and GLASS must stay. */
void chores_start(struct chores *chores, struct kiosk *kiosk, struct glass *glass);
/* A turn of the loop, however soon. */
void chores_turn(struct chores *chores);
/* When the next turn has to be, on the kiosk's clock. */
int64_t chores_deadline(const struct chores *chores);
/* The program ends. Also of one that was not started. */
void chores_end(struct chores *chores);
