/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Touch panels and keyboards by libinput, whatever is plugged in and out. What is
 * opened is grabbed: no key reaches a console, and Ctrl+Alt+Del, Ctrl+Alt+F1 and
 * SysRq are keys like all others. */
#pragma once

#include "kiosk/glass.h"

struct udev;
struct input;

/* UDEV must outlive it. ERR_MEMORY, ERR_DEVICE. */
CHECKED enum err input_new(struct udev *udev, struct input **out, struct fault *fault);
/* INPUT may be NULL. */
void input_del(struct input *input);
/* Readable when there may be something to tell. */
int input_fd(const struct input *input);
/* The next thing to tell; false: no more. */
bool input_next(struct input *input, struct glass_event *out);
/* What can be touched now. */
void input_touch(const struct input *input, struct glass_touch *out);
