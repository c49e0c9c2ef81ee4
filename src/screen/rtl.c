/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages that are written from right to left. Layout is always made as if left to right; the finished picture is
 * then turned over once, here. Inside a line the typesetter orders words; what would come out backwards there is
 * isolated. */
#include <ctype.h>
#include <string.h>

#include "screen/rtl.h"

/* ---- numbers, times, addresses */

#define LRI "\xE2\x81\xA6" /* U+2066 */
#define PDI "\xE2\x81\xA9" /* U+2069 */
static const char EN_DASH[] = "\xE2\x80\x93";

const char *ltr(struct builder *b, const char *s)
{
	return s && b->out->rtl ? print(b, LRI "%s" PDI, s) : s;
}

static bool is_latin(char c)
{
	return isalnum((unsigned char)c) && !((unsigned char)c & 0x80);
}

/* Bytes that may join two letters or digits into one number, time or address: "800 80 000", "10:30-15:00". */
static size_t joiner(const char *from, const char *s)
{
	if (strncmp(s, EN_DASH, 3) == 0)
		return 3;
	if (*s && strchr("@._:/+%#?=&-", *s))
		return 1;
	bool between_digits = *s == ' ' && s > from && isdigit((unsigned char)s[-1]) && isdigit((unsigned char)s[1]);
	return between_digits ? 1 : 0;
}

/* How long the run is that begins at S: up to its last letter, digit or slash. */
static size_t run_length(const char *s)
{
	size_t end = 0, i = *s == '+';
	for (size_t step = 1; step; i += step) {
		step = is_latin(s[i]) ? 1 : joiner(s, s + i);
		if (is_latin(s[i]) || s[i] == '/' || s[i] == '%')
			end = i + 1;
	}
	return end;
}

/* A word of letters alone keeps its way by itself. */
static bool is_number_or_address(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isdigit((unsigned char)s[i]) || strchr("@./", s[i]))
			return true;
	return false;
}

/* Within Arabic letters "800 80 000" would be shown as "000 80 800", another number (Unicode UAX #9, W2 and N1). */
const char *isolated(struct builder *b, const char *s)
{
	const char *out = "", *done = s;
	for (const char *p = s; p && *p;) {
		size_t len = is_latin(*p) || *p == '+' ? run_length(p) : 0;
		if (len > 0 && is_number_or_address(p, len)) {
			out = print(b, "%s%.*s" LRI "%.*s" PDI, out, (int)(p - done), done, (int)len, p);
			done = p + len;
		}
		p += len ? len : 1;
	}
	return done == s ? s : print(b, "%s%s", out, done);
}

/* ---- the picture */

static int turned(const struct display *d, struct rect r)
{
	return d->w - r.x - r.w;
}

static const char *turned_icon(const char *icon)
{
	static const char *const pairs[][2] = { { "back", "forward" }, { "previous", "next" } };
	for (size_t i = 0; icon && i < sizeof pairs / sizeof pairs[0]; i++)
		for (int side = 0; side < 2; side++)
			if (strcmp(icon, pairs[i][side]) == 0)
				return pairs[i][!side];
	return icon;
}

static enum err turn_lines(struct arena *arena, struct item *item)
{
	struct line *lines = ARENA_ARRAY(arena, item->n_lines + 1, struct line);
	if (!lines)
		return ERR_MEMORY;
	for (size_t i = 0; i < item->n_lines; i++) {
		lines[i] = item->lines[i];
		lines[i].x = item->rect.w - lines[i].x - lines[i].w;
	}
	item->lines = lines;
	return OK;
}

static enum err turn(struct arena *arena, const struct display *d, struct item *item)
{
	item->rect.x = turned(d, item->rect);
	if (item->has_hit)
		item->hit.x = turned(d, item->hit);
	item->icon = turned_icon(item->icon);
	/* A number that is being typed is one line, a character each. */
	return item->n_lines && !item->is_private ? turn_lines(arena, item) : OK;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* What holds all keys: 1 2 3 stand that way round in every language. */
static struct rect pad_of(const struct display *d)
{
	struct rect pad = { 0 };
	for (size_t i = 0; i < d->n_items; i++) {
		struct rect r = d->items[i].rect;
		if (d->items[i].role != ROLE_KEY)
			continue;
		if (pad.w == 0)
			pad = r;
		int right = larger(pad.x + pad.w, r.x + r.w), bottom = larger(pad.y + pad.h, r.y + r.h);
		pad.x = r.x < pad.x ? r.x : pad.x;
		pad.y = r.y < pad.y ? r.y : pad.y;
		pad.w = right - pad.x;
		pad.h = bottom - pad.y;
	}
	return pad;
}

static bool inside(struct rect a, struct rect b)
{
	return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
}

/* How far the keys at the pad's left (else right) side answer beyond it: less towards the bezel. */
static int beyond(const struct display *d, struct rect pad, bool left)
{
	for (size_t i = 0; i < d->n_items; i++) {
		struct rect r = d->items[i].rect, hit = d->items[i].hit;
		if (d->items[i].role == ROLE_KEY && left && r.x == pad.x)
			return r.x - hit.x;
		if (d->items[i].role == ROLE_KEY && !left && r.x + r.w == pad.x + pad.w)
			return hit.x + hit.w - r.x - r.w;
	}
	return 0;
}

/* The pad goes to the other side as it is, but what its outer keys answer beyond it changes sides. */
static void move_key(struct item *item, struct rect pad, int left, int right, int dx)
{
	bool first = item->rect.x == pad.x, last = item->rect.x + item->rect.w == pad.x + pad.w;
	if (item->has_hit && first) {
		item->hit.x += left - right;
		item->hit.w += right - left;
	}
	if (item->has_hit && last)
		item->hit.w += left - right;
	item->rect.x += dx;
	item->hit.x += dx;
}

enum err rtl_turn(struct display *display, struct arena *arena)
{
	struct rect pad = pad_of(display);
	int dx = turned(display, pad) - pad.x;
	int left = beyond(display, pad, true), right = beyond(display, pad, false);
	for (size_t i = 0; display->rtl && i < display->n_items; i++) {
		struct item *item = &display->items[i];
		if (pad.w > 0 && inside(item->rect, pad)) {
			move_key(item, pad, left, right, dx);
			continue;
		}
		if (turn(arena, display, item) != OK)
			return ERR_MEMORY;
	}
	return OK;
}
