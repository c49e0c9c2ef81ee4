/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/speech_speaker.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "io/clock.h"
#include "kiosk/speech_sound.h"
#include "kiosk/speech_voice.h"

enum {
	NEWS_MAX = 64,
	WISH_BYTES = 1 << 20,
	AHEAD_MS = 2000,     /* of samples that wait for the device */
	LET_GO_MS = 5000,    /* of silence, after which the device is closed */
	PLUG_WAIT_MS = 1000, /* that a card which has just come may take to be ready */
	PLUG_LOOK_MS = 50,
	CARD_SIZE = 128,
	PART_SAMPLES = 512,
};

struct job {
	struct arena arena;
	struct script script;
	unsigned serial;
	int volume, loudness, words;
	bool wants_headset;
	char headset[CARD_SIZE];
};

struct speaker {
	void (*ring)(void *context);
	void *context;
	pthread_t thread;
	bool has_thread;

	pthread_mutex_t lock; /* of the rest of this part */
	pthread_cond_t bell;
	bool quit;
	struct job *next;
	size_t first, n;
	struct speaker_news news[NEWS_MAX];

	/* the thread's own */
	struct sound sound;
	int rate; /* 0: no voice yet */
	const struct job *job;
};

static void job_del(struct job *job)
{
	if (!job)
		return;
	arena_wipe(&job->arena);
	arena_free(&job->arena);
	mem_free(job);
}

static enum err job_new(const struct speaker_wish *wish, struct job **out)
{
	struct job *job = mem_alloc(sizeof *job);

	if (!job)
		return ERR_MEMORY;
	*job = (struct job){
		.serial = wish->serial, .volume = wish->volume, .loudness = wish->loudness, .words = wish->words
	};
	arena_init(&job->arena, WISH_BYTES);
	struct utterance *v = ARENA_ARRAY(&job->arena, wish->script->n + 1, struct utterance);
	bool ok = v != NULL;
	for (size_t i = 0; ok && i < wish->script->n; i++) {
		v[i] = wish->script->v[i];
		v[i].text = arena_strdup(&job->arena, v[i].text);
		ok = v[i].text != NULL;
	}
	job->script = (struct script){ wish->script->n, v };
	job->wants_headset = wish->headset != NULL;
	if (wish->headset)
		memcpy(job->headset, wish->headset, strnlen(wish->headset, CARD_SIZE - 1));
	*out = job;
	if (ok)
		return OK;
	job_del(job);
	return ERR_MEMORY;
}

/* ---- news ---- */

static void tell(struct speaker *speaker, const struct speaker_news *news)
{
	pthread_mutex_lock(&speaker->lock);
	bool full = speaker->n == NEWS_MAX;
	if (!full) {
		struct speaker_news *place = &speaker->news[(speaker->first + speaker->n++) % NEWS_MAX];
		*place = *news;
		place->serial = speaker->job->serial;
		place->t_ms = clock_monotonic_ms();
		place->headset = speaker->sound.is_headset;
	}
	pthread_mutex_unlock(&speaker->lock);
	if (full)
		log_line(LOG_WARNING, "speech: its log has a hole");
	speaker->ring(speaker->context);
}

bool speaker_take(struct speaker *speaker, struct speaker_news *out)
{
	pthread_mutex_lock(&speaker->lock);
	bool got = speaker->n > 0;
	if (got) {
		*out = speaker->news[speaker->first];
		speaker->first = (speaker->first + 1) % NEWS_MAX;
		speaker->n--;
	}
	pthread_mutex_unlock(&speaker->lock);
	return got;
}

/* ---- the thread ---- */

/* LOCK is held. At most MS (negative: for ever), less when something new is wanted. */
static void wait_ms(struct speaker *speaker, int ms)
{
	struct timespec until;

	if (ms < 0) {
		pthread_cond_wait(&speaker->bell, &speaker->lock);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &until);
	int64_t ns = until.tv_nsec + (int64_t)ms * 1000000;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_cond_timedwait(&speaker->bell, &speaker->lock, &until);
}

/* Waits MS; true when what is being said is to stop. */
static bool is_over(struct speaker *speaker, int ms)
{
	pthread_mutex_lock(&speaker->lock);
	if (ms > 0 && !speaker->next && !speaker->quit)
		wait_ms(speaker, ms);
	bool over = speaker->next || speaker->quit;
	pthread_mutex_unlock(&speaker->lock);
	return over;
}

static bool take_samples(void *context, const int16_t *samples, size_t n)
{
	/* -20 dB to 0 in steps of 4. */
	static const int gains[VOLUME_STEPS] = { 3277, 5193, 8231, 13045, 20675, 32768 };
	struct speaker *speaker = context;
	int16_t part[PART_SAMPLES];
	/* As loudness is felt: half of it is a quarter of the amplitude. */
	int loudness = speaker->job->loudness, gain = gains[speaker->job->volume] * loudness / 100 * loudness / 100;

	for (size_t at = 0; at < n;) {
		size_t len = n - at < PART_SAMPLES ? n - at : PART_SAMPLES;
		for (size_t i = 0; i < len; i++)
			part[i] = (int16_t)(samples[at + i] * gain / 32768);
		if (!sound_put(&speaker->sound, part, len))
			return false;
		at += len;
	}
	int left = sound_left_ms(&speaker->sound);
	return !is_over(speaker, left > AHEAD_MS ? left - AHEAD_MS / 2 : 0);
}

