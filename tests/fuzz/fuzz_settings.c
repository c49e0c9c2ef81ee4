/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings parser: a file's bytes, and the same bytes as `--set KEY=VALUE`. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "io/settings.h"

#define FUZZ_SETTINGS(X)                                                                   \
	X(FEED, "feed", SETTING_TEXT, "", 0, 1000, NULL, "Where the feed is.")             \
	X(TIMES, "times", SETTING_INT, "3", 1, 60, NULL, "How often.")                     \
	X(SCALE, "scale", SETTING_NUMBER, "1.0", 1, 1.4, NULL, "How big.")                 \
	X(WINDOWED, "windowed", SETTING_BOOL, "no", 0, 0, NULL, "In a window.")            \
	X(THEME, "theme", SETTING_CHOICE, "light", 0, 0, "light|contrast|night", "Looks.") \
	X(MAIL_SIZE, "mail.size", SETTING_SIZE, "1920x1080", 100, 8000, NULL, "How wide and high.")
enum {
#define X(name, ...) SET_##name,
	FUZZ_SETTINGS(X)
#undef X
		SET_COUNT
};
static const struct setting ROWS[] = { FUZZ_SETTINGS(SETTING_ROW) };

/* Whatever came in, each value is one that its row allows. */
static void check(const struct settings *settings)
{
	int w = 0, h = 0;
	double scale = settings_number(settings, SET_SCALE);
	int times = settings_int(settings, SET_TIMES);

	settings_size(settings, SET_MAIL_SIZE, &w, &h);
	if (times < 1 || times > 60 || !(scale >= 1 && scale <= 1.4) || settings_choice(settings, SET_THEME) > 2)
		abort();
	if (w < 100 || w > 8000 || h < 100 || h > 8000 || !settings_text(settings, SET_FEED))
		abort();
	(void)settings_bool(settings, SET_WINDOWED);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct settings settings;
	struct buf report;
	struct fault fault = { 0 };
	char *text = malloc(len + 1);

	if (!text)
		return 0;
	memcpy(text, bytes, len);
	text[len] = '\0';
	buf_init(&report, 1 << 20);
	if (settings_init(&settings, ROWS, SET_COUNT) != OK)
		abort();
	if (settings_parse(&settings, "fuzz.ini", (const char *)bytes, len, &report) != OK && !report.len)
		abort();
	check(&settings);
	if (settings_set(&settings, text, &fault) != OK && !fault.text[0])
		abort();
	check(&settings);
	settings_free(&settings);
	buf_free(&report);
	free(text);
	return 0;
}
