/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time it is for the screen: the machine's clocks, or a replay's own,
 * which moves only when it is told to; and the wall, which --time may set to
 * another time than it is. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/civil.h"

struct kiosk_clock {
	bool is_virtual;
	int64_t virtual_ms;
	bool wants_sync;      /* the machine's clock counts only once it was set from the network */
	bool sure;            /* it was, in this run: a network that is lost later makes no clock wrong */
	int64_t known_utc_ms; /* the newest time that is known to have been; 0: none is */
	int64_t known_ms;     /* when that was learnt, monotonic: it is no earlier than what has passed since */
	bool told, told_sure; /* a replay says whether it is to be trusted */
	bool has_set;         /* the wall was set to SET at SET_MS */
	struct civil set;
	int64_t set_ms;
};

/* Monotonic ms. A virtual clock begins at 0. */
int64_t kiosk_clock_ms(const struct kiosk_clock *clock);
/* The machine's wall clock; where it is unsure, and before or far beyond what is known, that time, run on. */
int64_t kiosk_clock_utc_ms(const struct kiosk_clock *clock);
/* That the wall may show another time than it is: nobody has set the clock, or it says what nobody believes. */
bool kiosk_clock_unsure(struct kiosk_clock *clock);
/* Something that is known to be true was so at UTC_MS. */
void kiosk_clock_know(struct kiosk_clock *clock, int64_t utc_ms);
/* The wall is WHEN now, and runs on. */
void kiosk_clock_set(struct kiosk_clock *clock, struct civil when);
/* The wall in ZONE, and the milliseconds of its second. */
void kiosk_clock_wall(const struct kiosk_clock *clock, const char *zone, struct civil *wall, int *ms);
