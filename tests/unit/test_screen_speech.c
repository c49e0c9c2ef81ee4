/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard: nodes, words, wishes, and who reads which language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "screen/speech_inside.h"
#include "screen_heard.h"

/* ---- words */

static void words_are_said_as_people_say_them(void **state)
{
	static const struct {
		const char *lang, *seen, *said;
	} rows[] = {
		{ "nb", "kl. 11.00", "klokka 11" },
		{ "nb", "11.05", "klokka 11 0 5" },
		{ "nb", "Torsdager kl. 13–14.30", "Torsdager klokka 13 til 14 30" },
		{ "nb", "11.00–12.30", "klokka 11 til 12 30" },
		{ "nb", "Kafé · 2. etg. til venstre", "Kafé, 2. etasje til venstre" },
		{ "nb", "00 00 12 34", "0 0, 0 0, 1 2, 3 4" },
		{ "nb",
		  "00\xC2\xA0"
		  "00\xC2\xA0"
		  "12\xC2\xA0"
		  "34",
		  "0 0, 0 0, 1 2, 3 4" },
		{ "nb", "40 71 93", "4 0, 7 1, 9 3" },
		{ "nb", "800 80 000.", "8 0, 0 8, 0 0, 0 0." },
		{ "nb", "+47 00 00 12 34", "+ 4 7, 0 0, 0 0, 1 2, 3 4" },
		{ "nb", "24. november 2026", "24. november 2026" },
		{ "nb", "versjon 1.2.3", "versjon 1.2.3" },
		{ "nb", "1250 kroner", "1250 kroner" },
		{ "nb", "Aktivitets\xC2\xADsenter\nKom inn", "Aktivitetssenter. Kom inn" },
		{ "nn", "kl. 09.30", "klokka 9 30" },
		{ "en", "11:00–12:30", "11 to 12 30" },
		{ "en", "12.30 pounds", "12.30 pounds" },
		{ "de", "heute, 11:00, Saal", "heute, 11 Uhr, Saal" },
		{ "de", "um 11:30 Uhr", "um 11 30 Uhr" },
		{ "tr", "saat 11:00", "saat 11" },
		{ "ar", "الساعة 11:30", "الساعة 11 30" },
		{ "en", "A7 123456", "A7 1 2, 3 4, 5 6" },
	};
	struct stage s;
	struct picture picture;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	assert_int_equal(picture_make(&picture, &s.model, &s.around, &s.picture, "nb", &s.display), OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(spoken_words(&picture.b, rows[i].seen, rows[i].lang), rows[i].said);
	stage_free(&s);
}

static void isolates_are_not_said(void **state)
{
	struct stage s;
	struct picture picture;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	assert_int_equal(picture_make(&picture, &s.model, &s.around, &s.picture, "ar", &s.display), OK);
	const char *said = spoken_words(&picture.b,
					"\xE2\x81\xA8Kari\xE2\x81\xA9 \xE2\x81\xA6"
					"11:30–12:00\xE2\x81\xA9",
					"ar");
	assert_null(strstr(said, "\xE2\x81"));
	assert_non_null(strstr(said, "Kari "));
	assert_non_null(strstr(said, "11 30"));
	stage_free(&s);
}

/* ---- nodes */

/* Every control of the picture that everybody sees is reached, each once, and forward from the last one is the first.
 */
static void each_control_is_reached(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	for (size_t i = 0; i < HEARD_PLACES; i++) {
		stage_tap(&s, heard_places[i]);
		s.model.speech.mode = false;
		const char *actions[LIMIT_ITEMS];
		size_t n = 0, seen = 0, steps = 0;
		struct arena kept;
		arena_init(&kept, 1 << 20);
		const struct display *plain = stage_view(&s);
		for (size_t k = 0; k < plain->n_items; k++)
			if (plain->items[k].action && strncmp(plain->items[k].action, "say ", 4) != 0)
				actions[n++] = arena_strdup(&kept, plain->items[k].action);
		s.model.speech.mode = true;
		stage_tap(&s, "focus 0");
		do {
			const char *does = action_of(&s, SPEECH_CHOOSE);
			seen += seen < n && strcmp(does, actions[seen]) == 0;
			press_shown(&s, SPEECH_FORWARD);
			steps++;
		} while (s.model.speech.focus != 0 && steps < 300);
		assert_int_equal(seen, n);
		assert_true(steps >= n + DIALS);
		/* And the other way round. */
		press(&s, SPEECH_BACK);
		assert_int_equal(s.model.speech.focus, steps - 1);
		press(&s, SPEECH_FORWARD);
		assert_int_equal(s.model.speech.focus, 0);
		arena_free(&kept);
	}
	stage_free(&s);
}

static bool is_whole(const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		int more = c < 0x80 ? 0 : c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : -1;
		if (more < 0)
			return false;
		while (more-- > 0)
			if (((unsigned char)*++s & 0xC0) != 0x80)
				return false;
	}
	return true;
}

