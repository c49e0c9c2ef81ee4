/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of pictures, asked for while something else is done: the system
 * hands it out page by page as it is first written to, thousands of times a
 * picture, and the first picture would wait for each. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct ahead {
	pthread_t thread;
	bool running;
	struct {
		void *bytes;
		size_t size;
	} parts[2]; /* in the order in which they will be written to */
};

/* Begins with AHEAD's parts on a thread of its own; what fails is made up for at the first writing. */
void ahead_start(struct ahead *ahead);
/* Before any of the parts is given back. */
void ahead_end(struct ahead *ahead);
