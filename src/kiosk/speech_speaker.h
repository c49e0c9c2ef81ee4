/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says utterances one after the other on a thread of its own, which begins at
 * the first wish and lets go of the sound device when nothing is said for a
 * while. A new wish silences what is being said; never do two sound at once. */
#pragma once

#include "base/err.h"
#include "screen/speech.h"

enum speaker_kind {
	SPEAKER_BEGAN,  /* an utterance: it sounds now */
	SPEAKER_ENDED,  /* it was heard to its end, or CUT */
	SPEAKER_SILENT, /* all of the wish was said */
	SPEAKER_MUTE,   /* it cannot be said: fault */
};
struct speaker_news {
	enum speaker_kind kind;
	unsigned serial; /* of the wish */
	size_t i;        /* which utterance */
	int64_t t_ms;    /* monotonic */
	bool cut, headset;
	struct fault fault;
};

struct speaker_wish {
	unsigned serial; /* grows */
	const struct script *script;
	int volume;          /* step */
	int loudness;        /* of the highest step, in percent */
	int words;           /* a minute */
	const char *headset; /* name of the card that it must come out of; NULL: none is plugged in */
};

struct speaker;
/* RING is called from the speaker's thread when there is news. ERR_MEMORY. */
CHECKED enum err speaker_new(void (*ring)(void *context), void *context, struct speaker **out, struct fault *fault);
/* Silent at once; SPEAKER may be NULL. */
void speaker_del(struct speaker *speaker);
/* Copies WISH. A script without utterances is silence. ERR_MEMORY, ERR_DEVICE: no thread. */
CHECKED enum err speaker_say(struct speaker *speaker, const struct speaker_wish *wish, struct fault *fault);
/* The oldest news. False: there is none. */
bool speaker_take(struct speaker *speaker, struct speaker_news *out);
