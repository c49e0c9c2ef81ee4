/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures core: the feed's reader against cJSON's own parse of the same bytes,
 * and the expansion of rules. One JSON object a line; each figure is the median
 * of REPEATS runs, the contestants turn about. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "core/occur.h"

enum { REPEATS = 15, MANY = 10000, MANY_NEEDS = 500, RULE_LOOPS = 200 };

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_size);
	return v[n / 2];
}

static struct texts both(struct arena *arena, const char *nb, const char *en)
{
	struct text *v = ARENA_ARRAY(arena, 2, struct text);

	if (!v)
		return (struct texts){ 0 };
	v[0] = (struct text){ "nb", nb };
	v[1] = (struct text){ "en", en };
	return (struct texts){ 2, v };
}

/* N as five letters of a code, each different. */
static char *code_of(struct arena *arena, size_t n)
{
	static const char letters[] = CODE_LETTERS;
	char *code = arena_alloc(arena, CODE_LENGTH + 1);

	for (int i = 0; code && i < CODE_LENGTH; i++, n /= sizeof letters - 1)
		code[i] = letters[n % (sizeof letters - 1)];
	return code;
}

static const char *const RULES[] = {
	"FREQ=WEEKLY;BYDAY=TU",
	"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
	"FREQ=MONTHLY;BYDAY=1TH",
	"FREQ=DAILY;COUNT=2000",
	"FREQ=MONTHLY;BYMONTHDAY=-1",
	"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
	"FREQ=WEEKLY;UNTIL=20300101T000000Z;BYDAY=FR",
};
enum { RULES_N = sizeof RULES / sizeof *RULES };

static struct activity activity_of(struct arena *arena, size_t i)
{
	return (struct activity){
		.id = arena_printf(arena, "aktivitet-%zu", i),
		.code = code_of(arena, i),
		.number = arena_printf(arena, "%06zu", i),
		.name = both(arena, "Allsang i peisestua", "Sing-along by the fireplace"),
		.description = both(
			arena, "Vi synger kjente viser sammen. Sangbøker ligger på bordet, og det er kaffe etterpå.",
			"We sing well-known songs together. Song books are on the table; coffee afterwards."),
		.kind = (enum kind)(i % KIND_COUNT),
		.start = { 2024, (int8_t)(1 + i % 12), (int8_t)(1 + i % 28), (int8_t)(8 + i % 12), 0, 0, false },
		.duration = { 0, 5400 },
		.rrule = i % 3 ? RULES[i % RULES_N] : NULL,
		.place = both(arena, "Peisestua, 1. etasje", "Fireplace room, first floor"),
		.contact = "ressurs",
		.signup = i % 4 == 0,
		.has_seats = i % 4 == 0,
		.seats = 12,
		.taken = i % 4 == 0 ? (int32_t)(i % 12) : 0,
	};
}

static struct need need_of(struct arena *arena, size_t i)
{
	return (struct need){
		.id = arena_printf(arena, "oppdrag-%zu", i),
		.code = code_of(arena, MANY + i),
		.number = arena_printf(arena, "%06zu", MANY + i),
		.name = both(arena, "Turvenn på torsdager", "Walking companion on Thursdays"),
		.description =
			both(arena, "Gå en tur i nærområdet sammen med en beboer.", "A walk nearby with a resident."),
		.when = both(arena, "Torsdager kl. 11", "Thursdays at 11"),
		.seats = 4,
		.taken = 2,
		.contact = "ressurs",
	};
}

/* A believable centre with so many activities and needs, as a feed's bytes. */
static bool feed_of(size_t activities, size_t needs, struct arena *arena, struct centre *centre, struct buf *out)
{
	struct activity *a = ARENA_ARRAY(arena, activities, struct activity);
	struct need *n = ARENA_ARRAY(arena, needs ? needs : 1, struct need);
	struct contact *contact = ARENA_NEW(arena, struct contact);
	static const char *const languages[] = { "nb", "en" };

	if (!a || !n || !contact)
		return false;
	for (size_t i = 0; i < activities; i++)
		a[i] = activity_of(arena, i);
	for (size_t i = 0; i < needs; i++)
		n[i] = need_of(arena, i);
	*contact = (struct contact){ .id = "ressurs", .name = "Ressursperson", .phone = "00001234" };
	*centre = (struct centre){
		.version = 1,
		.generated = 1795000000,
		.id = "solbakken",
		.name = both(arena, "Solbakken", "Solbakken"),
		.zone = "Europe/Oslo",
		.n_languages = 2,
		.languages = languages,
		.n_activities = activities,
		.activities = a,
		.n_needs = needs,
		.needs = n,
		.n_contacts = 1,
		.contacts = contact,
	};
	return feed_write(centre, out) == OK;
}

