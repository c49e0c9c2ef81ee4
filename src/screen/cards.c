/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/cards.h"

#include <string.h>

#include "screen/foreign.h"
#include "screen/rtl.h"

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* ---- a card's frame: put first, closed when its content is known */

struct frame {
	struct item *item;
	struct mark content;
	int pad, x, y, w;
	bool centred; /* whatever stands beside it */
};

static struct frame frame_begin(struct builder *b, const char *id, int x, int y, int w, const struct box *box)
{
	struct frame frame = { .pad = b->m.pad, .x = x, .y = y, .w = w };
	frame.item = put_box(b, id, ROLE_CARD, (struct rect){ x, y, w, 0 }, box);
	if (frame.item)
		frame.item->decorative = false;
	frame.content = mark_here(b);
	return frame;
}

/* HEIGHT is the content's, put from Y on; it comes to stand in the middle, or level with its neighbour's. */
static int frame_end(struct builder *b, const struct frame *frame, int height, int min_h)
{
	/* Lines have their own air above and below. */
	int pad = b->tight ? larger(b->m.unit / 2, b->m.thick) : b->m.unit;
	int h = larger(larger(height + 2 * pad, min_h), b->m.target);
	move_since(b, frame->content, 0, b->lead && !frame->centred ? b->lead : (h - height) / 2);
	if (frame->item)
		frame->item->rect.h = h;
	return h;
}

static void frame_state(struct frame *frame, const char *state)
{
	if (frame->item)
		frame->item->state = state;
}

static struct box plain_box(const struct builder *b)
{
	return (struct box){
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
}

static struct words name_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){ .s = s,
			       .lang = lang,
			       .size = SIZE_NAME,
			       .weight = WEIGHT_BOLD,
			       .fg = b->theme->ink,
			       .bg = b->theme->paper,
			       .max_lines = 3 };
}

static struct words small_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){ .s = s,
			       .lang = lang,
			       .weight = WEIGHT_MEDIUM,
			       .fg = b->theme->muted,
			       .bg = b->theme->paper,
			       .max_lines = 5 };
}

/* ---- occurrence */

static const char *night_range(struct builder *b, const struct occurrence *o)
{
	if (o->start.date_only || civil_day(o->end) - civil_day(o->start) != 1 ||
	    (o->end.hour == 0 && o->end.minute == 0))
		return NULL;
	return checked(b, lang_time_range(b->arena, b->lang, o->start, o->end));
}

/* The line below the name. */
static struct said occasion_detail(struct builder *b, const struct occasion *it)
{
	if (it->o->status == OCCURRENCE_MOVED_AWAY)
		return (struct said){ occasion_moved(b, it->o), NULL };
	if (it->o->status == OCCURRENCE_CANCELLED)
		return it->reason;
	const char *range = night_range(b, it->o);
	if (!range)
		return it->place;
	return (struct said){ join(b, " · ", range, it->place.s, NULL), it->place.lang };
}

static struct words time_style(const struct builder *b, const struct occasion *it)
{
	bool clock = !it->o->start.date_only;
	return (struct words){
		.s = it->time,
		.size = clock ? SIZE_TIME : SIZE_BODY,
		.weight = WEIGHT_BOLD,
		.fg = it->struck ? b->theme->muted : b->theme->ink,
		.bg = b->theme->paper,
		.struck = it->struck,
		.tabular = true,
	};
}

static int time_width(struct builder *b)
{
	struct words clock = { .s = "00.00", .size = SIZE_TIME, .weight = WEIGHT_BOLD, .tabular = true };
	struct words day = { .s = say(b, TEXT_SCREEN_ALL_DAY), .weight = WEIGHT_BOLD };
	int half = words_width(b, &day) * 2 / 3;
	return larger(words_width(b, &clock), half) + 1;
}

/* Name, detail and, where there is no room beside them, the chip below. Returns the height. */
static int occasion_text(struct builder *b, const struct occasion *it, int x, int y, int w, bool chip_below)
{
	struct words name = name_words(b, it->name.s, it->name.lang);
	name.struck = it->struck;
	if (it->struck)
		name.fg = b->theme->muted;
	struct said detail = occasion_detail(b, it);
	struct words small = small_words(b, detail.s, detail.lang);
	if (b->brief && detail.s && words_set(b, &small, w).n_lines > 1)
		detail.s = NULL;
	int top = y;
	y += put_words(b, print(b, "%s/name", it->id), x, y, w, &name);
	if (detail.s)
		y += put_words(b, print(b, "%s/detail", it->id), x, y, w, &small);
	if (!b->brief)
		y += card_foreign(b, it->id, x, y, w, it->name.lang);
	if (chip_below) {
		chip_put(b, print(b, "%s/chip", it->id), x, y + b->m.unit / 2, it->chip, it->colours);
		y += chip_height(b) + b->m.unit / 2;
	}
	return y - top;
}

