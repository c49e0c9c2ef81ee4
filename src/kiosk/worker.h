/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that owns network and disk. It brings the last good feed from the
 * disk first, then keeps looking for a newer one, reads, judges and prepares
 * it, and hands it over whole. Only deliveries cross to the drawing thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "kiosk/feedstate.h"
#include "kiosk/outbox.h"
#include "kiosk/worker_source.h"

struct worker_config {
	struct source source;
	const char *cache_dir;  /* NULL: keep nothing */
	const char *callbacks;  /* where call-backs go; NULL or "": nowhere */
	const char *outbox_dir; /* where they are kept until then; NULL: nowhere */
	const char *zone, *lang, *proxy, *ca_file, *user_agent;
	/* Called on the worker's thread after each delivery: worker_take has something. */
	void (*ring)(void *context);
	void *context;
};

struct delivery {
	struct kiosk_feed *feed; /* NULL: only news of how it went. The taker owns it. */
	const char *from;        /* of feed: "disk", "central", "calendar" or "file" */
	enum feed_state state;
	struct feed_seen seen; /* of the newest good feed */
	struct fault fault;    /* why, when state is FAILED or REJECTED */
	struct buf document;   /* feed's bytes, when worker_keep_documents; delivery_del frees */
	bool of_callback;      /* it says what became of a call-back, and nothing else */
	struct outbox_news callback;
	struct delivery *next;
};

struct worker;
/* CONFIG is copied, its strings must stay. ERR_MEMORY, ERR_DEVICE. */
CHECKED enum err worker_start(const struct worker_config *config, bool keep_documents, struct worker **out,
			      struct fault *fault);
/* Hands a call-back over for the central; what becomes of it is delivered. ERR_MEMORY, ERR_UNSUPPORTED: there is none.
 */
CHECKED enum err worker_call_back(struct worker *worker, const struct letter *letter, unsigned serial);
/* The oldest delivery, or NULL. */
struct delivery *worker_take(struct worker *worker);
/* Waits until the worker has looked on the disk, at most MS: the first picture should not be an empty one. */
void worker_await_disk(struct worker *worker, int ms);
/* Ends it at once, whatever it waits for, and gives back all that was not taken. */
void worker_stop(struct worker *worker);
void delivery_del(struct delivery *delivery);

/* One look at the source and nothing else, on the caller's thread: for pictures. The cache is the second choice. */
CHECKED enum err worker_once(const struct worker_config *config, struct kiosk_feed **out, struct fault *fault);
