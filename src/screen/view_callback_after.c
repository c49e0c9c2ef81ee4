/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question before a number is sent, with what happens to it in plain words; and what
 * became of it. The number itself is gone by then. */
#include <limits.h>
#include <string.h>

#include "screen/view_callback.h"

/* The central deletes a number the day after the call, or so long after the promised day. */
enum { KEPT_DAYS = 31 };
static const double APART_MM = 15;

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* ---- what is told before the number goes */

/* What the visitor was reading; NULL: nothing in particular, or it is gone. */
static const char *about_title(struct builder *b, const char **lang)
{
	const char *about = b->model->callback.about, *colon = strchr(about, ':');
	if (!colon)
		return NULL;
	const struct need *need = strncmp(about, "need:", 5) == 0 ? centre_need(b->centre, colon + 1) : NULL;
	const struct activity *activity = need ? NULL : centre_activity(b->centre, colon + 1);
	return need ? pick(b, need->name, lang) : activity ? pick(b, activity->name, lang) : NULL;
}

static void paragraph(struct flow *flow, const char *id, const char *s)
{
	struct words words = text_words(flow->b, s, NULL);
	flow_space(flow, 1);
	flow_words(flow, id, &words);
}

static void compose_consent(struct flow *flow)
{
	struct builder *b = flow->b;
	const char *centre = pick(b, b->centre->name, NULL), *phone = b->centre->phone;
	paragraph(flow, "callback/who",
		  join(b, " ", tell(b, TEXT_SCREEN_CALLBACK_WHO, ARG_S(centre)), say(b, TEXT_SCREEN_CALLBACK_SEES),
		       tell(b, TEXT_SCREEN_CALLBACK_UNTIL, ARG_N(b->centre->answer_days + KEPT_DAYS))));
	paragraph(flow, "callback/withdraw",
		  join(b, " ",
		       phone ? tell(b, TEXT_SCREEN_CALLBACK_WITHDRAW, ARG_S(phone))
			     : say(b, TEXT_SCREEN_CALLBACK_WITHDRAW_ASK),
		       say(b, TEXT_SCREEN_CALLBACK_COMPLAIN), NULL));
}

static void compose(struct flow *flow, const void *content)
{
	(void)content;
	struct builder *b = flow->b;
	struct words right = title_words(b, say(b, TEXT_SCREEN_CALLBACK_RIGHT), NULL);
	right.size = SIZE_HEADING;
	flow_words(flow, "callback/right", &right);
	flow_space(flow, 1);
	struct mark mark = mark_here(b);
	int w = flow->area.w < 34 * b->m.font[SIZE_BODY] / 2 ? flow->area.w : 34 * b->m.font[SIZE_BODY] / 2;
	int h = number_height(b, w, SIZE_CLOCK);
	number_put(b, (struct rect){ flow->area.x, 0, w, h }, SIZE_CLOCK, false);
	flow_block(flow, mark, h);
	const char *lang = NULL, *about = about_title(b, &lang);
	flow_space(flow, 1);
	if (about) {
		struct words words = strong_words(b, tell(b, TEXT_SCREEN_CALLBACK_ABOUT, ARG_S(about)), NULL);
		flow_words(flow, "callback/about", &words);
	}
	compose_consent(flow);
}

/* ---- two buttons, on the pages before the last one to go on and back */

struct choice {
	struct button yes, no;
};

static struct choice choice_of(struct builder *b, int page, int last)
{
	struct choice choice = {
		.yes = { .id = "callback/yes",
			 .label = say(b, TEXT_SCREEN_CALLBACK_YES),
			 .icon = "phone",
			 .primary = true,
			 .action = "callback send" },
		.no = { .id = "callback/change",
			.label = say(b, TEXT_SCREEN_CALLBACK_CHANGE),
			.icon = "back",
			.action = "callback change" },
	};
	if (page < last)
		choice.yes = (struct button){ .id = "callback/more",
					      .label = say(b, TEXT_SCREEN_CALLBACK_MORE),
					      .icon = "forward",
					      .icon_last = true,
					      .primary = true,
					      .action = print(b, "page %d", page + 1) };
	return choice;
}

static int choice_width(struct builder *b)
{
	struct choice first = choice_of(b, 0, 1), last = choice_of(b, 0, 0);
	return larger(larger(button_width(b, &first.yes), button_width(b, &last.yes)), button_width(b, &last.no));
}

