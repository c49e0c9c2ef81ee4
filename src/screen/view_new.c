/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views that are being built: each leaves for a file of its own. */
#include "screen/parts.h"

enum err view_language(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_LANGUAGE), NULL, CONTENT_WORDS);
	message_put(b, b->body, "language", say(b, TEXT_SCREEN_LANGUAGE), NULL);
	return b->err;
}

enum err view_adjust(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_HELP), NULL, CONTENT_WORDS);
	message_put(b, b->body, "help", say(b, TEXT_SCREEN_HELP), NULL);
	return b->err;
}

enum err view_kinds(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_ACTIVITIES), NULL, CONTENT_WORDS);
	message_put(b, b->body, "calendar", say(b, TEXT_SCREEN_ACTIVITIES), NULL);
	return b->err;
}
