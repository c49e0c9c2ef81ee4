/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the visitor wants the screen: size, contrast, reach, speech; and the voice. */
#include "screen/parts.h"

enum { TWO_COLUMNS = 17 };

/* ---- toggles: their state in words, and in a shape */

struct toggle {
	const char *id, *icon, *action;
	enum text_id label;
	bool on;
};

static struct words label_words(const struct builder *b, const char *s)
{
	return (struct words){ .s = s, .weight = WEIGHT_BOLD, .fg = b->theme->ink, .bg = b->theme->paper };
}

static struct words state_words(const struct builder *b, bool on)
{
	return (struct words){ .s = say(b, on ? TEXT_SCREEN_ON : TEXT_SCREEN_OFF),
			       .weight = WEIGHT_SEMIBOLD,
			       .fg = b->theme->ink,
			       .bg = b->theme->paper };
}

/* A switch of two ems; its knob stands at the end side when it is on. */
static void switch_put(struct builder *b, const char *id, int x, int y, bool on)
{
	int h = b->m.font[SIZE_BODY] * 6 / 5, w = 2 * h, edge = 2 * b->m.thin, knob = h - 4 * edge;
	int32_t ground = on ? b->theme->chosen.bg : b->theme->paper, ink = on ? b->theme->chosen.fg : b->theme->ink;
	struct box box = {
		.bg = ground, .border = on ? ground : b->theme->ink, .border_px = b->m.thin, .radius = h / 2
	};
	put_box(b, print(b, "%s/switch", id), ROLE_PANEL, (struct rect){ x, y, w, h }, &box);
	put_box(b, print(b, "%s/knob", id), ROLE_PANEL,
		(struct rect){ on ? x + w - 2 * edge - knob : x + 2 * edge, y + 2 * edge, knob, knob },
		&(struct box){ .bg = ink, .radius = knob / 2 });
}

static int state_width(struct builder *b)
{
	struct words on = state_words(b, true), off = state_words(b, false);
	int a = words_width(b, &on), c = words_width(b, &off);
	return (a > c ? a : c) + 1;
}

/* Sign, label, word and switch side by side. Returns the height. */
static int toggle_put(struct builder *b, struct rect r, const struct toggle *toggle)
{
	int unit = b->m.unit, em = b->m.font[SIZE_BODY], round = b->m.compact ? em * 3 / 2 : 10 * unit,
	    slider = em * 12 / 5;
	struct words label = label_words(b, say(b, toggle->label)), state = state_words(b, toggle->on);
	int state_w = state_width(b), x = r.x + b->m.pad, text_x = x + round + 2 * unit;
	int state_x = r.x + r.w - b->m.pad - slider - 2 * unit - state_w, text_w = state_x - 2 * unit - text_x;
	int text_h = words_height(b, &label, text_w), state_h = words_height(b, &state, state_w);
	int h = text_h + 2 * unit > b->m.target ? text_h + 2 * unit : b->m.target;
	h = r.h > h ? r.h : h;
	struct box box = { .bg = b->theme->paper,
			   .border = toggle->on ? b->theme->line : b->theme->edge,
			   .border_px = toggle->on ? b->m.thick : b->m.thin,
			   .radius = b->m.radius };
	struct item *item = put_box(b, toggle->id, ROLE_BUTTON, (struct rect){ r.x, r.y, r.w, h }, &box);
	make_control(b, item, toggle->action, join(b, ": ", label.s, state.s, NULL));
	if (item) {
		item->selected = toggle->on;
		item->state = toggle->on ? "on" : "off";
	}
	put_round(b, toggle->id, x, r.y + (h - round) / 2, round, toggle->icon, b->theme->tint[TINT_SKY]);
	put_words(b, print(b, "%s/label", toggle->id), text_x, r.y + (h - text_h) / 2, text_w, &label);
	put_words(b, print(b, "%s/state", toggle->id), state_x, r.y + (h - state_h) / 2, state_w, &state);
	switch_put(b, toggle->id, r.x + r.w - b->m.pad - slider, r.y + (h - em * 6 / 5) / 2, toggle->on);
	return h;
}

enum { TOGGLES = 4 };

static void toggles_of(const struct builder *b, struct toggle out[TOGGLES])
{
	const struct adjust *adjust = &b->model->adjust;
	out[0] = (struct toggle){ "adjust/large", "large", "adjust large", TEXT_SCREEN_ADJUST_LARGE, adjust->large };
	out[1] = (struct toggle){ "adjust/contrast", "contrast", "adjust contrast", TEXT_SCREEN_ADJUST_CONTRAST,
				  adjust->contrast };
	out[2] = (struct toggle){ "adjust/reach", "reach", "adjust reach", TEXT_SCREEN_ADJUST_REACH, adjust->reach };
	out[3] = (struct toggle){ "adjust/speech", "listen", "adjust speech", TEXT_SCREEN_ADJUST_SPEECH,
				  b->model->speech.mode };
}