/* Below each other at the end side. */
static void choice_beside(struct builder *b, struct rect column, struct choice *choice)
{
	int h = larger(button_height(b), column.h / 5), apart = mm_px(&b->m, APART_MM);
	int y = column.y + larger(0, column.h - 2 * h - apart) / 2;
	button_put(b, (struct rect){ column.x, y, column.w, h }, &choice->yes);
	button_put(b, (struct rect){ column.x, y + h + apart, column.w, h }, &choice->no);
}

/* At the foot; side by side where words fit, and on a panel that lies always, since it has no height to spare. */
struct foot {
	bool in_row;
	int h, apart;
};

/* Of a button of width W: its words stand beside a sign of one and a half body sizes. */
static int label_height(struct builder *b, const struct button *button, int w)
{
	struct words words = { .s = button->label, .weight = WEIGHT_SEMIBOLD };
	return words_height(b, &words, w - b->m.font[SIZE_BODY] * 3 / 2 - 4 * b->m.unit) + 2 * b->m.unit;
}

static struct foot foot_of(struct builder *b, int w)
{
	struct foot foot = { .h = button_height(b), .apart = mm_px(&b->m, APART_MM) };
	bool fits = 2 * choice_width(b) + foot.apart <= w;
	foot.in_row = fits || !b->m.portrait;
	for (int i = 0; i < 3 && foot.in_row; i++) {
		struct choice choice = choice_of(b, 0, i == 0);
		foot.h = larger(foot.h, label_height(b, i == 2 ? &choice.no : &choice.yes, (w - foot.apart) / 2));
	}
	return foot;
}

static int foot_height(const struct builder *b, const struct foot *foot)
{
	return (foot->in_row ? foot->h : 2 * foot->h + foot->apart) + b->m.gap;
}

static void choice_below(struct builder *b, struct rect area, const struct foot *foot, struct choice *choice)
{
	int y = area.y + area.h - foot->h, half = (area.w - foot->apart) / 2;
	if (foot->in_row) {
		button_put(b, (struct rect){ area.x, y, half, foot->h }, &choice->no);
		button_put(b, (struct rect){ area.x + half + foot->apart, y, half, foot->h }, &choice->yes);
		return;
	}
	button_put(b, (struct rect){ area.x, y - foot->h - foot->apart, area.w, foot->h }, &choice->yes);
	button_put(b, (struct rect){ area.x, y, area.w, foot->h }, &choice->no);
}

/* Returns the page that is shown, and which is the last. */
static int words_of_review(struct builder *b, struct rect area, int *last)
{
	struct mark mark = mark_here(b);
	struct flow flow = { .b = b, .area = area, .y = area.y, .wanted = INT_MAX, .ways_page = -1 };
	compose(&flow, NULL);
	take_back(b, mark);
	*last = flow.page;
	if (flow.page == 0) {
		flow_first(b, area, compose, NULL);
		return 0;
	}
	int page = b->model->place.page < flow.page ? b->model->place.page : flow.page;
	flow = (struct flow){ .b = b, .area = area, .y = area.y, .wanted = page, .ways_page = -1 };
	compose(&flow, NULL);
	return page;
}

void review_put(struct builder *b)
{
	int last;
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	struct rect area = b->body;
	int w = choice_width(b);
	if (!b->m.portrait && area.w - w >= 14 * b->m.font[SIZE_BODY] && b->m.band >= b->out->h) {
		int between = 6 * b->m.unit;
		struct rect column = { area.x + area.w - w, area.y, w, area.h };
		area.w -= w + between;
		int page = words_of_review(b, area, &last);
		struct choice choice = choice_of(b, page, last);
		choice_beside(b, column, &choice);
		return;
	}
	struct foot foot = foot_of(b, area.w);
	struct rect words = area;
	words.h -= foot_height(b, &foot);
	int page = words_of_review(b, words, &last);
	struct choice choice = choice_of(b, page, last);
	choice_below(b, area, &foot, &choice);
}

/* ---- what became of it */

struct outcome {
	const char *icon, *title, *first, *second; /* SECOND: NULL for none */
};

static struct words words_of_outcome(const struct builder *b, const char *s, enum size size, bool heading)
{
	return (struct words){
		.s = s,
		.size = size,
		.weight = heading ? WEIGHT_BOLD : WEIGHT_MEDIUM,
		.fg = heading ? b->theme->heading : b->theme->ink,
		.bg = b->theme->background,
		.heading = heading,
	};
}

/* Large and calm, in the largest type for which there is room; in the middle, but from the
 * start side where a sentence takes more than one line. Returns the height. */
