/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in: scan, type, or call. */
#pragma once

#include "screen/flow.h"

struct ways {
	const char *title;
	bool open;          /* there is a sign-up: a link, a number */
	const char *closed; /* otherwise, why in words; NULL: nothing to say */
	char letter;        /* of the link: N or A */
	const char *code, *number;
	bool has_when;
	struct civil when; /* A: the occurrence, by its original start */
	const char *contact_name, *contact_role, *contact_role_lang, *phone; /* NULL: none */
};

bool ways_are_none(const struct ways *ways);
/* "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2", "…?L=EN" when the visitor chose a language. */
const char *link_payload(struct builder *b, const struct ways *ways);
/* "40 71 93" */
const char *number_words(struct builder *b, const char *number);

/* The least width at which the panel stands beside the text; 0: it does not. */
int ways_side_width(struct builder *b, const struct ways *ways, struct rect area);
/* As one panel of width W; returns its height. */
int ways_put(struct builder *b, const struct ways *ways, int x, int y, int w, int min_h);
/* As the last block or blocks of a flow. */
void ways_flow(struct flow *flow, const struct ways *ways);
