/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `--system` says of the settings in the words of others, and what it keeps to itself. tests/api/test_system.py
 * has those others read it. */
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

#include "io/file.h"
#include "kiosk/system.h"

static char folder[300];

static const char *path_of(const char *name)
{
	static char path[400];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static int setup(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/system.XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : 1;
}

static void write_file(const char *name, const char *text)
{
	assert_int_equal(file_replace(path_of(name), text, strlen(text), NULL), OK);
}

/* NULL: there is none. */
static const char *read_file(const char *name)
{
	static struct buf bytes;

	buf_free(&bytes);
	buf_init(&bytes, 1 << 20);
	return file_read(path_of(name), &bytes, NULL) == OK ? buf_text(&bytes) : NULL;
}

/* Reads TEXT as oppslag.ini and writes what follows from it into run/. */
static void run_system(const char *text)
{
	static char config[400], dir[400];
	char *argv[] = { "oppslag-kiosk", "--config", config, "--system", dir };
	struct options options;
	struct fault fault = { 0 };
	struct buf report;

	if (text)
		write_file("oppslag.ini", text);
	snprintf(config, sizeof config, "%s", path_of("oppslag.ini"));
	snprintf(dir, sizeof dir, "%s", path_of("run"));
	buf_init(&report, 200000);
	assert_int_equal(options_read(&options, 5, argv, &report, &fault), OK);
	assert_int_equal(system_write(&options, options.system, &fault), OK);
	options_free(&options);
	buf_free(&report);
}

static const char *system_file(const char *text, const char *name)
{
	char path[200];

	run_system(text);
	snprintf(path, sizeof path, "run/%s", name);
	return read_file(path);
}

#define HOLDS(text, part) assert_non_null(strstr((text), (part)))
#define LACKS(text, part) assert_null(strstr((text), (part)))

static void names_become_hostnames(void **state)
{
	static const struct {
		const char *name, *host;
	} names[] = {
		{ "Solbakken inngang", "solbakken-inngang" },
		{ "Skjerm på Øya", "skjerm-pa-oya" },
		{ "ÆRLIG — 2. etasje!", "aerlig-2-etasje" },
		{ "---", "oppslag" },
		{ "", "oppslag" },
		{ "日本", "oppslag" },
		{ "a23456789012345678901234567890123456789012345678901234567890æø",
		  "a23456789012345678901234567890123456789012345678901234567890aeo" },
		{ "a2345678901234567890123456789012345678901234567890123456789012 b",
		  "a2345678901234567890123456789012345678901234567890123456789012" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char host[64];
		system_hostname(names[i].name, host);
		assert_string_equal(host, names[i].host);
	}
}

static void a_network_is_dynamic_or_told(void **state)
{
	const char *cable = system_file("feed = https://example.no/feed/v1/x\n", SYSTEM_CABLE);

	(void)state;
	HOLDS(cable, "Type=ether\n");
	HOLDS(cable, "DHCP=yes\n");
	HOLDS(cable, "[DHCPv4]\nRouteMetric=100\nClientIdentifier=mac\n");
	LACKS(cable, "Address=");
	assert_null(read_file("run/" SYSTEM_RADIO));
	cable = system_file("[network]\naddress = 192.0.2.10 255.255.255.0\ngateway = 192.0.2.1, 2001:db8::1\n"
			    "dns = 192.0.2.2 192.0.2.3\n",
			    SYSTEM_CABLE);
	HOLDS(cable, "DHCP=no\n");
	HOLDS(cable, "Address=192.0.2.10/24\n");
	HOLDS(cable, "Gateway=192.0.2.1\nGateway=2001:db8::1\n");
	HOLDS(cable, "DNS=192.0.2.2\nDNS=192.0.2.3\n");
	/* With a radio the address is its own: two machines of one address would both be unreachable. */
	const char *radio = system_file("[wifi]\nname = Gjest\n[network]\naddress = 192.0.2.10/24\n", SYSTEM_RADIO);
	HOLDS(radio, "Type=wlan\n");
	HOLDS(radio, "Address=192.0.2.10/24\n");
	LACKS(read_file("run/" SYSTEM_CABLE), "Address=");
	cable = system_file("[network]\ndns = 192.0.2.2\n", SYSTEM_CABLE);
	HOLDS(cable, "DHCP=yes\n");
	HOLDS(cable, "UseDNS=no\n");
	assert_null(read_file("run/" SYSTEM_RADIO));
}

static void wireless_networks(void **state)
{
	const char *wpa = system_file("[wifi]\nname = Kafé \"Å\"\npassword = \"hemmelig; #1\"\n", SYSTEM_WIFI);
	struct stat info;

	(void)state;
	HOLDS(wpa, "\tssid=4b6166c3a92022c38522\n");
	HOLDS(wpa, "\tkey_mgmt=WPA-PSK WPA-PSK-SHA256 SAE\n\tieee80211w=1\n");
	HOLDS(wpa, "\tpsk=\"hemmelig; #1\"\n");
	HOLDS(wpa, "country=NO\n");
	assert_int_equal(stat(path_of("run/" SYSTEM_WIFI), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	wpa = system_file("[wifi]\nname = Apen\ncountry = se\n", SYSTEM_WIFI);
	HOLDS(wpa, "key_mgmt=NONE");
	HOLDS(wpa, "country=SE\n");
	LACKS(wpa, "psk=");
	wpa = system_file("[wifi]\nname = x\n"
			  "password = 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
			  SYSTEM_WIFI);
	HOLDS(wpa, "\tpsk=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
	LACKS(wpa, "SAE");
	assert_null(system_file("name = x\n", SYSTEM_WIFI));
}

static void networks_that_ask_for_a_user(void **state)
{
	write_file("kommune.pem", "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n");
	const char *wpa = system_file("ca-file = kommune.pem\n[wifi]\nname = Kommunen\nuser = skjerm1\npassword = ab\n"
				      "domain = radius.example.no\n",
				      SYSTEM_WIFI);

	(void)state;
	HOLDS(wpa, "\tkey_mgmt=WPA-EAP WPA-EAP-SHA256\n");
	HOLDS(wpa, "\teap=PEAP TTLS\n");
	HOLDS(wpa, "\tidentity=736b6a65726d31\n");
	HOLDS(wpa, "\tpassword=6162\n");
	HOLDS(wpa, "\tdomain_suffix_match=\"radius.example.no\"\n");
	HOLDS(wpa, "\tca_cert=");
	HOLDS(read_file("run/kommune.pem"), "MII");
	/* Whoever calls itself that network would be given the password. */
	assert_null(system_file("[wifi]\nname = Kommunen\nuser = skjerm1\npassword = hemmelig1\n", SYSTEM_WIFI));
}

/* A password that cannot be used must not make of its network an open one. */
static void a_wrong_password_opens_nothing(void **state)
{
	static const char *const files[] = {
		"[wifi]\nname = Gjest\npassword = kort\n",   "[wifi]\nname = Gjest\npasord = hemmelig1\n",
		"[wifi]\nname = Gjest\npassord hemmelig1\n", "[wifi]\nname = Gjest\npassword = hemmelig\xe5\n",
		"[wifi]\nname = Gjest\nuser = x\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		assert_null(system_file(files[i], SYSTEM_WIFI));
		assert_null(read_file("run/" SYSTEM_RADIO));
	}
}

static void the_firewall_knows_whom_the_screen_calls(void **state)
{
	const char *nft = system_file("feed = https://oppslag.example.no/feed/v1/x\ncentral = http://192.0.2.7:8080\n",
				      SYSTEM_FIREWALL);

	(void)state;
	HOLDS(nft, "add element inet oppslag ports { 443 }\n");
	HOLDS(nft, "add element inet oppslag peers4 { 192.0.2.7 . 8080 }\n");
	nft = system_file("feed = webcal://[2001:db8::7]:8443/a.ics\n", SYSTEM_FIREWALL);
	HOLDS(nft, "add element inet oppslag peers6 { 2001:db8::7 . 8443 }\n");
	LACKS(nft, "add element inet oppslag ports");
	nft = system_file(
		"feed = https://oppslag.example.no/feed/v1/x\nproxy = http://bruker:hemmelig@proxy.example.no:3128\n",
		SYSTEM_FIREWALL);
	HOLDS(nft, "ports { 3128 }\n");
	LACKS(nft, "443");
	LACKS(nft, "hemmelig");
	nft = system_file("feed = /data/x.json\n", SYSTEM_FIREWALL);
	LACKS(nft, "add element");
}

static void what_is_not_there_says_nothing(void **state)
{
	(void)state;
	assert_string_equal(system_file("ntp = ntp1.example.no, ntp2.example.no\n", SYSTEM_TIME),
			    "[Time]\nNTP=ntp1.example.no\nNTP=ntp2.example.no\n");
	assert_non_null(read_file("run/" SYSTEM_SETTINGS));
	assert_int_equal(unlink(path_of("oppslag.ini")), 0);
	run_system(NULL);
	assert_null(read_file("run/" SYSTEM_SETTINGS));
	assert_string_equal(read_file("run/" SYSTEM_TIME), "[Time]\n");
	assert_string_equal(read_file("run/" SYSTEM_HOSTNAME), "oppslag\n");
	/* As Windows leaves it, which shows no endings. */
	write_file("oppslag.ini.txt", "name = Inngang\n");
	run_system(NULL);
	assert_string_equal(read_file("run/" SYSTEM_HOSTNAME), "inngang\n");
	assert_null(read_file("run/" SYSTEM_SETTINGS));
	assert_non_null(read_file("run/" SYSTEM_SETTINGS ".txt"));
	run_system("name = Kantina\n");
	assert_string_equal(read_file("run/" SYSTEM_HOSTNAME), "kantina\n");
	assert_null(read_file("run/" SYSTEM_SETTINGS ".txt"));
	assert_int_equal(unlink(path_of("oppslag.ini.txt")), 0);
}

static void a_folder_that_cannot_be_written_is_said(void **state)
{
	char *argv[] = { "oppslag-kiosk", "--system", "/proc/self/no" };
	struct options options;
	struct fault fault = { 0 };
	struct buf report;

	(void)state;
	buf_init(&report, 1000);
	assert_int_equal(options_read(&options, 3, argv, &report, &fault), OK);
	assert_int_equal(err_exit_code(system_write(&options, options.system, &fault)), 3);
	assert_string_equal(fault.place, "/proc/self/no");
	options_free(&options);
	buf_free(&report);
}

/* One place that is taken leaves the machine its network and its firewall. */
static void one_file_in_the_way_stops_no_other(void **state)
{
	static char config[400], dir[400];
	char *argv[] = { "oppslag-kiosk", "--config", config, "--system", dir };
	struct options options;
	struct fault fault = { 0 };
	struct buf report;

	(void)state;
	run_system("feed = https://example.no/feed/v1/x\n");
	snprintf(config, sizeof config, "%s", path_of("oppslag.ini"));
	snprintf(dir, sizeof dir, "%s", path_of("run"));
	assert_int_equal(unlink(path_of("run/" SYSTEM_HOSTNAME)), 0);
	assert_int_equal(mkdir(path_of("run/" SYSTEM_HOSTNAME), 0755), 0);
	write_file("oppslag.ini", "feed = http://example.no:8080/feed/v1/x\n");
	buf_init(&report, 1000);
	assert_int_equal(options_read(&options, 5, argv, &report, &fault), OK);
	assert_int_equal(system_write(&options, options.system, &fault), ERR_FILE);
	HOLDS(fault.place, "/" SYSTEM_HOSTNAME);
	HOLDS(read_file("run/" SYSTEM_FIREWALL), "ports { 8080 }\n");
	assert_int_equal(rmdir(path_of("run/" SYSTEM_HOSTNAME)), 0);
	options_free(&options);
	buf_free(&report);
}

/* Of short lines the copy says more than they did. */
static void a_file_full_of_nonsense_is_copied_whole(void **state)
{
	enum { LINES = 280, LONG = 220 };
	struct buf text;

	(void)state;
	buf_init(&text, 65536);
	for (int i = 0; i < LINES; i++) {
		buf_str(&text, "feed = ");
		for (int k = 0; k < LONG; k++)
			buf_char(&text, '*');
		buf_char(&text, '\n');
	}
	assert_true(buf_ok(&text));
	assert_non_null(system_file(buf_text(&text), SYSTEM_FIREWALL));
	assert_true(strlen(read_file("run/" SYSTEM_SETTINGS)) > 262144);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_hostnames),
		cmocka_unit_test(a_network_is_dynamic_or_told),
		cmocka_unit_test(wireless_networks),
		cmocka_unit_test(networks_that_ask_for_a_user),
		cmocka_unit_test(a_wrong_password_opens_nothing),
		cmocka_unit_test(the_firewall_knows_whom_the_screen_calls),
		cmocka_unit_test(what_is_not_there_says_nothing),
		cmocka_unit_test(one_file_in_the_way_stops_no_other),
		cmocka_unit_test(a_file_full_of_nonsense_is_copied_whole),
		cmocka_unit_test(a_folder_that_cannot_be_written_is_said),
	};
	return cmocka_run_group_tests_name("kiosk_system", tests, setup, NULL);
}
