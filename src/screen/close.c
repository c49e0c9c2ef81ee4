/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons as near to each other as their words allow, where height is scarcer than anything else. */
#include <string.h>

#include "screen/parts.h"

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* Narrower than its longest word a label would be broken. */
static int longest_word(struct builder *b, const char *s)
{
	int most = 0;
	for (size_t len = strcspn(s, " "); *s; s += len + (s[len] == ' '), len = strcspn(s, " ")) {
		struct words word = { .s = print(b, "%.*s", (int)len, s), .weight = WEIGHT_SEMIBOLD };
		int w = words_width(b, &word);
		most = larger(most, w);
	}
	return most;
}

struct row {
	const struct button *v[CLOSE_MOST];
	int n;
};

static struct words label_words(const struct button *button)
{
	return (struct words){ .s = button->label, .weight = WEIGHT_SEMIBOLD };
}

/* How wide each of ROW is in W: as its longest word wants, and then as its line does. False: a word would be broken. */
static bool row_widths(struct builder *b, const struct row *row, int w, int out[CLOSE_MOST])
{
	int air = 2 * b->m.unit + 1, wanted[CLOSE_MOST] = { 0 }, all = 0, room = w - (row->n - 1) * b->m.gap;
	for (int i = 0; i < row->n; i++) {
		struct words label = label_words(row->v[i]);
		out[i] = longest_word(b, label.s) + air;
		wanted[i] = words_width(b, &label) + air - out[i];
		room -= out[i];
		all += wanted[i];
	}
	int lines = all < room ? all : room, rest = room - lines;
	for (int i = 0; i < row->n && room >= 0; i++)
		out[i] += (all ? lines * wanted[i] / all : 0) + rest / row->n;
	return room >= 0;
}

/* Side by side, in as many lines as they need. Returns the height; 0: a word would be broken. */
static int row_put(struct builder *b, const struct row *row, struct rect at)
{
	int width[CLOSE_MOST], h = button_height(b), x = at.x;
	if (!row_widths(b, row, at.w, width))
		return 0;
	for (int i = 0; i < row->n; i++) {
		struct words label = label_words(row->v[i]);
		struct type_block block = words_set(b, &label, width[i] - 2 * b->m.unit);
		h = block.n_lines > 1 ? larger(h, block.h + 2 * b->m.unit) : h;
	}
	for (int i = 0; i < row->n; i++) {
		struct button button = *row->v[i];
		button.icon = NULL; /* those beside each other are worth more than their arrows */
		button_put(b, (struct rect){ x, at.y, width[i], h }, &button);
		x += width[i] + b->m.gap;
	}
	return h;
}

/* Those of BUTTONS whose bit is set in FIRST in one row, the rest in a second one. Returns the height; 0: a word would
 * be broken. */
static int rows_put(struct builder *b, const struct button *buttons, int n, unsigned first, struct rect at)
{
	struct row rows[2] = { 0 };
	for (int i = 0; i < n; i++) {
		struct row *row = &rows[first >> i & 1 ? 0 : 1];
		row->v[row->n++] = &buttons[i];
	}
	int h = row_put(b, &rows[0], at);
	if (h == 0 || rows[1].n == 0)
		return h;
	at.y += h + b->m.gap;
	int more = row_put(b, &rows[1], at);
	return more ? h + b->m.gap + more : 0;
}

int buttons_close_put(struct builder *b, const struct button *buttons, int n, struct rect at)
{
	struct mark mark = mark_here(b);
	unsigned best = 0;
	int least = 0;
	for (unsigned first = 1; n <= CLOSE_MOST && first < 1u << n; first += 2) {
		int h = rows_put(b, buttons, n, first, at);
		take_back(b, mark);
		if (h && (!least || h < least)) {
			least = h;
			best = first;
		}
	}
	return best ? rows_put(b, buttons, n, best, at) : buttons_put(b, buttons, n, at.x, at.y, at.w);
}
