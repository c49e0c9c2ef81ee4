/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff write on their forms, and what it means: hours, times, names of occurrences, the first day of a rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "central/staff_hours.h"
#include "central/staff_repeat.h"
#include "central/staff_span.h"

static struct civil moment(const char *s)
{
	struct civil when;

	assert_true(civil_parse(s, &when));
	return when;
}

/* ---- opening hours ------------------------------------------------------ */

static const struct {
	const char *written, *kept; /* NULL: refused */
} hours[] = {
	{ "", "" },
	{ "08.00–20.00", "08.00–20.00" },
	{ "8-16", "08.00–16.00" },
	{ "  8:30 - 16  ", "08.30–16.00" },
	{ "10–14 og 16–20", "10.00–14.00, 16.00–20.00" },
	{ "10-14, 16-20", "10.00–14.00, 16.00–20.00" },
	{ "10-14 and 16-20.30", "10.00–14.00, 16.00–20.30" },
	{ "0-24", "00.00–23.59" },
	{ "stengt", NULL },
	{ "8", NULL },
	{ "8-", NULL },
	{ "16-8", NULL },
	{ "8-8", NULL },
	{ "8-25", NULL },
	{ "8.60-9", NULL },
	{ "8-12 10-14", NULL },
	{ "16-20, 8-10", NULL },
	{ "8-16x", NULL },
	{ "008-16", NULL },
	{ "1-2,3-4,5-6,7-8,9-10,11-12,13-14,15-16,17-18", NULL }, /* more than LIMIT_HOURS */
};

static void hours_are_read_as_people_write_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		struct arena arena;
		struct opening opening;
		arena_init(&arena, 1 << 16);
		bool good = hours_parse(&arena, hours[i].written, &opening);
		if (!hours[i].kept) {
			assert_false(good);
		} else if (good) { /* not so only when torture makes an allocation fail */
			const char *printed = hours_print(&arena, opening);
			if (printed)
				assert_string_equal(printed, hours[i].kept);
		}
		arena_free(&arena);
	}
}

/* ---- occurrences in addresses ------------------------------------------- */

