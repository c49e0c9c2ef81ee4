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
	int h = number_height(b, w);
	number_put(b, (struct rect){ flow->area.x, 0, w, h }, false);
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

/* Where the buttons stand: below each other at the end side, or at the foot. */
static int choice_width(struct builder *b)
{
	struct choice first = choice_of(b, 0, 1), last = choice_of(b, 0, 0);
	return larger(larger(button_width(b, &first.yes), button_width(b, &last.yes)), button_width(b, &last.no));
}

static void choice_beside(struct builder *b, struct rect column, struct choice *choice)
{
	int h = larger(button_height(b), column.h / 5), apart = mm_px(&b->m, APART_MM);
	int y = column.y + larger(0, column.h - 2 * h - apart) / 2;
	button_put(b, (struct rect){ column.x, y, column.w, h }, &choice->yes);
	button_put(b, (struct rect){ column.x, y + h + apart, column.w, h }, &choice->no);
}

/* The height that the buttons take at the foot, with the air above them. */
static int foot_height(struct builder *b, int w, bool *in_row)
{
	int h = button_height(b), apart = mm_px(&b->m, APART_MM);
	*in_row = 2 * choice_width(b) + apart <= w;
	return (*in_row ? h : 2 * h + apart) + b->m.gap;
}

static void choice_below(struct builder *b, struct rect area, bool in_row, struct choice *choice)
{
	int h = button_height(b), apart = mm_px(&b->m, APART_MM), y = area.y + area.h - h, half = (area.w - apart) / 2;
	if (in_row) {
		button_put(b, (struct rect){ area.x + half + apart, y, half, h }, &choice->yes);
		button_put(b, (struct rect){ area.x, y, half, h }, &choice->no);
		return;
	}
	button_put(b, (struct rect){ area.x, y - h - apart, area.w, h }, &choice->yes);
	button_put(b, (struct rect){ area.x, y, area.w, h }, &choice->no);
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
	bool in_row;
	struct rect words = area;
	words.h -= foot_height(b, area.w, &in_row);
	int page = words_of_review(b, words, &last);
	struct choice choice = choice_of(b, page, last);
	choice_below(b, area, in_row, &choice);
}

/* ---- what became of it */

static const char *or_ask(struct builder *b, enum text_id call, enum text_id ask)
{
	return b->centre->phone ? tell(b, call, ARG_S(b->centre->phone)) : say(b, ask);
}

static void message(struct builder *b, const char *icon, const char *title, const char *text)
{
	message_put(b, b->body, icon, title, text);
}

static void lost(struct builder *b)
{
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	struct rect area = b->body;
	struct button again = { .id = "callback/again",
				.label = say(b, TEXT_SCREEN_CALLBACK_AGAIN),
				.primary = true,
				.action = "callback again" };
	int h = button_height(b), w = larger(button_width(b, &again), area.w / 3);
	area.h -= h + b->m.gap;
	message_put(b, area, "phone", say(b, TEXT_SCREEN_CALLBACK_LOST),
		    or_ask(b, TEXT_SCREEN_CALLBACK_LOST_CALL, TEXT_SCREEN_CALLBACK_LOST_ASK));
	button_put(b, (struct rect){ area.x + (area.w - w) / 2, area.y + area.h + b->m.gap, w, h }, &again);
}

void asked_put(struct builder *b)
{
	const struct callback *callback = &b->model->callback;
	if (callback->state == CALLBACK_LOST) {
		lost(b);
		return;
	}
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	if (callback->state == CALLBACK_SENT) {
		const char *day = date_words(b, DATE_WEEKDAY_DAY_MONTH, callback->promised);
		message(b, "done", say(b, TEXT_SCREEN_CALLBACK_SENT),
			join(b, "\n", tell(b, TEXT_SCREEN_CALLBACK_SENT_DAY, ARG_S(day)),
			     say(b, TEXT_SCREEN_CALLBACK_SENT_DONE), NULL));
	} else if (callback->state == CALLBACK_KEPT) {
		message(b, "lock", say(b, TEXT_SCREEN_CALLBACK_KEPT),
			join(b, "\n", say(b, TEXT_SCREEN_CALLBACK_KEPT_WHAT),
			     or_ask(b, TEXT_SCREEN_CALLBACK_URGENT, TEXT_SCREEN_CALLBACK_URGENT_ASK), NULL));
	} else {
		message(b, "wait", say(b, TEXT_SCREEN_CALLBACK_KEEPING), say(b, TEXT_SCREEN_CALLBACK_KEEPING_WHAT));
	}
}

void callback_none_put(struct builder *b)
{
	const char *phone = b->centre->phone;
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	message(b, "phone", phone ? tell(b, TEXT_SCREEN_CALL_WHO, ARG_S(phone)) : say(b, TEXT_SCREEN_CALLBACK),
		say(b, TEXT_SCREEN_CALLBACK_NONE_ASK));
}
