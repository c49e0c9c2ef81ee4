/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paragraphs into lines; what struct typesetter's set promises. */
#pragma once

#include "kiosk/typeset.h"

CHECKED enum err type_wrap(struct type *type, struct arena *arena, const struct block_wish *wish,
			   struct type_block *out);
