/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen's tests share: a typesetter that is a ruler (each character
 * is so wide, whatever it is), the sample centre, and a model that shows it. */
#pragma once

#include "core/occur.h"
#include "screen/screen.h"

extern const struct typesetter ruler;
/* 1.6: as if every text were that much longer. */
extern double ruler_stretch;

struct stage {
	struct arena feed_arena, picture;
	struct screen_feed feed;
	struct model model;
	struct surroundings around;
	struct effects effects;
	struct display display;
};

/* Reads FEED (a path from the top of the tree; NULL: no feed), at NOW, in the
 * centre's own language, on a 24-inch panel of 1920x1080. Asserts that it went well. */
void stage_init(struct stage *stage, const char *feed, const char *now);
void stage_free(struct stage *stage);
void stage_send(struct stage *stage, struct msg msg);
void stage_tap(struct stage *stage, const char *action);
/* The picture of the model as it is now; the one before is gone. */
const struct display *stage_view(struct stage *stage);

/* NULL if there is none. */
const struct item *item_by_id(const struct display *display, const char *id);
/* The first item that holds WORDS in its text. */
const struct item *item_by_words(const struct display *display, const char *words);

#define SAMPLE "assets/sample/centre.json"
#define CROWDED "tests/fixtures/screen/crowded.json"
