/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures pictures of the sample centre at 1920x1080, without a window: the
 * first one, and in each language every picture within two touches of home, as
 * it is drawn for the first time and as it is after the program had time to make
 * ready what is one touch away. Takes languages, or measures all. One JSON object
 * a line; milliseconds of the processor. */
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "core/feed.h"
#include "io/file.h"
#include "kiosk/drawing.h"
#include "kiosk/warm.h"
#include "screen/screen.h"

enum { PICTURES = 2000, FILLS = 15, REDRAWS = 15, WIDTH = 1920, HEIGHT = 1080 };

struct bench {
	struct arena feed_arena, picture_arena;
	struct centre *centre;
	struct screen_feed feed;
	struct drawing *drawing;
	struct SDL_Surface *panel;
	struct model model;
	struct surroundings surroundings;
	struct display display;
	struct warm warm;
	int64_t t_ms;
	bool ahead; /* make ready what is one touch away, as the program does while nobody touches */
	size_t n;
	double took[PICTURES];
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID,
		      &t); /* nothing here waits: what others do on this machine does not count */
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The value below which PART of N lie. */
static double quantile(double *v, size_t n, double part)
{
	size_t at = (size_t)((double)n * part);

	qsort(v, n, sizeof *v, by_size);
	return n ? v[at < n ? at : n - 1] : 0;
}

static enum err load(struct bench *b, const char *path, struct fault *fault)
{
	struct buf bytes;

	buf_init(&bytes, LIMIT_FEED_BYTES);
	arena_init(&b->feed_arena, LIMIT_FEED_ARENA);
	arena_init(&b->picture_arena, LIMIT_PICTURE_ARENA);
	enum err err = file_read(path, &bytes, fault);
	if (!err)
		err = feed_read(&b->feed_arena, bytes.bytes, bytes.len, &b->centre, fault);
	buf_free(&bytes);
	if (err)
		return err;
	b->feed.centre = b->centre;
	b->feed.schedule = schedule_new(b->centre);
	b->panel = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_RGB888);
	return b->feed.schedule && b->panel ? OK : ERR_MEMORY;
}

static void send(struct bench *b, struct msg msg)
{
	struct effects effects;

	msg.t_ms = b->t_ms += 1000;
	msg.now = (struct civil){ 2026, 11, 24, 9, 30, 0, false };
	screen_update(&b->model, &msg, &effects);
}

/* A screen that has just been switched on, in LANG. */
static enum err start(struct bench *b, const char *lang, struct fault *fault)
{
	drawing_del(b->drawing);
	enum err err = drawing_new(WIDTH, HEIGHT, 0, &b->drawing, fault);
	if (err)
		return err;
	b->surroundings = (struct surroundings){
		.w = WIDTH, .h = HEIGHT, .diagonal_in = 24, .scale = 1, .typesetter = drawing_typesetter(b->drawing)
	};
	screen_init(&b->model, &(struct habits){ .lang = lang, .night_off = true });
	send(b, (struct msg){ .kind = MSG_FEED, .feed = &b->feed });
	send(b, (struct msg){ .kind = MSG_TICK });
	warm_free(&b->warm);
	warm_init(&b->warm, b->drawing);
	b->n = 0;
	return OK;
}

/* From the model to the panel, all of it. */
static enum err picture(struct bench *b, struct fault *fault)
{
	struct rect damage = { 0 };
	double began = now_ms();

	arena_reset(&b->picture_arena);
	enum err err = screen_view(&b->model, &b->surroundings, &b->picture_arena, &b->display);
	if (!err)
		err = drawing_draw(b->drawing, &b->display, &damage, fault);
	if (!err)
		err = drawing_present(b->drawing, &damage, b->panel, NULL, fault);
	if (b->n < PICTURES)
		b->took[b->n++] = now_ms() - began;
	while (!err && b->ahead && warm_step(&b->warm, &b->model, &b->surroundings, &b->display))
		continue;
	return err;
}

static bool leads_on(const struct item *item)
{
	return item->has_hit && item->enabled && item->action && strcmp(item->action, "clean") != 0;
}

/* The actions of the picture that is shown, in memory of their own: later pictures take the place of this one. */
static size_t ways_on(const struct bench *b, struct arena *arena, char ***out)
{
	size_t n = 0;

	*out = ARENA_ARRAY(arena, b->display.n_items + 1, char *);
	for (size_t i = 0; *out && i < b->display.n_items; i++) {
		if (leads_on(&b->display.items[i]) && ((*out)[n] = arena_strdup(arena, b->display.items[i].action)))
			n++;
	}
	return n;
}

