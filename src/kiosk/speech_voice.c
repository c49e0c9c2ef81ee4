/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/speech_voice.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

enum { PART_MS = 60 }; /* of samples that come at once */

/* The library hands no context to its callback in all cases. */
static struct {
	voice_take_fn *take;
	void *context;
} now;

static int on_samples(short *samples, int n, espeak_EVENT *events)
{
	(void)events;
	if (!samples || n <= 0)
		return 0;
	return now.take(now.context, samples, (size_t)n) ? 0 : 1;
}

enum err voice_start(int *rate, struct fault *fault)
{
	/* Once: espeak-ng 1.51 hangs in the second espeak_Terminate of a process. */
	static int known_rate;

	if (known_rate == 0) {
		/* Without DONT_EXIT the library ends the program when its data is missing. */
		int got = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, PART_MS, NULL, espeakINITIALIZE_DONT_EXIT);
		if (got <= 0)
			return fault_set(fault, ERR_DEVICE, "speech",
					 "espeak-ng finds no data (package espeak-ng-data)");
		espeak_SetSynthCallback(on_samples);
		known_rate = got;
	}
	*rate = known_rate;
	return OK;
}

enum err voice_say(const char *text, const char *lang, int words, voice_take_fn *take, void *context,
		   struct fault *fault)
{
	if (espeak_SetVoiceByName(lang) != EE_OK)
		return fault_set(fault, ERR_DEVICE, "speech", "espeak-ng has no voice for \"%s\"", lang);
	espeak_SetParameter(espeakRATE, words, 0);
	now.take = take;
	now.context = context;
	if (espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL) != EE_OK)
		return fault_set(fault, ERR_DEVICE, "speech", "espeak-ng cannot speak");
	return OK;
}
