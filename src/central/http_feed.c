/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_feed.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/http_reply.h"
#include "central/negotiate.h"
#include "central/secret.h"
#include "io/clock.h"

enum { FEEDS_MAX = 1000, TICK_MS = 200, ETAG_SIZE = 80 };

/* One form of one version. The response is shared by all connections that it is queued on. */
struct variant {
	char etag[ETAG_SIZE];
	struct MHD_Response *response;
};

struct feed {
	char centre[LIMIT_ID + 1];
	struct variant plain, gzip; /* responses NULL: withdrawn */
	struct feed_wait *first;    /* polls that wait */
};

struct feeds {
	pthread_mutex_t lock;
	pthread_cond_t wake; /* somebody waits, or the end */
	pthread_t ticker;
	struct feed *v[FEEDS_MAX];
	size_t n;
	unsigned waiting; /* on all lists */
	bool closing, ending;
	struct MHD_Response *gone, *busy, *closed;
};

/* ---- lists (lock held) -------------------------------------------------- */

static void link_wait(struct feeds *feeds, struct feed *feed, struct feed_wait *wait)
{
	wait->feed = feed;
	wait->prev = NULL;
	wait->next = feed->first;
	if (feed->first)
		feed->first->prev = wait;
	feed->first = wait;
	++*wait->waiting;
	if (feeds->waiting++ == 0)
		pthread_cond_signal(&feeds->wake);
}

static void unlink_wait(struct feeds *feeds, struct feed *feed, struct feed_wait *wait)
{
	if (wait->prev)
		wait->prev->next = wait->next;
	else
		feed->first = wait->next;
	if (wait->next)
		wait->next->prev = wait->prev;
	wait->feed = NULL;
	--*wait->waiting;
	feeds->waiting--;
}

/* Resuming is asynchronous: the daemon's thread calls the handler again, which finds the poll on no list. */
static void release(struct feeds *feeds, struct feed *feed, struct feed_wait *wait)
{
	struct MHD_Connection *connection = wait->connection;

	unlink_wait(feeds, feed, wait);
	MHD_resume_connection(connection);
}

static void release_all(struct feeds *feeds, struct feed *feed)
{
	while (feed->first)
		release(feeds, feed, feed->first);
}

static struct feed *find(struct feeds *feeds, const char *centre)
{
	for (size_t i = 0; i < feeds->n; i++)
		if (strcmp(feeds->v[i]->centre, centre) == 0)
			return feeds->v[i];
	return NULL;
}

/* ---- expiry: one look per 200 ms while somebody waits -------------------- */

static void expire(struct feeds *feeds, long long now_ms)
{
	for (size_t i = 0; i < feeds->n; i++)
		for (struct feed_wait *wait = feeds->v[i]->first, *next; wait; wait = next) {
			next = wait->next;
			if (wait->deadline_ms <= now_ms)
				release(feeds, feeds->v[i], wait);
		}
}

static void *tick(void *owner)
{
	struct feeds *feeds = owner;

	pthread_mutex_lock(&feeds->lock);
	while (!feeds->ending) {
		if (feeds->waiting == 0) {
			pthread_cond_wait(&feeds->wake, &feeds->lock);
			continue;
		}
		struct timespec at;
		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += TICK_MS * 1000000L;
		at.tv_sec += at.tv_nsec / 1000000000L;
		at.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&feeds->wake, &feeds->lock, &at);
		expire(feeds, clock_monotonic_ms());
	}
	pthread_mutex_unlock(&feeds->lock);
	return NULL;
}

/* ---- life --------------------------------------------------------------- */

struct feeds *feeds_new(void)
{
	struct feeds *feeds = mem_alloc(sizeof *feeds);
	pthread_condattr_t attributes;

	if (!feeds)
		return NULL;
	pthread_mutex_init(&feeds->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&feeds->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	feeds->gone = reply_plain("there is no such centre\n", NULL, 0);
	feeds->busy = reply_plain("as many screens wait here as there is room for\n", "close", 30);
	feeds->closed = reply_plain("the server is stopping\n", "close", 2);
	if (!feeds->gone || !feeds->busy || !feeds->closed || pthread_create(&feeds->ticker, NULL, tick, feeds)) {
		feeds->ending = true;
		feeds_del(feeds);
		return NULL;
	}
	return feeds;
}

static void drop(struct variant *variant)
{
	if (variant->response)
		MHD_destroy_response(variant->response);
	variant->response = NULL;
}

void feeds_del(struct feeds *feeds)
{
	enum { OWN = 3 };
	struct MHD_Response *own[OWN] = { feeds->gone, feeds->busy, feeds->closed };

	if (!feeds->ending) {
		pthread_mutex_lock(&feeds->lock);
		feeds->ending = true;
		pthread_cond_signal(&feeds->wake);
		pthread_mutex_unlock(&feeds->lock);
		pthread_join(feeds->ticker, NULL);
	}
	for (size_t i = 0; i < feeds->n; i++) {
		drop(&feeds->v[i]->plain);
		drop(&feeds->v[i]->gzip);
		mem_free(feeds->v[i]);
	}
	for (size_t i = 0; i < OWN; i++)
		if (own[i])
			MHD_destroy_response(own[i]);
	pthread_cond_destroy(&feeds->wake);
	pthread_mutex_destroy(&feeds->lock);
	mem_free(feeds);
}

/* ---- publishing --------------------------------------------------------- */

static enum err make(struct variant *variant, const char *bytes, size_t len, const char *etag, const char *suffix)
{
	snprintf(variant->etag, sizeof variant->etag, "\"%.64s%s\"", etag, suffix);
	variant->response = reply_feed(bytes, len, variant->etag, *suffix ? "gzip" : NULL);
	return variant->response ? OK : ERR_MEMORY;
}

static struct feed *feed_for(struct feeds *feeds, const char *centre)
{
	struct feed *feed = find(feeds, centre);

