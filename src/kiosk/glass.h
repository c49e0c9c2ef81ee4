/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the picture is shown on and what fingers touch. Two kinds know how: SDL's
 * window (window.c) on a desk and in replays, and the panel itself (wall.c) where
 * nothing else draws. One thread, but for glass_wake. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "kiosk/drawing.h"
#include "kiosk/options.h"
#include "kiosk/touch.h"

enum { GLASS_TOUCH_MAX = 4, GLASS_NAME_SIZE = 80 };

enum glass_event_kind {
	GLASS_WOKEN,   /* somebody called glass_wake, or there is nothing to tell */
	GLASS_FINGER,  /* finger, id, x, y */
	GLASS_KEY,     /* sym: a key of a keyboard beside the screen, once however long it is held */
	GLASS_EXPOSED, /* what was shown is lost: present all of it again */
	GLASS_CLOSED,  /* on a desk: the window was closed */
	GLASS_CHANGED, /* another panel is there, or none at all any more: what was opened is of no use */
	GLASS_TOUCH,   /* a touch device came or went: glass_touch */
};
struct glass_event {
	enum glass_event_kind kind;
	enum finger_kind finger;
	int64_t id;  /* tells contacts apart that are on the glass at once */
	double x, y; /* 0 to 1 of the panel, beyond where a finger is beside it */
	int sym;     /* as SDL names keys, SDL_Keycode */
};

/* What a finger can touch: the first few by name. */
struct glass_touch {
	bool known; /* false: this kind of glass cannot tell */
	size_t n;
	char names[GLASS_TOUCH_MAX][GLASS_NAME_SIZE];
};

struct glass_kind {
	const char *name; /* for logs */
	enum err (*open)(void *self, struct drawing *drawing, struct fault *fault);
	enum err (*present)(void *self, const struct rect *part, struct fault *fault);
	bool (*wait)(void *self, int timeout_ms, struct glass_event *out);
	void (*wake)(void *self);
	bool (*power)(void *self, bool on);
	void (*touch)(void *self, struct glass_touch *out);
	void (*close)(void *self);
};
struct glass {
	const struct glass_kind *kind; /* NULL: not started */
	void *self;
	int panel_w, panel_h; /* px */
};

/* What the libraries below would look for in vain; before any thread is started. */
void glass_environment(void);

/* Finds the glass and how large its panel is. HEADLESS: a window that nobody sees, unless SDL_VIDEODRIVER says another.
 * Else SDL's window where SDL_VIDEODRIVER, DISPLAY or WAYLAND_DISPLAY say so, or a window is asked for; else the panel.
 * ERR_DEVICE, ERR_MEMORY. */
CHECKED enum err glass_start(struct glass *glass, const struct options *options, bool headless, struct fault *fault);
/* Opens it, to show DRAWING, which is of the panel's size. ERR_DEVICE. */
CHECKED enum err glass_open(struct glass *glass, struct drawing *drawing, struct fault *fault);
/* Also of one that was not started. */
void glass_close(struct glass *glass);

/* Brings PART (NULL: all) of the picture to the panel. CONTEXT is the glass: for struct kiosk. ERR_DEVICE. */
CHECKED enum err glass_present(void *context, const struct rect *part, struct fault *fault);
/* Sleeps until something happens, at most TIMEOUT_MS. False: nothing did. */
bool glass_wait(struct glass *glass, int timeout_ms, struct glass_event *out);
/* Ends the sleep, of this time or the next. From any thread. */
void glass_wake(struct glass *glass);
/* Switches the panel's light off and on. False: this glass cannot, or it failed. */
bool glass_power(struct glass *glass, bool on);
/* What there is to touch now. */
void glass_touch(struct glass *glass, struct glass_touch *out);
