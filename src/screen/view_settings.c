/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What in the settings is wrong, line by line, and what to write instead. */
#include <string.h>

#include "screen/flow.h"

enum { WIDTH_BODIES = 25 };

static const char *where(struct builder *b, const struct advice *advice)
{
	if (advice->line == 0)
		return NULL;
	if (!advice->written)
		return tell(b, TEXT_SCREEN_SETTINGS_LINE_ONLY, ARG_N(advice->line));
	return tell(b, TEXT_SCREEN_SETTINGS_LINE, ARG_N(advice->line), ARG_S(advice->written));
}

static void advice_put(struct flow *flow, size_t i, const struct advice *advice)
{
	struct builder *b = flow->b;
	const char *what = checked(b, lang_format_args(b->arena, b->lang, advice->text, advice->n_args, advice->args));
	struct words line = strong_words(b, where(b, advice), NULL), how = text_words(b, what, NULL);
	if (!line.s)
		line = how;
	flow_space(flow, 3);
	flow_fact(flow, print(b, "settings/%zu", i), "technical", &line, line.s == how.s ? NULL : &how);
}

/* Nothing is shown but this until somebody says where the content is. */
static void compose_unset(struct flow *flow, const struct settings_state *settings)
{
	struct builder *b = flow->b;
	struct words title = title_words(b, say(b, TEXT_SCREEN_SETTINGS_UNSET), NULL);
	struct words how = text_words(b, tell(b, TEXT_SCREEN_SETTINGS_UNSET_HOW, ARG_S(settings->file)), NULL);
	struct words line = strong_words(b, print(b, "\xE2\x81\xA6%s\xE2\x81\xA9", settings->source), NULL);
	title.size = SIZE_HEADING;
	flow_words(flow, "settings/unset", &title);
	flow_space(flow, 1);
	flow_words(flow, "settings/how", &how);
	flow_space(flow, 2);
	flow_words(flow, "settings/write", &line);
}

static void compose(struct flow *flow, const void *content)
{
	const struct settings_state *settings = content;
	struct builder *b = flow->b;
	/* Short words in a narrow letter: 55 of them are less wide than in running text (accessibility D2). */
	int most = WIDTH_BODIES * b->m.font[SIZE_BODY];
	flow->area.w = flow->area.w < most ? flow->area.w : most;
	if (settings->source) {
		compose_unset(flow, settings);
	} else {
		struct words intro = text_words(b, tell(b, TEXT_SCREEN_SETTINGS_INTRO, ARG_S(settings->file)), NULL);
		struct words how = text_words(b, tell(b, TEXT_SCREEN_SETTINGS_HOW, ARG_S(settings->file)), NULL);
		flow_words(flow, "settings/intro", &intro);
		flow_words(flow, "settings/how", &how);
	}
	for (size_t i = 0; i < settings->n; i++)
		advice_put(flow, i, &settings->advice[i]);
	if (settings->n_more) {
		struct words more =
			text_words(b, tell(b, TEXT_SCREEN_SETTINGS_MORE, ARG_N((int64_t)settings->n_more)), NULL);
		flow_space(flow, 3);
		flow_words(flow, "settings/more", &more);
	}
}

static struct button on_button(struct builder *b)
{
	return (struct button){ .id = "continue",
				.label = say(b, TEXT_SCREEN_SETTINGS_ON),
				.icon = "forward",
				.icon_last = true,
				.primary = true,
				.action = "home" };
}

/* At the foot of AREA, whose rest is left. */
static void on_put(struct builder *b, struct rect *area)
{
	struct button on = on_button(b);
	int h = button_height(b), w = button_width(b, &on), least = area->w / 3;
	w = w < least ? least : w;
	button_put(b, (struct rect){ area->x + area->w - w, area->y + area->h - h, w, h }, &on);
	area->h -= h + b->m.gap;
}

static struct item *next_since(struct builder *b, struct mark mark, size_t *at)
{
	for (*at = mark.n; *at < b->out->n_items; ++*at)
		if (strcmp(b->out->items[*at].id, "page/next") == 0)
			return &b->out->items[*at];
	return NULL;
}

/* On the last of several pages it stands where there is no next one. */
static void pages_end(struct builder *b, struct mark mark)
{
	size_t at;
	struct item *next = next_since(b, mark, &at);
	struct button on = on_button(b);
	if (!next || next->has_hit)
		return;
	struct rect rect = next->rect;
	if (button_width(b, &on) > rect.w)
		on.icon = NULL;
	/* Otherwise there is Home. */
	if (button_width(b, &on) > rect.w)
		return;
	take_back(b, (struct mark){ at, b->focus });
	button_put(b, rect, &on);
}

enum err view_settings(struct builder *b)
{
	const struct settings_state *settings = &b->model->habits.settings;
	header_put(b, say(b, TEXT_SCREEN_SETTINGS), NULL, CONTENT_WORDS);
	struct rect area = b->body;
	struct mark mark = mark_here(b);
	size_t at;
	if (settings->n == 0 && !settings->source) {
		message_put(b, area, "checkmark", say(b, TEXT_SCREEN_SETTINGS_GOOD),
			    say(b, TEXT_SCREEN_SETTINGS_GOOD_HOW));
		return b->err;
	}
	/* Without content there is nothing to go on to. */
	if (!settings->source)
		on_put(b, &area);
	flow_put(b, area, compose, settings, NULL);
	if (settings->source || !next_since(b, mark, &at))
		return b->err;
	take_back(b, mark);
	flow_put(b, b->body, compose, settings, NULL);
	pages_end(b, mark);
	return b->err;
}
