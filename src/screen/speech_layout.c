/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of speech mode: above, what has the focus, in large type; touching
 * it says it again. Below, as far as a hand reaches, three zones that fingers
 * find with eyes closed, always in the same place. Between them the dials: a touch
 * says which one it is, only the zone that chooses turns it. */
#include "screen/parts.h"
#include "screen/speech_inside.h"

enum { ZONES = 3 };
static const double ZONE_MM = 100, REACH_MM = 350; /* the panel's foot hangs at 750 mm or higher (metrics.c) */
/* Shares of the picture's height, in hundredths. */
enum { BESIDE_SHARE = 42, STACKED_SHARE = 54, WORDS_SHARE = 24 };

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

struct scheme {
	struct nodes nodes;
	size_t focus;
	struct rect words, dials, zones;
	bool beside; /* the zones */
	int across;  /* dials in a row; 0: there are none */
};

/* ---- zones */

static struct rect zones_of(const struct builder *b, bool *beside)
{
	const struct metrics *m = &b->m;
	int w = b->out->w - 2 * m->bezel, each = (w - (ZONES - 1) * m->gap) / ZONES;
	*beside = each >= mm_px(m, ZONE_MM);
	int h = b->out->h * (*beside ? BESIDE_SHARE : STACKED_SHARE) / 100;
	h = smaller(h, mm_px(m, REACH_MM) - m->bezel);
	return (struct rect){ m->bezel, b->out->h - m->bezel - h, w, h };
}

/* Number I of N that share AREA, beside or above each other. */
static struct rect part_of(const struct builder *b, struct rect area, int i, int n, bool beside)
{
	int gap = b->m.gap, w = (area.w - (n - 1) * gap) / n, h = (area.h - (n - 1) * gap) / n;
	if (beside)
		return (struct rect){ area.x + i * (w + gap), area.y, w, area.h };
	return (struct rect){ area.x, area.y + i * (h + gap), area.w, h };
}

/* A sign and a word that are seen from afar, in the middle of the zone. */
static void zone_put(struct builder *b, struct rect rect, const struct button *zone)
{
	static const enum size sizes[] = { SIZE_TITLE, SIZE_HEADING, SIZE_NAME, SIZE_BODY };
	struct button bare = *zone;
	struct pair colours = zone->primary ? b->theme->primary : (struct pair){ b->theme->ink, b->theme->paper };
	bare.spoken = zone->label;
	bare.label = bare.icon = NULL;
	struct item *item = button_put(b, rect, &bare);
	struct words word = {
		.s = zone->label, .weight = WEIGHT_BOLD, .align = ALIGN_CENTRE, .fg = colours.fg, .bg = colours.bg
	};
	int inner = rect.w - 2 * b->m.pad;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		word.size = sizes[i];
		if (words_width(b, &word) <= inner && line_px(b, word.size) * 2 <= rect.h)
			break;
	}
	int line = words_height(b, &word, inner), sign = smaller(2 * b->m.font[word.size], rect.h - line - b->m.pad);
	int y = rect.y + (rect.h - line - sign) / 2;
	give_words(b, item, rect.x + b->m.pad, y + sign, inner, &word);
	put_icon(b, print(b, "%s/icon", zone->id), (struct rect){ rect.x + (rect.w - sign) / 2, y, sign, sign },
		 zone->icon, colours.fg, colours.bg);
}

static void zones_put(struct builder *b, const struct scheme *s)
{
	size_t n = s->nodes.n, back = (s->focus + n - 1) % n, forward = (s->focus + 1) % n;
	const char *action = s->nodes.v[s->focus].action;
	const struct button zones[ZONES] = {
		{ .id = SPEECH_BACK,
		  .label = say(b, TEXT_SCREEN_PAGE_PREVIOUS),
		  .icon = "back",
		  .action = print(b, "focus %zu", back) },
		{ .id = SPEECH_CHOOSE,
		  .label = say(b, TEXT_SCREEN_CHOOSE),
		  .icon = "checkmark",
		  .action = action ? action : "say focus",
		  .primary = true },
		{ .id = SPEECH_FORWARD,
		  .label = say(b, TEXT_SCREEN_PAGE_NEXT),
		  .icon = "forward",
		  .action = print(b, "focus %zu", forward) },
	};
	for (int i = 0; i < ZONES; i++)
		zone_put(b, part_of(b, s->zones, i, ZONES, s->beside), &zones[i]);
}

