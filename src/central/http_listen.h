/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listening sockets. */
#pragma once

#include <stddef.h>

#include "base/err.h"

/* WHERE is ADDRESS:PORT, "[::1]:8080" for IPv6, port 0 for any free one. FAULT's place is PLACE. ADDRESS of
 * OUT says what it became. */
enum { LISTEN_ADDRESS_SIZE = 80 };
struct listener {
	int fd; /* -1: none */
	char address[LISTEN_ADDRESS_SIZE];
};
CHECKED enum err listen_open(const char *where, const char *place, struct listener *out, struct fault *fault);
/* The same address with the next port; port 0 stays 0. */
CHECKED enum err listen_next(const char *where, char *out, size_t size);
/* Raises the limit of open files as far as it goes, and says how far that is. */
unsigned files_raise(void);
