/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings in the words of systemd, nft and wpa_supplicant. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/fetch.h"
#include "kiosk/system.h"

enum { LABEL_MAX = 63, PSK_HEX = 64, PEERS_MAX = 3 };

/* ---- hostname */

/* Norwegian letters as in domain names; others are what stands between words. */
static const char *letter(const char **at)
{
	static const struct {
		const char *from, *to;
	} letters[] = { { "æ", "ae" }, { "Æ", "ae" }, { "ø", "o" }, { "Ø", "o" }, { "å", "a" },
			{ "Å", "a" },  { "ä", "a" },  { "Ä", "a" }, { "ö", "o" }, { "Ö", "o" },
			{ "ü", "u" },  { "Ü", "u" },  { "é", "e" }, { "É", "e" } };

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		size_t len = strlen(letters[i].from);
		if (strncmp(*at, letters[i].from, len) == 0) {
			*at += len;
			return letters[i].to;
		}
	}
	++*at;
	return "-";
}

void system_hostname(const char *name, char *out)
{
	size_t n = 0;

	for (const char *s = name; *s && n < LABEL_MAX;) {
		char own[2] = { (char)tolower((unsigned char)*s), '\0' };
		const char *add = isalnum((unsigned char)*s) ? (s++, own) : letter(&s);
		for (; *add && n < LABEL_MAX; add++)
			if (*add != '-' || (n > 0 && out[n - 1] != '-'))
				out[n++] = *add;
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	if (n == 0)
		memcpy(out, "oppslag", sizeof "oppslag");
}

/* ---- systemd */

/* A line for each word of what row I says. */
static void each(const struct settings *settings, enum kiosk_setting i, const char *key, struct buf *out)
{
	for (const char *s = settings_text(settings, i); *s;) {
		size_t len = strcspn(s, " ,");
		if (len > 0)
			buf_printf(out, "%s=%.*s\n", key, (int)len, s);
		s += len;
		s += strspn(s, " ,");
	}
}

void system_network(const struct settings *settings, bool radio, struct buf *out)
{
	bool is_static = *settings_text(settings, SET_NETWORK_ADDRESS) && radio == system_has_wifi(settings);
	bool dns = *settings_text(settings, SET_NETWORK_DNS);

	/* Kind: no bridge and no tunnel. */
	buf_printf(out, "[Match]\nType=%s\nKind=!*\n\n[Link]\nRequiredForOnline=no\n\n[Network]\n",
		   radio ? "wlan" : "ether");
	buf_str(out, "LLMNR=no\nMulticastDNS=no\n");
	if (is_static) {
		buf_str(out, "DHCP=no\nIPv6AcceptRA=no\n");
		each(settings, SET_NETWORK_ADDRESS, "Address", out);
		each(settings, SET_NETWORK_GATEWAY, "Gateway", out);
	} else {
		buf_str(out, "DHCP=yes\n");
	}
	each(settings, SET_NETWORK_DNS, "DNS", out);
	if (is_static)
		return;
	/* The cable before the radio. By the card's own address: a machine whose root is read-only has a new identity,
	 * and would take a new address, at every start. */
	buf_printf(out, "\n[DHCPv4]\nRouteMetric=%d\nClientIdentifier=mac\n", radio ? 600 : 100);
	if (dns)
		buf_str(out, "UseDNS=no\n\n[DHCPv6]\nUseDNS=no\n\n[IPv6AcceptRA]\nUseDNS=no\n");
}

void system_time(const struct settings *settings, struct buf *out)
{
	buf_str(out, "[Time]\n");
	each(settings, SET_NTP, "NTP", out);
}

/* ---- nft */

struct peer {
	char host[256];
	int port;
	int family; /* of an address; 0: a name */
};

static int port_of(const char *url, const char *colon)
{
	if (colon)
		return (int)strtol(colon + 1, NULL, 10);
	return strncmp(url, "http:", 5) == 0 ? 80 : 443;
}

/* False: no address of the network. */
static bool peer_of(const char *address, struct peer *out)
{
	char with_scheme[400], url[400];
	unsigned char bytes[sizeof(struct in6_addr)];

	snprintf(with_scheme, sizeof with_scheme, "%s%.380s", strstr(address, "://") ? "" : "http://", address);
	if (!url_is_http(with_scheme))
		return false;
	url_origin(with_scheme, url, sizeof url);
	const char *host = strstr(url, "://");
	if (!host)
		return false;
	host += 3;
	const char *end = host + strcspn(host, *host == '[' ? "]" : ":");
	bool bracket = *host == '[';
	out->port = port_of(url, strchr(end, ':'));
	host += bracket;
	snprintf(out->host, sizeof out->host, "%.*s", (int)(end - host), host);
	out->family = inet_pton(AF_INET, out->host, bytes) == 1    ? AF_INET
		      : inet_pton(AF_INET6, out->host, bytes) == 1 ? AF_INET6
								   : 0;
	return out->port > 0 && out->port < 65536;
}

/* Whom the screen calls: the proxy alone where there is one. */
static size_t peers(const struct settings *settings, struct peer *out)
{
	static const enum kiosk_setting rows[] = { SET_FEED, SET_CENTRAL };
	const char *proxy = settings_text(settings, SET_PROXY);
	size_t n = 0;

	if (*proxy)
		return peer_of(proxy, &out[0]) ? 1 : 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		/* A file has no "://". */
		if (strstr(settings_text(settings, rows[i]), "://") &&
		    peer_of(settings_text(settings, rows[i]), &out[n]))
			n++;
	return n;
}

void system_firewall(const struct settings *settings, struct buf *out)
{
	struct peer all[PEERS_MAX];
	size_t n = peers(settings, all);

	/* Names lead to other addresses tomorrow: of them only the port is known. */
	buf_str(out, "add table inet oppslag\n"
		     "add set inet oppslag ports { type inet_service; }\n"
		     "add set inet oppslag peers4 { type ipv4_addr . inet_service; }\n"
		     "add set inet oppslag peers6 { type ipv6_addr . inet_service; }\n"
		     "flush set inet oppslag ports\n"
		     "flush set inet oppslag peers4\n"
		     "flush set inet oppslag peers6\n");
	for (size_t i = 0; i < n; i++) {
		if (all[i].family == 0)
			buf_printf(out, "add element inet oppslag ports { %d }\n", all[i].port);
		else
			buf_printf(out, "add element inet oppslag peers%d { %s . %d }\n",
				   all[i].family == AF_INET ? 4 : 6, all[i].host, all[i].port);
	}
}

/* ---- wpa_supplicant */

bool system_has_wifi(const struct settings *settings)
{
	static const enum kiosk_setting rows[] = { SET_WIFI_NAME, SET_WIFI_PASSWORD, SET_WIFI_USER, SET_WIFI_CA_FILE,
						   SET_WIFI_DOMAIN };

	/* A password that cannot be read must not make of its network an open one, which anybody could pretend to be.
	 */
	for (size_t i = 0; i < settings->n_faults; i++)
		for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
			if ((settings->faults[i].row == rows[k] || settings->faults[i].near == rows[k]) &&
			    !settings_is_set(settings, rows[k]))
				return false;
	return *settings_text(settings, SET_WIFI_NAME) != '\0';
}

/* Quotes and other signs mean something to its parser; figures do not. */
static void hex(struct buf *out, const char *key, const char *text)
{
	buf_printf(out, "\t%s=", key);
	for (; *text; text++)
		buf_printf(out, "%02x", (unsigned char)*text);
	buf_char(out, '\n');
}

static void shared_key(const char *password, struct buf *out)
{
	bool raw = strlen(password) == PSK_HEX;

	/* WPA3 where the network has it, WPA2 else; protected management frames where it can (802.11w). */
	buf_str(out, raw ? "\tkey_mgmt=WPA-PSK WPA-PSK-SHA256\n" : "\tkey_mgmt=WPA-PSK WPA-PSK-SHA256 SAE\n");
	buf_str(out, "\tieee80211w=1\n");
	/* It reads a passphrase from the first quote to the last one, whatever stands between. */
	buf_printf(out, raw ? "\tpsk=%s\n" : "\tpsk=\"%s\"\n", password);
}

static void one_user(const struct settings *settings, const char *ca_file, struct buf *out)
{
	const char *domain = settings_text(settings, SET_WIFI_DOMAIN);

	buf_str(out, "\tkey_mgmt=WPA-EAP WPA-EAP-SHA256\n\tieee80211w=1\n\teap=PEAP TTLS\n"
		     "\tphase2=\"auth=MSCHAPV2\"\n");
	hex(out, "identity", settings_text(settings, SET_WIFI_USER));
	hex(out, "password", settings_text(settings, SET_WIFI_PASSWORD));
	hex(out, "ca_cert", *ca_file ? ca_file : "/etc/ssl/certs/ca-certificates.crt");
	if (*domain)
		buf_printf(out, "\tdomain_suffix_match=\"%s\"\n", domain);
}

void system_wifi(const struct settings *settings, const char *ca_file, struct buf *out)
{
	const char *password = settings_text(settings, SET_WIFI_PASSWORD);

	buf_printf(out, "ctrl_interface=/run/wpa_supplicant\nupdate_config=0\ncountry=%s\n\nnetwork={\n",
		   settings_text(settings, SET_WIFI_COUNTRY));
	hex(out, "ssid", settings_text(settings, SET_WIFI_NAME));
	/* Also a network that does not call its name out. */
	buf_str(out, "\tscan_ssid=1\n");
	if (*settings_text(settings, SET_WIFI_USER))
		one_user(settings, ca_file, out);
	else if (*password)
		shared_key(password, out);
	else
		buf_str(out, "\tkey_mgmt=NONE\n");
	buf_str(out, "}\n");
}
