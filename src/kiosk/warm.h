/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the pictures one touch away ready while nobody touches: their letters
 * are shaped and drawn into the caches of the drawing half, so that a view that
 * is opened for the first time comes as fast as one that was seen before. Works
 * in pieces and shows nothing. One thread, the drawing's. */
#pragma once

#include "kiosk/drawing.h"
#include "kiosk/typeset_cache.h"
#include "screen/screen.h"

/* A piece's time, and how much a round may put into the cache of letters: what the picture that is shown needs stays.
 */
enum { WARM_PIECE_MS = 4, WARM_BYTES = TYPE_CACHE_BYTES * 2 / 3 };

struct warm {
	struct drawing *drawing;
	struct arena arena; /* of the list that is being made ready */
	struct display next;
	uint64_t round;   /* a print of the picture whose ways on are made ready */
	uint64_t letters; /* bytes that had been drawn when it began */
	size_t way;       /* the item of that picture whose turn it is */
	bool has_next;    /* NEXT is laid out … */
	size_t next_item; /* … and its items before this one are ready */
};

void warm_init(struct warm *warm, struct drawing *drawing);
void warm_free(struct warm *warm);

/* One piece for SHOWN, the picture that AROUND and MODEL give, or nothing. True while there is more to do. */
bool warm_step(struct warm *warm, const struct model *model, const struct surroundings *around,
	       const struct display *shown);
