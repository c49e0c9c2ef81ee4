/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings as people write them on whatever PC is at hand: what is taken as it is meant, what is told as data for a
 * screen, and the copy that keeps secrets and has the same faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "io/file.h"
#include "io/settings.h"

/* clang-format off */
#define TEST_SETTINGS(X) \
	X(FEED, "feed", SETTING_SOURCE, "", 0, 1000, NULL, "Where it comes from.", .also = "https|http|adresse") \
	X(CENTRAL, "central", SETTING_URL, "", 0, 1000, NULL, "Whom to call.") \
	X(NAME, "name", SETTING_TEXT, "", 0, 20, NULL, "What it is called.", .also = "navn") \
	X(DIAGONAL, "diagonal", SETTING_NUMBER, "24", 7, 120, NULL, "How large.", .unit = "\"|″|tommer|zoll") \
	X(BOTTOM_MM, "bottom-mm", SETTING_INT, "0", 0, 870, NULL, "How high.", .example = "720", .unit = "mm", .also = "hoyde") \
	X(VOLUME, "volume", SETTING_INT, "100", 0, 100, NULL, "How loud.", .unit = "%|prosent", .also = "volum") \
	X(ROTATE, "rotate", SETTING_CHOICE, "0", 0, 0, "0|90|180|270", "How it hangs.", .unit = "°|grader") \
	X(REACH, "reach", SETTING_BOOL, "no", 0, 0, NULL, "Whether it reaches.") \
	X(NIGHT, "night", SETTING_HOURS, "auto", 0, 15, "auto|off", "When it sleeps.") \
	X(LANG, "lang", SETTING_LANGUAGE, "", 0, 15, NULL, "What it speaks.") \
	X(ZONE, "zone", SETTING_ZONE, "Europe/Oslo", 1, 64, NULL, "Where it is.") \
	X(SIZE, "size", SETTING_SIZE, "1920x1080", 100, 8000, NULL, "How wide.") \
	X(PROXY, "proxy", SETTING_PROXY, "", 0, 300, NULL, "Through whom.") \
	X(CA_FILE, "ca-file", SETTING_FILE, "", 0, 1000, NULL, "Who vouches.") \
	X(NTP, "ntp", SETTING_HOSTS, "", 0, 2, NULL, "Who knows the time.") \
	X(ADDRESS, "network.address", SETTING_ADDRESS, "", 0, 1, NULL, "Which number.") \
	X(DNS, "network.dns", SETTING_ADDRESSES, "", 0, 2, NULL, "Who knows names.") \
	X(WIFI_NAME, "wifi.name", SETTING_TEXT, "", 0, 32, NULL, "Which network.", .also = "ssid") \
	X(WIFI_PASSWORD, "wifi.password", SETTING_TEXT, "", 0, 70, NULL, "Its word.", .also = "passord|kode", .secret = true) \
	X(WIFI_COUNTRY, "wifi.country", SETTING_COUNTRY, "NO", 2, 2, NULL, "Whose rules.")
/* clang-format on */
enum {
#define X(name, ...) SET_##name,
	TEST_SETTINGS(X)
#undef X
		SET_COUNT
};
static const struct setting rows[SET_COUNT] = { TEST_SETTINGS(SETTING_ROW) };

static enum err parse(struct settings *settings, const char *bytes, size_t len, struct buf *report, struct buf *copy)
{
	buf_init(report, 1 << 20);
	assert_int_equal(settings_init(settings, rows, SET_COUNT), OK);
	if (copy)
		buf_init(copy, 1 << 20);
	return settings_parse_copy(settings, "/boot/x.ini", bytes, len, report, copy);
}

