/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line a matter on stderr, "level: text". Never personal data: no names,
 * numbers, mail addresses, form values or secrets. */
#pragma once

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above LEVEL are left out; LOG_INFO until called. */
void log_set_level(enum log_level level);
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* "doing: place: text" of FAULT as one line. */
void log_fault(enum log_level level, const char *doing, const struct fault *fault);
