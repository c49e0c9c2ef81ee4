/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The voices, the speaker with SDL's own "disk" device (what would sound is a
 * file of samples), and the plug with folders that look like /dev and /proc/asound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <SDL2/SDL.h>
#include <pthread.h>
#include <time.h>

#include "io/clock.h"
#include "kiosk/speech_plug.h"
#include "kiosk/speech_speaker.h"
#include "kiosk/speech_voice.h"

enum { PATH_SIZE = 1000, WAIT_S = 20, RATE = 22050 };

static char folder[PATH_SIZE - 100];

static const char *path_of(const char *name)
{
	static char path[PATH_SIZE];
	assert_true(snprintf(path, sizeof path, "%s/%s", folder, name) < PATH_SIZE);
	return path;
}

/* ---- a bell to wait for */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t rung;
	unsigned n;
} bell = { .lock = PTHREAD_MUTEX_INITIALIZER, .rung = PTHREAD_COND_INITIALIZER };

static void ring(void *context)
{
	(void)context;
	pthread_mutex_lock(&bell.lock);
	bell.n++;
	pthread_cond_signal(&bell.rung);
	pthread_mutex_unlock(&bell.lock);
}

static void await_ring(unsigned *heard)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_S;
	pthread_mutex_lock(&bell.lock);
	int waited = 0;
	while (bell.n == *heard && waited == 0)
		waited = pthread_cond_timedwait(&bell.rung, &bell.lock, &until);
	*heard = bell.n;
	pthread_mutex_unlock(&bell.lock);
	assert_int_equal(waited, 0);
}

static struct speaker_news await_news(struct speaker *speaker)
{
	static unsigned heard;
	struct speaker_news news;
	while (!speaker_take(speaker, &news))
		await_ring(&heard);
	return news;
}

/* ---- voices */

struct samples {
	size_t n, loud, most;
};

static bool count(void *context, const int16_t *samples, size_t n)
{
	struct samples *s = context;
	for (size_t i = 0; i < n; i++)
		s->loud += samples[i] > 500 || samples[i] < -500;
	s->n += n;
	return s->most == 0 || s->n < s->most;
}

/* Each language that the screen takes to have a voice has one here, and it sounds. */
static void each_voice_speaks(void **state)
{
	static const struct {
		const char *lang, *text;
	} rows[] = {
		{ "nb", "Sangstund i kantina klokka 11" },
		{ "en", "Sing-along in the café at 11" },
		{ "uk", "Ласкаво просимо додому" },
		{ "ar", "مرحبا بكم في البيت" },
		{ "ru", "Добро пожаловать домой" },
		{ "pl", "Serdecznie witamy w domu" },
		{ "lt", "Sveiki atvykę į namus" },
		{ "ur", "گھر میں خوش آمدید" },
		{ "fa", "به خانه خوش آمدید" },
		{ "tr", "Evimize hoş geldiniz" },
		{ "vi", "Chào mừng bạn về nhà" },
		{ "de", "Herzlich willkommen zu Hause" },
		{ "fr", "Bienvenue à la maison" },
		{ "es", "Bienvenidos a la casa" },
	};
	struct fault fault;
	int rate;
	(void)state;
	assert_int_equal(voice_start(&rate, &fault), OK);
	assert_int_equal(rate, RATE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct samples s = { 0 };
		assert_string_equal(speech_voice_lang(rows[i].lang), rows[i].lang);
		assert_int_equal(voice_say(rows[i].text, rows[i].lang, 140, count, &s, &fault), OK);
		/* Some 25 letters: at least a second, a good part of it loud. */
		assert_in_range(s.n, RATE * 3 / 4, RATE * 6);
		assert_true(s.loud > s.n / 10);
	}
	struct samples none = { 0 };
	assert_int_equal(voice_say("x", "ti", 140, count, &none, &fault), ERR_DEVICE);
	assert_non_null(strstr(fault.text, "\"ti\""));
	assert_int_equal(none.n, 0);
}

