/* SPDX-License-Identifier: GPL-3.0-or-later */
/* espeak-ng, and nothing else of it: text in, samples out. It has one voice at a
 * time for the whole process: one thread only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Samples of one channel as they are made. False: that is enough. */
typedef bool voice_take_fn(void *context, const int16_t *samples, size_t n);

/* Loads the data, some ms the first time; it is kept for the process. RATE: of all samples, per second.
 * ERR_DEVICE when it is not installed. */
CHECKED enum err voice_start(int *rate, struct fault *fault);

/* TEXT in the voice of LANG (screen/speech.h says which there are), WORDS a minute (80 to 450).
 * ERR_DEVICE: there is no such voice. That TAKE had enough is no error. */
CHECKED enum err voice_say(const char *text, const char *lang, int words, voice_take_fn *take, void *context,
			   struct fault *fault);
