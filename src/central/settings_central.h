/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The central's settings: one row each (io/settings.h). */
#pragma once

#include "io/settings.h"

/* clang-format off */
#define CENTRAL_SETTINGS(X) \
	X(DATABASE, "database", SETTING_TEXT, "sqlite:oppslag.db", 8, 1000, NULL, \
	  "Where everything is kept: sqlite:FILE. The file is made if it is not there.") \
	X(LISTEN, "listen", SETTING_TEXT, "127.0.0.1:8080", 3, 100, NULL, \
	  "ADDRESS:PORT for browsers, and for screens too where there are few. Port 0: any free one, printed at the start.") \
	X(LISTEN_SCREENS, "listen-screens", SETTING_TEXT, "next", 3, 100, NULL, \
	  "ADDRESS:PORT for screens alone, cheap enough for thousands that wait: what a proxy sends /feed/ to. " \
	  "\"next\": the port after listen; \"off\": none.") \
	X(REQUEST_SECONDS, "request-seconds", SETTING_INT, "30", 1, 3600, NULL, \
	  "How long a request may take to arrive, in seconds; one with a file five times as long. Whoever is slower is let go.") \
	X(PUBLIC_URL, "public-url", SETTING_TEXT, "", 0, 200, NULL, \
	  "What visitors' phones reach this server by: https://oppslag.example.no. Empty: http:// and listen, for trying it out.") \
	X(TRUSTED_PROXY, "trusted-proxy", SETTING_TEXT, "", 0, 100, NULL, \
	  "The address of the proxy in front. Only from there X-Forwarded-For is believed. Empty: there is none.") \
	X(LANGUAGE, "language", SETTING_CHOICE, "nb", 0, 0, "nb|en", \
	  "The language of pages when the browser asks for none that Oppslag speaks.") \
	X(CALENDARS_PRIVATE, "calendars-private", SETTING_BOOL, "no", 0, 0, NULL, \
	  "Whether calendars may be fetched from private and loopback addresses, where other machines of the house may answer.") \
	X(LOG, "log", SETTING_CHOICE, "info", 0, 0, "error|warning|info|debug", "How much is said on stderr.")
/* clang-format on */

enum central_setting {
#define X(name, ...) SET_##name,
	CENTRAL_SETTINGS(X)
#undef X
		SET_COUNT
};
extern const struct setting central_settings[SET_COUNT];
