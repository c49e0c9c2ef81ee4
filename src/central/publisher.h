/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns what is stored into what is served: one thread that hears of each commit,
 * writes the centre's feed anew and hands it to the waiting polls. It also looks every
 * 2 s for what another process changed, and makes the version that time alone brings about. */
#pragma once

#include "base/err.h"
#include "central/central.h"
#include "central/http_feed.h"

/* All feeds are there when it returns. */
CHECKED enum err publisher_start(struct central *central, struct feeds *feeds, struct publisher **out,
				 struct fault *fault);
/* CENTRE has changed; safe from any thread. OWNER is the publisher. */
void publisher_changed(void *owner, const char *centre);
void publisher_stop(struct publisher *publisher);

/* One centre's feed as it is served, checked by the feed's own reader. NULL signup_host becomes that of public_url
 * where that is a host that screens may show. TICK as in store_feed. */
CHECKED enum err feed_build(struct db *db, const char *public_url, const char *centre, int64_t now, struct buf *out,
			    int64_t *version, int64_t *tick, struct fault *fault);
