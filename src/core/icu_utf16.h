/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between our UTF-8 and the UTF-16 that most of ICU speaks. For icu_*.c alone.
 * Results live in the arena given; NULL: out of memory, or not valid. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { ICU_SCRATCH = 64 << 20 }; /* the most that one call works with */

/* LEN bytes of S. *N gets the number of units. Closed with a 0. AT (may be NULL) gets
 * the byte offset of each unit, and S's LEN behind the last. */
uint16_t *icu_from_utf8(struct arena *arena, const char *s, size_t len, int32_t *n, uint32_t **at);
/* N units of S. */
char *icu_to_utf8(struct arena *arena, const uint16_t *s, int32_t n);
