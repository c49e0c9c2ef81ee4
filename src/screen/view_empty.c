/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No feed yet: calm, and what to do. */
#include "screen/parts.h"

enum err view_empty(struct builder *b)
{
	static const enum text_id how[] = {
		[FEED_WAITING] = TEXT_SCREEN_EMPTY_WAITING,
		[FEED_FRESH] = TEXT_SCREEN_EMPTY_WAITING,
		[FEED_FAILED] = TEXT_SCREEN_EMPTY_FAILED,
		[FEED_REJECTED] = TEXT_SCREEN_EMPTY_REJECTED,
	};
	header_put(b, say(b, TEXT_SCREEN_EMPTY), NULL, CONTENT_WORDS);
	message_put(b, b->body, "calendar", say(b, TEXT_SCREEN_EMPTY_TITLE), say(b, how[b->model->shown.feed_state]));
	return b->err;
}
