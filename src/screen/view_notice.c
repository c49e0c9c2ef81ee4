/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One notice, whole. */
#include "screen/foreign.h"

static void compose(struct flow *flow, const void *content)
{
	const struct notice *notice = content;
	struct builder *b = flow->b;
	struct words title = title_words(b, NULL, NULL), text = text_words(b, NULL, NULL);
	title.s = pick(b, notice->name, &title.lang);
	text.s = pick(b, notice->text, &text.lang);
	flow_words(flow, "title", &title);
	flow_foreign(flow, text.s ? text.lang : title.lang);
	if (notice->level != LEVEL_NORMAL) {
		struct mark mark = mark_here(b);
		const char *word = say(b, notice->level == LEVEL_URGENT ? TEXT_SCREEN_URGENT : TEXT_SCREEN_IMPORTANT);
		chip_put(b, "level", flow->area.x, 0, word, b->theme->alert);
		flow_space(flow, 1);
		flow_block(flow, mark, chip_height(b));
	}
	if (text.s) {
		flow_space(flow, 2);
		flow_words(flow, "text", &text);
	}
	struct words from = quiet_words(
		b, tell(b, TEXT_SCREEN_NOTICE_FROM, ARG_S(date_words(b, DATE_DAY_MONTH, notice->from))), NULL);
	flow_space(flow, 3);
	flow_words(flow, "from", &from);
}

enum err view_notice(struct builder *b)
{
	const struct notice *notice = centre_notice(b->centre, b->model->place.id);
	header_put(b, say(b, TEXT_SCREEN_NOTICE), NULL, CONTENT_WORDS);
	if (!notice) {
		message_put(b, b->body, "notice", say(b, TEXT_SCREEN_GONE_NOTICE), say(b, TEXT_SCREEN_GONE_HOW));
		return b->err;
	}
	struct pair colours = notice->level == LEVEL_NORMAL ? b->theme->tint[TINT_SAND] : b->theme->alert;
	struct rect area = b->body;
	emblem_put(b, &area, "notice", colours);
	int end = flow_put(b, area, compose, notice, NULL);
	emblem_below(b, area, end, "notice", colours);
	return b->err;
}
