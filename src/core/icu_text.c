/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line breaks, directions, scripts, upper case and folding. */
#include <pthread.h>
#include <string.h>

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include "base/utf8.h"
#include "core/icu.h"
#include "core/icu_utf16.h"

/* ---- line breaks ---- */

/* Iterators by language. One works on a text at a time, so the lock is held while it does. */
enum { KEPT_ITERATORS = 8, LANG_SIZE = 16 };
static struct {
	char lang[LANG_SIZE];
	UBreakIterator *iterator;
} kept[KEPT_ITERATORS];
static size_t next_kept;
static pthread_mutex_t breaks_lock = PTHREAD_MUTEX_INITIALIZER;

static UBreakIterator *iterator_for(const char *lang)
{
	if (strlen(lang) >= LANG_SIZE)
		lang = "";
	for (size_t i = 0; i < KEPT_ITERATORS; i++)
		if (kept[i].iterator && strcmp(kept[i].lang, lang) == 0)
			return kept[i].iterator;

	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *iterator = ubrk_open(UBRK_LINE, lang, NULL, 0, &status);
	if (U_FAILURE(status)) {
		if (iterator)
			ubrk_close(iterator);
		return NULL;
	}
	size_t slot = next_kept++ % KEPT_ITERATORS;
	if (kept[slot].iterator)
		ubrk_close(kept[slot].iterator);
	kept[slot].iterator = iterator;
	memcpy(kept[slot].lang, lang, strlen(lang) + 1);
	return iterator;
}

static enum err collect_breaks(struct arena *arena, UBreakIterator *iterator, struct icu_breaks *out)
{
	size_t n = 0;

	ubrk_first(iterator);
	while (ubrk_next(iterator) != UBRK_DONE)
		n++;
	size_t *at = ARENA_ARRAY(arena, n, size_t);
	bool *must = ARENA_ARRAY(arena, n, bool);
	if (!at || !must)
		return ERR_MEMORY;
	ubrk_first(iterator);
	for (size_t i = 0; i < n; i++) {
		at[i] = (size_t)ubrk_next(iterator);
		int32_t status = ubrk_getRuleStatus(iterator);
		must[i] = status >= UBRK_LINE_HARD && status < UBRK_LINE_HARD_LIMIT;
	}
	*out = (struct icu_breaks){ .n = n, .at = at, .must = must };
	return OK;
}

static enum err no_breaks(struct arena *arena, struct icu_breaks *out)
{
	*out = (struct icu_breaks){ .n = 1, .at = ARENA_NEW(arena, size_t), .must = ARENA_NEW(arena, bool) };
	return out->at && out->must ? OK : ERR_MEMORY;
}

enum err icu_line_breaks(struct arena *arena, const char *lang, const char *text, size_t len, struct icu_breaks *out)
{
	UText utf8 = UTEXT_INITIALIZER;
	UErrorCode status = U_ZERO_ERROR;

	if (!utf8_is_valid(text, len))
		return ERR_SYNTAX;
	if (len == 0)
		return no_breaks(arena, out);
	utext_openUTF8(&utf8, text, (int64_t)len, &status);
	if (U_FAILURE(status))
		return ERR_MEMORY;

	enum err err = ERR_MEMORY;
	pthread_mutex_lock(&breaks_lock);
	UBreakIterator *iterator = iterator_for(lang);
	if (iterator)
		ubrk_setUText(iterator, &utf8, &status);
	if (iterator && U_SUCCESS(status)) {
		err = collect_breaks(arena, iterator, out);
		ubrk_setText(iterator, (const UChar[]){ 0 }, 0, &status); /* it must not remember the caller's text */
	}
	pthread_mutex_unlock(&breaks_lock);
	utext_close(&utf8);
	return err;
}

/* ---- directions ---- */

/* Nothing below U+0590 goes right to left, and no such text needs ICU, which makes the first picture wait. */
static bool is_plain(const char *line, size_t len)
{
	uint32_t code = 0;

	for (size_t at = 0, n; at < len; at += n) {
		n = utf8_decode(line + at, len - at, &code);
		if (n == 0 || code >= 0x590)
			return false;
	}
	return true;
}

