/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each line that a caretaker could get wrong, and what the screen says of it, word for word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/file.h"
#include "kiosk/options.h"

static char folder[300];

static int setup(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/advice.XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : 1;
}

static void write_file(const char *name, const char *bytes, size_t len)
{
	char path[400];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(file_replace(path, bytes, len, NULL), OK);
}

/* Reads oppslag.ini as the screen does. */
static void read_settings(struct options *options, struct buf *report)
{
	static char config[400];
	char *argv[] = { "oppslag-kiosk", "--keep-going", "--config", config };
	struct fault fault = { 0 };

	snprintf(config, sizeof config, "%s/oppslag.ini", folder);
	buf_init(report, 1 << 20);
	assert_int_equal(options_read(options, 4, argv, report, &fault), OK);
}

static const struct {
	const char *file; /* the fault is in its last line */
	const char *written, *what;
} lines[] = {
	{ "diagonal = stor", "diagonal = stor", "Skriv et tall fra 7 til 120, for eksempel diagonal = 24" },
	{ "diagonal = 500\"", "diagonal = 500\"", "Skriv et tall fra 7 til 120, for eksempel diagonal = 24" },
	{ "scale = 2", "scale = 2", "Skriv et tall fra 1 til 1.4, for eksempel scale = 1.4" },
	{ "Bottom-mm = 1200", "bottom-mm = 1200", "Skriv et helt tall fra 0 til 870, for eksempel bottom-mm = 720" },
	{ "volume = høy", "volume = høy", "Skriv et helt tall fra 0 til 100, for eksempel volume = 60" },
	{ "rotate = 45", "rotate = 45", "Skriv ett av disse: 0, 90, 180, 270. For eksempel rotate = 90" },
	{ "theme = rosa", "theme = rosa", "Skriv ett av disse: light, contrast, night. For eksempel theme = light" },
	{ "reach = kanskje", "reach = kanskje", "Skriv yes (ja) eller no (nei), for eksempel reach = no" },
	{ "name = Skjermen ved inngangen til det nye bygget ved siden av kantina", NULL,
	  "Skriv høyst 60 tegn, for eksempel name = Solbakken inngang" },
	{ "night = kveld", "night = kveld", "Skriv fra når til når, for eksempel night = 22:00-06:30" },
	{ "feed = htps://example.no/hemmelig", "feed = htps://example.no/…",
	  "Skriv hele adressen, for eksempel feed = https://oppslag.example.no/feed/v1/solbakken" },
	{ "feed = oppslag.example.no/feed/v1/x", "feed = oppslag.example.no/…",
	  "Skriv hele adressen, for eksempel feed = https://oppslag.example.no/feed/v1/solbakken" },
	{ "feed = https://oppslag.example.no", "feed = https://oppslag.example.no",
	  "Det virker bare sammen med centre. Skriv også det, for eksempel centre = solbakken" },
	{ "feed = https://oppslag.example.no/feed/v1/x\ncentre = det nye", "centre = det nye",
	  "Skriv for eksempel centre = solbakken" },
	{ "proxy = proxy", "proxy = proxy", "Skriv hele adressen, for eksempel proxy = http://proxy.example.no:8080" },
	{ "lang = norsk", "lang = norsk", "Skriv for eksempel lang = nb" },
	{ "zone = Oslo", "zone = Oslo", "Skriv for eksempel zone = Europe/Oslo" },
	{ "size = stor", "size = stor", "Skriv for eksempel size = 1920x1080" },
	{ "ntp = http://x", "ntp = http://x", "Skriv for eksempel ntp = ntp.example.no" },
	{ "[network]\naddress = 192.0.2.1", "address = 192.0.2.1", "Skriv for eksempel address = 192.0.2.10/24" },
	{ "network.gateway = 192.0.2.1", "network.gateway = 192.0.2.1",
	  "Det virker bare sammen med network.address. Skriv også det, for eksempel network.address = 192.0.2.10/24" },
	{ "[wifi]\ncountry = Norge", "country = Norge", "Skriv landets to bokstaver, for eksempel country = NO" },
	{ "[wifi]\nname = Gjest\npassword = kort", "wifi.password",
	  "Et passord for Wi-Fi har 8 til 63 tegn. Dette har 4." },
	{ "wifi.password = hemmelig1", "wifi.password",
	  "Det virker bare sammen med wifi.name. Skriv også det, for eksempel wifi.name = Solbakken" },
	{ "wifi.name = Kommunen\nwifi.password = hemmelig1\nwifi.user = skjerm1", "wifi.user = skjerm1",
	  "Det virker bare sammen med wifi.ca-file. Skriv også det, for eksempel wifi.ca-file = kommune.pem" },
	{ "ca-file = kommune.cer", "ca-file = kommune.cer",
	  "Legg filen kommune.cer ved siden av oppslag.ini. Den må være et sertifikat i Base64 (PEM)." },
	{ "ca-file = finnes-ikke.pem", "ca-file = finnes-ikke.pem",
	  "Legg filen finnes-ikke.pem ved siden av oppslag.ini. Den må være et sertifikat i Base64 (PEM)." },
	{ "ca-file = ../kommune.pem", "ca-file = ../kommune.pem",
	  "Legg filen ../kommune.pem ved siden av oppslag.ini. Den må være et sertifikat i Base64 (PEM)." },
	{ "diagnal = 24", "diagnal", "Dette finnes ikke. Mente du diagonal = 24?" },
	{ "navn = Inngang", "navn", "Dette finnes ikke. Mente du name = Solbakken inngang?" },
	{ "ssid = Gjest", "ssid", "Dette finnes ikke. Mente du wifi.name = Solbakken?" },
	{ "[wifi]\npasord = hemmelig1", "pasord", "Dette finnes ikke. Mente du password = …?" },
	{ "farger i oktober = 1", "farger-i-oktober", "Dette finnes ikke. Slett linjen." },
	{ "https://example.no/hemmelig.ics", "https",
	  "Dette finnes ikke. Mente du feed = https://oppslag.example.no/feed/v1/solbakken?" },
	{ "[wifi]\ndiagonal = 24", "diagonal", "Flytt linjen opp, over den første linjen med [ og ]" },
	{ "gateway = 192.0.2.1\nnetwork.address = 192.0.2.9/24\npassword = hemmelig1\nwifi.name = x\nuser = y", "user",
	  "Flytt linjen, så den står under [wifi]" },
	{ "volume = 50\nvolume = 60", "volume = 60", "Det samme står i linje 1, og den gjelder. Slett en av dem." },
	{ "diagonal 24", "diagonal", "Likhetstegnet mangler. Skriv for eksempel diagonal = 24" },
	{ "hemmelig", NULL, "Linjen kan ikke forstås. Slett den, eller sett # foran." },
	{ "[wifi", NULL, "Tegnet ] mangler. Skriv for eksempel [wifi]" },
	{ "[wifi]\nname = Kaf\xe9", "wifi.name", "Æ, ø eller å kan ikke leses. Velg Lagre som, og kodingen UTF-8." },
};

