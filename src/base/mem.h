/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to the heap. A test can make the n-th allocation fail
 * (mem_fail_after, or OPPSLAG_FAIL_ALLOC=n in the environment, read by
 * mem_init in main.c and in the tests): every caller must survive it. */
#pragma once

#include <stddef.h>

/* Zeroed memory, aligned for anything, or NULL. N may be 0 (gives a unique pointer). */
void *mem_alloc(size_t n);
/* As realloc; new bytes are not zeroed. On NULL the old block is untouched. */
void *mem_resize(void *p, size_t n);
void mem_free(void *p);
char *mem_strdup(const char *s);

/* The N-th allocation from now (1 = the next) returns NULL, once; 0 turns it off. */
void mem_fail_after(unsigned long n);
/* How many allocations were asked for since the program began. */
unsigned long mem_count(void);
/* Reads OPPSLAG_FAIL_ALLOC, for tests. */
void mem_init(void);