static const struct {
	const char *line;
	int row;
	const char *meant;
} meant[] = {
	{ "feed = \"https://example.no/feed/v1/x\"", SET_FEED, "https://example.no/feed/v1/x" },
	{ "FEED=webcal://example.no/a.ics", SET_FEED, "webcal://example.no/a.ics" },
	{ "feed = centre.json", SET_FEED, "centre.json" },
	{ "name = «Inngang»", SET_NAME, "Inngang" },
	{ "name = “Inngang”", SET_NAME, "Inngang" },
	{ "name = 'a'", SET_NAME, "a" },
	{ "name = \"a ; b\" ; said", SET_NAME, "a ; b" },
	{ "name = a ; b", SET_NAME, "a" },
	{ "name = 24\"", SET_NAME, "24\"" },
	{ "Diagonal = 24\"", SET_DIAGONAL, "24" },
	{ "diagonal = 23,8", SET_DIAGONAL, "23.8" },
	{ "diagonal = 23,8 tommer", SET_DIAGONAL, "23.8" },
	{ "diagonal = 15.6 Zoll", SET_DIAGONAL, "15.6" },
	{ "\tdiagonal\t=\t24\t", SET_DIAGONAL, "24" },
	{ "diagonal\xc2\xa0=\xc2\xa0"
	  "24",
	  SET_DIAGONAL, "24" },
	{ "diagonal: 24", SET_DIAGONAL, "24" },
	{ "bottom_mm = 720 mm", SET_BOTTOM_MM, "720" },
	{ "Bottom mm = 720", SET_BOTTOM_MM, "720" },
	{ "volume = 60%", SET_VOLUME, "60" },
	{ "volume = 60 prosent", SET_VOLUME, "60" },
	{ "rotate = 90°", SET_ROTATE, "90" },
	{ "rotate = 90 Grader", SET_ROTATE, "90" },
	{ "reach = Ja", SET_REACH, "yes" },
	{ "reach = j", SET_REACH, "yes" },
	{ "reach = PÅ", SET_REACH, "yes" },
	{ "reach = Nein", SET_REACH, "no" },
	{ "reach = av", SET_REACH, "no" },
	{ "reach = 1", SET_REACH, "yes" },
	{ "night = 22:00-06:30", SET_NIGHT, "22:00-06:30" },
	{ "night = 22.00 – 6.30", SET_NIGHT, "22.00 – 6.30" },
	{ "night = 22 til 7", SET_NIGHT, "22 til 7" },
	{ "night = OFF", SET_NIGHT, "off" },
	{ "size = 1920 × 1080", SET_SIZE, "1920x1080" },
	{ "size = 1920X1080", SET_SIZE, "1920x1080" },
	{ "proxy = proxy.example.no:8080", SET_PROXY, "proxy.example.no:8080" },
	{ "ca-file = sertifikat\\kommune.pem", SET_CA_FILE, "sertifikat/kommune.pem" },
	{ "ntp = a.example.no, 192.0.2.1", SET_NTP, "a.example.no, 192.0.2.1" },
	{ "[network]\naddress = 192.0.2.10/24", SET_ADDRESS, "192.0.2.10/24" },
	{ "[Network]\naddress = 192.0.2.10 255.255.255.0", SET_ADDRESS, "192.0.2.10/24" },
	{ "[network]\naddress = 192.0.2.10 / 255.255.254.0", SET_ADDRESS, "192.0.2.10/23" },
	{ "[network]\naddress = 2001:db8::7/64", SET_ADDRESS, "2001:db8::7/64" },
	{ "[wifi]\nwifi.name = Gjest", SET_WIFI_NAME, "Gjest" },
	{ "[ WiFi ]\nname = \" Gjest \"", SET_WIFI_NAME, " Gjest " },
	{ "[wifi]\npassword = \"\"sitat\"\"", SET_WIFI_PASSWORD, "\"sitat\"" },
	{ "[wifi]\ncountry = no", SET_WIFI_COUNTRY, "NO" },
};

static void what_is_meant_is_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
		struct settings settings;
		struct buf report;
		enum err err = parse(&settings, meant[i].line, strlen(meant[i].line), &report, NULL);
		if (err || strcmp(settings_text(&settings, (size_t)meant[i].row), meant[i].meant) != 0)
			fail_msg("%s: %s%s", meant[i].line, buf_text(&report),
				 settings_text(&settings, (size_t)meant[i].row));
		assert_int_equal(settings.n_faults, 0);
		settings_free(&settings);
		buf_free(&report);
	}
}

