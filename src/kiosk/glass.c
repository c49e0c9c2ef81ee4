/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/glass.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "kiosk/wall.h"
#include "kiosk/window.h"

void glass_environment(void)
{
	window_environment();
}

static bool says(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* A window system is there, or one is wished for by whoever sits there: a line in the file of a screen on a wall would
 * make it start anew for ever, dark. */
static bool is_desk(const struct options *options)
{
	const struct settings *settings = &options->settings;
	bool typed = strncmp(settings_origin(settings, SET_WINDOWED), "--", 2) == 0;

	return (typed && settings_bool(settings, SET_WINDOWED)) || says("SDL_VIDEODRIVER") || says("DISPLAY") ||
	       says("WAYLAND_DISPLAY");
}

enum err glass_start(struct glass *glass, const struct options *options, bool headless, struct fault *fault)
{
	*glass = (struct glass){ 0 };
	enum err err = headless || is_desk(options) ? ERR_NOT_FOUND : wall_start(glass, options, fault);
	if (err == ERR_NOT_FOUND)
		err = window_start(glass, options, headless, fault);
	if (!err)
		log_line(LOG_DEBUG, "shown by %s, %dx%d", glass->kind->name, glass->panel_w, glass->panel_h);
	return err;
}

enum err glass_open(struct glass *glass, struct drawing *drawing, struct fault *fault)
{
	return glass->kind->open(glass->self, drawing, fault);
}

void glass_close(struct glass *glass)
{
	if (glass->kind)
		glass->kind->close(glass->self);
	*glass = (struct glass){ 0 };
}

enum err glass_present(void *context, const struct rect *part, struct fault *fault)
{
	struct glass *glass = context;

	return glass->kind->present(glass->self, part, fault);
}

bool glass_wait(struct glass *glass, int timeout_ms, struct glass_event *out)
{
	return glass->kind->wait(glass->self, timeout_ms, out);
}

void glass_wake(struct glass *glass)
{
	glass->kind->wake(glass->self);
}

bool glass_power(struct glass *glass, bool on)
{
	return glass->kind->power(glass->self, on);
}

void glass_touch(struct glass *glass, struct glass_touch *out)
{
	*out = (struct glass_touch){ 0 };
	glass->kind->touch(glass->self, out);
}
