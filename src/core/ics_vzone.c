/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_vzone.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/ics_lines.h"

enum {
	OFFSET_MAX = 26 * 3600,
	LEAP_YEAR = 1972,
	CHANGES_MAX = 2 * (YEAR_MAX - YEAR_MIN + 1) + VZONE_PARTS_MAX + VZONE_DATES_MAX
};

/* ---- lines ---- */

static int two(const char *s)
{
	return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' ? (s[0] - '0') * 10 + s[1] - '0' : -1;
}

/* +0100, -033000 */
static bool read_offset(const char *s, int32_t *out)
{
	size_t len = strlen(s);

	if ((len != 5 && len != 7) || (*s != '+' && *s != '-') || two(s + 1) < 0 || two(s + 3) < 0 ||
	    (len == 7 && two(s + 5) < 0))
		return false;
	int32_t v = two(s + 1) * 3600 + two(s + 3) * 60 + (len == 7 ? two(s + 5) : 0);
	*out = *s == '-' ? -v : v;
	return v < OFFSET_MAX;
}

/* 19701025T030000; any year, for Outlook writes 1601. */
static bool read_start(const char *s, struct civil *out)
{
	int v[7];

	if (strlen(s) < 15 || s[8] != 'T' || (s[15] && strcmp(s + 15, "Z") != 0))
		return false;
	for (int i = 0; i < 7; i++) {
		v[i] = two(s + 2 * i + (i > 3));
		if (v[i] < 0)
			return false;
	}
	*out = (struct civil){ .year = (int16_t)(v[0] * 100 + v[1]),
			       .month = (int8_t)v[2],
			       .day = (int8_t)v[3],
			       .hour = (int8_t)v[4],
			       .minute = (int8_t)v[5],
			       .second = (int8_t)v[6] };
	struct civil in_ours = *out;
	in_ours.year = out->year < YEAR_MIN ? LEAP_YEAR : out->year;
	return civil_is_valid(in_ours);
}

static enum err read_dates(struct ics_vzone *zone, struct ics_vpart *part, struct arena *arena, const char *s)
{
	while (*s) {
		char text[20] = "";
		size_t n = strcspn(s, ",");
		if (n < sizeof text)
			memcpy(text, s, n);
		if (!part->dates)
			part->dates = ARENA_ARRAY(arena, VZONE_DATES_MAX, struct civil);
		if (!part->dates)
			return ERR_MEMORY;
		if (part->n_dates == VZONE_DATES_MAX || !read_start(text, &part->dates[part->n_dates]))
			zone->broken = true;
		else
			part->n_dates++;
		s += n + (s[n] == ',');
	}
	return OK;
}

static enum err part_line(struct ics_vzone *zone, struct arena *arena, const char *line, const char *value)
{
	struct ics_vpart *part = &zone->parts[zone->n_parts - 1];
	bool good = true;

	if (ics_is(line, "DTSTART")) {
		good = part->has_start = read_start(value, &part->start);
	} else if (ics_is(line, "TZOFFSETFROM")) {
		good = read_offset(value, &part->from);
	} else if (ics_is(line, "TZOFFSETTO")) {
		good = read_offset(value, &part->to);
	} else if (ics_is(line, "RRULE")) {
		good = !part->has_rule && rule_parse(value, &part->rule, NULL) == OK;
		part->has_rule = true;
	} else if (ics_is(line, "RDATE")) {
		return read_dates(zone, part, arena, value);
	}
	zone->broken = zone->broken || !good;
	return OK;
}

static enum err begin_part(struct ics_vzone *zone, struct arena *arena)
{
	if (!zone->parts)
		zone->parts = ARENA_ARRAY(arena, VZONE_PARTS_MAX, struct ics_vpart);
	if (!zone->parts)
		return ERR_MEMORY;
	zone->broken = zone->broken || zone->in_part || zone->n_parts == VZONE_PARTS_MAX;
	zone->in_part = !zone->broken;
	zone->n_parts += zone->in_part;
	return OK;
}

/* TZID is TEXT here, with its commas escaped, and a plain parameter where it is used. */
static enum err take_name(struct arena *arena, const char *value, const char **out)
{
	char *copy = arena_strdup(arena, value), *to = copy;

	for (const char *s = copy; copy && *s; s++) {
		s += *s == '\\' && s[1];
		*to++ = *s;
	}
	if (to)
		*to = '\0';
	*out = copy;
	return copy ? OK : ERR_MEMORY;
}

enum err ics_vzone_line(struct ics_vzone *zone, struct arena *arena, const char *line)
{
	const char *value = ics_value(line);

