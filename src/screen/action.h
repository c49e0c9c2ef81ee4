/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a control does, in words that replays and tests can read: "home",
 * "back", "open need:turvenn", "open activity:sang/20261124T1100", "open
 * activities:2026-11-25", "day 2026-11-25", "page 1", "language en". Read and
 * written here alone. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "screen/model.h"

/* NAME, word, reader of its argument (in action.c) */
#define ACTIONS(X)                  \
	X(HOME, "home", NULL)       \
	X(BACK, "back", NULL)       \
	X(OPEN, "open", read_place) \
	X(DAY, "day", read_day)     \
	X(PAGE, "page", read_page)  \
	X(LANGUAGE, "language", read_lang)
enum action_kind {
#define X(name, word, read) ACTION_##name,
	ACTIONS(X)
#undef X
};

struct action {
	enum action_kind kind;
	struct place place; /* OPEN */
	struct civil day;   /* DAY: a date */
	int page;           /* PAGE: from 0 */
	char lang[LANG_CODE_SIZE];
};

enum { PAGE_MAX = 10000 };

/* False if S is no action, whole and exactly. */
bool action_parse(const char *s, struct action *out);
/* NULL: out of memory. */
const char *action_print(struct arena *arena, const struct action *action);

/* "NAME[:ID]" of --view; of an activity ID may be "sang/20261124T1100". */
bool place_parse(const char *s, struct place *out);
const char *place_print(struct arena *arena, const struct place *place);

/* "20261124T1100", or "20261124" for a date: as in short links. */
bool stamp_parse(const char *s, struct civil *out);
/* OUT has CIVIL_SIZE bytes. */
void stamp_print(struct civil when, char *out);

/* "open need:turvenn"; ID may be NULL. */
const char *open_action(struct arena *arena, enum view view, const char *id);
