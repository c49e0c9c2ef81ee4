/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when a USB sound card is plugged in or pulled out: that is how a visitor
 * with a headset says "speak to me". Cards that were there at the start are the
 * installation's own loudspeakers and never count. A thread of its own sleeps in
 * inotify (SDL 2.26 would look ten times a second instead). */
#pragma once

#include <stdbool.h>

#include "base/err.h"

enum { CARD_NAME_SIZE = 128 };

struct plug;
struct plug_config {
	const char *dev, *proc;      /* NULL: /dev and /proc/asound */
	void (*ring)(void *context); /* from the plug's thread, when there is news */
	void *context;
};
struct plug_news {
	bool on;
	char card[CARD_NAME_SIZE]; /* its name, as SDL's devices begin: "USB Audio Device" */
};

/* ERR_MEMORY, ERR_DEVICE: the kernel watches nothing for us. */
CHECKED enum err plug_start(const struct plug_config *config, struct plug **out, struct fault *fault);
/* PLUG may be NULL. */
void plug_stop(struct plug *plug);
/* Whether the headset came or went since the last call; only the newest counts. */
bool plug_take(struct plug *plug, struct plug_news *out);