	if (!value)
		return OK;
	if (ics_is(line, "BEGIN"))
		return begin_part(zone, arena);
	if (ics_is(line, "END"))
		zone->in_part = false;
	else if (zone->in_part)
		return part_line(zone, arena, line, value);
	else if (ics_is(line, "TZID") && !zone->tzid)
		return take_name(arena, value, &zone->tzid);
	else if (ics_is(line, "X-LIC-LOCATION") && !zone->location)
		return take_name(arena, value, &zone->location);
	return OK;
}

/* ---- changes ---- */

struct onset {
	int64_t utc;
	int32_t offset;
};

struct onsets {
	const struct ics_vpart *part;
	struct onset *v;
	size_t n;
	bool full;
};

static bool add_onset(struct onsets *list, struct civil wall)
{
	int64_t utc = wall_seconds(wall) - list->part->from;

	list->full = list->full || list->n == CHANGES_MAX;
	if (!list->full)
		list->v[list->n++] = (struct onset){ utc, list->part->to };
	return !list->full;
}

static bool is_past_until(const struct ics_vpart *part, struct civil wall)
{
	int64_t end = wall_seconds(part->rule.until), at = wall_seconds(wall);

	switch (part->rule.until_kind) {
	case UNTIL_NONE:
		return false;
	case UNTIL_DATE:
		return civil_day(wall) > civil_day(part->rule.until);
	case UNTIL_LOCAL:
		return at > end;
	case UNTIL_UTC:
		return at - part->from > end;
	}
	return false;
}

static bool add_rule_day(void *with, int32_t day)
{
	struct onsets *list = with;
	const struct ics_vpart *part = list->part;
	struct civil wall = part->start, date = civil_from_day(day);

	wall.year = date.year;
	wall.month = date.month;
	wall.day = date.day;
	return is_past_until(part, wall) ? false : add_onset(list, wall);
}

/* A yearly rule from before our years is the same rule from 1970 on, without the start that is not its own. */
static void add_rule(struct onsets *list, const struct ics_vpart *part)
{
	struct civil start = part->start;
	int32_t from = 0;

	if (part->start.year < YEAR_MIN) {
		add_onset(list, start);
		start.year = YEAR_MIN;
		if (!civil_is_valid(start))
			start.day--;
		from = civil_day(start) + 1;
	}
	rule_days(&part->rule, start, from, INT32_MAX, add_rule_day, list);
}

static void add_part(struct onsets *list, const struct ics_vpart *part)
{
	list->part = part;
	if (part->has_rule)
		add_rule(list, part);
	else
		add_onset(list, part->start);
	for (size_t i = 0; i < part->n_dates; i++)
		add_onset(list, part->dates[i]);
}

static int by_time(const void *pa, const void *pb)
{
	const struct onset *a = pa, *b = pb;

	return (a->utc > b->utc) - (a->utc < b->utc);
}

static bool is_usable(const struct ics_vpart *part)
{
	bool counts = part->rule.interval > 1 || part->rule.count;

	if (!part->has_start || part->start.year > YEAR_MAX)
		return false;
	return !part->has_rule || (part->rule.freq == RULE_YEARLY && !(part->start.year < YEAR_MIN && counts));
}

static bool goes_on(const struct ics_vpart *part)
{
	return part->has_rule && part->rule.until_kind == UNTIL_NONE && !part->rule.count;
}

static enum err gather(struct ics_vzone *zone, struct arena *arena, struct onsets *list)
{
	list->v = ARENA_ARRAY(arena, CHANGES_MAX + VZONE_PARTS_MAX, struct onset);
	if (!list->v)
		return ERR_MEMORY;
	for (size_t i = 0; i < zone->n_parts; i++) {
		if (!is_usable(&zone->parts[i]))
			return ERR_VALUE;
		add_part(list, &zone->parts[i]);
		zone->goes_on = zone->goes_on || goes_on(&zone->parts[i]);
	}
	qsort(list->v, list->n, sizeof *list->v, by_time);
	return list->full || list->n == 0 ? ERR_VALUE : OK;
}

enum err ics_vzone_settle(struct ics_vzone *zone, struct arena *arena)
{
	struct onsets list = { 0 };

	if (zone->settled)
		return zone->broken ? ERR_VALUE : OK;
	enum err err = zone->broken || zone->n_parts == 0 ? ERR_VALUE : gather(zone, arena, &list);
	zone->settled = err != ERR_MEMORY;
	zone->broken = err == ERR_VALUE;
	if (err)
		return err;
	zone->changes.v = ARENA_ARRAY(arena, list.n, struct zone_change);
	if (!zone->changes.v)
		return ERR_MEMORY;
	zone->changes.first_offset = zone->parts[0].from;
	for (size_t i = 0; i < zone->n_parts; i++)
		if (civil_compare(zone->parts[i].start, zone->parts[0].start) < 0)
			zone->changes.first_offset = zone->parts[i].from;
	for (size_t i = 0; i < list.n; i++)
		zone_changes_add(&zone->changes, list.v[i].utc, list.v[i].offset);
	return OK;
}
