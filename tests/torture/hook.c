/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into every unit test. With OPPSLAG_TORTURE_LIST=FILE it writes there,
 * at the end, the number of the first allocation of each distinct call stack
 * (one a line): those are the ones that are worth failing. With
 * OPPSLAG_FAIL_ALLOC=N the N-th allocation fails; cJSON's are among them, since
 * core/json.c hands it base/mem.h. Otherwise it does nothing. */
#include <execinfo.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

enum { STACK_DEPTH = 14, SKIPPED_FRAMES = 2, STACKS = 1 << 16 };

static const char *list_file;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t seen[STACKS];
static unsigned long firsts[STACKS];
static size_t n_firsts;

void *__real_mem_alloc(size_t n);
void *__real_mem_resize(void *p, size_t n);
char *__real_mem_strdup(const char *s);
void *__wrap_mem_alloc(size_t n);
void *__wrap_mem_resize(void *p, size_t n);
char *__wrap_mem_strdup(const char *s);

static uint64_t stack_hash(void)
{
	void *frames[STACK_DEPTH];
	int n = backtrace(frames, STACK_DEPTH);
	uint64_t hash = 14695981039346656037U; /* FNV-1a */

	for (int i = SKIPPED_FRAMES; i < n; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211U;
	return hash ? hash : 1;
}

/* Open addressing; when the table is full, further stacks are left out. */
static bool is_new(uint64_t hash)
{
	for (size_t i = 0; i < STACKS; i++) {
		uint64_t *slot = &seen[(hash + i) % STACKS];

		if (*slot == hash)
			return false;
		if (!*slot) {
			*slot = hash;
			return true;
		}
	}
	return false;
}

static void note(void)
{
	if (!list_file)
		return;
	uint64_t hash = stack_hash();

	pthread_mutex_lock(&lock);
	if (n_firsts < STACKS && is_new(hash))
		firsts[n_firsts++] = mem_count();
	pthread_mutex_unlock(&lock);
}

void *__wrap_mem_alloc(size_t n)
{
	void *p = __real_mem_alloc(n);

	note();
	return p;
}

void *__wrap_mem_resize(void *p, size_t n)
{
	void *bigger = __real_mem_resize(p, n);

	note();
	return bigger;
}

char *__wrap_mem_strdup(const char *s)
{
	char *copy = __real_mem_strdup(s);

	note();
	return copy;
}

static void write_list(void)
{
	FILE *out = fopen(list_file, "w");

	if (!out)
		return;
	for (size_t i = 0; i < n_firsts; i++)
		fprintf(out, "%lu\n", firsts[i]);
	fclose(out);
}

__attribute__((constructor)) static void torture_begin(void)
{
	list_file = getenv("OPPSLAG_TORTURE_LIST");
	if (list_file)
		atexit(write_list);
	mem_init();
}
