/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages, dates and sorting. Opening costs 5 to 100 times as much as using, so
 * what was opened is kept: a date format (56 KB) and an alphabet per locale,
 * and as many messages (10 KB each where there is a plural) as a few pictures
 * have. ICU's formatters change while they work, so one lock stands before
 * them all. */
#include <pthread.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/umsg.h>

#include "base/limits.h"
#include "core/icu.h"
#include "core/icu_utf16.h"

_Static_assert(sizeof(UChar) == sizeof(uint16_t), "icu_utf16.h speaks of uint16_t");

enum { FIRST_TRY = 256, ARGUMENTS = 5, KEPT_MESSAGES = 64 };

struct kept_message {
	const char *locale, *pattern;
	UMessageFormat *format;
};
struct kept_locale {
	const char *locale;
	UDateFormat *dates;
	UCollator *alphabet;
};
static struct {
	pthread_mutex_t lock;
	struct kept_message messages[KEPT_MESSAGES]; /* by a hash of the two addresses */
	struct kept_locale locales[LIMIT_LANGUAGES];
	size_t next_locale;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct kept_locale *locale_for(const char *locale)
{
	for (size_t i = 0; i < LIMIT_LANGUAGES; i++)
		if (kept.locales[i].locale == locale)
			return &kept.locales[i];

	struct kept_locale *slot = &kept.locales[kept.next_locale++ % LIMIT_LANGUAGES];
	udat_close(slot->dates);
	ucol_close(slot->alphabet);
	*slot = (struct kept_locale){ .locale = locale };
	return slot;
}

/* Something that writes UTF-16 into OUT as ICU's functions do: returns the length needed. */
struct writer {
	int32_t (*write)(const struct writer *writer, UChar *out, int32_t size, UErrorCode *status);
	const void *format, *values;
};

static char *written(struct arena *arena, const struct writer *writer)
{
	UChar small[FIRST_TRY];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = writer->write(writer, small, FIRST_TRY, &status);

	if (status != U_BUFFER_OVERFLOW_ERROR)
		return U_FAILURE(status) ? NULL : icu_to_utf8(arena, small, n);

	struct arena scratch;
	arena_init(&scratch, ICU_SCRATCH);
	UChar *large = ARENA_ARRAY(&scratch, (size_t)n + 1, UChar);
	status = U_ZERO_ERROR;
	if (large)
		n = writer->write(writer, large, n + 1, &status);
	char *out = large && U_SUCCESS(status) ? icu_to_utf8(arena, large, n) : NULL;
	arena_free(&scratch);
	return out;
}

/* ---- messages ---- */

struct values {
	size_t n_numbers;
	double numbers[ARGUMENTS];
	const UChar *strings[ARGUMENTS];
};

/* umsg reads its varargs as the pattern's arguments say: double for a number, UChar * for a string. It takes no more
 * than the pattern names, and what is behind those is ignored. */
static int32_t write_message(const struct writer *writer, UChar *out, int32_t size, UErrorCode *status)
{
	const UMessageFormat *format = writer->format;
	const struct values *values = writer->values;
	const double *d = values->numbers;
	const UChar *const *s = values->strings;

	switch (values->n_numbers) {
	case 0:
		return umsg_format(format, out, size, status, s[0], s[1], s[2], s[3], s[4]);
	case 1:
		return umsg_format(format, out, size, status, d[0], s[0], s[1], s[2], s[3]);
	case 2:
		return umsg_format(format, out, size, status, d[0], d[1], s[0], s[1], s[2]);
	case 3:
		return umsg_format(format, out, size, status, d[0], d[1], d[2], s[0], s[1]);
	case 4:
		return umsg_format(format, out, size, status, d[0], d[1], d[2], d[3], s[0]);
	default:
		return umsg_format(format, out, size, status, d[0], d[1], d[2], d[3], d[4]);
	}
}

static UMessageFormat *open_message(struct arena *scratch, const char *locale, const char *pattern)
{
	uintptr_t hash = ((uintptr_t)pattern >> 3) ^ ((uintptr_t)locale >> 5);
	struct kept_message *slot = &kept.messages[hash % KEPT_MESSAGES];

	if (slot->format && slot->pattern == pattern && slot->locale == locale)
		return slot->format;

	UErrorCode status = U_ZERO_ERROR;
	int32_t n;
	UChar *units = icu_from_utf8(scratch, pattern, strlen(pattern), &n, NULL);
	UMessageFormat *format = units ? umsg_open(units, n, locale, NULL, &status) : NULL;
	if (!format || U_FAILURE(status)) {
		umsg_close(format);
		return NULL;
	}
	umsg_close(slot->format);
	*slot = (struct kept_message){ .locale = locale, .pattern = pattern, .format = format };
	return format;
}

char *icu_format_message(struct arena *arena, const char *locale, const char *pattern, size_t n_numbers,
			 const int64_t *numbers, size_t n_strings, const char *const *strings)
{
	static const UChar empty[1];
	struct values values = { .n_numbers = n_numbers, .strings = { empty, empty, empty, empty, empty } };
	struct arena scratch;
	bool good = n_numbers + n_strings <= ARGUMENTS;
	char *out = NULL;

	arena_init(&scratch, ICU_SCRATCH);
	for (size_t i = 0; good && i < n_numbers; i++)
		values.numbers[i] = (double)numbers[i];
	for (size_t i = 0; good && i < n_strings; i++) {
		int32_t n;
		values.strings[i] = icu_from_utf8(&scratch, strings[i], strlen(strings[i]), &n, NULL);
		good = values.strings[i] != NULL;
	}
	if (good) {
		pthread_mutex_lock(&kept.lock);
		UMessageFormat *format = open_message(&scratch, locale, pattern);
		if (format)
			out = written(arena, &(struct writer){ write_message, format, &values });
		pthread_mutex_unlock(&kept.lock);
	}
	arena_free(&scratch);
	return out;
}

/* ---- dates ---- */

static int32_t write_date(const struct writer *writer, UChar *out, int32_t size, UErrorCode *status)
{
	const UDate *when = writer->values;

	return udat_format(writer->format, *when, out, size, NULL, status);
}

enum { MONTHS = 12, DAYS = 7 };

static bool set_names(UDateFormat *dates, UDateFormatSymbolType type, const char *const *names, int32_t n)
{
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	bool good = true;

	arena_init(&scratch, ICU_SCRATCH);
	for (int32_t i = 0; names && good && i < n; i++) {
		int32_t len;
		UChar *units = icu_from_utf8(&scratch, names[i], strlen(names[i]), &len, NULL);
		/* ICU numbers weekdays from Sunday, which is 1. */
		int32_t at = n == DAYS ? 1 + (i + 1) % DAYS : i;
		if (units)
			udat_setSymbols(dates, type, at, units, len, &status);
		good = units && U_SUCCESS(status);
	}
	arena_free(&scratch);
	return good;
}

/* The same in running text and alone: the names are those that the language's patterns need. */
static bool set_all_names(UDateFormat *dates, const struct icu_names *names)
{
	return set_names(dates, UDAT_MONTHS, names->months, MONTHS) &&
	       set_names(dates, UDAT_STANDALONE_MONTHS, names->months, MONTHS) &&
	       set_names(dates, UDAT_WEEKDAYS, names->weekdays, DAYS) &&
	       set_names(dates, UDAT_STANDALONE_WEEKDAYS, names->weekdays, DAYS) &&
	       set_names(dates, UDAT_SHORT_WEEKDAYS, names->weekdays_short, DAYS) &&
	       set_names(dates, UDAT_STANDALONE_SHORT_WEEKDAYS, names->weekdays_short, DAYS);
}

/* LOCALE's date format, set to PATTERN, which costs next to nothing. */
static UDateFormat *open_date(const char *locale, const struct icu_names *names, const UChar *pattern, int32_t n)
{
	static const UChar utc[] = { 'U', 'T', 'C', 0 };
	struct kept_locale *slot = locale_for(locale);
	UErrorCode status = U_ZERO_ERROR;

	if (slot->dates) {
		udat_applyPattern(slot->dates, false, pattern, n);
		return slot->dates;
	}
	/* Otherwise ICU looks for the machine's zone, where /etc/localtime is no link by comparing it with every file
	 * of /usr/share/zoneinfo (putil.cpp, searchForTZFile). Nobody here uses ICU's zone. */
	ucal_setDefaultTimeZone(utc, &status);
	UDateFormat *dates = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, n, &status);
	if (!dates || U_FAILURE(status) || !set_all_names(dates, names)) {
		udat_close(dates);
		return NULL;
	}
	slot->dates = dates;
	return dates;
}

