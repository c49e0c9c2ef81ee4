/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/clock.h"

#include <limits.h>
#include <stdio.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static int64_t read_ms(clockid_t clock)
{
	struct timespec now = { 0 };

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
	return read_ms(CLOCK_BOOTTIME);
}

int64_t clock_utc_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}

int64_t clock_utc(void)
{
	return clock_utc_ms() / 1000;
}

bool clock_is_synchronised(const char *run)
{
	struct timex state = { 0 }; /* modes 0: only asked */
	char path[PATH_MAX];

	/* systemd-timesyncd.service(8). It comes first: a service with ProtectClock=yes may not even ask the kernel. */
	snprintf(path, sizeof path, "%s/systemd/timesync/synchronized", run);
	if (access(path, F_OK) == 0)
		return true;
	/* adjtimex(2): TIME_ERROR also says STA_UNSYNC, but other things too. */
	return adjtimex(&state) >= 0 && !(state.status & STA_UNSYNC);
}
