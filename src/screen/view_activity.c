/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One occurrence: when, where, who; what is otherwise than usual; how to sign up. */
#include "screen/cards.h"
#include "screen/foreign.h"
#include "screen/rtl.h"
#include "screen/ways.h"

struct content {
	struct occasion it;
	struct ways ways;
};

static const struct activity *series(const struct content *c)
{
	return c->it.o->activity;
}

/* ---- what is otherwise than usual, first */

/* WHAT is the screen's own words, the reason staff's: each in its own language. */
static void notice_panel(struct flow *flow, const struct content *c, const char *what)
{
	struct builder *b = flow->b;
	int pad = b->m.pad * 2 / 3, x = flow->area.x + b->m.pad, w = flow->area.w - 2 * b->m.pad, h = pad;
	struct pair colours = c->it.struck ? b->theme->alert : b->theme->tint[TINT_SAND];
	struct words words = {
		.s = c->it.chip, .size = SIZE_NAME, .weight = WEIGHT_BOLD, .fg = colours.fg, .bg = colours.bg
	};
	struct mark mark = mark_here(b);
	struct box box = { .bg = colours.bg, .radius = b->m.radius };
	struct item *item = put_box(b, "changed", ROLE_PANEL, (struct rect){ flow->area.x, 0, flow->area.w, 0 }, &box);
	if (words.s)
		h += put_words(b, "changed/word", x, h, w, &words);
	words = (struct words){ .s = what, .weight = WEIGHT_MEDIUM, .fg = colours.fg, .bg = colours.bg };
	if (words.s)
		h += put_words(b, "changed/what", x, h, w, &words);
	words.s = c->it.reason.s;
	words.lang = c->it.reason.lang;
	if (words.s)
		h += put_words(b, "changed/text", x, h, w, &words);
	if (item) {
		item->rect.h = h + pad;
		item->state = c->it.state;
	}
	flow_space(flow, 2);
	flow_block(flow, mark, h + pad);
}

static void compose_change(struct flow *flow, const struct content *c)
{
	const struct occurrence *o = c->it.o;
	if (o->status == OCCURRENCE_MOVED || o->status == OCCURRENCE_MOVED_AWAY)
		notice_panel(flow, c, occasion_moved(flow->b, o));
	else if (c->it.struck || (c->it.full && ways_are_none(&c->ways)) || c->it.reason.s ||
		 (o->override && o->override->place.n))
		notice_panel(flow, c, NULL);
}

/* ---- facts */

static void compose_when(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const struct occurrence *o = c->it.o;
	struct words strong = strong_words(b, occasion_when(b, o), NULL);
	int off = days_ahead(b, o->start);
	const char *near = NULL;
	if (c->it.now)
		near = say(b, TEXT_SCREEN_ON_NOW);
	else if (off == 0)
		near = capital(b, say(b, TEXT_DATE_TODAY));
	else if (off == 1)
		near = capital(b, say(b, TEXT_DATE_TOMORROW));
	struct words quiet = quiet_words(b, near, NULL);
	if (words_width(b, &strong) > flow->area.w - 15 * b->m.unit)
		strong.s = occasion_when_lines(b, o);
	strong.struck = c->it.struck;
	if (strong.struck)
		strong.fg = b->theme->muted;
	flow_space(flow, 3);
	flow_fact(flow, "when", "clock", &strong, &quiet);
}

static void compose_where(struct flow *flow, const struct content *c)
{
	struct words strong = strong_words(flow->b, c->it.place.s, c->it.place.lang);
	if (!strong.s)
		return;
	flow_space(flow, 2);
	flow_fact(flow, "where", "place", &strong, NULL);
}

static void compose_who(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const struct organisation *organisation = centre_organisation(b->centre, series(c)->organisation);
	const struct contact *contact = contact_shown(b, series(c)->contact);
	struct words strong = strong_words(b, NULL, NULL), quiet = quiet_words(b, NULL, NULL);
	if (contact && c->ways.contact_name == NULL)
		quiet.s = join(b, ", ", contact->name, pick(b, contact->role, NULL), ltr(b, contact->phone));
	if (organisation) {
		strong.s = pick(b, organisation->name, &strong.lang);
	} else {
		strong = strong_words(b, quiet.s, NULL);
		quiet.s = NULL;
	}
	if (organisation && !quiet.s)
		quiet.s = say(b, TEXT_SCREEN_ORGANISER);
	if (!strong.s)
		return;
	flow_space(flow, 2);
	flow_fact(flow, "who", "people", &strong, &quiet);
}

