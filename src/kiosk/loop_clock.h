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
	bool has_set; /* the wall was set to SET at SET_MS */
	struct civil set;
	int64_t set_ms;
};

/* Monotonic ms. A virtual clock begins at 0. */
int64_t kiosk_clock_ms(const struct kiosk_clock *clock);
int64_t kiosk_clock_utc_ms(const struct kiosk_clock *clock);
/* The wall is WHEN now, and runs on. */
void kiosk_clock_set(struct kiosk_clock *clock, struct civil when);
/* The wall in ZONE, and the milliseconds of its second. */
void kiosk_clock_wall(const struct kiosk_clock *clock, const char *zone, struct civil *wall, int *ms);
