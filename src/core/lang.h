/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the screen and the pages. Each language is one JSON message
 * file in assets/lang; the build turns them into tables (config/gen_lang.py)
 * and fails on a missing key, a named argument or a wrong plural. Patterns are
 * ICU MessageFormat with numbered arguments ({0}, {0, plural, …}). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/civil.h"
#include "text_ids.h" /* generated: enum text_id { TEXT_SCREEN_HOME … TEXT_COUNT }, from keys "screen.home" */

struct lang; /* one language, static */

/* By its very code, in upper or lower case; NULL if Oppslag does not speak it. */
const struct lang *lang_find(const char *code);
/* The one that a reader of TAG (BCP 47, from outside) is served by: "nb-NO", "no", "fa-AF", "prs", "ku-Arab"; RFC 4647
 * 3.4. NULL if there is none. */
const struct lang *lang_match(const char *tag);
/* In the fixed order in which people see them; n below lang_count. */
size_t lang_count(void);
const struct lang *lang_at(size_t n);

const char *lang_code(const struct lang *lang);
const char *lang_autonym(const struct lang *lang);                     /* "Norsk bokmål" */
const char *lang_name(const struct lang *lang, const struct lang *in); /* "norsk", what LANG is called IN another */
bool lang_is_rtl(const struct lang *lang);
bool lang_is_proofread(const struct lang *lang); /* by somebody whose own language it is */
/* Whether it has the texts that only staff read (staff.*). What is asked of one that has not is answered in the first
 * language; no other text is ever missing. */
bool lang_has_staff(const struct lang *lang);
/* The best of ours for an HTTP Accept-Language (RFC 9110 12.5.4), for staff only of those that have their texts;
 * FALLBACK if none fits. */
const struct lang *lang_accept(const char *header, const struct lang *fallback);
const struct lang *lang_accept_staff(const char *header, const struct lang *fallback);

/* The text as it stands; for texts without arguments. Never NULL. */
const char *lang_text(const struct lang *lang, enum text_id id);

/* The text with up to 5 arguments filled in. Strings are wrapped in U+2068 …
 * U+2069 in right-to-left languages, so that names keep their own direction.
 * NULL only when ARENA is out of memory. */
struct lang_arg {
	bool is_number;
	int64_t number;
	const char *string;
};
#define ARG_S(s) ((struct lang_arg){ .string = (s) })
#define ARG_N(n) ((struct lang_arg){ .is_number = true, .number = (n) })
char *lang_format_args(struct arena *arena, const struct lang *lang, enum text_id id, size_t n,
		       const struct lang_arg *args);
#define lang_format(arena, lang, id, ...)                                                                       \
	lang_format_args(arena, lang, id, sizeof((struct lang_arg[]){ __VA_ARGS__ }) / sizeof(struct lang_arg), \
			 (struct lang_arg[]){ __VA_ARGS__ })

/* Dates and times: Gregorian, Latin digits, 24 hours; the ICU patterns stand in each
 * language's file (date.*). Results are whole, first letter as in running text
 * unless said. NULL: out of memory. */
enum date_form {
	DATE_WEEKDAY,           /* tirsdag */
	DATE_WEEKDAY_SHORT,     /* tir. */
	DATE_DAY_MONTH,         /* 24. november */
	DATE_WEEKDAY_DAY_MONTH, /* tirsdag 24. november */
	DATE_FULL,              /* tirsdag 24. november 2026 */
	DATE_DAY_MONTH_YEAR,    /* 24. november 2026 */
	DATE_DAY,               /* 24. (nb), 24 (en) */
	DATE_TIME,              /* 09.30 (nb), 09:30 (en) */
	DATE_WEEKDAY_TIME,      /* tirsdag 24. november kl. 11.00 */
	DATE_FORM_COUNT
};
char *lang_date(struct arena *arena, const struct lang *lang, enum date_form form, struct civil when);
/* "11.00–12.30" (nb), "11:00–12:30" (en); isolated U+2066 … U+2069 in right-to-left languages. */
char *lang_time_range(struct arena *arena, const struct lang *lang, struct civil from, struct civil to);
/* The first letter in upper case, by the language's rules. */
char *lang_capitalise(struct arena *arena, const struct lang *lang, const char *s);
/* "today", "tomorrow", "tuesday" within the week, else weekday day month; as in running text. */
char *lang_relative_day(struct arena *arena, const struct lang *lang, struct civil day, struct civil today);
/* <0, 0, >0 by the language's alphabet (æ ø å after z in Norwegian). */
int lang_compare(const struct lang *lang, const char *a, const char *b);
