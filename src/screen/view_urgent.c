/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An urgent notice, which has taken the screen over: its words as large as they can be, and
 * one thing to do. */
#include "screen/cards.h"
#include "screen/foreign.h"

struct urgent_words {
	const struct notice *notice;
	struct pair colours, sign;
	int32_t ink; /* of what is not red */
};

/* Where nobody has translated it, that is said in the reader's own words. */
static void say_language(struct flow *flow, const struct urgent_words *it, const char *lang)
{
	struct builder *b = flow->b;
	struct pair colours = { it->ink, it->colours.bg };
	struct mark mark = mark_here(b);
	/* The header has said it of all that the centre writes. */
	if (foreign_centre(b))
		return;
	int h = foreign_put(b, "urgent/language", flow->area.x, 0, flow->area.w, lang, colours);
	if (h == 0)
		return;
	flow_space(flow, 2);
	flow_block(flow, mark, h);
}

static void compose(struct flow *flow, const void *content)
{
	const struct urgent_words *it = content;
	struct builder *b = flow->b;
	struct words level = { .s = say(b, TEXT_SCREEN_URGENT),
			       .size = SIZE_HEADING,
			       .weight = WEIGHT_BOLD,
			       .fg = it->colours.fg,
			       .bg = it->colours.bg };
	struct words title = title_words(b, NULL, NULL), text = text_words(b, NULL, NULL);
	title.fg = it->colours.fg;
	title.bg = text.bg = it->colours.bg;
	text.fg = it->ink;
	text.size = SIZE_NAME;
	title.s = pick(b, it->notice->name, &title.lang);
	text.s = pick(b, it->notice->text, &text.lang);
	struct mark mark = mark_here(b);
	int round = 2 * line_px(b, SIZE_HEADING), gap = 3 * b->m.unit;
	put_round(b, "urgent", flow->area.x, 0, round, "urgent", it->sign);
	put_words(b, "urgent/level", flow->area.x + round + gap, (round - line_px(b, SIZE_HEADING)) / 2,
		  flow->area.w - round - gap, &level);
	flow_block(flow, mark, round);
	flow_space(flow, 2);
	flow_words(flow, "title", &title);
	if (text.s) {
		flow_space(flow, 2);
		flow_words(flow, "text", &text);
	}
	say_language(flow, it, text.s ? text.lang : title.lang);
}

/* "Important message 1 of 2" */
static const char *heading(struct builder *b, const struct notice *notice)
{
	const struct notice *const *all;
	size_t n = notices_shown(b, &all), urgent = 0, at = 0;
	for (size_t i = 0; i < n; i++) {
		urgent += all[i]->level == LEVEL_URGENT;
		if (all[i] == notice)
			at = i + 1;
	}
	if (urgent < 2 || at == 0)
		return say(b, TEXT_SCREEN_URGENT_TITLE);
	return tell(b, TEXT_SCREEN_URGENT_TITLE_OF, ARG_N((int64_t)at), ARG_N((int64_t)urgent));
}

static void read_put(struct builder *b, struct rect area)
{
	struct button button = { .id = "urgent/done",
				 .label = say(b, TEXT_SCREEN_URGENT_READ),
				 .icon = "done",
				 .primary = true,
				 .action = "read" };
	int w = button_width(b, &button) + 4 * b->m.pad;
	w = w < area.w ? w : area.w;
	area.x += (area.w - w) / 2;
	area.w = w;
	button_put(b, area, &button);
}

static const double LARGER = 1.3;

static bool has_pager(const struct builder *b, struct mark mark)
{
	for (size_t i = mark.n; i < b->out->n_items; i++)
		if (b->out->items[i].has_hit || !b->out->items[i].enabled)
			return true;
	return false;
}

/* In larger type than elsewhere and in the middle, where all of it fits; else page by page. */
static void words_put(struct builder *b, struct rect area, const struct urgent_words *it)
{
	const struct metrics own = b->m;
	struct mark mark = mark_here(b);
	for (int i = 0; i < SIZE_COUNT; i++)
		b->m.font[i] = (int)(b->m.font[i] * LARGER);
	int end = flow_put(b, area, compose, it, NULL);
	b->m = own;
	if (has_pager(b, mark)) {
		take_back(b, mark);
		end = flow_put(b, area, compose, it, NULL);
	}
	if (!has_pager(b, mark))
		move_since(b, mark, 0, (area.y + area.h - end) * 2 / 5);
}

enum err view_urgent(struct builder *b)
{
	const struct notice *notice = centre_notice(b->centre, b->model->place.id);
	if (!notice) {
		header_put(b, say(b, TEXT_SCREEN_NOTICE), NULL, CONTENT_WORDS);
		message_put(b, b->body, "notice", say(b, TEXT_SCREEN_GONE_NOTICE), say(b, TEXT_SCREEN_GONE_HOW));
		return b->err;
	}
	struct pair colours = b->theme->alert;
	struct urgent_words it = {
		.notice = notice,
		.colours = colours,
		.sign = { .fg = colours.bg, .bg = colours.fg },
		/* In strong contrast the ground is white and so is ink. */
		.ink = b->around->theme == THEME_CONTRAST ? colours.fg : b->theme->ink,
	};
	int pad = b->m.compact ? b->m.unit : b->m.pad, h = button_height(b);
	header_put(b, heading(b, notice), NULL, CONTENT_WORDS);
	struct rect area = b->body, below = { area.x, area.y + area.h - h, area.w, h };
	area.h -= h + b->m.gap;
	put_box(b, "urgent/panel", ROLE_PANEL, area,
		&(struct box){ .bg = colours.bg,
			       .border = b->theme->alert_edge,
			       .border_px = b->m.thick,
			       .radius = b->m.radius });
	area = (struct rect){ area.x + pad + b->m.thick, area.y + pad, area.w - 2 * (pad + b->m.thick),
			      area.h - 2 * pad };
	words_put(b, area, &it);
	read_put(b, below);
	return b->err;
}
