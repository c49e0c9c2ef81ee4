/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home while nobody knows what time it is: what is planned, by weekday and date, and no word of
 * "now" or "today". */
#include "screen/cards.h"

enum { DAYS = 7, MOST = 3 };

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
		card->state = it.state;
	}
	make_control(b, card, print(b, "open activity:%s", it.key),
		     join(b, ". ", cancelled ? it.chip : NULL, it.name.s, when.s));
	return whole;
}

/* Side by side where all fit, else one above the other. Returns the height. */
static int ways_put(struct builder *b, struct rect area)
{
	struct button buttons[] = {
		{ .id = "week",
		  .label = say(b, TEXT_SCREEN_WHOLE_WEEK),
		  .icon = "calendar",
		  .action = "open activities" },
		{ .id = "needs", .label = say(b, TEXT_SCREEN_NEEDS), .icon = "handshake", .action = "open needs" },
		{ .id = "notices", .label = say(b, TEXT_SCREEN_NOTICES), .icon = "notice", .action = "open notices" },
	};
	enum { N = sizeof buttons / sizeof buttons[0] };
	int h = button_height(b), gap = b->m.gap, third = (area.w - (N - 1) * gap) / N;
	bool beside = true;
	for (int i = 0; i < N; i++)
		beside = beside && button_width(b, &buttons[i]) <= third;
	for (int i = 0; i < N; i++) {
		struct rect at = { area.x, area.y + i * (h + gap), area.w, h };
		if (beside)
			at = (struct rect){ area.x + i * (third + gap), area.y, third, h };
		button_put(b, at, &buttons[i]);
	}
	return beside ? h : N * h + (N - 1) * gap;
}

enum err view_unsure(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_UNSURE_TITLE), NULL, CONTENT_CONTROLS);
	struct occurrences all = planned(b);
	struct rect area = b->body;
	struct words how = { .s = say(b, all.n ? TEXT_SCREEN_UNSURE_HOW : TEXT_SCREEN_UNSURE_NONE),
			     .weight = WEIGHT_MEDIUM,
			     .fg = b->theme->ink,
			     .bg = b->theme->background };
	int end;
	if (b->above.h < words_height(b, &how, b->above.w)) {
		int h = put_words(b, "unsure/how", area.x, area.y, area.w, &how) + b->m.unit;
		area.y += h;
		area.h -= h;
	} else {
		put_words(b, "unsure/how", b->above.x, b->above.y, b->above.w, &how);
	}
	struct mark mark = mark_here(b);
	int ways = ways_put(b, area);
	take_back(b, mark);
	struct rect cards = { area.x, area.y, area.w, area.h - ways - b->m.gap };
	size_t n = stack_put(b, card_planned, &all, all.n, MOST, cards, &end);
	area.y = n ? end + b->m.gap : area.y;
	ways_put(b, area);
	return b->err;
}
