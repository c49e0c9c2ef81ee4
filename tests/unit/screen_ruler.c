/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen_ruler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/feed.h"

/* ---- the ruler: 0.54 em a character, 0.57 when bold: about what Inter has */

double ruler_stretch = 1;

struct pen {
	double advance;
	int width;
};

enum { LINES_MAX = 400 };

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t char_len(const char *s)
{
	size_t n = 1;
	while (is_inside(s[n]))
		n++;
	return n;
}

/* U+200B is E2 80 8B. */
static bool is_zero_width(const char *s)
{
	return s[0] == '\xE2' && s[1] == '\x80' && s[2] == '\x8B';
}

static bool is_break(const char *s)
{
	return *s == ' ' || is_zero_width(s);
}

static int width_of(const struct pen *pen, const char *s, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += !is_inside(s[i]) && !is_zero_width(s + i);
	return (int)((double)n * pen->advance + 0.999);
}

/* How many bytes of S go on a line, and where the next begins. */
static size_t take_line(const struct pen *pen, const char *s, size_t *next)
{
	size_t best = 0, best_next = 0, i = 0;
	for (;; i += char_len(s + i)) {
		bool end = s[i] == '\0' || s[i] == '\n';
		if (i > 0 && width_of(pen, s, i) > pen->width) {
			size_t word = best ? best : i - 1;
			while (!best && word > 0 && is_inside(s[word]))
				word--;
			*next = best ? best_next : word ? word : char_len(s);
			return best ? best : *next;
		}
		if (end) {
			*next = i + (s[i] == '\n');
			return i;
		}
		if (is_break(s + i)) {
			best = i;
			best_next = i + char_len(s + i);
		}
	}
}

static enum err ruler_set(void *context, struct arena *arena, const char *text, const char *lang, bool rtl,
			  const struct type_style *style, int width, size_t max_lines, struct type_block *out)
{
	(void)context, (void)lang, (void)rtl;
	struct pen pen = { .width = width };
	struct line lines[LINES_MAX];
	int each = (style->font_px * 7 + 4) / 5;
	pen.advance = style->font_px * (style->weight == WEIGHT_BOLD ? 0.57 : 0.54) * ruler_stretch;
	*out = (struct type_block){ 0 };
	size_t n = 0, next = 0;
	for (const char *s = text; *s && n < LINES_MAX; s += next) {
		if (max_lines && n == max_lines) {
			out->truncated = true;
			break;
		}
		size_t len = take_line(&pen, s, &next);
		int w = width_of(&pen, s, len), spare = width - w;
		char *copy = arena_copy(arena, s, len);
		if (!copy)
			return ERR_MEMORY;
		int x = style->align == ALIGN_CENTRE ? spare / 2 : style->align == ALIGN_END ? spare : 0;
		lines[n] = (struct line){ copy, x, (int)n * each + style->font_px, w };
		out->w = w > out->w ? w : out->w;
		n++;
	}
	out->lines = ARENA_ARRAY(arena, n + 1, struct line);
	if (!out->lines)
		return ERR_MEMORY;
	if (n > 0)
		memcpy(out->lines, lines, n * sizeof lines[0]);
	out->n_lines = n;
	out->h = (int)n * each;
	return OK;
}

static int ruler_cap(void *context, const char *lang, int font_px)
{
	(void)context, (void)lang;
	return (int)(font_px * 0.727);
}

static int ruler_line(void *context, const char *lang, int font_px)
{
	(void)context, (void)lang;
	return (font_px * 7 + 4) / 5;
}

/* Versions by the capacities of ISO/IEC 18004 at level M, alphanumeric; the modules are blank. */
static enum err ruler_qr(void *context, struct arena *arena, const char *payload, int *version,
			 const unsigned char **modules)
{
	static const size_t capacity[] = { 20, 38, 61, 90, 122, 154 };
	(void)context;
	*version = 1;
	while (*version < 6 && capacity[*version - 1] < strlen(payload))
		++*version;
	size_t side = (size_t)(17 + 4 * *version);
	*modules = arena_alloc(arena, side * side);
	return *modules ? OK : ERR_MEMORY;
}

const struct typesetter ruler = { NULL, ruler_set, ruler_cap, ruler_line, ruler_qr };

/* ---- the stage */

static char *file_read(const char *path, size_t *len)
{
	const char *top = getenv("OPPSLAG_SOURCE");
	char full[1000];
	snprintf(full, sizeof full, "%s/%s", top ? top : ".", path);
	FILE *f = fopen(full, "rb");
	assert_non_null(f);
	char *bytes = malloc(LIMIT_FEED_BYTES);
	assert_non_null(bytes);
	*len = fread(bytes, 1, LIMIT_FEED_BYTES, f);
	fclose(f);
	return bytes;
}

void stage_init(struct stage *stage, const char *feed, const char *now)
{
	memset(stage, 0, sizeof *stage);
	arena_init(&stage->feed_arena, LIMIT_FEED_ARENA);
	arena_init(&stage->picture, LIMIT_PICTURE_ARENA);
	stage->around =
		(struct surroundings){ .w = 1920, .h = 1080, .diagonal_in = 24, .scale = 1.0, .typesetter = &ruler };
	screen_init(&stage->model, NULL);
	struct civil when;
	assert_true(civil_parse(now, &when));
	if (feed) {
		struct centre *centre = NULL;
		struct fault fault;
		size_t len;
		char *bytes = file_read(feed, &len);
		enum err err = feed_read(&stage->feed_arena, bytes, len, &centre, &fault);
		free(bytes);
		assert_int_equal(err, OK);
		stage->feed = (struct screen_feed){ centre, schedule_new(centre) };
		assert_non_null(stage->feed.schedule);
		stage_send(stage, (struct msg){ .kind = MSG_FEED, .feed = &stage->feed });
	}
	stage_send(stage, (struct msg){ .kind = MSG_TICK, .now = when });
}

void stage_free(struct stage *stage)
{
	schedule_del(stage->feed.schedule);
	arena_free(&stage->picture);
	arena_free(&stage->feed_arena);
}

void stage_send(struct stage *stage, struct msg msg)
{
	screen_update(&stage->model, &msg, &stage->effects);
}

void stage_tap(struct stage *stage, const char *action)
{
	stage_send(stage, (struct msg){ .kind = MSG_TAP, .t_ms = stage->model.t_ms, .action = action });
}

const struct display *stage_view(struct stage *stage)
{
	arena_reset(&stage->picture);
	assert_int_equal(screen_view(&stage->model, &stage->around, &stage->picture, &stage->display), OK);
	return &stage->display;
}

const struct item *item_by_id(const struct display *display, const char *id)
{
	for (size_t i = 0; i < display->n_items; i++)
		if (strcmp(display->items[i].id, id) == 0)
			return &display->items[i];
	return NULL;
}

const struct item *item_by_words(const struct display *display, const char *words)
{
	for (size_t i = 0; i < display->n_items; i++)
		if (display->items[i].text && strstr(display->items[i].text, words))
			return &display->items[i];
	return NULL;
}
