/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One occurrence in words: what a card, or the activity's own view, says of it. */
#pragma once

#include "core/occur.h"
#include "screen/build.h"

struct said {
	const char *s, *lang; /* S NULL: nothing */
};

struct occasion {
	const struct occurrence *o;
	const char *key; /* "sang/20261124T1100", as in actions */
	const char *id;  /* of its card: unlike KEY it tells a moved one's two places apart */
	struct said name, place, reason;
	const char *time;    /* "11.00", "til 01.00", "Hele dagen": on the day that is shown */
	const char *chip;    /* "Nå", "Avlyst" …; NULL: none */
	struct pair colours; /* of the chip */
	const char *state;   /* for the display list; NULL: as usual */
	bool struck;         /* does not take place then */
	bool now, full;
};

/* What touches DAY, copied, in order, at most LIMIT_DAY_OCCURRENCES. */
struct occurrences day_occurrences(struct builder *b, struct civil day);
/* Those that have not ended. */
struct occurrences still_to_come(struct builder *b, struct occurrences all);

void occasion_init(struct builder *b, struct occasion *out, const struct occurrence *o, struct civil day);
/* "Tirsdag 24. november kl. 11.00–12.00", with the day's name in full. */
const char *occasion_when(struct builder *b, const struct occurrence *o);
/* The same in two lines, so that it does not break within the times. */
const char *occasion_when_lines(struct builder *b, const struct occurrence *o);
/* "Flyttet til onsdag kl. 13.00" of what was moved away; "Flyttet fra …" of what came. */
const char *occasion_moved(struct builder *b, const struct occurrence *o);

/* The occurrence that PLACE means: by its original start, else the next one.
 * The one that was moved is found at its new time. False: there is none. */
bool occasion_find(struct builder *b, const struct activity *activity, const struct place *place,
		   struct occurrence *out);
