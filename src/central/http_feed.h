/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeds as they are answered: one shared answer per centre and form, and the
 * polls that wait for the next one. Any thread may publish; answers are given
 * on the daemons' threads. One mutex covers answers and waiting polls, so that
 * no change falls between a poll's look and its sleep. */
#pragma once

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct feeds;

struct feeds *feeds_new(void); /* NULL: out of memory */
/* After the daemons have stopped. */
void feeds_del(struct feeds *feeds);

/* A new version of CENTRE: whoever waits for it is answered now. The bytes are copied. ETAG is
 * the content's hash in hex. */
struct feed_bytes {
	const char *plain, *gzip, *etag;
	size_t plain_len, gzip_len;
};
CHECKED enum err feeds_publish(struct feeds *feeds, const char *centre, const struct feed_bytes *bytes);
/* The centre is gone: 404 from now on. */
void feeds_withdraw(struct feeds *feeds, const char *centre);

/* What one connection keeps between its two calls. Zeroed by the owner. */
struct feed_wait {
	struct feed_wait *prev, *next;
	struct MHD_Connection *connection;
	struct feed *feed; /* on whose list it is, or NULL */
	unsigned *waiting; /* its daemon's counter, while it waits */
	long long deadline_ms;
	bool waited;
};
/* How many may wait at once on one daemon, and how many do. */
struct feed_room {
	unsigned max, waiting;
};
/* Answers GET /feed/v1/CENTRE, or suspends the connection and answers at the next call. */
enum MHD_Result feeds_answer(struct feeds *feeds, struct MHD_Connection *connection, const char *centre,
			     struct feed_room *room, struct feed_wait *wait);
/* The connection is done with; it may still be on a list. */
void feeds_leave(struct feeds *feeds, struct feed_wait *wait);

/* How many wait now, on all daemons. */
unsigned feeds_waiting(struct feeds *feeds);

/* From now on nobody waits and every answer is 503 with Connection: close. */
void feeds_close(struct feeds *feeds);
