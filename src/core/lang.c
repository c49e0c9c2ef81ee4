/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/lang.h"

#include <string.h>
#include <strings.h>

#include "core/icu.h"
#include "core/lang_table.h"

const struct lang *lang_find(const char *code)
{
	for (size_t i = 0; code && i < LANG_COUNT; i++)
		if (strcasecmp(lang_table[i].code, code) == 0)
			return &lang_table[i];
	return NULL;
}

size_t lang_count(void)
{
	return LANG_COUNT;
}

const struct lang *lang_at(size_t n)
{
	return &lang_table[n];
}

const char *lang_code(const struct lang *lang)
{
	return lang->code;
}

const char *lang_autonym(const struct lang *lang)
{
	return lang->autonym;
}

const char *lang_name(const struct lang *lang, const struct lang *in)
{
	return lang_text(in, lang->name);
}

bool lang_is_rtl(const struct lang *lang)
{
	return lang->rtl;
}

bool lang_is_proofread(const struct lang *lang)
{
	return lang->proofread;
}

bool lang_has_staff(const struct lang *lang)
{
	return lang->has_staff;
}

/* Who speaks for LANG here: itself, but for a text that only staff read and that it has not (the build has seen to it
 * that nothing else is missing) the first language. Its locale goes with the text, for the plurals. */
static const struct lang *speaker(const struct lang *lang, enum text_id id)
{
	return lang->starts[id] ? lang : &lang_table[0];
}

const char *lang_text(const struct lang *lang, enum text_id id)
{
	const struct lang *speaking = speaker(lang, id);

	return speaking->words + speaking->starts[id];
}

/* ---- texts with arguments ---- */

static char *string_argument(struct arena *scratch, const struct lang *lang, const struct lang_arg *arg)
{
	const char *s = arg->string ? arg->string : "";

	if (arg->is_number)
		return arena_printf(scratch, "%lld", (long long)arg->number);
	return lang->rtl ? arena_printf(scratch, "\u2068%s\u2069", s) : arena_strdup(scratch, s);
}

static char *format(struct arena *arena, const struct lang *lang, enum text_id id, size_t n,
		    const struct lang_arg *args, struct arena *scratch)
{
	static const struct lang_arg none;
	const struct lang_signature *signature = &lang_signatures[id];
	int64_t numbers[LANG_ARGUMENTS];
	const char *strings[LANG_ARGUMENTS];
	size_t n_strings = 0;

	for (size_t i = 0; i < signature->n; i++) {
		const struct lang_arg *arg = signature->order[i] < n ? &args[signature->order[i]] : &none;
		if (i < signature->n_numbers)
			numbers[i] = arg->number;
		else if (!(strings[n_strings++] = string_argument(scratch, lang, arg)))
			return NULL;
	}
	return icu_format_message(arena, lang->locale, lang_text(lang, id), signature->n_numbers, numbers, n_strings,
				  strings);
}

char *lang_format_args(struct arena *arena, const struct lang *lang, enum text_id id, size_t n,
		       const struct lang_arg *args)
{
	struct arena scratch;

	if (lang_signatures[id].n == 0)
		return arena_strdup(arena, lang_text(lang, id));
	arena_init(&scratch, SIZE_MAX);
	char *out = format(arena, speaker(lang, id), id, n, args, &scratch);
	arena_free(&scratch);
	return out;
}

/* ---- dates ---- */

char *lang_date(struct arena *arena, const struct lang *lang, enum date_form form, struct civil when)
{
	int64_t second = when.date_only ? 0 : (when.hour * 60 + when.minute) * 60 + when.second;

	return icu_format_date(arena, lang->locale, &lang->names, lang->dates[form],
			       (int64_t)civil_day(when) * 86400 + second);
}

char *lang_time_range(struct arena *arena, const struct lang *lang, struct civil from, struct civil to)
{
	struct arena scratch;

	arena_init(&scratch, SIZE_MAX);
	const char *first = lang_date(&scratch, lang, DATE_TIME, from);
	const char *last = lang_date(&scratch, lang, DATE_TIME, to);
	char *out = NULL;
	if (first && last)
		out = arena_printf(arena, lang->rtl ? "\u2066%s–%s\u2069" : "%s–%s", first, last);
	arena_free(&scratch);
	return out;
}

char *lang_capitalise(struct arena *arena, const struct lang *lang, const char *s)
{
	return icu_upper_first(arena, lang->locale, s);
}

char *lang_relative_day(struct arena *arena, const struct lang *lang, struct civil day, struct civil today)
{
	switch (civil_day(day) - civil_day(today)) {
	case -1:
		return arena_strdup(arena, lang_text(lang, TEXT_DATE_YESTERDAY));
	case 0:
		return arena_strdup(arena, lang_text(lang, TEXT_DATE_TODAY));
	case 1:
		return arena_strdup(arena, lang_text(lang, TEXT_DATE_TOMORROW));
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
		return lang_date(arena, lang, DATE_WEEKDAY, day);
	default:
		return lang_date(arena, lang, DATE_WEEKDAY_DAY_MONTH, day);
	}
}

int lang_compare(const struct lang *lang, const char *a, const char *b)
{
	return icu_compare(lang->locale, a, b);
}