char *icu_format_date(struct arena *arena, const char *locale, const struct icu_names *names, const char *pattern,
		      int64_t unix_seconds)
{
	UDate when = (double)unix_seconds * 1000.0;
	struct arena scratch;
	char *out = NULL;
	int32_t n;

	arena_init(&scratch, ICU_SCRATCH);
	const UChar *units = icu_from_utf8(&scratch, pattern, strlen(pattern), &n, NULL);
	if (units) {
		pthread_mutex_lock(&kept.lock);
		UDateFormat *format = open_date(locale, names, units, n);
		if (format)
			out = written(arena, &(struct writer){ write_date, format, &when });
		pthread_mutex_unlock(&kept.lock);
	}
	arena_free(&scratch);
	return out;
}

/* ---- sorting ---- */

static UCollator *open_alphabet(const char *locale)
{
	struct kept_locale *slot = locale_for(locale);
	UErrorCode status = U_ZERO_ERROR;

	if (!slot->alphabet) {
		UCollator *alphabet = ucol_open(locale, &status);
		if (!alphabet || U_FAILURE(status)) {
			ucol_close(alphabet);
			return NULL;
		}
		slot->alphabet = alphabet;
	}
	return slot->alphabet;
}

int icu_compare(const char *locale, const char *a, const char *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult result = UCOL_EQUAL;

	pthread_mutex_lock(&kept.lock);
	UCollator *alphabet = open_alphabet(locale);
	if (alphabet)
		result = ucol_strcollUTF8(alphabet, a, -1, b, -1, &status);
	pthread_mutex_unlock(&kept.lock);
	/* Equal to the alphabet is not yet equal: bytes decide, so that an order is always the same. */
	return !alphabet || U_FAILURE(status) || result == UCOL_EQUAL ? strcmp(a, b) : (int)result;
}
