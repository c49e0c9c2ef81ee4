/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of speech share: a stage (screen_ruler.h) that is led by its zones, and what is heard there. */
#pragma once

#include "screen/speech_inside.h"
#include "screen_ruler.h"

enum { HEARD_PLACES = 14 };
/* Actions that lead to views of all kinds. */
extern const char *const heard_places[HEARD_PLACES];

/* Of the newest script; each call of script_of begins it anew. */
extern struct arena said_arena;
int heard_set_up(void **state);
int heard_tear_down(void **state);

struct script script_of(const struct stage *s);
/* All of it in one string: "[nb]Hjem. knapp, 3 av 6 ". */
const char *heard(const struct stage *s);
bool hears(const struct stage *s, const char *words);

/* The sample centre, in speech mode. */
void begin(struct stage *s, bool headset);
const char *action_of(struct stage *s, const char *id);
/* As a finger on the item ID. */
void press(struct stage *s, const char *id);
/* The same, in the picture that was made last. */
void press_shown(struct stage *s, const char *id);
/* Forward until a node does ACTION, then chooses it. */
void choose(struct stage *s, const char *action);
