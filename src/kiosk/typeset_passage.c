/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_passage.h"

#include <string.h>

#include "base/utf8.h"
#include "core/icu.h"

size_t passage_decode(const struct passage *p, size_t at, uint32_t *code)
{
	size_t n = utf8_decode(p->text + at, p->len - at, code);

	return n ? n : 1;
}

bool code_is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 || code == 0x2029 || code == 0x3000;
}

size_t passage_after_spaces(const struct passage *p, size_t from, size_t to)
{
	uint32_t code;

	while (from < to) {
		size_t n = passage_decode(p, from, &code);
		if (!code_is_space(code))
			break;
		from += n;
	}
	return from;
}

bool passage_is_blank(const struct passage *p, size_t from, size_t to)
{
	return passage_after_spaces(p, from, to) == to;
}

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Where the word of ASCII that ends at TO begins. */
static size_t word_start(const struct passage *p, size_t to)
{
	while (to > 0 && p->text[to - 1] > ' ')
		to--;
	return to;
}

/* True if all from FROM up to, not with, the last is of one KIND, and the last is a full stop. */
static bool is_shortened(const struct passage *p, size_t from, size_t to, bool (*kind)(char c))
{
	if (to - from < 2 || to - from > 4 || p->text[to - 1] != '.')
		return false;
	while (from < to - 1 && kind(p->text[from]))
		from++;
	return from == to - 1;
}

bool passage_parts_number(const struct passage *p, size_t at)
{
	size_t end = at;

	while (end > 0 && p->text[end - 1] == ' ')
		end--;
	if (end == at || end == 0)
		return false;
	size_t from = word_start(p, end);
	if (is_figure(p->text[at]))
		return is_figure(p->text[end - 1]) || is_shortened(p, from, end, is_small);
	return is_small(p->text[at]) && is_shortened(p, from, end, is_figure);
}

static bool is_letter(uint32_t code)
{
	char script[5];

	icu_script(code, script);
	return strcmp(script, "Zyyy") != 0 && strcmp(script, "Zinh") != 0;
}

void passage_trim_word(const struct passage *p, size_t *from, size_t *to)
{
	uint32_t code;
	size_t end = *from;

	while (*from < *to) {
		size_t n = passage_decode(p, *from, &code);
		if (is_letter(code))
			break;
		*from += n;
	}
	for (size_t at = *from; at < *to;) {
		at += passage_decode(p, at, &code);
		if (is_letter(code) || icu_is_invisible(code))
			end = at;
	}
	*to = end > *from ? end : *from;
}

bool code_is_bound(uint32_t before, uint32_t code)
{
	char script[5];

	icu_script(code, script);
	return strcmp(script, "Zinh") == 0 || before == 0x200D || (code >= 0x1F3FB && code <= 0x1F3FF) ||
	       (code != 0xAD && icu_is_invisible(code));
}

bool passage_is_address(const struct passage *p, size_t at)
{
	size_t from = at, to = at;

	while (from > 0 && !code_is_space((unsigned char)p->text[from - 1]))
		from--;
	while (to < p->len && !code_is_space((unsigned char)p->text[to]))
		to++;
	for (size_t i = from; i < to; i++) {
		char c = p->text[i];

		if (c == '@' || ((c == '.' || c == '/') && i > from && i + 1 < to))
			return true;
	}
	return false;
}

bool passage_is_alphabetic(const struct passage *p, size_t from, size_t to)
{
	uint32_t code;

	while (from < to) {
		from += passage_decode(p, from, &code);
		if (code >= 0x590 || (!is_letter(code) && !icu_is_invisible(code)))
			return false;
	}
	return true;
}
