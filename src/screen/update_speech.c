/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "screen/speech.h"
#include "screen/update.h"

void speech_wish(struct model *model, enum say_what what)
{
	model->speech.serial++;
	model->speech.say = what;
	model->speech.chosen = false;
}

void speech_mode(struct model *model, bool on)
{
	if (model->speech.mode == on)
		return;
	model->speech.mode = on;
	model->speech.focus = 0;
	speech_wish(model, on ? SAY_WELCOME : SAY_NOTHING);
}

static void be_silent(struct model *model)
{
	if (model->speech.say != SAY_NOTHING)
		speech_wish(model, SAY_NOTHING);
}

void speech_about(struct model *model, enum say_what what)
{
	if (!model->speech.mode) {
		be_silent(model);
		return;
	}
	model->speech.focus = 0;
	speech_wish(model, what);
}

void speech_hush(struct model *model)
{
	/* Also when the finger then slides on to another control. */
	model->speech.hushed |= model->speech.say != SAY_NOTHING && model->speech.speaking;
	be_silent(model);
}

static bool is_unheard(const struct model *model)
{
	return !speech_has_voice(model->lang) && !model->speech.voice[0];
}

/* Where the visitor says who is to read a language without a voice of its own. */
static void ask_for_voice(struct model *model)
{
	const struct place place = { .view = VIEW_VOICE };
	go_to(model, &place);
}

void speech_say(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	if (action->argument == SAY_WORD_FOCUS)
		speech_wish(model, SAY_FOCUS);
	/* What its own touch has silenced, the button has stopped, whatever it says by now. */
	else if (action->argument == SAY_WORD_STOP || (!model->speech.mode && model->speech.hushed))
		speech_wish(model, SAY_NOTHING);
	else if (!model->speech.mode && is_unheard(model))
		ask_for_voice(model);
	else
		speech_wish(model, SAY_VIEW);
}

void speech_focus(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	model->speech.focus = action->page;
	speech_wish(model, SAY_FOCUS);
}

static int within(int value, int steps)
{
	return value < 0 ? 0 : value >= steps ? steps - 1 : value;
}

static void read_in(struct model *model, const char *lang)
{
	memcpy(model->speech.voice, lang, strlen(lang) + 1);
	if (model->place.view == VIEW_VOICE)
		go_back(model);
	speech_about(model, SAY_FOCUS);
	if (!model->speech.mode)
		speech_wish(model, SAY_VIEW);
}

void speech_voice(struct model *model, const struct action *action, struct effects *effects)
{
	struct speech *speech = &model->speech;
	(void)effects;
	if (action->argument == VOICE_NORWEGIAN || action->argument == VOICE_ENGLISH) {
		read_in(model, action->argument == VOICE_ENGLISH ? "en" : "nb");
		return;
	}
	int louder = (action->argument == VOICE_LOUDER) - (action->argument == VOICE_QUIETER);
	int faster = (action->argument == VOICE_FASTER) - (action->argument == VOICE_SLOWER);
	speech->volume = within(speech->volume + louder, VOLUME_STEPS);
	speech->rate = within(speech->rate + faster, RATE_STEPS);
	speech_wish(model, SAY_SAMPLE);
}

void speech_typed(struct model *model, char key)
{
	if (!model->speech.mode)
		return;
	model->speech.typed = key;
	speech_wish(model, SAY_TYPED);
}

void speech_spoken(struct model *model, bool on, bool mute)
{
	const bool read_aloud = model->speech.say == SAY_VIEW && !model->speech.mode;
	model->speech.speaking = on;
	model->speech.mute = mute;
	if (model->visiting)
		model->touched_ms = model->t_ms;
	if (mute && model->visiting && read_aloud)
		ask_for_voice(model);
}

/* ---- what a message has changed */

struct scene speech_scene(const struct model *model)
{
	return (struct scene){
		.screen = model_view(model),
		.place = model->place,
		.step = model->callback.step,
		.state = model->callback.state,
		.bad = model->callback.bad,
		.lang = lang_find(model->lang),
		.serial = model->speech.serial,
		.mode = model->speech.mode,
	};
}

static bool same_scene(const struct scene *a, const struct scene *b)
{
	return a->screen == b->screen && same_place(&a->place, &b->place) && a->place.page == b->place.page &&
	       a->step == b->step && a->state == b->state && a->bad == b->bad && a->lang == b->lang &&
	       a->mode == b->mode;
}

/* Of some views one must hear all at once: they ask something, or tell how it went. */
static bool is_told_whole(const struct scene *scene)
{
	if (scene->screen == VIEW_CALLBACK)
		return scene->step != CALLBACK_NUMBER || scene->bad;
	return scene->screen == VIEW_URGENT || scene->screen == VIEW_STILL || scene->screen == VIEW_VOICE;
}

void speech_settle(struct model *model, const struct scene *before, bool by_choice)
{
	struct scene now = speech_scene(model);
	bool wished = now.serial != before->serial;
	if (same_scene(before, &now)) {
		if (by_choice && now.mode && before->mode && !wished)
			speech_wish(model, SAY_FOCUS);
		return;
	}
	if (!now.mode) {
		if (!wished)
			be_silent(model);
		return;
	}
	if ((now.lang != before->lang || !before->mode) && is_unheard(model)) {
		ask_for_voice(model);
		now = speech_scene(model);
	}
	model->speech.focus = 0;
	if (before->mode)
		speech_wish(model, is_told_whole(&now) ? SAY_VIEW : SAY_FOCUS);
	model->speech.chosen = by_choice && before->mode;
}