static int outcome_lines(struct builder *b, struct rect area, const struct outcome *outcome, bool large)
{
	static const char *const ids[] = { "outcome/title", "outcome/first", "outcome/second" };
	enum size text = large && !b->m.compact ? SIZE_TIME : SIZE_BODY;
	struct words lines[] = { words_of_outcome(b, outcome->title, large ? SIZE_DATE : SIZE_TITLE, true),
				 words_of_outcome(b, outcome->first, text, false),
				 words_of_outcome(b, outcome->second, text, false) };
	int y = area.y, round = (large ? 26 : 16) * b->m.unit, w = area.w - area.w / 8;
	bool wraps = false;
	for (size_t i = 0; i < 3; i++)
		wraps = wraps || (lines[i].s && words_width(b, &lines[i]) > w);
	put_round(b, "outcome", wraps ? area.x + area.w / 16 : area.x + (area.w - round) / 2, y, round, outcome->icon,
		  b->theme->tint[TINT_SAND]);
	y += round + 2 * b->m.unit;
	for (size_t i = 0; i < 3; i++) {
		lines[i].align = wraps ? ALIGN_START : ALIGN_CENTRE;
		if (lines[i].s)
			y += put_words(b, ids[i], area.x + area.w / 16, y, w, &lines[i]) + 2 * b->m.unit;
	}
	return y - area.y;
}

static void outcome_put(struct builder *b, struct rect area, const struct outcome *outcome)
{
	struct mark mark = mark_here(b);
	int h = outcome_lines(b, area, outcome, true);
	if (h > area.h) {
		take_back(b, mark);
		h = outcome_lines(b, area, outcome, false);
	}
	move_since(b, mark, 0, larger(0, area.h - h) * 2 / 5);
}

static const char *or_ask(struct builder *b, enum text_id call, enum text_id ask)
{
	return b->centre->phone ? tell(b, call, ARG_S(b->centre->phone)) : say(b, ask);
}

static struct outcome outcome_of(struct builder *b)
{
	const struct callback *callback = &b->model->callback;
	bool this_year = callback->promised.year == b->model->shown.now.year;
	const char *day = date_words(b, this_year ? DATE_WEEKDAY_DAY_MONTH : DATE_FULL, callback->promised);
	switch (callback->state) {
	case CALLBACK_SENT:
		return (struct outcome){ "done", say(b, TEXT_SCREEN_CALLBACK_SENT),
					 tell(b, TEXT_SCREEN_CALLBACK_SENT_DAY, ARG_S(day)),
					 say(b, TEXT_SCREEN_CALLBACK_SENT_DONE) };
	case CALLBACK_KEPT:
		return (struct outcome){ "lock", say(b, TEXT_SCREEN_CALLBACK_KEPT),
					 say(b, TEXT_SCREEN_CALLBACK_KEPT_WHAT),
					 or_ask(b, TEXT_SCREEN_CALLBACK_URGENT, TEXT_SCREEN_CALLBACK_URGENT_ASK) };
	case CALLBACK_LOST:
		return (struct outcome){ "phone", say(b, TEXT_SCREEN_CALLBACK_LOST),
					 or_ask(b, TEXT_SCREEN_CALLBACK_LOST_CALL, TEXT_SCREEN_CALLBACK_LOST_ASK),
					 NULL };
	default:
		return (struct outcome){ "wait", say(b, TEXT_SCREEN_CALLBACK_KEEPING),
					 say(b, TEXT_SCREEN_CALLBACK_KEEPING_WHAT), NULL };
	}
}

void asked_put(struct builder *b)
{
	struct outcome outcome = outcome_of(b);
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	struct rect area = b->body;
	if (b->model->callback.state != CALLBACK_LOST) {
		outcome_put(b, area, &outcome);
		return;
	}
	struct button again = { .id = "callback/again",
				.label = say(b, TEXT_SCREEN_CALLBACK_AGAIN),
				.primary = true,
				.action = "callback again" };
	int h = button_height(b), w = larger(button_width(b, &again), area.w / 2);
	w = w < area.w ? w : area.w;
	area.h -= h + b->m.gap;
	outcome_put(b, area, &outcome);
	button_put(b, (struct rect){ area.x + (area.w - w) / 2, area.y + area.h + b->m.gap, w, h }, &again);
}

void callback_none_put(struct builder *b)
{
	const char *phone = b->centre->phone;
	struct outcome outcome = { "phone",
				   phone ? tell(b, TEXT_SCREEN_CALL_WHO, ARG_S(phone)) : say(b, TEXT_SCREEN_CALLBACK),
				   say(b, TEXT_SCREEN_CALLBACK_NONE_ASK), NULL };
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	outcome_put(b, b->body, &outcome);
}
