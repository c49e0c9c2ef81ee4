/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The glass by SDL's window, in memory of the window system's own, and the events
 * that are let through. On the wall it covers the whole display and nothing but a
 * finger leads anywhere; on a desk the panel is shown scaled to the window. */
#pragma once

#include "kiosk/glass.h"

void window_environment(void);
/* As glass_start says. */
CHECKED enum err window_start(struct glass *glass, const struct options *options, bool headless, struct fault *fault);
