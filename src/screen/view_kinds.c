/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one likes to do, as pictograms: the kinds of which there is something in the days to come. */
#include "screen/cards.h"

/* With the two tabs as many choices as are taken in at once (accessibility D3). */
enum { KINDS_AT_ONCE = 4, COLUMNS = 2 };

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

static struct words name_words(const struct builder *b, enum kind kind)
{
	return (struct words){ .s = kind_words(b, kind),
			       .size = SIZE_NAME,
			       .weight = WEIGHT_BOLD,
			       .align = ALIGN_CENTRE,
			       .fg = b->theme->ink,
			       .bg = b->theme->paper };
}

/* A pictogram above its name, as large as the cell allows. False: there is no room. */
static bool upright_put(struct builder *b, const char *id, struct rect r, enum kind kind)
{
	struct words name = name_words(b, kind);
	int unit = b->m.unit, inner = r.w - 2 * unit, text_h = words_height(b, &name, inner);
	int round = r.h - text_h - 3 * unit;
	round = round > r.w / 2 ? r.w / 2 : round;
	if (round < 8 * unit)
		return false;
	int top = r.y + (r.h - round - text_h - unit) / 2;
	put_round(b, id, r.x + (r.w - round) / 2, top, round, kind_name(kind), b->theme->tint[theme_tint(kind)]);
	put_words(b, print(b, "%s/name", id), r.x + unit, top + round + unit, inner, &name);
	return true;
}

/* Beside each other; without the pictogram where the name needs its place. */
static void beside_put(struct builder *b, const char *id, struct rect r, enum kind kind)
{
	struct words name = name_words(b, kind);
	int unit = b->m.unit, round = b->m.font[SIZE_BODY] * 2, text_x = r.x + 3 * unit + round;
	int text_w = r.x + r.w - 2 * unit - text_x, text_h = words_height(b, &name, text_w);
	name.align = ALIGN_START;
	if (text_h > r.h - 2 * unit) {
		name.size = SIZE_BODY;
		text_h = words_height(b, &name, text_w);
	}
	if (text_h > r.h - 2 * unit) {
		text_x = r.x + 2 * unit;
		text_w = r.w - 4 * unit;
		text_h = words_height(b, &name, text_w);
	} else {
		put_round(b, id, r.x + 2 * unit, r.y + (r.h - round) / 2, round, kind_name(kind),
			  b->theme->tint[theme_tint(kind)]);
	}
	put_words(b, print(b, "%s/name", id), text_x, r.y + (r.h - text_h) / 2, text_w, &name);
}

static void kind_put(struct builder *b, struct rect r, enum kind kind)
{
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	const char *id = print(b, "kind:%s", kind_name(kind));
	struct item *item = put_box(b, id, ROLE_CARD, r, &box);
	make_control(b, item, print(b, "open activities:%s", kind_name(kind)), kind_words(b, kind));
	if (!upright_put(b, id, r, kind))
		beside_put(b, id, r, kind);
}

struct grid {
	int columns, rows, w, h;
};

/* At most four; fewer where their names would not have two lines each. */
static struct grid grid_of(const struct builder *b, struct rect area)
{
	int gap = b->m.gap, least = 2 * line_px(b, SIZE_BODY) + 3 * b->m.unit;
	struct grid grid = { .columns = COLUMNS };
	grid.w = (area.w - (grid.columns - 1) * gap) / grid.columns;
	for (grid.rows = KINDS_AT_ONCE / grid.columns; grid.rows > 0; grid.rows--) {
		grid.h = (area.h - (grid.rows - 1) * gap) / grid.rows;
		if (grid.h >= least || grid.rows == 1)
			break;
	}
	return grid;
}

enum err view_kinds(struct builder *b)
{
	enum kind kinds[KIND_COUNT];
	header_put(b, say(b, TEXT_SCREEN_ACTIVITIES), NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	struct pager pager;
	int n = (int)kinds_coming(b, kinds), page = b->model->place.page;
	above_put(b, "kinds", b->theme->tint[TINT_SAND], NULL);
	tabs_put(b, &area, true);
	if (n == 0) {
		message_put(b, area, "calendar", NULL, say(b, TEXT_SCREEN_KINDS_NONE));
		return b->err;
	}
	struct grid grid = grid_of(b, area);
	if (grid.columns * grid.rows < n) {
		pager_split(b, PAGER_FOOT, &area, &pager);
		grid = grid_of(b, area);
	}
	int each = grid.columns * grid.rows, pages = (n + each - 1) / each;
	page = page < pages ? page : pages - 1;
	for (int i = page * each; i < n && i < (page + 1) * each; i++) {
		int cell = i - page * each;
		kind_put(b,
			 (struct rect){ area.x + cell % grid.columns * (grid.w + b->m.gap),
					area.y + cell / grid.columns * (grid.h + b->m.gap), grid.w, grid.h },
			 kinds[i]);
	}
	if (pages > 1)
		pager_put(b, &pager, page, pages, page + 1 < pages, NULL);
	return b->err;
}
