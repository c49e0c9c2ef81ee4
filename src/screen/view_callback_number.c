/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number that a visitor types. Nothing that measures, wraps, caches or lists text ever
 * sees it: each digit is drawn by itself, as wide as any other. */
#include <string.h>

#include "screen/view_callback.h"

enum { SPOKEN_SIZE = 128 };
static const double LINE = 1.4; /* from one line of digits to the next, in their size */

int digits_typed(const struct callback *callback)
{
	return (int)strlen(callback->number) - (callback->number[0] == '+');
}

/* Widths in one size of type. */
struct ruler {
	int font;
	int digit, plus, pair_gap;
	int baseline, height; /* of a line */
	int line;             /* from one to the next */
	int first;            /* how many digits stand on the first of two lines; 0: one line */
};

/* The field is as tall as digits ask for, not as the language's own letters would (Nastaliq: twice as much). */
static struct ruler ruler_of(struct builder *b, enum size size)
{
	const struct typesetter *t = b->around->typesetter;
	struct words zero = { .s = "0", .size = size, .weight = WEIGHT_BOLD, .tabular = true }, plus = zero;
	int font = b->m.font[size];
	plus.s = "+";
	struct ruler ruler = {
		.font = font, .digit = words_width(b, &zero), .height = font * 5 / 4, .line = (int)(font * LINE)
	};
	ruler.plus = words_width(b, &plus);
	ruler.pair_gap = ruler.digit / 2;
	ruler.baseline = (ruler.height + t->cap_px(t->context, lang_code(b->lang), font)) / 2;
	return ruler;
}

static int width_of(const struct ruler *ruler, int digits, bool abroad)
{
	int pairs = (digits + 1) / 2;
	return digits * ruler->digit + (pairs > 1 ? (pairs - 1) * ruler->pair_gap : 0) +
	       (abroad ? ruler->plus + ruler->pair_gap / 2 : 0);
}

static bool fits(const struct builder *b, const struct ruler *ruler, int digits, bool abroad, int w)
{
	return width_of(ruler, digits, abroad) + 4 * b->m.unit <= w;
}

/* The largest type in which the digits and a caret stand in W. Where no type is small enough, pairs stand nearer to
 * each other; and then half of them on a second line. */
static struct ruler fitting(struct builder *b, int w, enum size most, int digits, bool abroad)
{
	static const enum size sizes[] = { SIZE_CLOCK, SIZE_DATE, SIZE_TITLE, SIZE_HEADING, SIZE_NAME, SIZE_BODY };
	size_t i = 0;
	while (sizes[i] != most && i + 1 < sizeof sizes / sizeof sizes[0])
		i++;
	struct ruler ruler = ruler_of(b, sizes[i]);
	while (++i < sizeof sizes / sizeof sizes[0] && !fits(b, &ruler, digits, abroad, w))
		ruler = ruler_of(b, sizes[i]);
	struct ruler near = ruler;
	near.pair_gap = ruler.digit / 3;
	if (!fits(b, &ruler, digits, abroad, w) && fits(b, &near, digits, abroad, w))
		return near;
	if (!fits(b, &ruler, digits, abroad, w))
		ruler.first = 2 * (((digits + 1) / 2 + 1) / 2);
	return ruler;
}

static int height_of(const struct ruler *ruler)
{
	return ruler->height + (ruler->first ? ruler->line : 0);
}

/* Domestic numbers keep their size from the first digit to the last. */
static struct ruler ruler_for(struct builder *b, int w, enum size most)
{
	const struct callback *callback = &b->model->callback;
	int digits = digits_typed(callback);
	return fitting(b, w - 2 * b->m.pad, most, digits > LOCAL_DIGITS ? digits : LOCAL_DIGITS,
		       callback->number[0] == '+');
}

int number_height(struct builder *b, int w, enum size most)
{
	struct ruler local = fitting(b, w - 2 * b->m.pad, most, LOCAL_DIGITS, false), ruler = ruler_for(b, w, most);
	int least = height_of(&local), wanted = height_of(&ruler);
	return (wanted > least ? wanted : least) + 2 * b->m.unit;
}

/* What a lister may see of it. */
static const char *dots(struct builder *b, const struct callback *callback)
{
	const char *text = callback->number[0] == '+' ? "+" : "";
	for (int i = 0; i < digits_typed(callback); i++)
		text = print(b, "%s%s\xE2\x80\xA2", text, i > 0 && i % 2 == 0 ? " " : "");
	return text;
}

