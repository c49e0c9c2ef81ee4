/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker without a network: how long it rests, what it takes for an
 * address, what may replace a good feed, how old one is, and a file that
 * changes under its eyes. Its HTTP is in tests/api/test_kiosk_worker.py. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "io/file.h"
#include "kiosk/worker.h"
#include "kiosk/worker_pace.h"

static int64_t rest(struct pace *pace, struct pace_answer answer, uint32_t random)
{
	return pace_rest(pace, &answer, random);
}

static void a_silent_central_is_looked_for_often(void **state)
{
	struct pace pace = { 0 };
	const struct pace_answer silent = { .outcome = OUTCOME_SILENT };

	(void)state;
	static const int64_t nominal[] = { 1000, 2000, 4000, 8000, 8000, 8000 };
	for (size_t i = 0; i < sizeof nominal / sizeof *nominal; i++)
		assert_true(rest(&pace, silent, 500) == nominal[i]);
	/* The jitter: a quarter to each side. */
	assert_true(rest(&pace, silent, 0) == 6000);
	assert_in_range(rest(&pace, silent, 999), 9990, 10000);
	/* Success is the end of it. */
	assert_true(rest(&pace, (struct pace_answer){ .outcome = OUTCOME_SAME }, 0) == PACE_AGAIN_MS);
	assert_true(rest(&pace, silent, 500) == 1000);
}

static void an_ill_central_is_left_in_peace(void **state)
{
	struct pace pace = { 0 };
	const struct pace_answer bad = { .outcome = OUTCOME_BAD };

	(void)state;
	static const int64_t nominal[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
	for (size_t i = 0; i < sizeof nominal / sizeof *nominal; i++)
		assert_true(rest(&pace, bad, 500) == nominal[i]);
	for (int i = 0; i < 100; i++)
		assert_true(rest(&pace, bad, 500) == 60000);
}

static void retry_after_is_kept_to(void **state)
{
	struct pace pace = { 0 };

	(void)state;
	int64_t ms = rest(&pace, (struct pace_answer){ .outcome = OUTCOME_BAD, .retry_after_s = 120 }, 7);
	assert_in_range(ms, 120000, 122000);
	ms = rest(&pace, (struct pace_answer){ .outcome = OUTCOME_BAD, .retry_after_s = 86400 }, 7);
	assert_in_range(ms, 300000, 302000);
	pace.failures = 0;
	ms = rest(&pace, (struct pace_answer){ .outcome = OUTCOME_BAD, .retry_after_s = 0 }, 500);
	assert_true(ms == 1000);
}

static void polls_follow_the_server(void **state)
{
	struct pace pace = { 0 };

	(void)state;
	struct pace_answer held = { .outcome = OUTCOME_SAME, .asked_to_wait = true, .took_ms = 50000 };
	assert_true(rest(&pace, held, 0) == PACE_AGAIN_MS);
	struct pace_answer unheld = { .outcome = OUTCOME_SAME, .asked_to_wait = true, .took_ms = 3 };
	assert_true(rest(&pace, unheld, 500) == PACE_UNHELD_MS);
	struct pace_answer news = { .outcome = OUTCOME_NEW, .asked_to_wait = true, .took_ms = 3 };
	assert_true(rest(&pace, news, 0) == PACE_AGAIN_MS);
	struct pace_answer calendar = { .outcome = OUTCOME_NEW, .calendar = true };
	assert_true(rest(&pace, calendar, 500) == PACE_CALENDAR_MS);
}

static void addresses_are_understood(void **state)
{
	static const struct {
		const char *feed, *centre, *address, *wanted; /* address NULL: refused */
	} feeds[] = {
		{ "http://a.example.no/feed/v1/solbakken", "", "http://a.example.no/feed/v1/solbakken", "solbakken" },
		{ "https://a.example.no/x/feed/v1/s.1-2_3?y", "", "https://a.example.no/x/feed/v1/s.1-2_3?y",
		  "s.1-2_3" },
		{ "https://a.example.no:8443", "solbakken", "https://a.example.no:8443/feed/v1/solbakken",
		  "solbakken" },
		{ "https://a.example.no/", "solbakken", "https://a.example.no/feed/v1/solbakken", "solbakken" },
		{ "https://a.example.no/", "", NULL, NULL },
		{ "https://a.example.no/", "../x", NULL, NULL },
		{ "https://a.example.no/basic.ics", "", "https://a.example.no/basic.ics", "" },
		{ "webcal://a.example.no/basic.ics", "", "webcal://a.example.no/basic.ics", "" },
		{ "ftp://a.example.no/basic.ics", "", NULL, NULL },
		{ "file:///etc/passwd", "", NULL, NULL },
		{ "assets/sample/centre.json", "", "assets/sample/centre.json", "" },
		{ "/srv/feed/v1/x", "", "/srv/feed/v1/x", "" },
	};
	struct source source;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
		enum err err = source_init(&source, feeds[i].feed, feeds[i].centre, &fault);
		assert_int_equal(err, feeds[i].address ? OK : ERR_VALUE);
		if (err)
			continue;
		assert_string_equal(source.address, feeds[i].address);
		assert_string_equal(source.centre, feeds[i].wanted);
		assert_int_equal(source.is_http, strstr(feeds[i].feed, "://") != NULL);
	}
}

