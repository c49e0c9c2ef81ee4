/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine's clocks. Only programs look at them; core and screen are told
 * the time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds since some moment before the program began; never goes back,
 * whatever is done to the wall clock. Sleep of the machine counts. */
int64_t clock_monotonic_ms(void);
/* Since 1970-01-01 UTC, as far as this machine knows. */
int64_t clock_utc_ms(void);
int64_t clock_utc(void); /* seconds */
/* Whether something has set the wall clock since the machine started: systemd-timesyncd says so below RUN ("/run" but
 * for tests), all others (NTP, a radio, a clock chip that is minded) by the kernel. False where nobody can say. */
bool clock_is_synchronised(const char *run);
