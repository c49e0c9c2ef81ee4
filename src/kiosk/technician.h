/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the technician's view is told: the program's and the machine's state in facts, and
 * each contact with the glass as it comes. No word of who uses the screen. */
#pragma once

#include "kiosk/glass.h"
#include "kiosk/minder.h"
#include "kiosk/touch.h"
#include "screen/msg.h"
#include "screen/surroundings.h"

enum { FACTS_MAX = 32, FACT_SIZE = 160 };

struct technician {
	size_t n;
	struct fact facts[FACTS_MAX];
	char values[FACTS_MAX][FACT_SIZE];
	size_t n_doings;
	const char *doings[BOX_LINES]; /* newest first; they live in the news */
	bool down[RAW_MAX];
	int64_t ids[RAW_MAX]; /* of the contacts that are down */
};

/* What the facts are made of. */
struct technician_state {
	const char *source; /* of the feed, as the settings have it */
	const struct surroundings *around;
	const struct model *model;
	int rotation;
	int64_t up_ms, took_ms;
	bool deterministic;             /* a replay: nothing that differs from run to run */
	const struct minder_news *news; /* NULL: nobody minds the machine */
	const struct glass_touch *panels;
};

/* Writes all facts anew; they live in TECHNICIAN. */
void technician_look(struct technician *technician, const struct technician_state *state);
/* FINGER is upright. False: nothing to tell (an eleventh contact, or one that was down before). */
bool technician_finger(struct technician *technician, const struct finger *finger, struct msg *msg);
/* The view was left. */
void technician_forget(struct technician *technician);
