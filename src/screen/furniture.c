/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The six that stand in the same place in every view, in every language: their places follow from the panel and the
 * size of type alone. */
#include <string.h>

#include "screen/parts.h"

enum { PIECES = 6, PER_ROW = 3 };

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static void pieces(struct builder *b, struct button out[PIECES])
{
	enum view view = b->model->place.view;
	bool speaking = b->model->speech.speaking;
	out[0] = (struct button){ .id = "home",
				  .label = say(b, TEXT_SCREEN_HOME),
				  .icon = "home",
				  .action = "home",
				  .chosen = view == VIEW_HOME };
	out[1] = (struct button){ .id = "back",
				  .label = say(b, TEXT_SCREEN_BACK),
				  .icon = "back",
				  .action = "back",
				  .off = view == VIEW_HOME };
	out[2] = (struct button){ .id = "help",
				  .label = say(b, TEXT_SCREEN_HELP),
				  .icon = "help",
				  .action = "open help",
				  .chosen = view == VIEW_HELP };
	out[3] = (struct button){ .id = "language",
				  .label = say(b, TEXT_SCREEN_LANGUAGE),
				  .icon = "language",
				  .action = "open language",
				  .chosen = view == VIEW_LANGUAGE };
	out[4] = (struct button){ .id = "read",
				  .label = say(b, speaking ? TEXT_SCREEN_STOP : TEXT_SCREEN_READ_ALOUD),
				  .icon = speaking ? "stop" : "read",
				  .action = speaking ? "say stop" : "say view",
				  .chosen = speaking };
	out[5] = (struct button){ .id = "adjust",
				  .label = say(b, TEXT_SCREEN_ADJUST),
				  .icon = "adjust",
				  .action = "open adjust",
				  .chosen = view == VIEW_ADJUST };
}

/* ---- where they stand */

/* One row at the panel's foot; two rows of three where the panel stands; one above the other at the start side where
 * the panel lies and its type is large, since such a panel has width to spare and no height. */
struct bar {
	struct rect rect;
	int across, x, y, w, h;
	bool upright;
};

/* Body sizes: a piece of the column, and one that stands: sign and word, or two lines of words below a small sign. */
static const double COLUMN_BODIES = 7.5, UPRIGHT_BODIES = 3.6;

static struct bar column_of(const struct builder *b)
{
	const struct metrics *m = &b->fixed;
	/* In reach mode no higher than a hand comes. */
	struct bar bar = { .across = 1, .x = m->bezel, .y = larger(m->bezel, b->out->h - m->band + m->gap / 2) };
	bar.w = (int)(m->font[SIZE_BODY] * COLUMN_BODIES);
	bar.h = (b->out->h - bar.y - m->bezel - (PIECES - 1) * m->gap) / PIECES;
	bar.rect = (struct rect){ 0, 0, m->bezel + bar.w + larger(2 * m->unit, m->gap / 2), b->out->h };
	return bar;
}

static struct bar bar_of(const struct builder *b)
{
	const struct metrics *m = &b->fixed;
	if (m->compact && !m->portrait)
		return column_of(b);
	struct bar bar = { .across = m->portrait ? PER_ROW : PIECES, .x = m->margin, .upright = true };
	int inner = b->out->w - 2 * m->margin, rows = PIECES / bar.across, top = 3 * m->unit / 2;
	bar.w = (inner - (bar.across - 1) * m->gap) / bar.across;
	bar.h = larger(m->target, (int)(m->font[SIZE_BODY] * UPRIGHT_BODIES));
	int height = rows * bar.h + (rows - 1) * m->gap + top + larger(m->bezel, 2 * m->unit);
	bar.rect = (struct rect){ 0, b->out->h - height, b->out->w, height };
	bar.y = bar.rect.y + top;
	return bar;
}

