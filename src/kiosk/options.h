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
	X(FEED, "feed", SETTING_TEXT, "", 0, 1000, NULL, \
	  "Where the screen's content comes from: the feed's address at the central (https://oppslag.example.no/feed/v1/CENTRE), " \
	  "a calendar's address (.ics, https:// or webcal://), or a file of either kind.") \
	X(CENTRE, "centre", SETTING_TEXT, "", 0, 64, NULL, \
	  "The centre's id, when feed is only the central's own address (https://oppslag.example.no).") \
	X(CENTRAL, "central", SETTING_TEXT, "", 0, 1000, NULL, \
	  "The central's address that call-backs go to (https://oppslag.example.no). Empty: the one that the feed is of; with a " \
	  "file or a calendar as feed there is none, and the screen says whom to call instead.") \
	X(DATA, "data", SETTING_TEXT, "", 0, 1000, NULL, \
	  "Folder where the last good feed is kept, and call-backs until they are sent. Empty: oppslag-kiosk in XDG_STATE_HOME, or in ~/.local/state.") \
	X(WINDOWED, "windowed", SETTING_BOOL, "no", 0, 0, NULL, \
	  "A window on a desk, that Esc and its own button close, instead of the whole screen.") \
	X(SIZE, "size", SETTING_SIZE, "1920x1080", SIZE_PX_MIN, SIZE_PX_MAX, NULL, \
	  "The panel's own size in pixels. On the wall the display is asked when this is not set.") \
	X(DIAGONAL, "diagonal", SETTING_NUMBER, "24", DIAGONAL_MIN, DIAGONAL_MAX, NULL, \
	  "The panel's diagonal in inches; all sizes follow from it.") \
	X(ROTATE, "rotate", SETTING_CHOICE, "0", 0, 0, "0|90|180|270", \
	  "How the picture is turned, in degrees clockwise, so that it stands upright on a panel that was hung on its side.") \
	X(THEME, "theme", SETTING_CHOICE, "light", 0, 0, "light|contrast|night", "The colours.") \
	X(SCALE, "scale", SETTING_NUMBER, "1.0", 1.0, 1.4, NULL, "Size of the text: 1.0 is large already, 1.4 larger.") \
	X(REACH, "reach", SETTING_BOOL, "no", 0, 0, NULL, \
	  "All that can be touched stands in the lowest band of the picture, within reach from a wheelchair; what is only read stands above.") \
	X(VIEW_MM, "view-mm", SETTING_INT, "0", 0, 3000, NULL, \
	  "How far people stand from the screen, in mm. 0: the usual for the diagonal (600, from 40 inches on 800).") \
	X(BOTTOM_MM, "bottom-mm", SETTING_INT, "0", 0, BOTTOM_MM_MAX, NULL, \
	  "How high the picture's lower edge hangs above the floor, in mm: 700 to 750 suits most. Where its upper edge is then above 1220, " \
	  "what a hand reaches from a wheelchair, it is as with reach = yes. 0: not told.") \
	X(LANG, "lang", SETTING_TEXT, "", 0, 15, NULL, \
	  "Language that each visit begins with (nb, en). Empty: the centre's own.") \
	X(ZONE, "zone", SETTING_TEXT, "Europe/Oslo", 1, 64, NULL, \
	  "Time zone of a calendar that names none, and of the clock until a feed is there.") \
	X(CLOCK, "clock", SETTING_CHOICE, "trusted", 0, 0, "trusted|synchronised", \
	  "Whether the machine's clock is right when it starts. synchronised: only once it was set from the network; until then " \
	  "the screen says that it does not know the time.") \
	X(NIGHT, "night", SETTING_TEXT, "auto", 0, 15, NULL, \
	  "When the screen is a dim clock while nobody is here: 22:00-06:30; off; or auto, which is 22 to 7, shorter where the " \
	  "centre opens earlier or closes later. A touch wakes it.") \
	X(NIGHT_BLACK, "night-black", SETTING_BOOL, "no", 0, 0, NULL, \
	  "At night the screen is black instead: the panel lasts longer.") \
	X(PROXY, "proxy", SETTING_TEXT, "", 0, 300, NULL, \
	  "Proxy to the network, http://HOST:PORT. Empty: what the environment says (https_proxy, no_proxy).") \
	X(CA_FILE, "ca-file", SETTING_TEXT, "", 0, 1000, NULL, \
	  "File with the certificate of one more authority (PEM), where the network inspects TLS.") \
	X(LOG, "log", SETTING_CHOICE, "info", 0, 0, "error|warning|info|debug", "How much is said on stderr.")

#define KIOSK_OPTIONS(X) \
	X(CONFIG, "config", "FILE", -1, "settings file (INI)") \
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
	bool help, version, sample;                                         /* print that and end */
	const char *picture, *list, *replay, *record, *events, *check_feed; /* NULL: not asked for */
	bool has_time, has_place;
	struct civil time;
	struct place place;
};

/* Reads ARGV, which must stay. ERR_USAGE and the like for the command line, other errors for
 * the settings file, whose faults are lines in REPORT. FAULT is set unless REPORT has lines. OPTIONS is to be freed in
 * any case. */
CHECKED enum err options_read(struct options *options, int argc, char **argv, struct buf *report, struct fault *fault);
void options_free(struct options *options);

/* What a recording was made with counts where the command line says nothing else. */
CHECKED enum err options_default(struct options *options, enum kiosk_setting i, const char *value, const char *origin,
				 struct fault *fault);

void options_usage(struct buf *out);
void options_sample(struct buf *out);

/* The folder of the last good feed. ERR_VALUE when the environment names none. */
CHECKED enum err options_data(const struct options *options, char *out, size_t size);
/* All but the typesetter; W and H are of the upright picture. */
void options_surroundings(const struct options *options, int w, int h, struct surroundings *out);
int options_rotation(const struct options *options);
void options_habits(const struct options *options, struct habits *out);
