/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong in the settings, in the screen's own words. */
#pragma once

#include "kiosk/options.h"

/* Of all faults that were found so far; what it points to lives with OPTIONS. ERR_MEMORY. */
CHECKED enum err advice_make(struct options *options, struct settings_state *out);
