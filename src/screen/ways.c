/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/ways.h"

#include <string.h>

#include "screen/rtl.h"

enum { QUIET = 4 }; /* modules of quiet zone: ISO/IEC 18004 */
static const double QR_MM = 80;
static const int MODULE_MIN = 6;

static int larger(int a, int b)
{
	return a > b ? a : b;
}

bool ways_are_none(const struct ways *ways)
{
	return !ways->open && !ways->closed && !ways->contact_name && !ways->phone;
}

/* ---- link and number */

static const char *upper(struct builder *b, const char *s)
{
	char *copy = arena_strdup(b->arena, s);
	for (char *p = copy; p && *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return checked(b, copy);
}

const char *link_payload(struct builder *b, const struct ways *ways)
{
	const char *host = b->centre->signup_host;
	char stamp[CIVIL_SIZE] = "";
	if (ways->has_when)
		stamp_print(ways->when, stamp);
	const char *link = print(b, "%s%s/%c/%s%s%s%s%s", strstr(host, "://") ? "" : "https://", host, ways->letter,
				 ways->code, ways->has_when ? "/" : "", stamp, b->model->lang_chosen ? "?l=" : "",
				 b->model->lang_chosen ? b->model->lang : "");
	return upper(b, link);
}

const char *number_words(struct builder *b, const char *number)
{
	return print(b, "%.2s %.2s %.2s", number, number + 2, number + 4);
}

/* The host to type; where it is too wide for one line it may break after its dots. */
static const char *host_words(struct builder *b, int width)
{
	const char *host = b->centre->signup_host, *scheme = strstr(host, "://");
	if (scheme)
		host = scheme + 3;
	struct words words = { .s = host, .weight = WEIGHT_BOLD };
	if (words_width(b, &words) <= width)
		return host;
	const char *broken = "";
	for (const char *p = host; *p;) {
		size_t len = strcspn(p, ".");
		len += p[len] == '.';
		broken = print(b, "%s%.*s%s", broken, (int)len, p, p[len] ? "\xE2\x80\x8B" : "");
		p += len;
	}
	return broken;
}

/* ---- the code */

struct symbol {
	const char *payload;
	int version, module, side; /* SIDE with its quiet zone, px */
	const unsigned char *modules;
};

static struct symbol symbol_make(struct builder *b, const struct ways *ways)
{
	struct symbol s = { 0 };
	if (!ways->open || b->err != OK)
		return s;
	const struct typesetter *t = b->around->typesetter;
	s.payload = link_payload(b, ways);
	enum err err = t->qr(t->context, b->arena, s.payload, &s.version, &s.modules);
	if (err != OK) {
		b->err = err;
		return s;
	}
	int modules = 17 + 4 * s.version;
	s.module = larger(MODULE_MIN, (mm_px(&b->m, QR_MM) + modules - 1) / modules);
	s.side = (modules + 2 * QUIET) * s.module;
	return s;
}

/* Its quiet zone lies inside RECT and is white in every theme. */
static void symbol_put(struct builder *b, const struct symbol *s, int x, int y)
{
	struct mark mark = mark_here(b);
	put_box(b, "qr", ROLE_QR, (struct rect){ x, y, s->side, s->side }, &(struct box){ .bg = 0xFFFFFF });
	struct item *item = last_since(b, mark);
	if (!item)
		return;
	item->fg = 0x000000;
	item->payload = s->payload;
	item->version = s->version;
	item->module_px = s->module;
	item->modules = s->modules;
	item->decorative = false;
	item->spoken = say(b, TEXT_SCREEN_QR_SPOKEN);
}

/* ---- words of the panel; each returns its height */

static struct words on_paper(const struct builder *b, struct words words)
{
	words.bg = b->theme->paper;
	return words;
}

static int put_title(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	struct words words = on_paper(b, title_words(b, ways->title, NULL));
	words.size = ways->terse ? SIZE_BODY : SIZE_HEADING;
	return put_words(b, "ways/title", x, y, w, &words);
}

static int put_closed(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	struct words words = on_paper(b, text_words(b, ways->closed, NULL));
	return ways->closed ? put_words(b, "ways/closed", x, y, w, &words) + 2 * b->m.unit : 0;
}

/* The address and the number alone: what nobody can do without. */
static int put_address(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	struct words host = on_paper(b, strong_words(b, ltr(b, host_words(b, w)), NULL));
	struct words number = on_paper(b, strong_words(b, ltr(b, number_words(b, ways->number)), NULL));
	number.tabular = true;
	int h = put_words(b, "ways/host", x, y, w, &host);
	return h + put_words(b, "ways/number", x, y + h, w, &number);
}

static int put_typing(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	if (ways->terse)
		return put_address(b, ways, x, y, w);
	struct words words = on_paper(b, text_words(b, say(b, TEXT_SCREEN_OR_TYPE), NULL));
	struct words host = on_paper(b, strong_words(b, ltr(b, host_words(b, w)), NULL));
	struct words number = on_paper(b, strong_words(b, ltr(b, number_words(b, ways->number)), NULL));
	number.size = SIZE_TIME;
	number.tabular = true;
	int h = put_words(b, "ways/type", x, y, w, &words);
	h += put_words(b, "ways/host", x, y + h, w, &host);
	words.s = say(b, TEXT_SCREEN_AND_CODE);
	h += put_words(b, "ways/and", x, y + h, w, &words);
	return h + put_words(b, "ways/number", x, y + h, w, &number);
}

static const char *call_words(struct builder *b, const struct ways *ways)
{
	const char *who = ways->contact_name;
	if (!who)
		return say(b, ways->open ? TEXT_SCREEN_OR_CALL : TEXT_SCREEN_CALL);
	if (!ways->phone)
		return tell(b, ways->open ? TEXT_SCREEN_OR_ASK_WHO : TEXT_SCREEN_ASK_WHO, ARG_S(who));
	return tell(b, ways->open ? TEXT_SCREEN_OR_CALL_WHO : TEXT_SCREEN_CALL_WHO, ARG_S(who));
}

static int put_contact(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	int round = 9 * b->m.unit, text_x = x + round + 3 * b->m.unit, text_w = w - round - 3 * b->m.unit, h = 0;
	if (!ways->contact_name && !ways->phone)
		return 0;
	struct words call = on_paper(b, strong_words(b, call_words(b, ways), NULL));
	struct words role = on_paper(b, quiet_words(b, ways->contact_role, ways->contact_role_lang));
	struct words phone = on_paper(b, strong_words(b, ltr(b, ways->phone), NULL));
	phone.size = SIZE_NAME;
	phone.tabular = true;
	h += put_words(b, "ways/call", text_x, y, text_w, &call);
	if (role.s && !b->brief)
		h += put_words(b, "ways/role", text_x, y + h, text_w, &role);
	if (phone.s)
		h += put_words(b, "ways/phone", text_x, y + h, text_w, &phone);
	put_round(b, "ways/person", x, y + (h > round ? (h - round) / 2 : 0), round, ways->phone ? "phone" : "person",
		  b->theme->tint[TINT_SKY]);
	return larger(h, round);
}

/* "Ring meg", with the air above it. */
static int put_call_me(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	struct button button = call_me_button(b);
	if (!ways->call_me)
		return 0;
	return buttons_put(b, &button, 1, x, y + b->m.gap, w) + b->m.gap;
}

static int put_divider(struct builder *b, int x, int y, int w)
{
	put_box(b, "ways/divider", ROLE_PANEL, (struct rect){ x, y + b->m.unit, w, b->m.thin },
		&(struct box){ .bg = b->theme->edge });
	return 5 * b->m.unit / 2 + b->m.thin;
}

/* ---- the panel */

/* How the code and the words stand: words beside it from top to bottom, only
 * what is to be typed beside it, or all below. */
enum arrangement { ALL_BESIDE, TYPING_BESIDE, ALL_BELOW };

static int panel_pad(const struct builder *b, const struct symbol *s)
{
	return larger(b->m.pad, QUIET * s->module + b->m.unit);
}

static enum arrangement arrangement_of(const struct builder *b, const struct symbol *s, int w)
{
	int em = b->m.font[SIZE_BODY], beside = w - panel_pad(b, s) - s->side - 2 * b->m.unit - b->m.pad;
	if (beside >= 17 * em)
		return ALL_BESIDE;
	return beside >= 8 * em ? TYPING_BESIDE : ALL_BELOW;
}

static int inside_open(struct builder *b, const struct ways *ways, const struct symbol *s, int x, int y, int w)
{
	int pad = panel_pad(b, s), quiet = QUIET * s->module, beside_x = x + pad - quiet + s->side + 2 * b->m.unit;
	int edge = ways->terse ? b->m.unit : b->m.pad, beside_w = x + w - b->m.pad - beside_x, top = y + edge,
	    inner = w - pad - b->m.pad;
	enum arrangement how = arrangement_of(b, s, w);
	if (how == ALL_BESIDE) {
		symbol_put(b, s, x + pad - quiet, y + b->m.unit);
		int h = put_title(b, ways, beside_x, top, beside_w) + b->m.unit;
		h += put_typing(b, ways, beside_x, top + h, beside_w);
		if (ways->contact_name || ways->phone)
			h += put_divider(b, beside_x, top + h, beside_w);
		h += put_contact(b, ways, beside_x, top + h, beside_w);
		h += put_call_me(b, ways, beside_x, top + h, beside_w);
		return larger(h + 2 * b->m.pad, s->side + 2 * b->m.unit);
	}
	top += put_title(b, ways, x + pad, top, inner);
	struct mark code = mark_here(b);
	symbol_put(b, s, x + pad - quiet, top);
	if (how == TYPING_BESIDE) {
		struct mark mark = mark_here(b);
		int h = put_typing(b, ways, beside_x, top, beside_w), spare = larger(0, s->side - h) / 2;
		move_since(b, mark, 0, spare);
		move_between(b, code, mark, 0, larger(0, h - s->side) / 2);
		top += larger(s->side, h);
	} else {
		top += s->side;
		top += put_typing(b, ways, x + pad, top, inner);
	}
	/* Beside a code its quiet zone parts enough. */
	if (how == ALL_BELOW && (ways->contact_name || ways->phone))
		top += put_divider(b, x + pad, top, w - 2 * pad);
	top += put_contact(b, ways, x + pad, top, inner);
	top += put_call_me(b, ways, x + b->m.pad, top, w - 2 * b->m.pad);
	return top + edge - y;
}

static int inside_closed(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	int pad = b->m.pad, top = y + pad;
	top += put_title(b, ways, x + pad, top, w - 2 * pad);
	top += put_closed(b, ways, x + pad, top, w - 2 * pad);
	top += put_contact(b, ways, x + pad, top, w - 2 * pad);
	top += put_call_me(b, ways, x + pad, top, w - 2 * pad);
	return top + pad - y;
}

static int panel_put(struct builder *b, const struct ways *ways, int x, int y, int w, int min_h)
{
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	struct symbol s = symbol_make(b, ways);
	struct item *item = put_box(b, "ways", ROLE_PANEL, (struct rect){ x, y, w, 0 }, &box);
	int h = s.side ? inside_open(b, ways, &s, x, y, w) : inside_closed(b, ways, x, y, w);
	h = larger(h, min_h);
	if (item)
		item->rect.h = h;
	return h;
}

static int panel_height(struct builder *b, const struct ways *ways, int w)
{
	struct mark mark = mark_here(b);
	int h = panel_put(b, ways, 0, 0, w, 0);
	take_back(b, mark);
	return h;
}

static int side_width(struct builder *b, const struct ways *ways, struct rect area)
{
	int em = b->m.font[SIZE_BODY];
	if (b->m.portrait || ways_are_none(ways))
		return 0;
	struct symbol s = symbol_make(b, ways);
	int w = s.side ? panel_pad(b, &s) + s.side + 2 * b->m.unit + b->m.pad + 8 * em : 17 * em;
	int left = area.w - w - 5 * b->m.unit;
	if (left < (b->m.compact ? 24 : 16) * em || panel_height(b, ways, w) > area.h)
		return 0;
	return w;
}

static struct item *paper_put(struct builder *b, const char *id, struct rect rect)
{
	return put_box(b, id, ROLE_PANEL, rect, &(struct box){ .bg = b->theme->paper, .radius = b->m.radius });
}

static void part_put(struct flow *flow, const struct ways *ways, const char *id,
		     int put(struct builder *, const struct ways *, int, int, int))
{
	struct builder *b = flow->b;
	int x = flow->area.x, w = flow->area.w, pad = b->m.pad;
	flow_space(flow, 3);
	struct mark mark = mark_here(b);
	struct item *item = paper_put(b, id, (struct rect){ x, 0, w, 0 });
	int h = put(b, ways, x + pad, pad, w - 2 * pad) + 2 * pad;
	if (item)
		item->rect.h = h;
	flow_block(flow, mark, h);
}

static int put_why(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	int h = put_title(b, ways, x, y, w);
	return h + put_closed(b, ways, x, y + h, w);
}

static int put_calling(struct builder *b, const struct ways *ways, int x, int y, int w)
{
	int h = put_contact(b, ways, x, y, w);
	return h + put_call_me(b, ways, x, y + h, w);
}

/* How little stands with a code that has a page to itself: less and less, but always the address and the number; these
 * in a panel of their own above the pager where there is room (PARTED_APART). */
enum parted { PARTED_WHOLE, PARTED_SHORT, PARTED_APART, PARTED_UNTITLED, PARTEDS };

static struct words number_alone(struct builder *b, const struct ways *ways)
{
	struct words number = strong_words(b, number_words(b, ways->number), NULL);
	number.tabular = true;
	return number;
}

static int code_inside(struct builder *b, const struct ways *ways, const struct symbol *s, struct rect at,
		       enum parted how)
{
	int (*put)(struct builder *, const struct ways *, int, int, int) =
		how == PARTED_WHOLE ? put_typing : put_address;
	int pad = b->m.pad, unit = b->m.unit, h = unit, words_h;
	int beside_x = at.x + s->side + unit, beside_w = at.w - s->side - unit - pad;
	struct words number = number_alone(b, ways);
	if (how != PARTED_UNTITLED)
		h = pad + put_title(b, ways, at.x + pad, pad, at.w - 2 * pad);
	struct mark code = mark_here(b);
	symbol_put(b, s, at.x + unit, h);
	struct mark words = mark_here(b);
	if (beside_w >= words_width(b, &number) + 1 && (how != PARTED_WHOLE || beside_w >= 7 * b->m.font[SIZE_BODY])) {
		words_h = put(b, ways, beside_x, h, beside_w);
		move_since(b, words, 0, larger(0, s->side - words_h) / 2);
		move_between(b, code, words, 0, larger(0, words_h - s->side) / 2);
		return h + larger(s->side, words_h) + unit;
	}
	h += s->side;
	return h + put(b, ways, at.x + pad, h, at.w - 2 * pad) + unit;
}

/* On the flow's page, of which it is all there is. Returns the height; 0: there is no room above the pager. */
static int code_apart(struct flow *flow, const struct ways *ways, const struct symbol *s, struct rect at)
{
	struct builder *b = flow->b;
	int unit = b->m.unit, side = s->side + 2 * unit, x = at.x + side + b->m.gap;
	int w = flow->beside.x + flow->beside.w - x, inner = w - 2 * b->m.pad;
	struct words number = number_alone(b, ways);
	if (words_width(b, &number) >= inner)
		return 0;
	paper_put(b, "ways", (struct rect){ at.x, 0, side, side });
	symbol_put(b, s, at.x + unit, unit);
	struct item *item = paper_put(b, "ways/typing", (struct rect){ x, 0, w, 0 });
	int words_h = put_address(b, ways, x + b->m.pad, unit, inner) + 2 * unit;
	if (words_h > flow->beside.h)
		return 0;
	if (item)
		item->rect.h = words_h;
	if (flow->page == flow->wanted)
		flow->taken = words_h + b->m.gap;
	return side;
}

static int code_whole(struct builder *b, const struct ways *ways, const struct symbol *s, struct rect at,
		      enum parted how)
{
	struct item *item = paper_put(b, "ways", at);
	int h = code_inside(b, ways, s, at, how);
	if (item)
		item->rect.h = h;
	return h;
}

/* Too tall for one page even alone: the code with what to type, and whom to call, each a block. */
static void code_parted(struct flow *flow, const struct ways *ways)
{
	struct builder *b = flow->b;
	struct symbol s = symbol_make(b, ways);
	struct mark mark = mark_here(b);
	struct rect at = { flow->area.x, 0, flow->area.w, 0 };
	for (enum parted how = 0; how < PARTEDS; how++) {
		int h = how == PARTED_APART ? code_apart(flow, ways, &s, at) : code_whole(b, ways, &s, at, how);
		if (how + 1 == PARTEDS || (h > 0 && h <= flow->area.h)) {
			flow_block(flow, mark, h);
			return;
		}
		take_back(b, mark);
	}
}

static void ways_parted(struct flow *flow, const struct ways *ways)
{
	if (ways->open)
		code_parted(flow, ways);
	else
		part_put(flow, ways, "ways", put_why);
	struct mark mark = mark_here(flow->b);
	int h = put_calling(flow->b, ways, flow->area.x, 0, flow->area.w - 2 * flow->b->m.pad) + 2 * flow->b->m.pad;
	take_back(flow->b, mark);
	bool whole = h <= flow->area.h;
	if (ways->contact_name || ways->phone || (whole && ways->call_me))
		part_put(flow, ways, "ways/calling", whole ? put_calling : put_contact);
	if (!whole && ways->call_me)
		part_put(flow, ways, "ways/call-me", put_call_me);
}

void ways_flow(struct flow *flow, const struct ways *ways)
{
	struct builder *b = flow->b;
	if (ways_are_none(ways) || ways->beside)
		return;
	flow_space(flow, 4);
	struct mark mark = mark_here(b);
	int h = panel_put(b, ways, flow->area.x, 0, flow->area.w, 0), page = flow->page;
	if (h <= flow->area.h) {
		flow_block(flow, mark, h);
		if (flow->page != page)
			flow->ways_page = flow->page;
		return;
	}
	take_back(b, mark);
	flow->page++;
	flow->y = flow->area.y;
	flow->ways_page = flow->page;
	ways_parted(flow, ways);
}

/* In reach mode the panel stands at the foot, where its button is reached. */
static void page_beside(struct builder *b, const struct ways *ways, struct rect area, int side, bool brief, bool calls,
			compose_fn *compose, const void *content, const char *label)
{
	struct rect left = area;
	struct button call_me = call_me_button(b);
	left.w -= side + 5 * b->m.unit;
	int x = left.x + left.w + 5 * b->m.unit;
	bool at_foot = calls && !ways->call_me;
	left.h -= at_foot ? button_height(b) + b->m.gap : 0;
	flow_put(b, left, compose, content, label);
	if (at_foot)
		buttons_put(b, &call_me, 1, left.x, left.y + left.h + b->m.gap, left.w);
	b->brief = brief;
	int drop = b->around->reach && ways->call_me ? larger(0, area.h - panel_height(b, ways, side)) : 0;
	panel_put(b, ways, x, area.y + drop, side, 0);
	b->brief = false;
}

/* What the panel does without so that it stands beside the rest. */
struct less {
	bool brief, terse, without_button;
};

/* The panel whole, without what its contact does, without its button, which then stands at the other side's foot, or
 * with no more to type than must be. */
static bool try_beside(struct builder *b, struct ways *ways, compose_fn *compose, const void *content,
		       const char *label)
{
	static const struct less steps[] = { { 0 },
					     { .brief = true },
					     { .without_button = true },
					     { .brief = true, .without_button = true },
					     { .brief = true, .terse = true, .without_button = true } };
	bool calls = ways->call_me;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		const struct less *less = &steps[i];
		ways->call_me = calls && !less->without_button;
		ways->terse = less->terse;
		b->brief = less->brief;
		int side = side_width(b, ways, b->body);
		b->brief = false;
		ways->beside = side > 0;
		if (!side)
			continue;
		page_beside(b, ways, b->body, side, less->brief, calls, compose, content, label);
		return true;
	}
	ways->call_me = calls;
	ways->terse = false;
	return false;
}

