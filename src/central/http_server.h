/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sockets of the central: one for browsers (and screens), one for screens
 * alone, each an epoll thread, and the workers behind them. */
#pragma once

#include "base/err.h"
#include "central/central.h"
#include "central/http_feed.h"
#include "central/http_listen.h"

struct http;

/* Takes the sockets that LISTENERS have, browsers' first, and closes them at the end. FEEDS has its first feeds
 * already. */
CHECKED enum err http_start(struct central *central, struct feeds *feeds, const struct listener listeners[2],
			    struct http **out, struct fault *fault);
/* Lets nobody in, answers who is there, ends the threads. Under 2 s. */
void http_stop(struct http *http);
