/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the worker rests between two attempts. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum outcome {
	OUTCOME_NEW,    /* a good document */
	OUTCOME_SAME,   /* what we have is right */
	OUTCOME_BAD,    /* an answer, but no good document, or an error status */
	OUTCOME_SILENT, /* no answer at all: no route, refused, timed out */
};

enum {
	PACE_FIRST_MS = 1000,          /* after the first failure; doubles */
	PACE_BAD_MAX_MS = 60 * 1000,   /* a central that is up but ill is left in peace */
	PACE_SILENT_MAX_MS = 8 * 1000, /* one that is away is looked for often: it costs it nothing, and */
				       /* the screens come back within seconds of its return, spread by the jitter */
	PACE_RETRY_AFTER_MAX_S = 300,
	PACE_HELD_MS = 5000, /* an answer faster than this was not held: the server knows no long poll */
	PACE_UNHELD_MS = 60 * 1000,
	PACE_AGAIN_MS = 100, /* between two long polls: an edit is seldom alone */
	PACE_CALENDAR_MS = 15 * 60 * 1000,
};

struct pace {
	int failures; /* in a row */
};

struct pace_answer {
	enum outcome outcome;
	bool calendar;      /* what is shown is a calendar: no long poll, every 15 minutes */
	bool asked_to_wait; /* the request was a long poll */
	int64_t took_ms;
	int retry_after_s; /* 0: none */
};

/* Milliseconds until the next attempt. RANDOM is any number: the jitter. */
int64_t pace_rest(struct pace *pace, const struct pace_answer *answer, uint32_t random);
