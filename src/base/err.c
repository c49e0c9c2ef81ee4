/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#undef fault_set

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

const char *err_cause(enum err err)
{
	static const char *const causes[] = {
#define X(name, cause) [name] = cause,
		ERRS(X)
#undef X
	};
	return (size_t)err < ERR_COUNT ? causes[err] : "unknown error";
}

int err_exit_code(enum err err)
{
	switch (err) {
	case OK:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_MEMORY:
	case ERR_FILE:
	case ERR_NETWORK:
	case ERR_STORE:
	case ERR_DEVICE:
		return 3;
	default:
		return 1;
	}
}

static void clean(char *s, size_t size)
{
	s[size - 1] = '\0';
	utf8_cut(s);
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
}

enum err fault_set(struct fault *fault, enum err err, const char *place, const char *fmt, ...)
{
	va_list args;

	if (!fault)
		return err;
	fault->err = err;
	snprintf(fault->place, sizeof fault->place, "%s", place ? place : "");
	va_start(args, fmt);
	vsnprintf(fault->text, sizeof fault->text, fmt, args);
	va_end(args);
	clean(fault->place, sizeof fault->place);
	clean(fault->text, sizeof fault->text);
	return err;
}

void fault_print(const struct fault *fault, char *out, size_t size)
{
	if (fault->place[0])
		snprintf(out, size, "%s: %s", fault->place, fault->text);
	else
		snprintf(out, size, "%s", fault->text);
}