/* ---- dials */

static bool dials_fit(struct builder *b, const struct scheme *s, int across)
{
	int w = (b->out->w - 2 * b->m.bezel - (across - 1) * b->m.gap) / across;
	for (size_t i = s->nodes.n - DIALS; i < s->nodes.n; i++) {
		struct words words = { .s = s->nodes.v[i].label, .weight = WEIGHT_SEMIBOLD };
		if (words_width(b, &words) + 3 * b->m.unit > w)
			return false;
	}
	return w >= b->m.target;
}

/* As few rows as the words allow; none where they would leave what has the focus too little. */
static void dials_place(struct builder *b, struct scheme *s)
{
	static const int ways[] = { 6, 3, 2 };
	int h = button_height(b), room = s->zones.y - b->m.bezel;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0] && s->across == 0; i++)
		if (dials_fit(b, s, ways[i]))
			s->across = ways[i];
	if (s->across == 0)
		return;
	int rows = DIALS / s->across, height = rows * h + (rows - 1) * b->m.gap;
	int least = larger(b->out->h * WORDS_SHARE / 100, 4 * line_px(b, SIZE_HEADING));
	if (height + 2 * b->m.gap + least > room) {
		s->across = 0;
		return;
	}
	s->dials = (struct rect){ b->m.bezel, s->zones.y - b->m.gap - height, b->out->w - 2 * b->m.bezel, height };
}

static void dials_put(struct builder *b, const struct scheme *s)
{
	int rows = s->across ? DIALS / s->across : 0;
	for (int i = 0; i < rows * s->across; i++) {
		size_t node = s->nodes.n - DIALS + (size_t)i;
		struct rect row = part_of(b, s->dials, i / s->across, rows, false);
		struct button button = {
			.id = s->nodes.v[node].id,
			.label = s->nodes.v[node].label,
			.action = print(b, "focus %zu", node),
			.chosen = node == s->focus,
		};
		button_put(b, part_of(b, row, i % s->across, s->across, true), &button);
	}
}

/* ---- what has the focus */

static struct words piece_words(const struct builder *b, const struct piece *piece, enum size size)
{
	return (struct words){ .s = piece->shown,
			       .lang = piece->shown_lang,
			       .size = size,
			       .weight = WEIGHT_BOLD,
			       .fg = b->theme->ink,
			       .bg = b->theme->paper };
}

static int pieces_height(struct builder *b, const struct pieces *pieces, enum size size, int w)
{
	int h = 0;
	for (size_t i = 0; i < pieces->n; i++) {
		struct words words = piece_words(b, &pieces->v[i], size);
		h += words.s ? words_height(b, &words, w) : 0;
	}
	return h;
}

/* As many lines as there is room for, in its middle; all is said. */
static void pieces_put(struct builder *b, const struct pieces *pieces, struct rect area)
{
	struct mark mark = mark_here(b);
	static const enum size sizes[] = { SIZE_CLOCK, SIZE_DATE, SIZE_TITLE, SIZE_HEADING, SIZE_NAME, SIZE_BODY };
	size_t i = 0;
	while (i + 1 < sizeof sizes / sizeof sizes[0] && pieces_height(b, pieces, sizes[i], area.w) > area.h)
		i++;
	int y = area.y, end = area.y + area.h;
	for (size_t k = 0; k < pieces->n && y < end; k++) {
		struct words words = piece_words(b, &pieces->v[k], sizes[i]);
		if (!words.s)
			continue;
		struct type_block block = words_wrap(b, &words, area.w);
		int each = block.n_lines ? block.h / (int)block.n_lines : 1;
		size_t room = (size_t)((end - y) / larger(each, 1));
		const char *id = k ? print(b, "speech/words/%zu", k) : SPEECH_LABEL;
		y += put_lines(b, id, area.x, y, &words, &block, 0, room < block.n_lines ? room : block.n_lines);
	}
	move_since(b, mark, 0, larger(0, end - y) / 2);
}

