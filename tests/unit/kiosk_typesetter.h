/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the typesetter: one with the fonts that the program is given. */
#pragma once

#include "kiosk/typeset.h"
#include "kiosk_drawing.h"

static inline enum err typesetter_start(struct type *type, struct fault *fault)
{
	const char *source = getenv("OPPSLAG_SOURCE");
	struct font_list list;
	struct buf bytes;
	char path[512];

	buf_init(&bytes, 1 << 16);
	snprintf(path, sizeof(path), "%s/fonts/fonts.txt", source ? source : ".");
	enum err err = file_read(path, &bytes, fault);
	if (!err)
		err = font_list_read(&list, path, bytes.bytes, fault);
	buf_free(&bytes);
	if (!err)
		err = font_list_look(&list, fault);
	if (!err)
		return type_init(type, &list, fault);
	font_list_free(&list);
	return err;
}
