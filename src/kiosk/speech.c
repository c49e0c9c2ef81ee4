/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/speech.h"

#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "kiosk/loop_core.h"

/* Words a minute at each rate: 0.6, 1, 1.5 and 2 times the usual. */
static const int words_a_minute[RATE_STEPS] = { 84, 140, 210, 280 };
enum { LETTERS_A_WORD = 6, PAUSE_MS = 200 };

void talk_init(struct talk *talk, enum talk_kind kind)
{
	*talk = (struct talk){ .kind = kind };
	arena_init(&talk->arena, 2 * LIMIT_PICTURE_ARENA);
}

void talk_start(struct talk *talk, void (*ring)(void *context))
{
	const struct plug_config config = { .ring = ring };
	struct fault fault;

	talk->ring = ring;
	if (plug_start(&config, &talk->plug, &fault))
		log_fault(LOG_WARNING, "headsets are not noticed", &fault);
}

void talk_free(struct talk *talk)
{
	plug_stop(talk->plug);
	speaker_del(talk->speaker);
	arena_wipe(&talk->arena);
	arena_free(&talk->arena);
	*talk = (struct talk){ 0 };
}

static int64_t now_ms(const struct kiosk *kiosk)
{
	return kiosk_clock_ms(&kiosk->clock);
}

static void spoken(struct kiosk *kiosk, bool on, bool mute)
{
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_SPOKEN, .on = on, .mute = mute });
}

/* ---- the log ---- */

static const char *cause(enum say_what say)
{
	static const char *const names[] = {
		[SAY_NOTHING] = "nothing", [SAY_VIEW] = "view",     [SAY_FOCUS] = "focus",
		[SAY_WELCOME] = "welcome", [SAY_SAMPLE] = "sample", [SAY_TYPED] = "typed",
	};
	return names[say];
}

static void log_began(struct kiosk *kiosk, int64_t t_ms, bool headset)
{
	struct talk *talk = &kiosk->talk;
	const struct speech *speech = &kiosk->model.speech;
	const struct utterance *utterance = &talk->script.v[talk->at];

	talk->open = true;
	/* How far the focus went on the way to a key tells which one it is. */
	talk->logged = utterance->secret || !utterance->unlogged;
	if (!talk->logged)
		return;
	journal_line(kiosk->events, t_ms, "speech", FIELD_T("cause", cause(speech->say)),
		     FIELD_T("lang", utterance->lang), FIELD_T("sink", headset ? "headset" : "speaker"),
		     FIELD_I("volume", speech->volume), FIELD_I("words_a_minute", words_a_minute[speech->rate]),
		     FIELD_B("private", utterance->unlogged),
		     FIELD_T("text", utterance->unlogged ? NULL : utterance->text));
}

static void log_ended(struct kiosk *kiosk, int64_t t_ms, bool cut)
{
	const struct model *model = &kiosk->model;
	const char *why = !cut                               ? "end"
			  : model->speech.say != SAY_NOTHING ? "new"
			  : model->visiting                  ? "user"
							     : "visit_ended";

	if (!kiosk->talk.open)
		return;
	kiosk->talk.open = false;
	if (kiosk->talk.logged)
		journal_line(kiosk->events, t_ms, "speech_end", FIELD_T("cause", why));
}

/* ---- replays ---- */

static int64_t takes_ms(const struct kiosk *kiosk, const char *text)
{
	int64_t letters = 0;

	for (const char *s = text; *s; s++)
		letters += ((unsigned char)*s & 0xC0) != 0x80;
	return PAUSE_MS + letters * 60000 / (words_a_minute[kiosk->model.speech.rate] * LETTERS_A_WORD);
}

/* Utterance AT of the script, or silence behind the last one. */
static void simulate(struct kiosk *kiosk)
{
	struct talk *talk = &kiosk->talk;

	if (talk->at < talk->script.n) {
		talk->busy = true;
		talk->end_ms = now_ms(kiosk) + takes_ms(kiosk, talk->script.v[talk->at].text);
		log_began(kiosk, now_ms(kiosk), kiosk->model.speech.headset);
		spoken(kiosk, true, false);
	} else if (talk->busy) {
		talk->busy = false;
		spoken(kiosk, false, false);
	}
}

int64_t talk_deadline(const struct talk *talk)
{
	return talk->kind == TALK_SIMULATED && talk->open ? talk->end_ms : INT64_MAX;
}

void kiosk_talk_tick(struct kiosk *kiosk)
{
	struct talk *talk = &kiosk->talk;

	if (now_ms(kiosk) < talk_deadline(talk))
		return;
	/* A newer wish cuts it; kiosk_talk will see to that. */
	if (talk->serial != kiosk->model.speech.serial)
		return;
	log_ended(kiosk, talk->end_ms, false);
	talk->at++;
	simulate(kiosk);
}