/* In each language, each node of each view: something is said, in voices that there are, with its place. */
static void each_node_has_words(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	for (size_t l = 0; l < lang_count(); l++) {
		const char *code = lang_code(lang_at(l));
		stage_tap(&s, arena_printf(&said_arena, "language %s", code));
		if (!speech_has_voice(code))
			stage_tap(&s, "voice nb");
		const char *voice = speech_has_voice(code) ? speech_voice_lang(code) : "nb";
		/* Four views in each language, in all of them each view several times. */
		for (size_t i = l % 4; i < HEARD_PLACES; i += 4) {
			stage_tap(&s, heard_places[i]);
			for (int k = 0; k == 0 || s.model.speech.focus != 0; k++) {
				struct script script = script_of(&s);
				assert_true(script.n > 0);
				/* The place comes last, in the language that is heard. */
				assert_string_equal(script.v[script.n - 1].lang, voice);
				for (size_t u = 0; u < script.n; u++) {
					assert_non_null(speech_voice_lang(script.v[u].lang));
					assert_true(strlen(script.v[u].text) <= UTTERANCE_MAX);
					assert_true(is_whole(script.v[u].text));
				}
				press(&s, SPEECH_FORWARD);
			}
		}
	}
	stage_free(&s);
}

static void a_card_is_one_node(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "focus 0");
	while (strcmp(action_of(&s, SPEECH_CHOOSE), "open activity:sangstund/20261124T1100") != 0)
		press(&s, SPEECH_FORWARD);
	assert_true(hears(&s, "klokka 11. Sangstund med Strandkoret. Kantina. knapp, "));
	assert_true(hears(&s, " av "));
	stage_free(&s);
}

static void a_toggle_says_its_state(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	choose(&s, "open adjust");
	while (strcmp(action_of(&s, SPEECH_CHOOSE), "adjust contrast") != 0)
		press(&s, SPEECH_FORWARD);
	assert_true(hears(&s, ": Av. knapp, "));
	press(&s, SPEECH_CHOOSE);
	assert_true(s.model.adjust.contrast);
	assert_int_equal(s.model.speech.say, SAY_FOCUS);
	assert_true(hears(&s, ": På. knapp, "));
	stage_free(&s);
}

static void a_code_is_said_as_what_it_is(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "open need:turvenn");
	stage_tap(&s, "say view");
	const char *all = heard(&s);
	assert_non_null(strstr(all, "En kode til å skanne"));
	assert_non_null(strstr(all, "Uten telefon"));
	/* The number is typed, the link never is. */
	assert_non_null(strstr(all, "4 0, 7 1, 9 3"));
	assert_null(strstr(all, "HTTPS"));
	stage_free(&s);
}

/* ---- wishes */

static void a_new_view_is_said_by_itself(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	assert_int_equal(s.model.speech.say, SAY_WELCOME);
	assert_true(hears(&s, "tre store felt"));
	assert_true(hears(&s, "Solbakken"));
	unsigned serial = s.model.speech.serial;
	press(&s, SPEECH_FORWARD);
	assert_int_not_equal(s.model.speech.serial, serial);
	choose(&s, "open needs");
	assert_int_equal(s.model.speech.focus, 0);
	assert_int_equal(s.model.speech.say, SAY_FOCUS);
	assert_true(s.model.speech.chosen);
	struct script script;
	const struct item chosen = { .text = "Alle", .lang = "nb" };
	arena_reset(&said_arena);
	assert_int_equal(screen_speech(&s.model, &s.around, &said_arena, &chosen, &script), OK);
	assert_int_equal(strncmp(script.v[0].text, "Valgt: Alle. Vil du hjelpe?", 27), 0);
	stage_free(&s);
}

