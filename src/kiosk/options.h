/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's command line and settings, read and checked whole before
 * anything starts. Every option and every setting is one row. */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "core/civil.h"
#include "io/settings.h"
#include "screen/action.h"
#include "screen/model.h"
#include "screen/surroundings.h"

/* EN 301 549 8.3.2 and 8.3.3: what is operated is at most 1220 mm above the floor. Reach mode takes 350 mm of the
 * picture (screen/metrics.c), so a picture that begins higher than 870 has no room for it. */
enum { BOTTOM_MM_MAX = 870, REACH_TOP_MM = 1220 };

/* clang-format off */
#define KIOSK_SETTINGS(X) \
	X(FEED, "feed", SETTING_SOURCE, "", 0, 1000, NULL, \
	  "Where the screen's content comes from: the feed's address at the central (https://oppslag.example.no/feed/v1/CENTRE), " \
	  "a calendar's address (.ics, https:// or webcal://), or a file of either kind.", \
	  .example = "https://oppslag.example.no/feed/v1/solbakken", .also = "https|http|webcal|url|adresse|kalender|calendar") \
	X(CENTRE, "centre", SETTING_ID, "", 0, 64, NULL, \
	  "The centre's id, when feed is only the central's own address (https://oppslag.example.no).", \
	  .example = "solbakken", .also = "center|senter") \
	X(CENTRAL, "central", SETTING_URL, "", 0, 1000, NULL, \
	  "The central's address that call-backs go to (https://oppslag.example.no). Empty: the one that the feed is of; with a " \
	  "file or a calendar as feed there is none, and the screen says whom to call instead.", \
	  .example = "https://oppslag.example.no", .also = "sentral|server") \
	X(NAME, "name", SETTING_TEXT, "", 0, 60, NULL, \
	  "The screen's name: the network and its staff know it by it.", \
	  .example = "Solbakken inngang", .also = "navn|namn|skjerm|hostname|maskinnavn") \
	X(DATA, "data", SETTING_TEXT, "", 1, 1000, NULL, \
	  "Folder where the last good feed is kept, and call-backs until they are sent. Empty: oppslag-kiosk in XDG_STATE_HOME, or in ~/.local/state.", \
	  .example = "/data/oppslag", .also = "mappe|folder") \
	X(BLACK_BOX, "black-box", SETTING_TEXT, "", 0, 1000, NULL, \
	  "Folder of the black box: what happened to this screen, in plain Norwegian lines, 256 KB at most. Empty: none is kept.", \
	  .example = "/data/black-box", .also = "logg") \
	X(WINDOWED, "windowed", SETTING_BOOL, "no", 0, 0, NULL, \
	  "A window on a desk, that Esc and its own button close, instead of the whole screen.") \
	X(SIZE, "size", SETTING_SIZE, "1920x1080", SIZE_PX_MIN, SIZE_PX_MAX, NULL, \
	  "The panel's own size in pixels. On the wall the display is asked when this is not set.") \
	X(DIAGONAL, "diagonal", SETTING_NUMBER, "24", DIAGONAL_MIN, DIAGONAL_MAX, NULL, \
	  "The panel's diagonal in inches; all sizes follow from it.", \
	  .unit = "\"|″|”|“|''|tommer|tommers|tommar|tomme|tom|inches|inch|in|zoll", \
	  .also = "tommer|inches|skjermstorrelse|storrelse|diagonalen") \
	X(ROTATE, "rotate", SETTING_CHOICE, "0", 0, 0, "0|90|180|270", \
	  "How the picture is turned, in degrees clockwise, so that it stands upright on a panel that was hung on its side.", \
	  .example = "90", .unit = "°|grader|degrees|grad|deg", .also = "roter|rotasjon|rotation|drei|snu") \
	X(THEME, "theme", SETTING_CHOICE, "light", 0, 0, "light|contrast|night", "The colours.", .also = "tema|farger") \
	X(SCALE, "scale", SETTING_NUMBER, "1.0", 1.0, 1.4, NULL, "Size of the text: 1.0 is large already, 1.4 larger.", \
	  .example = "1.4", .also = "skala|tekst|skrift") \
	X(REACH, "reach", SETTING_BOOL, "no", 0, 0, NULL, \
	  "All that can be touched stands in the lowest band of the picture, within reach from a wheelchair; what is only read stands above.", \
	  .also = "rekkevidde|rullestol") \
	X(VIEW_MM, "view-mm", SETTING_INT, "0", 0, 3000, NULL, \
	  "How far people stand from the screen, in mm. 0: the usual for the diagonal (600, from 40 inches on 800).", \
	  .example = "600", .unit = "mm|millimeter", .also = "avstand|distance") \
	X(BOTTOM_MM, "bottom-mm", SETTING_INT, "0", 0, BOTTOM_MM_MAX, NULL, \
	  "How high the picture's lower edge hangs above the floor, in mm: 700 to 750 suits most. Where its upper edge is then above 1220, " \
	  "what a hand reaches from a wheelchair, it is as with reach = yes. 0: not told.", \
	  .example = "720", .unit = "mm|millimeter", .also = "bottom|hoyde|height|underkant") \
	X(LANG, "lang", SETTING_LANGUAGE, "", 0, 15, NULL, \
	  "Language that each visit begins with (nb, en). Empty: the centre's own.", .example = "nb", .also = "language|sprak") \
	X(VOLUME, "volume", SETTING_INT, "100", 0, 100, NULL, \
	  "How loud the screen speaks at most, in percent of what its loudspeaker is turned up to; visitors choose among six steps below. 0: silent.", \
	  .example = "60", .unit = "%|prosent|percent", .also = "volum|lyd|lydstyrke|sound") \
	X(ZONE, "zone", SETTING_ZONE, "Europe/Oslo", 1, 64, NULL, \
	  "Time zone of a calendar that names none, and of the clock until a feed is there.", .also = "tidssone|timezone") \
	X(CLOCK, "clock", SETTING_CHOICE, "trusted", 0, 0, "trusted|synchronised", \
	  "Whether the machine's clock is right when it starts. synchronised: only once it was set from the network; until then " \
	  "the screen says that it does not know the time.", .also = "klokke") \
	X(NIGHT, "night", SETTING_HOURS, "auto", 0, 15, "auto|off", \
	  "When the screen is a dim clock while nobody is here: 22:00-06:30; off; or auto, which is 22 to 7, shorter where the " \
	  "centre opens earlier or closes later. A touch wakes it.", .example = "22:00-06:30", .also = "natt|nacht") \
	X(NIGHT_BLACK, "night-black", SETTING_BOOL, "no", 0, 0, NULL, \
	  "At night the screen is black instead: the panel lasts longer.") \
	X(PANEL_OFF, "panel-off", SETTING_BOOL, "no", 0, 0, NULL, \
	  "At night the screen is black and the panel is switched off too: by the display's power saving, and a television by HDMI-CEC. " \
	  "Any touch wakes it. Some televisions never come back by themselves: try it once by day before you trust it.", .example = "yes", .also = "skjermav|skruav") \
	X(PROXY, "proxy", SETTING_PROXY, "", 0, 300, NULL, \
	  "Proxy to the network, http://HOST:PORT. Empty: what the environment says (https_proxy, no_proxy).", \
	  .example = "http://proxy.example.no:8080", .also = "mellomtjener") \
	X(CA_FILE, "ca-file", SETTING_FILE, "", 0, 1000, NULL, \
	  "File with the certificate of one more authority (PEM), where the network inspects TLS. Without a folder it lies beside this file.", \
	  .example = "kommune.pem", .also = "ca|cacert|sertifikat|certificate") \
	X(NTP, "ntp", SETTING_HOSTS, "", 0, 4, NULL, \
	  "Time servers, for a network where the usual ones on the internet do not answer. Only in the image for the Raspberry Pi.", \
	  .example = "ntp.example.no", .also = "tidsserver|timeserver") \
	X(LOG, "log", SETTING_CHOICE, "info", 0, 0, "error|warning|info|debug", "How much is said on stderr.") \
	X(NETWORK_ADDRESS, "network.address", SETTING_ADDRESS, "", 0, 1, NULL, \
	  "The screen's own IP address, with its network's size, where the network gives none (DHCP). Of the Wi-Fi if there is one, " \
	  "else of the cable. This section and the next count only in the image for the Raspberry Pi.", \
	  .example = "192.0.2.10/24", .also = "ip|ipadresse|fastip") \
	X(NETWORK_GATEWAY, "network.gateway", SETTING_ADDRESSES, "", 0, 2, NULL, "The router's IP address, with network.address.", \
	  .example = "192.0.2.1", .also = "ruter|router") \
	X(NETWORK_DNS, "network.dns", SETTING_ADDRESSES, "", 0, 3, NULL, \
	  "IP addresses of name servers. Empty: those that the network names.", .example = "192.0.2.1", .also = "navnetjener|nameserver") \
	X(WIFI_NAME, "wifi.name", SETTING_TEXT, "", 0, 32, NULL, \
	  "The wireless network's name (SSID), letter by letter. Empty: the cable.", .example = "Solbakken", \
	  .also = "ssid|wlan|wlanname|wifi|tradlos|nettverk") \
	X(WIFI_PASSWORD, "wifi.password", SETTING_TEXT, "", 0, 128, NULL, \
	  "Its password (WPA2 or WPA3). One that begins and ends with quotes wants quotes around them. Empty: an open network.", \
	  .example = "…", .also = "passord|psk|passphrase|wifipass|wlanpassword|kode|nokkel", .secret = true) \
	X(WIFI_USER, "wifi.user", SETTING_TEXT, "", 0, 128, NULL, \
	  "The user's name in a network that asks for one (802.1X, PEAP or TTLS with MSCHAPv2).", \
	  .example = "skjerm1@example.no", .also = "bruker|brukernavn|username|identity") \
	X(WIFI_CA_FILE, "wifi.ca-file", SETTING_FILE, "", 0, 1000, NULL, \
	  "With wifi.user: the certificate of the authority (PEM) that vouches for the network. Empty: that of ca-file.", \
	  .example = "kommune.pem") \
	X(WIFI_DOMAIN, "wifi.domain", SETTING_HOSTS, "", 0, 1, NULL, \
	  "With wifi.user: what the network's certificate is made out to, or ends with. Needed where wifi.ca-file is not told.", \
	  .example = "radius.example.no", .also = "domene") \
	X(WIFI_COUNTRY, "wifi.country", SETTING_COUNTRY, "NO", 2, 2, NULL, \
	  "The country whose rules for radio hold, by its two letters.", .example = "NO", .also = "land|landkode|country")