void furniture_reserve(struct builder *b)
{
	struct bar bar = bar_of(b);
	const struct metrics *m = &b->fixed;
	if (bar.across == 1) {
		b->page = (struct rect){ bar.rect.w, 0, b->out->w - bar.rect.w, b->out->h };
		b->body = (struct rect){ b->page.x + m->gap, 0, b->page.w - m->gap - m->margin, b->page.h - m->bezel };
		return;
	}
	b->page = (struct rect){ 0, 0, b->out->w, bar.rect.y };
	b->body = (struct rect){ m->margin, 0, b->out->w - 2 * m->margin,
				 bar.rect.y - larger(3 * m->unit / 2, m->gap - 3 * m->unit / 2) };
}

void furniture_leave(struct builder *b)
{
	const struct metrics *m = &b->m;
	b->page = (struct rect){ 0, 0, b->out->w, b->out->h };
	b->body = (struct rect){ m->margin, m->bezel, b->out->w - 2 * m->margin, b->out->h - 2 * m->bezel };
}

/* ---- their faces */

static struct words word_of(const struct button *piece, struct pair colours, const char *word, const char *lang)
{
	return (struct words){ .s = word,
			       .lang = lang,
			       .weight = WEIGHT_SEMIBOLD,
			       .align = ALIGN_CENTRE,
			       .fg = colours.fg,
			       .bg = colours.bg,
			       .max_lines = piece->upright ? 2 : 1 };
}

static struct pair colours_of(const struct builder *b, const struct button *piece)
{
	if (piece->chosen)
		return b->theme->chosen;
	return piece->off ? b->theme->off : (struct pair){ b->theme->ink, b->theme->paper };
}

/* Sign above the word. Words of two lines get a smaller sign, too tall ones none; ASIDE, in English, stands beside the
 * sign. */
static void face_upright(struct builder *b, struct item *item, struct rect r, const struct button *piece,
			 const char *aside)
{
	struct pair colours = colours_of(b, piece);
	int em = b->m.font[SIZE_BODY], inner = r.w - b->m.unit, air = b->m.unit / 2;
	struct words word = word_of(piece, colours, piece->label, NULL), english = word_of(piece, colours, aside, "en");
	int words_h = words_height(b, &word, inner), room = r.h - words_h - air;
	/* Scripts with tall lines have air above their letters, where the sign may stand. */
	int least = words_h > line_px(b, SIZE_BODY) ? em * 5 / 8 : em * 5 / 4;
	int sign = smaller(em * 3 / 2, larger(least, room)), over = larger(0, sign - room);
	if (over > larger(0, line_px(b, SIZE_BODY) - em * 7 / 5) * 2 / 3)
		sign = over = 0;
	int aside_w = aside ? words_width(b, &english) + 1 : 0, group = sign + (aside ? b->m.unit + aside_w : 0);
	int left = r.x + (r.w - group) / 2, top = r.y + larger(b->m.thick, (r.h - sign - words_h) / 2);
	give_words(b, item, r.x + (r.w - inner) / 2, top + sign - over - word_lift(b) / 2, inner, &word);
	if (sign)
		put_icon(b, print(b, "%s/icon", piece->id), (struct rect){ left, top, sign, sign }, piece->icon,
			 colours.fg, colours.bg);
	int aside_y = top + (sign - (aside ? words_height(b, &english, aside_w) : 0)) / 2;
	if (aside)
		put_words(b, print(b, "%s/english", piece->id), left + sign + b->m.unit,
			  larger(aside_y, r.y + b->m.thick), aside_w, &english);
}

/* Sign and word side by side, all words of the column beginning at the same place; a word that needs the sign's place
 * gets it. */
