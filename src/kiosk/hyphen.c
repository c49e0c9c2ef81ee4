/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/hyphen.h"

#include <stdio.h> /* hyphen.h of libhyphen needs it */

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	WORD_MAX = HYPHEN_WORD_BYTES / 4, /* characters */
	EDGE_MIN = 3,                     /* letters before the first and after the last hyphen */
};

struct hyphen {
	const struct font_list *list;
	HyphenDict *dicts[HYPHENS_MAX]; /* as list->hyphens; NULL: not read yet */
};

enum err hyphen_new(const struct font_list *list, struct hyphen **out, struct fault *fault)
{
	struct hyphen *hyphen = mem_alloc(sizeof(*hyphen));

	*out = hyphen;
	if (!hyphen)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	hyphen->list = list;
	return OK;
}

void hyphen_del(struct hyphen *hyphen)
{
	if (!hyphen)
		return;
	for (size_t i = 0; i < HYPHENS_MAX; i++) {
		if (hyphen->dicts[i])
			hnj_hyphen_free(hyphen->dicts[i]);
	}
	mem_free(hyphen);
}

static enum err dict_for(struct hyphen *hyphen, const char *lang, HyphenDict **out, struct fault *fault)
{
	*out = NULL;
	if (!lang)
		return OK;
	size_t len = strcspn(lang, "-_");
	for (size_t i = 0; i < hyphen->list->n_hyphens; i++) {
		const struct font_hyphens *row = &hyphen->list->hyphens[i];

		if (strlen(row->lang) != len || memcmp(row->lang, lang, len) != 0)
			continue;
		if (!hyphen->dicts[i])
			hyphen->dicts[i] = hnj_hyphen_load(row->file);
		if (!hyphen->dicts[i])
			return fault_set(fault, ERR_DEVICE, row->file, "cannot be read as hyphenation patterns");
		*out = hyphen->dicts[i];
		return OK;
	}
	return OK;
}

/* A word as the patterns have it: lower case, in their character set. */
struct pattern_word {
	size_t n; /* characters */
	size_t at[WORD_MAX + 1];
	int len; /* bytes */
	char bytes[WORD_MAX * 4];
};

/* Patterns are for lower case: Latin and Cyrillic, which is what they are written in. */
static uint32_t lower(uint32_t code)
{
	if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
	    (code >= 0x410 && code <= 0x42F))
		return code + 0x20;
	return code;
}

static bool spell(const HyphenDict *dict, const char *word, size_t len, struct pattern_word *out)
{
	out->n = 0;
	out->len = 0;
	for (size_t at = 0, n; at < len; at += n) {
		uint32_t code;

		n = utf8_decode(word + at, len - at, &code);
		if (n == 0 || out->n == WORD_MAX)
			return false;
		code = lower(code);
		out->at[out->n++] = at;
		if (dict->utf8)
			out->len += (int)utf8_encode(code, out->bytes + out->len);
		else if (code < 0x100)
			out->bytes[out->len++] = (char)code;
		else
			return false;
	}
	return out->n >= (size_t)EDGE_MIN * 2;
}

enum err hyphen_points(struct hyphen *hyphen, const char *lang, const char *word, size_t len, bool *may,
		       struct fault *fault)
{
	struct pattern_word spelled;
	char points[WORD_MAX * 4 + 5]; /* libhyphen asks for five more */
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	HyphenDict *dict;
	enum err err = dict_for(hyphen, lang, &dict, fault);

	if (err || !dict || (!dict->utf8 && strcmp(dict->cset, "ISO8859-1") != 0))
		return err;
	if (!spell(dict, word, len, &spelled))
		return OK;
	if (hnj_hyphen_hyphenate2(dict, spelled.bytes, spelled.len, points, NULL, &rep, &pos, &cut) != 0)
		return fault_set(fault, ERR_MEMORY, "hyphenation", "%s", err_cause(ERR_MEMORY));
	for (size_t i = EDGE_MIN; i + EDGE_MIN <= spelled.n; i++) {
		/* Odd: a hyphen may follow character i - 1. A replacement would change the spelling: not taken. */
		if ((points[i - 1] & 1) && !(rep && rep[i - 1]))
			may[spelled.at[i]] = true;
	}
	for (int i = 0; rep && i < spelled.len; i++)
		free(rep[i]);
	free(rep);
	free(pos);
	free(cut);
	return OK;
}
