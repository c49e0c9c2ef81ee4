/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random_centre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

struct dice {
	struct arena *arena;
	uint64_t state;
	uint32_t serial; /* of codes, numbers and ids */
};

/* xorshift64* */
static uint32_t roll(struct dice *d, uint32_t below)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (uint32_t)((d->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static bool maybe(struct dice *d)
{
	return roll(d, 2);
}

static void *get(struct dice *d, size_t n, size_t size)
{
	void *p = arena_array(d->arena, n, size);

	if (!p)
		abort();
	return p;
}

#define NEW_ARRAY(d, n, type) ((type *)get((d), (n), sizeof(type)))

/* 0, 1, a few, or (seldom) MAX. */
static size_t how_many(struct dice *d, size_t max)
{
	if (roll(d, 40) == 0)
		return max;
	size_t n = roll(d, 5);
	return n < max ? n : max;
}

static int32_t between(struct dice *d, int32_t min, int32_t max)
{
	switch (roll(d, 4)) {
	case 0:
		return min;
	case 1:
		return max;
	default:
		return min + (int32_t)roll(d, (uint32_t)(max - min) + 1);
	}
}

/* ---- strings ---- */

static char *string_of(struct dice *d, const char *set, size_t len)
{
	char *s = NEW_ARRAY(d, len + 1, char);

	for (size_t i = 0; i < len; i++)
		s[i] = set[roll(d, (uint32_t)strlen(set))];
	return s;
}

/* Unique, so that nothing stands twice. */
static const char *an_id(struct dice *d)
{
	char *s = string_of(d, "abcXYZ019._-", maybe(d) ? LIMIT_ID : 8);
	char serial[9];

	snprintf(serial, sizeof serial, "%08u", d->serial++);
	memcpy(s, serial, 8);
	return s;
}

static const char *a_code(struct dice *d)
{
	char *s = string_of(d, "2", CODE_LENGTH);

	for (size_t i = 0, n = d->serial; i < CODE_LENGTH; i++, n /= strlen(CODE_LETTERS))
		s[i] = CODE_LETTERS[n % strlen(CODE_LETTERS)];
	return s;
}

static const char *a_number(struct dice *d)
{
	char *s = NEW_ARRAY(d, NUMBER_LENGTH + 1, char);

	snprintf(s, NUMBER_LENGTH + 1, "%06u", d->serial % 1000000);
	return s;
}

/* A visible first character, then whatever a text may hold. */
static const char *a_text(struct dice *d, size_t max, bool lines)
{
	static const uint32_t odd[] = { '"',    '\\',   '/',     '{',      '\'',   '<',    0xa0,  0xad,
					0xe5,   0x10d,  0x200d,  0x2066,   0x2069, 0x20ac, 0x633, 0x1230,
					0xfeff, 0xffff, 0x1f331, 0x10ffff, 0xd7ff, 0xe000, '\n' };
	size_t n = roll(d, 30) == 0 ? max : 1 + roll(d, max < 60 ? (uint32_t)max : 60);
	char *s = NEW_ARRAY(d, n * 4 + 1, char), *to = s;

	*to++ = 'A';
	for (size_t i = 1; i < n; i++) {
		uint32_t code = maybe(d) ? 0x20 + roll(d, 95) : odd[roll(d, sizeof odd / sizeof *odd - !lines)];
		to += utf8_encode(code, to);
	}
	return s;
}

static const char *const tags[] = { "nb", "nn", "se", "en", "ti", "ckb", "zh-hant", "de-ch-1996" };
enum { TAGS = sizeof tags / sizeof *tags };

static struct texts texts_of(struct dice *d, size_t max, size_t min)
{
	size_t n = min + roll(d, TAGS + 1 - (uint32_t)min), first = roll(d, TAGS);
	struct text *v = NEW_ARRAY(d, n, struct text);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct text){ tags[(first + i) % TAGS], a_text(d, max, true) };
	return (struct texts){ n, n ? v : NULL };
}

static const char *const *languages_of(struct dice *d, size_t n)
{
	const char **v = NEW_ARRAY(d, n, const char *);

	for (size_t i = 0; i < n; i++)
		v[i] = i < TAGS ? tags[i] : string_of(d, "abcdefghijklmnopqrstuvwxyz", 8);
	return n ? v : NULL;
}

static const char *one_of(struct dice *d, const char *const *words, uint32_t n)
{
	return words[roll(d, n)];
}
#define ONE_OF(d, ...) \
	one_of((d), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static const char *a_zone(struct dice *d)
{
	return ONE_OF(d, "Europe/Oslo", "UTC", "America/Argentina/Buenos_Aires", "Pacific/Kiritimati",
		      "Asia/Kathmandu");
}

static const char *a_rule(struct dice *d)
{
	return ONE_OF(d, "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=-1FR",
		      "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3",
		      "FREQ=WEEKLY;UNTIL=20991231T235959Z;BYDAY=TU");
}

static const char *a_phone(struct dice *d)
{
	return maybe(d) ? NULL : ONE_OF(d, "00 00 12 34", "110", "+47 00 00 12 34", "(00)00-00.00/0000000000000000000");
}

static const char *an_email(struct dice *d)
{
	return maybe(d) ? NULL : ONE_OF(d, "a@b", "post@example.no", "bl\xc3\xa5@example.no");
}

/* ---- dates ---- */

static struct civil a_date(struct dice *d)
{
	struct civil when = civil_from_day(between(d, 0, 84005));

	when.date_only = true;
	return when;
}

static struct civil a_time(struct dice *d)
{
	struct civil when = a_date(d);

	when.date_only = false;
	when.hour = (int8_t)between(d, 0, 23);
	when.minute = (int8_t)between(d, 0, 59);
	when.second = (int8_t)(maybe(d) ? 0 : between(d, 0, 59));
	return when;
}

static struct civil like(struct dice *d, bool date_only)
{
	return date_only ? a_date(d) : a_time(d);
}

static struct duration a_duration(struct dice *d, bool whole_days)
{
	if (whole_days)
		return (struct duration){ .days = between(d, 1, LIMIT_DURATION_DAYS) };
	return (struct duration){ .days = between(d, 0, LIMIT_DURATION_DAYS - 2), .seconds = between(d, 0, 2 * 86400) };
}

static struct civils dates_of(struct dice *d, bool date_only)
{
	size_t n = how_many(d, LIMIT_DATES);
	struct civil *v = NEW_ARRAY(d, n, struct civil);

	for (size_t i = 0; i < n; i++)
		v[i] = like(d, date_only);
	return (struct civils){ n, n ? v : NULL };
}

static struct overrides overrides_of(struct dice *d, bool date_only)
{
	size_t n = how_many(d, LIMIT_DATES);
	struct override *v = NEW_ARRAY(d, n, struct override);

	for (size_t i = 0; i < n; i++) {
		v[i] = (struct override){ .status = roll(d, 2), .has_start = maybe(d), .has_duration = maybe(d) };
		v[i].original = civil_from_day((int32_t)(i * 7 + roll(d, 7)));
		v[i].original.date_only = date_only;
		if (v[i].has_start)
			v[i].start = like(d, date_only);
		if (v[i].has_duration)
			v[i].duration = a_duration(d, date_only);
		v[i].name = texts_of(d, LIMIT_NAME, 0);
		v[i].place = texts_of(d, LIMIT_SHORT, 0);
		v[i].reason = texts_of(d, LIMIT_SHORT, 0);
	}
	return (struct overrides){ n, n ? v : NULL };
}

/* ---- things ---- */

static struct activity an_activity(struct dice *d, const struct centre *c)
{
	struct activity a = {
		.signup = maybe(d), .has_seats = maybe(d), .status = roll(d, 2), .kind = roll(d, KIND_COUNT)
	};
	bool all_day = roll(d, 3) == 0;

	a.code = a_code(d);
	a.number = a_number(d);
	a.id = an_id(d);
	a.name = texts_of(d, LIMIT_NAME, 1);
	a.description = texts_of(d, LIMIT_TEXT, 0);
	a.start = like(d, all_day);
	a.duration = a_duration(d, all_day);
	a.zone = maybe(d) ? a_zone(d) : NULL;
	a.rrule = maybe(d) ? a_rule(d) : NULL;
	a.exdates = dates_of(d, all_day);
	a.rdates = dates_of(d, all_day);
	a.overrides = overrides_of(d, all_day);
	a.place = texts_of(d, LIMIT_SHORT, 0);
	a.organisation = c->n_organisations ? c->organisations[roll(d, (uint32_t)c->n_organisations)].id : NULL;
	a.contact = maybe(d) ? c->contacts[roll(d, (uint32_t)c->n_contacts)].id : NULL;
	a.picture = maybe(d) ? string_of(d, "0123456789abcdef", 64) : NULL;
	a.seats = a.has_seats ? between(d, 1, LIMIT_SEATS) : 0;
	a.taken = a.has_seats ? between(d, 0, a.seats) : 0;
	return a;
}

static struct need a_need(struct dice *d, const struct centre *c)
{
	struct need n = {
		.has_start = maybe(d), .has_duration = maybe(d), .has_answer_days = maybe(d), .has_until = maybe(d)
	};

	n.code = a_code(d);
	n.number = a_number(d);
	n.id = an_id(d);
	n.name = texts_of(d, LIMIT_NAME, 1);
	n.description = texts_of(d, LIMIT_TEXT, 0);
	n.when = texts_of(d, LIMIT_SHORT, 1);
	if (n.has_start)
		n.start = like(d, maybe(d));
	if (n.has_duration)
		n.duration = a_duration(d, n.has_start && n.start.date_only);
	n.rrule = n.has_start ? a_rule(d) : NULL;
	n.meets = maybe(d) ? c->contacts[roll(d, (uint32_t)c->n_contacts)].id : NULL;
	n.bring = texts_of(d, LIMIT_SHORT, 0);
	n.seats = between(d, 1, LIMIT_SEATS);
	n.taken = between(d, 0, n.seats);
	n.n_languages_helpful = how_many(d, LIMIT_LANGUAGES);
	n.languages_helpful = languages_of(d, n.n_languages_helpful);
	n.legal_basis = maybe(d) ? texts_of(d, LIMIT_TEXT, 1) : (struct texts){ 0 };
	n.certificate = n.legal_basis.n ? CERTIFICATE_REQUIRED : CERTIFICATE_NONE;
	n.answer_days = n.has_answer_days ? between(d, 1, LIMIT_ANSWER_DAYS) : 0;
	n.contact = c->contacts[roll(d, (uint32_t)c->n_contacts)].id;
	n.organisation = c->n_organisations ? c->organisations[0].id : NULL;
	if (n.has_until)
		n.until = a_date(d);
	n.first_timer = maybe(d);
	return n;
}

static struct notice a_notice(struct dice *d)
{
	struct notice n = { .id = an_id(d), .level = roll(d, 3), .name = texts_of(d, LIMIT_NAME, 1) };

	n.text = texts_of(d, LIMIT_TEXT, 0);
	n.from = like(d, maybe(d));
	n.has_until = maybe(d);
	if (n.has_until && n.from.year < YEAR_MAX)
		n.until = civil_add_days(n.from, 1 + (int32_t)roll(d, 300));
	else if (n.has_until)
		n.until = (struct civil){ YEAR_MAX, 12, 31, .date_only = true };
	return n;
}

static struct organisation an_organisation(struct dice *d)
{
	struct organisation o = { .id = an_id(d),
				  .name = texts_of(d, LIMIT_NAME, 1),
				  .about = texts_of(d, LIMIT_TEXT, 0) };
	enum kind *kinds = NEW_ARRAY(d, KIND_COUNT, enum kind);

	o.n_kinds = how_many(d, KIND_COUNT);
	for (size_t i = 0; i < o.n_kinds; i++)
		kinds[i] = (enum kind)i;
	o.kinds = o.n_kinds ? kinds : NULL;
	o.web = maybe(d) ? ONE_OF(d, "https://example.no/", "http://a?b=\xc3\xb8&c#d") : NULL;
	o.phone = a_phone(d);
	o.email = an_email(d);
	o.has_confirmed = maybe(d);
	if (o.has_confirmed)
		o.confirmed = a_date(d);
	o.confirmed_by = maybe(d) ? a_text(d, LIMIT_NAME, false) : NULL;
	return o;
}

static struct contact a_contact(struct dice *d)
{
	struct contact c = { .id = an_id(d),
			     .name = a_text(d, LIMIT_NAME, false),
			     .role = texts_of(d, LIMIT_SHORT, 0) };

	c.phone = a_phone(d);
	c.email = an_email(d);
	c.has_confirmed = maybe(d);
	if (c.has_confirmed)
		c.confirmed = a_date(d);
	return c;
}

/* ---- the centre ---- */

static void fill_opening(struct dice *d, struct centre *c)
{
	for (int day = 0; day < 7; day++) {
		size_t n = how_many(d, LIMIT_HOURS);
		struct hours *v = NEW_ARRAY(d, n, struct hours);
		uint32_t from = roll(d, 60);
		for (size_t i = 0; i < n; i++) {
			v[i].opens = (int16_t)from;
			from += 1 + roll(d, 150);
			v[i].closes = (int16_t)from;
			from += roll(d, 2) * roll(d, 20);
		}
		if (n && maybe(d))
			v[n - 1].closes = 23 * 60 + 59;
		c->opening[day] = (struct opening){ n, n ? v : NULL };
	}
}

#define FILL(d, c, list, type, make, count)                      \
	do {                                                     \
		size_t n = (count);                              \
		struct type *v = NEW_ARRAY((d), n, struct type); \
		for (size_t i = 0; i < n; i++)                   \
			v[i] = (make);                           \
		(c)->list = n ? v : NULL;                        \
		(c)->n_##list = n;                               \
	} while (0)

const struct centre *random_centre(struct arena *arena, uint64_t seed)
{
	struct dice dice = { .arena = arena, .state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1 }, *d = &dice;
	struct centre *c = NEW_ARRAY(d, 1, struct centre);

	c->version = maybe(d) ? (INT64_C(1) << 53) - 1 - roll(d, 3) : (int64_t)roll(d, 3);
	c->generated = between(d, 0, 84005) * INT64_C(86400) + between(d, 0, 86399);
	c->id = an_id(d);
	c->name = texts_of(d, LIMIT_NAME, 1);
	c->zone = a_zone(d);
	c->n_languages = 1 + how_many(d, LIMIT_LANGUAGES - 1);
	c->languages = languages_of(d, c->n_languages);
	c->address = texts_of(d, LIMIT_SHORT, 0);
	c->phone = a_phone(d);
	fill_opening(d, c);
	c->signup_host = maybe(d) ? ONE_OF(d, "solbakken.example.no", "http://127.0.0.1:8080", "a.b:1") : NULL;
	c->seal_key = maybe(d) ? string_of(d, "AEIMQUYcgkosw048", 43) : NULL;
	c->answer_days = between(d, 1, LIMIT_CALLBACK_DAYS);
	FILL(d, c, contacts, contact, a_contact(d), 1 + roll(d, 5));
	FILL(d, c, organisations, organisation, an_organisation(d), roll(d, 5));
	FILL(d, c, notices, notice, a_notice(d), roll(d, 5));
	FILL(d, c, needs, need, a_need(d, c), roll(d, 6));
	FILL(d, c, activities, activity, an_activity(d, c), roll(d, 6));
	return c;
}
