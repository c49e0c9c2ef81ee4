/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "screen/cards.h"
#include "screen/update.h"

/* ---- night */

/* Open hours, an hour to each side, are no night; nor are 7 to 22. But 23 to 6 always is, also
 * where somebody is on duty around the clock: a panel wants its rest. */
enum { DAY_BEGINS = 7 * 60, DAY_ENDS = 22 * 60, BESIDE_HOURS = 60, NIGHT_SURELY = 23 * 60, MORNING_SURELY = 6 * 60 };

static int within(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

static void day_of(const struct centre *centre, struct civil now, int *from, int *to)
{
	*from = DAY_BEGINS;
	*to = DAY_ENDS;
	const struct opening *today = centre ? &centre->opening[civil_weekday(now)] : NULL;
	for (size_t i = 0; today && i < today->n; i++) {
		if (today->v[i].opens - BESIDE_HOURS < *from)
			*from = today->v[i].opens - BESIDE_HOURS;
		if (today->v[i].closes + BESIDE_HOURS > *to)
			*to = today->v[i].closes + BESIDE_HOURS;
	}
	*from = within(*from, MORNING_SURELY, DAY_BEGINS);
	*to = within(*to, DAY_ENDS, NIGHT_SURELY);
}

bool is_night(const struct model *model)
{
	const struct habits *habits = &model->habits;
	bool no_time_yet = model->next_minute_ms == 0;
	if (habits->night_off || no_time_yet || model->shown.clock_unsure)
		return false;
	int from = habits->night_to, to = habits->night_from; /* of the day */
	int minute = model->shown.now.hour * 60 + model->shown.now.minute;
	if (!habits->has_night)
		day_of(model->shown.feed ? model->shown.feed->centre : NULL, model->shown.now, &from, &to);
	return from < to ? minute < from || minute >= to : minute < from && minute >= to;
}

/* ---- urgent notices */

enum { URGENT_TURN_MS = 50 * 1000 }; /* of several, with nobody here, each is shown until the next minute */

static bool holds(const struct notice *notice, const struct outside *outside)
{
	return notice && notice->level == LEVEL_URGENT && notice_is_shown(notice, outside->now);
}

static uint64_t mix(uint64_t sum, const char *s)
{
	/* FNV-1a, with the string's end */
	do
		sum = (sum ^ (unsigned char)*s) * UINT64_C(0x100000001B3);
	while (*s++);
	return sum;
}

static uint64_t sum_of(const struct notice *notice)
{
	uint64_t sum = mix(UINT64_C(0xCBF29CE484222325), notice->id);
	for (size_t i = 0; i < notice->name.n; i++)
		sum = mix(mix(sum, notice->name.v[i].lang), notice->name.v[i].s);
	for (size_t i = 0; i < notice->text.n; i++)
		sum = mix(mix(sum, notice->text.v[i].lang), notice->text.v[i].s);
	return sum;
}

static bool is_seen(const struct urgent *urgent, uint64_t sum)
{
	for (int i = 0; i < urgent->n_seen; i++)
		if (urgent->seen[i] == sum)
			return true;
	return false;
}

static void remember(struct urgent *urgent, uint64_t sum)
{
	if (is_seen(urgent, sum))
		return;
	if (urgent->n_seen == LIMIT_NOTICES) {
		memmove(urgent->seen, urgent->seen + 1, (LIMIT_NOTICES - 1) * sizeof urgent->seen[0]);
		urgent->n_seen--;
	}
	urgent->seen[urgent->n_seen++] = sum;
}

/* The first that holds and was not seen; NULL: none. */
static const struct notice *unseen(const struct model *model, const struct outside *outside)
{
	const struct centre *centre = outside->feed ? outside->feed->centre : NULL;
	for (size_t i = 0; centre && i < centre->n_notices; i++)
		if (holds(&centre->notices[i], outside) && !is_seen(&model->urgent, sum_of(&centre->notices[i])))
			return &centre->notices[i];
	return NULL;
}

static const struct notice *open_notice(const struct model *model)
{
	const struct centre *centre = model->shown.feed ? model->shown.feed->centre : NULL;
	const struct notice *notice = centre ? centre_notice(centre, model->place.id) : NULL;
	return holds(notice, &model->shown) ? notice : NULL;
}

/* Its language and its size are chosen from within: one comes back to it. */
static bool is_aside(enum view view)
{
	return view == VIEW_URGENT || view == VIEW_LANGUAGE || view == VIEW_ADJUST;
}

bool urgent_waits(const struct model *model)
{
	return !(model->urgent.id[0] && is_aside(model->place.view)) && unseen(model, &model->newest);
}

static void keep_id(struct urgent *urgent, const char *id)
{
	memcpy(urgent->id, id, strlen(id) + 1);
}

static void take_over(struct model *model, const struct notice *notice)
{
	struct place place = { .view = VIEW_URGENT };
	memcpy(place.id, notice->id, strlen(notice->id) + 1);
	go_to(model, &place);
	keep_id(&model->urgent, notice->id);
	model->urgent.ms = model->t_ms;
	remember(&model->urgent, sum_of(notice));
	model->cleaning_until_ms = 0;
	model->asked_ms = 0;
	model->asleep = false;
	if (model->visiting)
		model->touched_ms = model->t_ms;
	speech_about(model, SAY_VIEW);
}

void urgent_look(struct model *model)
{
	struct urgent *urgent = &model->urgent;
	while (model->place.view == VIEW_URGENT && !open_notice(model))
		go_back(model);
	if (model->place.view == VIEW_URGENT) {
		keep_id(urgent, model->place.id);
		remember(urgent, sum_of(open_notice(model)));
	} else if (!is_aside(model->place.view)) {
		urgent->id[0] = '\0';
	}
	const struct notice *next = urgent->id[0] ? NULL : unseen(model, &model->shown);
	if (next)
		take_over(model, next);
}

void urgent_begin(struct model *model)
{
	const struct notice *open = model->place.view == VIEW_URGENT ? open_notice(model) : NULL;
	model->urgent.n_seen = 0;
	if (open)
		remember(&model->urgent, sum_of(open));
}

void urgent_turn(struct model *model)
{
	if (model->visiting || model->place.view != VIEW_URGENT || model->t_ms - model->urgent.ms < URGENT_TURN_MS)
		return;
	if (!unseen(model, &model->shown))
		urgent_begin(model);
	if (unseen(model, &model->shown))
		go_home(model);
}