static void document(struct buf *out, const char *id, const char *generated, const char *name)
{
	buf_reset(out);
	buf_printf(out,
		   "{\"feed\":1,\"version\":1,\"generated\":\"%s\",\"centre\":{\"id\":\"%s\",\"name\":{\"nb\":\"%s\"},"
		   "\"zone\":\"Europe/Oslo\",\"languages\":[\"nb\"]},\"activities\":[],\"needs\":[],\"notices\":[],"
		   "\"organisations\":[],\"contacts\":[]}",
		   generated, id, name);
}

static struct kiosk_feed *feed_of(const char *id, const char *generated)
{
	struct kiosk_feed *feed = NULL;
	struct fault fault;
	struct buf text;

	buf_init(&text, 10000);
	document(&text, id, generated, "Solbakken");
	if (kiosk_feed_read(buf_text(&text), text.len, "Europe/Oslo", "nb", &feed, &fault))
		fail_msg("%s: %s", fault.place, fault.text);
	buf_free(&text);
	return feed;
}

static void what_is_no_feed_is_named(void **state)
{
	static const struct {
		const char *bytes, *text;
	} bad[] = {
		{ "", "the document ends where a value is expected" },
		{ " \r\n\t", "the document ends where a value is expected" },
		{ "<!DOCTYPE html><html>", "a value is expected, not \"<\": a web page, not a feed" },
		{ "  <html>", "a value is expected, not \"<\": a web page, not a feed" },
	};
	struct kiosk_feed *feed;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_not_equal(
			kiosk_feed_read(bad[i].bytes, strlen(bad[i].bytes), "Europe/Oslo", "nb", &feed, &fault), OK);
		assert_string_equal(fault.text, bad[i].text);
	}
	assert_true(feed_is_calendar("\xef\xbb\xbf\r\nBEGIN:VCALENDAR\r\n", 20));
	assert_true(feed_is_calendar("begin:vcalendar", 15));
	assert_false(feed_is_calendar("BEGIN:VCALENDA", 14));
	assert_false(feed_is_calendar("", 0));
}