enum { NONE = SET_COUNT };
/* The fault in the last line. */
static const struct {
	const char *file;
	enum setting_wrong wrong;
	int row, near, other;
	const char *key, *value; /* value NULL: nobody may see it */
} wrong[] = {
	{ "diagonal = stor", WRONG_VALUE, SET_DIAGONAL, NONE, 0, "diagonal", "stor" },
	{ "Diagonal = 500", WRONG_VALUE, SET_DIAGONAL, NONE, 0, "diagonal", "500" },
	{ "bottom-mm = 1,5 m", WRONG_VALUE, SET_BOTTOM_MM, NONE, 0, "bottom-mm", "1,5 m" },
	{ "rotate = 45", WRONG_VALUE, SET_ROTATE, NONE, 0, "rotate", "45" },
	{ "reach = kanskje", WRONG_VALUE, SET_REACH, NONE, 0, "reach", "kanskje" },
	{ "night = kveld", WRONG_VALUE, SET_NIGHT, NONE, 0, "night", "kveld" },
	{ "night = 22-22", WRONG_VALUE, SET_NIGHT, NONE, 0, "night", "22-22" },
	{ "lang = norsk", WRONG_VALUE, SET_LANG, NONE, 0, "lang", "norsk" },
	{ "zone = Oslo", WRONG_VALUE, SET_ZONE, NONE, 0, "zone", "Oslo" },
	{ "size = stor", WRONG_VALUE, SET_SIZE, NONE, 0, "size", "stor" },
	{ "name = et navn som er altfor langt", WRONG_VALUE, SET_NAME, NONE, 0, "name", "et navn som er altfor langt" },
	{ "proxy = proxy.example.no", WRONG_VALUE, SET_PROXY, NONE, 0, "proxy", "proxy.example.no" },
	{ "ntp = a b c", WRONG_VALUE, SET_NTP, NONE, 0, "ntp", "a b c" },
	{ "ntp = https://x", WRONG_VALUE, SET_NTP, NONE, 0, "ntp", "https://x" },
	{ "[network]\naddress = 192.0.2.10", WRONG_VALUE, SET_ADDRESS, NONE, 0, "address", "192.0.2.10" },
	{ "[network]\naddress = 192.0.2.300/24", WRONG_VALUE, SET_ADDRESS, NONE, 0, "address", "192.0.2.300/24" },
	{ "[network]\naddress = 192.0.2.10/255.0.255.0", WRONG_VALUE, SET_ADDRESS, NONE, 0, "address",
	  "192.0.2.10/255.0.255.0" },
	{ "[network]\ndns = ruteren", WRONG_VALUE, SET_DNS, NONE, 0, "dns", "ruteren" },
	{ "[wifi]\ncountry = Norge", WRONG_VALUE, SET_WIFI_COUNTRY, NONE, 0, "country", "Norge" },
	/* Addresses are told without login and path. */
	{ "feed = htps://bruker:hemmelig@example.no/hemmelig.ics", WRONG_VALUE, SET_FEED, NONE, 0, "feed",
	  "htps://example.no/…" },
	{ "feed = www.example.no/hemmelig", WRONG_VALUE, SET_FEED, NONE, 0, "feed", "www.example.no/…" },
	{ "feed = https//example.no", WRONG_VALUE, SET_FEED, NONE, 0, "feed", "https//example.no" },
	{ "central = example.no", WRONG_VALUE, SET_CENTRAL, NONE, 0, "central", "example.no" },
	/* What is no setting is told without what stands behind it. */
	{ "diagnal = 24", WRONG_KEY, NONE, SET_DIAGONAL, 0, "diagnal", NULL },
	{ "volum = 60", WRONG_KEY, NONE, SET_VOLUME, 0, "volum", NULL },
	{ "Farge = 1", WRONG_KEY, NONE, NONE, 0, "farge", NULL },
	{ "https://example.no/hemmelig", WRONG_KEY, NONE, SET_FEED, 0, "https", NULL },
	{ "[wifi]\npasord = hemmelig", WRONG_KEY, NONE, SET_WIFI_PASSWORD, 0, "wifi.pasord", NULL },
	{ "[wifi]\nkode = hemmelig", WRONG_KEY, NONE, SET_WIFI_PASSWORD, 0, "wifi.kode", NULL },
	{ "[wi-fi]\nname = hemmelig", WRONG_KEY, NONE, SET_WIFI_NAME, 0, "wi-fi.name", NULL },
	{ "[wifi]\ndiagonal = 24", WRONG_SECTION, SET_DIAGONAL, NONE, 0, "diagonal", NULL },
	{ "password = hemmelig", WRONG_SECTION, SET_WIFI_PASSWORD, NONE, 0, "password", NULL },
	{ "volume = 1\nvolume = 2", WRONG_TWICE, SET_VOLUME, NONE, 1, "volume", "2" },
	{ "[wifi]\npassword = a\npassword = hemmelig", WRONG_TWICE, SET_WIFI_PASSWORD, NONE, 2, "password", NULL },
	{ "diagonal 24", WRONG_LINE, NONE, SET_DIAGONAL, 0, "diagonal", NULL },
	{ "passord hemmelig", WRONG_LINE, NONE, SET_WIFI_PASSWORD, 0, "wifi.password", NULL },
	{ "hemmelig", WRONG_LINE, NONE, NONE, 0, "", NULL },
	{ "[wifi", WRONG_BRACKET, NONE, NONE, 0, "", NULL },
	{ "[wifi]\nname = bl\xe5", WRONG_LETTERS, SET_WIFI_NAME, NONE, 0, "wifi.name", NULL },
	{ "[wifi]\npassword = bl\xe5hemmelig", WRONG_LETTERS, SET_WIFI_PASSWORD, NONE, 0, "wifi.password", NULL },
};

