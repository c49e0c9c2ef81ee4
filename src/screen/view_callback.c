/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Ring meg": one question, a field and a large number pad. */
#include <string.h>

#include "screen/update.h"
#include "screen/view_callback.h"

static const double KEY_MOST_MM = 44, APART_MM = 15;

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

/* ---- the pad, as on a telephone; where four rows are too tall, with a fourth column */

struct pad {
	int columns, rows, key_w, key_h, apart; /* APART: from the last row to the button */
	const char *keys;
};

static struct pad pad_of(struct builder *b, int w, int h, int rows)
{
	struct pad pad = { .columns = rows == 4 ? 3 : 4,
			   .rows = rows,
			   .keys = rows == 4 ? "123456789+0e" : "123e4560789+" };
	int most = mm_px(&b->m, KEY_MOST_MM), gap = b->m.gap, foot = button_height(b);
	pad.apart = mm_px(&b->m, APART_MM);
	pad.key_h = (h - foot - pad.apart - (rows - 1) * gap) / rows;
	if (pad.key_h < b->m.target) {
		pad.apart = gap;
		pad.key_h = (h - foot - pad.apart - (rows - 1) * gap) / rows;
	}
	pad.key_h = smaller(pad.key_h, most);
	pad.key_w = smaller((w - (pad.columns - 1) * gap) / pad.columns, pad.key_h * 4 / 3);
	return pad;
}

static bool pad_is_good(const struct builder *b, const struct pad *pad)
{
	return pad->key_h >= b->m.target && pad->key_w >= b->m.target;
}

static int pad_width(const struct builder *b, const struct pad *pad)
{
	return pad->columns * pad->key_w + (pad->columns - 1) * b->m.gap;
}

static int pad_height(struct builder *b, const struct pad *pad)
{
	return pad->rows * pad->key_h + (pad->rows - 1) * b->m.gap + pad->apart + button_height(b);
}

/* The largest digits that leave air in the key. */
static enum size key_size(struct builder *b, struct rect rect)
{
	static const enum size sizes[] = { SIZE_DATE, SIZE_TITLE, SIZE_HEADING };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (b->m.font[sizes[i]] * 5 / 4 <= rect.h)
			return sizes[i];
	return SIZE_BODY;
}

static const char *key_spoken(struct builder *b, char key)
{
	if (key == 'e')
		return say(b, TEXT_SCREEN_CALLBACK_ERASE);
	return key == '+' ? say(b, TEXT_SCREEN_CALLBACK_PLUS) : print(b, "%c", key);
}

/* A sign with its word below, where the key is large enough for both. */
static void erase_face(struct builder *b, struct item *item, struct rect rect)
{
	struct words words = { .s = say(b, TEXT_SCREEN_CALLBACK_ERASE_KEY),
			       .weight = WEIGHT_SEMIBOLD,
			       .align = ALIGN_CENTRE,
			       .fg = b->theme->ink,
			       .bg = b->theme->paper };
	int sign = smaller(rect.h, rect.w) / 2, line = line_px(b, SIZE_BODY), em = b->m.font[SIZE_BODY];
	bool both = words_width(b, &words) + 2 * b->m.unit <= rect.w && line + em + b->m.unit <= rect.h;
	if (both)
		sign = smaller(sign, rect.h - line - b->m.unit);
	int top = rect.y + (rect.h - sign - (both ? line : 0)) / 2;
	if (both)
		give_words(b, item, rect.x, top + sign, rect.w, &words);
	put_icon(b, "key/erase/icon", (struct rect){ rect.x + (rect.w - sign) / 2, top, sign, sign }, "erase",
		 b->theme->ink, b->theme->paper);
}

static void key_put(struct builder *b, struct rect rect, char key)
{
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->edge, .border_px = b->m.thin, .radius = b->m.radius
	};
	const char *name = key == 'e' ? "erase" : key == '+' ? "plus" : print(b, "%c", key);
	struct item *item = put_box(b, print(b, "key/%s", name), ROLE_KEY, rect, &box);
	make_control(b, item, print(b, "key %c", key), key_spoken(b, key));
	if (key == 'e') {
		erase_face(b, item, rect);
		return;
	}
	struct words words = {
		.s = print(b, "%c", key),
		.size = key_size(b, rect),
		.weight = WEIGHT_BOLD,
		.align = ALIGN_CENTRE,
		.fg = b->theme->ink,
		.bg = box.bg,
	};
	/* Digits stand in the middle, wherever the language's own letters have their baseline. */
	struct type_block block = words_set(b, &words, rect.w);
	int cap = b->around->typesetter->cap_px(b->around->typesetter->context, lang_code(b->lang),
						b->m.font[words.size]);
	int above = block.n_lines ? block.lines[0].baseline : 0;
	give_words(b, item, rect.x, rect.y + (rect.h + cap) / 2 - above, rect.w, &words);
}

