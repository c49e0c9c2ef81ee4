/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/window_memory.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Linux 5.14; older headers do not name it, and an older kernel refuses it. */
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* Whoever maps a font waits for the piece that is being asked for. */
enum { PIECE = 256 * 1024 };

static void *ask(void *context)
{
	struct ahead *ahead = context;
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	for (size_t i = 0; i < sizeof ahead->parts / sizeof *ahead->parts; i++) {
		uintptr_t from = ((uintptr_t)ahead->parts[i].bytes + page - 1) & ~(page - 1);
		uintptr_t to = ((uintptr_t)ahead->parts[i].bytes + ahead->parts[i].size) & ~(page - 1);

		if (to <= from)
			continue;
		(void)madvise((void *)from, to - from, MADV_HUGEPAGE);
		for (uintptr_t at = from; at < to; at += PIECE)
			(void)madvise((void *)at, to - at < PIECE ? to - at : PIECE, MADV_POPULATE_WRITE);
	}
	return NULL;
}

void ahead_start(struct ahead *ahead)
{
	ahead->running = pthread_create(&ahead->thread, NULL, ask, ahead) == 0;
}

void ahead_end(struct ahead *ahead)
{
	if (ahead->running)
		pthread_join(ahead->thread, NULL);
	ahead->running = false;
}
