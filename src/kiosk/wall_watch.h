/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when a display is plugged in or pulled out, or a graphics card goes, as
 * udev has it. Asleep between: fd is readable when there may be news. */
#pragma once

#include "base/err.h"

struct udev;
struct watch;

enum watch_news {
	WATCH_NOTHING,
	WATCH_PLUGGED, /* something about the displays of some card changed */
	WATCH_GONE,    /* the card itself */
};

/* ERR_MEMORY, ERR_DEVICE. */
CHECKED enum err watch_new(struct watch **out, struct fault *fault);
/* WATCH may be NULL. */
void watch_del(struct watch *watch);
int watch_fd(const struct watch *watch);
/* All that came since the last call; CARD ("/dev/dri/card0") is the one that is shown on. */
enum watch_news watch_read(struct watch *watch, const char *card);
/* For who else asks udev; WATCH owns it. */
struct udev *watch_udev(const struct watch *watch);
