/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whoever hangs the screen up: its state, and where it feels fingers. */
#include "screen/flow.h"

enum { RING_MM = 18, LABEL_BODIES = 9, COLUMN_BODIES = 22, HOW_BODIES = 24 };

/* Left to right in every language: addresses, sizes and figures. */
static const char *isolated(struct builder *b, const char *s)
{
	return print(b, "\xE2\x81\xA6%s\xE2\x81\xA9", s);
}

/* Label and value side by side; returns the height. */
static int fact_put(struct builder *b, size_t i, int x, int w)
{
	const struct fact *fact = &b->around->facts[i];
	int label_w = LABEL_BODIES * b->m.font[SIZE_BODY], gap = 2 * b->m.unit;
	label_w = label_w < w * 2 / 5 ? label_w : w * 2 / 5;
	struct words label = quiet_words(b, say(b, fact->label), NULL);
	struct words value = strong_words(b, fact->value ? isolated(b, fact->value) : say(b, fact->text), NULL);
	int h = put_words(b, print(b, "fact/%zu", i), x, 0, label_w, &label);
	int value_h = put_words(b, print(b, "fact/%zu/value", i), x + label_w + gap, 0, w - label_w - gap, &value);
	return h > value_h ? h : value_h;
}

/* In two columns where they fit. */
static void compose(struct flow *flow, const void *content)
{
	const struct surroundings *around = content;
	struct builder *b = flow->b;
	struct words how = text_words(b, say(b, TEXT_SCREEN_TECHNICIAN_HOW), NULL);
	int w = flow->area.w, most = HOW_BODIES * b->m.font[SIZE_BODY];
	flow->area.w = w < most ? w : most;
	flow_words(flow, "technician/how", &how);
	flow->area.w = w;
	size_t columns = flow->area.w >= COLUMN_BODIES * 2 * b->m.font[SIZE_BODY] ? 2 : 1;
	int between = 4 * b->m.unit;
	w = (flow->area.w - ((int)columns - 1) * between) / (int)columns;
	for (size_t i = 0; i < around->n_facts; i += columns) {
		struct mark mark = mark_here(b);
		int h = 0;
		for (size_t k = i; k < i + columns && k < around->n_facts; k++) {
			int own = fact_put(b, k, flow->area.x + (int)(k - i) * (w + between), w);
			h = own > h ? own : h;
		}
		flow_space(flow, 1);
		flow_block(flow, mark, h);
	}
}

/* A ring around the contact and a cross through it; its place in pixels beside it. */
static void contact_put(struct builder *b, int i, const struct raw_contact *raw)
{
	int side = mm_px(&b->m, RING_MM), thin = b->m.thin, w = b->out->w, h = b->out->h;
	struct box line = { .bg = b->theme->line };
	put_box(b, print(b, "raw/%d/across", i), ROLE_PANEL, (struct rect){ 0, raw->y - thin / 2, w, thin }, &line);
	put_box(b, print(b, "raw/%d/down", i), ROLE_PANEL, (struct rect){ raw->x - thin / 2, 0, thin, h }, &line);
	put_box(b, print(b, "raw/%d", i), ROLE_PANEL, (struct rect){ raw->x - side / 2, raw->y - side / 2, side, side },
		&(struct box){
			.bg = COLOUR_NONE, .border = b->theme->line, .border_px = b->m.thick, .radius = side / 2 });
	struct words words = { .s = isolated(b, print(b, "%d: %d, %d", i + 1, raw->x, raw->y)),
			       .weight = WEIGHT_BOLD,
			       .fg = b->theme->ink,
			       .bg = b->theme->background,
			       .tabular = true };
	int text_w = words_width(b, &words) + 1, text_h = line_px(b, SIZE_BODY);
	int x = raw->x + side / 2 + text_w < w ? raw->x + side / 2 : raw->x - side / 2 - text_w;
	int y = raw->y - side / 2 - text_h > 0 ? raw->y - side / 2 - text_h : raw->y + side / 2;
	put_words(b, print(b, "raw/%d/place", i), x > 0 ? x : 0, y, text_w, &words);
}

void raw_put(struct builder *b)
{
	for (int i = 0; i < RAW_MAX; i++)
		if (b->model->raw[i].on)
			contact_put(b, i, &b->model->raw[i]);
}

enum err view_technician(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_TECHNICAL), NULL, CONTENT_WORDS);
	flow_put(b, b->body, compose, b->around, NULL);
	return b->err;
}
