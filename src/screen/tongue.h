/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What languages are called in other languages. */
#pragma once

#include "core/lang.h"

/* "polsk", in LANG, as in running text. NULL: Oppslag knows no such language. */
const char *tongue(const struct lang *lang, const char *code);
