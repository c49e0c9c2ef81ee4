/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's mouth and ear: says what the model wishes once its picture is due,
 * logs each utterance, and takes the keys and plugs that speech mode is led by. In a replay utterances take as
 * long as they would, on the replay's clock, and make no sound. */
#pragma once

#include "kiosk/speech_plug.h"
#include "kiosk/speech_speaker.h"

struct kiosk;

enum talk_kind {
	TALK_NEVER,     /* a single picture is made */
	TALK_SIMULATED, /* a replay */
	TALK_ALOUD,
};
struct talk {
	enum talk_kind kind;
	struct speaker *speaker; /* ALOUD, from the first wish on */
	struct plug *plug;       /* ALOUD */
	void (*ring)(void *context);
	char card[CARD_NAME_SIZE]; /* the headset's, while it is plugged in */

	unsigned serial; /* of the wish that was answered last */
	bool busy;       /* something was said since silence */
	struct arena arena;
	struct script script; /* of that wish */
	bool open;            /* utterance AT sounds … */
	bool logged;          /* … and stands in the log */
	size_t at;
	int64_t end_ms; /* SIMULATED: when it has been heard */
	int key;        /* that was pressed last … */
	int64_t key_ms; /* … and when: the same one is deaf for half a second (EN 301 549 5.8) */
};

void talk_init(struct talk *talk, enum talk_kind kind);
/* ALOUD: waits for headsets. RING wakes the loop, which then calls kiosk_hear_news. That none can be waited for is
 * logged. */
void talk_start(struct talk *talk, void (*ring)(void *context));
void talk_free(struct talk *talk);

/* Answers a wish that has not been answered. Before the list is made that follows from it. */
void kiosk_talk(struct kiosk *kiosk);
/* What the clock brings, and when it next does. */
void kiosk_talk_tick(struct kiosk *kiosk);
int64_t talk_deadline(const struct talk *talk);
/* What speaker and plug have to tell. */
void kiosk_hear_news(struct kiosk *kiosk);

/* A headset came or went; CARD is its name for SDL. */
void kiosk_headset(struct kiosk *kiosk, bool on, const char *card);
enum speech_key {
	SPEECH_KEY_OTHER, /* only begins speech mode, as any key does */
	SPEECH_KEY_BACK,
	SPEECH_KEY_FORWARD,
	SPEECH_KEY_CHOOSE,
	SPEECH_KEY_LOUDER,
	SPEECH_KEY_QUIETER,
	SPEECH_KEY_END,
};
void kiosk_speech_key(struct kiosk *kiosk, enum speech_key key);
/* What the key with this number of SDL's (SDL_Keycode) does. */
enum speech_key speech_key_of(int sym);
