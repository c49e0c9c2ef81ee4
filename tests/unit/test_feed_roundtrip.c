/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever centre is written is read back equal, and written again as the same
 * bytes. Equality is spelled out here, field by field, and not by the reader's
 * rows: a field that was forgotten there must be missed here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/feed.h"
#include "random_centre.h"

enum { ROUNDS = 300 };

static void same_string(const char *a, const char *b)
{
	if (!a || !b)
		assert_true(a == b);
	else
		assert_string_equal(a, b);
}

static void same_strings(const char *const *a, size_t n, const char *const *b, size_t m)
{
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++)
		same_string(a[i], b[i]);
}

static void same_texts(struct texts a, struct texts b)
{
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) {
		same_string(a.v[i].lang, b.v[i].lang);
		same_string(a.v[i].s, b.v[i].s);
	}
}

static void same_civil(struct civil a, struct civil b)
{
	assert_int_equal(civil_compare(a, b), 0);
	assert_int_equal(a.date_only, b.date_only);
}

static void same_civils(struct civils a, struct civils b)
{
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		same_civil(a.v[i], b.v[i]);
}

static void same_duration(struct duration a, struct duration b)
{
	assert_int_equal(a.days, b.days);
	assert_int_equal(a.seconds, b.seconds);
}

static void same_flagged_civil(bool has_a, struct civil a, bool has_b, struct civil b)
{
	assert_int_equal(has_a, has_b);
	if (has_a)
		same_civil(a, b);
}

static void same_override(const struct override *a, const struct override *b)
{
	same_civil(a->original, b->original);
	assert_int_equal(a->status, b->status);
	same_flagged_civil(a->has_start, a->start, b->has_start, b->start);
	assert_int_equal(a->has_duration, b->has_duration);
	same_duration(a->duration, b->duration);
	same_texts(a->name, b->name);
	same_texts(a->place, b->place);
	same_texts(a->reason, b->reason);
}

static void same_activity(const struct activity *a, const struct activity *b)
{
	same_string(a->id, b->id);
	same_string(a->code, b->code);
	same_string(a->number, b->number);
	same_texts(a->name, b->name);
	same_texts(a->description, b->description);
	assert_int_equal(a->kind, b->kind);
	same_civil(a->start, b->start);
	same_duration(a->duration, b->duration);
	same_string(a->zone, b->zone);
	same_string(a->rrule, b->rrule);
	same_civils(a->exdates, b->exdates);
	same_civils(a->rdates, b->rdates);
	assert_int_equal(a->overrides.n, b->overrides.n);
	for (size_t i = 0; i < a->overrides.n; i++)
		same_override(&a->overrides.v[i], &b->overrides.v[i]);
	same_texts(a->place, b->place);
	same_string(a->organisation, b->organisation);
	same_string(a->contact, b->contact);
	same_string(a->picture, b->picture);
	assert_int_equal(a->signup, b->signup);
	assert_int_equal(a->has_seats, b->has_seats);
	assert_int_equal(a->seats, b->seats);
	assert_int_equal(a->taken, b->taken);
	assert_int_equal(a->status, b->status);
}

static void same_need(const struct need *a, const struct need *b)
{
	same_string(a->id, b->id);
	same_string(a->code, b->code);
	same_string(a->number, b->number);
	same_texts(a->name, b->name);
	same_texts(a->description, b->description);
	same_texts(a->when, b->when);
	same_flagged_civil(a->has_start, a->start, b->has_start, b->start);
	assert_int_equal(a->has_duration, b->has_duration);
	same_duration(a->duration, b->duration);
	same_string(a->rrule, b->rrule);
	same_string(a->meets, b->meets);
	same_texts(a->bring, b->bring);
	assert_int_equal(a->seats, b->seats);
	assert_int_equal(a->taken, b->taken);
	same_strings(a->languages_helpful, a->n_languages_helpful, b->languages_helpful, b->n_languages_helpful);
	assert_int_equal(a->certificate, b->certificate);
	same_texts(a->legal_basis, b->legal_basis);
	assert_int_equal(a->has_answer_days, b->has_answer_days);
	assert_int_equal(a->answer_days, b->answer_days);
	same_string(a->contact, b->contact);
	same_string(a->organisation, b->organisation);
	same_flagged_civil(a->has_until, a->until, b->has_until, b->until);
	assert_int_equal(a->first_timer, b->first_timer);
}