/* Its place among all, and that nothing can be heard where that is so. */
static int head_put(struct builder *b, const struct scheme *s, struct rect area)
{
	bool mute = b->model->speech.mute;
	struct words place = {
		.s = node_place(b, &s->nodes, s->focus),
		.weight = WEIGHT_SEMIBOLD,
		.fg = b->theme->muted,
		.bg = b->theme->paper,
	};
	struct words silent = {
		.s = print(b, "%s. %s", say(b, TEXT_SCREEN_VOICE_MUTE), say(b, TEXT_SCREEN_VOICE_MUTE_HOW)),
		.weight = WEIGHT_BOLD,
		.fg = b->theme->ink,
		.bg = b->theme->paper,
	};
	int h = put_words(b, "speech/place", area.x, area.y, area.w, &place);
	return mute ? h + put_words(b, "speech/mute", area.x, area.y + h, area.w, &silent) : h;
}

static const char *all_said(struct builder *b, const struct pieces *pieces)
{
	const char *all = "";
	for (size_t i = 0; i < pieces->n; i++)
		if (!pieces->v[i].secret)
			all = join(b, ". ", all, pieces->v[i].said, NULL);
	return all;
}

static void words_put(struct builder *b, const struct scheme *s)
{
	struct pieces pieces;
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->line, .border_px = b->m.thick, .radius = b->m.radius
	};
	node_pieces(b, &s->nodes.v[s->focus], &pieces);
	struct item *item = put_box(b, SPEECH_AGAIN, ROLE_CARD, s->words, &box);
	make_control(b, item, "say focus", all_said(b, &pieces));
	/* Above the band that a hand reaches it is only read. */
	if (item && item->hit.y < band_top(b)) {
		item->hit.h -= band_top(b) - item->hit.y;
		item->hit.y = band_top(b);
	}
	int pad = b->m.pad, inner = s->words.w - 2 * pad;
	struct rect area = { s->words.x + pad, s->words.y + pad, inner, s->words.h - 2 * pad };
	int head = head_put(b, s, area) + b->m.unit;
	area.y += head;
	area.h -= head;
	pieces_put(b, &pieces, area);
}

/* Reach mode: a piece of what says it again stands in the band too, at the cost of the zones. */
static void reach_words(struct builder *b, struct scheme *s)
{
	int end = (s->across ? s->dials.y : s->zones.y) - b->m.gap;
	int missing = band_top(b) + b->m.target - end;
	if (missing <= 0)
		return;
	s->zones.y += missing;
	s->zones.h -= missing;
	s->dials.y += missing;
}

void speech_put(struct builder *b)
{
	struct scheme s = { .nodes = nodes_of(b) };
	if (b->err != OK)
		return;
	s.focus = nodes_focus(&s.nodes, b->model);
	s.zones = zones_of(b, &s.beside);
	dials_place(b, &s);
	reach_words(b, &s);
	int end = s.across ? s.dials.y : s.zones.y, bezel = b->m.bezel;
	s.words = (struct rect){ bezel, bezel, b->out->w - 2 * bezel, end - b->m.gap - bezel };
	/* The nodes still speak of the items that were put so far. */
	struct item *items = ARENA_ARRAY(b->arena, b->capacity, struct item);
	if (!items) {
		b->err = ERR_MEMORY;
		return;
	}
	b->out->items = items;
	b->out->n_items = 0;
	b->focus = 0;
	words_put(b, &s);
	dials_put(b, &s);
	zones_put(b, &s);
}
