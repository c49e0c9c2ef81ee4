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
	bool terse;        /* to type: the address and the number, and no words about them */
	bool beside;
	bool call_me;                                                        /* "Ring meg" stands at the panel's foot */
	const char *contact_name, *contact_role, *contact_role_lang, *phone; /* NULL: none */
};

bool ways_are_none(const struct ways *ways);
/* "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2", "…?L=EN" when the visitor chose a language. */
const char *link_payload(struct builder *b, const struct ways *ways);
/* "40 71 93" */
const char *number_words(struct builder *b, const char *number);

/* A page of CONTENT with the panel beside it or, where that has no room, as its last blocks; "Ring meg" then stands at
 * the page's foot. Sets ways->beside before it composes. */
void ways_page(struct builder *b, struct ways *ways, compose_fn *compose, const void *content, const char *label);
/* As the last block or blocks of a flow; nothing where the panel stands beside it. */
void ways_flow(struct flow *flow, const struct ways *ways);
