/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample centre shows all that a screen can say (assets/sample/README.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/feed.h"
#include "core/feed_shape.h"
#include "core/occur.h"
#include "guarded.h"

static struct arena arena;
static struct centre *sample;

static int read_sample(void **state)
{
	struct guarded file;
	struct fault fault;

	(void)state;
	guarded_load(&file, "assets/sample/centre.json");
	arena_init(&arena, LIMIT_FEED_ARENA);
	enum err err = feed_read(&arena, file.bytes, file.len, &sample, &fault);
	guarded_free(&file);
	if (err)
		print_error("%s: %s\n", fault.place, fault.text);
	return err ? -1 : 0;
}

static int free_sample(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct civil date(const char *s)
{
	struct civil when = { 0 };

	assert_true(civil_parse(s, &when));
	return when;
}

/* The day as lines "HH:MM id status", in the screen's order. */
static void assert_day(const char *day, const char *wanted)
{
	static const char *const words[] = { "", " cancelled", " moved", " moved away" };
	struct occurrences found;
	char text[1000] = "";
	size_t at = 0;
	struct civil from = date(day);

	assert_int_equal(occur_between(sample, from, civil_add_days(from, 1), &arena, &found), OK);
	for (size_t i = 0; i < found.n; i++) {
		const struct occurrence *o = &found.v[i];
		if (o->start.date_only)
			at += (size_t)snprintf(text + at, sizeof text - at, "all day");
		else
			at += (size_t)snprintf(text + at, sizeof text - at, "%02d:%02d", o->start.hour,
					       o->start.minute);
		at += (size_t)snprintf(text + at, sizeof text - at, " %s%s\n", o->activity->id, words[o->status]);
	}
	assert_string_equal(text, wanted);
}

static void the_demo_week_shows_every_state(void **state)
{
	(void)state;
	assert_day("2026-11-24", "09:30 avislesing\n11:00 sangstund\n13:00 hagegruppa moved away\n17:30 middag\n");
	assert_day("2026-11-25",
		   "09:30 avislesing\n10:00 verkstedet\n11:00 onsdagsturen\n13:00 hagegruppa moved\n17:30 middag\n"
		   "18:30 filmkveld\n");
	assert_day("2026-11-26", "all day atelier\n09:30 avislesing\n10:45 sittetrim\n13:00 strikkekafe cancelled\n"
				 "15:30 digital-hjelp\n17:30 middag\n");
	assert_day("2026-11-27",
		   "09:30 avislesing\n10:00 verkstedet\n11:00 fredagsquiz\n14:00 fredagskafe\n17:30 middag\n"
		   "22:00 nattjazz\n");
	assert_day("2026-11-28", "22:00 nattjazz\nall day julemarked\n11:00 sjakk\n14:00 lordagsdans\n17:30 middag\n");
	assert_day("2026-11-29", "all day julemarked\n11:00 andakt\n14:00 sondagskafe\n17:30 middag\n");
	assert_day("2026-12-01",
		   "09:30 avislesing\n11:00 sangstund\n13:00 hagegruppa\n15:00 lokalhistorie\n17:30 middag\n");
}

static void no_day_is_ever_empty(void **state)
{
	struct civil day = date("2026-09-01");

	(void)state;
	for (int i = 0; i < 800; i++, day = civil_add_days(day, 1)) {
		struct arena scratch;
		struct occurrences found;
		arena_init(&scratch, LIMIT_PICTURE_ARENA);
		assert_int_equal(occur_between(sample, day, civil_add_days(day, 1), &scratch, &found), OK);
		assert_true(found.n >= 2);
		arena_free(&scratch);
	}
}

static void assert_both_languages(struct texts texts)
{
	assert_int_equal(texts.n, 2);
	assert_string_equal(texts.v[0].lang, "nb");
	assert_string_equal(texts.v[1].lang, "en");
}

static void every_text_is_in_both_languages(void **state)
{
	(void)state;
	assert_both_languages(sample->name);
	assert_both_languages(sample->address);
	for (size_t i = 0; i < sample->n_activities; i++) {
		const struct activity *a = &sample->activities[i];
		assert_both_languages(a->name);
		assert_both_languages(a->description);
		assert_both_languages(a->place);
		assert_non_null(a->rrule);
		assert_null(strstr(a->rrule, "COUNT"));
		assert_null(strstr(a->rrule, "UNTIL"));
	}
	for (size_t i = 0; i < sample->n_needs; i++) {
		assert_both_languages(sample->needs[i].name);
		assert_both_languages(sample->needs[i].description);
		assert_both_languages(sample->needs[i].when);
		assert_both_languages(sample->needs[i].bring);
		assert_non_null(sample->needs[i].meets);
		assert_true(sample->needs[i].has_answer_days);
	}
	for (size_t i = 0; i < sample->n_notices; i++) {
		assert_both_languages(sample->notices[i].name);
		assert_both_languages(sample->notices[i].text);
	}
	for (size_t i = 0; i < sample->n_organisations; i++)
		assert_both_languages(sample->organisations[i].about);
	for (size_t i = 0; i < sample->n_contacts; i++)
		assert_both_languages(sample->contacts[i].role);
}

static void the_sketches_can_be_drawn_from_it(void **state)
{
	const struct need *walk = centre_need(sample, "turvenn");

	(void)state;
	assert_true(sample->n_activities >= 20);
	assert_int_equal(sample->n_needs, 8);
	assert_int_equal(sample->n_notices, 3);
	assert_int_equal(sample->n_organisations, 5);
	assert_string_equal(texts_pick(sample, sample->name, "nb", NULL), "Solbakken bo- og aktivitetssenter");
	assert_string_equal(walk->number, "407193");
	assert_string_equal(walk->code, "7F3K2");
	assert_string_equal(centre_contact(sample, walk->meets)->phone, "00 00 12 34");
	assert_int_equal(walk->taken, 1);
	const struct activity *film = centre_activity(sample, "filmkveld");
	assert_true(film->signup && film->has_seats && film->taken == film->seats);
	assert_string_equal(centre_organisation(sample, centre_activity(sample, "sangstund")->organisation)->id,
			    "strandkoret");
}

/* ---- every field of the format ------------------------------------------ */

/* Photographs come with their upload. */
static bool is_excused(const char *place)
{
	return strcmp(place, "feed.activities.picture") == 0;
}

static void collect(const struct shape *shape, const struct json *object, const char *place, char *seen, size_t size);

static void collect_value(const struct field *f, const struct json *value, const char *place, char *seen, size_t size)
{
	if (f->type == FIELD_OBJECT)
		collect(f->shape, value, place, seen, size);
	else if (f->type == FIELD_LIST && f->item->type == FIELD_OBJECT)
		for (const struct json *item = json_first(value); item; item = json_next(item))
			collect(f->item->shape, item, place, seen, size);
}

/* Appends the places of all fields that OBJECT has, "\nfeed.needs.bring\n" …. */
static void collect(const struct shape *shape, const struct json *object, const char *place, char *seen, size_t size)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct json *value = json_get(object, shape->fields[i].name);
		char name[200], line[220];
		if (!value || (json_type(value) == JSON_LIST && json_count(value) == 0))
			continue;
		snprintf(name, sizeof name, "%s.%s", place, shape->fields[i].name);
		snprintf(line, sizeof line, "\n%s\n", name);
		if (!strstr(seen, line) && strlen(seen) + strlen(line) < size)
			memcpy(seen + strlen(seen), line, strlen(line) + 1);
		collect_value(&shape->fields[i], value, name, seen, size);
	}
}

