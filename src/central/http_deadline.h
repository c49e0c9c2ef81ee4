/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a whole request may take to arrive, and an answer to be fetched. libmicrohttpd's own timeout counts silent
 * seconds only: who sends one byte now and then would keep a place for ever. Whoever is too slow has his socket shut,
 * which libmicrohttpd takes for a client that left. */
#pragma once

#include <microhttpd.h>

#include "base/err.h"

struct deadlines; /* one thread, asleep until the next deadline */

/* What MHD_OPTION_NOTIFY_CONNECTION hands to deadline_notify: one for each daemon, and lives as long. */
struct deadline_door {
	struct deadlines *all;
	int idle_s; /* that a connection may wait for its next request */
};

CHECKED enum err deadlines_start(int request_s, struct deadlines **out);
/* After the daemons have stopped. NULL is fine. */
void deadlines_stop(struct deadlines *all);

void deadline_notify(void *door, struct MHD_Connection *connection, void **context,
		     enum MHD_ConnectionNotificationCode what);

/* What CONNECTION is at from now on; the daemon's own thread says so. */
enum deadline_stage {
	DEADLINE_IDLE,    /* nothing, or the first bytes of a request: idle_s and request_s */
	DEADLINE_REQUEST, /* its first line is there: request_s */
	DEADLINE_FILE,    /* it brings a file: five times as long */
	DEADLINE_ANSWER,  /* it is whole: a long poll waits, an answer is fetched; five minutes */
};
void deadline_set(struct MHD_Connection *connection, enum deadline_stage stage);
