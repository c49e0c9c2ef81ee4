/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/cards.h"
#include "screen/update.h"

enum { DAY_BEGINS = 7 * 60, DAY_ENDS = 22 * 60, BESIDE_HOURS = 60 };

/* Open hours, an hour to each side, are never night; nor are 7 to 22. */
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
}

bool is_night(const struct model *model)
{
	const struct habits *habits = &model->habits;
	if (habits->night_off || model->shown.clock_unsure)
		return false;
	int from = habits->night_to, to = habits->night_from; /* of the day */
	int minute = model->shown.now.hour * 60 + model->shown.now.minute;
	if (!habits->has_night)
		day_of(model->shown.feed ? model->shown.feed->centre : NULL, model->shown.now, &from, &to);
	return from < to ? minute < from || minute >= to : minute < from && minute >= to;
}

const struct notice *urgent_notice(const struct model *model)
{
	const struct centre *centre = model->shown.feed ? model->shown.feed->centre : NULL;
	for (size_t i = 0; centre && i < centre->n_notices; i++)
		if (centre->notices[i].level == LEVEL_URGENT && notice_is_shown(&centre->notices[i], model->shown.now))
			return &centre->notices[i];
	return NULL;
}