static void a_question_is_said_whole(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .t_ms = 30000, .on = false });
	stage_send(&s, (struct msg){ .kind = MSG_TICK, .t_ms = 30000 + IDLE_LONG_MS, .now = s.model.shown.now });
	assert_int_equal(model_view(&s.model), VIEW_STILL);
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	assert_true(script_of(&s).n > 0);
	/* Speaking about it does not keep the visit alive for ever. */
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .t_ms = 40000 + IDLE_LONG_MS, .on = false });
	stage_send(&s,
		   (struct msg){ .kind = MSG_TICK, .t_ms = 30000 + IDLE_LONG_MS + STILL_MS, .now = s.model.shown.now });
	assert_false(s.model.visiting);
	assert_false(s.model.speech.mode);
	assert_int_equal(s.model.speech.say, SAY_NOTHING);
	stage_free(&s);
}

static void nothing_outlives_the_visit(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, true);
	for (int i = 0; i < 10; i++)
		stage_tap(&s, "voice louder");
	assert_int_equal(s.model.speech.volume, VOLUME_STEPS - 1);
	assert_true(hears(&s, "Lydstyrke 6 av 6"));
	for (int i = 0; i < 10; i++)
		stage_tap(&s, "voice slower");
	assert_int_equal(s.model.speech.rate, 0);
	stage_tap(&s, "language en");
	stage_send(&s, (struct msg){ .kind = MSG_HEADSET, .on = false });
	assert_false(s.model.visiting);
	assert_false(s.model.speech.mode);
	assert_int_equal(s.model.speech.volume, VOLUME_USUAL);
	assert_int_equal(s.model.speech.rate, RATE_USUAL);
	assert_int_equal(s.model.speech.say, SAY_NOTHING);
	assert_string_equal(s.model.lang, "nb");
	stage_free(&s);
}

static void a_touch_silences(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "say view");
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .on = true });
	/* A tap on the button that reads, while it reads: it says "stop", and after the finger has come down "read". */
	stage_send(&s, (struct msg){ .kind = MSG_DOWN, .item = "read" });
	assert_int_equal(s.model.speech.say, SAY_NOTHING);
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .on = false });
	stage_tap(&s, "say view");
	assert_int_equal(s.model.speech.say, SAY_NOTHING);
	stage_send(&s, (struct msg){ .kind = MSG_UP });
	/* The next one reads again. */
	stage_send(&s, (struct msg){ .kind = MSG_DOWN, .item = "read" });
	stage_tap(&s, "say view");
	stage_send(&s, (struct msg){ .kind = MSG_UP });
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	stage_tap(&s, "open needs");
	assert_int_equal(s.model.speech.say, SAY_NOTHING);
	stage_free(&s);
}

static void furniture_is_not_read_aloud(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open help");
	stage_tap(&s, "say view");
	assert_null(strstr(heard(&s), "Tilbake"));
	assert_null(strstr(heard(&s), "knapp"));
	assert_null(strstr(heard(&s), "Høyere"));
	stage_free(&s);
}

/* ---- languages */

static void another_language_has_its_own_voice(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "open language");
	stage_tap(&s, "say view");
	const char *all = heard(&s);
	assert_non_null(strstr(all, "[pl]"));
	assert_non_null(strstr(all, "[ar]"));
	assert_non_null(strstr(all, "[vi]"));
	/* Of a language without a voice its name is said in ours. */
	assert_non_null(strstr(all, "tigrinja"));
	assert_null(strstr(all, "[ti]"));
	assert_null(strstr(all, "\xE1\x88")); /* no Ethiopic letter is given to a voice */
	stage_free(&s);
}