static void originals_go_there_and_back(void **state)
{
	static const char *const good[][2] = { { "2026-11-24T11:00", "20261124T1100" },
					       { "2026-11-24", "20261124" },
					       { "2026-11-24T11:00:30", "20261124T110030" } };
	static const char *const bad[] = {
		"",           "2026",           "2026112",          "20261324",         "20261124T",    "20261124T1160",
		"2026-11-24", "20261124T11000", "20261124T1100000", "20261124T110030Z", "20261124X1100"
	};
	struct civil when;
	char text[ORIGINAL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct civil wanted = moment(good[i][0]);
		original_print(wanted, text);
		assert_string_equal(text, good[i][1]);
		assert_true(original_parse(text, &when));
		assert_int_equal(civil_compare(when, wanted), 0);
		assert_int_equal(when.date_only, wanted.date_only);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(original_parse(bad[i], &when));
}

/* ---- the first day of a rule -------------------------------------------- */

static void a_series_begins_on_a_day_of_its_own(void **state)
{
	static const struct {
		struct repeat repeat;
		const char *start, *first;
	} cases[] = {
		{ { .kind = REPEAT_NONE }, "2026-11-22T10:00", "2026-11-22T10:00" },
		{ { .kind = REPEAT_DAILY }, "2026-11-22T10:00", "2026-11-22T10:00" },
		{ { .kind = REPEAT_WORKDAYS }, "2026-11-22T10:00", "2026-11-23T10:00" },
		{ { .kind = REPEAT_WEEKLY, .weekdays = 1 << 1 }, "2026-11-23T10:00", "2026-11-24T10:00" },
		{ { .kind = REPEAT_WEEKLY, .weekdays = 1 << 1 | 1 << 3 }, "2026-11-24", "2026-11-24" },
		{ { .kind = REPEAT_FORTNIGHTLY, .weekdays = 1 }, "2026-11-24T10:00", "2026-11-30T10:00" },
		{ { .kind = REPEAT_MONTHLY_NTH, .nth = 1, .weekday = 0 }, "2026-11-24T10:00", "2026-12-07T10:00" },
		{ { .kind = REPEAT_MONTHLY_NTH, .nth = -1, .weekday = 4 }, "2026-11-24T10:00", "2026-11-27T10:00" },
		{ { .kind = REPEAT_MONTHLY_NTH, .nth = 4, .weekday = 1 }, "2026-11-24T10:00", "2026-11-24T10:00" },
		{ { .kind = REPEAT_OWN, .own = "FREQ=DAILY;COUNT=3" }, "2026-11-22T10:00", "2026-11-22T10:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct civil first = repeat_first(&cases[i].repeat, moment(cases[i].start));
		assert_int_equal(civil_compare(first, moment(cases[i].first)), 0);
	}
}

/* ---- from and to -------------------------------------------------------- */

static const struct fields span_fields = FIELDS(SPAN_FIELDS(true));

static const struct {
	const char *pairs[5]; /* date, all_day, time, until_time, last_date; NULL: not sent */
	const char *start, *duration, *wrong;
} spans[] = {
	{ { "2026-11-24", NULL, "11:00", "12:30", "" }, "2026-11-24T11:00", "PT1H30M", NULL },
	{ { "2026-11-24", NULL, "11:00", "", "" }, "2026-11-24T11:00", "PT1H", NULL },
	{ { "2026-11-24", NULL, "22:00", "00:30", "" }, "2026-11-24T22:00", "PT2H30M", NULL },
	{ { "2026-11-24", NULL, "22:00", "00:30", "2026-11-26" }, "2026-11-24T22:00", "P1DT2H30M", NULL },
	{ { "2026-11-24", "1", "", "", "" }, "2026-11-24", "P1D", NULL },
	{ { "2026-11-24", "1", "11:00", "12:00", "2026-11-26" }, "2026-11-24", "P3D", NULL },
	{ { "2026-11-24", NULL, "11:00", "10:00", "" }, NULL, NULL, "until_time" },
	{ { "2026-11-24", NULL, "11:00", "11:00", "" }, NULL, NULL, "until_time" },
	{ { "2026-11-24", NULL, "11:00", "", "2026-11-26" }, NULL, NULL, "until_time" },
	{ { "2026-11-24", NULL, "11:00", "12:00", "2026-11-23" }, NULL, NULL, "last_date" },
	{ { "2026-11-24", "1", "", "", "2026-11-23" }, NULL, NULL, "last_date" },
	{ { "2026-11-24", "1", "", "", "2028-11-23" }, NULL, NULL, "last_date" },
	{ { "2026-11-24", NULL, "", "", "" }, NULL, NULL, "time" },
	{ { "", NULL, "11:00", "", "" }, NULL, NULL, "date" },
	{ { "2026-11-24", NULL, "25:00", "", "" }, NULL, NULL, "time" },
};

static enum err send(struct arena *arena, const char *const *values, struct form *out)
{
	static const char *const names[] = { "date", "all_day", "time", "until_time", "last_date" };
	struct form_pair pairs[5];
	struct form_pairs sent = { 0, pairs };

	for (size_t i = 0; i < 5; i++)
		if (values[i])
			pairs[sent.n++] =
				(struct form_pair){ .name = names[i], .value = values[i], .len = strlen(values[i]) };
	return form_check(arena, lang_find("nb"), span_fields, &sent, out);
}

static void from_and_to_are_start_and_duration(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct arena arena;
		struct form form;
		struct span span;
		char text[DURATION_SIZE];
		arena_init(&arena, 1 << 16);
		if (send(&arena, spans[i].pairs, &form) == OK) {
			span_take(&form, &span);
			assert_int_equal(form.wrong, spans[i].wrong != NULL);
			if (spans[i].wrong) {
				assert_non_null(form_get(&form, spans[i].wrong)->wrong);
			} else {
				duration_print(span.duration, text);
				assert_string_equal(text, spans[i].duration);
				assert_int_equal(civil_compare(span.start, moment(spans[i].start)), 0);
				assert_int_equal(span.start.date_only, moment(spans[i].start).date_only);
			}
		}
		arena_free(&arena);
	}
}

/* What is stored, shown in the form and sent again is the same. */
static void a_span_goes_there_and_back(void **state)
{
	/* start, duration, the last day where the form has to say it */
	static const char *const stored[][3] = { { "2026-11-24T11:00", "PT1H30M", NULL },
						 { "2026-11-24T22:00", "PT2H30M", NULL },
						 { "2026-11-24T09:00", "PT23H", "2026-11-25" },
						 { "2026-11-24T09:00", "P2DT3H", "2026-11-26" },
						 { "2026-11-24", "P1D", NULL },
						 { "2026-11-24", "P4D", "2026-11-27" } };

	(void)state;
	for (size_t i = 0; i < sizeof stored / sizeof *stored; i++) {
		struct arena arena;
		struct request req = { .arena = &arena, .lang = lang_find("nb") };
		struct values values = { 0 };
		struct duration duration;
		struct form form;
		struct span span;
		char text[DURATION_SIZE];
		arena_init(&arena, 1 << 16);
		assert_true(duration_parse(stored[i][1], &duration));
		span_values(&values, &req, moment(stored[i][0]), duration);
		const char *sent[] = { values_get(&values, "date"), values_get(&values, "all_day"),
				       values_get(&values, "time"), values_get(&values, "until_time"),
				       values_get(&values, "last_date") };
		/* Torture may lose one on the way. */
		bool whole = sent[0] && (sent[1] || (sent[2] && sent[3])) && !sent[4] == !stored[i][2];
		if (whole && send(&arena, sent, &form) == OK) {
			span_take(&form, &span);
			assert_false(form.wrong);
			duration_print(span.duration, text);
			assert_string_equal(text, stored[i][1]);
			assert_int_equal(civil_compare(span.start, moment(stored[i][0])), 0);
			if (sent[4])
				assert_string_equal(sent[4], stored[i][2]);
		}
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_read_as_people_write_them),
		cmocka_unit_test(originals_go_there_and_back),
		cmocka_unit_test(a_series_begins_on_a_day_of_its_own),
		cmocka_unit_test(from_and_to_are_start_and_duration),
		cmocka_unit_test(a_span_goes_there_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