/* To one pair of ears the digits, pair by pair, to a room how many there are. */
static const char *spoken(struct builder *b, const struct callback *callback)
{
	int n = digits_typed(callback);
	const char *digit = callback->number + (callback->number[0] == '+');
	if (!b->model->speech.headset || n == 0)
		return tell(b, TEXT_SCREEN_CALLBACK_TYPED, ARG_N(n));
	char *out = arena_alloc(b->arena, SPOKEN_SIZE);
	size_t len = 0;
	if (!out)
		return checked(b, NULL);
	for (int i = 0; i < n; i++) {
		if (i > 0)
			out[len++] = i % 2 == 0 ? ',' : ' ';
		if (i > 0 && i % 2 == 0)
			out[len++] = ' ';
		out[len++] = digit[i];
	}
	return callback->number[0] == '+' ? print(b, "%s %s", say(b, TEXT_SCREEN_CALLBACK_PLUS), out) : out;
}

/* Each line is one character, and a constant of the program. Returns where the next one comes. Digits of a second line
 * stand below those of the first. */
static int put_digits(struct builder *b, struct item *item, const struct ruler *ruler, int x)
{
	static const char *const faces[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	const char *number = b->model->callback.number;
	size_t n = strlen(number);
	struct line *lines = ARENA_ARRAY(b->arena, n + 1, struct line);
	int baseline = (item->rect.h - height_of(ruler)) / 2 + ruler->baseline, digits = 0, start = x;
	if (!lines) {
		checked(b, NULL);
		return x;
	}
	for (size_t i = 0; i < n; i++) {
		bool plus = number[i] == '+';
		if (digits > 0 && digits == ruler->first) {
			x = start;
			baseline += ruler->line;
		} else if (digits > 0 && digits % 2 == 0) {
			x += ruler->pair_gap;
		}
		lines[i] = (struct line){ plus ? "+" : faces[(number[i] - '0') % 10], x, baseline,
					  plus ? ruler->plus : ruler->digit };
		x += lines[i].w + (plus ? ruler->pair_gap / 2 : 0);
		digits += !plus;
		start = plus ? x : start;
	}
	item->lines = lines;
	item->n_lines = n;
	return x + (digits > 0 && digits % 2 == 0 ? ruler->pair_gap / 2 : b->m.unit / 2);
}

/* AT from the left edge of the field's last LINE. The picture is mirrored as a whole, the digits in their field are
 * not. */
static void put_caret(struct builder *b, struct rect line, int at)
{
	int thick = b->m.thin * 2, tall = line.h * 4 / 5, most = line.w - b->m.unit - thick;
	at = at < most ? at : most;
	if (b->out->rtl)
		at = line.w - at - thick;
	put_box(b, "callback/caret", ROLE_PANEL,
		(struct rect){ line.x + at, line.y + (line.h - tall) / 2, thick, tall },
		&(struct box){ .bg = b->theme->line });
}

static void dress(struct builder *b, struct item *item, const struct ruler *ruler)
{
	const struct typesetter *t = b->around->typesetter;
	const struct callback *callback = &b->model->callback;
	item->text = callback->number[0] ? dots(b, callback) : NULL;
	item->spoken = spoken(b, callback);
	item->lang = checked(b, arena_strdup(b->arena, lang_code(b->lang)));
	item->weight = WEIGHT_BOLD;
	item->font_px = ruler->font;
	item->cap_px = t->cap_px(t->context, item->lang, item->font_px);
	item->tabular = true;
	item->fg = b->theme->ink;
	item->decorative = false;
	item->is_private = b->out->is_private = true;
}

void number_put(struct builder *b, struct rect rect, enum size most, bool caret)
{
	struct box box = {
		.bg = b->theme->paper, .border = b->theme->line, .border_px = b->m.thin, .radius = b->m.radius
	};
	struct ruler ruler = ruler_for(b, rect.w, most);
	const struct callback *callback = &b->model->callback;
	struct item *item = put_box(b, "callback/number", ROLE_TEXT, rect, &box);
	if (!item)
		return;
	dress(b, item, &ruler);
	int digits = digits_typed(callback) > LOCAL_DIGITS ? digits_typed(callback) : LOCAL_DIGITS;
	int left = (rect.w - width_of(&ruler, ruler.first ? ruler.first : digits, callback->number[0] == '+')) / 2;
	int end = put_digits(b, item, &ruler, left), tall = height_of(&ruler);
	struct rect last = { rect.x, rect.y + (rect.h + tall) / 2 - ruler.height, rect.w, ruler.height };
	if (caret)
		put_caret(b, last, end);
}
