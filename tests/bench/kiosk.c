/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures one picture of the sample centre at 1920x1080: from a tap to the
 * display list, and from the list to pixels. One JSON object a line, medians. */
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "core/feed.h"
#include "io/file.h"
#include "kiosk/drawing.h"
#include "screen/screen.h"

enum { REPEATS = 61, WIDTH = 1920, HEIGHT = 1080 };

struct bench {
	struct arena feed_arena, picture_arena;
	struct centre *centre;
	struct screen_feed feed;
	struct drawing *drawing;
	struct SDL_Surface *panel;
	struct model model;
	struct surroundings surroundings;
	int64_t t_ms;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void print(const char *what, double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_size);
	printf("{\"what\": \"%s\", \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"min_ms\": %.3f}\n", what, v[n / 2],
	       v[n - 1 - n / 100], v[0]);
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
	if (!b->feed.schedule || !b->panel)
		return ERR_MEMORY;
	return drawing_new(WIDTH, HEIGHT, 0, &b->drawing, fault);
}

static void send(struct bench *b, struct msg msg)
{
	struct effects effects;

	msg.t_ms = b->t_ms += 100;
	msg.now = (struct civil){ 2026, 11, 24, 9, 30, 0, false };
	screen_update(&b->model, &msg, &effects);
}

static void tap(struct bench *b, const char *action)
{
	send(b, (struct msg){ .kind = MSG_TAP, .action = action });
}

/* Draws what the model says; the times of making the list, drawing and presenting it. */
static enum err picture(struct bench *b, double took[3], struct fault *fault)
{
	struct display display;
	struct rect damage = { 0 };
	double t0 = now_ms();

	arena_reset(&b->picture_arena);
	enum err err = screen_view(&b->model, &b->surroundings, &b->picture_arena, &display);
	double t1 = now_ms();
	if (!err)
		err = drawing_draw(b->drawing, &display, &damage, fault);
	double t2 = now_ms();
	if (!err)
		err = drawing_present(b->drawing, &damage, b->panel, NULL, fault);
	took[0] = t1 - t0;
	took[1] = t2 - t1;
	took[2] = now_ms() - t2;
	return err;
}

static enum err turn_about(struct bench *b, const char *inside, struct fault *fault)
{
	double list[2 * REPEATS], draw[2 * REPEATS], all[2 * REPEATS];
	double took[3];

	for (int i = 0; i < 2 * REPEATS; i++) {
		tap(b, i % 2 ? "home" : inside);
		enum err err = picture(b, took, fault);
		if (err)
			return err;
		list[i] = took[0];
		draw[i] = took[1];
		all[i] = took[0] + took[1] + took[2];
	}
	print("view_list", list, 2 * REPEATS);
	print("redraw", draw, 2 * REPEATS);
	print("tap_to_panel", all, 2 * REPEATS);
	return OK;
}

static enum err run(struct bench *b, struct fault *fault)
{
	double took[3], began = now_ms();
	char inside[ACTION_SIZE];
	enum err err = load(b, "assets/sample/centre.json", fault);

	if (err)
		return err;
	screen_init(&b->model, &(struct habits){ .lang = "nb" });
	b->surroundings = (struct surroundings){
		.w = WIDTH, .h = HEIGHT, .diagonal_in = 24, .scale = 1, .typesetter = drawing_typesetter(b->drawing)
	};
	send(b, (struct msg){ .kind = MSG_FEED, .feed = &b->feed });
	send(b, (struct msg){ .kind = MSG_TICK });
	err = picture(b, took, fault);
	if (err)
		return err;
	printf("{\"what\": \"first_picture_in_process\", \"ms\": %.3f}\n", now_ms() - began);
	snprintf(inside, sizeof inside, "open need:%s", b->centre->n_needs ? b->centre->needs[0].id : "");
	return turn_about(b, inside, fault);
}

int main(void)
{
	struct bench bench = { 0 };
	struct fault fault = { 0 };
	char line[512];
	enum err err = run(&bench, &fault);

	if (err) {
		fault_print(&fault, line, sizeof line);
		fprintf(stderr, "bench: %s\n", line);
	}
	drawing_del(bench.drawing);
	SDL_FreeSurface(bench.panel);
	schedule_del(bench.feed.schedule);
	arena_free(&bench.feed_arena);
	arena_free(&bench.picture_arena);
	return err_exit_code(err);
}
