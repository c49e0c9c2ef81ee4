/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no single field shows: fields that must agree, things that must be
 * unique, references that must lead somewhere. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/centre.h"
#include "core/feed_rules.h"
#include "core/feed_shape.h"

/* refuse_at for a field of the object at PLACE. */
#define REFUSE(r, object, field, err, ...) \
	refuse_at((r), (&(struct place){ .up = (object), .name = (field) }), (err), __VA_ARGS__)

/* ---- opening hours and the centre ---- */

enum err finish_hours(struct reader *r, void *object, const struct place *place)
{
	const struct hours *hours = object;

	if (hours->opens >= hours->closes)
		return REFUSE(r, place, "closes", ERR_VALUE, "not after it opens");
	return OK;
}

enum err finish_centre(struct reader *r, void *object, const struct place *place)
{
	static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
					     "friday", "saturday", "sunday" };
	struct centre *centre = object;

	if (centre->answer_days == 0)
		centre->answer_days = ANSWER_DAYS_USUAL;
	if (centre->seal_key && feed_is_weak_key(centre->seal_key))
		return REFUSE(r, place, "seal_key", ERR_VALUE,
			      "a point of small order, to which nothing can be sealed");
	for (size_t day = 0; day < 7; day++) {
		const struct opening *o = &centre->opening[day];
		for (size_t i = 1; i < o->n; i++) {
			if (o->v[i].opens >= o->v[i - 1].closes)
				continue;
			struct place opening = { .up = place, .name = "opening" };
			struct place weekday = { .up = &opening, .name = names[day] };
			struct place item = { .up = &weekday, .index = i };
			return REFUSE(r, &item, "opens", ERR_VALUE, "before the hours in front of it end");
		}
	}
	for (size_t i = 1; i < centre->n_languages; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(centre->languages[i], centre->languages[j]) == 0)
				return REFUSE(r, place, "languages", ERR_DUPLICATE, "\"%s\" stands twice",
					      centre->languages[i]);
	return OK;
}

/* ---- activities ---- */

static bool is_whole_days(struct duration d)
{
	return d.seconds == 0 && d.days >= 1;
}

static enum err check_dates(struct reader *r, const struct activity *a, const char *name, struct civils dates,
			    const struct place *place)
{
	struct place list = { .up = place, .name = name };

	for (size_t i = 0; i < dates.n; i++) {
		struct place item = { .up = &list, .index = i };
		if (dates.v[i].date_only != a->start.date_only)
			return refuse_at(r, &item, ERR_VALUE, "%s is expected, as in start",
					 a->start.date_only ? "a date without a time" : "a date with a time");
	}
	return OK;
}

static int64_t seconds_of(const struct civil *c)
{
	return civil_day(*c) * (int64_t)86400 + c->hour * 3600 + c->minute * 60 + c->second;
}

