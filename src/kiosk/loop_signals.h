/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGTERM and SIGINT end the program in good order: they are blocked
 * everywhere, and one thread waits for them. */
#pragma once

#include "base/err.h"

/* Blocks them for this thread and those it will start. */
void signals_block(void);
/* From now on each calls STOP, on a thread of its own. ERR_DEVICE. */
CHECKED enum err signals_start(void (*stop)(void), struct fault *fault);
void signals_end(void);
