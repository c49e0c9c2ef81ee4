/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the kernel's input devices say to events of the glass: contacts, a
 * pointer that knows its place (a virtual machine's tablet, a touch panel that
 * says it is a mouse), keys. Pure: no devices here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/glass.h"

enum { HANDS_CONTACTS = 32, HANDS_POINTER = -1 /* the pointer's id */ };

struct hands {
	struct {
		double x, y;
	} contacts[HANDS_CONTACTS], pointer; /* where each was last */
	bool pointer_down;
	unsigned held; /* keys that change others */
};

/* Each is true when there is something to tell. Places are 0 to 1 of the panel. */
bool hands_contact(struct hands *hands, enum finger_kind kind, int slot, double x, double y, struct glass_event *out);
/* The contact left; the kernel does not say where, so it was where it was last. */
bool hands_leave(const struct hands *hands, int slot, struct glass_event *out);
/* It was none: it leaves beside the panel, where it chooses nothing. */
bool hands_cancel(const struct hands *hands, int slot, struct glass_event *out);
bool hands_pointer(struct hands *hands, double x, double y, struct glass_event *out);
bool hands_button(struct hands *hands, uint32_t button, bool pressed, struct glass_event *out);
/* CODE as linux/input-event-codes.h has it. Letters and figures are SDLK_HELP: a key, no matter which. */
bool hands_key(struct hands *hands, uint32_t code, bool pressed, struct glass_event *out);
