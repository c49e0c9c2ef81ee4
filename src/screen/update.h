/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of screen_update that have files of their own. */
#pragma once

#include "core/lang.h"
#include "screen/screen.h"

enum { SHIFT_MS = 3 * 60 * 1000 }; /* how long the idle picture stays in one place (shift.h) */

/* ---- update.c: where one is */
bool same_place(const struct place *a, const struct place *b);
void go_home(struct model *model);
void go_to(struct model *model, const struct place *place);
void go_back(struct model *model);

/* Overwrites SIZE bytes in a way that no compiler leaves out. */
void memory_wipe(void *bytes, size_t size);

/* ---- update_callback.c: "Ring meg" */
/* The view is opened: an empty number, about what the visitor was reading. */
void callback_begin(struct model *model);
void callback_key(struct model *model, const struct action *action, struct effects *effects);
void callback_do(struct model *model, const struct action *action, struct effects *effects);
/* One step back inside the view, if there is one. */
bool callback_back(struct model *model);
/* Forgets what was typed once no step back leads to the view any more. */
void callback_leave(struct model *model);
/* That the number can be called: 8 digits, or + and 7 to 15. */
bool callback_number_ok(const char *number);

/* ---- update_speech.c */
void speech_mode(struct model *model, bool on);
/* A new wish; the one before is over. */
void speech_wish(struct model *model, enum say_what what);
/* The screen has changed by itself: with eyes closed one must hear WHAT, else only
 * what is being read aloud falls silent. */
void speech_about(struct model *model, enum say_what what);
void speech_say(struct model *model, const struct action *action, struct effects *effects);
void speech_focus(struct model *model, const struct action *action, struct effects *effects);
void speech_voice(struct model *model, const struct action *action, struct effects *effects);
/* A finger came down: what is being said falls silent. */
void speech_hush(struct model *model);
/* A key of "Ring meg" was accepted. */
void speech_typed(struct model *model, char key);
void speech_spoken(struct model *model, bool on, bool mute);
/* What of the model a visitor hears about when a message has changed it. */
struct scene {
	enum view screen;
	struct place place;
	enum callback_step step;
	enum callback_state state;
	bool bad;
	const struct lang *lang;
	unsigned serial;
	bool mode;
};
struct scene speech_scene(const struct model *model);
/* After each message: in speech mode what is new is said, otherwise what was read aloud falls silent. */
void speech_settle(struct model *model, const struct scene *before, bool by_choice);

/* ---- update_rest.c: what the clock and an urgent notice decide */
bool is_night(const struct model *model);
/* That the newest feed has an urgent notice which is to take the screen over. */
bool urgent_waits(const struct model *model);
/* Opens the next urgent notice that this visit has not seen, and leaves one that has ended. */
void urgent_look(struct model *model);
/* A visit begins: what took turns before was nobody's to read, but for the one that is open. */
void urgent_begin(struct model *model);
/* With nobody here, several take turns. */
void urgent_turn(struct model *model);
