/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/glass.h"

#include "kiosk/window.h"

void glass_environment(void)
{
	window_environment();
}

enum err glass_start(struct glass *glass, const struct options *options, bool headless, struct fault *fault)
{
	*glass = (struct glass){ 0 };
	return window_start(glass, options, headless, fault);
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
