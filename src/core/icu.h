/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Oppslag asks of ICU: where lines may break, which way runs of text go,
 * what Windows calls a time zone; for lang.c also plurals, dates and sorting.
 * ICU's own headers are included by core/icu_*.c only. Opened lazily, kept for
 * the process, safe from any thread. Input that is not UTF-8 is ERR_SYNTAX. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* Line break opportunities of UTF-8 TEXT by UAX 14 in LANG: byte offsets after
 * which a line may end, ascending, the last one is LEN. MUST[i]: it has to end
 * there; at LEN only if the text ends with a line break. */
struct icu_breaks {
	size_t n;
	const size_t *at;
	const bool *must;
};
CHECKED enum err icu_line_breaks(struct arena *arena, const char *lang, const char *text, size_t len,
				 struct icu_breaks *out);

/* Runs of one direction in visual order, left to right, by UAX 9. FROM and TO are byte offsets. */
struct icu_run {
	size_t from, to;
	bool rtl;
};
struct icu_runs {
	size_t n;
	const struct icu_run *v;
};
CHECKED enum err icu_bidi_runs(struct arena *arena, const char *line, size_t len, bool base_rtl, struct icu_runs *out);

/* ISO 15924 four-letter script of CODE, "Zyyy" for common, "Zinh" for inherited. OUT has 5 bytes. */
void icu_script(uint32_t code, char *out);
/* True for characters that are not drawn (controls, U+200B-U+200F, U+2066-U+2069, U+00AD …). */
bool icu_is_invisible(uint32_t code);

/* The IANA zone of a Windows name ("W. Europe Standard Time", region NULL or "NO"); false if there is none. */
bool icu_zone_from_windows(const char *windows, const char *region, char *out, size_t size);

/* Upper or lower case, folded for comparison, in LANG. NULL: out of memory or not UTF-8. */
char *icu_upper_first(struct arena *arena, const char *lang, const char *s);
char *icu_fold(struct arena *arena, const char *s);

/* ---- for lang.c. LOCALE and the message's PATTERN are remembered by their address: they must be static and never
 * change. ---- */

/* PATTERN with its arguments: numbers {0} to {N_NUMBERS - 1}, then strings; up to
 * 5 in all. NULL: out of memory, or not UTF-8, or a pattern that ICU refuses. */
char *icu_format_message(struct arena *arena, const char *locale, const char *pattern, size_t n_numbers,
			 const int64_t *numbers, size_t n_strings, const char *const *strings);
/* Names that stand in for ICU's: months from January, weekdays from Monday. NULL: ICU's own. */
struct icu_names {
	const char *const *months;                           /* 12 */
	const char *const *weekdays, *const *weekdays_short; /* 7 */
};
/* A point in time, in UTC, by an ICU date pattern. NAMES belong to the locale as its patterns do. NULL as above. */
char *icu_format_date(struct arena *arena, const char *locale, const struct icu_names *names, const char *pattern,
		      int64_t unix_seconds);
/* <0, 0, >0 by LOCALE's alphabet; by bytes where ICU has nothing to say. */
int icu_compare(const char *locale, const char *a, const char *b);
