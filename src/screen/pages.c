/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards in columns, as many as fit; the rest behind big page buttons. */
#include "screen/parts.h"
#include "screen/rtl.h"

enum {
	CARDS_MAX = 6,      /* besides the furniture */
	COUNTED_CARDS = 60, /* longer lists do not say how many pages they have */
	PAGE_SHARE = 6,
	STACK_SHARE = 3,
};

/* Body sizes that a card wants at least where cards stand side by side, or beside the pager. */
static const int CARD_ROOM = 19, CARD_LEAST = 14;

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int card_height(struct builder *b, card_fn *card, const void *cards, size_t i, int w)
{
	struct mark mark = mark_here(b);
	int h = card(b, cards, i, 0, 0, w, 0);
	take_back(b, mark);
	return h;
}

struct grid {
	int columns, gap, w;
};

static struct grid grid_of(const struct builder *b, int w, int columns)
{
	return (struct grid){ columns, b->m.gap, (w - (columns - 1) * b->m.gap) / columns };
}

static bool has_room(const struct builder *b, const struct grid *grid)
{
	return grid->w >= (grid->columns == 1 ? CARD_LEAST : CARD_ROOM) * b->m.font[SIZE_BODY];
}

struct page {
	size_t from, n;
	int rows, row_h[CARDS_MAX], height; /* of all rows and the gaps between them */
};

/* The cards from FROM that fit, each row as tall as its tallest card; always at least one. */
static struct page page_at(struct builder *b, const struct grid *grid, int height, card_fn *card, const void *cards,
			   size_t n, size_t from)
{
	struct page page = { .from = from };
	size_t most = CARDS_MAX - (size_t)b->choices;
	while (from + page.n < n && page.n < most) {
		int h = card_height(b, card, cards, from + page.n, grid->w), row = (int)page.n / grid->columns;
		bool begins = (int)page.n % grid->columns == 0;
		int more = begins ? h + (row ? grid->gap : 0) : larger(0, h - page.row_h[row]);
		if (page.n > 0 && page.height + more > height)
			break;
		page.row_h[row] = begins ? h : larger(h, page.row_h[row]);
		page.rows = row + 1;
		page.height += more;
		page.n++;
	}
	return page;
}

struct found {
	struct page page;
	int number, count; /* count 0: not known */
};

static struct found page_find(struct builder *b, const struct grid *grid, int height, card_fn *card, const void *cards,
			      size_t n)
{
	struct found found = { .number = -1 };
	size_t from = 0;
	do {
		struct page page = page_at(b, grid, height, card, cards, n, from);
		from += page.n;
		found.count++;
		if (found.number < b->model->place.page) {
			found.page = page;
			found.number++;
		} else if (n > COUNTED_CARDS) {
			found.count = 0;
			break;
		}
	} while (from < n && b->err == OK);
	return found;
}

/* Rows grow into free room, but by no more than a part (1/SHARE) of their height. Returns the end of the last one. */
static int page_put(struct builder *b, const struct grid *grid, struct rect area, card_fn *card, const void *cards,
		    struct page page, int share)
{
	int spare = larger(0, area.h - page.height) / larger(1, page.rows), y = area.y;
	for (int row = 0; row < page.rows; row++) {
		int each = page.row_h[row] + smaller(spare, page.row_h[row] / share);
		y += row ? grid->gap : 0;
		b->lead = grid->columns > 1 ? b->m.unit + (each - page.row_h[row]) / 2 : 0;
		for (int column = 0; column < grid->columns; column++) {
			size_t i = (size_t)(row * grid->columns + column);
			if (i < page.n)
				card(b, cards, page.from + i, area.x + column * (grid->w + grid->gap), y, grid->w,
				     each);
		}
		y += each;
	}
	b->lead = 0;
	return y;
}

size_t stack_put(struct builder *b, card_fn *card, const void *cards, size_t n, size_t most, struct rect area, int *end)
{
	struct grid grid = { 1, b->m.gap, area.w };
	size_t wanted = n < most ? n : most;
	struct page page = page_at(b, &grid, area.h, card, cards, wanted, 0);
	bool brief = b->brief;
	*end = area.y;
	if (page.n < wanted || page.height > area.h) {
		b->tight = true;
		struct page more = page_at(b, &grid, area.h, card, cards, wanted, 0);
		b->tight = more.n > page.n || page.height > area.h;
		page = b->tight ? more : page;
	}
	if (page.height > area.h) {
		b->brief = true;
		page = page_at(b, &grid, area.h, card, cards, wanted, 0);
	}
	bool fits = page.height <= area.h;
	if (fits)
		*end = page_put(b, &grid, area, card, cards, page, STACK_SHARE);
	b->brief = brief;
	b->tight = false;
	return fits ? page.n : 0;
}

