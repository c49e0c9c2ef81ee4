/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/flow.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Larger type than leaves this many body sizes a line is no gain. */
static const int WIDTH_LEAST = 17;

static int bottom(const struct flow *flow)
{
	return flow->area.y + flow->area.h;
}

static void new_page(struct flow *flow)
{
	flow->page++;
	flow->y = flow->area.y;
}

void flow_space(struct flow *flow, int units)
{
	if (flow->y > flow->area.y)
		flow->y += units * flow->b->m.unit;
}

void flow_block(struct flow *flow, struct mark mark, int height)
{
	if (flow->y > flow->area.y && flow->y + height > bottom(flow))
		new_page(flow);
	if (flow->page == flow->wanted)
		move_since(flow->b, mark, 0, flow->y);
	else
		take_back(flow->b, mark);
	flow->y += height;
}

void flow_words(struct flow *flow, const char *id, const struct words *words)
{
	struct builder *b = flow->b;
	struct type_block block = words_wrap(b, words, line_room(b, words->size, flow->area.w));
	for (size_t from = 0; from < block.n_lines;) {
		int each = block.h / (int)block.n_lines;
		int room = each > 0 ? (bottom(flow) - flow->y) / each : 1;
		size_t left = block.n_lines - from, take = room > 0 ? (size_t)room : 0;
		/* No line stands alone at a page's foot. */
		if (take < left && take < 2 && flow->y > flow->area.y) {
			new_page(flow);
			continue;
		}
		take = take == 0 ? 1 : take > left ? left : take;
		struct mark mark = mark_here(b);
		const char *part = from ? print(b, "%s/%zu", id, from) : id;
		int h = put_lines(b, part, flow->area.x, 0, words, &block, from, from + take);
		flow_block(flow, mark, h);
		from += take;
	}
}

/* Puts a fact at the top of a picture. Returns the height. QUIET: NULL for none. */
static int fact_put(struct flow *flow, const char *id, const char *icon, const struct words *strong,
		    const struct words *quiet, int round)
{
	struct builder *b = flow->b;
	int beside = round + 3 * b->m.unit, text_x = flow->area.x + beside, text_w = flow->area.w - beside;
	struct mark mark = mark_here(b);
	int h = put_words(b, id, text_x, 0, text_w, strong);
	flow->broken |= !strchr(strong->s, ' ') && h > words_height(b, strong, 1 << 20);
	if (quiet)
		h += put_words(b, print(b, "%s/more", id), text_x, h, text_w, quiet);
	struct mark words = mark_here(b);
	int height = h > round ? h : round;
	move_between(b, mark, words, 0, (height - h) / 2);
	int first = line_px(b, SIZE_BODY) * 2;
	int middle = h > first ? first : height;
	put_round(b, id, flow->area.x, middle > round ? (middle - round) / 2 : 0, round, icon,
		  b->theme->tint[TINT_LEAF]);
	return height;
}

void flow_fact(struct flow *flow, const char *id, const char *icon, const struct words *strong,
	       const struct words *quiet)
{
	struct builder *b = flow->b;
	int round = b->m.compact ? b->m.font[SIZE_BODY] * 3 / 2 : 11 * b->m.unit, beside = round + 3 * b->m.unit;
	const struct words *more = quiet && quiet->s && quiet->s[0] ? quiet : NULL;
	struct mark mark = mark_here(b);
	int h = fact_put(flow, id, icon, strong, more, round);
	if (h <= flow->area.h || !more) {
		flow_block(flow, mark, h);
		return;
	}
	/* Too tall for a page: what is quiet goes on overleaf, as a paragraph does. */
	take_back(b, mark);
	h = fact_put(flow, id, icon, strong, NULL, round);
	flow_block(flow, mark, h);
	struct rect whole = flow->area;
	flow->area.x += beside;
	flow->area.w -= beside;
	flow_words(flow, print(b, "%s/more", id), more);
	flow->area = whole;
}

/* PAGER: NULL for none. */
static struct flow flow_run(struct builder *b, struct rect area, const struct pager *pager, compose_fn *compose,
			    const void *content, int wanted)
{
	struct flow flow = { .b = b, .area = area, .y = area.y, .wanted = wanted, .ways_page = -1 };
	if (pager)
		flow.beside = pager_free(b, pager);
	compose(&flow, content);
	return flow;
}

static void enlarge(struct metrics *m, double factor)
{
	for (int i = 0; i < SIZE_COUNT; i++)
		m->font[i] = (int)lround(m->font[i] * factor);
	m->unit = (int)lround(m->unit * factor);
	m->pad = (int)lround(m->pad * factor);
}

/* Where the content ends on its one page; -1: it takes several. */
static int put_whole(struct builder *b, struct rect area, compose_fn *compose, const void *content)
{
	static const double factors[] = { 1.45, 1.3, 1.15, 1 };
	const struct metrics own = b->m;
	struct mark mark = mark_here(b);
	for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
		enlarge(&b->m, factors[i]);
		bool wide = factors[i] <= 1 || area.w >= WIDTH_LEAST * b->m.font[SIZE_BODY];
		struct flow all = { .page = 1 };
		if (wide)
			all = flow_run(b, area, NULL, compose, content, 0);
		b->m = own;
		if (all.page == 0 && all.y <= bottom(&all) && (!all.broken || factors[i] <= 1))
			return all.y;
		take_back(b, mark);
	}
	return -1;
}

int flow_put(struct builder *b, struct rect area, compose_fn *compose, const void *content, const char *ways_label)
{
	struct mark mark = mark_here(b);
	struct flow all;
	int end = put_whole(b, area, compose, content);
	if (end >= 0)
		return end;
	struct pager pager;
	pager_split(b, b->m.compact && !b->m.portrait ? PAGER_COLUMN : PAGER_FOOT, &area, &pager);
	all = flow_run(b, area, &pager, compose, content, INT_MAX);
	take_back(b, mark);
	int page = b->model->place.page < all.page ? b->model->place.page : all.page;
	int taken = flow_run(b, area, &pager, compose, content, page).taken;
	pager.rect.y += taken;
	pager.rect.h -= taken;
	pager_put(b, &pager, page, all.page + 1, page < all.page, page + 1 == all.ways_page ? ways_label : NULL);
	return area.y + area.h;
}

int flow_first(struct builder *b, struct rect area, compose_fn *compose, const void *content)
{
	int end = put_whole(b, area, compose, content);
	if (end >= 0)
		return end;
	flow_run(b, area, NULL, compose, content, 0);
	return area.y + area.h;
}