#define KIOSK_OPTIONS(X) \
	X(CONFIG, "config", "FILE", -1, "settings file (INI)") \
	X(KEEP_GOING, "keep-going", NULL, -1, "what is wrong in the settings file is left out, and said on the screen") \
	X(SYSTEM, "system", "DIR", -1, "write what the operating system needs of the settings, and end") \
	X(SET, "set", "KEY=VALUE", -1, "one setting; `--set help` lists them all as a sample file") \
	X(FEED, "feed", "URL|FILE", SET_FEED, "the central's feed, a calendar (.ics), or a file of either") \
	X(DATA, "data", "DIR", SET_DATA, "where the last good feed is kept") \
	X(WINDOWED, "windowed", NULL, SET_WINDOWED, "a window instead of the whole screen") \
	X(SIZE, "size", "WxH", SET_SIZE, "the panel's own size (1920x1080)") \
	X(DIAGONAL, "diagonal", "INCHES", SET_DIAGONAL, "the panel's diagonal (24)") \
	X(ROTATE, "rotate", "0|90|180|270", SET_ROTATE, "turn the picture clockwise") \
	X(THEME, "theme", "light|contrast|night", SET_THEME, "the colours") \
	X(SCALE, "scale", "1.0|1.4", SET_SCALE, "size of the text, 1.0 to 1.4") \
	X(REACH, "reach", NULL, SET_REACH, "all that can be touched in the lowest band") \
	X(LANG, "lang", "CODE", SET_LANG, "language that each visit begins with: nb, en") \
	X(TIME, "time", "2026-11-24T09:30", -1, "the centre's wall clock at the start; runs on") \
	X(VIEW, "view", "NAME[:ID]", -1, "the view to begin with (home)") \
	X(PICTURE, "picture", "FILE.png", -1, "write one picture and end") \
	X(LIST, "list", "FILE.json", -1, "write the display list and end") \
	X(REPLAY, "replay", "FILE", -1, "play a recording on a clock of its own, then end") \
	X(RECORD, "record", "FILE", -1, "write what happens, for --replay") \
	X(EVENTS, "events", "FILE", -1, "log what happens, one JSON object a line (a FIFO will do)") \
	X(CHECK_FEED, "check-feed", "FILE", -1, "say whether FILE is a good feed or calendar, and end") \
	X(VERSION, "version", NULL, -1, "the version") \
	X(HELP, "help", NULL, -1, "this list")