/* Taps each control of the picture that is shown, and each of what that leads to, LEVELS deep. */
static enum err walk(struct bench *b, int levels, struct fault *fault)
{
	struct model here = b->model;
	struct arena words;
	char **ways;
	enum err err = OK;

	arena_init(&words, LIMIT_PICTURE_ARENA);
	size_t n = ways_on(b, &words, &ways);
	for (size_t i = 0; i < n && !err; i++) {
		b->model = here;
		send(b, (struct msg){ .kind = MSG_TAP, .action = ways[i] });
		err = picture(b, fault);
		if (!err && levels > 1)
			err = walk(b, levels - 1, fault);
	}
	b->model = here;
	arena_free(&words);
	return err;
}

struct times {
	double p50, p99, max;
	size_t n;
};

static enum err visit(struct bench *b, const char *lang, bool ahead, struct times *out, struct fault *fault)
{
	enum err err = start(b, lang, fault);

	b->ahead = ahead;
	if (!err)
		err = picture(b, fault);
	b->n = 0; /* the first one is part of the start */
	if (!err)
		err = walk(b, 2, fault);
	*out = (struct times){ .p50 = quantile(b->took, b->n, 0.5),
			       .p99 = quantile(b->took, b->n, 0.99),
			       .max = quantile(b->took, b->n, 1),
			       .n = b->n };
	return err;
}

/* All of home drawn again, letters and icons at hand. */
static enum err redraw(struct bench *b, double *out, struct fault *fault)
{
	double took[REDRAWS];
	enum err err = OK;

	arena_reset(&b->picture_arena);
	err = screen_view(&b->model, &b->surroundings, &b->picture_arena, &b->display);
	for (int i = 0; i < REDRAWS && !err; i++) {
		struct rect damage;

		b->display.background ^= 1;
		double began = now_ms();
		err = drawing_draw(b->drawing, &b->display, &damage, fault);
		took[i] = now_ms() - began;
	}
	*out = quantile(took, REDRAWS, 0.5);
	return err;
}

static enum err language(struct bench *b, const char *lang, struct fault *fault)
{
	struct times first, ready;
	double again = 0;
	enum err err = visit(b, lang, false, &first, fault);

	if (!err)
		err = visit(b, lang, true, &ready, fault);
	if (!err)
		err = redraw(b, &again, fault);
	if (err)
		return err;
	printf("{\"what\": \"language\", \"lang\": \"%s\", \"pictures\": %zu, \"first_p50_ms\": %.3f, \"first_p99_ms\": %.3f, "
	       "\"ready_p50_ms\": %.3f, \"ready_p99_ms\": %.3f, \"redraw_ms\": %.3f, \"budget_p99_ms\": 16.667}\n",
	       lang, first.n, first.p50, first.p99, ready.p50, ready.p99, again);
	return OK;
}

/* What the memory of this machine allows: one colour over all of the picture. */
static void fill(struct bench *b)
{
	double took[FILLS];

	for (int i = 0; i < FILLS; i++) {
		double began = now_ms();
		memset(b->panel->pixels, i, (size_t)b->panel->pitch * HEIGHT);
		took[i] = now_ms() - began;
	}
	printf("{\"what\": \"fill\", \"p50_ms\": %.3f}\n", quantile(took, FILLS, 0.5));
}

static bool is_asked(const char *lang, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], lang) == 0)
			return true;
	}
	return argc < 2;
}

static enum err run(struct bench *b, int argc, char **argv, struct fault *fault)
{
	double began = now_ms();
	enum err err = load(b, "assets/sample/centre.json", fault);

	if (!err)
		err = start(b, "nb", fault);
	if (!err)
		err = picture(b, fault);
	if (err)
		return err;
	printf("{\"what\": \"first_picture_in_process\", \"ms\": %.3f}\n", now_ms() - began);
	fill(b);
	for (size_t i = 0; i < lang_count() && !err; i++) {
		if (is_asked(lang_code(lang_at(i)), argc, argv))
			err = language(b, lang_code(lang_at(i)), fault);
	}
	return err;
}

int main(int argc, char **argv)
{
	static struct bench bench;
	struct fault fault = { 0 };
	char line[512];
	enum err err = run(&bench, argc, argv, &fault);

	if (err) {
		fault_print(&fault, line, sizeof line);
		fprintf(stderr, "bench: %s\n", line);
	}
	warm_free(&bench.warm);
	drawing_del(bench.drawing);
	SDL_FreeSurface(bench.panel);
	schedule_del(bench.feed.schedule);
	arena_free(&bench.feed_arena);
	arena_free(&bench.picture_arena);
	return err_exit_code(err);
}
