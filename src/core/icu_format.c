/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages, dates and sorting. Opening costs far more than using, so what was
 * opened stays with the caller; ICU's formatters change while they work
 * (umsg.h, udat.h), so one lock stands before them all. */
#include <pthread.h>
#include <string.h>

#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/umsg.h>

#include "core/icu.h"
#include "core/icu_utf16.h"

_Static_assert(sizeof(UChar) == sizeof(uint16_t), "icu_utf16.h speaks of uint16_t");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

enum { FIRST_TRY = 256, ARGUMENTS = 5 };

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

static UMessageFormat *open_message(void **kept, const char *locale, const char *pattern, struct arena *scratch)
{
	if (*kept)
		return *kept;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;
	UChar *units = icu_from_utf8(scratch, pattern, strlen(pattern), &n, NULL);
	UMessageFormat *format = units ? umsg_open(units, n, locale, NULL, &status) : NULL;
	if (U_FAILURE(status)) {
		umsg_close(format);
		return NULL;
	}
	*kept = format;
	return format;
}

char *icu_format_message(struct arena *arena, void **kept, const char *locale, const char *pattern, size_t n_numbers,
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
		pthread_mutex_lock(&lock);
		UMessageFormat *format = open_message(kept, locale, pattern, &scratch);
		if (format)
			out = written(arena, &(struct writer){ write_message, format, &values });
		pthread_mutex_unlock(&lock);
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

static UDateFormat *open_date(void **kept, const char *locale, const char *pattern)
{
	static const UChar utc[] = { 'U', 'T', 'C', 0 };
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	if (*kept)
		return *kept;
	arena_init(&scratch, ICU_SCRATCH);
	UChar *units = icu_from_utf8(&scratch, pattern, strlen(pattern), &n, NULL);
	UDateFormat *format = units ? udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, units, n, &status) : NULL;
	arena_free(&scratch);
	if (U_FAILURE(status)) {
		udat_close(format);
		return NULL;
	}
	*kept = format;
	return format;
}

char *icu_format_date(struct arena *arena, void **kept, const char *locale, const char *pattern, int64_t unix_seconds)
{
	UDate when = (double)unix_seconds * 1000.0;
	char *out = NULL;

	pthread_mutex_lock(&lock);
	UDateFormat *format = open_date(kept, locale, pattern);
	if (format)
		out = written(arena, &(struct writer){ write_date, format, &when });
	pthread_mutex_unlock(&lock);
	return out;
}

/* ---- sorting ---- */

static UCollator *open_collator(void **kept, const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;

	if (!*kept) {
		UCollator *collator = ucol_open(locale, &status);
		if (U_FAILURE(status)) {
			ucol_close(collator);
			return NULL;
		}
		*kept = collator;
	}
	return *kept;
}

int icu_compare(void **kept, const char *locale, const char *a, const char *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult result = UCOL_EQUAL;

	pthread_mutex_lock(&lock);
	UCollator *collator = open_collator(kept, locale);
	if (collator)
		result = ucol_strcollUTF8(collator, a, -1, b, -1, &status);
	pthread_mutex_unlock(&lock);
	/* Equal to the alphabet is not yet equal: bytes decide, so that an order is always the same. */
	return !collator || U_FAILURE(status) || result == UCOL_EQUAL ? strcmp(a, b) : (int)result;
}
