/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A graphics card's own picture memory, shown on the first display that is
 * plugged into it: one dumb buffer, written to while it is shown. A second one to
 * flip to would cost 8 MB and a wait for nothing but a seam of 16 ms in a still
 * picture. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "screen/display.h"

struct card;

enum card_look {
	CARD_SAME,    /* a display of the size that we know: show the picture */
	CARD_NO_ONE,  /* none is plugged in, or none that answers: it may come back */
	CARD_CHANGED, /* one of another size, or on another card */
};

/* Finds the card and the display, in a mode of WANT_W x WANT_H if it has one (0: its own). With no display plugged in
 * it is taken to be of OR_W x OR_H. ERR_NOT_FOUND: no card that we may open has a place for a display. ERR_MEMORY. */
CHECKED enum err card_open(int want_w, int want_h, int or_w, int or_h, struct card **out, struct fault *fault);
/* CARD may be NULL. */
void card_close(struct card *card);

const char *card_path(const struct card *card);
int card_width(const struct card *card);
int card_height(const struct card *card);
/* Memory for the picture: 0x00RRGGBB, rows of *PITCH bytes, slow to read from. ERR_DEVICE. */
CHECKED enum err card_memory(struct card *card, void **pixels, size_t *pitch, struct fault *fault);
/* What was written to PART of the memory is to be seen. The first time, and after card_look, the display is switched to
 * it. ERR_DEVICE. */
CHECKED enum err card_show(struct card *card, struct rect part, struct fault *fault);
/* After news of displays. */
enum card_look card_look(struct card *card);
/* The display's light (DPMS). False: it failed. */
bool card_power(struct card *card, bool on);