static size_t expect(const struct shape *shape, const char *place, const char *seen)
{
	size_t missing = 0;

	for (size_t i = 0; i < shape->n; i++) {
		const struct field *f = &shape->fields[i];
		char name[200], line[220];
		snprintf(name, sizeof name, "%s.%s", place, f->name);
		snprintf(line, sizeof line, "\n%s\n", name);
		bool there = strstr(seen, line) != NULL;
		if (there == is_excused(name)) {
			print_error("%s: %s\n", name, there ? "excused, and there" : "the sample never shows it");
			missing++;
		}
		if (there && f->type == FIELD_OBJECT)
			missing += expect(f->shape, name, seen);
		else if (there && f->type == FIELD_LIST && f->item->type == FIELD_OBJECT)
			missing += expect(f->item->shape, name, seen);
	}
	return missing;
}

static void every_field_of_the_format_is_shown(void **state)
{
	static char seen[32768];
	struct guarded file;
	struct json *root;

	(void)state;
	guarded_load(&file, "assets/sample/centre.json");
	assert_int_equal(json_read(file.bytes, file.len, file.len, &root, NULL), OK);
	collect(&feed_shape, root, "feed", seen, sizeof seen);
	json_del(root);
	guarded_free(&file);
	assert_int_equal(expect(&feed_shape, "feed", seen), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_demo_week_shows_every_state),
		cmocka_unit_test(no_day_is_ever_empty),
		cmocka_unit_test(every_text_is_in_both_languages),
		cmocka_unit_test(the_sketches_can_be_drawn_from_it),
		cmocka_unit_test(every_field_of_the_format_is_shown),
	};
	return cmocka_run_group_tests(tests, read_sample, free_sample);
}