/* Where cards and pager go. */
struct layout {
	struct grid grid;
	struct rect area;
	struct pager pager;
};

/* How many cards the first page holds; 0 if some card is taller than a page. */
static size_t layout_worth(struct builder *b, const struct layout *l, card_fn *card, const void *cards, size_t n)
{
	for (size_t i = 0; i < n && i < COUNTED_CARDS; i++)
		if (card_height(b, card, cards, i, l->grid.w) > l->area.h)
			return 0;
	return page_at(b, &l->grid, l->area.h, card, cards, n, 0).n;
}

/* Two columns or one, the pager below or (where the panel lies) at the side: whatever shows most at once. */
static size_t layout_best(struct builder *b, struct rect area, card_fn *card, const void *cards, size_t n,
			  struct layout *best)
{
	size_t worth = 0;
	int kinds = b->m.portrait ? 1 : PAGER_KINDS;
	*best = (struct layout){ .grid = grid_of(b, area.w, 1), .area = area };
	pager_split(b, PAGER_FOOT, &best->area, &best->pager);
	for (int i = 0; i < 2 * kinds; i++) {
		struct layout l = { .area = area };
		bool fits = pager_split(b, (enum pager_kind)(i % kinds), &l.area, &l.pager);
		l.grid = grid_of(b, l.area.w, i < kinds ? 2 : 1);
		if (!fits || !has_room(b, &l.grid))
			continue;
		size_t this = layout_worth(b, &l, card, cards, n);
		if (this > worth) {
			worth = this;
			*best = l;
		}
	}
	return worth;
}

int pages_least(struct builder *b, int w, card_fn *card, const void *cards, size_t n)
{
	int tallest = 0;
	b->brief = true;
	for (size_t i = 0; i < n && i < COUNTED_CARDS; i++)
		tallest = larger(tallest, card_height(b, card, cards, i, w));
	b->brief = false;
	return tallest + (n > 1 ? b->m.gap + button_height(b) : 0);
}

/* All cards on one page, in two columns or one, where they fit with no pager. */
static bool all_put(struct builder *b, struct rect area, card_fn *card, const void *cards, size_t n)
{
	for (int columns = 2; columns > 0; columns--) {
		struct grid grid = grid_of(b, area.w, columns);
		struct page all = page_at(b, &grid, area.h, card, cards, n, 0);
		if ((columns == 1 || has_room(b, &grid)) && all.n == n && all.height <= area.h) {
			page_put(b, &grid, area, card, cards, all, PAGE_SHARE);
			return true;
		}
	}
	return false;
}

static void paged_put(struct builder *b, struct rect area, card_fn *card, const void *cards, size_t n)
{
	struct layout l;
	if (layout_best(b, area, card, cards, n, &l) == 0) {
		b->brief = true;
		b->tight = layout_best(b, area, card, cards, n, &l) == 0;
		if (b->tight)
			layout_best(b, area, card, cards, n, &l);
		if (all_put(b, area, card, cards, n))
			return;
	}
	struct found found = page_find(b, &l.grid, l.area.h, card, cards, n);
	page_put(b, &l.grid, l.area, card, cards, found.page, PAGE_SHARE);
	pager_put(b, &l.pager, found.number, found.count, found.page.from + found.page.n < n, NULL);
}

void pages_put(struct builder *b, struct rect area, card_fn *card, const void *cards, size_t n)
{
	if (n == 0 || all_put(b, area, card, cards, n))
		return;
	paged_put(b, area, card, cards, n);
	b->brief = b->tight = false;
}

/* ---- pager */

static struct button previous_button(struct builder *b, int page)
{
	return (struct button){
		.id = "page/previous",
		.label = say(b, TEXT_SCREEN_PAGE_PREVIOUS),
		.icon = "back",
		.action = print(b, "page %d", page > 0 ? page - 1 : 0),
		.off = page == 0,
	};
}

static struct button next_button(struct builder *b, int page, bool more, const char *label)
{
	return (struct button){
		.id = "page/next",
		.label = label ? label : say(b, TEXT_SCREEN_PAGE_NEXT),
		.icon = "forward",
		.icon_last = true,
		.action = print(b, "page %d", page + 1),
		.off = !more,
		.primary = more && label,
	};
}

