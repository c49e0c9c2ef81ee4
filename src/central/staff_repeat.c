/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_repeat.h"

#include <stdlib.h>
#include <string.h>

enum { ALL_DAYS = 0x7f, WORKDAYS = 0x1f };

static const char weekday_names[7][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* The parts of a rule that staff's words can say; OTHER is set by all the rest. */
struct rule {
	char freq[12], until[20];
	long interval, month_day, position;
	unsigned days;
	int nth, nth_day;
	bool other;
};

static int weekday_parse(const char *s)
{
	for (int i = 0; i < 7; i++)
		if (strncmp(s, weekday_names[i], 2) == 0)
			return i;
	return -1;
}

static void take_days(struct rule *rule, const char *s)
{
	while (*s) {
		char *end;
		long nth = strtol(s, &end, 10);
		int day = weekday_parse(end);

		if (day < 0 || (nth && rule->nth) || (end[2] && end[2] != ',')) {
			rule->other = true;
			return;
		}
		if (nth) {
			rule->nth = (int)nth;
			rule->nth_day = day;
		}
		rule->days |= 1U << day;
		s = end + 2 + (end[2] == ',');
	}
}

static bool copy(char *to, size_t size, const char *s)
{
	size_t n = strlen(s);

	if (n >= size)
		return false;
	memcpy(to, s, n + 1);
	return true;
}

static bool whole(const char *s, long *out)
{
	char *end;

	*out = strtol(s, &end, 10);
	return end != s && *end == '\0';
}

static void take_part(struct rule *rule, const char *key, const char *value)
{
	bool ok = true;

	if (strcmp(key, "FREQ") == 0)
		ok = copy(rule->freq, sizeof rule->freq, value);
	else if (strcmp(key, "UNTIL") == 0)
		ok = copy(rule->until, sizeof rule->until, value);
	else if (strcmp(key, "INTERVAL") == 0)
		ok = whole(value, &rule->interval);
	else if (strcmp(key, "BYMONTHDAY") == 0)
		ok = whole(value, &rule->month_day);
	else if (strcmp(key, "BYSETPOS") == 0)
		ok = whole(value, &rule->position);
	else if (strcmp(key, "BYDAY") == 0)
		take_days(rule, value);
	else
		ok = strcmp(key, "WKST") == 0 && strcmp(value, "MO") == 0;
	if (!ok)
		rule->other = true;
}

static void rule_parse(const char *rrule, struct rule *out)
{
	char part[128];

	*out = (struct rule){ .interval = 1 };
	while (*rrule && !out->other) {
		size_t n = strcspn(rrule, ";");
		if (n >= sizeof part) {
			out->other = true;
			return;
		}
		memcpy(part, rrule, n);
		part[n] = '\0';
		rrule += n + (rrule[n] == ';');
		char *value = strchr(part, '=');
		if (!value) {
			out->other = true;
			return;
		}
		*value++ = '\0';
		take_part(out, part, value);
	}
}

/* A date, or the last second of it in local time, as repeat_to_rule writes it;
 * another time of day is not ours to round. */
static bool until_parse(const char *s, struct repeat *out)
{
	char date[11];

	if (s[0] == '\0')
		return true;
	if (strlen(s) < 8 || (s[8] && strcmp(s + 8, "T235959") != 0))
		return false;
	memcpy(date, s, 4);
	memcpy(date + 5, s + 4, 2);
	memcpy(date + 8, s + 6, 2);
	date[4] = date[7] = '-';
	date[10] = '\0';
	out->has_until = true;
	return civil_parse(date, &out->until);
}

static enum repeat_kind weekly_kind(const struct rule *rule, struct repeat *out, struct civil start)
{
	if (rule->nth || rule->month_day || rule->position || rule->interval < 1 || rule->interval > 2)
		return REPEAT_OWN;
	out->weekdays = rule->days ? rule->days : 1U << civil_weekday(start);
	if (rule->interval == 2)
		return REPEAT_FORTNIGHTLY;
	return out->weekdays == WORKDAYS ? REPEAT_WORKDAYS : REPEAT_WEEKLY;
}

static bool is_single(unsigned days)
{
	return days && (days & (days - 1)) == 0;
}

static enum repeat_kind monthly_kind(const struct rule *rule, struct repeat *out, struct civil start)
{
	if (rule->interval != 1)
		return REPEAT_OWN;
	if (!rule->days && !rule->position && (!rule->month_day || rule->month_day == start.day))
		return REPEAT_MONTHLY_DATE;
	if (rule->month_day || !is_single(rule->days) || (rule->nth && rule->position))
		return REPEAT_OWN;
	out->nth = rule->nth ? rule->nth : (int)rule->position;
	out->weekday = __builtin_ctz(rule->days);
	return out->nth == -1 || (out->nth >= 1 && out->nth <= 4) ? REPEAT_MONTHLY_NTH : REPEAT_OWN;
}

static enum repeat_kind rule_kind(const struct rule *rule, struct repeat *out, struct civil start)
{
	bool plain = rule->interval == 1 && !rule->month_day && !rule->position && !rule->nth;

	if (strcmp(rule->freq, "DAILY") == 0 && plain)
		return !rule->days || rule->days == ALL_DAYS ? REPEAT_DAILY
		       : rule->days == WORKDAYS              ? REPEAT_WORKDAYS
							     : REPEAT_OWN;
	if (strcmp(rule->freq, "WEEKLY") == 0)
		return weekly_kind(rule, out, start);
	if (strcmp(rule->freq, "MONTHLY") == 0)
		return monthly_kind(rule, out, start);
	if (strcmp(rule->freq, "YEARLY") == 0 && plain && !rule->days)
		return REPEAT_YEARLY;
	return REPEAT_OWN;
}

void repeat_from_rule(const char *rrule, struct civil start, struct repeat *out)
{
	struct rule rule;

	*out = (struct repeat){ .kind = REPEAT_NONE };
	if (!rrule)
		return;
	rule_parse(rrule, &rule);
	out->kind = rule.other || !until_parse(rule.until, out) ? REPEAT_OWN : rule_kind(&rule, out, start);
	if (out->kind == REPEAT_OWN)
		*out = (struct repeat){ .kind = REPEAT_OWN, .own = rrule };
}

static const char *days_print(struct arena *arena, unsigned days)
{
	char *s = arena_alloc(arena, sizeof "MO,TU,WE,TH,FR,SA,SU");
	size_t at = 0;

	for (int i = 0; s && i < 7; i++) {
		if (!(days & 1U << i))
			continue;
		if (at)
			s[at++] = ',';
		memcpy(s + at, weekday_names[i], 2);
		at += 2;
	}
	return s;
}

static const char *base_rule(struct arena *arena, const struct repeat *repeat, struct civil start)
{
	const char *days =
		days_print(arena, repeat->weekdays ? repeat->weekdays & ALL_DAYS : 1U << civil_weekday(start));

	if (!days)
		return NULL;
	switch (repeat->kind) {
	case REPEAT_DAILY:
		return "FREQ=DAILY";
	case REPEAT_WORKDAYS:
		return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
	case REPEAT_WEEKLY:
		return arena_printf(arena, "FREQ=WEEKLY;BYDAY=%s", days);
	case REPEAT_FORTNIGHTLY:
		return arena_printf(arena, "FREQ=WEEKLY;INTERVAL=2;BYDAY=%s", days);
	case REPEAT_MONTHLY_DATE:
		return arena_printf(arena, "FREQ=MONTHLY;BYMONTHDAY=%d", start.day);
	case REPEAT_MONTHLY_NTH:
		return arena_printf(arena, "FREQ=MONTHLY;BYDAY=%d%s", repeat->nth, weekday_names[repeat->weekday]);
	default:
		return "FREQ=YEARLY";
	}
}

enum err repeat_to_rule(struct arena *arena, const struct repeat *repeat, struct civil start, const char **out)
{
	*out = NULL;
	if (repeat->kind == REPEAT_NONE)
		return OK;
	if (repeat->kind == REPEAT_OWN) {
		*out = arena_strdup(arena, repeat->own);
		return *out ? OK : ERR_MEMORY;
	}
	const char *rule = base_rule(arena, repeat, start);
	if (rule && repeat->has_until)
		rule = arena_printf(arena, "%s;UNTIL=%04d%02d%02d%s", rule, repeat->until.year, repeat->until.month,
				    repeat->until.day, start.date_only ? "" : "T235959");
	*out = rule;
	return rule ? OK : ERR_MEMORY;
}

/* Whether DAY is the n-th (-1: the last) of its weekday in its month. */
static bool is_nth(struct civil day, int nth)
{
	return nth > 0 ? (day.day - 1) / 7 + 1 == nth : civil_add_days(day, 7).month != day.month;
}

static bool names_day(const struct repeat *repeat, struct civil day)
{
	int weekday = civil_weekday(day);

	switch (repeat->kind) {
	case REPEAT_WORKDAYS:
		return weekday < 5;
	case REPEAT_WEEKLY:
	case REPEAT_FORTNIGHTLY:
		return !repeat->weekdays || repeat->weekdays & 1U << weekday;
	case REPEAT_MONTHLY_NTH:
		return weekday == repeat->weekday && is_nth(day, repeat->nth);
	default:
		return true;
	}
}

struct civil repeat_first(const struct repeat *repeat, struct civil start)
{
	enum { TWO_MONTHS = 62 };

	for (int i = 0; i < TWO_MONTHS; i++) {
		struct civil day = civil_add_days(start, i);
		if (names_day(repeat, day))
			return day;
	}
	return start;
}

static const char *const names[] = {
#define X(name, s) [name] = s,
	REPEATS(X)
#undef X
};

const char *repeat_name(enum repeat_kind kind)
{
	return (size_t)kind < REPEAT_COUNT ? names[kind] : "";
}

enum repeat_kind repeat_parse(const char *name)
{
	for (int i = 0; i < REPEAT_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return (enum repeat_kind)i;
	return REPEAT_COUNT;
}