/* For the code on a page of its own, with pager and button below it. */
static bool code_has_room(struct builder *b, const struct ways *ways, const struct button *call_me)
{
	struct rect at = { 0, 0, b->body.w, 0 };
	struct mark mark = mark_here(b);
	struct symbol s = symbol_make(b, ways);
	int h = s.side ? code_inside(b, ways, &s, at, PARTED_UNTITLED) : 0;
	take_back(b, mark);
	int below = buttons_height(b, call_me, 1, b->body.w) + button_height(b) + 2 * b->m.gap;
	return h + below <= b->body.h;
}

void ways_page(struct builder *b, struct ways *ways, compose_fn *compose, const void *content, const char *label)
{
	struct rect area = b->body;
	struct button call_me = call_me_button(b);
	ways->call_me = calls_back(b) && !ways_are_none(ways);
	if (try_beside(b, ways, compose, content, label))
		return;
	/* On every page; but where height is scarce, in the panel alone. */
	bool at_foot = ways->call_me && !(b->m.compact && !b->m.portrait) && code_has_room(b, ways, &call_me);
	if (at_foot) {
		call_me.primary = false; /* beside the way to the code, which is */
		area.h -= buttons_height(b, &call_me, 1, area.w) + b->m.gap;
		ways->call_me = false;
	}
	flow_put(b, area, compose, content, label);
	if (at_foot)
		buttons_put(b, &call_me, 1, area.x, area.y + area.h + b->m.gap, area.w);
}