static void what_is_wrong_is_told_as_data(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct settings settings;
		struct buf report;
		const char *file = wrong[i].file;
		int line = 1;
		for (const char *c = file; *c; c++)
			line += *c == '\n';
		assert_int_not_equal(parse(&settings, file, strlen(file), &report, NULL), OK);
		if (settings.n_faults == 0)
			fail_msg("%s: nothing", file);
		const struct setting_fault *fault = &settings.faults[settings.n_faults - 1];
		bool same =
			fault->wrong == wrong[i].wrong && fault->line == line && (int)fault->row == wrong[i].row &&
			(int)fault->near == wrong[i].near && fault->other == wrong[i].other &&
			strcmp(fault->key, wrong[i].key) == 0 && strcmp(fault->file, "x.ini") == 0 &&
			(wrong[i].value ? fault->value && strcmp(fault->value, wrong[i].value) == 0 : !fault->value);
		if (!same)
			fail_msg("%s: wrong %d line %d row %zu near %zu other %d \"%s\" \"%s\"", file, fault->wrong,
				 fault->line, fault->row, fault->near, fault->other, fault->key,
				 fault->value ? fault->value : "(hidden)");
		assert_null(strstr(buf_text(&report), "hemmelig"));
		settings_free(&settings);
		buf_free(&report);
	}
}

static void assert_same_faults(const struct settings *a, const struct settings *b, const char *what)
{
	bool same = a->n_faults == b->n_faults && a->n_more == b->n_more;

	for (size_t i = 0; same && i < a->n_faults; i++) {
		const struct setting_fault *p = &a->faults[i], *q = &b->faults[i];
		same = p->wrong == q->wrong && p->line == q->line && p->row == q->row && p->near == q->near &&
		       p->other == q->other && strcmp(p->key, q->key) == 0 && !p->value == !q->value &&
		       (!p->value || strcmp(p->value, q->value) == 0);
	}
	if (!same)
		fail_msg("the copy has other faults than %s", what);
}

