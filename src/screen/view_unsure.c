/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home while nobody knows what time it is: what is planned, by weekday and date, and no word of
 * "now" or "today". */
#include "screen/cards.h"

enum { DAYS = 7, MOST = 3, WAYS = 3, HOW_BODIES = 22 };

/* The next days' occurrences, in order, each once. */
static struct occurrences planned(struct builder *b)
{
	struct occurrence *v = ARENA_ARRAY(b->arena, MOST, struct occurrence);
	struct occurrences all = { .v = v };
	struct civil day = civil_from_day(civil_day(b->model->shown.now));
	if (!v && b->err == OK)
		b->err = ERR_MEMORY;
	for (int i = 0; v && i < DAYS && all.n < MOST; i++, day = civil_add_days(day, 1)) {
		struct occurrences one = day_occurrences(b, day);
		for (size_t k = 0; k < one.n && all.n < MOST; k++)
			if (one.v[k].status != OCCURRENCE_MOVED_AWAY && civil_same_day(one.v[k].start, day))
				v[all.n++] = one.v[k];
	}
	return all;
}

/* "Tirsdag 24. november kl. 11.00–12.00" below the name. */
static int card_planned(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct occurrence *o = &((const struct occurrences *)cards)->v[i];
	struct occasion it;
	occasion_init(b, &it, o, o->start);
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	struct words name = { .s = it.name.s,
			      .lang = it.name.lang,
			      .size = SIZE_NAME,
			      .weight = WEIGHT_BOLD,
			      .fg = b->theme->ink,
			      .bg = box.bg,
			      .struck = it.struck,
			      .max_lines = 3 };
	struct words when = { .s = occasion_when(b, o),
			      .weight = WEIGHT_MEDIUM,
			      .fg = b->theme->muted,
			      .bg = box.bg,
			      .struck = it.struck,
			      .max_lines = 3 };
	int round = 11 * b->m.unit, text_x = x + b->m.pad + round + 3 * b->m.unit, text_w = x + w - b->m.pad - text_x;
	struct item *card = put_box(b, it.id, ROLE_CARD, (struct rect){ x, y, w, 0 }, &box);
	struct mark text = mark_here(b);
	int h = put_words(b, print(b, "%s/name", it.id), text_x, y, text_w, &name);
	h += put_words(b, print(b, "%s/when", it.id), text_x, y + h, text_w, &when);
	bool cancelled = o->status == OCCURRENCE_CANCELLED;
	if (cancelled) {
		chip_put(b, print(b, "%s/chip", it.id), text_x, y + h, it.chip, it.colours);
		h += chip_height(b);
	}
	int least = h > round ? h : round, whole = least + 2 * b->m.unit;
	whole = whole < min_h ? min_h : whole;
	whole = whole < b->m.target ? b->m.target : whole;
	move_since(b, text, 0, (whole - h) / 2);
	put_round(b, it.id, x + b->m.pad, y + (whole - round) / 2, round, kind_name(o->activity->kind),
		  b->theme->tint[theme_tint(o->activity->kind)]);
	if (card) {
		card->rect.h = whole;
		card->state = it.now ? NULL : it.state;
	}
	make_control(b, card, print(b, "open activity:%s", it.key),
		     join(b, ". ", cancelled ? it.chip : NULL, it.name.s, when.s));
	return whole;
}

/* The first N ways on, side by side where all fit, else one above the other. Returns the height. */
static int ways_put(struct builder *b, struct rect area, int n)
{
	struct button buttons[WAYS] = {
		{ .id = "week",
		  .label = say(b, TEXT_SCREEN_WHOLE_WEEK),
		  .icon = "calendar",
		  .action = "open activities" },
		{ .id = "needs", .label = say(b, TEXT_SCREEN_NEEDS), .icon = "handshake", .action = "open needs" },
		{ .id = "notices", .label = say(b, TEXT_SCREEN_NOTICES), .icon = "notice", .action = "open notices" },
	};
	int h = button_height(b), gap = b->m.gap, part = (area.w - (n - 1) * gap) / n;
	bool beside = true;
	for (int i = 0; i < n; i++)
		beside = beside && button_width(b, &buttons[i]) <= part;
	for (int i = 0; i < n; i++) {
		struct rect at = { area.x, area.y + i * (h + gap), area.w, h };
		if (beside)
			at = (struct rect){ area.x + i * (part + gap), area.y, part, h };
		button_put(b, at, &buttons[i]);
	}
	return beside ? h : n * h + (n - 1) * gap;
}

static int ways_height(struct builder *b, struct rect area, int n)
{
	struct mark mark = mark_here(b);
	int h = ways_put(b, area, n);
	take_back(b, mark);
	return h;
}

/* TITLE, and below it HOW where there is room beside the ways on; in what reach mode leaves above, else at AREA's top.
 */
static void words_put(struct builder *b, struct rect *area, const char *title_s, const char *how_s)
{
	struct words title = { .s = title_s,
			       .size = b->m.compact ? SIZE_NAME : SIZE_HEADING,
			       .weight = WEIGHT_BOLD,
			       .fg = b->theme->heading,
			       .bg = b->theme->background,
			       .heading = true };
	struct words how = { .s = how_s, .weight = WEIGHT_MEDIUM, .fg = b->theme->ink, .bg = b->theme->background };
	int most = HOW_BODIES * b->m.font[SIZE_BODY], w = area->w < most ? area->w : most;
	int title_h = words_height(b, &title, area->w), how_h = words_height(b, &how, w);
	bool above = b->above.h >= title_h + how_h;
	struct rect at = above ? b->above : *area;
	bool both = above || area->h - title_h - how_h - b->m.unit >= ways_height(b, *area, WAYS);
	int y = at.y + put_words(b, "unsure/title", at.x, at.y, area->w, &title);
	if (both)
		y += put_words(b, "unsure/how", at.x, y, w, &how);
	if (above)
		return;
	area->h -= y + b->m.unit - area->y;
	area->y = y + b->m.unit;
}

enum err view_unsure(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_ACTIVITIES), NULL, CONTENT_CONTROLS);
	struct occurrences all = planned(b);
	struct rect area = b->body;
	int end, n = WAYS;
	words_put(b, &area, say(b, TEXT_SCREEN_UNSURE_TITLE),
		  say(b, all.n ? TEXT_SCREEN_UNSURE_HOW : TEXT_SCREEN_UNSURE_NONE));
	while (n > 1 && ways_height(b, area, n) > area.h)
		n--;
	struct rect cards = area;
	cards.h -= ways_height(b, area, n) + b->m.gap;
	if (cards.h > 0 && stack_put(b, card_planned, &all, all.n, MOST, cards, &end) > 0)
		area.y = end + b->m.gap;
	ways_put(b, area, n);
	return b->err;
}
