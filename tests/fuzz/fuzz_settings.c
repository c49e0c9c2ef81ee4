/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings parser: a file's bytes, and the same bytes as `--set KEY=VALUE`. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "io/settings.h"

#define FUZZ_SETTINGS(X)                                                                            \
	X(FEED, "feed", SETTING_TEXT, "", 0, 1000, NULL, "Where the feed is.")                      \
	X(TIMES, "times", SETTING_INT, "3", 1, 60, NULL, "How often.")                              \
	X(SCALE, "scale", SETTING_NUMBER, "1.0", 1, 1.4, NULL, "How big.")                          \
	X(WINDOWED, "windowed", SETTING_BOOL, "no", 0, 0, NULL, "In a window.")                     \
	X(THEME, "theme", SETTING_CHOICE, "light", 0, 0, "light|contrast|night", "Looks.")          \
	X(MAIL_SIZE, "mail.size", SETTING_SIZE, "1920x1080", 100, 8000, NULL, "How wide and high.") \
	X(NIGHT, "night", SETTING_HOURS, "auto", 0, 0, "auto|off", "When.")                         \
	X(WORD, "mail.word", SETTING_TEXT, "", 0, 64, NULL, "Whose.", .secret = true)
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

/* The same faults in the same lines, and the same values but for what is secret. */
static void check_copy(const struct settings *first, const struct buf *copy)
{
	struct settings second;
	struct buf report;

	buf_init(&report, 1 << 20);
	if (!buf_ok(copy) || settings_init(&second, ROWS, SET_COUNT) != OK)
		abort();
	enum err err = settings_parse(&second, "fuzz.ini", buf_text(copy), copy->len, &report);
	if ((err != OK) != (first->n_faults > 0) || first->n_faults != second.n_faults ||
	    first->n_more != second.n_more)
		abort();
	for (size_t i = 0; i < first->n_faults; i++)
		if (first->faults[i].wrong != second.faults[i].wrong ||
		    first->faults[i].line != second.faults[i].line || first->faults[i].row != second.faults[i].row ||
		    first->faults[i].near != second.faults[i].near)
			abort();
	for (size_t i = 0; i < SET_COUNT; i++)
		if (!ROWS[i].secret && strcmp(settings_text(first, i), settings_text(&second, i)) != 0)
			abort();
	settings_free(&second);
	buf_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct settings settings;
	struct buf report, copy;
	struct fault fault = { 0 };
	char *text = malloc(len + 1);

	if (!text)
		return 0;
	memcpy(text, bytes, len);
	text[len] = '\0';
	buf_init(&report, 1 << 20);
	buf_init(&copy, 1 << 20);
	if (settings_init(&settings, ROWS, SET_COUNT) != OK)
		abort();
	if (settings_parse_copy(&settings, "fuzz.ini", (const char *)bytes, len, &report, &copy) != OK && !report.len)
		abort();
	check(&settings);
	check_copy(&settings, &copy);
	buf_free(&copy);
	if (settings_set(&settings, text, &fault) != OK && !fault.text[0])
		abort();
	check(&settings);
	settings_free(&settings);
	buf_free(&report);
	free(text);
	return 0;
}
