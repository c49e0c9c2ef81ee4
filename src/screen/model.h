/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the screen knows: a plain value that only screen_update changes.
 * What it points to (feeds) belongs to the program, until an effect gives it
 * back. Nothing about a person, but the number that is being typed for a
 * call-back: it is wiped as soon as it is sealed, and when the visit ends. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "core/centre.h"
#include "core/occur.h"
#include "screen/advice.h"
#include "screen/views.h"

enum {
	LANG_CODE_SIZE = 16,
	ACTION_SIZE = 160, /* of an action in words, with its NUL */
	ITEM_ID_SIZE = 160,
	IDLE_MS = 90 * 1000,
	IDLE_LONG_MS = 180 * 1000, /* where somebody may be scanning, types a number or listens */
	STILL_MS = 30 * 1000,      /* that the question waits (EN 301 549, WCAG 2.2.1: 20 at least) */
	URGENT_DEAF_MS = 500,      /* an urgent notice that takes over answers no touch before */
	CLEANING_MS = 30 * 1000,
	RAW_MAX = 10, /* contacts that the technician sees at once */
	VOLUME_STEPS = 6,
	VOLUME_USUAL = 2, /* steps 0 to 5 */
	RATE_STEPS = 4,
	RATE_USUAL = 1,
	AGE_SHOWN_S = 60 * 60, /* an older feed says its age */
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
	char id[LIMIT_ID + 1]; /* "" where the view takes none; activities: a kind ("song") */
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
	struct civil now;   /* on the centre's wall; what lists and cards go by */
	struct civil clock; /* what the header says: it goes on while NOW waits with the lists */
	bool clock_unsure;  /* the machine's clock has not been set since it started: NOW may be wrong */
};

/* What this screen is told once, beside its panel. */
struct habits {
	const char *lang;         /* each visit begins with it; NULL: the centre's own */
	bool night_off;           /* never goes dim */
	bool has_night;           /* by the clock; otherwise by the centre's opening hours */
	int night_from, night_to; /* minutes of the day */
	bool night_black;         /* black at night instead of a dim clock */
	bool no_callbacks;        /* there is no central to send them to */
	struct settings_state settings;
};

/* What the visitor chose over the installation's; forgotten with the visit. */
struct adjust {
	bool large, contrast, reach;
};

enum callback_step { CALLBACK_NUMBER, CALLBACK_REVIEW, CALLBACK_ASKED };
enum callback_state {
	CALLBACK_KEEPING, /* being sealed and written */
	CALLBACK_KEPT,    /* sealed on disk; it goes when the network is back */
	CALLBACK_SENT,    /* the central has it: PROMISED counts */
	CALLBACK_LOST,    /* could not be kept, or was refused: ask again, or call */
};
struct callback {
	enum callback_step step;
	char number[20]; /* as typed: "00001234", "+4700001234"; wiped when sealed */
	bool bad;        /* review was asked for a number that is none */
	unsigned serial; /* of the request; an answer to another one is ignored */
	enum callback_state state;
	struct civil promised;
	char about[LIMIT_ID + 12]; /* "need:turvenn": what the visitor was reading; "" */
};

/* What is to be said next; the program says it once the picture is made. */
enum say_what {
	SAY_NOTHING, /* be silent */
	SAY_VIEW,    /* all that is shown */
	SAY_FOCUS,   /* the node with the focus */
	SAY_WELCOME, /* speech mode began: how it works, then the focus */
	SAY_SAMPLE,  /* volume or rate changed */
	SAY_TYPED,   /* that a digit was typed or erased */
};
struct speech {
	bool mode;                  /* three zones, everything spoken */
	bool headset;               /* what is said reaches one pair of ears: private things may be said */
	bool speaking;              /* somebody listens */
	int focus;                  /* node of the view, from 0 (screen/speech.h) */
	int volume, rate;           /* steps */
	unsigned serial;            /* changes with each wish */
	enum say_what say;          /* the newest wish */
	bool chosen;                /* it follows a choice: what was chosen is said first */
	bool hushed;                /* the contact that is down has silenced what was being said */
	bool mute;                  /* speech cannot start on this machine: the screen says so */
	char typed;                 /* SAY_TYPED: the key */
	char voice[LANG_CODE_SIZE]; /* that reads a language without one: "nb", "en"; "": not yet chosen */
};

/* An urgent notice opens its own view, each once a visit, one after the other. */
struct urgent {
	char id[LIMIT_ID + 1]; /* the one that is open, or a step away (language, adjust); "": none */
	int64_t ms;            /* when it took the screen over */
	int n_seen;            /* by this visit: sums of what they say, so that a changed one opens again */
	uint64_t seen[LIMIT_NOTICES];
};

struct raw_contact {
	bool on;
	int x, y;
};

struct model {
	struct outside shown, newest;
	int64_t t_ms;           /* monotonic, of the newest message */
	int64_t next_minute_ms; /* when the clock's minute changes */
	int64_t began_ms;       /* of the first tick */

	bool finger_down;
	char pressed[ITEM_ID_SIZE]; /* the control under the finger, "": none */
	bool visiting;              /* from the first touch to the return home */
	int64_t touched_ms;

	struct habits habits;
	char fixed_lang[LANG_CODE_SIZE]; /* that each visit begins with; "": the centre's own */
	char lang[LANG_CODE_SIZE];       /* that is shown */
	bool lang_chosen;                /* by the visitor: another than the visit began with */

	struct place place;
	int n_back;
	struct place back[LIMIT_BACK]; /* oldest first */

	struct adjust adjust;
	struct callback callback;
	struct speech speech;

	/* What stands before PLACE, the first that holds (model_view). */
	int64_t cleaning_until_ms; /* 0: not being cleaned */
	int64_t asked_ms;          /* since when "are you still there?" stands; 0: it does not */
	bool asleep;               /* night, nobody here, nothing urgent */
	struct urgent urgent;
	bool stepped;                    /* the visitor did something: what waited may be seen */
	bool no_touch;                   /* nothing that is touched is felt: the screen says so */
	int shift;                       /* how often the idle picture has moved (shift.c) */
	int64_t shift_ms;                /* when it last did */
	struct raw_contact raw[RAW_MAX]; /* technician */
};

/* The view that is shown: what stands before the place, or the place's own. Home without a
 * clock that can be trusted is another view. */
enum view model_view(const struct model *model);
/* That a touch now acts on nothing: being cleaned, a notice that has just taken over. */
bool model_deaf(const struct model *model);

/* The same view of the same thing, page, step and language: what a finger aimed at in A is still there in B. */
bool model_same_screen(const struct model *a, const struct model *b);

/* True when the view that is open shows a QR code. */
bool model_shows_qr(const struct model *model);
