/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/guard.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"

void guard_start(const void *at, size_t size)
{
	const struct rlimit none = { 0, 0 };
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = (uintptr_t)at / page * page;
	size_t span = (uintptr_t)at + size - first;

	if (setrlimit(RLIMIT_CORE, &none) < 0)
		log_line(LOG_WARNING, "core files cannot be forbidden: %s", strerror(errno));
	/* A wish: where no memory may be locked, swap space is what the machine makes of it. */
	if (mlock((const void *)first, span) < 0)
		log_line(LOG_DEBUG, "memory cannot be locked: %s", strerror(errno));
	(void)madvise((void *)first, (span + page - 1) / page * page, MADV_DONTDUMP);
}

void guard_set(bool on)
{
	if (prctl(PR_SET_DUMPABLE, on ? 0 : 1) < 0)
		log_line(LOG_WARNING, "the program cannot be kept from being looked into: %s", strerror(errno));
}
