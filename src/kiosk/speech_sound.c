/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/speech_sound.h"

#include <SDL2/SDL.h>
#include <string.h>

enum { DEVICE_FRAMES = 1024 }; /* 46 ms at espeak's 22050: the least that stopping takes */

/* SDL names a device by its card first: "USB Audio Device, USB Audio" (ALSA), "USB Audio Device Analog Stereo" (Pulse).
 */
static const char *device_of_card(const char *card)
{
	int n = SDL_GetNumAudioDevices(0);
	size_t len = strlen(card);

	for (int i = 0; i < n; i++) {
		const char *name = SDL_GetAudioDeviceName(i, 0);
		if (name && len && strncmp(name, card, len) == 0)
			return name;
	}
	return NULL;
}

static enum err refused(const char *what, struct fault *fault)
{
	return fault_set(fault, ERR_DEVICE, "sound", "%s: %s", what, SDL_GetError());
}

static enum err open_device(struct sound *sound, const char *headset, int rate, struct fault *fault)
{
	const SDL_AudioSpec want = { .freq = rate, .format = AUDIO_S16SYS, .channels = 1, .samples = DEVICE_FRAMES };
	const char *name = headset ? device_of_card(headset) : NULL;

	if (headset && !name)
		return fault_set(fault, ERR_DEVICE, "sound", "the card \"%s\" is not there", headset);
	sound->device = SDL_OpenAudioDevice(name, 0, &want, NULL, 0);
	if (sound->device == 0)
		return refused("cannot be opened", fault);
	sound->rate = rate;
	sound->is_headset = headset != NULL;
	SDL_PauseAudioDevice(sound->device, 0);
	return OK;
}

enum err sound_open(struct sound *sound, const char *headset, int rate, struct fault *fault)
{
	*sound = (struct sound){ 0 };
	/* Who cannot be heard does not care which devices come and go. */
	SDL_EventState(SDL_AUDIODEVICEADDED, SDL_IGNORE);
	SDL_EventState(SDL_AUDIODEVICEREMOVED, SDL_IGNORE);
	if (SDL_InitSubSystem(SDL_INIT_AUDIO) < 0)
		return refused("there is none", fault);
	enum err err = open_device(sound, headset, rate, fault);
	if (err)
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
	return err;
}

void sound_close(struct sound *sound)
{
	if (sound->device == 0)
		return;
	SDL_CloseAudioDevice(sound->device);
	SDL_QuitSubSystem(SDL_INIT_AUDIO);
	*sound = (struct sound){ 0 };
}

void sound_thread_end(void)
{
	SDL_TLSCleanup();
}

bool sound_works(const struct sound *sound)
{
	return sound->device != 0 && SDL_GetAudioDeviceStatus(sound->device) == SDL_AUDIO_PLAYING;
}

bool sound_put(struct sound *sound, const int16_t *samples, size_t n)
{
	return sound_works(sound) && SDL_QueueAudio(sound->device, samples, (Uint32)(n * sizeof *samples)) == 0;
}

int sound_left_ms(const struct sound *sound)
{
	if (!sound_works(sound))
		return 0;
	Uint32 bytes = SDL_GetQueuedAudioSize(sound->device);
	return (int)(bytes / sizeof(int16_t) * 1000 / (Uint32)sound->rate);
}

void sound_stop(struct sound *sound)
{
	SDL_ClearQueuedAudio(sound->device);
}
