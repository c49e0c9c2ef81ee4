/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/zone.h"
#include "io/clock.h"
#include "kiosk/worker_inside.h"

enum {
	DAYS_PREPARED = 14,    /* what a schedule keeps */
	MANY_ACTIVITIES = 200, /* below this a day is expanded faster than it is noticed */
	OLDER_ACCEPTED_MS = 60 * 60 * 1000,
};

static void deliver(struct worker *worker, struct kiosk_feed *feed, const struct fault *fault)
{
	struct delivery *delivery = mem_alloc(sizeof *delivery);

	if (!delivery) {
		log_line(LOG_ERROR, "feed: %s", err_cause(ERR_MEMORY));
		kiosk_feed_del(feed);
		worker->has_prepared = false; /* worker_renew tries again */
		return;
	}
	delivery->feed = feed;
	delivery->from = worker->from;
	delivery->state = worker->state;
	delivery->seen = worker->seen;
	if (fault)
		delivery->fault = *fault;
	buf_init(&delivery->document, LIMIT_FEED_BYTES);
	if (feed && worker->keep_documents)
		buf_add(&delivery->document, buf_text(&worker->body), worker->body.len);
	worker_post(worker, delivery);
}

static void seen_now(struct worker *worker)
{
	worker->seen = (struct feed_seen){
		.known = true, .this_run = true, .utc_ms = clock_utc_ms(), .mono_ms = clock_monotonic_ms()
	};
	worker->older_since_ms = 0;
	if (worker->said.err && worker->state != FEED_FRESH)
		log_line(LOG_INFO, "feed: %s answers again", worker->config.source.name);
	worker->said = (struct fault){ 0 };
}

/* The day on the wall of the centre whose feed we have. */
static int32_t today(const struct worker *worker)
{
	struct civil wall;

	if (zone_from_utc(worker->zone, clock_utc(), &wall))
		return (int32_t)(clock_utc() / 86400);
	return civil_day(wall);
}

static void prepare(struct worker *worker, struct kiosk_feed *feed, int days)
{
	int32_t day;

	snprintf(worker->zone, sizeof worker->zone, "%s", feed->screen.centre->zone);
	day = today(worker);
	enum err err = kiosk_feed_prepare(feed, civil_from_day(day), days);
	if (err)
		log_line(LOG_WARNING, "feed: days cannot be prepared: %s", err_cause(err));
	worker->has_prepared = days > 1 || feed->screen.centre->n_activities <= MANY_ACTIVITIES;
	worker->prepared_day = day;
}

static enum err read_document(struct worker *worker, const struct buf *body, struct kiosk_feed **out,
			      struct fault *fault)
{
	const struct worker_config *config = &worker->config;

	return kiosk_feed_read(buf_text(body), body->len, config->zone, config->lang, out, fault);
}

/* A source that keeps giving an older feed for an hour is no stale copy on the
 * way but a central that was restored from its backup. */
static bool insists(struct worker *worker)
{
	int64_t now = clock_monotonic_ms();

	if (!worker->older_since_ms)
		worker->older_since_ms = now;
	if (now - worker->older_since_ms < OLDER_ACCEPTED_MS)
		return false;
	log_line(LOG_WARNING, "feed: the source has kept to its older feed for an hour; it is taken");
	return true;
}

static enum err judge(struct worker *worker, const struct kiosk_feed *feed, struct fault *fault)
{
	const struct source *source = &worker->config.source;
	enum err err = feed_judge(&worker->past, source->centre, feed, clock_utc(), fault);

	return err == ERR_VALUE && (!source->is_http || insists(worker)) ? OK : err;
}

static void keep(struct worker *worker)
{
	struct fault fault;

	if (cache_store(&worker->cache, &worker->body, worker->etag, worker->seen.utc_ms, &fault))
		log_fault(LOG_WARNING, "the feed is not kept", &fault);
}

static bool take_body(struct worker *worker, const struct buf *body, const char *etag)
{
	buf_reset(&worker->body);
	buf_add(&worker->body, buf_text(body), body->len);
	snprintf(worker->etag, sizeof worker->etag, "%s", etag);
	return buf_ok(&worker->body);
}

static bool is_same(const struct worker *worker, const struct buf *body)
{
	return worker->body.len == body->len && body->len &&
	       memcmp(buf_text(&worker->body), buf_text(body), body->len) == 0;
}

