/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule goes through periods (days, weeks, months, years), every INTERVAL-th
 * from the one of its start; each period gives a few days. Without COUNT the
 * first period of a window is found by division, so no rule costs more than
 * its window; with COUNT at worst one walk through our 230 years. */
#include "core/rule.h"

struct days {
	size_t n;
	int32_t v[RULE_YEAR_DAYS];
};

static int32_t day_of(int32_t year, int month, int day)
{
	return civil_day((struct civil){ .year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day });
}

static int32_t days_of_month(int32_t year, int month)
{
	static const int8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : lengths[month - 1];
}

/* 1970-01-01 was a Thursday. */
static int weekday_of(int32_t day)
{
	return (int)(((int64_t)day + 3) % 7);
}

/* Where a day lies in the month or year that its "2TU" counts in. */
struct span {
	int32_t first, n;
};

static bool weekday_fits(const struct rule *rule, struct span span, int32_t day)
{
	int32_t at = day - span.first, nth = at / 7 + 1, nth_back = (span.n - 1 - at) / 7 + 1;
	int weekday = weekday_of(day);

	for (size_t i = 0; i < rule->n_weekdays; i++) {
		struct rule_weekday w = rule->weekdays[i];
		if (w.weekday == weekday && (w.n == 0 || w.n == nth || -w.n == nth_back))
			return true;
	}
	return rule->n_weekdays == 0;
}

static bool month_fits(const struct rule *rule, int month)
{
	return !rule->months || rule->months >> month & 1;
}

static void add_month(const struct rule *rule, struct span span, int32_t year, int month, struct days *out)
{
	int32_t first = day_of(year, month, 1), n = days_of_month(year, month);
	bool any = !rule->month_days && !rule->month_days_back;

	for (int32_t d = 1; d <= n; d++) {
		bool fits = any || rule->month_days >> d & 1 || rule->month_days_back >> (n - d + 1) & 1;
		if (fits && weekday_fits(rule, span, first + d - 1))
			out->v[out->n++] = first + d - 1;
	}
}

static void keep_positions(const struct rule *rule, struct days *days)
{
	size_t kept = 0;

	for (size_t i = 0; i < days->n; i++) {
		int64_t nth = (int64_t)i + 1, nth_back = (int64_t)i - (int64_t)days->n;
		bool keep = false;
		for (size_t k = 0; k < rule->n_positions; k++)
			keep = keep || rule->positions[k] == nth || rule->positions[k] == nth_back;
		if (keep)
			days->v[kept++] = days->v[i];
	}
	days->n = kept;
}

static void month_period(const struct rule *rule, int32_t year, int month, struct days *out)
{
	struct span span = { day_of(year, month, 1), days_of_month(year, month) };

	if (month_fits(rule, month))
		add_month(rule, span, year, month, out);
	if (rule->n_positions)
		keep_positions(rule, out);
}

/* "20MO" counts in the year, with BYMONTH in the month. */
static void year_period(const struct rule *rule, int32_t year, struct days *out)
{
	struct span whole = { day_of(year, 1, 1), day_of(year, 12, 31) - day_of(year, 1, 1) + 1 };

	for (int month = 1; month <= 12; month++) {
		struct span of_month = { day_of(year, month, 1), days_of_month(year, month) };
		if (month_fits(rule, month))
			add_month(rule, rule->months ? of_month : whole, year, month, out);
	}
	if (rule->n_positions)
		keep_positions(rule, out);
}

static void day_period(const struct rule *rule, int32_t day, struct days *out)
{
	struct civil c = civil_from_day(day);
	bool fits = !rule->month_days || rule->month_days >> c.day & 1;

	if (fits && month_fits(rule, c.month) && weekday_fits(rule, (struct span){ day, 1 }, day))
		out->v[out->n++] = day;
}

static void week_period(const struct rule *rule, int32_t first, int32_t end, struct days *out)
{
	for (int32_t day = first; day < first + 7 && day < end; day++)
		if (day >= 0 && weekday_fits(rule, (struct span){ first, 7 }, day) &&
		    (!rule->months || month_fits(rule, civil_from_day(day).month)))
			out->v[out->n++] = day;
}

/* ---- periods ---- */

/* The rule with what it takes from its start written out, and where its periods lie. */
struct walk {
	struct rule rule;
	int32_t start; /* day */
	int64_t base;  /* period 0: a day, the first day of a week, a month since 1970, a year */
	bool even;     /* each period has the same number of days: they can be counted without looking */
};

enum { WEEK = 7, YEAR_MONTHS = 12 };

static void take_from_start(struct rule *rule, struct civil start)
{
	bool month_days = rule->month_days || rule->month_days_back;

	if (rule->freq == RULE_WEEKLY && !rule->n_weekdays)
		rule->weekdays[rule->n_weekdays++] = (struct rule_weekday){ 0, (int8_t)civil_weekday(start) };
	if (rule->freq >= RULE_MONTHLY && !rule->n_weekdays && !month_days) {
		rule->month_days = UINT32_C(1) << start.day;
		if (rule->freq == RULE_YEARLY && !rule->months)
			rule->months = (uint16_t)(1 << start.month);
	}
}