bool pager_split(struct builder *b, enum pager_kind kind, struct rect *area, struct pager *pager)
{
	struct button previous = previous_button(b, 1), next = next_button(b, 0, true, NULL);
	int left = button_width(b, &previous), right = button_width(b, &next), h = button_height(b), gap = b->m.gap;
	*pager = (struct pager){ kind, *area };
	if (kind == PAGER_FOOT) {
		area->h -= h + gap;
		pager->rect.h = h;
		pager->rect.y = area->y + area->h + gap;
		return area->h > 0;
	}
	pager->rect.w = kind == PAGER_COLUMN ? larger(left, right) : left + gap + right;
	area->w -= pager->rect.w + gap;
	pager->rect.x = area->x + area->w + gap;
	if (kind == PAGER_CORNER) {
		pager->rect.y += area->h - h;
		pager->rect.h = h;
	}
	return area->h >= (kind == PAGER_COLUMN ? 2 * h + gap : h) && area->w > 0;
}

struct rect pager_free(const struct builder *b, const struct pager *pager)
{
	struct rect free = pager->rect;
	free.h -= 2 * (button_height(b) + b->m.gap);
	if (pager->kind != PAGER_COLUMN || free.h < 0)
		free.h = 0;
	return free;
}

static struct words page_words(struct builder *b, int page, int n)
{
	return (struct words){
		.s = n ? tell(b, TEXT_SCREEN_PAGE_OF, ARG_N(page + 1), ARG_N(n))
		       : tell(b, TEXT_SCREEN_PAGE, ARG_N(page + 1)),
		.weight = WEIGHT_SEMIBOLD,
		.align = ALIGN_CENTRE,
		.fg = b->theme->ink,
		.bg = b->theme->background,
		.max_lines = 3,
	};
}

/* One above the other, at the foot of AREA. */
static void pager_column(struct builder *b, struct rect area, const struct button *previous, const struct button *next,
			 const struct words *words, const char *spoken)
{
	int each = button_height(b), text_h = words_height(b, words, area.w);
	int next_h = button_height_at(b, next, area.w);
	int between = larger(text_h + 2 * b->m.unit, b->m.gap);
	bool with_text = each + between + next_h <= area.h;
	between = with_text ? between : b->m.gap;
	int y = area.y + area.h - each - next_h - between;
	button_put(b, (struct rect){ area.x, y, area.w, each }, previous);
	y += each;
	struct mark mark = mark_here(b);
	if (with_text)
		put_words(b, "page", area.x, y + (between - text_h) / 2, area.w, words);
	struct item *item = last_since(b, mark);
	if (item)
		item->spoken = spoken;
	button_put(b, (struct rect){ area.x, y + between, area.w, next_h }, next);
}

void pager_put(struct builder *b, const struct pager *pager, int page, int n, bool more, const char *next_label)
{
	struct rect area = pager->rect;
	struct button previous = previous_button(b, page), next = next_button(b, page, more, next_label);
	struct words words = page_words(b, page, n);
	const char *whole = words.s, *few = n ? ltr(b, print(b, "%d/%d", page + 1, n)) : words.s;
	if (pager->kind == PAGER_COLUMN) {
		struct type_block block = words_set(b, &words, area.w);
		if (block.n_lines > 2 || block.truncated || block.w > area.w)
			words.s = few;
		pager_column(b, area, &previous, &next, &words, whole);
		return;
	}
	/* Where there is little room the buttons give up width for the number of the page, and that its words. */
	int wanted = words_width(b, &words) + 2 * b->m.gap, least = area.w * 3 / 10;
	int left = button_width(b, &previous), right = button_width(b, &next);
	if (larger(least, left) + larger(least, right) + wanted <= area.w) {
		left = larger(least, left);
		right = larger(least, right);
	}
	if (left + right + b->m.gap > area.w) {
		previous.icon = next.icon = NULL;
		left = button_width(b, &previous);
		right = area.w - left - b->m.gap;
	}
	int room = area.w - left - right - 2 * b->m.gap;
	if (words_width(b, &words) > room)
		words.s = few;
	button_put(b, (struct rect){ area.x, area.y, left, area.h }, &previous);
	struct mark mark = mark_here(b);
	if (words_width(b, &words) <= room)
		put_words(b, "page", area.x + left + b->m.gap, area.y + (area.h - line_px(b, SIZE_BODY)) / 2, room,
			  &words);
	struct item *item = last_since(b, mark);
	if (item)
		item->spoken = whole;
	button_put(b, (struct rect){ area.x + area.w - right, area.y, right, area.h }, &next);
}