static void same_notice(const struct notice *a, const struct notice *b)
{
	same_string(a->id, b->id);
	assert_int_equal(a->level, b->level);
	same_texts(a->name, b->name);
	same_texts(a->text, b->text);
	same_civil(a->from, b->from);
	same_flagged_civil(a->has_until, a->until, b->has_until, b->until);
}

static void same_organisation(const struct organisation *a, const struct organisation *b)
{
	same_string(a->id, b->id);
	same_texts(a->name, b->name);
	same_texts(a->about, b->about);
	assert_int_equal(a->n_kinds, b->n_kinds);
	for (size_t i = 0; i < a->n_kinds; i++)
		assert_int_equal(a->kinds[i], b->kinds[i]);
	same_string(a->web, b->web);
	same_string(a->phone, b->phone);
	same_string(a->email, b->email);
	same_flagged_civil(a->has_confirmed, a->confirmed, b->has_confirmed, b->confirmed);
	same_string(a->confirmed_by, b->confirmed_by);
}

static void same_contact(const struct contact *a, const struct contact *b)
{
	same_string(a->id, b->id);
	same_string(a->name, b->name);
	same_texts(a->role, b->role);
	same_string(a->phone, b->phone);
	same_string(a->email, b->email);
	same_flagged_civil(a->has_confirmed, a->confirmed, b->has_confirmed, b->confirmed);
}

static void same_opening(struct opening a, struct opening b)
{
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) {
		assert_int_equal(a.v[i].opens, b.v[i].opens);
		assert_int_equal(a.v[i].closes, b.v[i].closes);
	}
}

#define SAME_LIST(a, b, list, same)                             \
	do {                                                    \
		assert_int_equal((a)->n_##list, (b)->n_##list); \
		for (size_t i = 0; i < (a)->n_##list; i++)      \
			same(&(a)->list[i], &(b)->list[i]);     \
	} while (0)

static void same_centre(const struct centre *a, const struct centre *b)
{
	assert_true(a->version == b->version);
	assert_true(a->generated == b->generated);
	same_string(a->id, b->id);
	same_texts(a->name, b->name);
	same_string(a->zone, b->zone);
	same_strings(a->languages, a->n_languages, b->languages, b->n_languages);
	same_texts(a->address, b->address);
	same_string(a->phone, b->phone);
	for (int day = 0; day < 7; day++)
		same_opening(a->opening[day], b->opening[day]);
	same_string(a->signup_host, b->signup_host);
	same_string(a->seal_key, b->seal_key);
	assert_int_equal(a->answer_days, b->answer_days);
	SAME_LIST(a, b, activities, same_activity);
	SAME_LIST(a, b, needs, same_need);
	SAME_LIST(a, b, notices, same_notice);
	SAME_LIST(a, b, organisations, same_organisation);
	SAME_LIST(a, b, contacts, same_contact);
}

static void a_centre_comes_back(uint64_t seed, size_t *largest)
{
	struct arena arena, read_arena;
	struct buf first, second;
	struct centre *back = NULL;
	struct fault fault = { 0 };

	arena_init(&arena, LIMIT_FEED_ARENA);
	arena_init(&read_arena, LIMIT_FEED_ARENA);
	buf_init(&first, LIMIT_FEED_BYTES);
	buf_init(&second, LIMIT_FEED_BYTES);
	const struct centre *centre = random_centre(&arena, seed);
	assert_int_equal(feed_write(centre, &first), OK);
	if (feed_read(&read_arena, first.bytes, first.len, &back, &fault) != OK)
		fail_msg("seed %llu: %s: %s", (unsigned long long)seed, fault.place, fault.text);
	same_centre(centre, back);
	assert_int_equal(feed_write(back, &second), OK);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.bytes, second.bytes, first.len);
	*largest = first.len > *largest ? first.len : *largest;
	buf_free(&first);
	buf_free(&second);
	arena_free(&arena);
	arena_free(&read_arena);
}

static void any_centre_comes_back_as_it_was(void **state)
{
	size_t largest = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		a_centre_comes_back(seed, &largest);
	assert_true(largest > 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_centre_comes_back_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
