/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker's files share. All below "the thread's own" is touched by the
 * worker's thread alone, or before it begins. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "io/fetch.h"
#include "kiosk/cache.h"
#include "kiosk/worker.h"
#include "kiosk/worker_pace.h"

struct worker {
	struct worker_config config;
	bool keep_documents;
	bool quiet; /* the caller says what went wrong */
	pthread_t thread;
	struct outbox *outbox; /* NULL: there is no central */
	atomic_bool stop;
	int stop_fd; /* readable once stop is set */

	pthread_mutex_t lock; /* of the next three */
	pthread_cond_t looked;
	bool has_looked; /* on the disk */
	struct delivery *first, *last;

	/* the thread's own */
	struct cache cache;
	struct fetch_session *session;
	struct pace pace;
	uint32_t random;
	struct buf body; /* of the newest good document */
	char etag[CACHE_ETAG];
	const char *from;
	bool calendar;
	struct feed_past past;
	struct feed_seen seen;
	enum feed_state state;
	struct fault said;       /* the newest fault that was logged */
	int64_t older_since_ms;  /* that the source has insisted on an older feed; 0: it does not */
	char zone[LIMIT_ID + 1]; /* the centre's */
	bool has_prepared;
	int32_t prepared_day;
	int watch_fd;     /* inotify; -1: none */
	struct stat file; /* as it was last read */
};

/* worker_document.c */

/* Takes a good document that came FROM there: reads, judges, prepares and
 * delivers it, then keeps it on disk. */
enum outcome worker_document(struct worker *worker, const struct buf *body, const char *etag, const char *from);
/* The source says that what we have is right. */
void worker_confirmed(struct worker *worker);
/* It went wrong: STATE, and why. Logged once. */
void worker_failed(struct worker *worker, enum feed_state state, const struct fault *fault);
/* When a new day began: the same document again, with fresh days prepared. */
void worker_renew(struct worker *worker);
/* Delivers the last good feed that is kept there, if any. */
void worker_look_on_disk(struct worker *worker);

/* worker_run.c */
void *worker_run(void *user);
/* One attempt at the source. */
enum outcome worker_attempt(struct worker *worker, bool wait, int *retry_after_s);

/* worker.c: hands DELIVERY over, and rings. */
void worker_post(struct worker *worker, struct delivery *delivery);