/* The copy holds nothing that is secret, and the same of everything else. */
static void check_copy(const char *file, size_t len)
{
	struct settings first, second;
	struct buf report, copy, again;

	(void)parse(&first, file, len, &report, &copy);
	assert_true(buf_ok(&copy));
	assert_null(memmem(buf_text(&copy), copy.len, "hemmelig", 8));
	enum err err = parse(&second, buf_text(&copy), copy.len, &again, NULL);
	assert_int_equal(err == OK, first.n_faults == 0);
	assert_same_faults(&first, &second, file);
	/* But for what exactly in a line cannot be read. */
	if (!strstr(buf_text(&report), "not UTF-8") && !strstr(buf_text(&report), "cannot be read"))
		assert_string_equal(buf_text(&report), buf_text(&again));
	for (size_t i = 0; i < SET_COUNT; i++)
		if (!rows[i].secret)
			assert_string_equal(settings_text(&first, i), settings_text(&second, i));
	settings_free(&first);
	settings_free(&second);
	buf_free(&report);
	buf_free(&again);
	buf_free(&copy);
}

static void the_copy_has_the_same_faults_and_no_secrets(void **state)
{
	static const char notes[] =
		"# passord: hemmelig\r\n;password = hemmelig\r\n[wifi]\r\npassword = hemmelig1 ; hemmelig\r\n"
		"name = Gjest\r\nhemmelig\r\n";

	(void)state;
	for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
		check_copy(meant[i].line, strlen(meant[i].line));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		/* An address is whole in the copy: the screen needs it. */
		if (wrong[i].row != SET_FEED && strncmp(wrong[i].file, "https", 5) != 0)
			check_copy(wrong[i].file, strlen(wrong[i].file));
	check_copy(notes, sizeof notes - 1);
	check_copy("[diagonal\n= hemmelig\n", 20);
	check_copy("[wifi]\npassword = hemmelig\r1\n", 28);
	check_copy("name = \"a ; b ; c\"\n", 19);
	check_copy("[wifi]\npassword = hemmelig\xc3\xa6\xc3\xb8 \xf0\x9f\x98\x80", 34);
	check_copy("name = \x1e\x1e a\n", 13);
	check_copy("", 0);
	check_copy("a\0b", 3);
}

/* Too short, right, too long: the copy keeps which. */
static void stars_are_as_many_as_it_takes(void **state)
{
	static const struct {
		size_t letters, stars;
	} words[] = { { 1, 1 }, { 7, 7 }, { 8, 8 }, { 9, 8 }, { 63, 8 }, { 64, 64 }, { 70, 70 } };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char file[200], letters[100] = { 0 }, stars[100] = { 0 };
		struct settings settings;
		struct buf report, copy;
		memset(letters, 'x', words[i].letters);
		memset(stars, words[i].stars == 8 ? '*' : 'x', words[i].stars);
		snprintf(file, sizeof file, "[wifi]\npassword = %s\n", letters);
		assert_int_equal(parse(&settings, file, strlen(file), &report, &copy), OK);
		snprintf(file, sizeof file, "[wifi]\npassword = %s\n", stars);
		assert_string_equal(buf_text(&copy), file);
		settings_free(&settings);
		buf_free(&report);
		buf_free(&copy);
	}
}

/* "feed = x" and a name beyond the first plane, as old Notepad and others save it. */
static void utf16_is_read(void **state)
{
	static const char little[] = "\xff\xfe"
				     "n\0a\0m\0e\0=\0\xd8\0=\xd8\x00\xde\r\0\n\0";
	static const char big[] = "\xfe\xff\0n\0a\0m\0e\0=\0\xd8\xd8=\xde\x00\0\r\0\n";
	struct settings settings;
	struct buf report;

	(void)state;
	assert_int_equal(parse(&settings, little, sizeof little - 1, &report, NULL), OK);
	assert_string_equal(settings_text(&settings, SET_NAME), "Ø😀");
	settings_free(&settings);
	buf_free(&report);
	assert_int_equal(parse(&settings, big, sizeof big - 1, &report, NULL), OK);
	assert_string_equal(settings_text(&settings, SET_NAME), "Ø😀");
	settings_free(&settings);
	buf_free(&report);
}

