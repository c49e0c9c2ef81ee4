/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_log.h"

#include <string.h>

#include "screen/action.h"

bool log_is_blind(const struct model *model)
{
	return model->speech.mode && model->place.view == VIEW_CALLBACK && model->callback.step == CALLBACK_NUMBER;
}

void log_tap(struct journal *events, int64_t now_ms, const struct model *model, const char *item, const char *action)
{
	if (strncmp(action, "key ", 4) == 0)
		journal_line(events, now_ms, "tap", FIELD_T("item", "key:*"));
	else if (!log_is_blind(model) || strncmp(action, "focus ", 6) != 0)
		journal_line(events, now_ms, "tap", FIELD_T("item", item), FIELD_T("action", action));
}

static void log_view(struct journal *events, int64_t now_ms, const struct model *model)
{
	enum view view = model_view(model);
	struct arena words;

	arena_init(&words, 1000);
	const char *place = view == model->place.view ? place_print(&words, &model->place) : view_name(view);
	journal_line(events, now_ms, "view", FIELD_T("view", place), FIELD_I("page", model->place.page),
		     FIELD_T("lang", model->lang));
	arena_free(&words);
}

static void log_state(struct journal *events, int64_t now_ms, const char *kind, bool was, bool is)
{
	if (was != is)
		journal_line(events, now_ms, kind, FIELD_T("state", is ? "began" : "ended"));
}

void log_changes(struct journal *events, int64_t now_ms, const struct model *before, const struct model *after)
{
	const struct urgent *urgent = &after->urgent;

	if (*urgent->id && (urgent->ms != before->urgent.ms || strcmp(urgent->id, before->urgent.id) != 0))
		journal_line(events, now_ms, "urgent", FIELD_T("notice", urgent->id));
	log_state(events, now_ms, "question", before->asked_ms != 0, after->asked_ms != 0);
	log_state(events, now_ms, "night", before->asleep, after->asleep);
	log_state(events, now_ms, "cleaning", before->cleaning_until_ms != 0, after->cleaning_until_ms != 0);
	if (!model_same_screen(before, after))
		log_view(events, now_ms, after);
}
