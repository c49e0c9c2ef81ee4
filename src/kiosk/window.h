/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The glass: SDL's window, in memory of the window system's own, and the events
 * that are let through. On the wall it covers the whole display and nothing but a
 * finger leads anywhere; on a desk the panel is shown scaled to the window. */
#pragma once

#include <stdbool.h>

#include "base/err.h"
#include "kiosk/drawing.h"
#include "kiosk/options.h"
#include "kiosk/window_memory.h"

struct SDL_Window;
struct SDL_Surface;
struct window {
	struct SDL_Window *sdl;
	bool windowed;
	int panel_w, panel_h;
	struct SDL_Surface
		*panel; /* where the panel is turned to before it is scaled; NULL: right on the window's own */
	struct SDL_Surface *seen; /* the window's surface that was drawn on last */
	struct drawing *drawing;
	struct ahead ahead;
};

/* What the libraries below would look for in vain; before any thread is started. */
void window_environment(void);

/* Starts SDL's video and asks how large the panel is: panel_w, panel_h. HEADLESS: on the dummy
 * driver, unless SDL_VIDEODRIVER says another. ERR_DEVICE. */
CHECKED enum err window_start(struct window *window, const struct options *options, bool headless, struct fault *fault);
/* Opens it, to show DRAWING. ERR_DEVICE. */
CHECKED enum err window_open(struct window *window, struct drawing *drawing, struct fault *fault);
void window_close(struct window *window);

/* Brings PART (NULL: all) of the picture to the glass. CONTEXT is the window: for struct kiosk. */
CHECKED enum err window_present(void *context, const struct rect *part, struct fault *fault);

/* A finger's place, 0 to 1 on each side of the window, in pixels of the panel, kept inside it. */
void window_to_panel(const struct window *window, double x, double y, int *panel_x, int *panel_y);
/* And back: of 0 to 1 of the panel, of 0 to 1 of the window. */
void window_from_panel(const struct window *window, double *x, double *y);
