/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a control does, in words that replays and tests can read: "home",
 * "back", "open need:turvenn", "open activity:sang/20261124T1100", "open
 * activities:2026-11-25", "open activities:song", "day 2026-11-25", "page 1",
 * "language en", "adjust large", "key 5", "callback send", "say view", "focus 3".
 * Read and written here alone. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "screen/model.h"

/* ADJUST turns one of enum adjust_what; KEY types ('0' to '9', '+', 'e' erases one); CALLBACK is a step of
 * "Ring meg"; SAY reads aloud or is silent; FOCUS is the node of speech mode; VOICE turns its dials, or says who
 * reads a language that has no voice;
 * STAY answers "are you still there?"; READ puts an urgent notice aside; CLEAN begins 30 s of cleaning.
 * NAME, word, reader of its argument (in action.c) */
#define ACTIONS(X)                         \
	X(HOME, "home", NULL)              \
	X(BACK, "back", NULL)              \
	X(OPEN, "open", read_place)        \
	X(DAY, "day", read_day)            \
	X(PAGE, "page", read_page)         \
	X(LANGUAGE, "language", read_lang) \
	X(ADJUST, "adjust", read_word)     \
	X(KEY, "key", read_key)            \
	X(CALLBACK, "callback", read_word) \
	X(SAY, "say", read_word)           \
	X(FOCUS, "focus", read_page)       \
	X(VOICE, "voice", read_word)       \
	X(STAY, "stay", NULL)              \
	X(READ, "read", NULL)              \
	X(CLEAN, "clean", NULL)
enum action_kind {
#define X(name, word, read) ACTION_##name,
	ACTIONS(X)
#undef X
};

/* The words that an action takes: NAME, action's word, word. */
#define ACTION_WORDS(X)                               \
	X(ADJUST_LARGE, "adjust", "large")            \
	X(ADJUST_CONTRAST, "adjust", "contrast")      \
	X(ADJUST_REACH, "adjust", "reach")            \
	X(ADJUST_SPEECH, "adjust", "speech")          \
	X(CALLBACK_WORD_REVIEW, "callback", "review") \
	X(CALLBACK_WORD_CHANGE, "callback", "change") \
	X(CALLBACK_WORD_SEND, "callback", "send")     \
	X(CALLBACK_WORD_AGAIN, "callback", "again")   \
	X(SAY_WORD_VIEW, "say", "view")               \
	X(SAY_WORD_FOCUS, "say", "focus")             \
	X(SAY_WORD_STOP, "say", "stop")               \
	X(VOICE_LOUDER, "voice", "louder")            \
	X(VOICE_QUIETER, "voice", "quieter")          \
	X(VOICE_FASTER, "voice", "faster")            \
	X(VOICE_SLOWER, "voice", "slower")            \
	X(VOICE_NORWEGIAN, "voice", "nb")             \
	X(VOICE_ENGLISH, "voice", "en")
enum action_word {
#define X(name, action, word) name,
	ACTION_WORDS(X)
#undef X
		ACTION_WORD_COUNT
};

struct action {
	enum action_kind kind;
	struct place place;        /* OPEN */
	struct civil day;          /* DAY: a date */
	int page;                  /* PAGE, FOCUS: from 0 */
	enum action_word argument; /* ADJUST, CALLBACK, SAY, VOICE */
	char key;                  /* KEY */
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