struct row {
	int x, y, w, time_w, round, chip_w;
};

enum chip_place { CHIP_BESIDE, CHIP_BELOW_TIME, CHIP_BELOW_TEXT };

/* Time and sign side by side, the chip below them where it goes there. Returns the height. */
static int occasion_start(struct builder *b, const struct occasion *it, const struct row *r, bool chip)
{
	int unit = b->m.unit;
	struct words time = time_style(b, it);
	struct mark mark = mark_here(b);
	int time_h = put_words(b, print(b, "%s/time", it->id), r->x, r->y, r->time_w, &time);
	int h = larger(time_h, r->round);
	move_since(b, mark, 0, (h - time_h) / 2);
	put_round(b, it->id, r->x + r->time_w + 3 * unit, r->y + (h - r->round) / 2, r->round,
		  kind_name(it->o->activity->kind), b->theme->tint[theme_tint(it->o->activity->kind)]);
	if (!chip)
		return h;
	chip_put(b, print(b, "%s/chip", it->id), r->x, r->y + h + unit / 2, it->chip, it->colours);
	return h + unit / 2 + chip_height(b);
}

/* Time, sign, words and chip side by side, each in the middle of the row. */
static int occasion_wide(struct builder *b, const struct occasion *it, const struct row *r, int text_x, int text_w,
			 enum chip_place chip)
{
	struct mark text = mark_here(b);
	int text_h = occasion_text(b, it, text_x, r->y, text_w, chip == CHIP_BELOW_TEXT);
	struct mark after = mark_here(b);
	int start_h = occasion_start(b, it, r, chip == CHIP_BELOW_TIME), h = larger(text_h, start_h);
	move_since(b, after, 0, (h - start_h) / 2);
	move_between(b, text, after, 0, (h - text_h) / 2);
	if (it->chip && chip == CHIP_BESIDE)
		chip_put(b, print(b, "%s/chip", it->id), r->x + r->w - r->chip_w, r->y + (h - chip_height(b)) / 2,
			 it->chip, it->colours);
	return h;
}

/* Sign and time above, the words below over the whole width. */
static int occasion_narrow(struct builder *b, const struct occasion *it, const struct row *r)
{
	int unit = b->m.unit;
	struct words time = time_style(b, it);
	struct mark mark = mark_here(b);
	int time_x = r->x + r->round + 3 * unit;
	int time_h = put_words(b, print(b, "%s/time", it->id), time_x, r->y, r->time_w, &time);
	int h = larger(time_h, r->round);
	bool beside = it->chip && time_x + r->time_w + 2 * unit + r->chip_w <= r->x + r->w;
	move_since(b, mark, 0, (h - time_h) / 2);
	put_round(b, it->id, r->x, r->y + (h - r->round) / 2, r->round, kind_name(it->o->activity->kind),
		  b->theme->tint[theme_tint(it->o->activity->kind)]);
	if (beside)
		chip_put(b, print(b, "%s/chip", it->id), r->x + r->w - r->chip_w, r->y + (h - chip_height(b)) / 2,
			 it->chip, it->colours);
	h += unit;
	return h + occasion_text(b, it, r->x, r->y + h, r->w, it->chip && !beside);
}

static int occasion_content(struct builder *b, const struct occasion *it, const struct frame *frame)
{
	int unit = b->m.unit, em = b->m.font[SIZE_BODY];
	struct row r = { .x = frame->x + frame->pad, .y = frame->y, .w = frame->w - 2 * frame->pad };
	r.time_w = time_width(b);
	r.round = 11 * unit;
	r.chip_w = it->chip ? chip_width(b, it->chip) : 0;
	int text_x = r.x + r.time_w + r.round + 6 * unit;
	int text_w = r.x + r.w - text_x;
	int beside_chip = text_w - (r.chip_w ? r.chip_w + 2 * unit : 0);
	if (text_w < 8 * em)
		return occasion_narrow(b, it, &r);
	if (!it->chip || beside_chip >= 9 * em)
		return occasion_wide(b, it, &r, text_x, beside_chip, CHIP_BESIDE);
	bool below_time = r.x + r.chip_w + 2 * unit <= text_x;
	return occasion_wide(b, it, &r, text_x, text_w, below_time ? CHIP_BELOW_TIME : CHIP_BELOW_TEXT);
}

