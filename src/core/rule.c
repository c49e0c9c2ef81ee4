/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rule.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "core/occur.h"

/* One part, "BYDAY=MO,2TU": VALUE is its list, S walks through it. */
struct part {
	const char *name, *s, *end;
	size_t name_len;
};

static bool is_named(const struct part *part, const char *name)
{
	return part->name_len == strlen(name) && strncasecmp(part->name, name, part->name_len) == 0;
}

static bool value_is(const struct part *part, const char *word)
{
	return (size_t)(part->end - part->s) == strlen(word) && strncasecmp(part->s, word, strlen(word)) == 0;
}

/* [+-]digits; a sign only where MIN is negative. */
static bool read_number(struct part *part, int64_t min, int64_t max, int64_t *out)
{
	int64_t v = 0, sign = 1;
	const char *digits;

	if (min < 0 && part->s < part->end && (*part->s == '+' || *part->s == '-'))
		sign = *part->s++ == '-' ? -1 : 1;
	for (digits = part->s; part->s < part->end && *part->s >= '0' && *part->s <= '9'; part->s++) {
		if (part->s - digits >= 10)
			return false;
		v = v * 10 + (*part->s - '0');
	}
	*out = sign * v;
	return part->s > digits && *out >= min && *out <= max;
}

/* True while the list goes on; a trailing comma is no list. */
static bool next_item(struct part *part)
{
	if (part->s < part->end && *part->s == ',') {
		part->s++;
		return true;
	}
	return false;
}

static bool read_weekday(struct part *part, int8_t *out)
{
	static const char names[] = "MOTUWETHFRSASU";

	for (int8_t i = 0; i < 7 && part->end - part->s >= 2; i++)
		if (strncasecmp(part->s, names + 2 * i, 2) == 0) {
			part->s += 2;
			*out = i;
			return true;
		}
	return false;
}

static enum err parse_number_part(struct part *part, int64_t max, int32_t *out)
{
	int64_t v;

	if (!read_number(part, 1, max, &v) || part->s != part->end)
		return ERR_SYNTAX;
	*out = (int32_t)v;
	return OK;
}

static enum err parse_freq(struct part *part, struct rule *rule)
{
	static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	static const char *const finer[] = { "SECONDLY", "MINUTELY", "HOURLY" };

	for (size_t i = 0; i < 4; i++)
		if (value_is(part, names[i])) {
			rule->freq = (enum rule_freq)i;
			return OK;
		}
	for (size_t i = 0; i < 3; i++)
		if (value_is(part, finer[i]))
			return ERR_UNSUPPORTED;
	return ERR_SYNTAX;
}

