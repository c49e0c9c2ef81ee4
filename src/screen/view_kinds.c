/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one likes to do, as pictograms: the kinds of which there is something in the days to come. */
#include "screen/cards.h"

enum { PER_PAGE = 6 };

static size_t kinds_coming(struct builder *b, enum kind out[KIND_COUNT])
{
	bool there[KIND_COUNT] = { false };
	for (int i = 0; i < KIND_DAYS; i++) {
		struct occurrences all = day_occurrences(b, civil_add_days(b->model->shown.now, i));
		for (size_t k = 0; k < all.n; k++)
			there[all.v[k].activity->kind] = true;
	}
	size_t n = 0;
	for (int i = 0; i < KIND_COUNT; i++)
		if (there[i])
			out[n++] = (enum kind)i;
	return n;
}

/* A pictogram above its name, as large as the cell allows. */
static void kind_put(struct builder *b, struct rect r, enum kind kind)
{
	int unit = b->m.unit, inner = r.w - 2 * b->m.pad;
	struct words name = { .s = kind_words(b, kind),
			      .size = SIZE_NAME,
			      .weight = WEIGHT_BOLD,
			      .align = ALIGN_CENTRE,
			      .fg = b->theme->ink,
			      .bg = b->theme->paper };
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	const char *id = print(b, "kind:%s", kind_name(kind));
	struct item *item = put_box(b, id, ROLE_CARD, r, &box);
	make_control(b, item, print(b, "open activities:%s", kind_name(kind)), name.s);
	struct pair colours = b->theme->tint[theme_tint(kind)];
	int text_h = words_height(b, &name, inner), round = r.h - text_h - 5 * unit;
	round = round > r.w / 2 ? r.w / 2 : round;
	if (round >= 8 * unit) {
		int top = r.y + (r.h - round - text_h - unit) / 2;
		put_round(b, id, r.x + (r.w - round) / 2, top, round, kind_name(kind), colours);
		put_words(b, print(b, "%s/name", id), r.x + b->m.pad, top + round + unit, inner, &name);
		return;
	}
	round = b->m.font[SIZE_BODY] * 2;
	name.align = ALIGN_START;
	int text_x = r.x + b->m.pad + round + 2 * unit, text_w = r.x + r.w - b->m.pad - text_x;
	text_h = words_height(b, &name, text_w);
	put_round(b, id, r.x + b->m.pad, r.y + (r.h - round) / 2, round, kind_name(kind), colours);
	put_words(b, print(b, "%s/name", id), text_x, r.y + (r.h - text_h) / 2, text_w, &name);
}

enum err view_kinds(struct builder *b)
{
	enum kind kinds[KIND_COUNT];
	header_put(b, say(b, TEXT_SCREEN_ACTIVITIES), NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	int n = (int)kinds_coming(b, kinds), gap = b->m.gap;
	int pages = (n + PER_PAGE - 1) / PER_PAGE,
	    page = b->model->place.page < pages ? b->model->place.page : pages - 1;
	above_put(b, "kinds", b->theme->tint[TINT_SAND], NULL);
	tabs_put(b, &area, true);
	if (n == 0) {
		message_put(b, area, "calendar", NULL, say(b, TEXT_SCREEN_KINDS_NONE));
		return b->err;
	}
	struct pager pager;
	if (pages > 1)
		pager_split(b, PAGER_FOOT, &area, &pager);
	int columns = area.w > area.h ? 3 : 2, rows = PER_PAGE / columns;
	int w = (area.w - (columns - 1) * gap) / columns, h = (area.h - (rows - 1) * gap) / rows;
	for (int i = 0; i < PER_PAGE && page * PER_PAGE + i < n; i++)
		kind_put(b, (struct rect){ area.x + i % columns * (w + gap), area.y + i / columns * (h + gap), w, h },
			 kinds[page * PER_PAGE + i]);
	if (pages > 1)
		pager_put(b, &pager, page, pages, page + 1 < pages, NULL);
	return b->err;
}
