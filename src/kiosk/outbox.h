/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call-backs on their way to the central: kept on disk first, sent by a thread of their own (a held long poll or a
 * slow central delays nobody), tried again for 72 hours, erased once they are acknowledged. At most LIMIT_OUTBOX
 * wait. Killed at any moment, what was kept is delivered exactly once: its key goes with it each time. */
#pragma once

#include "kiosk/letter.h"

struct outbox_config {
	const char *folder;  /* NULL: keep nothing; sent within seconds, or lost */
	const char *address; /* of the central's /callbacks/v1 */
	const char *proxy, *ca_file, *user_agent;
};

/* NAME, name in the log of events, what the visitor is told */
#define OUTBOX_ENDS(X)                       \
	X(KEPT, "kept", CALLBACK_KEPT)       \
	X(SENT, "sent", CALLBACK_SENT)       \
	X(REFUSED, "refused", CALLBACK_LOST) \
	X(UNSENT, "unsent", CALLBACK_LOST)   \
	X(EXPIRED, "expired", CALLBACK_LOST)
enum outbox_end {
#define X(name, s, state) OUTBOX_##name,
	OUTBOX_ENDS(X)
#undef X
};

/* What became of a call-back. */
struct outbox_news {
	enum outbox_end end;
	unsigned serial;       /* of the request; 0: it is from before the program began */
	struct civil promised; /* SENT: by when the centre calls */
};
const char *outbox_end_name(enum outbox_end end);
/* False for a name that is none. */
bool outbox_end_parse(const char *name, enum outbox_end *out);
enum callback_state outbox_end_state(enum outbox_end end);

struct outbox;
/* Its strings must stay. TELL is called on the outbox's thread. ERR_MEMORY, ERR_DEVICE. */
CHECKED enum err outbox_start(const struct outbox_config *config,
			      void (*tell)(void *context, const struct outbox_news *news), void *context,
			      struct outbox **out, struct fault *fault);
/* Hands LETTER over, at once; what becomes of it is told. ERR_MEMORY. */
CHECKED enum err outbox_put(struct outbox *outbox, const struct letter *letter, unsigned serial);
/* Ends it, whatever it waits for. What is kept stays for the next time. NULL: nothing. */
void outbox_stop(struct outbox *outbox);
