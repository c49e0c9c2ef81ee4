/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of text and facts, one below the other; what does not fit goes on to
 * the next page. Blocks stay whole, paragraphs may be parted between lines. */
#pragma once

#include "screen/parts.h"

struct flow {
	struct builder *b;
	struct rect area;
	int y, page, wanted;
	int ways_page;      /* where the ways in begin; -1: nowhere */
	struct rect beside; /* above a pager that stands at the side; without height: there is none */
	int taken;          /* of that, by the wanted page */
	bool broken;        /* an address did not fit on its line */
};

/* Puts the whole content, page after page; only the wanted page stays in the list. */
typedef void compose_fn(struct flow *flow, const void *content);

/* Room above the next block, in units; nothing at the top of a page. */
void flow_space(struct flow *flow, int units);
/* What was put since MARK at the area's x and y 0 becomes the next block. */
void flow_block(struct flow *flow, struct mark mark, int height);
void flow_words(struct flow *flow, const char *id, const struct words *words);
/* A pictogram with a strong line and a quiet one (NULL: none). */
void flow_fact(struct flow *flow, const char *id, const char *icon, const struct words *strong,
	       const struct words *quiet);

/* Composes CONTENT into AREA, in larger type where that leaves it on one page, with a
 * pager where it takes several. Returns where the content ends.
 * WAYS_LABEL: what the pager's button says before the page with the ways in. */
int flow_put(struct builder *b, struct rect area, compose_fn *compose, const void *content, const char *ways_label);

/* The same without a pager: what fits. */
int flow_first(struct builder *b, struct rect area, compose_fn *compose, const void *content);