static double time_ours(const struct buf *feed)
{
	struct arena arena;
	struct centre *centre = NULL;
	struct fault fault = { 0 };
	char line[512];

	arena_init(&arena, LIMIT_FEED_ARENA);
	cJSON_InitHooks(&(cJSON_Hooks){ .malloc_fn = mem_alloc, .free_fn = mem_free });
	double began = now_us();
	enum err err = feed_read(&arena, feed->bytes, feed->len, &centre, &fault);
	double took = now_us() - began;
	if (err) {
		fault_print(&fault, line, sizeof line);
		fprintf(stderr, "bench: the feed is refused: %s\n", line);
		exit(1);
	}
	arena_free(&arena);
	return took;
}

static double time_cjson(const struct buf *feed)
{
	cJSON_InitHooks(NULL); /* as whoever uses it plainly */
	double began = now_us();
	cJSON *document = cJSON_ParseWithLength(feed->bytes, feed->len);
	double took = now_us() - began;

	cJSON_Delete(document);
	return took;
}

static void bench_feed(size_t activities, size_t needs)
{
	struct arena arena;
	struct buf feed;
	struct centre centre;
	double ours[REPEATS], theirs[REPEATS];

	arena_init(&arena, LIMIT_FEED_ARENA);
	buf_init(&feed, LIMIT_FEED_BYTES);
	if (feed_of(activities, needs, &arena, &centre, &feed)) {
		for (int i = 0; i < REPEATS; i++) {
			ours[i] = time_ours(&feed);
			theirs[i] = time_cjson(&feed);
		}
		double a = median(ours, REPEATS), b = median(theirs, REPEATS);
		printf("{\"what\": \"feed_parse\", \"activities\": %zu, \"needs\": %zu, \"bytes\": %zu, \"ms\": %.3f, "
		       "\"cjson_ms\": %.3f, \"ratio\": %.2f, \"budget_ratio\": 3}\n",
		       activities, needs, feed.len, a / 1e3, b / 1e3, a / b);
	} else {
		fprintf(stderr, "bench: the feed cannot be written: %s\n", err_cause(feed.err));
	}
	buf_free(&feed);
	arena_free(&arena);
}

/* One day at a time, as the screen asks: a day in the far end of the rule's life. */
static void bench_rule(const char *rule)
{
	struct arena arena;
	struct activity activity;
	double took[REPEATS];
	size_t found = 0;

	arena_init(&arena, LIMIT_FEED_ARENA);
	for (int i = 0; i < REPEATS; i++) {
		double began = now_us();
		for (int day = 0; day < RULE_LOOPS; day++) {
			struct occurrences out = { 0 };
			struct civil from = civil_add_days((struct civil){ 2026, 11, 24, 0, 0, 0, true }, day);

			arena_reset(&arena);
			activity = activity_of(&arena, 1);
			activity.rrule = rule;
			if (occur_activity(&activity, "Europe/Oslo", from, civil_add_days(from, 1), &arena, &out) == OK)
				found += out.n;
		}
		took[i] = (now_us() - began) / RULE_LOOPS;
	}
	printf("{\"what\": \"expand_rule_day\", \"rule\": \"%s\", \"us\": %.1f, \"occurrences\": %zu, \"budget_us\": 50}\n",
	       rule, median(took, REPEATS), found / REPEATS);
	arena_free(&arena);
}

/* A whole day of a centre, first (cold) and again (from the cache). */
static void bench_day(size_t activities)
{
	struct arena arena;
	struct buf feed;
	struct centre centre;
	double cold[REPEATS], warm[REPEATS];
	struct civil day = { 2026, 11, 24, 0, 0, 0, true };
	struct occurrences out = { 0 };

	arena_init(&arena, LIMIT_FEED_ARENA);
	buf_init(&feed, LIMIT_FEED_BYTES);
	if (!feed_of(activities, 0, &arena, &centre, &feed))
		return;
	for (int i = 0; i < REPEATS; i++) {
		struct schedule *schedule = schedule_new(&centre);
		double began = now_us();

		if (!schedule || schedule_day(schedule, day, &out) != OK)
			fprintf(stderr, "bench: the day is refused\n");
		cold[i] = now_us() - began;
		began = now_us();
		if (schedule && schedule_day(schedule, day, &out) != OK)
			fprintf(stderr, "bench: the day is refused\n");
		warm[i] = now_us() - began;
		schedule_del(schedule);
	}
	printf("{\"what\": \"schedule_day\", \"activities\": %zu, \"first_us\": %.1f, \"first_us_per_rule\": %.2f, \"again_us\": %.2f}\n",
	       activities, median(cold, REPEATS), median(cold, REPEATS) / (double)activities, median(warm, REPEATS));
	buf_free(&feed);
	arena_free(&arena);
}

int main(void)
{
	bench_feed(100, 8);
	bench_feed(MANY, MANY_NEEDS);
	for (int i = 0; i < RULES_N; i++)
		bench_rule(RULES[i]);
	bench_day(20);
	bench_day(1000);
	return 0;
}
