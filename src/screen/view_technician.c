/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whoever hangs the screen up: its state, and where it feels fingers. */
#include "screen/flow.h"

enum { RING_MM = 18, LABEL_BODIES = 9, COLUMN_BODIES = 22, HOW_BODIES = 24 };

/* Left to right in every language: addresses, sizes and figures. */
static const char *isolated(struct builder *b, const char *s)
{
	return print(b, "\xE2\x81\xA6%s\xE2\x81\xA9", s);
}

/* The words of staff, in a language that has none, are Norwegian. */
static const char *staff_lang(const struct builder *b)
{
	return lang_has_staff(b->lang) ? NULL : "nb";
}

static const char *staff_say(struct builder *b, enum text_id id)
{
	return lang_text(lang_has_staff(b->lang) ? b->lang : lang_find("nb"), id);
}

static const char *fact_say(struct builder *b, const struct fact *fact, enum text_id id)
{
	return fact->of_staff ? staff_say(b, id) : say(b, id);
}

/* Label and value side by side; returns the height. */
static int fact_put(struct builder *b, size_t i, int x, int w)
{
	const struct fact *fact = &b->around->facts[i];
	const char *lang = fact->of_staff ? staff_lang(b) : NULL;
	int label_w = LABEL_BODIES * b->m.font[SIZE_BODY], gap = 2 * b->m.unit;
	label_w = label_w < w * 2 / 5 ? label_w : w * 2 / 5;
	struct words label = quiet_words(b, fact_say(b, fact, fact->label), lang);
	struct words value = strong_words(b, fact->value ? isolated(b, fact->value) : fact_say(b, fact, fact->text),
					  fact->value ? NULL : lang);
	int h = put_words(b, print(b, "fact/%zu", i), x, 0, label_w, &label);
	int value_h = put_words(b, print(b, "fact/%zu/value", i), x + label_w + gap, 0, w - label_w - gap, &value);
	return h > value_h ? h : value_h;
}

/* What the black box told last. */
static void doings_put(struct flow *flow)
{
	struct builder *b = flow->b;
	const struct surroundings *around = b->around;
	struct words title = quiet_words(b, staff_say(b, TEXT_STAFF_FACT_DOINGS), staff_lang(b));
	if (around->n_doings == 0)
		return;
	flow_space(flow, 3);
	flow_words(flow, "doings", &title);
	for (size_t i = 0; i < around->n_doings; i++) {
		struct words line = text_words(b, around->doings[i], "nb");
		flow_space(flow, 1);
		flow_words(flow, print(b, "doing/%zu", i), &line);
	}
}

/* In two columns where they fit. */
static void facts_put(struct flow *flow)
{
	struct builder *b = flow->b;
	const struct surroundings *around = b->around;
	size_t columns = flow->area.w >= COLUMN_BODIES * 2 * b->m.font[SIZE_BODY] ? 2 : 1;
	int between = 4 * b->m.unit, w = (flow->area.w - ((int)columns - 1) * between) / (int)columns;
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

static void compose(struct flow *flow, const void *content)
{
	struct builder *b = flow->b;
	struct words how = text_words(b, say(b, TEXT_SCREEN_TECHNICIAN_HOW), NULL);
	int w = flow->area.w, most = HOW_BODIES * b->m.font[SIZE_BODY];
	(void)content;
	flow->area.w = w < most ? w : most;
	flow_words(flow, "technician/how", &how);
	flow->area.w = w;
	facts_put(flow);
	doings_put(flow);
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
	flow_put(b, b->body, compose, NULL, NULL);
	return b->err;
}
