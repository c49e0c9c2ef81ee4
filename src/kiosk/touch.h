/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From contacts with the glass to taps, for hands that tremble, lean and rest.
 * Pure: no SDL, no clock. One contact counts at a time; what is chosen is
 * what is under it when it leaves, and what is shown as pressed is always what
 * would be chosen. Points are in pixels of the upright picture, times in
 * monotonic milliseconds. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "screen/display.h"

enum {
	TOUCH_SLOP_MM = 20,          /* a finger may stray so far from the edge of what it pressed */
	TOUCH_SNAP_MM = 6,           /* a finger that hits nothing means a control this near */
	TOUCH_SAME_CONTROL_MS = 500, /* EN 301 549 5.8: the same key is deaf for so long */
	TOUCH_NEW_SCREEN_MS = 300,   /* everything is deaf to contacts that began this soon after a change, as a rule */
	TOUCH_BOUNCE_MS = 150,       /* a contact that comes back this soon … */
	TOUCH_BOUNCE_MM = 15,        /* … and this near is the same one */
	TOUCH_GIVE_WAY_MS = 1000,    /* a contact that has rested so long gives way to a new one */
	TOUCH_LEAN_MS = 10000,       /* nobody presses this long: the contact is forgotten */
	TOUCH_ID_SIZE = 160,         /* ITEM_ID_SIZE of the model */
};

enum finger_kind { FINGER_DOWN, FINGER_MOVE, FINGER_UP };

struct finger {
	enum finger_kind kind;
	int64_t id; /* tells contacts apart that are on the glass at once */
	int x, y;
	int64_t t_ms;
};

struct touch {
	bool active; /* a contact counts; the rest describes it */
	int64_t finger, down_ms;
	bool deaf;                   /* it is on the glass, but can choose nothing any more */
	bool bounced;                /* it is the one before, come back */
	int x, y;                    /* where it is */
	char aimed[TOUCH_ID_SIZE];   /* the control it began on or slid onto, "": none yet */
	char pressed[TOUCH_ID_SIZE]; /* what leaving now would choose, "": nothing */

	int64_t hears_ms; /* contacts that began earlier choose nothing: the screen has just changed */
	bool has_tapped, has_lifted;
	int64_t tapped_ms, lifted_ms;
	char tapped[TOUCH_ID_SIZE]; /* the control that was chosen last */
	bool lifted_chose;
	int lifted_x, lifted_y;
};

/* What the screen is to be told, in this order. */
struct touch_news {
	bool down;          /* a contact began, or pressed changed: item is pressed or NULL */
	bool tap;           /* item was chosen; action is its action */
	bool up;            /* the contact left, or is forgotten … */
	bool leaned;        /* … because it rested too long */
	const char *item;   /* until the next call */
	const char *action; /* belongs to the display */
};

void touch_init(struct touch *touch);
/* DISPLAY is what is shown now. */
void touch_finger(struct touch *touch, const struct display *display, const struct finger *finger,
		  struct touch_news *news);
/* Forgets a contact that leans on the glass. */
void touch_tick(struct touch *touch, int64_t t_ms, struct touch_news *news);
/* When touch_tick has something to do; INT64_MAX: never. */
int64_t touch_deadline(const struct touch *touch);
/* Another view, page or language is shown: a contact that is down aimed at what is gone, one that comes within
 * DEAF_MS at what it could not see yet. */
void touch_screen_changed(struct touch *touch, int64_t t_ms, int deaf_ms);

/* A driver's point, 0 to 1 on each side of the panel, to pixels, kept inside
 * (KMSDRM gives coordinates far outside, SDL bug 14947; not-a-number is 0). */
void touch_to_panel(double x, double y, int w, int h, int *panel_x, int *panel_y);
