/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/publisher.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "central/gzip.h"
#include "central/store.h"
#include "central/store_seal.h"
#include "core/feed.h"
#include "core/feed_rules.h"
#include "io/clock.h"

enum { LOOK_MS = 2000, CENTRES_MAX = 1000 };

struct published {
	char id[LIMIT_ID + 1];
	char etag[HASH_SIZE];
	int64_t version, tick;
	bool asked; /* a commit changed it */
};

struct publisher {
	struct central *central;
	struct feeds *feeds;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ending, asked; /* some centre is asked for that is not among v yet */
	size_t n;
	struct published v[CENTRES_MAX];
};

/* ---- one feed ----------------------------------------------------------- */

/* "https://oppslag.example.no" as short links name it: the host alone, or with http:// on loopback. */
static const char *signup_host(const char *public_url)
{
	const char *host = strncmp(public_url, "https://", 8) == 0 ? public_url + 8 : public_url;

	return feed_is_host(host) ? host : NULL;
}

static enum err build(struct db *db, struct arena *arena, const char *public_url, const char *id, int64_t now,
		      struct buf *out, int64_t *version, int64_t *tick, struct fault *fault)
{
	struct centre *centre, *again;
	char *seal_key = arena_alloc(arena, SEAL_KEY_TEXT + 1);
	enum err err = seal_key ? store_seal_key(db, now, seal_key) : ERR_MEMORY;

	if (!err)
		err = store_feed(db, arena, id, now, &centre, tick);

	if (err)
		return fault_set(fault, err, id, "%s", err_cause(err));
	if (!centre->signup_host)
		centre->signup_host = signup_host(public_url);
	/* A centre that calls nobody back has no key for its screens. */
	centre->seal_key = centre->answer_days ? seal_key : NULL;
	*version = centre->version;
	err = feed_write(centre, out);
	if (err)
		return fault_set(fault, err, id, "%s", err_cause(err));
	/* What a screen would refuse is not handed out; the last good one stays. */
	return feed_read(arena, buf_text(out), out->len, &again, fault);
}

enum err feed_build(struct db *db, const char *public_url, const char *centre, int64_t now, struct buf *out,
		    int64_t *version, int64_t *tick, struct fault *fault)
{
	struct arena arena;

	arena_init(&arena, 2 * (size_t)LIMIT_FEED_ARENA);
	enum err err = build(db, &arena, public_url, centre, now, out, version, tick, fault);
	arena_free(&arena);
	return err;
}

static enum err hand_out(struct publisher *p, struct published *one, const struct buf *plain)
{
	char etag[HASH_SIZE];
	struct buf gzip;

	hash_bytes_hex("feed", buf_text(plain), plain->len, etag);
	if (strcmp(etag, one->etag) == 0)
		return OK;
	buf_init(&gzip, LIMIT_FEED_BYTES);
	enum err err = gzip_bytes(buf_text(plain), plain->len, &gzip);
	if (!err)
		err = feeds_publish(
			p->feeds, one->id,
			&(struct feed_bytes){ buf_text(plain), buf_text(&gzip), etag, plain->len, gzip.len });
	buf_free(&gzip);
	if (!err)
		memcpy(one->etag, etag, sizeof one->etag);
	return err;
}

static void publish(struct publisher *p, struct published *one)
{
	struct fault fault = { 0 };
	struct buf plain;
	int64_t now = clock_utc();

	if (one->tick <= now && store_tick(p->db, one->id, one->tick))
		log_line(LOG_WARNING, "%s: the next version could not be made", one->id);
	buf_init(&plain, LIMIT_FEED_BYTES);
	enum err err =
		feed_build(p->db, p->central->public_url, one->id, now, &plain, &one->version, &one->tick, &fault);
	if (!err)
		err = hand_out(p, one, &plain);
	if (err)
		log_line(LOG_ERROR, "feed of %s: %s: %s", one->id, fault.place, err_cause(err));
	buf_free(&plain);
}

/* ---- all of them -------------------------------------------------------- */

