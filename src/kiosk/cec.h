/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The television at the other end of the HDMI cable, by CEC (HDMI 1.4b,
 * supplement 1), through Linux' /dev/cecN. Many panels have none, many
 * televisions answer nothing, some do as they like: whatever comes of it is no
 * fault. Waits some seconds for its answers, so never on the drawing thread. */
#pragma once

#include <stdbool.h>

enum cec_end {
	CEC_NONE,    /* no adapter, or nothing plugged in that speaks CEC */
	CEC_UNHEARD, /* asked, and nobody acknowledged it */
	CEC_HEARD,   /* acknowledged; whether it did so is the television's own affair */
};

/* Asks the television behind PATH to wake up and show this machine, or to stand by. Each message is waited for at most
 * two seconds, and a place on the bus as long. */
enum cec_end cec_power(const char *path, bool on);
