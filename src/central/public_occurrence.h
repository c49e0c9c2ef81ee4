/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One occurrence of an activity, by the name that it has in short links: its
 * local start by the rule, "20261124T1100", which stays when it is moved. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/occur.h"

/* "20261124T1100", "20261124T110030" or "20261124", in any case. */
bool occurrence_name_parse(const char *name, struct civil *out);
/* The other way; OUT has CIVIL_SIZE bytes. ORIGINAL as civil_print writes it. */
void occurrence_name_print(const char *original, char *out);

/* Where the occurrence named ORIGINAL stands now. ZONE is the centre's. ERR_NOT_FOUND: it is not in the plan. */
CHECKED enum err occurrence_find(const struct activity *activity, const char *zone, struct civil original,
				 struct arena *arena, struct occurrence *out);
