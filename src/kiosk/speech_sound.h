/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of samples into the air: one of SDL's audio devices, that is open only
 * while something is said. Open, SDL's ALSA driver wakes ten times a second to
 * look for new devices; and a device that came meanwhile is only known to one that
 * is opened afterwards. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct sound {
	unsigned device; /* 0: closed */
	int rate;
	bool is_headset;
};

/* Samples of one channel, RATE a second. HEADSET: the name of the sound card that it must be; NULL: whichever is
 * the usual one. ERR_DEVICE: there is none (yet). */
CHECKED enum err sound_open(struct sound *sound, const char *headset, int rate, struct fault *fault);
void sound_close(struct sound *sound);
/* Before its thread ends: what SDL keeps for a thread that it has not made goes with no other call. */
void sound_thread_end(void);
/* False once the device is gone. */
bool sound_works(const struct sound *sound);
/* Appends. False: the device is gone. */
bool sound_put(struct sound *sound, const int16_t *samples, size_t n);
/* How long what was put still sounds. */
int sound_left_ms(const struct sound *sound);
/* Silent at once. */
void sound_stop(struct sound *sound);
