/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said: the newest wish of the model as utterances, each in the
 * language of its own voice. Pure, as all of the screen: the program speaks
 * them. Also how a view is heard, node by node, with eyes closed. */
#pragma once

#include "screen/screen.h"

struct utterance {
	const char *text; /* at most UTTERANCE_MAX bytes, as a voice reads it best */
	const char *lang; /* whose voice reads it; it has one */
	bool secret;      /* what a visitor typed: for a headset only */
	bool unlogged;    /* tells of it: for no log */
};
enum { UTTERANCE_MAX = 600, UTTERANCES_MAX = 400 };
struct script {
	size_t n;
	const struct utterance *v;
};

/* Whether some voice speaks LANG: nb (nn too), en, uk, ar, ru, pl, lt, ur, fa, tr, vi, de, fr, es. */
bool speech_has_voice(const char *lang);
/* The language that LANG's texts are read with: nb for nn. NULL: no voice. */
const char *speech_voice_lang(const char *lang);
/* The language in which the screen is heard: the one that is shown if it has a voice,
 * or the one that the visitor chose instead of it. */
const char *speech_lang(const struct model *model);

/* What model.speech.say asks for. CHOSEN: the words of what was chosen last (text, lang); NULL: nothing. OUT lives
 * in ARENA, as does the picture that it is read from (LIMIT_PICTURE_ARENA). Errors as of screen_view. */
CHECKED enum err screen_speech(const struct model *model, const struct surroundings *surroundings, struct arena *arena,
			       const struct item *chosen, struct script *out);

/* ---- the items of speech mode's picture that keys press too */
#define SPEECH_BACK "speech/back"
#define SPEECH_CHOOSE "speech/choose"
#define SPEECH_FORWARD "speech/forward"
#define SPEECH_AGAIN "speech/again"
/* The first words of the node that has the focus. */
#define SPEECH_LABEL "speech/label"
