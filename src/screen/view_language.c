/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every language by its own name, in its own letters, always in the same order. */
#include "screen/parts.h"

enum { COLUMNS_MOST = 4, BODIES_TALLEST = 4 };

static struct button button_of(struct builder *b, size_t i)
{
	const struct lang *lang = lang_at(i);
	return (struct button){
		.id = print(b, "language/%s", lang_code(lang)),
		.label = print(b, "%s%s", lang_autonym(lang), lang_is_proofread(lang) ? "" : "\u00A0*"),
		.lang = lang_code(lang),
		.chosen = lang == b->lang,
		.action = print(b, "language %s", lang_code(lang)),
	};
}

/* What the widest name asks for. The line box of the tallest script is taller than a button, its names are not. */
static int least_width(struct builder *b)
{
	int w = b->m.target;
	for (size_t i = 0; i < lang_count(); i++) {
		struct button button = button_of(b, i);
		int wide = button_width(b, &button);
		w = wide > w ? wide : w;
	}
	return w;
}

struct grid {
	int columns, rows, w, h;
};

/* The fewest columns in which all stand at once; or, where none will do, as many as fit. */
static struct grid grid_of(struct builder *b, struct rect area)
{
	int least_w = least_width(b), least_h = button_height(b), gap = b->m.gap, n = (int)lang_count();
	struct grid grid = { .columns = 1 };
	for (int columns = 1; columns <= COLUMNS_MOST; columns++) {
		int w = (area.w - (columns - 1) * gap) / columns;
		if (columns > 1 && w < least_w)
			break;
		grid = (struct grid){ .columns = columns, .rows = (n + columns - 1) / columns, .w = w };
		grid.h = (area.h - (grid.rows - 1) * gap) / grid.rows;
		if (grid.h >= least_h)
			break;
	}
	if (grid.h < least_h) {
		grid.rows = (area.h + gap) / (least_h + gap);
		grid.rows = grid.rows > 1 ? grid.rows : 1;
		grid.h = (area.h - (grid.rows - 1) * gap) / grid.rows;
	}
	int most = BODIES_TALLEST * b->m.font[SIZE_BODY];
	grid.h = grid.h > most && most > least_h ? most : grid.h;
	return grid;
}

/* What the sign beside a name says. Returns the height. */
static int legend_put(struct builder *b, int x, int y, int w)
{
	struct words words = { .s = print(b, "*\u00A0%s", say(b, TEXT_SCREEN_LANGUAGE_UNREAD)),
			       .weight = WEIGHT_MEDIUM,
			       .fg = b->theme->ink,
			       .bg = b->theme->background };
	return put_words(b, "legend", x, y, line_room(b, SIZE_BODY, w), &words);
}

/* Above in reach mode, else below. What it takes is gone from AREA. */
static void legend(struct builder *b, struct rect *area)
{
	struct mark mark = mark_here(b);
	int h = legend_put(b, area->x, 0, area->w);
	if (h <= b->above.h) {
		move_since(b, mark, 0, b->above.y + b->above.h - h);
		return;
	}
	area->h -= h + b->m.gap;
	move_since(b, mark, 0, area->y + area->h + b->m.gap);
}

/* Below the last of N names, if there is room. */
static void late_legend(struct builder *b, struct rect area, const struct grid *grid, int n)
{
	int rows = (n + grid->columns - 1) / grid->columns, y = area.y + rows * (grid->h + b->m.gap);
	struct mark mark = mark_here(b);
	int h = legend_put(b, area.x, y, area.w);
	if (y + h > area.y + area.h)
		take_back(b, mark);
}

static bool all_read(void)
{
	for (size_t i = 0; i < lang_count(); i++)
		if (!lang_is_proofread(lang_at(i)))
			return false;
	return true;
}

enum err view_language(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_LANGUAGE_CHOOSE), NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	struct pager pager;
	/* Where height is scarce the legend waits for the last page. */
	bool explains = !all_read(), late = explains && b->m.compact;
	if (explains && !late)
		legend(b, &area);
	struct grid grid = grid_of(b, area);
	int n = (int)lang_count(), each = grid.columns * grid.rows, pages = 1, page = b->model->place.page;
	if (each < n || late) {
		pager_split(b, PAGER_FOOT, &area, &pager);
		grid = grid_of(b, area);
		each = grid.columns * grid.rows;
		/* One more page for a full last one, whose legend would not fit. */
		pages = (n + each - 1) / each + (late && n % each == 0);
	}
	page = page < pages ? page : pages - 1;
	for (int i = page * each; i < n && i < (page + 1) * each; i++) {
		int cell = i - page * each;
		struct button button = button_of(b, (size_t)i);
		button_put(b,
			   (struct rect){ area.x + cell % grid.columns * (grid.w + b->m.gap),
					  area.y + cell / grid.columns * (grid.h + b->m.gap), grid.w, grid.h },
			   &button);
	}
	if (late && page + 1 == pages)
		late_legend(b, area, &grid, n - page * each);
	if (pages > 1)
		pager_put(b, &pager, page, pages, page + 1 < pages, NULL);
	return b->err;
}