static void only_a_newer_feed_of_the_same_centre_replaces(void **state)
{
	static const struct {
		const char *past, *past_generated, *wanted, *id, *generated;
		enum err err;
	} rows[] = {
		{ NULL, NULL, "", "a", "2026-11-24T08:00:00Z", OK },
		{ NULL, NULL, "a", "a", "2026-11-24T08:00:00Z", OK },
		{ NULL, NULL, "b", "a", "2026-11-24T08:00:00Z", ERR_CONFLICT },
		{ "a", "2026-11-24T08:00:00Z", "", "a", "2026-11-24T08:00:00Z", OK },
		{ "a", "2026-11-24T08:00:00Z", "", "a", "2026-11-24T08:00:01Z", OK },
		{ "a", "2026-11-24T08:00:00Z", "", "a", "2026-11-24T07:59:59Z", ERR_VALUE },
		{ "a", "2026-11-24T08:00:00Z", "", "b", "2026-11-24T08:00:01Z", ERR_CONFLICT },
		{ "a", "2026-11-24T08:00:00Z", "b", "b", "2026-11-24T08:00:01Z", OK },
		/* The central's clock was wrong once: what comes from the future binds nobody. */
		{ "a", "2036-11-24T08:00:00Z", "", "a", "2026-11-24T08:00:00Z", OK },
	};
	const int64_t utc = 1795600000; /* 2026-11-25 */

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct feed_past past = { 0 };
		struct fault fault;
		if (rows[i].past) {
			struct kiosk_feed *old = feed_of(rows[i].past, rows[i].past_generated);
			feed_past_set(&past, old);
			kiosk_feed_del(old);
		}
		struct kiosk_feed *feed = feed_of(rows[i].id, rows[i].generated);
		assert_int_equal(feed_judge(&past, rows[i].wanted, feed, utc, &fault), rows[i].err);
		kiosk_feed_del(feed);
	}
}

