/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text on the wall: wraps paragraphs into lines, and parts a line into runs of
 * one font, script and direction, in the order in which they are seen. The same
 * runs are measured and drawn, so that a line is as wide as it was said to be. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "kiosk/fonts.h"
#include "kiosk/hyphen.h"
#include "kiosk/typeset_kept.h"
#include "screen/typeset.h"

/* Making ahead of need stops for whoever comes. */
struct hurry {
	int64_t until_ms; /* 0: none */
	bool made;        /* something new: a piece is never for nothing */
	bool over;        /* something was not made */
};
/* Whether nothing more is to be made; if there is time, what is made now counts. */
bool hurry_is_over(struct hurry *hurry);

struct type {
	struct fonts *fonts;
	struct type_cache *cache;
	struct keep blocks, lines;
	struct hurry hurry;
	struct hyphen *hyphen;
	struct arena runs;   /* of the newest type_runs */
	struct arena breaks; /* of the text that is being wrapped */
	struct buf line;     /* that is being tried for width */
	struct fault fault;  /* what the last error was about */
	struct typesetter setter;
};

/* LIST is taken over, also on error. */
CHECKED enum err type_init(struct type *type, struct font_list *list, struct fault *fault);
void type_free(struct type *type);

/* The runs of LINE, valid UTF-8; OUT until the next call. Controls and
 * characters that no font has are left out, foreign letters that no font has
 * stand as boxes. */
CHECKED enum err type_runs(struct type *type, const char *line, const struct type_wish *wish, struct type_runs *out);

/* Line boxes: the distance between baselines in LANG, and how much of it is above the baseline. */
CHECKED enum err type_line_box(struct type *type, const struct type_wish *wish, int *h, int *above);