int card_occurrence(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct day_cards *day = cards;
	struct occasion it;
	occasion_init(b, &it, &day->all.v[i], day->day);
	struct box box = plain_box(b);
	if (it.now) {
		box.border = b->theme->line;
		box.border_px = b->m.thick;
	}
	struct frame frame = frame_begin(b, it.id, x, y, w, &box);
	frame_state(&frame, it.state);
	frame.centred = true;
	int h = frame_end(b, &frame, occasion_content(b, &it, &frame), min_h);
	const char *line = join(b, ". ", it.chip, it.time, it.name.s);
	make_control(b, frame.item, print(b, "open activity:%s", it.key),
		     join(b, ". ", line, occasion_detail(b, &it).s, NULL));
	return h;
}

/* ---- need */

static const char *first_line(struct builder *b, const char *s)
{
	return print(b, "%.*s", (int)strcspn(s, "\n"), s);
}

bool need_is_full(const struct need *need)
{
	return need->taken >= need->seats;
}

const char *need_seats(struct builder *b, const struct need *need)
{
	if (need_is_full(need))
		return say(b, TEXT_SCREEN_FULL);
	if (need->taken == 0)
		return tell(b, TEXT_SCREEN_NEED_SEATS, ARG_N(need->seats));
	return tell(b, TEXT_SCREEN_NEED_TAKEN, ARG_N(need->taken), ARG_N(need->seats));
}

int card_need(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct need *need = ((const struct need *const *)cards)[i];
	const char *lang = NULL, *when_lang = NULL;
	struct box box = plain_box(b);
	box.edge = b->theme->help_edge;
	box.edge_px = 3 * b->m.unit / 2;
	struct words name = name_words(b, pick(b, need->name, &lang), NULL);
	name.lang = lang;
	struct words when = small_words(b, pick(b, need->when, &when_lang), NULL);
	when.s = first_line(b, when.s);
	when.lang = when_lang;
	struct words seats = small_words(b, need_seats(b, need), NULL);
	seats.weight = WEIGHT_BOLD;
	seats.fg = need_is_full(need) ? b->theme->muted : b->theme->help_edge;
	const char *id = print(b, "card:%s", need->id);
	struct frame frame = frame_begin(b, id, x, y, w, &box);
	int text_x = x + frame.pad + box.edge_px, text_w = w - 2 * frame.pad - box.edge_px;
	int h = put_words(b, print(b, "%s/name", id), text_x, y, text_w, &name);
	h += put_words(b, print(b, "%s/when", id), text_x, y + h, text_w, &when);
	h += put_words(b, print(b, "%s/seats", id), text_x, y + h, text_w, &seats);
	h += card_foreign(b, id, text_x, y + h, text_w, lang);
	h = frame_end(b, &frame, h, min_h);
	frame_state(&frame, need_is_full(need) ? "full" : NULL);
	make_control(b, frame.item, open_action(b->arena, VIEW_NEED, need->id), join(b, ". ", name.s, when.s, seats.s));
	return h;
}

/* ---- notice */

static const char *level_word(const struct builder *b, const struct notice *notice)
{
	return notice->level == LEVEL_NORMAL   ? NULL
	       : notice->level == LEVEL_URGENT ? say(b, TEXT_SCREEN_URGENT)
					       : say(b, TEXT_SCREEN_IMPORTANT);
}

