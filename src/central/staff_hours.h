/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours of one day, as people write them: "08.00–20.00", "10–14 og
 * 16–20", "" for closed. Pure. */
#pragma once

#include "base/arena.h"
#include "core/centre.h"

/* False if S is something else, or the hours overlap or are not in order. 24.00 is kept as 23.59. */
bool hours_parse(struct arena *arena, const char *s, struct opening *out);
/* "08.00–20.00, 21.00–22.00"; NULL: out of memory. */
const char *hours_print(struct arena *arena, struct opening opening);
