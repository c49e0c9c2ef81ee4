/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Centres by chance: the same seed gives the same one. All of what the feed can
 * hold, at its extremes more often than life would. */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "core/centre.h"

/* Lives in ARENA; aborts when that is full. */
const struct centre *random_centre(struct arena *arena, uint64_t seed);