static enum err visual_runs(struct arena *arena, UBiDi *bidi, const uint32_t *at, struct icu_runs *out)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = ubidi_countRuns(bidi, &status);
	struct icu_run *runs = U_SUCCESS(status) ? ARENA_ARRAY(arena, (size_t)n, struct icu_run) : NULL;

	if (!runs)
		return ERR_MEMORY;
	for (int32_t i = 0; i < n; i++) {
		int32_t start, length;
		bool rtl = ubidi_getVisualRun(bidi, i, &start, &length) == UBIDI_RTL;
		runs[i] = (struct icu_run){ .from = at[start], .to = at[start + length], .rtl = rtl };
	}
	*out = (struct icu_runs){ .n = (size_t)n, .v = runs };
	return OK;
}

static enum err bidi_runs(struct arena *arena, struct arena *scratch, const char *line, size_t len, bool base_rtl,
			  struct icu_runs *out)
{
	uint32_t *at;
	int32_t n;
	UErrorCode status = U_ZERO_ERROR;
	const UChar *units = icu_from_utf8(scratch, line, len, &n, &at);
	UBiDi *bidi = units ? ubidi_open() : NULL;

	if (!bidi)
		return ERR_MEMORY;
	ubidi_setPara(bidi, units, n, base_rtl ? 1 : 0, NULL, &status);
	enum err err = U_SUCCESS(status) ? visual_runs(arena, bidi, at, out) : ERR_MEMORY;
	ubidi_close(bidi);
	return err;
}

enum err icu_bidi_runs(struct arena *arena, const char *line, size_t len, bool base_rtl, struct icu_runs *out)
{
	*out = (struct icu_runs){ 0 };
	if (!utf8_is_valid(line, len))
		return ERR_SYNTAX;
	if (len == 0)
		return OK;
	if (!base_rtl && is_plain(line, len)) {
		struct icu_run *run = ARENA_NEW(arena, struct icu_run);
		if (!run)
			return ERR_MEMORY;
		*run = (struct icu_run){ .to = len };
		*out = (struct icu_runs){ .n = 1, .v = run };
		return OK;
	}
	struct arena scratch;
	arena_init(&scratch, ICU_SCRATCH);
	enum err err = bidi_runs(arena, &scratch, line, len, base_rtl, out);
	arena_free(&scratch);
	return err;
}

/* ---- characters ---- */

void icu_script(uint32_t code, char *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)code, &status);
	const char *name = U_SUCCESS(status) ? uscript_getShortName(script) : NULL;

	memcpy(out, name && strlen(name) == 4 ? name : "Zzzz", 5);
}

bool icu_is_invisible(uint32_t code)
{
	switch (u_charType((UChar32)code)) {
	case U_CONTROL_CHAR:
	case U_LINE_SEPARATOR:
	case U_PARAGRAPH_SEPARATOR:
		return true;
	default:
		return u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
	}
}

/* ---- case ---- */

enum { CASE_ROOM = 16 }; /* bytes by which a first letter may grow: U+0390 gives three characters */

char *icu_upper_first(struct arena *arena, const char *lang, const char *s)
{
	size_t len = strlen(s);
	UErrorCode status = U_ZERO_ERROR;

	if (len > INT32_MAX - CASE_ROOM || !utf8_is_valid(s, len))
		return NULL;
	/* The whole text as one word, whose other letters stay: "tirsdag" and "24. november", not "24. November". */
	UCaseMap *map = ucasemap_open(lang, U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_LOWERCASE, &status);
	char *out = U_SUCCESS(status) ? arena_alloc(arena, len + CASE_ROOM) : NULL;
	if (out)
		ucasemap_utf8ToTitle(map, out, (int32_t)(len + CASE_ROOM), s, (int32_t)len, &status);
	ucasemap_close(map);
	return U_SUCCESS(status) ? out : NULL;
}

char *icu_fold(struct arena *arena, const char *s)
{
	enum { GROWTH = 18 }; /* units of NFKC from one: U+FDFA */
	struct arena scratch;
	int32_t n;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance(&status);

	arena_init(&scratch, ICU_SCRATCH);
	const UChar *units = U_SUCCESS(status) ? icu_from_utf8(&scratch, s, strlen(s), &n, NULL) : NULL;
	char *out = NULL;
	if (units) {
		int32_t room = n * GROWTH + 1;
		UChar *folded = ARENA_ARRAY(&scratch, (size_t)room, UChar);
		if (folded)
			n = unorm2_normalize(folder, units, n, folded, room, &status);
		if (folded && U_SUCCESS(status))
			out = icu_to_utf8(arena, folded, n);
	}
	arena_free(&scratch);
	return out;
}
