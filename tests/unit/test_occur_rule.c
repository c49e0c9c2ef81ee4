/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repeat rules: thousands of random ones of the supported set against two
 * oracles, a day-by-day reading of RFC 5545 3.3.10 written for this test alone
 * and libical's iterator; then what is refused, and that no rule takes long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <libical/ical.h>

#include "core/occur.h"
#include "core/rule.h"

enum { RULES = 2000, FOUND_MAX = 4000, YEARS_LOOKED_AT = 6 };

struct found {
	size_t n;
	int32_t v[FOUND_MAX];
};

static bool note(void *with, int32_t day)
{
	struct found *f = with;

	if (f->n < FOUND_MAX)
		f->v[f->n++] = day;
	return f->n < FOUND_MAX;
}

/* ---- random rules (xorshift, so that every run has the same) ---- */

static uint32_t seed = 20261124;

static uint32_t below(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % n;
}

struct writer {
	char s[400];
	size_t n;
};

static void put(struct writer *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct writer *w, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(w->s + w->n, sizeof w->s - w->n, fmt, args);
	va_end(args);
	assert_in_range(n, 0, sizeof w->s - w->n - 1);
	w->n += (size_t)n;
}

static const char weekday_names[7][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static void put_weekdays(struct writer *w, int most)
{
	unsigned seen = 0;
	bool numbered = most && below(3);

	put(w, ";BYDAY=");
	for (uint32_t i = 0, n = 1 + below(4); i < n; i++) {
		uint32_t day = below(7);
		if (seen & 1U << day)
			continue;
		put(w, seen ? "," : "");
		seen |= 1U << day;
		if (numbered)
			put(w, "%d", (below(2) ? 1 : -1) * (int)(1 + below((uint32_t)most)));
		put(w, "%s", weekday_names[day]);
	}
}

static void put_numbers(struct writer *w, const char *name, int max, bool negative)
{
	unsigned long long seen = 0;

	put(w, ";%s=", name);
	for (uint32_t i = 0, n = 1 + below(3); i < n; i++) {
		int v = (int)(1 + below((uint32_t)max));
		if (seen & 1ULL << v)
			continue;
		put(w, seen ? "," : "");
		seen |= 1ULL << v;
		put(w, "%d", negative && below(3) == 0 ? -v : v);
	}
}

static void put_month_parts(struct writer *w, int most)
{
	static const uint32_t without_month_days[] = { 0, 3, 4 };

	switch (most == 5 ? below(5) : without_month_days[below(3)]) {
	case 0:
		put_weekdays(w, most);
		break;
	case 1:
		put_numbers(w, "BYMONTHDAY", 31, true);
		break;
	case 2:
		put_weekdays(w, 0);
		put_numbers(w, "BYMONTHDAY", 31, true);
		break;
	case 3:
		put_weekdays(w, 0);
		put_numbers(w, "BYSETPOS", 5, true);
		break;
	default:
		break;
	}
}

static void put_day_parts(struct writer *w, uint32_t freq, bool months)
{
	if (freq == 0 && below(2))
		put_weekdays(w, 0);
	if (freq == 0 && below(4) == 0)
		put_numbers(w, "BYMONTHDAY", 31, false);
	if (freq == 1 && below(4))
		put_weekdays(w, 0);
	if (freq >= 2)
		put_month_parts(w, freq == 2 || months ? 5 : 53);
}

static void random_rule(struct writer *w)
{
	static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	uint32_t freq = below(4);
	bool months = below(3) == 0;

	w->n = 0;
	put(w, "FREQ=%s", freqs[freq]);
	if (below(2))
		put(w, ";INTERVAL=%u", 1 + below(freq == 3 ? 3 : 5));
	if (below(2))
		put(w, ";WKST=%s", below(2) ? "SU" : weekday_names[below(7)]);
	if (months)
		put_numbers(w, "BYMONTH", 12, false);
	put_day_parts(w, freq, months);
	if (below(4) == 0)
		put(w, ";COUNT=%u", 1 + below(30));
}

/* ---- oracle one: each day judged by itself ---- */

static int month_length(struct civil c)
{
	c.day = 28;
	int n = 28;
	while (civil_add_days(c, n - 27).month == c.month)
		n++;
	return n;
}

static bool is_bit(uint32_t bits, int bit)
{
	return bits >> bit & 1;
}

/* How many days of the same weekday lie in the month (or year) up to here, C's own included; from the end if BACK. */
static int nth(struct civil c, bool in_year, bool back)
{
	int n = 0;

	for (struct civil d = c; d.year == c.year && (in_year || d.month == c.month);
	     d = civil_add_days(d, back ? 7 : -7))
		n++;
	return n;
}

static bool judge_weekday(const struct rule *r, struct civil c, bool in_year)
{
	for (size_t i = 0; i < r->n_weekdays; i++) {
		int want = r->weekdays[i].n;
		if (r->weekdays[i].weekday == civil_weekday(c) &&
		    (want == 0 || want == (want < 0 ? -nth(c, in_year, true) : nth(c, in_year, false))))
			return true;
	}
	return false;
}

static bool judge_month_day(const struct rule *r, struct civil c)
{
	return is_bit(r->month_days, c.day) || is_bit(r->month_days_back, month_length(c) + 1 - c.day);
}

/* Without any part that names days the start says which. */
static bool judge_by_start(const struct rule *r, struct civil start, struct civil c)
{
	if (r->freq == RULE_DAILY)
		return true;
	if (r->freq == RULE_WEEKLY)
		return civil_weekday(c) == civil_weekday(start);
	return c.day == start.day && (r->freq == RULE_MONTHLY || r->months || c.month == start.month);
}

static bool judge(const struct rule *r, struct civil start, struct civil c)
{
	bool month_days = r->month_days || r->month_days_back;

	if (r->months && !is_bit(r->months, c.month))
		return false;
	if (month_days && !judge_month_day(r, c))
		return false;
	if (r->n_weekdays && !judge_weekday(r, c, r->freq == RULE_YEARLY && !r->months))
		return false;
	return r->n_weekdays || month_days || judge_by_start(r, start, c);
}

static int32_t period_number(const struct rule *r, struct civil c)
{
	int32_t day = civil_day(c);

	switch (r->freq) {
	case RULE_DAILY:
		return day;
	case RULE_WEEKLY:
		return (day - (civil_weekday(c) - r->week_start + 7) % 7 + 7) / 7;
	case RULE_MONTHLY:
		return c.year * 12 + c.month;
	default:
		return c.year;
	}
}

static bool has_position(const struct rule *r, size_t at, size_t n)
{
	for (size_t i = 0; i < r->n_positions; i++)
		if (r->positions[i] == (int)at + 1 || r->positions[i] == (int)at - (int)n)
			return true;
	return r->n_positions == 0;
}

static void by_days(const struct rule *r, struct civil start, int32_t end, struct found *out)
{
	/* From the beginning of the start's year: BYSETPOS counts days before the start too. */
	struct civil first = { .year = start.year, .month = 1, .day = 1, .date_only = true };
	int32_t day = civil_day(first) - 7, begin = civil_day(start), seen = 0;
	struct civil c = civil_from_day(day);

	out->n = 0;
	while (day < end) {
		static struct found set;
		int32_t period = period_number(r, c);
		bool wanted = (period - period_number(r, start)) % r->interval == 0;
		for (set.n = 0; period_number(r, c) == period; c = civil_from_day(++day))
			if (wanted && judge(r, start, c))
				note(&set, day);
		for (size_t i = 0; i < set.n; i++)
			if (has_position(r, i, set.n) && set.v[i] >= begin && set.v[i] < end &&
			    (!r->count || seen++ < r->count))
				note(out, set.v[i]);
	}
}

/* ---- oracle two ---- */

static void by_libical(const char *rule, struct civil start, int32_t end, struct found *out)
{
	struct icalrecurrencetype recur = icalrecurrencetype_from_string(rule);
	struct icaltimetype t = icaltime_null_time();

	t.year = start.year;
	t.month = start.month;
	t.day = start.day;
	t.hour = 11;
	icalrecur_iterator *it = icalrecur_iterator_new(recur, t);
	assert_non_null(it);
	out->n = 0;
	for (t = icalrecur_iterator_next(it); !icaltime_is_null_time(t); t = icalrecur_iterator_next(it)) {
		int32_t day = civil_day(
			(struct civil){ .year = (int16_t)t.year, .month = (int8_t)t.month, .day = (int8_t)t.day });
		if (day >= end || !note(out, day))
			break;
	}
	icalrecur_iterator_free(it);
}

/* 3.0.16 drops the first days of "FREQ=WEEKLY;INTERVAL=2;WKST=FR;BYDAY=MO,WE" from Wednesday 2019-10-09 on, the start
 * among them. Weeks begin on Monday or Sunday wherever calendars are written. */
static bool libical_is_wrong(const struct rule *rule)
{
	return rule->freq == RULE_WEEKLY && rule->interval > 1 && rule->week_start % 6 != 0;
}

static bool same(const struct found *a, const struct found *b)
{
	return a->n == b->n && memcmp(a->v, b->v, a->n * sizeof *a->v) == 0;
}

static void assert_same(const char *who, const char *rule, struct civil start, const struct found *want,
			const struct found *got)
{
	size_t i = 0;
	char date[CIVIL_SIZE];

	if (same(want, got))
		return;
	while (i < want->n && i < got->n && want->v[i] == got->v[i])
		i++;
	civil_print(start, date);
	print_error("%s from %s: %zu days by %s, %zu by rule_days; the first difference is number %zu\n", rule, date,
		    want->n, who, got->n, i);
	for (size_t k = i; k < i + 3; k++) {
		char a[CIVIL_SIZE] = "-", b[CIVIL_SIZE] = "-";
		if (k < want->n)
			civil_print(civil_from_day(want->v[k]), a);
		if (k < got->n)
			civil_print(civil_from_day(got->v[k]), b);
		print_error("   %s  %s\n", a, b);
	}
	fail();
}

static void starts_with(struct found *f, int32_t day)
{
	if (f->n && f->v[0] == day)
		return;
	memmove(f->v + 1, f->v, (f->n < FOUND_MAX ? f->n : FOUND_MAX - 1) * sizeof *f->v);
	f->v[0] = day;
	f->n += f->n < FOUND_MAX;
}

/* A window, found by division, gives the same days as the whole, and so does the day on which COUNT is reached. */
static void assert_window(const char *text, const struct rule *rule, struct civil start, int32_t end,
			  const struct found *all)
{
	static struct found part;
	int32_t begin = civil_day(start), from = begin + (int32_t)below(YEARS_LOOKED_AT * 366),
		to = from + (int32_t)below(60);
	size_t n = 0;

	part.n = 0;
	to = to < end ? to : end;
	rule_days(rule, start, from, to, note, &part);
	for (size_t k = 0; k < all->n; k++)
		if (all->v[k] >= from && all->v[k] < to && (n >= part.n || part.v[n++] != all->v[k]))
			fail_msg("%s: another day in the window", text);
	if (n != part.n)
		fail_msg("%s: too many days in the window", text);
	if (rule->count && all->n == (size_t)rule->count)
		assert_int_equal(rule_last_day(rule, start), all->v[all->n - 1]);
}

static void random_rules_like_both_oracles(void **state)
{
	static struct found ours, days, libical;
	size_t compared = 0;

	(void)state;
	for (int i = 0; i < RULES; i++) {
		struct writer w;
		struct rule rule;
		struct fault fault = { 0 };
		random_rule(&w);
		struct civil start = civil_from_day((int32_t)(12000 + below(12000)));
		int32_t begin = civil_day(start), end = begin + YEARS_LOOKED_AT * 366;
		if (rule_parse(w.s, &rule, &fault))
			fail_msg("%s: %s", w.s, fault.text);
		by_days(&rule, start, end, &days);
		if (days.n == 0)
			continue; /* libical's iterator would look on for a second */
		/* Both are asked from the rule's own first day: what a start beside the rule means is ours to say. */
		start = civil_from_day(days.v[0]);
		by_days(&rule, start, end, &days);
		if (days.n == 0 || days.v[0] != civil_day(start))
			continue; /* its interval is counted from the start */
		ours.n = 0;
		rule_days(&rule, start, 0, end, note, &ours);
		assert_same("days", w.s, start, &days, &ours);
		if (!libical_is_wrong(&rule)) {
			by_libical(w.s, start, end, &libical);
			assert_same("libical", w.s, start, &libical, &ours);
		}
		compared++;

		assert_window(w.s, &rule, start, end, &ours);
	}
	assert_in_range(compared, RULES / 2, RULES);
}

/* RFC 5545 3.8.5.3: DTSTART is the first instance, and COUNT's first. */
static void a_start_beside_the_rule_comes_first(void **state)
{
	static struct found ours, days;
	size_t beside = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct writer w;
		struct rule rule, less;
		random_rule(&w);
		struct civil start = civil_from_day((int32_t)(12000 + below(12000)));
		int32_t end = civil_day(start) + 3 * 366;
		assert_int_equal(rule_parse(w.s, &rule, NULL), OK);
		less = rule;
		less.count = 0;
		by_days(&less, start, end, &days);
		beside += days.n && days.v[0] != civil_day(start);
		starts_with(&days, civil_day(start));
		if (rule.count && days.n > (size_t)rule.count)
			days.n = (size_t)rule.count;
		ours.n = 0;
		rule_days(&rule, start, 0, end, note, &ours);
		assert_same("days", w.s, start, &days, &ours);
	}
	assert_in_range(beside, 200, 1000);
}

