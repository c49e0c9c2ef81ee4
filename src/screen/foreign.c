/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff wrote in another language than the one that is shown is marked as such, in words. */
#include <string.h>

#include "screen/foreign.h"
#include "screen/tongue.h"

/* Who reads one of these reads the other. */
static bool is_norwegian(const char *lang)
{
	return strcmp(lang, "nb") == 0 || strcmp(lang, "nn") == 0 || strcmp(lang, "no") == 0;
}

bool is_foreign(const struct builder *b, const char *lang)
{
	const char *own = lang_code(b->lang);
	return lang && strcmp(lang, own) != 0 && !(is_norwegian(lang) && is_norwegian(own));
}

const char *foreign_centre(const struct builder *b)
{
	const struct centre *centre = b->centre;
	for (size_t i = 0; centre && i < centre->n_languages; i++)
		if (!is_foreign(b, centre->languages[i]))
			return NULL;
	return centre && centre->n_languages ? centre->languages[0] : NULL;
}

const char *foreign_words(struct builder *b, const char *lang)
{
	const char *name = tongue(b->lang, lang);
	return name ? tell(b, TEXT_SCREEN_WRITTEN_IN, ARG_S(name)) : print(b, "%s", lang);
}

/* Sign and words. Returns the width. */
static int mark_put(struct builder *b, const char *id, int x, int y, int w, const char *lang, struct pair colours)
{
	struct words words = {
		.s = foreign_words(b, lang), .weight = WEIGHT_MEDIUM, .fg = colours.fg, .bg = colours.bg
	};
	int sign = b->m.font[SIZE_BODY], text_x = x + sign + b->m.unit, text_w = w - sign - b->m.unit;
	put_icon(b, print(b, "%s/sign", id), (struct rect){ x, y + (line_px(b, SIZE_BODY) - sign) / 2, sign, sign },
		 "language", colours.fg, colours.bg);
	return put_words(b, id, text_x, y, text_w, &words);
}

int foreign_width(struct builder *b, const char *lang)
{
	struct words words = { .s = foreign_words(b, lang), .weight = WEIGHT_MEDIUM };
	return b->m.font[SIZE_BODY] + b->m.unit + words_width(b, &words) + 1;
}

int foreign_put(struct builder *b, const char *id, int x, int y, int w, const char *lang, struct pair colours)
{
	return is_foreign(b, lang) ? mark_put(b, id, x, y, w, lang, colours) : 0;
}

int card_foreign(struct builder *b, const char *id, int x, int y, int w, const char *lang)
{
	if (foreign_centre(b))
		return 0;
	return foreign_put(b, print(b, "%s/written", id), x, y, w, lang,
			   (struct pair){ b->theme->muted, b->theme->paper });
}

void flow_foreign(struct flow *flow, const char *lang)
{
	struct builder *b = flow->b;
	struct mark mark = mark_here(b);
	if (foreign_centre(b) || !is_foreign(b, lang))
		return;
	int h = foreign_put(b, "written", flow->area.x, 0, flow->area.w, lang,
			    (struct pair){ b->theme->muted, b->theme->background });
	flow_block(flow, mark, h);
}