static void a_voice_stops_and_has_a_rate(void **state)
{
	static const char text[] = "Velkommen hjem til oss. Her er det godt å være, og du kan gjøre som du vil.";
	struct samples slow = { 0 }, fast = { 0 }, stopped = { .most = 2000 };
	struct fault fault;
	int rate;
	(void)state;
	assert_int_equal(voice_start(&rate, &fault), OK);
	assert_int_equal(voice_say(text, "nb", 84, count, &slow, &fault), OK);
	assert_int_equal(voice_say(text, "nb", 280, count, &fast, &fault), OK);
	assert_int_equal(voice_say(text, "nb", 140, count, &stopped, &fault), OK);
	assert_true(slow.n > fast.n * 2);
	assert_true(stopped.n < slow.n / 5);
}

/* ---- speaker */

static struct speaker *speaker_begin(void)
{
	struct speaker *speaker;
	struct fault fault;
	setenv("SDL_AUDIODRIVER", "disk", 1);
	setenv("SDL_DISKAUDIOFILE", path_of("samples.raw"), 1);
	setenv("SDL_DISKAUDIODELAY", "46", 1); /* ms a buffer: as long as it sounds */
	assert_int_equal(speaker_new(ring, NULL, &speaker, &fault), OK);
	return speaker;
}

static int loudness = 100;

static void say(struct speaker *speaker, unsigned serial, size_t n, const struct utterance *v, int volume)
{
	const struct script script = { n, v };
	struct fault fault;
	assert_int_equal(speaker_say(speaker,
				     &(struct speaker_wish){ .serial = serial,
							     .script = &script,
							     .volume = volume,
							     .loudness = loudness,
							     .words = 280 },
				     &fault),
			 OK);
}

/* How many samples the file has, and how loud the loudest is. */
static size_t read_samples(int *loudest, size_t *loud)
{
	FILE *f = fopen(path_of("samples.raw"), "rb");
	int16_t sample;
	size_t n = 0;
	*loudest = 0;
	*loud = 0;
	assert_non_null(f);
	while (fread(&sample, sizeof sample, 1, f) == 1) {
		n++;
		*loud += abs(sample) > 100;
		*loudest = abs(sample) > *loudest ? abs(sample) : *loudest;
	}
	fclose(f);
	return n;
}

static void utterances_sound_one_after_the_other(void **state)
{
	static const struct utterance v[] = { { .text = "Hei på deg", .lang = "nb" },
					      { .text = "4 6", .lang = "nb", .secret = true },
					      { .text = "Hello there", .lang = "en" } };
	int64_t began[2] = { 0 }, ended[2] = { 0 };
	struct speaker *speaker = speaker_begin();
	(void)state;
	say(speaker, 7, 3, v, 5);
	for (int i = 0; i < 2; i++) {
		struct speaker_news news = await_news(speaker);
		assert_int_equal(news.kind, SPEAKER_BEGAN);
		assert_int_equal(news.serial, 7);
		/* The secret is not for a loudspeaker. */
		assert_int_equal(news.i, 2 * i);
		assert_false(news.headset);
		began[i] = news.t_ms;
		news = await_news(speaker);
		assert_int_equal(news.kind, SPEAKER_ENDED);
		assert_false(news.cut);
		ended[i] = news.t_ms;
	}
	assert_int_equal(await_news(speaker).kind, SPEAKER_SILENT);
	assert_true(ended[0] - began[0] > 200 && ended[1] - began[1] > 200);
	assert_true(began[1] >= ended[0]);
	speaker_del(speaker);
	int loudest;
	size_t loud, n = read_samples(&loudest, &loud);
	assert_in_range(n, RATE / 2, RATE * 20);
	assert_true(loud > RATE / 5);
	assert_true(loudest > 5000);
}

static void the_usual_volume_is_quieter(void **state)
{
	static const struct utterance v[] = { { .text = "Hei på deg", .lang = "nb" } };
	/* The visitor's step, and what the installation allows at most. */
	static const int steps[] = { VOLUME_USUAL, VOLUME_STEPS - 1, VOLUME_STEPS - 1, VOLUME_STEPS - 1 };
	static const int percents[] = { 100, 100, 50, 0 };
	int loudest[4];
	size_t loud;
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct speaker *speaker = speaker_begin();
		loudness = percents[i];
		say(speaker, 1, 1, v, steps[i]);
		while (await_news(speaker).kind != SPEAKER_SILENT)
			continue;
		speaker_del(speaker);
		read_samples(&loudest[i], &loud);
	}
	/* 12 dB. */
	assert_true(loudest[0] > 0);
	assert_in_range(loudest[1] * 10, loudest[0] * 35, loudest[0] * 45);
	/* Half as loud is a quarter of the amplitude. */
	assert_in_range(loudest[1] * 10, loudest[2] * 38, loudest[2] * 42);
	assert_int_equal(loudest[3], 0);
	loudness = 100;
}