static struct published *find(struct publisher *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].id, id) == 0)
			return &p->v[i];
	return NULL;
}

/* A row for each centre that is new, ASKED for each that is behind. */
static void compare(struct publisher *p, const struct version_rows *rows)
{
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < rows->n; i++) {
		struct published *one = find(p, rows->v[i].id);
		if (!one && p->n < CENTRES_MAX) {
			one = &p->v[p->n++];
			*one = (struct published){ .version = -1, .tick = INT64_MAX };
			snprintf(one->id, sizeof one->id, "%s", rows->v[i].id);
		}
		if (one && one->version != rows->v[i].version)
			one->asked = true;
	}
	pthread_mutex_unlock(&p->lock);
}

static enum err look_at_versions(struct publisher *p)
{
	struct version_rows rows;
	struct arena arena;

	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_versions(p->db, &arena, &rows);
	if (!err)
		compare(p, &rows);
	arena_free(&arena);
	return err;
}

static void publish_asked(struct publisher *p)
{
	int64_t now = clock_utc();

	for (size_t i = 0; i < p->n; i++) {
		pthread_mutex_lock(&p->lock);
		bool asked = p->v[i].asked || p->v[i].tick <= now;
		p->v[i].asked = false;
		pthread_mutex_unlock(&p->lock);
		if (asked)
			publish(p, &p->v[i]);
	}
}

static bool somebody_asked(const struct publisher *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].asked)
			return true;
	return p->asked;
}

/* Sleeps until a commit or the next look. False at the end. True in *LOOK: the time is up, or a new centre came. */
static bool sleep_until_asked(struct publisher *p, int64_t next_look_ms, bool *look)
{
	int64_t left_ms = next_look_ms - clock_monotonic_ms();
	struct timespec until;
	bool late = left_ms <= 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)(late ? 0 : left_ms % 1000) * 1000000L;
	until.tv_sec += (late ? 0 : left_ms / 1000) + until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;

	pthread_mutex_lock(&p->lock);
	while (!p->ending && !somebody_asked(p) && !late)
		late = pthread_cond_timedwait(&p->wake, &p->lock, &until) != 0;
	*look = late || p->asked;
	p->asked = false;
	bool going = !p->ending;
	pthread_mutex_unlock(&p->lock);
	return going;
}

static void *run(void *owner)
{
	struct publisher *p = owner;
	int64_t next_look = clock_monotonic_ms() + LOOK_MS;
	bool look;

	while (sleep_until_asked(p, next_look, &look)) {
		if (look) {
			if (look_at_versions(p))
				log_line(LOG_ERROR, "publisher: the versions cannot be read");
			next_look = clock_monotonic_ms() + LOOK_MS;
		}
		publish_asked(p);
	}
	return NULL;
}

void publisher_changed(void *owner, const char *centre)
{
	struct publisher *p = owner;

	pthread_mutex_lock(&p->lock);
	struct published *one = find(p, centre);
	if (one)
		one->asked = true;
	else
		p->asked = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
}

enum err publisher_start(struct central *central, struct feeds *feeds, struct publisher **out, struct fault *fault)
{
	struct publisher *p = mem_alloc(sizeof *p);
	pthread_condattr_t attributes;

	if (!p)
		return fault_set(fault, ERR_MEMORY, "publisher", "out of memory");
	p->central = central;
	p->feeds = feeds;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	enum err err = db_open(central->database, &p->db, fault);
	if (!err)
		err = look_at_versions(p);
	if (!err)
		publish_asked(p);
	if (!err && pthread_create(&p->thread, NULL, run, p))
		err = fault_set(fault, ERR_MEMORY, "publisher", "its thread does not start");
	if (err) {
		db_close(p->db);
		mem_free(p);
		return err;
	}
	*out = p;
	return OK;
}

void publisher_stop(struct publisher *p)
{
	pthread_mutex_lock(&p->lock);
	p->ending = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	db_close(p->db);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	mem_free(p);
}