/* Rows of one or two toggles, and on which page each stands: as many on one as fit. */
struct rows {
	struct toggle toggles[TOGGLES];
	int columns, n, w, pages;
	int h[TOGGLES], page[TOGGLES];
};

static int toggle_height(struct builder *b, const struct toggle *toggle, int w)
{
	struct mark mark = mark_here(b);
	int h = toggle_put(b, (struct rect){ 0, 0, w, 0 }, toggle);
	take_back(b, mark);
	return h;
}

static struct rows rows_of(struct builder *b, struct rect area)
{
	struct rows rows = { .columns = area.w >= 2 * TWO_COLUMNS * b->m.font[SIZE_BODY] ? 2 : 1, .pages = 1 };
	toggles_of(b, rows.toggles);
	rows.n = TOGGLES / rows.columns;
	rows.w = (area.w - (rows.columns - 1) * b->m.gap) / rows.columns;
	for (int i = 0, y = 0; i < rows.n; i++) {
		for (int k = 0; k < rows.columns; k++) {
			int h = toggle_height(b, &rows.toggles[i * rows.columns + k], rows.w);
			rows.h[i] = h > rows.h[i] ? h : rows.h[i];
		}
		if (y > 0 && y + rows.h[i] > area.h) {
			rows.pages++;
			y = 0;
		}
		rows.page[i] = rows.pages - 1;
		y += rows.h[i] + b->m.gap;
	}
	return rows;
}

/* The rows of PAGE, with what room is left shared among them. */
static void toggles_put(struct builder *b, const struct rows *rows, struct rect area, int page)
{
	int spare = area.h, n = 0, most = 2 * b->m.font[SIZE_BODY], y = area.y;
	for (int i = 0; i < rows->n; i++) {
		spare -= rows->page[i] == page ? rows->h[i] + (n ? b->m.gap : 0) : 0;
		n += rows->page[i] == page;
	}
	int more = n && spare > 0 ? spare / n : 0;
	more = more < most ? more : most;
	for (int i = 0; i < rows->n; i++) {
		if (rows->page[i] != page)
			continue;
		for (int k = 0; k < rows->columns; k++)
			toggle_put(b, (struct rect){ area.x + k * (rows->w + b->m.gap), y, rows->w, rows->h[i] + more },
				   &rows->toggles[i * rows->columns + k]);
		y += rows->h[i] + more + b->m.gap;
	}
}

/* ---- the voice: two dials */

struct dial {
	const char *id;
	enum text_id title;
	int step, steps;
	struct button less, more;
};

static int dial_put(struct builder *b, struct rect r, const struct dial *dial)
{
	struct words title = { .s = tell(b, dial->title, ARG_N(dial->step + 1), ARG_N(dial->steps)),
			       .size = SIZE_NAME,
			       .weight = WEIGHT_BOLD,
			       .fg = b->theme->heading,
			       .bg = b->theme->background,
			       .heading = true };
	int y = r.y + put_words(b, dial->id, r.x, r.y, r.w, &title) + b->m.unit, half = (r.w - b->m.gap) / 2;
	int less = button_height_at(b, &dial->less, half), more = button_height_at(b, &dial->more, half);
	int h = less > more ? less : more;
	button_put(b, (struct rect){ r.x, y, half, h }, &dial->less);
	button_put(b, (struct rect){ r.x + half + b->m.gap, y, half, h }, &dial->more);
	return y + h - r.y;
}

static struct button step(const struct builder *b, const char *id, enum text_id label, const char *icon,
			  const char *action, bool off)
{
	return (struct button){ .id = id, .label = say(b, label), .icon = icon, .action = action, .off = off };
}

enum { DIALS = 2 };

/* How many dials stand on a page, and side by side. */
struct voice {
	int each, columns;
};