/* True if it was heard to its end. */
static bool hear_out(struct speaker *speaker)
{
	for (int left = sound_left_ms(&speaker->sound); left > 0; left = sound_left_ms(&speaker->sound))
		if (is_over(speaker, left + 1))
			return false;
	return !is_over(speaker, 0);
}

static enum err open_sound(struct speaker *speaker, struct fault *fault)
{
	const struct job *job = speaker->job;
	enum err err = ERR_DEVICE;

	if (speaker->sound.device && speaker->sound.is_headset == job->wants_headset)
		return OK;
	sound_close(&speaker->sound);
	for (int waited = 0; err && job->wants_headset && waited <= PLUG_WAIT_MS; waited += PLUG_LOOK_MS) {
		err = sound_open(&speaker->sound, job->headset, speaker->rate, fault);
		if (err && is_over(speaker, PLUG_LOOK_MS))
			return err;
	}
	/* Better on the loudspeaker than not at all; secrets stay unsaid there. */
	return err ? sound_open(&speaker->sound, NULL, speaker->rate, fault) : OK;
}

static enum err prepare(struct speaker *speaker, struct fault *fault)
{
	enum err err = speaker->rate ? OK : voice_start(&speaker->rate, fault);

	if (err)
		speaker->rate = 0;
	return err ? err : open_sound(speaker, fault);
}

static enum err say_one(struct speaker *speaker, size_t i, struct fault *fault)
{
	const struct utterance *utterance = &speaker->job->script.v[i];

	if (utterance->secret && !speaker->sound.is_headset)
		return OK;
	tell(speaker, &(struct speaker_news){ .kind = SPEAKER_BEGAN, .i = i });
	enum err err = voice_say(utterance->text, utterance->lang, speaker->job->words, take_samples, speaker, fault);
	bool heard = !err && hear_out(speaker);
	if (!err && !sound_works(&speaker->sound))
		err = fault_set(fault, ERR_DEVICE, "sound", "the device went while something was said");
	if (!heard)
		sound_stop(&speaker->sound);
	tell(speaker, &(struct speaker_news){ .kind = SPEAKER_ENDED, .i = i, .cut = !heard });
	return err;
}

static void say_all(struct speaker *speaker)
{
	struct speaker_news last = { .kind = SPEAKER_SILENT };
	size_t n = speaker->job->script.n;
	enum err err = n ? prepare(speaker, &last.fault) : OK;

	for (size_t i = 0; i < n && !err && !is_over(speaker, 0); i++)
		err = say_one(speaker, i, &last.fault);
	if (err) {
		last.kind = SPEAKER_MUTE;
		sound_close(&speaker->sound);
	}
	tell(speaker, &last);
}

/* The next wish; NULL: there will be none. */
static struct job *await(struct speaker *speaker)
{
	pthread_mutex_lock(&speaker->lock);
	if (!speaker->next && !speaker->quit && speaker->sound.device)
		wait_ms(speaker, LET_GO_MS);
	if (!speaker->next && !speaker->quit) {
		pthread_mutex_unlock(&speaker->lock);
		sound_close(&speaker->sound);
		pthread_mutex_lock(&speaker->lock);
	}
	while (!speaker->next && !speaker->quit)
		wait_ms(speaker, -1);
	struct job *job = speaker->quit ? NULL : speaker->next;
	if (job)
		speaker->next = NULL;
	pthread_mutex_unlock(&speaker->lock);
	return job;
}

static void *run(void *context)
{
	struct speaker *speaker = context;

	for (struct job *job = await(speaker); job; job = await(speaker)) {
		speaker->job = job;
		say_all(speaker);
		job_del(job);
	}
	sound_close(&speaker->sound);
	sound_thread_end();
	return NULL;
}

/* ---- from the loop ---- */

enum err speaker_new(void (*ring)(void *context), void *context, struct speaker **out, struct fault *fault)
{
	pthread_condattr_t monotonic;
	struct speaker *speaker = mem_alloc(sizeof *speaker);

	*out = speaker;
	if (!speaker)
		return fault_set(fault, ERR_MEMORY, "speech", "%s", err_cause(ERR_MEMORY));
	speaker->ring = ring;
	speaker->context = context;
	pthread_mutex_init(&speaker->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&speaker->bell, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return OK;
}

void speaker_del(struct speaker *speaker)
{
	if (!speaker)
		return;
	pthread_mutex_lock(&speaker->lock);
	speaker->quit = true;
	pthread_cond_signal(&speaker->bell);
	pthread_mutex_unlock(&speaker->lock);
	if (speaker->has_thread)
		pthread_join(speaker->thread, NULL);
	job_del(speaker->next);
	pthread_cond_destroy(&speaker->bell);
	pthread_mutex_destroy(&speaker->lock);
	mem_free(speaker);
}

static enum err start_thread(struct speaker *speaker, struct fault *fault)
{
	if (speaker->has_thread)
		return OK;
	if (pthread_create(&speaker->thread, NULL, run, speaker) != 0)
		return fault_set(fault, ERR_DEVICE, "speech", "no thread for it");
	speaker->has_thread = true;
	return OK;
}

enum err speaker_say(struct speaker *speaker, const struct speaker_wish *wish, struct fault *fault)
{
	struct job *job;
	enum err err = job_new(wish, &job);

	if (err)
		return fault_set(fault, err, "speech", "%s", err_cause(err));
	pthread_mutex_lock(&speaker->lock);
	struct job *old = speaker->next;
	speaker->next = job;
	pthread_cond_signal(&speaker->bell);
	pthread_mutex_unlock(&speaker->lock);
	job_del(old);
	return start_thread(speaker, fault);
}
