/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that lives and dies together: a document, a picture, a request. The
 * arena owns what it gives out; nothing is freed by itself. Each arena has a
 * maximum; above it, and when the heap is empty, calls return NULL. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/err.h"

struct arena_block;
struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes given out, with alignment */
	size_t max;  /* bytes */
};

void arena_init(struct arena *arena, size_t max);
/* Gives everything back; the arena can be used again. */
void arena_free(struct arena *arena);
/* As arena_free, but keeps the newest block for the next round. */
void arena_reset(struct arena *arena);
/* As arena_reset, and nothing that was in it can be read any more, not even in the memory that goes back. */
void arena_wipe(struct arena *arena);

/* Zeroed, aligned to 16. */
void *arena_alloc(struct arena *arena, size_t n);
/* N items of SIZE bytes; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t n, size_t size);
/* The first LEN bytes of S, closed with NUL. */
char *arena_copy(struct arena *arena, const char *s, size_t len);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, n, type) ((type *)arena_array((arena), (n), sizeof(type)))
