/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the screen knows: a plain value that only screen_update changes.
 * What it points to (feeds) belongs to the program, until an effect gives it
 * back. Nothing typed, nothing about a person. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "core/centre.h"
#include "core/occur.h"
#include "screen/views.h"

enum {
	LANG_CODE_SIZE = 16,
	ACTION_SIZE = 160, /* of an action in words, with its NUL */
	ITEM_ID_SIZE = 160,
	IDLE_MS = 90 * 1000,
	IDLE_QR_MS = 180 * 1000, /* where somebody may be scanning */
	AGE_SHOWN_S = 60 * 60,   /* an older feed says its age */
};

/* A feed as the screen sees it. The program embeds it in what it owns. */
struct screen_feed {
	const struct centre *centre;
	struct schedule *schedule; /* of CENTRE */
};

enum feed_state {
	FEED_WAITING,  /* nothing has been heard yet */
	FEED_FRESH,    /* the last attempt gave a good document, or said that nothing is new */
	FEED_FAILED,   /* no contact */
	FEED_REJECTED, /* contact, but the document was no good */
};

/* A place to be: a view with what it shows. "activity:sang/20261124T1100" */
struct place {
	enum view view;
	char id[LIMIT_ID + 1]; /* "" where the view takes none */
	bool has_when;         /* activity: which occurrence, by its original start; activities: the day */
	struct civil when;
	int page; /* from 0; a view shows its last page when there are fewer */
};

/* What comes from outside by itself. While a finger is down it waits, so that
 * nothing moves under the finger. */
struct outside {
	const struct screen_feed *feed; /* NULL: none yet */
	enum feed_state feed_state;
	int64_t feed_age_s; /* since FEED was last known to be right; -1: unknown */
	struct civil now;   /* on the centre's wall */
};

struct model {
	struct outside shown, newest;
	int64_t t_ms;           /* monotonic, of the newest message */
	int64_t next_minute_ms; /* when the clock's minute changes */

	bool finger_down;
	char pressed[ITEM_ID_SIZE]; /* the control under the finger, "": none */
	bool visiting;              /* from the first touch to the return home */
	int64_t touched_ms;

	char fixed_lang[LANG_CODE_SIZE]; /* that each visit begins with; "": the centre's own */
	char lang[LANG_CODE_SIZE];       /* that is shown */
	bool lang_chosen;                /* by the visitor: another than the visit began with */

	struct place place;
	int n_back;
	struct place back[LIMIT_BACK]; /* oldest first */
};

/* True when the view that is open shows a QR code. */
bool model_shows_qr(const struct model *model);
