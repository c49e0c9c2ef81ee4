/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_hours.h"

#include <ctype.h>
#include <string.h>

#include "base/limits.h"

enum { DAY_MINUTES = 24 * 60 };

static const char *skip_spaces(const char *s)
{
	while (*s == ' ')
		s++;
	return s;
}

/* One or two digits, at most MAX; -1 if there are none. */
static int take_two(const char **s, int max)
{
	int n = 0, digits = 0;

	for (; isdigit((unsigned char)**s) && digits < 3; (*s)++, digits++)
		n = n * 10 + **s - '0';
	return digits == 0 || digits > 2 || n > max ? -1 : n;
}

/* "8", "08.30", "08:30" in minutes; -1 if it is none. */
static int take_clock(const char **s)
{
	int hour = take_two(s, 24), minute = 0;

	if (hour >= 0 && (**s == '.' || **s == ':')) {
		(*s)++;
		minute = take_two(s, 59);
	}
	if (hour < 0 || minute < 0 || hour * 60 + minute > DAY_MINUTES)
		return -1;
	return hour * 60 + minute;
}

/* A hyphen, or an en dash (U+2013) as editors make of it. */
static bool take_dash(const char **s)
{
	size_t n = **s == '-' ? 1 : strncmp(*s, "\xe2\x80\x93", 3) == 0 ? 3 : 0;

	*s += n;
	return n > 0;
}

/* What stands between two pairs. */
static const char *skip_between(const char *s)
{
	static const char *const words[] = { ",", ";", "og ", "and " };

	s = skip_spaces(s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(s, words[i], strlen(words[i])) == 0)
			return skip_spaces(s + strlen(words[i]));
	return s;
}

static bool take_hours(const char **s, struct hours *out)
{
	int opens = take_clock(s);

	*s = skip_spaces(*s);
	if (opens < 0 || !take_dash(s))
		return false;
	*s = skip_spaces(*s);
	int closes = take_clock(s);
	*s = skip_spaces(*s);
	*out = (struct hours){ (int16_t)opens, (int16_t)(closes == DAY_MINUTES ? DAY_MINUTES - 1 : closes) };
	return closes > opens;
}

bool hours_parse(struct arena *arena, const char *s, struct opening *out)
{
	struct hours *v = ARENA_ARRAY(arena, LIMIT_HOURS, struct hours);
	size_t n = 0;

	*out = (struct opening){ 0, v };
	for (s = skip_spaces(s); v && *s; s = skip_between(s), n++)
		if (n == LIMIT_HOURS || !take_hours(&s, &v[n]) || (n && v[n].opens < v[n - 1].closes))
			return false;
	out->n = n;
	return v != NULL;
}

const char *hours_print(struct arena *arena, struct opening opening)
{
	const char *all = "";

	for (size_t i = 0; i < opening.n && all; i++)
		all = arena_printf(arena, "%s%s%02d.%02d–%02d.%02d", all, i ? ", " : "", opening.v[i].opens / 60,
				   opening.v[i].opens % 60, opening.v[i].closes / 60, opening.v[i].closes % 60);
	return all;
}
