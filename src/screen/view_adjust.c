/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the visitor wants the screen: size, contrast, reach, speech; and the voice. */
#include "screen/parts.h"

enum { PAGES = 2, TWO_COLUMNS = 17 };

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

static void toggles_put(struct builder *b, struct rect area)
{
	const struct adjust *adjust = &b->model->adjust;
	const struct toggle toggles[] = {
		{ "adjust/large", "large", "adjust large", TEXT_SCREEN_ADJUST_LARGE, adjust->large },
		{ "adjust/contrast", "contrast", "adjust contrast", TEXT_SCREEN_ADJUST_CONTRAST, adjust->contrast },
		{ "adjust/reach", "reach", "adjust reach", TEXT_SCREEN_ADJUST_REACH, adjust->reach },
		{ "adjust/speech", "listen", "adjust speech", TEXT_SCREEN_ADJUST_SPEECH, b->model->speech.mode },
	};
	enum { N = sizeof toggles / sizeof toggles[0] };
	int gap = b->m.gap, columns = area.w >= 2 * TWO_COLUMNS * b->m.font[SIZE_BODY] ? 2 : 1, rows = N / columns;
	int w = (area.w - (columns - 1) * gap) / columns, h = (area.h - (rows - 1) * gap) / rows, y = area.y;
	int most = 5 * b->m.font[SIZE_BODY];
	for (int row = 0; row < rows; row++) {
		int tallest = 0;
		for (int i = 0; i < columns; i++) {
			struct rect r = { area.x + i * (w + gap), y, w, h < most ? h : most };
			int put = toggle_put(b, r, &toggles[row * columns + i]);
			tallest = put > tallest ? put : tallest;
		}
		y += tallest + gap;
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
	int h = button_height(b);
	button_put(b, (struct rect){ r.x, y, half, h }, &dial->less);
	button_put(b, (struct rect){ r.x + half + b->m.gap, y, half, h }, &dial->more);
	return y + h - r.y;
}

static struct button step(const struct builder *b, const char *id, enum text_id label, const char *icon,
			  const char *action, bool off)
{
	return (struct button){ .id = id, .label = say(b, label), .icon = icon, .action = action, .off = off };
}

static void voice_put(struct builder *b, struct rect area)
{
	const struct speech *speech = &b->model->speech;
	const struct dial dials[] = {
		{ "voice/volume", TEXT_SCREEN_VOICE_VOLUME, speech->volume, VOLUME_STEPS,
		  step(b, "voice/quieter", TEXT_SCREEN_VOICE_QUIETER, "minus", "voice quieter", speech->volume == 0),
		  step(b, "voice/louder", TEXT_SCREEN_VOICE_LOUDER, "plus", "voice louder",
		       speech->volume == VOLUME_STEPS - 1) },
		{ "voice/rate", TEXT_SCREEN_VOICE_RATE, speech->rate, RATE_STEPS,
		  step(b, "voice/slower", TEXT_SCREEN_VOICE_SLOWER, "minus", "voice slower", speech->rate == 0),
		  step(b, "voice/faster", TEXT_SCREEN_VOICE_FASTER, "plus", "voice faster",
		       speech->rate == RATE_STEPS - 1) },
	};
	int most = 40 * b->m.font[SIZE_BODY];
	area.w = area.w < most ? area.w : most;
	area.y += dial_put(b, area, &dials[0]) + b->m.gap;
	dial_put(b, area, &dials[1]);
}

/* ---- both */

/* That the next visitor finds all as usual; on the second page where the first has no room for it. */
static void note_put(struct builder *b, struct rect *area, int page)
{
	if (page == 0 && b->m.compact)
		return;
	struct words note = { .s = say(b, TEXT_SCREEN_ADJUST_FORGOTTEN),
			      .weight = WEIGHT_MEDIUM,
			      .fg = b->theme->ink,
			      .bg = b->theme->background };
	struct rect at = b->above.h > 3 * line_px(b, SIZE_BODY) ? b->above : *area;
	int h = put_words(b, "adjust/note", at.x, at.y, at.w, &note) + b->m.gap;
	if (at.y == area->y) {
		area->y += h;
		area->h -= h;
	}
}

enum err view_adjust(struct builder *b)
{
	int page = b->model->place.page < PAGES ? b->model->place.page : PAGES - 1;
	struct pager pager;
	header_put(b, say(b, page ? TEXT_SCREEN_ADJUST_VOICE : TEXT_SCREEN_ADJUST), NULL, CONTENT_CONTROLS);
	struct rect area = b->body;
	pager_split(b, PAGER_FOOT, &area, &pager);
	note_put(b, &area, page);
	if (page == 0)
		toggles_put(b, area);
	else
		voice_put(b, area);
	pager_put(b, &pager, page, PAGES, page + 1 < PAGES, page + 1 < PAGES ? say(b, TEXT_SCREEN_ADJUST_VOICE) : NULL);
	return b->err;
}
