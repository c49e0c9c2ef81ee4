/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that end where readable memory ends: who reads one too many is killed
 * there and then, in our code and in libraries that are not instrumented. */
#pragma once

#include <stddef.h>

struct guarded {
	char *bytes; /* LEN of them; not closed with a NUL */
	size_t len;
	void *pages;
	size_t pages_len;
};

/* A copy of LEN bytes; fails the test when there is no memory. */
void guarded_init(struct guarded *guarded, const char *bytes, size_t len);
void guarded_free(struct guarded *guarded);
/* The whole file PATH, seen from the top of the source tree. */
void guarded_load(struct guarded *guarded, const char *path);
/* Writes the path of NAME in the source tree to OUT. */
void source_path(const char *name, char *out, size_t size);
