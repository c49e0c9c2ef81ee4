/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/warm.h"

#include <malloc.h>
#include <string.h>

#include "base/limits.h"
#include "io/clock.h"
#include "kiosk/kept.h"

void warm_init(struct warm *warm, struct drawing *drawing)
{
	*warm = (struct warm){ .drawing = drawing };
	arena_init(&warm->arena, LIMIT_PICTURE_ARENA);
}

void warm_free(struct warm *warm)
{
	arena_free(&warm->arena);
}

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
	return kept_hash(hash, &number, sizeof number);
}

/* The ways on, and what decides how they look. The minute does not: home is made anew for each. */
static uint64_t print_of(const struct model *model, const struct display *shown)
{
	const struct screen_feed *feed = model->shown.feed;
	uint64_t hash = kept_hash(KEPT_HASH, shown->view, strlen(shown->view));

	hash = kept_hash(hash, shown->lang, strlen(shown->lang));
	/* A list that waits to be drawn points into these, and they go when others come, also of the same version. */
	hash = hash_number(hash, (uintptr_t)model->shown.feed);
	hash = hash_number(hash, (uintptr_t)model->newest.feed);
	hash = hash_number(hash, feed ? (uint64_t)feed->centre->version : 0);
	hash = hash_number(hash, (uint64_t)civil_day(model->shown.now));
	for (size_t i = 0; i < shown->n_items; i++) {
		const struct item *item = &shown->items[i];

		if (item->action)
			hash = kept_hash(hash, item->action, strlen(item->action));
		hash = hash_number(hash, (uint64_t)item->font_px << 32 | (uint32_t)item->bg);
	}
	return hash;
}

/* What a visitor types is for nobody's copy of the model. */
static bool is_private(const struct model *model)
{
	return model->place.view == VIEW_CALLBACK || model->callback.number[0];
}

static bool leads_on(const struct item *item)
{
	return item->has_hit && item->enabled && item->action;
}

/* Lays out what a tap on ITEM would show. */
static enum err lay_out(struct warm *warm, const struct model *model, const struct surroundings *around,
			const struct item *item)
{
	struct model then = *model;
	struct effects effects = { 0 };
	const struct msg tap = {
		.kind = MSG_TAP, .t_ms = model->t_ms, .feed_age_s = model->newest.feed_age_s, .action = item->action
	};

	screen_update(&then, &tap, &effects);
	arena_reset(&warm->arena);
	return screen_view(&then, around, &warm->arena, &warm->next);
}

static void next_way(struct warm *warm)
{
	warm->way++;
	warm->has_next = false;
}

/* A way that cannot be made ready, or has become so, is behind us; one for which time ran out is taken up again. */
static void go_on(struct warm *warm, const struct model *model, const struct surroundings *around,
		  const struct item *item)
{
	enum err err = OK;

	if (!warm->has_next) {
		err = lay_out(warm, model, around, item);
		warm->next_item = 0;
		warm->has_next = !err;
	}
	if (!err && drawing_letters(warm->drawing) - warm->letters < WARM_BYTES)
		err = drawing_ready(warm->drawing, &warm->next, &warm->next_item);
	if (!err || !drawing_hurried(warm->drawing))
		next_way(warm);
}

/* The heap keeps what was freed, in pieces between what was not: in months that would come to some MB. */
static void end_round(struct warm *warm)
{
	next_way(warm);
	arena_free(&warm->arena);
	malloc_trim(0);
}

bool warm_step(struct warm *warm, const struct model *model, const struct surroundings *around,
	       const struct display *shown)
{
	uint64_t round = print_of(model, shown);
	int64_t until_ms = clock_monotonic_ms() + WARM_PIECE_MS;

	if (is_private(model))
		return false;
	if (round != warm->round) {
		warm->round = round;
		warm->letters = drawing_letters(warm->drawing);
		warm->way = 0;
		warm->has_next = false;
	}
	drawing_hurry(warm->drawing, until_ms);
	while (warm->way < shown->n_items && !drawing_hurried(warm->drawing) && clock_monotonic_ms() < until_ms) {
		const struct item *item = &shown->items[warm->way];

		if (leads_on(item))
			go_on(warm, model, around, item);
		else
			next_way(warm);
	}
	drawing_hurry(warm->drawing, 0);
	if (warm->way < shown->n_items)
		return true;
	if (warm->way == shown->n_items)
		end_round(warm);
	return false;
}
