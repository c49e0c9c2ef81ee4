/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/window.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/touch.h"

/* Nobody types on the wall: without the first, Xlib reads all ways to compose letters, half a megabyte of text. Without
 * the second, libdbus looks through PATH for a program that starts a session bus. Together 13 ms of the start. */
void window_environment(void)
{
	setenv("XCOMPOSEFILE", "/dev/null", 0);
	setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

static void set_hints(void)
{
	/* Without it SDL presents "software" through an OpenGL texture: 86 MB more, 5 to 11 times slower. */
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	/* Finger events only; a mouse gives them too. Else each touch acts twice. */
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* loop_signals.c has them */
	SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_PING, "0");
}

static void let_through(void)
{
	static const Uint32 deaf[] = { SDL_MOUSEMOTION,     SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP, SDL_MOUSEWHEEL,
				       SDL_TEXTINPUT,       SDL_TEXTEDITING,     SDL_KEYUP,         SDL_KEYMAPCHANGED,
				       SDL_CLIPBOARDUPDATE, SDL_DROPFILE,        SDL_DROPTEXT,      SDL_DROPBEGIN,
				       SDL_DROPCOMPLETE,    SDL_SYSWMEVENT,      SDL_DOLLARGESTURE, SDL_MULTIGESTURE };

	for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++)
		SDL_EventState(deaf[i], SDL_IGNORE);
	SDL_StopTextInput();
}

static enum err refused(const char *doing, struct fault *fault)
{
	return fault_set(fault, ERR_DEVICE, "display", "%s: %s", doing, SDL_GetError());
}

/* Where it finds no display SDL 2.26 takes "offscreen" of its own accord: a wall that stays dark and says nothing. */
static bool is_seen(void)
{
	const char *asked = getenv("SDL_VIDEODRIVER"), *taken = SDL_GetCurrentVideoDriver();

	return (asked && *asked) || (taken && strcmp(taken, "offscreen") != 0 && strcmp(taken, "dummy") != 0);
}

enum err window_start(struct window *window, const struct options *options, bool headless, struct fault *fault)
{
	SDL_DisplayMode mode;

	*window = (struct window){ .windowed = settings_bool(&options->settings, SET_WINDOWED) };
	set_hints();
	if (headless && !getenv("SDL_VIDEODRIVER"))
		SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
	if (SDL_Init(SDL_INIT_VIDEO) < 0)
		return refused("cannot be opened", fault);
	let_through();
	settings_size(&options->settings, SET_SIZE, &window->panel_w, &window->panel_h);
	if (!headless && !is_seen())
		return fault_set(fault, ERR_DEVICE, "display",
				 "cannot be opened: there is none (X11, Wayland or KMSDRM)");
	if (window->windowed || headless || settings_is_set(&options->settings, SET_SIZE))
		return OK;
	if (SDL_GetDesktopDisplayMode(0, &mode) < 0)
		return refused("its size is unknown", fault);
	window->panel_w = mode.w;
	window->panel_h = mode.h;
	return OK;
}

/* The largest size of the panel's shape that fits W x H. */
static SDL_Rect fit(const struct window *window, int w, int h)
{
	double scale_w = (double)w / window->panel_w, scale_h = (double)h / window->panel_h;
	double scale = scale_w < scale_h ? scale_w : scale_h;
	SDL_Rect r = { .w = (int)(window->panel_w * scale + 0.5), .h = (int)(window->panel_h * scale + 0.5) };

	r.x = (w - r.w) / 2;
	r.y = (h - r.h) / 2;
	return r;
}

/* On a desk: the panel's own size, or less where the desk is smaller. */
static SDL_Rect desk_size(const struct window *window)
{
	SDL_Rect desk, r = { .w = window->panel_w, .h = window->panel_h };

	if (SDL_GetDisplayUsableBounds(0, &desk) == 0 && (desk.w < r.w || desk.h < r.h))
		r = fit(window, desk.w * 9 / 10, desk.h * 9 / 10);
	return r;
}

static void ask_ahead(struct window *window)
{
	SDL_Surface *picture = drawing_picture(window->drawing), *glass = SDL_GetWindowSurface(window->sdl);

	window->ahead.parts[0].bytes = picture->pixels;
	window->ahead.parts[0].size = (size_t)picture->pitch * (size_t)picture->h;
	if (glass) {
		window->ahead.parts[1].bytes = glass->pixels;
		window->ahead.parts[1].size = (size_t)glass->pitch * (size_t)glass->h;
	}
	ahead_start(&window->ahead);
}

