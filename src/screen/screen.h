/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen says. Messages change the model, a view turns model and
 * surroundings into a display list. Pure: no clock, no files, no window; the
 * same input gives the same list. The program calls in from one thread. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "screen/action.h"
#include "screen/display.h"
#include "screen/model.h"
#include "screen/msg.h"
#include "screen/surroundings.h"

/* HABITS is copied; NULL: the usual ones. */
void screen_init(struct model *model, const struct habits *habits);

/* Answers MSG; EFFECTS is overwritten. What makes no sense here is ignored. */
void screen_update(struct model *model, const struct msg *msg, struct effects *effects);

/* The picture: OUT and all in it live in ARENA (give it LIMIT_PICTURE_ARENA);
 * nothing in it points into the feed. ERR_MEMORY, or what the typesetter or the
 * schedule failed with. */
CHECKED enum err screen_view(const struct model *model, const struct surroundings *surroundings, struct arena *arena,
			     struct display *out);

/* When the screen next wants a TICK, in the messages' monotonic ms: the clock's
 * next minute, a question to ask, a visit to end. At most a minute ahead. */
int64_t screen_deadline(const struct model *model);