static void pad_put(struct builder *b, struct rect area, const struct pad *pad)
{
	for (int i = 0; i < pad->columns * pad->rows; i++) {
		int x = area.x + i % pad->columns * (pad->key_w + b->m.gap);
		int y = area.y + i / pad->columns * (pad->key_h + b->m.gap);
		key_put(b, (struct rect){ x, y, pad->key_w, pad->key_h }, pad->keys[i]);
	}
	struct button next = { .id = "callback/next",
			       .label = say(b, TEXT_SCREEN_CALLBACK_NEXT),
			       .icon = "forward",
			       .icon_last = true,
			       .primary = true,
			       .action = "callback review" };
	button_put(b,
		   (struct rect){ area.x, area.y + pad_height(b, pad) - button_height(b), pad_width(b, pad),
				  button_height(b) },
		   &next);
}

/* ---- question, field and what to do */

/* How much room there is: for large advice, for small, for none but in the question's place while it is needed; for
 * none but in the place of question and field, until the next key. */
enum room { ROOM_AMPLE, ROOM_SOME, ROOM_BRIEF, ROOM_SCARCE, ROOM_COUNT };

static enum size advice_size(enum room room)
{
	return room == ROOM_AMPLE ? SIZE_NAME : SIZE_BODY;
}

static const char *advice(struct builder *b, enum room room)
{
	const struct callback *callback = &b->model->callback;
	if (!callback->bad)
		return say(b, TEXT_SCREEN_CALLBACK_HOW);
	if (callback->number[0] == '+')
		return say(b, TEXT_SCREEN_CALLBACK_BAD_ABROAD);
	if (digits_typed(callback) == 0 || room == ROOM_SCARCE)
		return say(b, TEXT_SCREEN_CALLBACK_BAD_NONE);
	return tell(b, TEXT_SCREEN_CALLBACK_BAD_SHORT, ARG_N(digits_typed(callback)));
}

/* The tallest advice that may come: what it stands above does not move when it does. */
static int advice_height(struct builder *b, int w, enum room room)
{
	struct words words = { .size = advice_size(room), .weight = WEIGHT_MEDIUM };
	const char *always[] = { say(b, TEXT_SCREEN_CALLBACK_BAD_NONE), say(b, TEXT_SCREEN_CALLBACK_BAD_ABROAD),
				 say(b, TEXT_SCREEN_CALLBACK_HOW) };
	size_t n = room >= ROOM_BRIEF ? 2 : 3;
	int most = 0, inner = w - 4 * b->m.unit;
	for (size_t i = 0; i < n; i++) {
		words.s = always[i];
		most = larger(most, words_height(b, &words, inner));
	}
	for (int digits = 1; digits < LOCAL_DIGITS && room != ROOM_SCARCE; digits++) {
		words.s = tell(b, TEXT_SCREEN_CALLBACK_BAD_SHORT, ARG_N(digits));
		most = larger(most, words_height(b, &words, inner));
	}
	return most + 2 * b->m.unit;
}

static void advice_put(struct builder *b, struct rect rect, enum room room)
{
	bool bad = b->model->callback.bad;
	struct pair pair = bad ? b->theme->tint[TINT_SAND] : (struct pair){ b->theme->ink, b->theme->background };
	struct words words = {
		.s = advice(b, room), .size = advice_size(room), .weight = WEIGHT_MEDIUM, .fg = pair.fg, .bg = pair.bg
	};
	int h = words_height(b, &words, rect.w - 4 * b->m.unit) + 2 * b->m.unit;
	if (bad)
		put_box(b, "callback/advice", ROLE_PANEL, (struct rect){ rect.x, rect.y, rect.w, h },
			&(struct box){ .bg = pair.bg,
				       .border = b->theme->edge,
				       .border_px = b->m.thin,
				       .radius = b->m.radius });
	put_words(b, "callback/how", rect.x + (bad ? 2 * b->m.unit : 0), rect.y + b->m.unit, rect.w - 4 * b->m.unit,
		  &words);
}

static enum size number_size(enum room room)
{
	return room >= ROOM_BRIEF ? SIZE_TITLE : SIZE_CLOCK;
}

static int ask_put(struct builder *b, struct rect area, int y, enum room room)
{
	struct words ask = title_words(b, say(b, TEXT_SCREEN_CALLBACK_ASK), NULL);
	ask.size = room >= ROOM_BRIEF ? SIZE_HEADING : SIZE_TITLE;
	return put_words(b, "callback/ask", area.x, y, area.w, &ask);
}

/* The question, or the advice in its place. */
static int words_put(struct builder *b, struct rect area)
{
	struct mark mark = mark_here(b);
	int ask = ask_put(b, area, area.y, ROOM_BRIEF), advice_h = advice_height(b, area.w, ROOM_BRIEF);
	if (b->model->callback.bad) {
		take_back(b, mark);
		advice_put(b, area, ROOM_BRIEF);
	} else {
		move_since(b, mark, 0, larger(0, advice_h - ask));
	}
	return larger(ask, advice_h);
}

static int field_put(struct builder *b, struct rect area, int y, enum room room)
{
	int h = number_height(b, area.w, number_size(room));
	number_put(b, (struct rect){ area.x, y, area.w, h }, number_size(room), true);
	return h;
}