static void who_reads_a_language_without_a_voice(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "open needs");
	stage_tap(&s, "language ti");
	stage_tap(&s, "say view");
	assert_int_equal(model_view(&s.model), VIEW_VOICE);
	/* It is said in that language, as text, and offers two others. */
	const struct item *title = item_by_words(stage_view(&s), lang_text(lang_find("ti"), TEXT_SCREEN_VOICE_NONE));
	assert_non_null(title);
	assert_string_equal(title->lang, "ti");
	assert_non_null(item_by_id(&s.display, "voice/nb"));
	stage_tap(&s, "voice en");
	assert_int_equal(model_view(&s.model), VIEW_NEEDS);
	assert_string_equal(s.model.lang, "ti");
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	assert_true(hears(&s, "[en]"));
	assert_true(hears(&s, "A friend for forest walks"));
	/* What is shown is Tigrinya still; the second time nothing is asked. */
	assert_string_equal(stage_view(&s)->lang, "ti");
	stage_tap(&s, "say view");
	assert_int_equal(s.model.speech.say, SAY_VIEW);
	stage_free(&s);
}

static void without_a_voice_in_speech_mode(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	choose(&s, "open language");
	choose(&s, "language ti");
	assert_int_equal(model_view(&s.model), VIEW_VOICE);
	const char *all = heard(&s);
	assert_non_null(strstr(all, lang_text(lang_find("nb"), TEXT_SCREEN_VOICE_NONE)));
	assert_non_null(strstr(all, lang_text(lang_find("en"), TEXT_SCREEN_VOICE_NONE)));
	choose(&s, "voice en");
	assert_int_equal(model_view(&s.model), VIEW_HOME);
	assert_string_equal(stage_view(&s)->lang, "en");
	assert_true(hears(&s, "[en]"));
	stage_free(&s);
}

/* Also when it was chosen before speech began. */
static void speech_begins_in_a_language_without_a_voice(void **state)
{
	struct stage s;
	(void)state;
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "language so");
	stage_send(&s, (struct msg){ .kind = MSG_SPEECH_KEY });
	assert_int_equal(model_view(&s.model), VIEW_VOICE);
	assert_int_equal(s.model.speech.say, SAY_WELCOME);
	assert_true(hears(&s, "tre store felt"));
	assert_true(hears(&s, lang_text(lang_find("en"), TEXT_SCREEN_VOICE_NONE)));
	choose(&s, "voice nb");
	assert_int_equal(model_view(&s.model), VIEW_HOME);
	stage_free(&s);
}

static void content_in_another_language(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_tap(&s, "language pl");
	stage_tap(&s, "home");
	stage_tap(&s, "say view");
	/* The sample's activities are Norwegian and English: a Polish screen shows them in a language that its voice
	 * can read. */
	assert_true(hears(&s, "[pl]"));
	assert_true(hears(&s, "[nb]") || hears(&s, "[en]"));
	stage_free(&s);
}

static void mute_is_seen(void **state)
{
	struct stage s;
	(void)state;
	begin(&s, false);
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .mute = true });
	assert_non_null(item_by_id(stage_view(&s), "speech/mute"));
	stage_free(&s);
	stage_init(&s, SAMPLE, "2026-11-24T09:41");
	stage_tap(&s, "say view");
	stage_send(&s, (struct msg){ .kind = MSG_SPOKEN, .mute = true });
	assert_int_equal(model_view(&s.model), VIEW_VOICE);
	assert_non_null(item_by_words(stage_view(&s), "Lyden virker ikke"));
	stage_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_said_as_people_say_them),
		cmocka_unit_test(isolates_are_not_said),
		cmocka_unit_test(each_control_is_reached),
		cmocka_unit_test(each_node_has_words),
		cmocka_unit_test(a_card_is_one_node),
		cmocka_unit_test(a_toggle_says_its_state),
		cmocka_unit_test(a_code_is_said_as_what_it_is),
		cmocka_unit_test(a_new_view_is_said_by_itself),
		cmocka_unit_test(a_question_is_said_whole),
		cmocka_unit_test(nothing_outlives_the_visit),
		cmocka_unit_test(a_touch_silences),
		cmocka_unit_test(furniture_is_not_read_aloud),
		cmocka_unit_test(another_language_has_its_own_voice),
		cmocka_unit_test(who_reads_a_language_without_a_voice),
		cmocka_unit_test(without_a_voice_in_speech_mode),
		cmocka_unit_test(speech_begins_in_a_language_without_a_voice),
		cmocka_unit_test(content_in_another_language),
		cmocka_unit_test(mute_is_seen),
	};
	return cmocka_run_group_tests(tests, heard_set_up, heard_tear_down);
}
