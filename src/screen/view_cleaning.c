/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The glass may be wiped: nothing answers for so many seconds. */
#include "screen/alone.h"

static int64_t seconds_left(const struct model *model)
{
	int64_t left_ms = model->cleaning_until_ms - model->t_ms;
	return left_ms > 0 ? (left_ms + 999) / 1000 : 0;
}

/* The number at most MOST px large. */
static bool put(struct builder *b, bool sign, int most)
{
	const struct metrics own = b->m;
	int64_t left = seconds_left(b->model);
	struct alone alone = alone_begin(b, (struct pair){ b->theme->ink, b->theme->background });
	alone_enlarge(b, SIZE_CLOCK, "00", most);
	if (sign) {
		alone_round(b, &alone, "clean", b->theme->tint[TINT_SKY]);
		alone_space(b, &alone, 3);
	}
	alone_words(b, &alone, "cleaning/title", say(b, TEXT_SCREEN_CLEANING_TITLE), SIZE_TITLE, WEIGHT_BOLD);
	alone_space(b, &alone, 1);
	alone_words(b, &alone, "cleaning/how", say(b, TEXT_SCREEN_CLEANING_HOW), SIZE_NAME, WEIGHT_MEDIUM);
	alone_space(b, &alone, 2);
	alone_words(b, &alone, "cleaning/left", print(b, "%lld", (long long)left), SIZE_CLOCK, WEIGHT_BOLD);
	alone_words(b, &alone, "cleaning/unit", tell(b, TEXT_SCREEN_CLEANING_LEFT, ARG_N(left)), SIZE_HEADING,
		    WEIGHT_MEDIUM);
	b->m = own;
	return alone_end(b, &alone);
}

enum err view_cleaning(struct builder *b)
{
	int side = b->body.w < b->body.h ? b->body.w : b->body.h;
	if (put(b, true, side * 2 / 7))
		return b->err;
	for (int part = 7; part <= 21; part += 2)
		if (put(b, false, side * 2 / part))
			break;
	return b->err;
}
