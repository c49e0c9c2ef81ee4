/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/zone_tzif.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/civil.h"

#define FOLDER "/usr/share/zoneinfo/"

enum {
	FILE_MAX = 64 * 1024, /* the largest of tzdata has 4 KB */
	HEADER = 44,
	OFFSET_MAX = 26 * 3600, /* RFC 8536 3.2: above -25 hours, below 26 */
	YEARLY_CHANGES = 2,
	YEARS = YEAR_MAX - YEAR_MIN + 1,
};

/* ---- the file ---- */

struct reader {
	const unsigned char *at, *end;
	bool failed;
};

static const unsigned char *take(struct reader *r, size_t n)
{
	const unsigned char *p = r->at;

	if (r->failed || n > (size_t)(r->end - r->at)) {
		r->failed = true;
		return NULL;
	}
	r->at += n;
	return p;
}

static int64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

/* The six counts of a header, in the order of RFC 8536 3.1. */
struct counts {
	size_t isut, isstd, leap, time, type, chars;
};

static bool read_header(struct reader *r, struct counts *counts)
{
	const unsigned char *p = take(r, HEADER);
	size_t v[6];

	if (!p || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (size_t i = 0; i < 6; i++) {
		v[i] = (size_t)(uint32_t)big_endian(p + 20 + 4 * i, 4);
		if (v[i] > FILE_MAX)
			return false;
	}
	*counts = (struct counts){ v[0], v[1], v[2], v[3], v[4], v[5] };
	return counts->type > 0;
}

static void skip_body(struct reader *r, const struct counts *c, size_t time_size)
{
	take(r, c->time * (time_size + 1) + c->type * 6 + c->chars + c->leap * (time_size + 4) + c->isstd + c->isut);
}

/* ---- the rule in the footer: a POSIX TZ string (RFC 8536 3.3) ---- */

struct rule_date {
	char form; /* M: month, week, weekday; J: day 1-365 without 29 February; 0: day 0-365 */
	int month, week, day;
	int32_t time; /* seconds after midnight, may be negative */
};

struct rule {
	int32_t standard, daylight;
	bool changes;
	struct rule_date start, end;
};

static int number(const char **s)
{
	int v = 0;

	if (**s < '0' || **s > '9')
		return -1;
	for (; **s >= '0' && **s <= '9'; (*s)++)
		if (v < 100000)
			v = v * 10 + (**s - '0');
	return v;
}

/* [+-]h[h][h][:mm[:ss]] */
static bool clock_time(const char **s, int32_t *out)
{
	int sign = 1, unit = 3600, total = 0;

	if (**s == '+' || **s == '-')
		sign = *(*s)++ == '-' ? -1 : 1;
	for (;;) {
		int v = number(s);
		if (v < 0 || v > (unit == 3600 ? 167 : 59))
			return false;
		total += v * unit;
		unit /= 60;
		if (**s != ':' || unit == 0)
			break;
		(*s)++;
	}
	*out = sign * total;
	return true;
}

static bool skip_abbreviation(const char **s)
{
	const char *from = *s;

	if (**s == '<') {
		const char *close = strchr(*s, '>');
		if (!close)
			return false;
		*s = close + 1;
		return true;
	}
	while ((**s >= 'A' && **s <= 'Z') || (**s >= 'a' && **s <= 'z'))
		(*s)++;
	return *s - from >= 3;
}

static bool month_date(const char **s, struct rule_date *out)
{
	out->form = 'M';
	out->month = number(s);
	if (*(*s)++ != '.')
		return false;
	out->week = number(s);
	if (*(*s)++ != '.')
		return false;
	out->day = number(s);
	return out->month >= 1 && out->month <= 12 && out->week >= 1 && out->week <= 5 && out->day >= 0 &&
	       out->day <= 6;
}

static bool rule_date(const char **s, struct rule_date *out)
{
	*out = (struct rule_date){ .time = 2 * 3600 };
	if (*(*s)++ != ',')
		return false;
	if (**s == 'M') {
		(*s)++;
		if (!month_date(s, out))
			return false;
	} else {
		if (**s == 'J')
			out->form = *(*s)++;
		out->day = number(s);
		if (out->day < (out->form == 'J') || out->day > 365)
			return false;
	}
	if (**s != '/')
		return true;
	(*s)++;
	return clock_time(s, &out->time);
}

static bool parse_rule(const char *s, struct rule *out)
{
	*out = (struct rule){ 0 };
	if (!skip_abbreviation(&s) || !clock_time(&s, &out->standard))
		return false;
	out->standard = -out->standard;
	if (!*s)
		return true;
	out->changes = true;
	out->daylight = out->standard + 3600;
	if (!skip_abbreviation(&s))
		return false;
	if (*s != ',') {
		if (!clock_time(&s, &out->daylight))
			return false;
		out->daylight = -out->daylight;
	}
	return rule_date(&s, &out->start) && rule_date(&s, &out->end) && !*s;
}

static int64_t wall_of(const struct rule_date *d, int year)
{
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	struct civil c = { .year = (int16_t)year, .month = 1, .day = 1 };
	int32_t day = civil_day(c);

	if (d->form == 'M') {
		c.month = (int8_t)d->month;
		int32_t first = civil_day(c), weekday = (civil_weekday(c) + 1) % 7; /* Sunday is 0 in POSIX */
		day = first + (d->day - weekday + 7) % 7 + 7 * (d->week - 1);
		while (civil_from_day(day).month != d->month)
			day -= 7;
	} else {
		day += d->day - (d->form == 'J' && !(leap && d->day >= 60));
	}
	return (int64_t)day * 86400 + d->time;
}

static void carry_on(struct zone_changes *out, const struct rule *rule, int64_t after)
{
	for (int year = YEAR_MIN; year <= YEAR_MAX && rule->changes; year++) {
		struct zone_change c[YEARLY_CHANGES] = {
			{ .utc = wall_of(&rule->start, year) - rule->standard, .offset = rule->daylight },
			{ .utc = wall_of(&rule->end, year) - rule->daylight, .offset = rule->standard },
		};
		size_t first = c[0].utc > c[1].utc;
		if (c[first].utc > after)
			zone_changes_add(out, c[first].utc, c[first].offset);
		if (c[!first].utc > after)
			zone_changes_add(out, c[!first].utc, c[!first].offset);
	}
}

/* ---- all of it ---- */

/* The footer stands between two line feeds; its text may be empty: no rule. */
static bool read_footer(struct reader *r, struct rule *rule)
{
	char text[128];
	const unsigned char *p = take(r, 1);
	size_t left = (size_t)(r->end - r->at);

	if (!p || *p != '\n')
		return false;
	const unsigned char *close = memchr(r->at, '\n', left);
	if (!close || (size_t)(close - r->at) >= sizeof text)
		return false;
	size_t len = (size_t)(close - r->at);
	memcpy(text, r->at, len);
	text[len] = '\0';
	*rule = (struct rule){ 0 };
	return len == 0 || parse_rule(text, rule);
}

static enum err read_changes(struct reader *r, const struct counts *c, struct zone_changes *out)
{
	struct rule rule;
	int64_t last = INT64_MIN;
	const unsigned char *times = take(r, c->time * 8), *kinds = take(r, c->time), *types = take(r, c->type * 6);

	take(r, c->chars + c->leap * 12 + c->isstd + c->isut);
	if (r->failed || !read_footer(r, &rule))
		return ERR_VALUE;
	out->v = mem_alloc((c->time + YEARS * YEARLY_CHANGES) * sizeof *out->v);
	if (!out->v)
		return ERR_MEMORY;
	out->first_offset = (int32_t)big_endian(types, 4);
	for (size_t i = 0; i < c->time; i++) {
		int32_t offset = kinds[i] < c->type ? (int32_t)big_endian(types + 6 * kinds[i], 4) : OFFSET_MAX;
		if (offset <= -OFFSET_MAX || offset >= OFFSET_MAX)
			return ERR_VALUE;
		last = big_endian(times + 8 * i, 8);
		zone_changes_add(out, last, offset);
	}
	carry_on(out, &rule, last);
	return OK;
}

static enum err parse(const unsigned char *bytes, size_t len, struct zone_changes *out)
{
	struct reader r = { bytes, bytes + len, false };
	struct counts counts;

	if (!read_header(&r, &counts))
		return ERR_VALUE;
	skip_body(&r, &counts, 4);
	if (!read_header(&r, &counts))
		return ERR_VALUE;
	enum err err = read_changes(&r, &counts, out);
	if (err) {
		mem_free(out->v);
		*out = (struct zone_changes){ 0 };
		return err;
	}
	struct zone_change *fitted = mem_resize(out->v, out->n ? out->n * sizeof *out->v : 1);
	if (fitted)
		out->v = fitted;
	return OK;
}

/* Core reads no other file than these: they belong to the system as ICU's and libical's own copies do. */
enum err zone_tzif_read(const char *name, struct zone_changes *out)
{
	char path[sizeof FOLDER + 64];
	int n = snprintf(path, sizeof path, FOLDER "%s", name);

	*out = (struct zone_changes){ 0 };
	if (n < 0 || (size_t)n >= sizeof path)
		return ERR_VALUE;
	FILE *f = fopen(path, "rbe");
	if (!f)
		return ERR_VALUE;
	unsigned char *bytes = mem_alloc(FILE_MAX);
	size_t len = bytes ? fread(bytes, 1, FILE_MAX, f) : 0;
	fclose(f);
	enum err err = bytes ? parse(bytes, len, out) : ERR_MEMORY;
	mem_free(bytes);
	return err;
}