/* clang-format on */

enum kiosk_setting {
#define X(name, ...) SET_##name,
	KIOSK_SETTINGS(X)
#undef X
		SET_COUNT
};
extern const struct setting kiosk_settings[SET_COUNT];
enum { CLOCK_TRUSTED, CLOCK_SYNCHRONISED }; /* the words of clock */

struct options {
	struct settings settings;
	bool help, version, sample; /* print that and end */
	bool keep_going;
	const char *config;                                                          /* the last one; NULL: none */
	const char *picture, *list, *replay, *record, *events, *check_feed, *system; /* NULL: not asked for */
	struct settings_state state; /* with keep_going: what the screen says of its settings */
	bool has_time, has_place;
	struct civil time;
	struct place place;
};

/* Reads ARGV, which must stay. ERR_USAGE and the like for the command line, other errors for
 * the settings file, whose faults are lines in REPORT; with keep_going and system they are no errors. FAULT is set
 * unless REPORT has lines. OPTIONS is to be freed in any case. */
CHECKED enum err options_read(struct options *options, int argc, char **argv, struct buf *report, struct fault *fault);
void options_free(struct options *options);

/* What a recording was made with counts where the command line says nothing else. */
CHECKED enum err options_default(struct options *options, enum kiosk_setting i, const char *value, const char *origin,
				 struct fault *fault);

void options_usage(struct buf *out);
void options_sample(struct buf *out);

/* What rows say of each other, and files that they name: each fault a line of REPORT and a fallback. */
CHECKED enum err options_judge(struct options *options, struct buf *report);
/* The file that row I names, from the settings file's folder; "" if it names none. ERR_LIMIT. */
CHECKED enum err options_file(const struct options *options, enum kiosk_setting i, char *out, size_t size);

/* The folder of the last good feed. ERR_VALUE when the environment names none. */
CHECKED enum err options_data(const struct options *options, char *out, size_t size);
/* All but the typesetter; W and H are of the upright picture. */
void options_surroundings(const struct options *options, int w, int h, struct surroundings *out);
int options_rotation(const struct options *options);
void options_habits(const struct options *options, struct habits *out);