/* A good one: ours from now on. */
static void adopt(struct worker *worker, struct kiosk_feed *feed, const char *from, int days)
{
	worker->from = from;
	worker->calendar = feed->is_calendar;
	prepare(worker, feed, days);
	deliver(worker, feed, NULL);
}

enum outcome worker_document(struct worker *worker, const struct buf *body, const char *etag, const char *from)
{
	struct kiosk_feed *feed;
	struct fault fault;

	if (is_same(worker, body)) {
		snprintf(worker->etag, sizeof worker->etag, "%s", etag);
		worker_confirmed(worker);
		return OUTCOME_SAME;
	}
	enum err err = read_document(worker, body, &feed, &fault);
	if (!err) {
		err = judge(worker, feed, &fault);
		if (!err && !take_body(worker, body, etag))
			err = fault_set(&fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
		if (err)
			kiosk_feed_del(feed);
	}
	if (err) {
		worker_failed(worker, FEED_REJECTED, &fault);
		return OUTCOME_BAD;
	}
	feed_past_set(&worker->past, feed);
	seen_now(worker);
	worker->state = FEED_FRESH;
	adopt(worker, feed, feed->is_calendar ? "calendar" : from, DAYS_PREPARED);
	keep(worker);
	return OUTCOME_NEW;
}

void worker_confirmed(struct worker *worker)
{
	bool news = worker->state != FEED_FRESH;
	struct fault fault;

	seen_now(worker);
	worker->state = FEED_FRESH;
	if (news)
		deliver(worker, NULL, NULL);
	if (cache_confirm(&worker->cache, worker->seen.utc_ms, news, &fault))
		log_fault(LOG_WARNING, "the feed's time is not kept", &fault);
}

static void log_failure(const struct worker *worker, const struct fault *fault)
{
	const char *name = worker->config.source.name;
	char doing[sizeof worker->config.source.name + 8];

	/* The network's faults name the same place themselves. */
	bool named = strcmp(fault->place, name) == 0;
	snprintf(doing, sizeof doing, "feed%s%s", named ? "" : ": ", named ? "" : name);
	log_fault(LOG_WARNING, doing, fault);
}

void worker_failed(struct worker *worker, enum feed_state state, const struct fault *fault)
{
	bool news = worker->state != state || strcmp(worker->said.text, fault->text) != 0;

	if (atomic_load(&worker->stop) || !news)
		return;
	if (!worker->quiet)
		log_failure(worker, fault);
	if (worker->state == FEED_FRESH && cache_confirm(&worker->cache, worker->seen.utc_ms, true, NULL))
		log_line(LOG_WARNING, "the feed's time is not kept");
	worker->said = *fault;
	worker->state = state;
	deliver(worker, NULL, fault);
}

void worker_renew(struct worker *worker)
{
	struct kiosk_feed *feed;
	struct fault fault;

	if (!worker->body.len || (worker->has_prepared && today(worker) == worker->prepared_day) ||
	    read_document(worker, &worker->body, &feed, &fault))
		return;
	adopt(worker, feed, worker->from, DAYS_PREPARED);
}

static enum err load(struct worker *worker, struct buf *body, struct kiosk_feed **out, int64_t *seen_ms,
		     struct fault *fault)
{
	char etag[CACHE_ETAG] = "";
	enum err err = cache_load(&worker->cache, body, etag, seen_ms, fault);

	if (!err)
		err = read_document(worker, body, out, fault);
	if (!err && !take_body(worker, body, etag)) {
		kiosk_feed_del(*out);
		err = fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	}
	return err;
}

void worker_look_on_disk(struct worker *worker)
{
	struct kiosk_feed *feed;
	int64_t seen_ms = 0;
	struct fault fault;
	struct buf body;

	buf_init(&body, LIMIT_FEED_BYTES);
	enum err err = load(worker, &body, &feed, &seen_ms, &fault);
	buf_free(&body);
	if (err) {
		if (err != ERR_NOT_FOUND)
			log_fault(LOG_WARNING, "the last good feed", &fault);
		return;
	}
	worker->seen = (struct feed_seen){ .known = true, .utc_ms = seen_ms };
	/* A file is what somebody put there, be it of another centre than the one before. */
	if (worker->config.source.is_http)
		feed_past_set(&worker->past, feed);
	adopt(worker, feed, "disk", 1);
}
