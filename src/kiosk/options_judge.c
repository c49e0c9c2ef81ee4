/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no row can say by itself: rows that need each other, and the files that they name. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "io/file.h"
#include "kiosk/options.h"
#include "kiosk/worker_source.h"

enum { SSID_BYTES = 32, PSK_MIN = 8, PSK_MAX = 63, PSK_HEX = 64, PEM_MAX = 1 << 20 };

struct judging {
	struct options *options;
	struct buf *report;
	bool found;
};

static const char *text_of(const struct judging *j, enum kiosk_setting i)
{
	return settings_text(&j->options->settings, i);
}

static void blame(struct judging *j, enum setting_wrong wrong, enum kiosk_setting row, enum kiosk_setting near,
		  const char *text)
{
	const struct setting_fault fault = {
		.wrong = wrong, .row = row, .near = near, .other = (int)utf8_count(text_of(j, row))
	};

	settings_blame(&j->options->settings, &fault, text, j->report);
	j->found = true;
}

static void judge_wifi(struct judging *j)
{
	const char *password = text_of(j, SET_WIFI_PASSWORD);
	size_t count = strlen(password); /* to radios letters are bytes */
	bool raw = count == PSK_HEX && strspn(password, "0123456789abcdefABCDEF") == PSK_HEX;

	if (strlen(text_of(j, SET_WIFI_NAME)) > SSID_BYTES)
		blame(j, WRONG_VALUE, SET_WIFI_NAME, SET_COUNT, "a network's name has 32 bytes at most");
	if (count > 0 && !*text_of(j, SET_WIFI_NAME))
		blame(j, WRONG_NEEDS, SET_WIFI_PASSWORD, SET_WIFI_NAME, "of which network? wifi.name is not set");
	else if (count > 0 && !*text_of(j, SET_WIFI_USER) && !raw && (count < PSK_MIN || count > PSK_MAX))
		blame(j, WRONG_PASSWORD, SET_WIFI_PASSWORD, SET_COUNT, "not 8 to 63 characters");
	if (!*text_of(j, SET_WIFI_USER))
		return;
	if (!*text_of(j, SET_WIFI_PASSWORD))
		blame(j, WRONG_NEEDS, SET_WIFI_USER, SET_WIFI_PASSWORD, "wifi.password is not set");
	else if (!*text_of(j, SET_WIFI_CA_FILE) && !*text_of(j, SET_CA_FILE) && !*text_of(j, SET_WIFI_DOMAIN))
		blame(j, WRONG_NEEDS, SET_WIFI_USER, SET_WIFI_CA_FILE,
		      "whoever calls itself that network would get the password: set wifi.ca-file, or wifi.domain");
}

/* "-----BEGIN CERTIFICATE-----" in text; what Windows exports first is no text. */
static bool is_pem(const char *path)
{
	struct buf bytes;

	buf_init(&bytes, PEM_MAX);
	bool pem = file_read(path, &bytes, NULL) == OK && strstr(buf_text(&bytes), "-----BEGIN CERTIFICATE-----");
	buf_free(&bytes);
	return pem;
}

static void judge_file(struct judging *j, enum kiosk_setting row)
{
	char path[PATH_MAX];

	/* Copies lie below the folder that they are copied to. */
	bool outside = strstr(text_of(j, row), "..") != NULL;
	if (*text_of(j, row) && (outside || options_file(j->options, row, path, sizeof path) != OK || !is_pem(path)))
		blame(j, WRONG_FILE, row, SET_COUNT, "no such file, or no certificate in PEM (Base64) in it");
}

static void judge_feed(struct judging *j)
{
	struct source source;

	if (!*text_of(j, SET_FEED))
		return;
	if (source_init(&source, text_of(j, SET_FEED), text_of(j, SET_CENTRE), NULL) != OK)
		blame(j, WRONG_NEEDS, SET_FEED, SET_CENTRE, "which centre? set centre, or write .../feed/v1/CENTRE");
}

enum err options_judge(struct options *options, struct buf *report)
{
	struct judging j = { .options = options, .report = report };

	/* Without --keep-going whoever uses these says it, and ends. */
	if (options->keep_going) {
		judge_feed(&j);
		judge_file(&j, SET_CA_FILE);
		judge_file(&j, SET_WIFI_CA_FILE);
	}
	judge_wifi(&j);
	if (*text_of(&j, SET_NETWORK_GATEWAY) && !*text_of(&j, SET_NETWORK_ADDRESS))
		blame(&j, WRONG_NEEDS, SET_NETWORK_GATEWAY, SET_NETWORK_ADDRESS, "network.address is not set");
	return j.found && !options->keep_going ? ERR_VALUE : OK;
}

enum err options_file(const struct options *options, enum kiosk_setting i, char *out, size_t size)
{
	const char *name = settings_text(&options->settings, i);
	bool typed = strncmp(settings_origin(&options->settings, i), "--", 2) == 0;
	const char *slash = options->config && !typed ? strrchr(options->config, '/') : NULL;
	bool beside = slash && *name && *name != '/';
	int folder = beside ? (int)(slash + 1 - options->config) : 0;
	int n = snprintf(out, size, "%.*s%s", folder, beside ? options->config : "", name);

	return n < 0 || (size_t)n >= size ? ERR_LIMIT : OK;
}