static void compose_seats(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const struct activity *a = series(c);
	struct occurrence next;
	if (!a->signup || !a->has_seats || c->it.full || c->it.struck)
		return;
	struct place any = { .view = VIEW_ACTIVITY };
	if (!occasion_find(b, a, &any, &next) || civil_compare(next.original, c->it.o->original) != 0)
		return;
	struct words strong = strong_words(b, tell(b, TEXT_SCREEN_SEATS_FREE, ARG_N(a->seats - a->taken)), NULL);
	strong.fg = b->theme->help_edge;
	flow_space(flow, 2);
	flow_fact(flow, "seats", "seats", &strong, NULL);
}

static void compose(struct flow *flow, const void *content)
{
	const struct content *c = content;
	struct builder *b = flow->b;
	struct words title = title_words(b, c->it.name.s, c->it.name.lang);
	title.struck = c->it.struck;
	flow_words(flow, "title", &title);
	flow_foreign(flow, title.lang);
	compose_change(flow, c);
	compose_when(flow, c);
	compose_where(flow, c);
	compose_who(flow, c);
	compose_seats(flow, c);
	struct words text = text_words(b, NULL, NULL);
	text.s = pick(b, series(c)->description, &text.lang);
	if (text.s) {
		flow_space(flow, 3);
		flow_words(flow, "text", &text);
	}
	ways_flow(flow, &c->ways);
}

/* ---- sign-up */

static bool is_past(const struct builder *b, const struct occurrence *o)
{
	return !b->model->shown.clock_unsure && civil_compare(o->end, b->model->shown.now) <= 0;
}

static struct ways ways_of(struct builder *b, const struct occasion *it)
{
	const struct activity *a = it->o->activity;
	struct ways ways = {
		.title = say(b, TEXT_SCREEN_SIGN_UP), .letter = 'A', .code = a->code, .number = a->number
	};
	if (!a->signup || it->struck || is_past(b, it->o))
		return (struct ways){ 0 };
	ways.open = b->centre->signup_host && !it->full;
	ways.has_when = true;
	ways.when = it->o->original;
	if (it->full) {
		ways.title = say(b, TEXT_SCREEN_FULL);
		ways.closed = say(b, TEXT_SCREEN_FULL_NOW);
	}
	const struct contact *contact = contact_shown(b, a->contact);
	if (contact) {
		ways.contact_name = contact->name;
		ways.contact_role = pick(b, contact->role, &ways.contact_role_lang);
		ways.phone = contact->phone;
	} else {
		ways.phone = b->centre->phone;
	}
	return ways;
}

enum err view_activity(struct builder *b)
{
	const struct activity *activity = centre_activity(b->centre, b->model->place.id);
	struct occurrence o;
	header_put(b, say(b, TEXT_SCREEN_ACTIVITY), NULL, CONTENT_WORDS);
	if (!activity || !occasion_find(b, activity, &b->model->place, &o)) {
		message_put(b, b->body, "calendar", say(b, TEXT_SCREEN_GONE_ACTIVITY), say(b, TEXT_SCREEN_GONE_HOW));
		return b->err;
	}
	struct content c = { 0 };
	occasion_init(b, &c.it, &o, o.start);
	c.ways = ways_of(b, &c.it);
	const char *kind = kind_name(activity->kind), *label = say(b, TEXT_SCREEN_SIGN_UP_SHORT);
	struct pair colours = b->theme->tint[theme_tint(activity->kind)];
	if (!ways_are_none(&c.ways)) {
		ways_page(b, &c.ways, compose, &c, label);
		return b->err;
	}
	struct rect area = b->body;
	emblem_put(b, &area, kind, colours);
	int end = flow_put(b, area, compose, &c, label);
	emblem_below(b, area, end, kind, colours);
	return b->err;
}