/* Name, and its level in a chip beside it or, where that would break the name, above it. Returns the height. */
static int notice_head(struct builder *b, const char *id, const struct words *name, const char *chip, struct rect at)
{
	struct pair colours = b->theme->alert;
	if (name->bg == colours.bg)
		colours = (struct pair){ .fg = colours.bg, .bg = colours.fg };
	if (!chip)
		return put_words(b, print(b, "%s/name", id), at.x, at.y, at.w, name);
	int unit = b->m.unit, chip_w = chip_width(b, chip), beside = at.w - chip_w - 2 * unit;
	if (words_width(b, name) > beside) {
		chip_put(b, print(b, "%s/chip", id), at.x, at.y + unit, chip, colours);
		int h = chip_height(b) + 3 * unit / 2;
		return h + put_words(b, print(b, "%s/name", id), at.x, at.y + h, at.w, name);
	}
	int h = larger(chip_height(b), line_px(b, SIZE_NAME)), name_h = line_px(b, SIZE_NAME);
	put_words(b, print(b, "%s/name", id), at.x, at.y + (h - name_h) / 2, beside, name);
	chip_put(b, print(b, "%s/chip", id), at.x + at.w - chip_w, at.y + (h - chip_height(b)) / 2, chip, colours);
	return h;
}

/* With its text where LINES are enough for it. */
static int notice_put(struct builder *b, const struct notice *notice, size_t lines, struct rect at, int min_h)
{
	const char *chip = level_word(b, notice), *id = print(b, "card:%s", notice->id);
	struct box box = plain_box(b);
	struct words name = name_words(b, NULL, NULL), text = small_words(b, NULL, NULL);
	int edge = 3 * b->m.unit / 2;
	if (chip) {
		box.edge = b->theme->alert_edge;
		box.edge_px = edge;
	}
	if (notice->level == LEVEL_URGENT) {
		box.bg = name.bg = text.bg = b->theme->alert.bg;
		box.border = b->theme->alert_edge;
		box.border_px = b->m.thick;
		name.fg = text.fg = b->theme->alert.fg;
	}
	name.s = pick(b, notice->name, &name.lang);
	text.s = pick(b, notice->text, &text.lang);
	struct frame frame = frame_begin(b, id, at.x, at.y, at.w, &box);
	/* Words begin at the same place on cards with and without an edge. */
	struct rect inner = { at.x + frame.pad + edge, at.y, at.w - 2 * frame.pad - edge, 0 };
	int h = notice_head(b, id, &name, chip, inner);
	/* A text that would be cut, or is too tall for a page, is left to the notice's own view. */
	text.max_lines = lines;
	int text_w = line_room(b, SIZE_BODY, inner.w);
	if (lines && !b->tight && text.s && !words_set(b, &text, text_w).truncated)
		h += put_words(b, print(b, "%s/text", id), inner.x, inner.y + h, text_w, &text);
	h += card_foreign(b, id, inner.x, inner.y + h, inner.w, name.lang);
	h = frame_end(b, &frame, h, min_h);
	frame_state(&frame, notice->level == LEVEL_URGENT ? "urgent" : chip ? "important" : NULL);
	make_control(b, frame.item, open_action(b->arena, VIEW_NOTICE, notice->id), join(b, ". ", chip, name.s, NULL));
	return h;
}

int card_notice(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct notice *notice = ((const struct notice *const *)cards)[i];
	return notice_put(b, notice, notice->level == LEVEL_URGENT ? 2 : 0, (struct rect){ x, y, w, 0 }, min_h);
}

int card_notice_text(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	return notice_put(b, ((const struct notice *const *)cards)[i], 5, (struct rect){ x, y, w, 0 }, min_h);
}

/* ---- people */

const char *confirmed_words(struct builder *b, bool has_confirmed, struct civil when, const char *by)
{
	if (!has_confirmed)
		return NULL;
	const char *date = date_words(b, DATE_DAY_MONTH_YEAR, when);
	if (is_stale(b, has_confirmed, when))
		return tell(b, TEXT_SCREEN_CONFIRMED_OLD, ARG_S(date));
	return by ? tell(b, TEXT_SCREEN_CONFIRMED_BY, ARG_S(date), ARG_S(by))
		  : tell(b, TEXT_SCREEN_CONFIRMED, ARG_S(date));
}

struct person {
	struct words name, role, reach, seen;
	int reach_w; /* beside name and role; 0: below them */
};

