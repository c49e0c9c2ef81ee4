/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libmicrohttpd lets in and RFC 9110 and 9112 do not. */
#pragma once

#include <microhttpd.h>

/* 0, or the status to refuse with: two Host lines or none, a header's name that is no token, control characters, both
 * lengths of a body, a target with other characters than it may have. */
unsigned http_check(struct MHD_Connection *connection, const char *version, const char *target);