static void face_beside(struct builder *b, struct item *item, struct rect r, const struct button *piece,
			const char *lang)
{
	struct pair colours = colours_of(b, piece);
	struct words word = word_of(piece, colours, piece->label, lang);
	int pad = b->m.unit, sign = b->m.font[SIZE_BODY] * 5 / 4, x = r.x + 2 * pad + sign + pad;
	int room = r.x + r.w - pad - x;
	word.align = ALIGN_START;
	if (words_width(b, &word) <= room) {
		put_icon(b, print(b, "%s/icon", piece->id),
			 (struct rect){ r.x + 2 * pad, r.y + (r.h - sign) / 2, sign, sign }, piece->icon, colours.fg,
			 colours.bg);
	} else {
		word.align = ALIGN_CENTRE;
		word.max_lines = 2;
		x = r.x + pad;
		room = r.w - 2 * pad;
	}
	int h = words_height(b, &word, room);
	give_words(b, item, x, r.y + (r.h - h) / 2 - (lang ? 0 : word_lift(b)), room, &word);
}

/* Room for "Language" beside the sign, or on a line of its own. */
static bool has_room(struct builder *b, const struct button *piece, struct rect r, const char *english, bool beside)
{
	struct words words = word_of(piece, colours_of(b, piece), english, "en");
	int em = b->m.font[SIZE_BODY];
	if (beside)
		return em * 3 / 2 + 2 * b->m.unit + words_width(b, &words) <= r.w;
	return line_px(b, SIZE_BODY) + em * 7 / 5 + em <= r.h;
}

/* The English word would be broken, the language's own would not: then the sign speaks to strangers. */
static bool breaks(struct builder *b, const struct button *piece, struct rect r, const char *english)
{
	struct words words = word_of(piece, colours_of(b, piece), english, "en"), own = words;
	own.s = piece->label;
	own.lang = NULL;
	int inner = r.w - b->m.unit;
	return words_width(b, &words) > inner && words_width(b, &own) <= inner;
}

/* "Språk" and, in English on purpose, "Language"; where only one of them fits, the one that strangers know. */
static void piece_put(struct builder *b, struct rect rect, struct button *piece, const char *english)
{
	struct button bare = *piece;
	const char *lang = NULL, *aside = NULL;
	bare.label = bare.icon = NULL;
	bare.spoken = join(b, ", ", piece->label, english, NULL);
	struct item *item = button_put(b, rect, &bare);
	if (english && piece->upright && has_room(b, piece, rect, english, true)) {
		aside = english;
	} else if (english && piece->upright && has_room(b, piece, rect, english, false)) {
		piece->label = print(b, "%s\n%s", piece->label, english);
	} else if (english && !(piece->upright && breaks(b, piece, rect, english))) {
		piece->label = english;
		lang = "en";
	}
	if (piece->upright)
		face_upright(b, item, rect, piece, aside);
	else
		face_beside(b, item, rect, piece, lang);
}

void furniture_put(struct builder *b)
{
	const struct metrics *m = &b->fixed;
	struct bar bar = bar_of(b);
	struct button piece[PIECES];
	const char *own = say(b, TEXT_SCREEN_LANGUAGE), *english = lang_text(lang_find("en"), TEXT_SCREEN_LANGUAGE);
	pieces(b, piece);
	put_box(b, "furniture", ROLE_PANEL, bar.rect, &(struct box){ .bg = b->theme->bar.bg });
	struct rect line = { 0, bar.rect.y, bar.rect.w, m->thin };
	if (bar.across == 1)
		line = (struct rect){ bar.rect.w - m->thin, 0, m->thin, bar.rect.h };
	put_box(b, "furniture/line", ROLE_PANEL, line, &(struct box){ .bg = b->theme->edge });
	for (int i = 0; i < PIECES; i++) {
		int x = bar.x + i % bar.across * (bar.w + m->gap), y = bar.y + i / bar.across * (bar.h + m->gap);
		bool is_language = strcmp(piece[i].id, "language") == 0 && strcmp(own, english) != 0;
		piece[i].upright = bar.upright;
		/* The last of a row ends where everything else does. */
		bool ends = bar.across > 1 && i % bar.across == bar.across - 1;
		int w = ends ? b->out->w - m->margin - x : bar.w;
		piece_put(b, (struct rect){ x, y, w, bar.h }, &piece[i], is_language ? english : NULL);
	}
}
