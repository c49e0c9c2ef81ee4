/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --events says of the screen's own doings: no word of who touched, and
 * of a number that is being typed nothing. */
#pragma once

#include "kiosk/events.h"
#include "screen/model.h"

/* That a number is being typed with eyes closed: how often the focus moved between two keys, whatever tells of a move,
 * gives away which keys they are. */
bool log_is_blind(const struct model *model);
/* ITEM was chosen, before the model MODEL was told. */
void log_tap(struct journal *events, int64_t now_ms, const struct model *model, const char *item, const char *action);
/* What a message has changed: the view; the question, an urgent notice, night and cleaning, as they begin and end. */
void log_changes(struct journal *events, int64_t now_ms, const struct model *before, const struct model *after);
