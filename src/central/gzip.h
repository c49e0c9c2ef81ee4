/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document in gzip form (RFC 1952), made once per change, never per request. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Appends to OUT; the same bytes give the same result. ERR_MEMORY, or OUT's error. */
CHECKED enum err gzip_bytes(const void *bytes, size_t len, struct buf *out);