/* 20261201, 20261201T120000 or 20261201T120000Z: digits, and the letters at their places. */
static bool is_until(const char *s, size_t len)
{
	const char *shape = "dddddddd"
			    "T"
			    "dddddd"
			    "Z";

	for (size_t i = 0; i < len; i++)
		if (shape[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != shape[i])
			return false;
	return true;
}

static enum err parse_until(struct part *part, struct rule *rule)
{
	size_t len = (size_t)(part->end - part->s);
	char text[CIVIL_SIZE];
	const char *s = part->s;

	if ((len != 8 && len != 15 && len != 16) || !is_until(s, len))
		return ERR_SYNTAX;
	/* 99991231T235959Z and its like mean no end. */
	if (memcmp(s, "2199", 4) > 0)
		return OK;
	memcpy(text, (char[]){ s[0], s[1], s[2], s[3], '-', s[4], s[5], '-', s[6], s[7], '\0' }, 11);
	rule->until_kind = UNTIL_DATE;
	if (len > 8) {
		memcpy(text + 10, (char[]){ 'T', s[9], s[10], ':', s[11], s[12], ':', s[13], s[14], '\0' }, 10);
		rule->until_kind = len == 16 ? UNTIL_UTC : UNTIL_LOCAL;
	}
	return civil_parse(text, &rule->until) ? OK : ERR_SYNTAX;
}

static enum err parse_days(struct part *part, struct rule *rule)
{
	do {
		struct rule_weekday *w = &rule->weekdays[rule->n_weekdays];
		int64_t n = 0;
		bool ordinal = part->s < part->end && strchr("+-0123456789", *part->s);
		if (rule->n_weekdays == RULE_WEEKDAYS_MAX)
			return ERR_UNSUPPORTED;
		if (ordinal && (!read_number(part, -53, 53, &n) || n == 0))
			return ERR_SYNTAX;
		w->n = (int8_t)n;
		if (!read_weekday(part, &w->weekday))
			return ERR_SYNTAX;
		rule->n_weekdays++;
	} while (next_item(part));
	return part->s == part->end ? OK : ERR_SYNTAX;
}

static enum err parse_month_days(struct part *part, struct rule *rule)
{
	int64_t v;

	do {
		if (!read_number(part, -31, 31, &v) || v == 0)
			return ERR_SYNTAX;
		if (v > 0)
			rule->month_days |= UINT32_C(1) << v;
		else
			rule->month_days_back |= UINT32_C(1) << -v;
	} while (next_item(part));
	return part->s == part->end ? OK : ERR_SYNTAX;
}

static enum err parse_months(struct part *part, struct rule *rule)
{
	int64_t v;

	do {
		if (!read_number(part, 1, 12, &v))
			return ERR_SYNTAX;
		rule->months = (uint16_t)(rule->months | 1 << v);
	} while (next_item(part));
	return part->s == part->end ? OK : ERR_SYNTAX;
}

static enum err parse_positions(struct part *part, struct rule *rule)
{
	int64_t v;

	do {
		if (rule->n_positions == RULE_POSITIONS_MAX)
			return ERR_UNSUPPORTED;
		if (!read_number(part, -366, 366, &v) || v == 0)
			return ERR_SYNTAX;
		rule->positions[rule->n_positions++] = (int16_t)v;
	} while (next_item(part));
	return part->s == part->end ? OK : ERR_SYNTAX;
}

static enum err parse_week_start(struct part *part, struct rule *rule)
{
	int8_t weekday = 0;

	if (!read_weekday(part, &weekday) || part->s != part->end)
		return ERR_SYNTAX;
	rule->week_start = weekday;
	return OK;
}

static enum err parse_interval(struct part *part, struct rule *rule)
{
	return parse_number_part(part, INT32_MAX, &rule->interval);
}

static enum err parse_count(struct part *part, struct rule *rule)
{
	return parse_number_part(part, INT32_MAX, &rule->count);
}

/* Rows without a reader are correct in RFC 5545 and not for us. */
static const struct part_row {
	const char *name;
	enum err (*parse)(struct part *part, struct rule *rule);
} rows[] = {
	{ "FREQ", parse_freq },
	{ "INTERVAL", parse_interval },
	{ "COUNT", parse_count },
	{ "UNTIL", parse_until },
	{ "BYDAY", parse_days },
	{ "BYMONTHDAY", parse_month_days },
	{ "BYMONTH", parse_months },
	{ "BYSETPOS", parse_positions },
	{ "WKST", parse_week_start },
	{ "BYSECOND", NULL },
	{ "BYMINUTE", NULL },
	{ "BYHOUR", NULL },
	{ "BYYEARDAY", NULL },
	{ "BYWEEKNO", NULL },
	{ "RSCALE", NULL }, /* RFC 7529 */
	{ "SKIP", NULL },
};
enum { ROWS = sizeof rows / sizeof *rows, ROW_FREQ = 0, ROW_COUNT = 2, ROW_UNTIL = 3 };

static enum err parse_part(struct part *part, struct rule *rule, unsigned *seen, struct fault *fault)
{
	size_t i = 0;
	int len = (int)(part->end - part->name);

	while (i < ROWS && !is_named(part, rows[i].name))
		i++;
	if (i == ROWS)
		return fault_set(fault, ERR_SYNTAX, NULL, "\"%.*s\" is no part of a repeat rule", len, part->name);
	if (*seen & 1U << i)
		return fault_set(fault, ERR_SYNTAX, NULL, "%s stands twice in the repeat rule", rows[i].name);
	*seen |= 1U << i;
	if (!rows[i].parse)
		return fault_set(fault, ERR_UNSUPPORTED, NULL, "repeat rules with %s are not supported", rows[i].name);
	enum err err = rows[i].parse(part, rule);
	if (err == ERR_UNSUPPORTED && i == ROW_FREQ)
		return fault_set(fault, err, NULL, "repeats more often than daily (%.*s) are not supported", len,
				 part->name);
	if (err == ERR_UNSUPPORTED)
		return fault_set(fault, err, NULL, "the list in %s is too long", rows[i].name);
	if (err)
		return fault_set(fault, err, NULL, "\"%.*s\" has no proper value", len, part->name);
	return OK;
}

static bool has_ordinals(const struct rule *rule, int8_t beyond)
{
	for (size_t i = 0; i < rule->n_weekdays; i++)
		if (rule->weekdays[i].n > beyond || rule->weekdays[i].n < -beyond)
			return true;
	return false;
}

static bool has_plain_weekdays(const struct rule *rule)
{
	for (size_t i = 0; i < rule->n_weekdays; i++)
		if (rule->weekdays[i].n == 0)
			return true;
	return false;
}

/* Combinations that RFC 5545 forbids, or that programs are known to expand
 * differently, libical 3.0 among them: better said than shown on a wrong day. */
static const char *refuse_positions(const struct rule *rule)
{
	if (!rule->n_positions)
		return NULL;
	if (rule->freq <= RULE_WEEKLY)
		return "BYSETPOS is supported in monthly and yearly rules only";
	if (!rule->n_weekdays && !rule->month_days && !rule->month_days_back)
		return "BYSETPOS needs BYDAY or BYMONTHDAY";
	return NULL;
}

static const char *refuse_numbered(const struct rule *rule)
{
	if (!has_ordinals(rule, 0))
		return NULL;
	if (rule->freq <= RULE_WEEKLY)
		return "numbered weekdays (2TU) are supported in monthly and yearly rules only";
	if (rule->month_days || rule->month_days_back)
		return "numbered weekdays (2TU) together with BYMONTHDAY are not supported";
	/* dateutil takes none of these, RFC 5545 all. */
	if (has_plain_weekdays(rule))
		return "numbered weekdays (2TU) together with plain ones (TU) are not supported";
	if (has_ordinals(rule, 5) && (rule->freq == RULE_MONTHLY || rule->months))
		return "no month has a weekday more than five times";
	return NULL;
}

static const char *refuse_month_days(const struct rule *rule)
{
	if (rule->freq == RULE_DAILY && rule->month_days_back)
		return "BYMONTHDAY from the month's end is not supported in a daily rule";
	if (!rule->month_days && !rule->month_days_back)
		return NULL;
	if (rule->freq == RULE_WEEKLY)
		return "BYMONTHDAY in a weekly rule is not supported";
	/* libical takes the start's month, RFC 5545 each. */
	if (rule->freq == RULE_YEARLY && !rule->months)
		return "BYMONTHDAY without BYMONTH in a yearly rule is not supported";
	return NULL;
}

static const char *refusal(const struct rule *rule)
{
	const char *why = refuse_positions(rule);

	if (!why)
		why = refuse_numbered(rule);
	return why ? why : refuse_month_days(rule);
}

enum err rule_parse(const char *s, struct rule *out, struct fault *fault)
{
	unsigned seen = 0;

	*out = (struct rule){ .interval = 1 };
	if (strlen(s) > LIMIT_RRULE)
		return fault_set(fault, ERR_LIMIT, NULL, "the repeat rule is longer than %d characters", LIMIT_RRULE);
	while (*s) {
		const char *end = s + strcspn(s, ";");
		const char *equals = memchr(s, '=', (size_t)(end - s));
		if (!equals)
			return fault_set(fault, ERR_SYNTAX, NULL, "\"%.*s\" is no part of a repeat rule",
					 (int)(end - s), s);
		struct part part = { .name = s, .name_len = (size_t)(equals - s), .s = equals + 1, .end = end };
		enum err err = parse_part(&part, out, &seen, fault);
		if (err)
			return err;
		s = *end ? end + 1 : end;
	}
	if (!(seen & 1U << ROW_FREQ))
		return fault_set(fault, ERR_SYNTAX, NULL, "the repeat rule has no FREQ");
	if ((seen & 1U << ROW_COUNT) && (seen & 1U << ROW_UNTIL))
		return fault_set(fault, ERR_SYNTAX, NULL, "the repeat rule has both COUNT and UNTIL");
	const char *why = refusal(out);
	return why ? fault_set(fault, ERR_UNSUPPORTED, NULL, "%s", why) : OK;
}

enum err rule_check(const char *rrule, struct fault *fault)
{
	struct rule rule;

	return rule_parse(rrule, &rule, fault);
}