static struct person person_of(struct builder *b, const struct contact *contact, int text_w)
{
	bool stale = is_stale(b, contact->has_confirmed, contact->confirmed);
	struct person p = {
		.name = name_words(b, contact->name, NULL),
		.role = small_words(b, NULL, NULL),
		.reach = name_words(b, ltr(b, contact->phone ? contact->phone : contact->email), NULL),
		.seen = small_words(b, confirmed_words(b, contact->has_confirmed, contact->confirmed, NULL), NULL),
	};
	/* Names are not translated. */
	p.name.lang = b->centre->n_languages ? b->centre->languages[0] : NULL;
	p.role.s = pick(b, contact->role, &p.role.lang);
	p.reach.tabular = true;
	struct words *all[] = { &p.name, &p.role, &p.reach, &p.seen };
	/* Faded, but never below what weak eyes need; the words say it too. */
	for (size_t i = 0; stale && i < sizeof all / sizeof all[0]; i++) {
		all[i]->fg = b->theme->muted;
		all[i]->bg = b->theme->background;
	}
	int w = p.reach.s ? words_width(b, &p.reach) + 1 : 0;
	p.reach_w = w && text_w - w - b->m.pad >= 14 * b->m.font[SIZE_BODY] ? w : 0;
	return p;
}

int card_contact(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct contact *contact = ((const struct contact *const *)cards)[i];
	const char *id = print(b, "card:%s", contact->id);
	int pad = b->m.pad, round = 11 * b->m.unit, text_x = x + pad + round + 3 * b->m.unit,
	    text_w = x + w - pad - text_x;
	struct person p = person_of(b, contact, text_w);
	struct box box = plain_box(b);
	box.bg = p.name.bg;
	struct frame frame = frame_begin(b, id, x, y, w, &box);
	put_round(b, id, x + pad, y, round, "person",
		  b->theme->tint[p.name.bg == b->theme->paper ? TINT_SKY : TINT_STONE]);
	if (p.reach_w) {
		put_words(b, print(b, "%s/phone", id), text_x + text_w - p.reach_w, y, p.reach_w, &p.reach);
		text_w -= p.reach_w + pad;
	}
	int h = put_words(b, print(b, "%s/name", id), text_x, y, text_w, &p.name);
	if (p.role.s)
		h += put_words(b, print(b, "%s/role", id), text_x, y + h, text_w, &p.role);
	if (p.reach.s && !p.reach_w)
		h += put_words(b, print(b, "%s/phone", id), text_x, y + h, text_w, &p.reach);
	if (p.seen.s && !b->brief)
		h += put_words(b, print(b, "%s/confirmed", id), text_x, y + h, text_w, &p.seen);
	if (frame.item)
		frame.item->spoken = join(b, ". ", join(b, ", ", p.name.s, p.role.s, NULL), p.reach.s, p.seen.s);
	frame_state(&frame, is_stale(b, contact->has_confirmed, contact->confirmed) ? "stale" : NULL);
	return frame_end(b, &frame, larger(h, round), min_h);
}

const char *organisation_kinds(struct builder *b, const struct organisation *organisation)
{
	const char *all = "";
	for (size_t i = 0; i < organisation->n_kinds; i++)
		all = join(b, ", ", all, kind_words(b, organisation->kinds[i]), NULL);
	return all[0] ? all : NULL;
}

int card_organisation(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h)
{
	const struct organisation *organisation = ((const struct organisation *const *)cards)[i];
	const char *id = print(b, "card:%s", organisation->id);
	bool stale = is_stale(b, organisation->has_confirmed, organisation->confirmed);
	struct box box = plain_box(b);
	struct words name = name_words(b, NULL, NULL), about = small_words(b, NULL, NULL),
		     kinds = small_words(b, organisation_kinds(b, organisation), NULL);
	if (stale) {
		name.fg = b->theme->muted;
		box.bg = name.bg = about.bg = kinds.bg = b->theme->background;
	}
	struct frame frame = frame_begin(b, id, x, y, w, &box);
	name.s = pick(b, organisation->name, &name.lang);
	about.s = pick(b, organisation->about, &about.lang);
	int text_w = line_room(b, SIZE_BODY, w - 2 * frame.pad);
	int h = put_words(b, print(b, "%s/name", id), x + frame.pad, y, text_w, &name);
	if (about.s && words_set(b, &about, text_w).truncated)
		about.s = NULL;
	if (about.s)
		h += put_words(b, print(b, "%s/about", id), x + frame.pad, y + h, text_w, &about);
	else if (kinds.s)
		h += put_words(b, print(b, "%s/kinds", id), x + frame.pad, y + h, text_w, &kinds);
	h = frame_end(b, &frame, h, min_h);
	frame_state(&frame, stale ? "stale" : NULL);
	make_control(b, frame.item, open_action(b->arena, VIEW_ORGANISATION, organisation->id),
		     join(b, ". ", name.s, about.s ? about.s : kinds.s, NULL));
	return h;
}
