/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out in the middle: the caller is told, nothing leaks, and
 * the next attempt works. Every early allocation fails once, later ones ever
 * more sparsely; `make torture` goes through them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "core/ics.h"
#include "core/occur.h"
#include "io/file.h"
#include "io/settings.h"

static struct buf sample;
static struct arena sample_arena;
static struct centre *centre;

static int read_sample(void **state)
{
	struct fault fault = { 0 };

	(void)state;
	mem_fail_after(0);
	buf_init(&sample, LIMIT_FEED_BYTES);
	arena_init(&sample_arena, LIMIT_FEED_ARENA);
	if (file_read("assets/sample/centre.json", &sample, &fault))
		return -1;
	return feed_read(&sample_arena, sample.bytes, sample.len, &centre, &fault) ? -1 : 0;
}

static int free_sample(void **state)
{
	(void)state;
	buf_free(&sample);
	arena_free(&sample_arena);
	return 0;
}

/* Runs DOING with the 1st, 2nd … allocation failing until one run asks for
 * fewer; each either succeeds or says that memory is out. */
static void each_failure(enum err (*doing)(void))
{
	unsigned long before = mem_count();

	assert_int_equal(doing(), OK);
	unsigned long total = mem_count() - before, told = 0;
	assert_true(total > 0);
	for (unsigned long n = 1; n <= total; n += 1 + n / 12) {
		mem_fail_after(n);
		enum err err = doing();
		mem_fail_after(0);
		assert_true(err == OK || err == ERR_MEMORY);
		told += err == ERR_MEMORY;
	}
	assert_true(told > 0);
	assert_int_equal(doing(), OK);
}

static enum err read_feed(void)
{
	struct arena arena;
	struct centre *out = NULL;
	struct fault fault = { 0 };

	arena_init(&arena, LIMIT_FEED_ARENA);
	enum err err = feed_read(&arena, sample.bytes, sample.len, &out, &fault);
	arena_free(&arena);
	return err;
}

static enum err write_feed(void)
{
	struct buf out;

	buf_init(&out, LIMIT_FEED_BYTES);
	enum err err = feed_write(centre, &out);
	if (err && out.err == ERR_MEMORY)
		err = ERR_MEMORY;
	buf_free(&out);
	return err;
}

static enum err expand_week(void)
{
	struct occurrences out = { 0 };
	struct schedule *schedule = schedule_new(centre);
	enum err err = OK;

	if (!schedule)
		return ERR_MEMORY;
	for (int day = 0; !err && day < 7; day++)
		err = schedule_day(schedule, civil_add_days((struct civil){ 2026, 11, 24, 0, 0, 0, true }, day), &out);
	schedule_del(schedule);
	return err;
}

static enum err parse_settings(void)
{
	static const struct setting rows[] = {
		SETTING_ROW(FEED, "feed", SETTING_TEXT, "", 0, 1000, NULL, "Where the feed is.")
			SETTING_ROW(MAIL_HOST, "mail.host", SETTING_TEXT, "", 0, 1000, NULL, "Where mail goes.")
	};
	static const char file[] = "feed = https://oppslag.example.no/\n[mail]\nhost = mail.example.no\n";
	struct settings settings;
	struct buf report;
	struct fault fault = { 0 };

	enum err err = settings_init(&settings, rows, 2);
	if (err)
		return err;
	buf_init(&report, 10000);
	err = settings_parse(&settings, "oppslag.ini", file, sizeof file - 1, &report);
	if (!err)
		err = settings_set(&settings, "feed=https://example.no/", &fault);
	buf_free(&report);
	settings_free(&settings);
	return err;
}

static enum err read_calendar(void)
{
	static const char file[] =
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//NO\r\nBEGIN:VEVENT\r\n"
		"UID:allsang@example.no\r\nSUMMARY:Allsang\r\nDTSTART;TZID=Europe/Oslo:20261124T110000\r\n"
		"DTEND;TZID=Europe/Oslo:20261124T120000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\n"
		"EXDATE;TZID=Europe/Oslo:20261201T110000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
	struct arena arena;
	struct ics_calendar calendar = { 0 };
	struct fault fault = { 0 };
	struct centre *out = NULL;

	arena_init(&arena, LIMIT_FEED_ARENA);
	enum err err = ics_read(&arena, file, sizeof file - 1, "Europe/Oslo", "nb", &calendar, &fault);
	if (!err)
		err = ics_centre(&arena, &calendar, "Europe/Oslo", "nb", &out);
	arena_free(&arena);
	return err;
}

static void a_feed_is_read(void **state)
{
	(void)state;
	each_failure(read_feed);
}

static void a_feed_is_written(void **state)
{
	(void)state;
	each_failure(write_feed);
}

static void a_week_is_expanded(void **state)
{
	(void)state;
	each_failure(expand_week);
}

static void settings_are_read(void **state)
{
	(void)state;
	each_failure(parse_settings);
}

static void a_calendar_is_read(void **state)
{
	(void)state;
	each_failure(read_calendar);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed_is_read),     cmocka_unit_test(a_feed_is_written),
		cmocka_unit_test(a_week_is_expanded), cmocka_unit_test(settings_are_read),
		cmocka_unit_test(a_calendar_is_read),
	};
	return cmocka_run_group_tests(tests, read_sample, free_sample);
}