static void walk_init(struct walk *walk, const struct rule *rule, struct civil start)
{
	*walk = (struct walk){ .rule = *rule, .start = civil_day(start) };
	take_from_start(&walk->rule, start);
	switch (rule->freq) {
	case RULE_DAILY:
		walk->base = walk->start;
		walk->even = !rule->months && !rule->n_weekdays && !rule->month_days;
		break;
	case RULE_WEEKLY:
		walk->base = walk->start - (civil_weekday(start) - rule->week_start + WEEK) % WEEK;
		walk->even = !rule->months;
		break;
	case RULE_MONTHLY:
		walk->base = (start.year - YEAR_MIN) * YEAR_MONTHS + start.month - 1;
		break;
	case RULE_YEARLY:
		walk->base = start.year;
		break;
	}
}

/* The number, in the same count as base, of the period that DAY lies in or before. */
static int64_t period_of(const struct walk *walk, int32_t day)
{
	if (walk->rule.freq <= RULE_WEEKLY)
		return day;
	struct civil c = civil_from_day(day);
	return walk->rule.freq == RULE_YEARLY ? c.year : (c.year - YEAR_MIN) * YEAR_MONTHS + c.month - 1;
}

static int64_t stride(const struct walk *walk)
{
	return walk->rule.freq == RULE_WEEKLY ? (int64_t)walk->rule.interval * WEEK : walk->rule.interval;
}

static void period(const struct walk *walk, int64_t at, int32_t end, struct days *out)
{
	out->n = 0;
	switch (walk->rule.freq) {
	case RULE_DAILY:
		day_period(&walk->rule, (int32_t)at, out);
		break;
	case RULE_WEEKLY:
		week_period(&walk->rule, (int32_t)at, end, out);
		break;
	case RULE_MONTHLY:
		month_period(&walk->rule, (int32_t)(at / YEAR_MONTHS) + YEAR_MIN, (int)(at % YEAR_MONTHS) + 1, out);
		break;
	case RULE_YEARLY:
		year_period(&walk->rule, (int32_t)at, out);
		break;
	}
}

/* ---- the walk ---- */

static int32_t days_end(void)
{
	return day_of(YEAR_MAX, 12, 31) + 1;
}

/* How many days of period 0 come at or after the start; START_FITS: it is one of them. */
static int64_t first_period(const struct walk *walk, bool *start_fits)
{
	struct days days;
	int64_t n = 0;

	*start_fits = false;
	period(walk, walk->base, days_end(), &days);
	for (size_t i = 0; i < days.n; i++) {
		n += days.v[i] >= walk->start;
		*start_fits = *start_fits || days.v[i] == walk->start;
	}
	return n;
}

/* Of an even rule: how many days each whole period has. */
static int64_t days_each(const struct walk *walk)
{
	struct days days;

	if (walk->rule.freq == RULE_DAILY)
		return 1;
	period(walk, walk->base + WEEK, INT32_MAX, &days);
	return days.n ? (int64_t)days.n : 1;
}

/* How many periods may be passed over on the way to FROM, and the days in them. */
static int64_t pass_over(const struct walk *walk, int32_t from, int64_t in_first, int64_t *seen)
{
	int64_t k = (period_of(walk, from) - walk->base) / stride(walk) - 1;

	if (k <= 0 || (walk->rule.count && !walk->even))
		return 0;
	if (walk->rule.count)
		*seen += in_first + (k - 1) * days_each(walk);
	return k;
}

void rule_days(const struct rule *rule, struct civil start, int32_t from, int32_t to, rule_day_fn *each, void *with)
{
	struct walk walk;
	struct days days;
	bool start_fits;

	walk_init(&walk, rule, start);
	int64_t in_first = first_period(&walk, &start_fits), seen = !start_fits;
	if (to > days_end())
		to = days_end();
	if (!start_fits && walk.start >= from && walk.start < to && !each(with, walk.start))
		return;
	int64_t k = pass_over(&walk, from, in_first, &seen);
	for (int64_t at = walk.base + k * stride(&walk); to > 0 && at <= period_of(&walk, to - 1);
	     at += stride(&walk)) {
		period(&walk, at, to, &days);
		for (size_t i = 0; i < days.n; i++) {
			int32_t day = days.v[i];
			if (day < walk.start)
				continue;
			if (day >= to || (rule->count && ++seen > rule->count))
				return;
			if (day >= from && !each(with, day))
				return;
		}
	}
}

static bool note(void *with, int32_t day)
{
	*(int32_t *)with = day;
	return true;
}

int32_t rule_last_day(const struct rule *rule, struct civil start)
{
	int32_t last = civil_day(start), from = 0;
	struct walk walk;

	if (!rule->count)
		return INT32_MAX;
	walk_init(&walk, rule, start);
	if (walk.even) {
		int64_t periods = rule->count / days_each(&walk) - 2;
		int64_t near = walk.base + (periods < days_end() ? periods : days_end()) * stride(&walk);
		from = near < 0 ? 0 : near < days_end() ? (int32_t)near : days_end();
	}
	rule_days(rule, start, from, days_end(), note, &last);
	return last;
}

struct counted {
	int64_t n;
	int32_t last;
};

static bool count_day(void *with, int32_t day)
{
	struct counted *c = with;

	c->n++;
	c->last = day;
	return true;
}

int64_t rule_count_cost(const struct rule *rule, struct civil start)
{
	struct counted counted = { 0 };
	struct walk walk;

	walk_init(&walk, rule, start);
	if (!rule->count || walk.even)
		return 0;
	rule_days(rule, start, 0, days_end(), count_day, &counted);
	/* A count that is never reached was looked for to the end of our years. */
	int32_t end = counted.n < rule->count ? days_end() : counted.last;
	return (end - walk.start) / rule->interval + 1;
}
