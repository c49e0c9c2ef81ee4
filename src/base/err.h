/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every way in which a call of ours can fail, each with its cause, and the
 * fault that carries one to the person who can mend it: what is wrong and
 * where. Results may not be ignored. Only main.c turns an error into an exit. */
#pragma once

#include <stddef.h>

/* name, cause in words for a log */
#define ERRS(X)                                                           \
	X(OK, "no error")                                                 \
	X(ERR_MEMORY, "out of memory")                                    \
	X(ERR_LIMIT, "larger than its stated maximum (base/limits.h)")    \
	X(ERR_SYNTAX, "not well-formed")                                  \
	X(ERR_VALUE, "well-formed, but not a value that is allowed here") \
	X(ERR_MISSING, "a required part is missing")                      \
	X(ERR_DUPLICATE, "stands twice where once is allowed")            \
	X(ERR_REFERENCE, "refers to something that does not exist")       \
	X(ERR_UNSUPPORTED, "correct, but beyond what this program does")  \
	X(ERR_USAGE, "the command line is wrong")                         \
	X(ERR_FILE, "the file system refused")                            \
	X(ERR_NETWORK, "the network or the other side refused")           \
	X(ERR_REFUSED, "not allowed for this person or address")          \
	X(ERR_CONFLICT, "somebody else changed it first, or it is full")  \
	X(ERR_NOT_FOUND, "there is no such thing")                        \
	X(ERR_STORE, "the database refused")                              \
	X(ERR_DEVICE, "display, font or other equipment failed")

enum err {
#define X(name, cause) name,
	ERRS(X)
#undef X
		ERR_COUNT
};

/* Size of place and text includes the closing NUL; longer ones are cut at a
 * character's edge. */
struct fault {
	enum err err;
	char place[160]; /* "activities[3].start", "line 7, column 2", "" if none */
	char text[320];  /* one sentence, English, no closing full stop */
};

#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* The cause of ERR as in the table above; never NULL. */
const char *err_cause(enum err err);

/* The process exit code that design gives to ERR: 0 done, 1 the input is
 * wrong, 2 the command line is wrong, 3 the surroundings failed. */
int err_exit_code(enum err err);

/* Fills FAULT (which may be NULL) and returns ERR, so that a caller can write
 * "return fault_set(fault, ERR_VALUE, place, ...)". PLACE may be NULL. Control
 * characters that came from outside are shown as '?'. */
enum err fault_set(struct fault *fault, enum err err, const char *place, const char *fmt, ...) PRINTF_LIKE(4, 5);

#ifdef __clang_analyzer__
/* It sees one file at a time, and so does not know what comes back. */
#define fault_set(fault, err, ...) ((void)fault_set((fault), (err), __VA_ARGS__), (err))
#endif

/* Writes "place: text" (or "text" alone) to OUT, cut to SIZE. */
void fault_print(const struct fault *fault, char *out, size_t size);