static int by_time(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static enum err check_originals_differ(struct reader *r, const struct activity *a, const struct place *place)
{
	int64_t times[LIMIT_DATES];
	size_t n = a->overrides.n;

	for (size_t i = 0; i < n; i++)
		times[i] = seconds_of(&a->overrides.v[i].original);
	qsort(times, n, sizeof *times, by_time);
	for (size_t i = 1; i < n; i++) {
		if (times[i] != times[i - 1])
			continue;
		char text[CIVIL_SIZE];
		struct civil twice = civil_from_day((int32_t)(times[i] / 86400));
		twice.date_only = a->start.date_only;
		twice = twice.date_only ? twice : civil_add_seconds(twice, times[i] % 86400);
		civil_print(twice, text);
		return REFUSE(r, place, "overrides", ERR_DUPLICATE, "two with the original %s", text);
	}
	return OK;
}

static enum err check_override(struct reader *r, const struct activity *a, const struct override *o,
			       const struct place *place)
{
	bool all_day = o->has_start ? o->start.date_only : a->start.date_only;

	if (o->original.date_only != a->start.date_only)
		return REFUSE(r, place, "original", ERR_VALUE, "%s is expected, as in the activity's start",
			      a->start.date_only ? "a date without a time" : "a date with a time");
	if (all_day && !is_whole_days(o->has_duration ? o->duration : a->duration))
		return REFUSE(r, place, "duration", ERR_VALUE, "whole days are expected of what lasts all day");
	return OK;
}

static enum err check_overrides(struct reader *r, const struct activity *a, const struct place *place)
{
	struct place list = { .up = place, .name = "overrides" };

	for (size_t i = 0; i < a->overrides.n; i++) {
		struct place item = { .up = &list, .index = i };
		enum err err = check_override(r, a, &a->overrides.v[i], &item);
		if (err)
			return err;
	}
	return a->overrides.n > 1 ? check_originals_differ(r, a, place) : OK;
}

enum err finish_activity(struct reader *r, void *object, const struct place *place)
{
	const struct activity *a = object;
	enum err err;

	if (a->start.date_only && !is_whole_days(a->duration))
		return REFUSE(r, place, "duration", ERR_VALUE, "whole days are expected of what lasts all day");
	if (a->taken > 0 && !a->has_seats)
		return REFUSE(r, place, "seats", ERR_MISSING, "missing, but some are taken");
	if (a->has_seats && a->taken > a->seats)
		return REFUSE(r, place, "taken", ERR_VALUE, "more than the seats there are: %d of %d", a->taken,
			      a->seats);
	err = check_dates(r, a, "exdates", a->exdates, place);
	if (!err)
		err = check_dates(r, a, "rdates", a->rdates, place);
	return err ? err : check_overrides(r, a, place);
}

/* ---- needs and notices ---- */

enum err finish_need(struct reader *r, void *object, const struct place *place)
{
	struct need *need = object;

	need->certificate = need->legal_basis.n ? CERTIFICATE_REQUIRED : CERTIFICATE_NONE;
	if (need->rrule && !need->has_start)
		return REFUSE(r, place, "start", ERR_MISSING, "missing, but there is a rule that begins there");
	if (need->has_start && need->has_duration && need->start.date_only && !is_whole_days(need->duration))
		return REFUSE(r, place, "duration", ERR_VALUE, "whole days are expected of what lasts all day");
	if (need->taken > need->seats)
		return REFUSE(r, place, "taken", ERR_VALUE, "more than the seats there are: %d of %d", need->taken,
			      need->seats);
	return OK;
}

static bool ends_before_it_begins(const struct notice *n)
{
	/* A date counts to its end. */
	return n->until.date_only ? civil_day(n->until) < civil_day(n->from) : civil_compare(n->until, n->from) <= 0;
}

enum err finish_notice(struct reader *r, void *object, const struct place *place)
{
	const struct notice *notice = object;

	if (notice->has_until && ends_before_it_begins(notice))
		return REFUSE(r, place, "until", ERR_VALUE, "not after it begins");
	return OK;
}

/* ---- the whole document: names and what refers to them ---- */

/* Who has which name: an open-addressed table, at most half full. */
struct owner {
	const char *name, *list;
	uint32_t hash;
	uint32_t index;
};
struct names {
	struct owner *v;
	size_t mask;
};

static bool names_init(struct names *names, struct arena *scratch, size_t n)
{
	size_t size = 16;

	while (size < n * 2)
		size *= 2;
	names->v = ARENA_ARRAY(scratch, size, struct owner);
	names->mask = size - 1;
	return names->v != NULL;
}

/* The slot that NAME has or would get. */
static struct owner *names_slot(const struct names *names, const char *name, uint32_t *hash_out)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (const char *c = name; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	size_t at = hash & names->mask;
	while (names->v[at].name && (names->v[at].hash != hash || strcmp(names->v[at].name, name) != 0))
		at = (at + 1) & names->mask;
	*hash_out = hash;
	return &names->v[at];
}

static enum err claim(struct reader *r, struct names *names, const char *name, const char *list, size_t i,
		      const char *field)
{
	uint32_t hash;
	struct owner *slot = names_slot(names, name, &hash);
	struct place up = { .name = list }, item = { .up = &up, .index = i };

	if (slot->name)
		return REFUSE(r, &item, field, ERR_DUPLICATE, "%s[%u] has it already: \"%s\"", slot->list, slot->index,
			      name);
	*slot = (struct owner){ name, list, hash, (uint32_t)i };
	return OK;
}

/* The ids of a list of structs that each begin with theirs. */
static enum err claim_ids(struct reader *r, struct arena *scratch, struct names *names, const char *list,
			  const void *items, size_t n, size_t size)
{
	enum err err = OK;

	if (!names_init(names, scratch, n))
		return refuse_at(r, NULL, ERR_MEMORY, "out of memory");
	for (size_t i = 0; i < n && !err; i++) {
		const char *id;
		memcpy(&id, (const char *)items + i * size, sizeof id);
		err = claim(r, names, id, list, i, "id");
	}
	return err;
}

#define CLAIM_IDS(r, scratch, names, centre, list) \
	claim_ids((r), (scratch), (names), #list, (centre)->list, (centre)->n_##list, sizeof *(centre)->list)

static enum err claim_codes(struct reader *r, struct arena *scratch, const struct centre *c)
{
	struct names codes, numbers;
	size_t n = c->n_activities + c->n_needs;
	enum err err = OK;

	if (!names_init(&codes, scratch, n) || !names_init(&numbers, scratch, n))
		return refuse_at(r, NULL, ERR_MEMORY, "out of memory");
	for (size_t i = 0; i < c->n_activities && !err; i++) {
		err = claim(r, &codes, c->activities[i].code, "activities", i, "code");
		if (!err)
			err = claim(r, &numbers, c->activities[i].number, "activities", i, "number");
	}
	for (size_t i = 0; i < c->n_needs && !err; i++) {
		err = claim(r, &codes, c->needs[i].code, "needs", i, "code");
		if (!err)
			err = claim(r, &numbers, c->needs[i].number, "needs", i, "number");
	}
	return err;
}

static enum err refer(struct reader *r, const struct names *names, const char *id, const char *list, size_t i,
		      const char *field)
{
	uint32_t hash;
	struct place up = { .name = list }, item = { .up = &up, .index = i };

	if (id && !names_slot(names, id, &hash)->name)
		return REFUSE(r, &item, field, ERR_REFERENCE, "there is no such %s: \"%s\"",
			      strcmp(field, "organisation") == 0 ? "organisation" : "contact", id);
	return OK;
}

static enum err check_references(struct reader *r, const struct centre *c, const struct names *organisations,
				 const struct names *contacts)
{
	enum err err = OK;

	for (size_t i = 0; i < c->n_activities && !err; i++) {
		err = refer(r, organisations, c->activities[i].organisation, "activities", i, "organisation");
		if (!err)
			err = refer(r, contacts, c->activities[i].contact, "activities", i, "contact");
	}
	for (size_t i = 0; i < c->n_needs && !err; i++) {
		err = refer(r, contacts, c->needs[i].meets, "needs", i, "meets");
		if (!err)
			err = refer(r, contacts, c->needs[i].contact, "needs", i, "contact");
		if (!err)
			err = refer(r, organisations, c->needs[i].organisation, "needs", i, "organisation");
	}
	return err;
}

static enum err check_names(struct reader *r, const struct centre *c, struct arena *scratch)
{
	struct names ids, organisations, contacts;
	enum err err = CLAIM_IDS(r, scratch, &ids, c, activities);

	if (!err)
		err = CLAIM_IDS(r, scratch, &ids, c, needs);
	if (!err)
		err = CLAIM_IDS(r, scratch, &ids, c, notices);
	if (!err)
		err = CLAIM_IDS(r, scratch, &organisations, c, organisations);
	if (!err)
		err = CLAIM_IDS(r, scratch, &contacts, c, contacts);
	if (!err)
		err = claim_codes(r, scratch, c);
	return err ? err : check_references(r, c, &organisations, &contacts);
}

enum err finish_document(struct reader *r, void *object, const struct place *place)
{
	struct arena scratch;

	(void)place;
	arena_init(&scratch, LIMIT_FEED_ARENA);
	enum err err = check_names(r, object, &scratch);
	arena_free(&scratch);
	return err;
}
