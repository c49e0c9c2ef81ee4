/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen_heard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

const char *const heard_places[HEARD_PLACES] = {
	"home",       "open activities",   "open activities:song", "open kinds",         "open activity:sangstund",
	"open needs", "open need:turvenn", "open notices",         "open organisations", "open contacts",
	"open help",  "open language",     "open adjust",          "open callback",
};

struct arena said_arena;

struct script script_of(const struct stage *s)
{
	struct script script;
	arena_reset(&said_arena);
	assert_int_equal(screen_speech(&s->model, &s->around, &said_arena, NULL, &script), OK);
	return script;
}

const char *heard(const struct stage *s)
{
	struct script script = script_of(s);
	const char *all = "";
	for (size_t i = 0; i < script.n; i++)
		all = arena_printf(&said_arena, "%s[%s]%s ", all, script.v[i].lang, script.v[i].text);
	return all;
}

bool hears(const struct stage *s, const char *words)
{
	return strstr(heard(s), words) != NULL;
}

void begin(struct stage *s, bool headset)
{
	stage_init(s, SAMPLE, "2026-11-24T09:41");
	stage_send(s,
		   headset ? (struct msg){ .kind = MSG_HEADSET, .on = true } : (struct msg){ .kind = MSG_SPEECH_KEY });
	assert_true(s->model.speech.mode);
}

const char *action_of(struct stage *s, const char *id)
{
	const struct item *item = item_by_id(stage_view(s), id);
	assert_non_null(item);
	assert_non_null(item->action);
	return item->action;
}

void press_shown(struct stage *s, const char *id)
{
	char action[ACTION_SIZE];
	const struct item *item = item_by_id(&s->display, id);
	assert_non_null(item);
	assert_non_null(item->action);
	assert_true(snprintf(action, sizeof action, "%s", item->action) < (int)sizeof action);
	stage_tap(s, action);
}

void press(struct stage *s, const char *id)
{
	stage_view(s);
	press_shown(s, id);
}

void choose(struct stage *s, const char *action)
{
	for (int i = 0; i < 200; i++) {
		if (strcmp(action_of(s, SPEECH_CHOOSE), action) == 0) {
			press_shown(s, SPEECH_CHOOSE);
			return;
		}
		press_shown(s, SPEECH_FORWARD);
	}
	fail_msg("no node does \"%s\"", action);
}

int heard_set_up(void **state)
{
	(void)state;
	arena_init(&said_arena, 3 * LIMIT_PICTURE_ARENA);
	return 0;
}

int heard_tear_down(void **state)
{
	(void)state;
	arena_free(&said_arena);
	return 0;
}