	if (feed || feeds->n == FEEDS_MAX)
		return feed;
	feed = mem_alloc(sizeof *feed);
	if (!feed)
		return NULL;
	snprintf(feed->centre, sizeof feed->centre, "%s", centre);
	return feeds->v[feeds->n++] = feed;
}

enum err feeds_publish(struct feeds *feeds, const char *centre, const struct feed_bytes *bytes)
{
	struct variant plain, gzip = { .response = NULL };
	enum err err = make(&plain, bytes->plain, bytes->plain_len, bytes->etag, "");

	/* Another tag for another form of the same content: a strong tag names bytes (RFC 9110 8.8.3). */
	if (!err)
		err = make(&gzip, bytes->gzip, bytes->gzip_len, bytes->etag, "-gz");
	pthread_mutex_lock(&feeds->lock);
	struct feed *feed = err ? NULL : feed_for(feeds, centre);
	if (feed) {
		struct variant old_plain = feed->plain, old_gzip = feed->gzip;
		feed->plain = plain;
		feed->gzip = gzip;
		plain = old_plain;
		gzip = old_gzip;
		release_all(feeds, feed);
	} else if (!err) {
		err = ERR_LIMIT;
	}
	pthread_mutex_unlock(&feeds->lock);
	drop(&plain);
	drop(&gzip);
	return err;
}

void feeds_withdraw(struct feeds *feeds, const char *centre)
{
	pthread_mutex_lock(&feeds->lock);
	struct feed *feed = find(feeds, centre);
	if (feed) {
		drop(&feed->plain);
		drop(&feed->gzip);
		release_all(feeds, feed);
	}
	pthread_mutex_unlock(&feeds->lock);
}

void feeds_close(struct feeds *feeds)
{
	pthread_mutex_lock(&feeds->lock);
	feeds->closing = true;
	for (size_t i = 0; i < feeds->n; i++)
		release_all(feeds, feeds->v[i]);
	pthread_mutex_unlock(&feeds->lock);
}

/* ---- answering ---------------------------------------------------------- */

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Ends are spread over the last eighth of the wait, so that screens that came together do not stay together. */
static long long deadline_after(int wait_s)
{
	unsigned span = (unsigned)wait_s * 125;

	return clock_monotonic_ms() + wait_s * 1000LL - (long long)(span ? random_below(span) : 0);
}

/* Lock held. True if CONNECTION has been put to sleep. */
static bool sleeps(struct feeds *feeds, struct feed *feed, struct MHD_Connection *connection, struct feed_room *room,
		   struct feed_wait *wait)
{
	int seconds = prefers_wait(header(connection, "Prefer"));

	if (seconds <= 0 || wait->waited || room->waiting >= room->max)
		return false;
	wait->connection = connection;
	wait->waiting = &room->waiting;
	wait->waited = true;
	wait->deadline_ms = deadline_after(seconds > LIMIT_WAIT ? LIMIT_WAIT : seconds);
	MHD_suspend_connection(connection);
	link_wait(feeds, feed, wait);
	return true;
}

/* Lock held: the response may be replaced and dropped as soon as it is let go, but not once it is queued. */
static enum MHD_Result answer(struct feeds *feeds, struct feed *feed, struct MHD_Connection *connection,
			      struct feed_room *room, struct feed_wait *wait)
{
	const char *known = header(connection, "If-None-Match");
	const struct variant *right = accepts_gzip(header(connection, "Accept-Encoding")) ? &feed->gzip : &feed->plain;
	const struct variant *other = right == &feed->gzip ? &feed->plain : &feed->gzip;
	const struct variant *same = etag_listed(known, right->etag)   ? right
				     : etag_listed(known, other->etag) ? other
								       : NULL;
	bool full = same && !wait->waited && room->waiting >= room->max && prefers_wait(header(connection, "Prefer"));

	if (!same)
		return MHD_queue_response(connection, MHD_HTTP_OK, right->response);
	if (full)
		return MHD_queue_response(connection, MHD_HTTP_SERVICE_UNAVAILABLE, feeds->busy);
	if (sleeps(feeds, feed, connection, room, wait))
		return MHD_YES;
	/* The 200's own response: an empty one would send Content-Length: 0, which RFC 9110 8.6 forbids with 304. */
	return MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, same->response);
}

enum MHD_Result feeds_answer(struct feeds *feeds, struct MHD_Connection *connection, const char *centre,
			     struct feed_room *room, struct feed_wait *wait)
{
	enum MHD_Result result;

	pthread_mutex_lock(&feeds->lock);
	struct feed *feed = find(feeds, centre);
	if (feeds->closing)
		result = MHD_queue_response(connection, MHD_HTTP_SERVICE_UNAVAILABLE, feeds->closed);
	else if (!feed || !feed->plain.response)
		result = MHD_queue_response(connection, MHD_HTTP_NOT_FOUND, feeds->gone);
	else
		result = answer(feeds, feed, connection, room, wait);
	pthread_mutex_unlock(&feeds->lock);
	return result;
}

unsigned feeds_waiting(struct feeds *feeds)
{
	if (!feeds)
		return 0;
	pthread_mutex_lock(&feeds->lock);
	unsigned waiting = feeds->waiting;
	pthread_mutex_unlock(&feeds->lock);
	return waiting;
}

void feeds_leave(struct feeds *feeds, struct feed_wait *wait)
{
	pthread_mutex_lock(&feeds->lock);
	if (wait->feed)
		unlink_wait(feeds, wait->feed, wait);
	pthread_mutex_unlock(&feeds->lock);
}