/* ---- wishes ---- */

static const struct item *chosen_item(const struct kiosk *kiosk)
{
	const struct display *display = kiosk_display(kiosk);

	for (size_t i = 0; display && i < display->n_items; i++)
		if (strcmp(display->items[i].id, SPEECH_LABEL) == 0)
			return &display->items[i];
	return NULL;
}

static enum err write_script(struct kiosk *kiosk)
{
	struct talk *talk = &kiosk->talk;

	arena_wipe(&talk->arena);
	talk->script = (struct script){ 0 };
	talk->at = 0;
	if (kiosk->model.speech.say == SAY_NOTHING)
		return OK;
	return screen_speech(&kiosk->model, &kiosk->surroundings, &talk->arena, chosen_item(kiosk), &talk->script);
}

static enum err say_aloud(struct kiosk *kiosk, struct fault *fault)
{
	struct talk *talk = &kiosk->talk;
	const struct speech *speech = &kiosk->model.speech;
	const struct speaker_wish wish = {
		.serial = talk->serial,
		.script = &talk->script,
		.volume = speech->volume,
		.loudness = settings_int(&kiosk->options->settings, SET_VOLUME),
		.words = words_a_minute[speech->rate],
		.headset = speech->headset && *talk->card ? talk->card : NULL,
	};

	/* Nobody has to be silenced who has never spoken. */
	if (!talk->busy && talk->script.n == 0)
		return OK;
	enum err err = talk->speaker ? OK : speaker_new(talk->ring, NULL, &talk->speaker, fault);
	if (!err)
		err = speaker_say(talk->speaker, &wish, fault);
	talk->busy = !err;
	return err;
}

static void cannot_speak(struct kiosk *kiosk, const struct fault *fault)
{
	if (!kiosk->model.speech.mute)
		log_fault(LOG_WARNING, "nothing is said aloud", fault);
	kiosk->talk.busy = false;
	spoken(kiosk, false, true);
}

void kiosk_talk(struct kiosk *kiosk)
{
	struct talk *talk = &kiosk->talk;
	struct fault fault = { 0 };

	if (talk->serial == kiosk->model.speech.serial)
		return;
	talk->serial = kiosk->model.speech.serial;
	if (talk->kind == TALK_NEVER || (talk->kind == TALK_ALOUD && !talk->ring))
		return;
	if (talk->kind == TALK_SIMULATED)
		log_ended(kiosk, now_ms(kiosk), true);
	enum err err = write_script(kiosk);
	if (err)
		fault_set(&fault, err, "speech", "%s", err_cause(err));
	else if (talk->kind == TALK_SIMULATED)
		simulate(kiosk);
	else
		err = say_aloud(kiosk, &fault);
	if (err)
		cannot_speak(kiosk, &fault);
}

/* ---- news ---- */

static void hear_speaker(struct kiosk *kiosk, const struct speaker_news *news)
{
	struct talk *talk = &kiosk->talk;
	bool newest = news->serial == talk->serial;

	switch (news->kind) {
	case SPEAKER_BEGAN:
		if (!newest)
			break;
		talk->at = news->i;
		log_began(kiosk, news->t_ms, news->headset);
		spoken(kiosk, true, false);
		break;
	case SPEAKER_ENDED:
		log_ended(kiosk, news->t_ms, news->cut);
		break;
	case SPEAKER_SILENT:
		if (!newest)
			break;
		talk->busy = false;
		spoken(kiosk, false, false);
		break;
	case SPEAKER_MUTE:
		if (newest)
			cannot_speak(kiosk, &news->fault);
		break;
	}
}

void kiosk_hear_news(struct kiosk *kiosk)
{
	struct talk *talk = &kiosk->talk;
	struct speaker_news said;
	struct plug_news plugged;

	while (talk->speaker && speaker_take(talk->speaker, &said))
		hear_speaker(kiosk, &said);
	if (talk->plug && plug_take(talk->plug, &plugged))
		kiosk_headset(kiosk, plugged.on, plugged.card);
}

void kiosk_headset(struct kiosk *kiosk, bool on, const char *card)
{
	struct talk *talk = &kiosk->talk;
	size_t len = strnlen(card, CARD_NAME_SIZE - 1);

	memcpy(talk->card, card, len);
	talk->card[len] = '\0';
	journal_line(kiosk->events, now_ms(kiosk), "headset", FIELD_B("on", on));
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_HEADSET, .on = on });
}
