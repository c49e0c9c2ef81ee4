/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody reads a number over the program's shoulder: not from a core file, not by a debugger of the same user, not
 * from swap space. Only while a number may be in memory, so that the program can be looked into at all other times. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* No core files, from now on. The SIZE bytes at AT, where a number may stand, are kept out of swap space and dumps. */
void guard_start(const void *at, size_t size);
/* While ON the program cannot be dumped or traced (prctl(2), PR_SET_DUMPABLE). */
void guard_set(bool on);
