/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody is here: a calm clock, or, where the panel is to rest, nothing. Any touch wakes. */
#include "screen/alone.h"

static bool clock_fits(struct builder *b, struct civil now, int most)
{
	const struct metrics own = b->m;
	struct alone alone = alone_begin(b, b->theme->night);
	const char *time = date_words(b, DATE_TIME, now);
	alone_enlarge(b, SIZE_CLOCK, time, most);
	alone_words(b, &alone, "night/weekday", capital(b, date_words(b, DATE_WEEKDAY, now)), SIZE_DATE,
		    WEIGHT_SEMIBOLD);
	alone_words(b, &alone, "night/clock", time, SIZE_CLOCK, WEIGHT_SEMIBOLD);
	alone_words(b, &alone, "night/date", date_words(b, DATE_DAY_MONTH, now), SIZE_TITLE, WEIGHT_MEDIUM);
	alone_space(b, &alone, 3);
	alone_words(b, &alone, "night/touch", say(b, TEXT_SCREEN_NIGHT_TOUCH), SIZE_BODY, WEIGHT_MEDIUM);
	b->m = own;
	return alone_end(b, &alone);
}

/* As large as there is room for. */
static void clock_put(struct builder *b, struct civil now)
{
	int side = b->body.w < b->body.h ? b->body.w : b->body.h;
	for (int part = b->around->reach ? 20 : 12; part <= 36; part += 2)
		if (clock_fits(b, now, side * 4 / part))
			return;
}

static void unsure_put(struct builder *b)
{
	struct alone alone = alone_begin(b, b->theme->night);
	alone_words(b, &alone, "night/unsure", say(b, TEXT_SCREEN_CLOCK_UNSURE), SIZE_TITLE, WEIGHT_SEMIBOLD);
	alone_space(b, &alone, 5);
	alone_words(b, &alone, "night/touch", say(b, TEXT_SCREEN_NIGHT_TOUCH), SIZE_BODY, WEIGHT_MEDIUM);
	alone_end(b, &alone);
}

enum err view_night(struct builder *b)
{
	struct civil now = b->model->shown.clock;
	bool unsure = b->model->shown.clock_unsure, black = b->model->habits.night_black;
	const char *day = unsure ? NULL : date_words(b, DATE_WEEKDAY_DAY_MONTH, now);
	const char *time = unsure ? say(b, TEXT_SCREEN_CLOCK_UNSURE) : date_words(b, DATE_TIME, now);
	b->out->background = black ? 0 : b->theme->night.bg;
	alone_control(b, "night", "home", join(b, ". ", day, time, say(b, TEXT_SCREEN_NIGHT_TOUCH)));
	if (black)
		return b->err;
	if (unsure)
		unsure_put(b);
	else
		clock_put(b, now);
	return b->err;
}
