/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content lines of an iCalendar file (RFC 5545 3.1): unfolded, as valid
 * UTF-8 whatever the bytes were, each with the number of the line that it
 * began on. For ics_scan.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { ICS_LINE_MAX = 64 * 1024 };

struct ics_line {
	int number;
	const char *s; /* closed with NUL; valid until the next call */
	bool cut;      /* it was longer than ICS_LINE_MAX */
};

struct ics_lines {
	const char *at, *end;
	int number; /* of the line at AT */
	struct buf raw, clean;
};

/* ERR_LIMIT, or ERR_SYNTAX for UTF-16; FAULT says so. Borrows BYTES. */
CHECKED enum err ics_lines_init(struct ics_lines *lines, const char *bytes, size_t len, struct fault *fault);
void ics_lines_free(struct ics_lines *lines);
/* The next line that is not empty. ERR_NOT_FOUND at the end, ERR_MEMORY. */
CHECKED enum err ics_lines_next(struct ics_lines *lines, struct ics_line *out);

/* True if LINE is the property NAME ("DTSTART:…", "DTSTART;TZID=…:…"), in any case. */
bool ics_is(const char *line, const char *name);
/* What stands behind the property's name and parameters; NULL if there is no colon. */
const char *ics_value(const char *line);
