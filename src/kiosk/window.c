/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/window.h"

#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "kiosk/window_memory.h"

struct window {
	SDL_Window *sdl;
	bool windowed;
	int panel_w, panel_h;
	SDL_Surface *panel; /* where the panel is turned to before it is scaled; NULL: right on the window's own */
	SDL_Surface *seen;  /* the window's surface that was drawn on last */
	struct drawing *drawing;
	struct ahead ahead;
	Uint32 woken;   /* the event of glass_wake */
	bool was_touch; /* a touch panel was seen: only then is one missed, a desk has a mouse */
};

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

static enum err find_size(struct window *window, const struct options *options, bool headless, struct fault *fault)
{
	SDL_DisplayMode mode;

	settings_size(&options->settings, SET_SIZE, &window->panel_w, &window->panel_h);
	if (window->windowed || headless || settings_is_set(&options->settings, SET_SIZE))
		return OK;
	if (SDL_GetDesktopDisplayMode(0, &mode) < 0)
		return refused("its size is unknown", fault);
	window->panel_w = mode.w;
	window->panel_h = mode.h;
	return OK;
}

static enum err start(struct window *window, const struct options *options, bool headless, struct fault *fault)
{
	set_hints();
	if (headless && !getenv("SDL_VIDEODRIVER"))
		SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
	if (SDL_Init(SDL_INIT_VIDEO) < 0)
		return refused("cannot be opened", fault);
	let_through();
	if (!headless && !is_seen())
		return fault_set(fault, ERR_DEVICE, "display",
				 "cannot be opened: there is none (X11, Wayland or a graphics card)");
	window->woken = SDL_RegisterEvents(1);
	if (window->woken == (Uint32)-1)
		return refused("no events", fault);
	return find_size(window, options, headless, fault);
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

static enum err window_open(void *self, struct drawing *drawing, struct fault *fault)
{
	struct window *window = self;
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

static void window_close(void *self)
{
	struct window *window = self;

	ahead_end(&window->ahead);
	if (window->panel)
		SDL_FreeSurface(window->panel);
	if (window->sdl)
		SDL_DestroyWindow(window->sdl);
	SDL_Quit();
	mem_free(window);
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

static enum err window_present(void *self, const struct rect *part, struct fault *fault)
{
	struct window *window = self;
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

/* A finger's place, 0 to 1 of the window, as 0 to 1 of the panel that is shown in it. */
static void find_finger(const struct window *window, const SDL_TouchFingerEvent *event, struct glass_event *out)
{
	int w = window->panel_w, h = window->panel_h;

	SDL_GetWindowSize(window->sdl, &w, &h);
	SDL_Rect r = fit(window, w, h);
	out->x = r.w > 0 ? ((double)event->x * w - r.x) / r.w : (double)event->x;
	out->y = r.h > 0 ? ((double)event->y * h - r.y) / r.h : (double)event->y;
	out->id = event->fingerId;
	out->finger = event->type == SDL_FINGERDOWN ? FINGER_DOWN
		      : event->type == SDL_FINGERUP ? FINGER_UP
						    : FINGER_MOVE;
	out->kind = GLASS_FINGER;
}

static void find_key(const struct window *window, const SDL_KeyboardEvent *event, struct glass_event *out)
{
	bool control = (event->keysym.mod & KMOD_CTRL) != 0;

	if (window->windowed && (event->keysym.sym == SDLK_ESCAPE || (control && event->keysym.sym == SDLK_q))) {
		out->kind = GLASS_CLOSED;
		return;
	}
	/* A key that is held down is pressed once (EN 301 549 5.7). One that changes others, as in Alt+Tab, wants
	 * nothing of us. */
	bool changes = event->keysym.sym >= SDLK_LCTRL && event->keysym.sym <= SDLK_RGUI;
	if (event->repeat || changes || (event->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)))
		return;
	out->kind = GLASS_KEY;
	out->sym = event->keysym.sym;
}

/* GLASS_WOKEN stands for all that the loop need not know. */
static void translate(const struct window *window, const SDL_Event *event, struct glass_event *out)
{
	*out = (struct glass_event){ .kind = GLASS_WOKEN };
	switch (event->type) {
	case SDL_FINGERDOWN:
	case SDL_FINGERMOTION:
	case SDL_FINGERUP:
		find_finger(window, &event->tfinger, out);
		break;
	case SDL_KEYDOWN:
		find_key(window, &event->key, out);
		break;
	case SDL_WINDOWEVENT:
		if (event->window.event == SDL_WINDOWEVENT_EXPOSED ||
		    event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
			out->kind = GLASS_EXPOSED;
		break;
	case SDL_QUIT: /* the window's own button: there is none on the wall */
		if (window->windowed)
			out->kind = GLASS_CLOSED;
		break;
	default:
		break;
	}
}

static bool window_wait(void *self, int timeout_ms, struct glass_event *out)
{
	SDL_Event event;

	if ((timeout_ms > 0 ? SDL_WaitEventTimeout(&event, timeout_ms) : SDL_PollEvent(&event)) != 1)
		return false;
	translate(self, &event, out);
	return true;
}

static void window_wake(void *self)
{
	const struct window *window = self;
	SDL_Event event = { .type = window->woken };

	/* A full queue wakes the loop as well. */
	if (SDL_PushEvent(&event) < 0)
		log_line(LOG_WARNING, "an event is lost: %s", SDL_GetError());
}

/* A desk's light is the desk's own business. */
static bool window_power(void *self, bool on)
{
	(void)self;
	return on;
}

static void window_touch(void *self, struct glass_touch *out)
{
	struct window *window = self;
	int n = SDL_GetNumTouchDevices();

	window->was_touch = window->was_touch || n > 0;
	out->known = window->was_touch;
	out->n = n > 0 ? (size_t)n : 0;
	for (int i = 0; i < n && i < GLASS_TOUCH_MAX; i++) {
		const char *name = SDL_GetTouchName(i);
		snprintf(out->names[i], GLASS_NAME_SIZE, "%s", name ? name : "?");
	}
}

enum err window_start(struct glass *glass, const struct options *options, bool headless, struct fault *fault)
{
	static const struct glass_kind kind = {
		.name = "SDL",
		.open = window_open,
		.present = window_present,
		.wait = window_wait,
		.wake = window_wake,
		.power = window_power,
		.touch = window_touch,
		.close = window_close,
	};
	struct window *window = mem_alloc(sizeof *window);

	if (!window)
		return fault_set(fault, ERR_MEMORY, "display", "%s", err_cause(ERR_MEMORY));
	*window = (struct window){ .windowed = settings_bool(&options->settings, SET_WINDOWED) };
	enum err err = start(window, options, headless, fault);
	*glass =
		(struct glass){ .kind = &kind, .self = window, .panel_w = window->panel_w, .panel_h = window->panel_h };
	return err;
}
