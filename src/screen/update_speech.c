/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/update.h"

void speech_wish(struct model *model, enum say_what what)
{
	model->speech.serial++;
	model->speech.say = what;
}

void speech_mode(struct model *model, bool on)
{
	if (model->speech.mode == on)
		return;
	model->speech.mode = on;
	model->speech.focus = 0;
	speech_wish(model, on ? SAY_WELCOME : SAY_NOTHING);
}

void speech_say(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	speech_wish(model, action->argument == SAY_WORD_VIEW    ? SAY_VIEW
			   : action->argument == SAY_WORD_FOCUS ? SAY_FOCUS
								: SAY_NOTHING);
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

void speech_voice(struct model *model, const struct action *action, struct effects *effects)
{
	struct speech *speech = &model->speech;
	(void)effects;
	int louder = (action->argument == VOICE_LOUDER) - (action->argument == VOICE_QUIETER);
	int faster = (action->argument == VOICE_FASTER) - (action->argument == VOICE_SLOWER);
	speech->volume = within(speech->volume + louder, VOLUME_STEPS);
	speech->rate = within(speech->rate + faster, RATE_STEPS);
	speech_wish(model, SAY_SAMPLE);
}