/* The dials of PAGE. Returns the height. */
static int voice_put(struct builder *b, struct rect area, const struct voice *voice, int page)
{
	const struct speech *speech = &b->model->speech;
	const struct dial dials[DIALS] = {
		{ "voice/volume", TEXT_SCREEN_VOICE_VOLUME, speech->volume, VOLUME_STEPS,
		  step(b, "voice/quieter", TEXT_SCREEN_VOICE_QUIETER, "minus", "voice quieter", speech->volume == 0),
		  step(b, "voice/louder", TEXT_SCREEN_VOICE_LOUDER, "plus", "voice louder",
		       speech->volume == VOLUME_STEPS - 1) },
		{ "voice/rate", TEXT_SCREEN_VOICE_RATE, speech->rate, RATE_STEPS,
		  step(b, "voice/slower", TEXT_SCREEN_VOICE_SLOWER, "minus", "voice slower", speech->rate == 0),
		  step(b, "voice/faster", TEXT_SCREEN_VOICE_FASTER, "plus", "voice faster",
		       speech->rate == RATE_STEPS - 1) },
	};
	/* What belongs together stands closer. */
	int most = 40 * b->m.font[SIZE_BODY], between = 2 * b->m.gap, top = area.y, end = top;
	area.w = (area.w - (voice->columns - 1) * between) / voice->columns;
	area.w = area.w < most ? area.w : most;
	for (int i = page * voice->each; i < (page + 1) * voice->each && i < DIALS; i++) {
		int bottom = area.y + dial_put(b, area, &dials[i]);
		end = bottom > end ? bottom : end;
		area.x += voice->columns > 1 ? area.w + between : 0;
		area.y = voice->columns > 1 ? area.y : end + b->m.gap;
	}
	return end - top;
}

static int voice_height(struct builder *b, struct rect area, const struct voice *voice)
{
	struct mark mark = mark_here(b);
	int h = voice_put(b, area, voice, 0);
	take_back(b, mark);
	return h;
}

/* Both on one page where that has the room, one below the other or else side by side. */
static struct voice voice_of(struct builder *b, struct rect area)
{
	struct voice below = { DIALS, 1 }, beside = { DIALS, DIALS };
	if (voice_height(b, area, &below) <= area.h)
		return below;
	bool wide = area.w >= 2 * TWO_COLUMNS * b->m.font[SIZE_BODY];
	return wide && voice_height(b, area, &beside) <= area.h ? beside : (struct voice){ 1, 1 };
}

/* ---- both */

/* That the next visitor finds all as usual: above, or where room is left; with the voice where the toggles leave
 * none. */
static void note_put(struct builder *b, struct rect *area, bool with_voice)
{
	struct words note = { .s = say(b, TEXT_SCREEN_ADJUST_FORGOTTEN),
			      .weight = WEIGHT_MEDIUM,
			      .fg = b->theme->ink,
			      .bg = b->theme->background };
	int w = line_room(b, SIZE_BODY, area->w), h = words_height(b, &note, w);
	struct voice voice = voice_of(b, *area);
	int room = area->h - b->m.gap - (with_voice ? voice_height(b, *area, &voice) : 0);
	if (h <= b->above.h) {
		put_words(b, "adjust/note", b->above.x, b->above.y, w, &note);
	} else if (with_voice ? h <= room : !b->m.compact) {
		put_words(b, "adjust/note", area->x, area->y, w, &note);
		area->y += h + b->m.gap;
		area->h -= h + b->m.gap;
	}
}

/* Header and pager; a header taken back first. Returns what they leave. */
static struct rect frame_put(struct builder *b, struct mark mark, struct rect whole, bool voice, struct pager *pager)
{
	take_back(b, mark);
	b->body = whole;
	header_put(b, say(b, voice ? TEXT_SCREEN_ADJUST_VOICE : TEXT_SCREEN_ADJUST), NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	pager_split(b, PAGER_FOOT, &area, pager);
	return area;
}

/* Pages of toggles, then of dials. How many there are of each depends on what their headers leave. */
enum err view_adjust(struct builder *b)
{
	struct mark mark = mark_here(b);
	struct rect whole = b->body, area = frame_put(b, mark, whole, true, &(struct pager){ 0 });
	struct pager pager;
	struct voice voice = voice_of(b, area);
	area = frame_put(b, mark, whole, false, &pager);
	note_put(b, &area, false);
	struct rows rows = rows_of(b, area);
	int pages = rows.pages + DIALS / voice.each, page = b->model->place.page;
	page = page < pages ? page : pages - 1;
	if (page < rows.pages) {
		toggles_put(b, &rows, area, page);
	} else {
		area = frame_put(b, mark, whole, true, &pager);
		note_put(b, &area, true);
		voice_put(b, area, &voice, page - rows.pages);
	}
	bool to_voice = page + 1 == rows.pages;
	pager_put(b, &pager, page, pages, page + 1 < pages, to_voice ? say(b, TEXT_SCREEN_ADJUST_VOICE) : NULL);
	return b->err;
}