/* Comments of another encoding hurt nobody; a long file is told once. */
static void files_as_a_whole(void **state)
{
	static char large[1 << 20];
	struct settings settings;
	struct buf report, copy;
	size_t n;

	(void)state;
	check_copy("# bl\xe5 hemmelig\nname = x\n", 23);
	assert_int_equal(parse(&settings, "# bl\xe5\nname = x\n", 15, &report, NULL), OK);
	settings_free(&settings);
	buf_free(&report);
	/* Too long for a line, too long without a letter: each in its own line, whatever follows. */
	n = (size_t)snprintf(large, sizeof large, "hemmelig%0*d\nname = a%0*d\n", 1200, 0, 1200, 0);
	n += (size_t)snprintf(large + n, sizeof large - n, "size = ");
	for (int i = 0; i < 300; i++)
		n += (size_t)snprintf(large + n, sizeof large - n, "$");
	n += (size_t)snprintf(large + n, sizeof large - n, "aa\n");
	n += (size_t)snprintf(large + n, sizeof large - n, "wifi.password = hemmelig%0*d\n", 300, 0);
	n += (size_t)snprintf(large + n, sizeof large - n, "[wifi]\nname = hemmelig%*s;\nvolum = 3\n", 400, "x");
	check_copy(large, n);
	memset(large, '\n', sizeof large);
	assert_int_equal(parse(&settings, large, sizeof large, &report, &copy), ERR_LIMIT);
	assert_int_equal(settings.n_faults, 1);
	assert_int_equal(settings.faults[0].wrong, WRONG_SIZE);
	assert_int_equal(settings.faults[0].line, 0);
	assert_true(copy.len > LIMIT_SETTINGS_BYTES && copy.len < 2 * LIMIT_SETTINGS_BYTES);
	settings_free(&settings);
	buf_free(&report);
	buf_free(&copy);
	for (size_t i = 0; i + 2 < 20000; i += 2)
		memcpy(large + i, "x\n", 2);
	assert_int_not_equal(parse(&settings, large, 20000, &report, NULL), OK);
	assert_int_equal(settings.n_faults, LIMIT_SETTING_FAULTS);
	assert_int_equal(settings.n_faults + settings.n_more, 10000 - 1);
	settings_free(&settings);
	buf_free(&report);
}

static void a_file_under_another_name_is_read(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char path[300], other[320];
	struct settings settings;
	struct buf report;

	(void)state;
	snprintf(path, sizeof path, "%s/people.ini", tmp ? tmp : "/tmp");
	snprintf(other, sizeof other, "%s.txt", path);
	assert_int_equal(file_replace(other, "volume = 60", 11, NULL), OK);
	buf_init(&report, 1000);
	assert_int_equal(settings_init(&settings, rows, SET_COUNT), OK);
	assert_int_equal(settings_load(&settings, path, &report), ERR_FILE);
	assert_int_equal(settings_int(&settings, SET_VOLUME), 60);
	assert_int_equal(settings.n_faults, 1);
	assert_int_equal(settings.faults[0].wrong, WRONG_NAME);
	assert_string_equal(settings.faults[0].key, "people.ini.txt");
	assert_string_equal(settings.faults[0].file, "people.ini");
	assert_int_equal(remove(other), 0);
	settings_free(&settings);
	buf_free(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_meant_is_taken),
		cmocka_unit_test(what_is_wrong_is_told_as_data),
		cmocka_unit_test(the_copy_has_the_same_faults_and_no_secrets),
		cmocka_unit_test(stars_are_as_many_as_it_takes),
		cmocka_unit_test(utf16_is_read),
		cmocka_unit_test(files_as_a_whole),
		cmocka_unit_test(a_file_under_another_name_is_read),
	};
	return cmocka_run_group_tests_name("io_settings_people", tests, NULL, NULL);
}