static void a_new_wish_silences_the_old_one(void **state)
{
	static const struct utterance longest[] = {
		{ .text = "Dette er en lang tekst, som ingen rekker å høre til slutten av. Den går videre og videre. "
			  "Den går videre og videre. Den går videre og videre. Den går videre og videre.",
		  .lang = "nb" },
		{ .text = "Det som aldri blir sagt", .lang = "nb" },
	};
	static const struct utterance next[] = { { .text = "Ny", .lang = "nb" } };
	struct speaker *speaker = speaker_begin();
	(void)state;
	say(speaker, 1, 2, longest, 2);
	assert_int_equal(await_news(speaker).kind, SPEAKER_BEGAN);
	int64_t asked_ms = clock_monotonic_ms();
	say(speaker, 2, 1, next, 2);
	struct speaker_news news = await_news(speaker);
	assert_int_equal(news.kind, SPEAKER_ENDED);
	assert_true(news.cut);
	assert_int_equal(news.serial, 1);
	assert_true(news.t_ms - asked_ms <= 200);
	assert_int_equal(await_news(speaker).kind, SPEAKER_SILENT);
	news = await_news(speaker);
	assert_int_equal(news.kind, SPEAKER_BEGAN);
	assert_int_equal(news.serial, 2);
	/* And silence is a wish too. */
	asked_ms = clock_monotonic_ms();
	say(speaker, 3, 0, NULL, 2);
	do
		news = await_news(speaker);
	while (news.kind != SPEAKER_SILENT || news.serial != 3);
	assert_true(news.t_ms - asked_ms <= 200);
	speaker_del(speaker);
}

static void ending_does_not_wait_for_the_text(void **state)
{
	static const struct utterance v[] = { { .text = "En tekst som tar sin tid, og som ingen er her for å høre på.",
						.lang = "nb" } };
	struct speaker *speaker = speaker_begin();
	(void)state;
	say(speaker, 1, 1, v, 2);
	assert_int_equal(await_news(speaker).kind, SPEAKER_BEGAN);
	int64_t asked_ms = clock_monotonic_ms();
	speaker_del(speaker);
	assert_true(clock_monotonic_ms() - asked_ms < 1000);
}

static void no_sound_is_told(void **state)
{
	static const struct utterance v[] = { { .text = "Hei", .lang = "nb" } };
	struct speaker *speaker = speaker_begin();
	(void)state;
	setenv("SDL_DISKAUDIOFILE", path_of("no/such/folder/x"), 1);
	say(speaker, 1, 1, v, 2);
	struct speaker_news news = await_news(speaker);
	assert_int_equal(news.kind, SPEAKER_MUTE);
	assert_string_equal(news.fault.place, "sound");
	/* The next wish tries again. */
	setenv("SDL_DISKAUDIOFILE", path_of("samples.raw"), 1);
	say(speaker, 2, 1, v, 2);
	assert_int_equal(await_news(speaker).kind, SPEAKER_BEGAN);
	speaker_del(speaker);
}

/* A headset that SDL does not know: better on the loudspeaker, but not what is secret. */
static void a_headset_that_is_not_there(void **state)
{
	static const struct utterance v[] = { { .text = "4 6", .lang = "nb", .secret = true },
					      { .text = "Hei", .lang = "nb" } };
	const struct script script = { 2, v };
	struct speaker *speaker = speaker_begin();
	struct fault fault;
	(void)state;
	const struct speaker_wish wish = {
		.serial = 1, .script = &script, .loudness = 100, .words = 280, .headset = "USB Audio Device"
	};
	assert_int_equal(speaker_say(speaker, &wish, &fault), OK);
	struct speaker_news news = await_news(speaker);
	assert_int_equal(news.kind, SPEAKER_BEGAN);
	assert_int_equal(news.i, 1);
	assert_false(news.headset);
	speaker_del(speaker);
}

/* ---- plug */

