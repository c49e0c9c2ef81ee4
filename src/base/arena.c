/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct arena_block {
	struct arena_block *next;
	size_t size, at;
	_Alignas(16) char bytes[];
};

enum { ALIGN = 16, BLOCK_MIN = 4096, BLOCK_MAX = 1 << 20 };

void arena_init(struct arena *arena, size_t max)
{
	*arena = (struct arena){ .max = max };
}

static void free_from(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;
		mem_free(block);
		block = next;
	}
}

void arena_free(struct arena *arena)
{
	free_from(arena->blocks);
	arena->blocks = NULL;
	arena->used = 0;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	if (!block)
		return;
	free_from(block->next);
	block->next = NULL;
	memset(block->bytes, 0, block->at);
	block->at = 0;
	arena->used = 0;
}

void arena_wipe(struct arena *arena)
{
	/* Through a volatile pointer: memory that is freed next is otherwise not written. */
	for (struct arena_block *block = arena->blocks; block; block = block->next)
		for (volatile char *at = block->bytes, *end = at + block->at; at < end; at++)
			*at = 0;
	arena_reset(arena);
}

static struct arena_block *grow(struct arena *arena, size_t n)
{
	size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_MIN;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < n)
		size = n;
	struct arena_block *block = mem_alloc(sizeof *block + size);
	if (!block)
		return NULL;
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t n)
{
	struct arena_block *block = arena->blocks;

	if (n > SIZE_MAX - ALIGN)
		return NULL;
	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (n == 0)
		n = ALIGN;
	if (arena->used > arena->max || n > arena->max - arena->used)
		return NULL;
	if (!block || block->size - block->at < n)
		block = grow(arena, n);
	if (!block)
		return NULL;
	void *p = block->bytes + block->at;
	block->at += n;
	arena->used += n;
	return p;
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
	size_t total;

	return __builtin_mul_overflow(n, size, &total) ? NULL : arena_alloc(arena, total);
}

char *arena_copy(struct arena *arena, const char *s, size_t len)
{
	char *p = len < SIZE_MAX ? arena_alloc(arena, len + 1) : NULL;

	if (p && len)
		memcpy(p, s, len);
	return p;
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return arena_copy(arena, s, strlen(s));
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	char *p = n < 0 ? NULL : arena_alloc(arena, (size_t)n + 1);
	if (p)
		vsnprintf(p, (size_t)n + 1, fmt, args);
	return p;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *p = arena_vprintf(arena, fmt, args);
	va_end(args);
	return p;
}
