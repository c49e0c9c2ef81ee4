/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_ulong count;
static atomic_ulong fail_at;

static int fails(void)
{
	unsigned long n = atomic_fetch_add(&count, 1) + 1;
	unsigned long at = atomic_load(&fail_at);
	return at != 0 && n == at;
}

void *mem_alloc(size_t n)
{
	return fails() ? NULL : calloc(1, n ? n : 1);
}

void *mem_resize(void *p, size_t n)
{
	return fails() ? NULL : realloc(p, n ? n : 1);
}

void mem_free(void *p)
{
	free(p);
}

char *mem_strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = mem_alloc(n);

	if (copy)
		memcpy(copy, s, n);
	return copy;
}

void mem_fail_after(unsigned long n)
{
	atomic_store(&fail_at, n ? atomic_load(&count) + n : 0);
}

unsigned long mem_count(void)
{
	return atomic_load(&count);
}

void mem_init(void)
{
	const char *s = getenv("OPPSLAG_FAIL_ALLOC");

	if (s)
		mem_fail_after(strtoul(s, NULL, 10));
}
