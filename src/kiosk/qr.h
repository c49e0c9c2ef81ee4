/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes (ISO/IEC 18004) by libqrencode. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum { QR_VERSION_MAX = 10, QR_PAYLOAD_MAX = 311 }; /* 311: what alphanumeric mode holds in version 10 at level M */

/* The smallest symbol at level M for PAYLOAD, printable ASCII: upper case,
 * figures and $%*+-./: and space take less room. MODULES: (17 + 4 version)^2
 * bytes in ARENA, row by row, 1 dark, with no quiet zone. ERR_VALUE, ERR_LIMIT
 * or ERR_MEMORY. */
CHECKED enum err qr_make(struct arena *arena, const char *payload, int *version, const unsigned char **modules,
			 struct fault *fault);
