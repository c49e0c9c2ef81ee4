/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as cards: a whole one with what is on it; one occurrence with its day above it. */
#include "screen/cards.h"

enum {
	LINES = 3,
	LINES_TALL = 2,
	LINES_BRIEF = 1,
	SAID_MOST = 12, /* of one day; nobody listens to more, and each makes the words longer that are written anew */
};

const char *kind_words(const struct builder *b, enum kind kind)
{
	static const enum text_id texts[KIND_COUNT] = {
#define X(name, s) [KIND_##name] = TEXT_SCREEN_KIND_##name,
		KINDS(X)
#undef X
	};
	return say(b, texts[(unsigned)kind < KIND_COUNT ? kind : KIND_OTHER]);
}

const char *day_words(struct builder *b, struct civil day)
{
	const char *date = date_words(b, DATE_WEEKDAY_DAY_MONTH, day);
	int off = days_ahead(b, day);
	if (off == 0)
		return tell(b, TEXT_SCREEN_TODAY_DATE, ARG_S(date));
	return off == 1 ? tell(b, TEXT_SCREEN_TOMORROW_DATE, ARG_S(date)) : capital(b, date);
}

static const char *day_place(struct builder *b, struct civil day)
{
	char date[CIVIL_SIZE];
	civil_print(civil_from_day(civil_day(day)), date);
	return print(b, "activities:%s", date);
}

/* "11.00 Sangstund", "Flyttet: Hagegruppa". Returns the height. */
static int line_put(struct builder *b, const char *id, const struct occasion *it, struct rect at)
{
	struct words time = { .s = it->struck ? it->chip : it->time,
			      .weight = WEIGHT_BOLD,
			      .fg = b->theme->ink,
			      .bg = b->theme->paper,
			      .tabular = true };
	struct words name = { .s = it->name.s,
			      .lang = it->name.lang,
			      .weight = WEIGHT_MEDIUM,
			      .fg = it->struck ? b->theme->muted : b->theme->ink,
			      .bg = b->theme->paper,
			      .struck = it->struck,
			      .max_lines = b->brief ? 1 : 2 };
	int time_w = words_width(b, &time) + 1, gap = 2 * b->m.unit, room = at.w - time_w - gap;
	int time_h = put_words(b, print(b, "%s/time", id), at.x, at.y, time_w, &time);
	int name_h = put_words(b, print(b, "%s/name", id), at.x + time_w + gap, at.y, room, &name);
	return name_h > time_h ? name_h : time_h;
}

/* How many more there are: at the end of the last line where that leaves room. Returns the height. */
static int more_put(struct builder *b, const char *id, const char *s, struct rect at, int last_end)
{
	struct words words = { .s = s, .weight = WEIGHT_MEDIUM, .fg = b->theme->muted, .bg = b->theme->paper };
	int w = words_width(b, &words) + 1, h = words_height(b, &words, at.w);
	bool beside = last_end > 0 && last_end + 3 * b->m.unit + w <= at.x + at.w;
	if (beside)
		put_words(b, print(b, "%s/more", id), at.x + at.w - w, at.y - h, w, &words);
	else
		put_words(b, print(b, "%s/more", id), at.x, at.y, at.w, &words);
	return beside ? 0 : h;
}

/* What is on that day. Returns the height. */
static int lines_put(struct builder *b, const char *id, struct civil day, struct rect at, const char **spoken)
{
	struct occurrences all = day_occurrences(b, day);
	bool tall = line_px(b, SIZE_BODY) > b->m.font[SIZE_BODY] * 9 / 5;
	size_t most = b->brief || b->m.compact ? LINES_BRIEF : tall ? LINES_TALL : LINES;
	int h = 0, end = 0;
	for (size_t i = 0; i < all.n && i < SAID_MOST; i++) {
		struct occasion it;
		occasion_init(b, &it, &all.v[i], day);
		*spoken = join(b, ". ", *spoken, join(b, " ", it.struck ? it.chip : it.time, it.name.s, NULL), NULL);
		if (i >= most)
			continue;
		h += line_put(b, print(b, "%s/%zu", id, i), &it, (struct rect){ at.x, at.y + h, at.w, 0 });
		struct item *last = b->out->n_items ? &b->out->items[b->out->n_items - 1] : NULL;
		end = last && last->n_lines == 1 ? last->rect.x + last->rect.w : 0;
	}
	if (all.n > SAID_MOST)
		*spoken = join(b, ". ", *spoken, tell(b, TEXT_SCREEN_DAY_MORE, ARG_N((int64_t)(all.n - SAID_MOST))),
			       NULL);
	at.y += h;
	if (all.n == 0)
		return more_put(b, id, say(b, TEXT_SCREEN_DAY_NOTHING), at, 0);
	if (all.n <= most)
		return h;
	struct mark mark = mark_here(b);
	h += more_put(b, id, tell(b, TEXT_SCREEN_DAY_MORE, ARG_N((int64_t)(all.n - most))), at, end);
	struct item *more = last_since(b, mark);
	if (more)
		more->decorative = true; /* the card says by name what it counts */
	return h;
}

