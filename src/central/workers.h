/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that do jobs in the order in which they came. What a job does is the
 * caller's; each thread has something of its own (a database connection). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct workers;
struct job {
	struct job *next;
	void (*run)(struct job *job, void *own);
};

/* N threads; OWN[i] is given to thread i. At most MAX jobs wait. */
CHECKED enum err workers_start(size_t n, void *const *own, size_t max, struct workers **out);
/* False: as many wait as may, or the end has come. */
bool workers_do(struct workers *workers, struct job *job);
/* Finishes what waits and ends the threads; takes nothing more. */
void workers_end(struct workers *workers);
/* After workers_end, once nobody can call workers_do any more. */
void workers_del(struct workers *workers);
