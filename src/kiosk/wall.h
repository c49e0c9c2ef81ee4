/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The glass where nothing else draws: the panel by the kernel's own graphics
 * card (wall_card.h), fingers and keys by libinput (wall_input.h), displays that
 * come and go by udev (wall_watch.h). Asleep in poll() between. */
#pragma once

#include "kiosk/glass.h"

/* As glass_start says. ERR_NOT_FOUND: this machine has no card that can be drawn on. */
CHECKED enum err wall_start(struct glass *glass, const struct options *options, struct fault *fault);