/* Of today and tomorrow nobody needs the weekday as well, where it would cost a line. */
static const char *day_brief(struct builder *b, struct civil day)
{
	const char *date = date_words(b, DATE_DAY_MONTH, day);
	int off = days_ahead(b, day);
	if (off == 0)
		return tell(b, TEXT_SCREEN_TODAY_DATE, ARG_S(date));
	return off == 1 ? tell(b, TEXT_SCREEN_TOMORROW_DATE, ARG_S(date)) : day_words(b, day);
}

int card_day(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct civil *first = cards;
	struct civil day = civil_add_days(*first, (int)i);
	const char *place = day_place(b, day), *id = print(b, "card:%s", place);
	struct words name = { .s = day_words(b, day),
			      .size = SIZE_NAME,
			      .weight = WEIGHT_BOLD,
			      .fg = b->theme->heading,
			      .bg = b->theme->paper };
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	if (i == 0) {
		box.border = b->theme->line;
		box.border_px = b->m.thick;
	}
	struct item *item = put_box(b, id, ROLE_CARD, (struct rect){ x, y, w, 0 }, &box);
	const char *spoken = name.s;
	int pad = b->m.pad, inner = w - 2 * pad, h = b->m.unit;
	if (b->tight && words_width(b, &name) > inner)
		name.s = day_brief(b, day);
	struct mark mark = mark_here(b);
	h += put_words(b, print(b, "%s/day", id), x + pad, y + h, inner, &name);
	h += lines_put(b, id, day, (struct rect){ x + pad, y + h, inner, 0 }, &spoken) + b->m.unit;
	int all = h > min_h ? h : min_h;
	all = all > b->m.target ? all : b->m.target;
	if (b->lead == 0)
		move_since(b, mark, 0, (all - h) / 2);
	if (item)
		item->rect.h = all;
	make_control(b, item, print(b, "open %s", place), spoken);
	return all;
}

int card_dated(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct occurrence *o = (const struct occurrence *)cards + i;
	struct day_cards day = { civil_from_day(civil_day(o->start)), { 1, o } };
	struct words head = { .s = day_words(b, day.day),
			      .weight = WEIGHT_BOLD,
			      .fg = b->theme->heading,
			      .bg = b->theme->background,
			      .heading = true };
	struct mark mark = mark_here(b);
	int card = card_occurrence(b, &day, 0, x, 0, w, 0);
	const struct item *item = b->out->n_items > mark.n ? &b->out->items[mark.n] : NULL;
	const char *id = item ? print(b, "%s/date", item->id) : "date";
	take_back(b, mark);
	int h = put_words(b, id, x, y, w, &head);
	int room = min_h - h;
	return h + card_occurrence(b, &day, 0, x, y + h, w, room > card ? room : 0);
}

void tabs_put(struct builder *b, struct rect *area, bool by_kind)
{
	struct button tabs[2] = {
		{ .id = "by-day",
		  .label = say(b, TEXT_SCREEN_BY_DAY),
		  .icon = "calendar",
		  .action = "open activities",
		  .chosen = !by_kind },
		{ .id = "by-kind",
		  .label = say(b, TEXT_SCREEN_BY_KIND),
		  .icon = "kinds",
		  .action = "open kinds",
		  .chosen = by_kind },
	};
	int gap = b->m.gap, half = (area->w - gap) / 2, h = button_height(b);
	for (int i = 0; i < 2; i++) {
		int w = button_width(b, &tabs[i]);
		if (w > half)
			tabs[0].icon = tabs[1].icon = NULL;
		struct words label = { .s = tabs[i].label, .weight = WEIGHT_SEMIBOLD };
		int tall = words_height(b, &label, half - 2 * b->m.unit) + b->m.unit;
		h = w > half && tall > h ? tall : h;
	}
	for (int i = 0; i < 2; i++)
		button_put(b, (struct rect){ area->x + i * (half + gap), area->y, half, h }, &tabs[i]);
	area->y += h + gap;
	area->h -= h + gap;
}
