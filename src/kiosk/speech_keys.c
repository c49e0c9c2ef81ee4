/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A USB keyboard, or a box with a few large keys that says that it is one. */
#include <SDL2/SDL.h>

#include "kiosk/loop_core.h"
#include "kiosk/loop_log.h"

enum { SAME_KEY_MS = 500 };

enum speech_key speech_key_of(int sym)
{
	static const struct {
		SDL_Keycode sym;
		enum speech_key key;
	} keys[] = {
		{ SDLK_LEFT, SPEECH_KEY_BACK },          { SDLK_UP, SPEECH_KEY_BACK },
		{ SDLK_RIGHT, SPEECH_KEY_FORWARD },      { SDLK_DOWN, SPEECH_KEY_FORWARD },
		{ SDLK_RETURN, SPEECH_KEY_CHOOSE },      { SDLK_KP_ENTER, SPEECH_KEY_CHOOSE },
		{ SDLK_SPACE, SPEECH_KEY_CHOOSE },       { SDLK_PLUS, SPEECH_KEY_LOUDER },
		{ SDLK_KP_PLUS, SPEECH_KEY_LOUDER },     { SDLK_VOLUMEUP, SPEECH_KEY_LOUDER },
		{ SDLK_MINUS, SPEECH_KEY_QUIETER },      { SDLK_KP_MINUS, SPEECH_KEY_QUIETER },
		{ SDLK_VOLUMEDOWN, SPEECH_KEY_QUIETER }, { SDLK_ESCAPE, SPEECH_KEY_END },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].sym == sym)
			return keys[i].key;
	return SPEECH_KEY_OTHER;
}

static void act(struct kiosk *kiosk, const char *item, const char *action)
{
	log_tap(kiosk->events, kiosk_clock_ms(&kiosk->clock), &kiosk->model, item, action);
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_TAP, .action = action });
}

/* As a finger on that zone would. */
static void press(struct kiosk *kiosk, const char *id)
{
	const struct display *display = kiosk_display(kiosk);

	for (size_t i = 0; display && i < display->n_items; i++) {
		const struct item *item = &display->items[i];
		if (item->action && strcmp(item->id, id) == 0) {
			act(kiosk, id, item->action);
			return;
		}
	}
}

static void lead(struct kiosk *kiosk, enum speech_key key)
{
	switch (key) {
	case SPEECH_KEY_OTHER:
		break;
	case SPEECH_KEY_BACK:
		press(kiosk, SPEECH_BACK);
		break;
	case SPEECH_KEY_FORWARD:
		press(kiosk, SPEECH_FORWARD);
		break;
	case SPEECH_KEY_CHOOSE:
		press(kiosk, SPEECH_CHOOSE);
		break;
	case SPEECH_KEY_LOUDER:
		act(kiosk, "speech/louder", "voice louder");
		break;
	case SPEECH_KEY_QUIETER:
		act(kiosk, "speech/quieter", "voice quieter");
		break;
	case SPEECH_KEY_END:
		act(kiosk, "speech/end", "adjust speech");
		break;
	}
}

void kiosk_speech_key(struct kiosk *kiosk, enum speech_key key)
{
	struct talk *talk = &kiosk->talk;
	int64_t now_ms = kiosk_clock_ms(&kiosk->clock);

	if (talk->key == (int)key + 1 && now_ms - talk->key_ms < SAME_KEY_MS)
		return;
	talk->key = (int)key + 1;
	talk->key_ms = now_ms;
	if (kiosk->model.speech.mode) {
		lead(kiosk, key);
		return;
	}
	journal_fields(kiosk->events, now_ms, "speech_key", 0, NULL);
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_SPEECH_KEY });
}
