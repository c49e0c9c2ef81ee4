/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No feed yet: calm, and what to do. */
#include "screen/alone.h"

static bool put(struct builder *b, bool sign, enum size size)
{
	static const enum text_id how[] = {
		[FEED_WAITING] = TEXT_SCREEN_EMPTY_WAITING,
		[FEED_FRESH] = TEXT_SCREEN_EMPTY_WAITING,
		[FEED_FAILED] = TEXT_SCREEN_EMPTY_FAILED,
		[FEED_REJECTED] = TEXT_SCREEN_EMPTY_REJECTED,
	};
	struct alone alone = alone_begin(b, (struct pair){ b->theme->ink, b->theme->background });
	if (sign) {
		alone_round(b, &alone, "calendar", b->theme->tint[TINT_SAND]);
		alone_space(b, &alone, 3);
	}
	alone_words(b, &alone, "message/title", say(b, TEXT_SCREEN_EMPTY_TITLE), SIZE_TITLE, WEIGHT_BOLD);
	alone_space(b, &alone, 2);
	alone_words(b, &alone, "message/text", say(b, how[b->model->shown.feed_state]), size, WEIGHT_MEDIUM);
	return alone_end(b, &alone);
}

enum err view_empty(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_EMPTY), NULL, CONTENT_WORDS);
	if (!put(b, !b->m.compact, SIZE_NAME) && !put(b, false, SIZE_NAME))
		put(b, false, SIZE_BODY);
	return b->err;
}
