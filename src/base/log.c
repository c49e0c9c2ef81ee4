/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int max_level = LOG_INFO;

void log_set_level(enum log_level level)
{
	atomic_store(&max_level, level);
}

void log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "error", "warning", "info", "debug" };
	char text[1024];
	va_list args;

	if ((int)level > atomic_load(&max_level))
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	fprintf(stderr, "%s: %s\n", names[level], text);
}

void log_fault(enum log_level level, const char *doing, const struct fault *fault)
{
	char text[sizeof fault->place + sizeof fault->text + 2];

	fault_print(fault, text, sizeof text);
	log_line(level, "%s: %s", doing, text);
}
