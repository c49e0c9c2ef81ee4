/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the typesetter: one with the fonts that the program is given, and an arena for what it sets. */
#pragma once

#include "kiosk/typeset.h"
#include "kiosk_drawing.h"

static struct type type;
static struct arena arena;
static struct fault fault;

static inline enum err typesetter_start(struct type *out, struct fault *why)
{
	const char *source = getenv("OPPSLAG_SOURCE");
	struct font_list list;
	struct buf bytes;
	char path[512];

	buf_init(&bytes, 1 << 16);
	snprintf(path, sizeof(path), "%s/fonts/fonts.txt", source ? source : ".");
	enum err err = file_read(path, &bytes, why);
	if (!err)
		err = font_list_read(&list, path, bytes.bytes, why);
	buf_free(&bytes);
	if (!err)
		err = font_list_look(&list, why);
	if (!err)
		return type_init(out, &list, why);
	font_list_free(&list);
	return err;
}

static inline int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 32 << 20);
	return typesetter_start(&type, &fault) ? -1 : 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	type_free(&type);
	arena_free(&arena);
	return 0;
}