static const char *words_of(struct arena *arena, const struct advice *advice)
{
	const char *words = lang_format_args(arena, lang_find("nb"), advice->text, advice->n_args, advice->args);

	assert_non_null(words);
	return words;
}

static int lines_in(const char *s)
{
	int n = 1;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

static void each_wrong_line_is_answered(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	write_file("kommune.cer", "\x30\x82\x03\x01", 4);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct options options;
		struct buf report;
		write_file("oppslag.ini", lines[i].file, strlen(lines[i].file));
		read_settings(&options, &report);
		const struct settings_state *said = &options.state;
		assert_string_equal(said->file, "oppslag.ini");
		assert_true(said->n > 0);
		/* Of one line there may be two things to say: that it belongs elsewhere comes first. */
		const struct advice *last = &said->advice[said->n - 1];
		for (size_t k = said->n; k-- > 0 && said->advice[k].line == lines_in(lines[i].file);)
			last = &said->advice[k];
		const char *what = words_of(&arena, last);
		bool same = last->line == lines_in(lines[i].file) && strcmp(what, lines[i].what) == 0 &&
			    (!lines[i].written || (last->written && strcmp(last->written, lines[i].written) == 0));
		if (!same)
			fail_msg("%s\n  line %d \"%s\"\n  %s", lines[i].file, last->line,
				 last->written ? last->written : "-", what);
		for (size_t k = 0; k < said->n; k++)
			assert_null(said->advice[k].written ? strstr(said->advice[k].written, "hemmelig") : NULL);
		assert_null(strstr(buf_text(&report), "hemmelig"));
		assert_true(report.len > 0);
		options_free(&options);
		buf_free(&report);
	}
	arena_free(&arena);
}

static void whole_files_are_answered(void **state)
{
	static char large[1 << 20];
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *what;
	} files[] = {
		{ "oppslag.ini.txt", "name = x", 8, "Filen heter oppslag.ini.txt. Gi den navnet oppslag.ini." },
		{ "other.ini", "name = x", 8, "Filen oppslag.ini finnes ikke på minnekortet." },
		{ "oppslag.ini", "PK\x03\x04\0\0", 6,
		  "Filen oppslag.ini er ikke ren tekst. Lagre den fra Notisblokk, med kodingen UTF-8." },
		{ "oppslag.ini", large, sizeof large, "Filen oppslag.ini er for stor. Den skal bare ha noen linjer." },
	};
	struct arena arena;
	char path[400];

	(void)state;
	memset(large, '#', sizeof large);
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct options options;
		struct buf report;
		snprintf(path, sizeof path, "%s/oppslag.ini", folder);
		(void)!remove(path);
		write_file(files[i].name, files[i].bytes, files[i].len);
		read_settings(&options, &report);
		assert_int_equal(options.state.n, 1);
		assert_int_equal(options.state.advice[0].line, 0);
		assert_string_equal(words_of(&arena, &options.state.advice[0]), files[i].what);
		/* Nobody has said where the content is. */
		assert_string_equal(options.state.source, "feed = https://oppslag.example.no/feed/v1/solbakken");
		options_free(&options);
		buf_free(&report);
		snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
		assert_int_equal(remove(path), 0);
	}
	arena_free(&arena);
}

/* A good file is nothing to speak of; nor is any without --keep-going. */
static void nothing_wrong_is_nothing_said(void **state)
{
	struct options options;
	struct buf report;

	(void)state;
	write_file("oppslag.ini", "feed = https://example.no/feed/v1/x\nDiagonal = 23,8\"\n", 53);
	read_settings(&options, &report);
	assert_int_equal(options.state.n, 0);
	assert_null(options.state.source);
	assert_int_equal(report.len, 0);
	options_free(&options);
	buf_free(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_wrong_line_is_answered),
		cmocka_unit_test(whole_files_are_answered),
		cmocka_unit_test(nothing_wrong_is_nothing_said),
	};
	return cmocka_run_group_tests_name("kiosk_advice", tests, setup, NULL);
}
