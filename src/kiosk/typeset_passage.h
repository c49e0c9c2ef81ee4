/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a piece of text says about itself to whoever breaks it into lines:
 * spaces, words, numbers, addresses. Places are byte offsets. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct passage {
	const char *text; /* valid UTF-8 */
	size_t len;
};

/* The character at AT, and how many bytes it takes. */
size_t passage_decode(const struct passage *p, size_t at, uint32_t *code);
size_t passage_after_spaces(const struct passage *p, size_t from, size_t to);
bool passage_is_blank(const struct passage *p, size_t from, size_t to);
/* "800 80 000", "kl. 11", "24. november", "1. etasje" are one thing each, though UAX 14 would part them. */
bool passage_parts_number(const struct passage *p, size_t at);
/* "post@example.no", "example.no/n/7F3K2": what a hyphen would be read as part of. AT is anywhere in it. */
bool passage_is_address(const struct passage *p, size_t at);
bool passage_is_alphabetic(const struct passage *p, size_t from, size_t to);
/* Cuts off the quotes and commas around a word. */
void passage_trim_word(const struct passage *p, size_t *from, size_t *to);

bool code_is_space(uint32_t code);
/* True if CODE belongs to the character before it: an accent, a joiner, what follows a joiner, a skin colour. */
bool code_is_bound(uint32_t before, uint32_t code);
