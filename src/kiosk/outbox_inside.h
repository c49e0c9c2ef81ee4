/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the outbox's files share. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "io/fetch.h"
#include "kiosk/outbox.h"
#include "kiosk/worker_pace.h"

/* A call-back that waits. */
struct waiting {
	char key[SEAL_RANDOM_HEX + 1];
	int64_t sealed_ms;      /* UTC */
	int64_t since_ms;       /* monotonic: when it was sealed, as far as that is known */
	unsigned serial;        /* 0: nobody is here for it */
	int tries;              /* that came to an end */
	bool told;              /* that it is kept */
	struct letter *in_hand; /* the disk did not take it; NULL: on disk */
};

/* Handed over, and not yet looked at. */
struct posted {
	struct posted *next;
	unsigned serial;
	struct letter letter;
};

struct outbox {
	struct outbox_config config;
	void (*tell)(void *context, const struct outbox_news *news);
	void *context;
	pthread_t thread;
	int wake_fd;           /* readable while interrupt is set */
	atomic_bool interrupt; /* something was handed over, or it is to stop: give up what is being sent */

	pthread_mutex_t lock; /* of the next two */
	bool stop;
	struct posted *posted; /* newest first */

	/* the thread's own */
	struct fetch_session *session;
	struct pace pace;
	uint32_t random;
	int64_t next_ms; /* no attempt before */
	int64_t held_ms; /* nor, even for a new one: the central asked for a pause (Retry-After) */
	size_t n;
	struct waiting waiting[LIMIT_OUTBOX];
	struct fault said; /* the newest fault that was logged */
	unsigned lost;     /* erased without having been sent, since the program began */
};

/* ---- outbox_send.c */
enum sending { SENDING_DONE, SENDING_REFUSED, SENDING_LATER, SENDING_INTERRUPTED };
struct sending_answer {
	enum outcome outcome; /* for the pace */
	int retry_after_s;
	struct civil promised;
	struct fault fault; /* why not */
};
/* One POST of LETTER, at most TIMEOUT_S. */
enum sending outbox_send(struct outbox *outbox, const struct letter *letter, int timeout_s,
			 struct sending_answer *answer);
