/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: read with a cap, replaced so that a pulled plug leaves the old
 * or the new one, never half of one (write beside, fsync, rename, fsync the
 * directory). */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Appends the file's bytes to OUT, at most OUT->max. A FIFO that nobody writes to is empty. ERR_NOT_FOUND, ERR_FILE,
 * ERR_LIMIT. */
CHECKED enum err file_read(const char *path, struct buf *out, struct fault *fault);
/* Mode 0600. The directory must exist. A link's target is replaced, a device or a pipe
 * is written to as it is. ERR_FILE. */
CHECKED enum err file_replace(const char *path, const void *bytes, size_t len, struct fault *fault);
/* mkdir -p, mode 0700 for those that it makes. */
CHECKED enum err dir_make(const char *path, struct fault *fault);
/* Where the program's data files are: OPPSLAG_DATADIR, else share/ beside the
 * program, else ../share/oppslag. Writes "DIR/NAME" to OUT. */
CHECKED enum err data_path(const char *name, char *out, size_t size, struct fault *fault);