static int scarce_put(struct builder *b, struct rect area)
{
	struct mark mark = mark_here(b);
	int ask = ask_put(b, area, area.y, ROOM_SCARCE) + b->m.unit, advice_h = advice_height(b, area.w, ROOM_SCARCE);
	int h = ask + field_put(b, area, area.y + ask, ROOM_SCARCE);
	if (b->model->callback.bad) {
		take_back(b, mark);
		advice_put(b, area, ROOM_SCARCE);
	} else {
		move_since(b, mark, 0, larger(0, advice_h - h));
	}
	return larger(h, advice_h);
}

/* All of it, one below the other. Returns the height. */
static int question_put(struct builder *b, struct rect area, enum room room)
{
	int y = area.y;
	if (room == ROOM_SCARCE)
		return scarce_put(b, area);
	if (room == ROOM_BRIEF) {
		y += words_put(b, area) + b->m.unit;
		return y + field_put(b, area, y, room) - area.y;
	}
	y += ask_put(b, area, y, room) + 2 * b->m.unit;
	y += field_put(b, area, y, room) + b->m.unit;
	advice_put(b, (struct rect){ area.x, y, area.w, 0 }, room);
	return y + advice_height(b, area.w, room) - area.y;
}

typedef int put_fn(struct builder *b, struct rect area, enum room room);

static int height_of(struct builder *b, put_fn *put, int w, enum room room)
{
	struct mark mark = mark_here(b);
	int h = put(b, (struct rect){ b->body.x, 0, w, 0 }, room);
	take_back(b, mark);
	return h;
}

/* The most room that H is enough for. */
static enum room room_in(struct builder *b, int w, int h)
{
	enum room room = ROOM_AMPLE;
	while (room < ROOM_SCARCE && height_of(b, question_put, w, room) > h)
		room++;
	return room;
}

/* ---- where they stand */

/* How tall the pad may be at the body's foot. */
static int pad_most(const struct builder *b)
{
	return b->body.y + b->body.h - larger(b->body.y, band_top(b));
}

/* The pad at the end side. */
static void beside(struct builder *b)
{
	struct rect area = b->body;
	int between = 6 * b->m.unit, most = pad_most(b);
	struct pad pad = pad_of(b, area.w * 9 / 20, most, 4);
	if (!pad_is_good(b, &pad))
		pad = pad_of(b, area.w * 11 / 20, most, 3);
	int w = pad_width(b, &pad), h = pad_height(b, &pad), left = area.w - w - between;
	enum room room = room_in(b, left, area.h);
	int question = height_of(b, question_put, left, room);
	question_put(b, (struct rect){ area.x, area.y + larger(0, area.h - question) * 2 / 5, left, 0 }, room);
	pad_put(b, (struct rect){ area.x + area.w - w, area.y + area.h - (most + h) / 2, w, h }, &pad);
}

/* One above the other, in as much room as leaves keys of the size that is asked for. */
struct stack {
	enum room room;
	struct pad pad;
	int taken; /* by the question and the air below it */
};

static struct stack stack_of(struct builder *b)
{
	struct stack stack, best = { 0 };
	int w = b->body.w, most = pad_most(b);
	for (int i = 0; i < 2 * ROOM_COUNT; i++) {
		stack.room = (enum room)(i % ROOM_COUNT);
		stack.taken = height_of(b, question_put, w, stack.room) + 2 * b->m.unit;
		stack.pad = pad_of(b, w, smaller(most, b->body.h - stack.taken), i < ROOM_COUNT ? 4 : 3);
		if (pad_is_good(b, &stack.pad))
			return stack;
		/* As in Urdu's tall lines on the smallest panel. */
		if (i == 0 || stack.pad.key_h > best.pad.key_h)
			best = stack;
	}
	return best;
}

static void stacked(struct builder *b)
{
	struct rect area = b->body;
	struct stack stack = stack_of(b);
	int w = pad_width(b, &stack.pad), h = pad_height(b, &stack.pad), spare = larger(0, area.h - stack.taken - h);
	int foot = h + spare / 3 <= pad_most(b) ? spare / 3 : pad_most(b) - h;
	question_put(b, (struct rect){ area.x, area.y + spare / 3, area.w, 0 }, stack.room);
	pad_put(b, (struct rect){ area.x + (area.w - w) / 2, area.y + area.h - foot - h, w, h }, &stack.pad);
}

static void number_step(struct builder *b)
{
	/* What is only read may stand above what reach mode leaves to the pad. */
	header_put(b, say(b, TEXT_SCREEN_CALLBACK), NULL, CONTENT_WORDS);
	if (b->m.portrait)
		stacked(b);
	else
		beside(b);
}

enum err view_callback(struct builder *b)
{
	const struct callback *callback = &b->model->callback;
	if (!calls_back(b))
		callback_none_put(b);
	else if (callback->step == CALLBACK_REVIEW)
		review_put(b);
	else if (callback->step == CALLBACK_ASKED)
		asked_put(b);
	else
		number_step(b);
	return b->err;
}
