/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to bring a picture to the wall: by SDL's KMSDRM ("sdl", as SDL 2 does it there: a renderer and a
 * texture), and by the kiosk's own glass ("wall"). One JSON object: milliseconds until an empty picture is on the
 * panel, memory (PSS) then, and how often the thread woke in SECONDS of rest.
 *
 *     bench_presenter sdl|wall SECONDS
 */
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "io/clock.h"
#include "kiosk/glass.h"

struct shown {
	struct glass glass;
	struct drawing *drawing;
	SDL_Window *window;
	SDL_Renderer *renderer;
};

static bool show_by_sdl(struct shown *shown, int w, int h)
{
	if (SDL_Init(SDL_INIT_VIDEO) < 0)
		return false;
	shown->window = SDL_CreateWindow("presenter", 0, 0, w, h, SDL_WINDOW_FULLSCREEN);
	shown->renderer = shown->window ? SDL_CreateRenderer(shown->window, -1, SDL_RENDERER_PRESENTVSYNC) : NULL;
	if (!shown->renderer)
		return false;
	SDL_Texture *texture =
		SDL_CreateTexture(shown->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, w, h);
	SDL_Surface *picture = drawing_picture(shown->drawing);
	if (!texture || SDL_UpdateTexture(texture, NULL, picture->pixels, picture->pitch) < 0 ||
	    SDL_RenderCopy(shown->renderer, texture, NULL, NULL) < 0)
		return false;
	SDL_RenderPresent(shown->renderer);
	return true;
}

static bool show_on_glass(struct shown *shown, const struct options *options, struct fault *fault)
{
	return glass_start(&shown->glass, options, false, fault) == OK &&
	       glass_open(&shown->glass, shown->drawing, fault) == OK &&
	       glass_present(&shown->glass, NULL, fault) == OK;
}

static long pss_kb(void)
{
	char line[200];
	long kb = -1;
	FILE *file = fopen("/proc/self/smaps_rollup", "r");

	while (file && kb < 0 && fgets(line, sizeof line, file))
		if (strncmp(line, "Pss:", 4) == 0)
			kb = strtol(line + 4, NULL, 10);
	if (file)
		fclose(file);
	return kb;
}

static long wakes(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_nvcsw : -1;
}

static void rest(struct shown *shown, int64_t until_ms)
{
	struct glass_event event;
	SDL_Event other;

	for (int64_t left = 1; left > 0; left = until_ms - clock_monotonic_ms()) {
		if (shown->window)
			SDL_WaitEventTimeout(&other, (int)left);
		else
			(void)glass_wait(&shown->glass, (int)left, &event);
	}
}

int main(int argc, char **argv)
{
	int64_t start_ms = clock_monotonic_ms();
	struct shown shown = { 0 };
	struct options options;
	struct buf report;
	struct fault fault = { 0 };
	bool by_sdl = argc == 3 && strcmp(argv[1], "sdl") == 0;
	char *as_kiosk[] = { argv[0], "--feed", "none.json", NULL };

	mem_init();
	buf_init(&report, 4096);
	if (argc != 3 || options_read(&options, 3, as_kiosk, &report, &fault) ||
	    drawing_new(1920, 1080, 0, &shown.drawing, &fault))
		return 2;
	if (by_sdl ? !show_by_sdl(&shown, 1920, 1080) : !show_on_glass(&shown, &options, &fault)) {
		fprintf(stderr, "%s\n", by_sdl ? SDL_GetError() : fault.text);
		return 3;
	}
	int64_t shown_ms = clock_monotonic_ms() - start_ms;
	/* What came with the start, and input: a second. */
	rest(&shown, clock_monotonic_ms() + 1000);
	long seconds = strtol(argv[2], NULL, 10), pss = pss_kb(), before = wakes();
	rest(&shown, clock_monotonic_ms() + seconds * 1000);
	printf("{\"name\": \"presenter_%s\", \"shown_ms\": %d, \"pss_kb\": %ld, \"wakes\": %ld, \"seconds\": %ld}\n",
	       argv[1], (int)shown_ms, pss, wakes() - before, seconds);
	glass_close(&shown.glass);
	drawing_del(shown.drawing);
	options_free(&options);
	buf_free(&report);
	return 0;
}