static void put_file(const char *name, const char *text)
{
	FILE *f = fopen(path_of(name), "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void make_folder(const char *name)
{
	assert_int_equal(mkdir(path_of(name), 0700), 0);
}

static struct plug_news await_plug(struct plug *plug)
{
	static unsigned heard;
	struct plug_news news;
	while (!plug_take(plug, &news))
		await_ring(&heard);
	return news;
}

static struct plug *plug_begin(void)
{
	static char dev[PATH_SIZE], proc[PATH_SIZE];
	const struct plug_config config = { .dev = dev, .proc = proc, .ring = ring };
	struct plug *plug;
	struct fault fault;
	snprintf(dev, sizeof dev, "%s", path_of("dev"));
	snprintf(proc, sizeof proc, "%s", path_of("proc"));
	assert_int_equal(plug_start(&config, &plug, &fault), OK);
	return plug;
}

static const char CARDS[] = " 0 [HDMI           ]: HDA-Intel - HDA Intel HDMI\n"
			    "                      HDA Intel HDMI at 0xf7f14000 irq 30\n"
			    " 1 [Device         ]: USB-Audio - USB Audio Device\n"
			    "                      Made-up USB Audio Device at usb-1, full speed\n";

static void a_card_that_comes_is_a_headset(void **state)
{
	(void)state;
	make_folder("dev");
	make_folder("proc");
	make_folder("proc/card1");
	put_file("proc/cards", CARDS);
	put_file("proc/card1/usbid", "0000:0000\n");
	struct plug *plug = plug_begin(), *late;
	struct plug_news news;
	assert_false(plug_take(plug, &news));
	/* The first card of all makes the folder as well. */
	make_folder("dev/snd");
	put_file("dev/snd/controlC1", "");
	put_file("dev/snd/pcmC1D0c", "");
	put_file("dev/snd/pcmC1D0p", "");
	news = await_plug(plug);
	assert_true(news.on);
	assert_string_equal(news.card, "USB Audio Device");
	/* One that starts now takes it for a loudspeaker. A card that is not USB is none either. */
	late = plug_begin();
	put_file("dev/snd/pcmC0D3p", "");
	assert_int_equal(unlink(path_of("dev/snd/pcmC1D0p")), 0);
	assert_false(await_plug(plug).on);
	assert_false(plug_take(late, &news));
	/* And once more. */
	put_file("dev/snd/pcmC1D0p", "");
	assert_true(await_plug(plug).on);
	assert_false(plug_take(late, &news));
	plug_stop(late);
	plug_stop(plug);
}

static void a_folder_that_cannot_be_watched(void **state)
{
	const char *nowhere = path_of("not/there");
	const struct plug_config config = { .dev = nowhere, .proc = nowhere, .ring = ring };
	struct plug *plug;
	struct fault fault;
	(void)state;
	assert_int_equal(plug_start(&config, &plug, &fault), ERR_DEVICE);
	assert_string_equal(fault.place, nowhere);
	plug_stop(NULL);
}

static int set_up(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/speech-XXXXXX", tmp ? tmp : "/tmp");
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	return mkdtemp(folder) && SDL_Init(SDL_INIT_VIDEO) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	static const char *const files[] = { "samples.raw",       "proc/card1/usbid", "proc/cards",
					     "dev/snd/controlC1", "dev/snd/pcmC1D0c", "dev/snd/pcmC1D0p",
					     "dev/snd/pcmC0D3p" };
	static const char *const folders[] = { "proc/card1", "proc", "dev/snd", "dev", "." };
	(void)state;
	SDL_Quit();
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		unlink(path_of(files[i]));
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		rmdir(i == 4 ? folder : path_of(folders[i]));
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_voice_speaks),
		cmocka_unit_test(a_voice_stops_and_has_a_rate),
		cmocka_unit_test(utterances_sound_one_after_the_other),
		cmocka_unit_test(the_usual_volume_is_quieter),
		cmocka_unit_test(a_new_wish_silences_the_old_one),
		cmocka_unit_test(ending_does_not_wait_for_the_text),
		cmocka_unit_test(no_sound_is_told),
		cmocka_unit_test(a_headset_that_is_not_there),
		cmocka_unit_test(a_card_that_comes_is_a_headset),
		cmocka_unit_test(a_folder_that_cannot_be_watched),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
