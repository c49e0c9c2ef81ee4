/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of screen_update that have files of their own. */
#pragma once

#include "screen/screen.h"

enum { SHIFT_MS = 3 * 60 * 1000 }; /* how long the idle picture stays in one place */

/* Overwrites SIZE bytes in a way that no compiler leaves out. */
void memory_wipe(void *bytes, size_t size);

/* ---- update_callback.c: "Ring meg" */
/* The view is opened: an empty number, about what the visitor was reading. */
void callback_begin(struct model *model);
void callback_key(struct model *model, const struct action *action, struct effects *effects);
void callback_do(struct model *model, const struct action *action, struct effects *effects);
/* That the number can be called: 8 digits, or + and 7 to 15. */
bool callback_number_ok(const char *number);

/* ---- update_speech.c */
void speech_mode(struct model *model, bool on);
/* A new wish; the one before is over. */
void speech_wish(struct model *model, enum say_what what);
void speech_say(struct model *model, const struct action *action, struct effects *effects);
void speech_focus(struct model *model, const struct action *action, struct effects *effects);
void speech_voice(struct model *model, const struct action *action, struct effects *effects);

/* ---- update_rest.c: what the clock decides */
bool is_night(const struct model *model);
/* The urgent notice that counts now; NULL: none. */
const struct notice *urgent_notice(const struct model *model);