static void refused(void **state)
{
	static const struct {
		enum err err;
		const char *rule;
	} rows[] = {
		{ ERR_UNSUPPORTED, "FREQ=SECONDLY" },
		{ ERR_UNSUPPORTED, "FREQ=MINUTELY;INTERVAL=15" },
		{ ERR_UNSUPPORTED, "FREQ=HOURLY;BYYEARDAY=1" },
		{ ERR_UNSUPPORTED, "FREQ=DAILY;BYHOUR=9,15" },
		{ ERR_UNSUPPORTED, "FREQ=YEARLY;BYWEEKNO=20" },
		{ ERR_UNSUPPORTED, "FREQ=YEARLY;BYYEARDAY=100" },
		{ ERR_UNSUPPORTED, "FREQ=DAILY;BYMONTHDAY=-1" },
		{ ERR_UNSUPPORTED, "FREQ=WEEKLY;BYMONTHDAY=13" },
		{ ERR_UNSUPPORTED, "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1" },
		{ ERR_UNSUPPORTED, "FREQ=WEEKLY;BYDAY=2TU" },
		{ ERR_UNSUPPORTED, "FREQ=MONTHLY;BYDAY=6TU" },
		{ ERR_UNSUPPORTED, "FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=8" },
		{ ERR_UNSUPPORTED, "FREQ=MONTHLY;BYSETPOS=1" },
		{ ERR_UNSUPPORTED, "FREQ=MONTHLY;BYDAY=MO,2TU" },
		{ ERR_UNSUPPORTED, "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR" },
		{ ERR_UNSUPPORTED, "RSCALE=CHINESE;FREQ=YEARLY" },
		{ ERR_SYNTAX, "" },
		{ ERR_SYNTAX, "weekly" },
		{ ERR_SYNTAX, "BYDAY=MO" },
		{ ERR_SYNTAX, "FREQ=FORTNIGHTLY" },
		{ ERR_SYNTAX, "FREQ=WEEKLY;BYDAY=" },
		{ ERR_SYNTAX, "FREQ=WEEKLY;BYDAY=MO," },
		{ ERR_SYNTAX, "FREQ=WEEKLY;BYDAY=XX" },
		{ ERR_SYNTAX, "FREQ=WEEKLY;BYDAY=MOO" },
		{ ERR_SYNTAX, "FREQ=MONTHLY;BYDAY=0MO" },
		{ ERR_SYNTAX, "FREQ=MONTHLY;BYMONTHDAY=32" },
		{ ERR_SYNTAX, "FREQ=MONTHLY;BYMONTHDAY=0" },
		{ ERR_SYNTAX, "FREQ=YEARLY;BYMONTH=13" },
		{ ERR_SYNTAX, "FREQ=YEARLY;BYMONTH=-1" },
		{ ERR_SYNTAX, "FREQ=DAILY;INTERVAL=0" },
		{ ERR_SYNTAX, "FREQ=DAILY;INTERVAL=99999999999999999999" },
		{ ERR_SYNTAX, "FREQ=DAILY;COUNT=0" },
		{ ERR_SYNTAX, "FREQ=DAILY;COUNT=-3" },
		{ ERR_SYNTAX, "FREQ=DAILY;COUNT=3;UNTIL=20261201" },
		{ ERR_SYNTAX, "FREQ=DAILY;UNTIL=20261301" },
		{ ERR_SYNTAX, "FREQ=DAILY;UNTIL=tomorrow" },
		{ ERR_SYNTAX, "FREQ=DAILY;FREQ=DAILY" },
		{ ERR_SYNTAX, "FREQ=DAILY;X-FOO=1" },
		{ ERR_SYNTAX, "FREQ=DAILY; INTERVAL=2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fault fault = { 0 };
		enum err err = rule_check(rows[i].rule, &fault);
		if (err != rows[i].err || !fault.text[0])
			fail_msg("%s: %s (%s)", rows[i].rule, err_cause(err), fault.text);
	}
}

static void accepted_as_written_by_others(void **state)
{
	static const char *const rules[] = {
		"FREQ=WEEKLY;UNTIL=20271201T225959Z;INTERVAL=1;BYDAY=TU;WKST=MO", /* Outlook */
		"FREQ=MONTHLY;WKST=MO;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
		"FREQ=WEEKLY;WKST=SU;UNTIL=20261231T225959Z;BYDAY=MO,WE,FR", /* Google */
		"FREQ=YEARLY;UNTIL=99991231T235959Z;BYMONTH=5;BYMONTHDAY=17",
		"FREQ=DAILY;COUNT=2147483647",
		"freq=weekly;byday=mo;",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct fault fault;
		if (rule_check(rules[i], &fault))
			fail_msg("%s: %s", rules[i], fault.text);
	}
}

/* Each of these kept libical's iterator busy for up to a second, or gave it numbers to overflow. */
static void no_rule_takes_long(void **state)
{
	static const char *const rules[] = {
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;INTERVAL=12",
		"FREQ=DAILY;INTERVAL=7;BYDAY=MO",
		"FREQ=DAILY;INTERVAL=2147483647",
		"FREQ=WEEKLY;INTERVAL=2147483647;WKST=SU",
		"FREQ=MONTHLY;INTERVAL=2147483647",
		"FREQ=YEARLY;INTERVAL=2147483647",
		"FREQ=WEEKLY;INTERVAL=2147483647;COUNT=2147483647",
		"FREQ=DAILY;COUNT=2147483647",
		"FREQ=WEEKLY;COUNT=2147483647;BYDAY=MO,FR",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2000000000",
		"FREQ=YEARLY;BYDAY=MO;BYSETPOS=60;COUNT=999",
		"FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2000000000",
	};
	static struct found found;
	clock_t before = clock();

	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct rule rule;
		assert_int_equal(rule_parse(rules[i], &rule, NULL), OK);
		for (int32_t start = 0; start < 80000; start += 20000) {
			struct civil c = civil_from_day(start);
			found.n = 0;
			rule_days(&rule, c, 83900, 84100, note, &found);
			rule_last_day(&rule, c);
		}
	}
	/* 96 questions; some 0.1 s here under the sanitizers. */
	assert_in_range(clock() - before, 0, 4 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_rules_like_both_oracles),
		cmocka_unit_test(a_start_beside_the_rule_comes_first),
		cmocka_unit_test(refused),
		cmocka_unit_test(accepted_as_written_by_others),
		cmocka_unit_test(no_rule_takes_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