enum err window_open(struct window *window, struct drawing *drawing, struct fault *fault)
{
	SDL_Rect r = { .w = window->panel_w, .h = window->panel_h };
	int at = SDL_WINDOWPOS_UNDEFINED;
	Uint32 flags = SDL_WINDOW_RESIZABLE;

	window->drawing = drawing;
	if (window->windowed) {
		r = desk_size(window);
	} else {
		/* A borderless window of the display's size: FULLSCREEN_DESKTOP takes twice as long to the first
		 * picture. */
		flags = SDL_WINDOW_BORDERLESS;
		at = 0;
		SDL_ShowCursor(SDL_DISABLE);
	}
	window->sdl = SDL_CreateWindow("Oppslag", at, at, r.w, r.h, flags);
	if (!window->sdl)
		return refused("no window", fault);
	ask_ahead(window);
	return OK;
}

void window_close(struct window *window)
{
	ahead_end(&window->ahead);
	if (window->panel)
		SDL_FreeSurface(window->panel);
	if (window->sdl)
		SDL_DestroyWindow(window->sdl);
	SDL_Quit();
	*window = (struct window){ 0 };
}

static enum err present_scaled(struct window *window, SDL_Surface *glass, const struct rect *part, struct fault *fault)
{
	SDL_Rect to = fit(window, glass->w, glass->h);

	if (!window->panel) {
		window->panel =
			SDL_CreateRGBSurfaceWithFormat(0, window->panel_w, window->panel_h, 32, glass->format->format);
		if (!window->panel)
			return refused("no memory for the panel", fault);
		part = NULL;
	}
	enum err err = drawing_present(window->drawing, part, window->panel, NULL, fault);
	if (err)
		return err;
	if (window->seen != glass)
		SDL_FillRect(glass, NULL, 0);
	if (SDL_SoftStretchLinear(window->panel, NULL, glass, &to) < 0 &&
	    SDL_BlitScaled(window->panel, NULL, glass, &to) < 0)
		return refused("cannot be scaled to", fault);
	window->seen = glass;
	return SDL_UpdateWindowSurface(window->sdl) < 0 ? refused("cannot be drawn on", fault) : OK;
}

enum err window_present(void *context, const struct rect *part, struct fault *fault)
{
	struct window *window = context;
	struct rect turned;

	ahead_end(&window->ahead); /* a new size gives the old surface back */
	SDL_Surface *glass = SDL_GetWindowSurface(window->sdl);

	if (!glass)
		return refused("has no surface", fault);
	if (glass->w != window->panel_w || glass->h != window->panel_h)
		return present_scaled(window, glass, part, fault);
	/* A new surface, as after a change of size, is empty. */
	enum err err = drawing_present(window->drawing, window->seen == glass ? part : NULL, glass, &turned, fault);
	window->seen = glass;
	if (err)
		return err;
	SDL_Rect r = { turned.x, turned.y, turned.w, turned.h };
	return SDL_UpdateWindowSurfaceRects(window->sdl, &r, 1) < 0 ? refused("cannot be drawn on", fault) : OK;
}

/* Where in the window, of size *W x *H, the panel is shown. */
static SDL_Rect shown_at(const struct window *window, int *w, int *h)
{
	*w = window->panel_w;
	*h = window->panel_h;
	if (window->sdl)
		SDL_GetWindowSize(window->sdl, w, h);
	SDL_Rect r = fit(window, *w, *h);
	return r.w > 0 && r.h > 0 ? r : (SDL_Rect){ .w = *w, .h = *h };
}

void window_to_panel(const struct window *window, double x, double y, int *panel_x, int *panel_y)
{
	int w, h;
	SDL_Rect r = shown_at(window, &w, &h);

	touch_to_panel((x * w - r.x) / r.w, (y * h - r.y) / r.h, window->panel_w, window->panel_h, panel_x, panel_y);
}

void window_from_panel(const struct window *window, double *x, double *y)
{
	int w, h;
	SDL_Rect r = shown_at(window, &w, &h);

	*x = (r.x + *x * r.w) / w;
	*y = (r.y + *y * r.h) / h;
}
