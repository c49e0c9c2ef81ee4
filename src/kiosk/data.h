/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data files that were installed with the program (data_path says where). */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Reads NAME ("fonts.txt", "icons/home.svg"). One that is not there is ERR_DEVICE, as the fault of
 * whoever installed it and not of what the program was given. */
CHECKED enum err data_read(const char *name, struct buf *out, struct fault *fault);