static void a_calendar_replaces_no_feed(void **state)
{
	static const char bytes[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nEND:VCALENDAR\r\n";
	struct feed_past past = { 0 };
	struct kiosk_feed *old = feed_of("a", "2026-11-24T08:00:00Z"), *calendar;
	struct fault fault;

	(void)state;
	if (kiosk_feed_read(bytes, sizeof bytes - 1, "Europe/Oslo", "nb", &calendar, &fault))
		fail_msg("%s: %s", fault.place, fault.text);
	assert_int_equal(feed_judge(&past, "", calendar, 0, &fault), OK);
	assert_int_equal(feed_judge(&past, "a", calendar, 0, &fault), ERR_CONFLICT);
	feed_past_set(&past, old);
	assert_int_equal(feed_judge(&past, "", calendar, 0, &fault), ERR_CONFLICT);
	kiosk_feed_del(old);
	kiosk_feed_del(calendar);
}

static void age_survives_a_restart_and_a_wrong_clock(void **state)
{
	const struct feed_seen unknown = { 0 };
	const struct feed_seen now = { .known = true, .this_run = true, .utc_ms = 5000, .mono_ms = 100000 };
	const struct feed_seen earlier = { .known = true, .utc_ms = 1000000000 };

	(void)state;
	assert_true(feed_seen_age(&unknown, 0, 0) == -1);
	/* In this run the wall clock may jump as it likes. */
	assert_true(feed_seen_age(&now, 0, 103999) == 3);
	assert_true(feed_seen_age(&now, INT64_MAX, 100000) == 0);
	/* From an earlier run only the wall clock can tell. */
	assert_true(feed_seen_age(&earlier, 1000000000 + 7200 * 1000, 5) == 7200);
	assert_true(feed_seen_age(&earlier, 1000000000 - 1000, 5) == 0);
	/* No battery, no network yet: the clock is behind what it once was. */
	assert_true(feed_seen_age(&earlier, 0, 5) == -1);
}

/* ---- a file, watched by the real thread ---- */

static int bell_fd;

static void ring(void *context)
{
	uint64_t one = 1;

	(void)context;
	assert_int_equal(write(bell_fd, &one, sizeof one), sizeof one);
}

/* Where make torture lets an allocation fail, what is awaited may rightly never come. */
static int patience_ms(void)
{
	return getenv("OPPSLAG_FAIL_ALLOC") ? 250 : 5000;
}

/* The next delivery; NULL when none comes. */
static struct delivery *await(struct worker *worker)
{
	const int ms = patience_ms();
	struct pollfd bell = { .fd = bell_fd, .events = POLLIN };
	struct delivery *delivery;
	uint64_t rings;

	while ((delivery = worker_take(worker)) == NULL) {
		if (poll(&bell, 1, ms) != 1)
			return NULL;
		(void)!read(bell_fd, &rings, sizeof rings);
	}
	return delivery;
}

static void expect_feed(struct worker *worker, const char *id, const char *name, const char *from)
{
	struct delivery *delivery = await(worker);

	assert_non_null(delivery);
	assert_non_null(delivery->feed);
	assert_string_equal(delivery->feed->screen.centre->id, id);
	assert_string_equal(delivery->feed->screen.centre->name.v[0].s, name);
	assert_string_equal(delivery->from, from);
	kiosk_feed_del(delivery->feed);
	delivery_del(delivery);
}

static void expect_state(struct worker *worker, enum feed_state state)
{
	struct delivery *delivery = await(worker);

	assert_non_null(delivery);
	assert_null(delivery->feed);
	assert_int_equal(delivery->state, state);
	assert_true(delivery->state == FEED_FRESH || *delivery->fault.text);
	delivery_del(delivery);
}

static void put(const char *path, const char *text)
{
	assert_int_equal(file_replace(path, text, strlen(text), NULL), OK);
}

static void start(struct worker **worker, const char *path, const char *cache)
{
	struct worker_config config = { .zone = "Europe/Oslo", .lang = "nb", .user_agent = "test", .ring = ring };
	struct fault fault;

	config.cache_dir = cache;
	assert_int_equal(source_init(&config.source, path, "", &fault), OK);
	assert_int_equal(worker_start(&config, false, worker, &fault), OK);
	worker_await_disk(*worker, 10000);
}

static void a_file_is_followed(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char path[300], cache[300];
	struct worker *worker;
	struct buf text;

	(void)state;
	snprintf(path, sizeof path, "%s/watched.json", tmp ? tmp : "/tmp");
	snprintf(cache, sizeof cache, "%s/watched.cache", tmp ? tmp : "/tmp");
	buf_init(&text, 10000);
	bell_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	document(&text, "a", "2026-11-24T08:00:00Z", "First");
	put(path, buf_text(&text));
	start(&worker, path, cache);
	expect_feed(worker, "a", "First", "file");
	document(&text, "a", "2026-11-24T08:00:00Z", "Second");
	put(path, buf_text(&text));
	expect_feed(worker, "a", "Second", "file");
	put(path, "{ broken");
	expect_state(worker, FEED_REJECTED);
	document(&text, "b", "2026-11-25T08:00:00Z", "Other");
	put(path, buf_text(&text));
	expect_state(worker, FEED_REJECTED); /* another centre's */
	document(&text, "a", "2026-11-23T08:00:00Z", "Older");
	put(path, buf_text(&text));
	expect_feed(worker, "a", "Older", "file"); /* somebody put it there */
	assert_int_equal(unlink(path), 0);
	expect_state(worker, FEED_FAILED);
	put(path, buf_text(&text));
	expect_state(worker, FEED_FRESH);
	worker_stop(worker);

	/* The file is gone at the next start: the disk has its last good content. */
	assert_int_equal(unlink(path), 0);
	start(&worker, path, cache);
	expect_state(worker, FEED_FAILED);
	expect_feed(worker, "a", "Older", "disk");
	worker_stop(worker);
	close(bell_fd);
	buf_free(&text);
}

static void it_ends_at_once_whatever_it_waits_for(void **state)
{
	struct worker *worker;

	(void)state;
	bell_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	start(&worker, "/nowhere/centre.json", NULL);
	worker_stop(worker);
	close(bell_fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_silent_central_is_looked_for_often),
		cmocka_unit_test(an_ill_central_is_left_in_peace),
		cmocka_unit_test(retry_after_is_kept_to),
		cmocka_unit_test(polls_follow_the_server),
		cmocka_unit_test(addresses_are_understood),
		cmocka_unit_test(what_is_no_feed_is_named),
		cmocka_unit_test(only_a_newer_feed_of_the_same_centre_replaces),
		cmocka_unit_test(a_calendar_replaces_no_feed),
		cmocka_unit_test(age_survives_a_restart_and_a_wrong_clock),
		cmocka_unit_test(a_file_is_followed),
		cmocka_unit_test(it_ends_at_once_whatever_it_waits_for),
	};
	return cmocka_run_group_tests_name("kiosk_worker", tests, NULL, NULL);
}
