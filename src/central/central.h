/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process that serves: its settings and what its threads share. Made in
 * cmd_serve.c, outlives every request. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "central/db.h"
#include "central/settings_central.h"

struct assets;
struct feeds;
struct jobs;
struct publisher;

struct central {
	const struct settings *settings;
	const char *database;      /* "sqlite:FILE" */
	const char *public_url;    /* "https://host[:port]" without a closing slash */
	bool secure;               /* public-url is https */
	const char *trusted_proxy; /* "" or an address: only from there is X-Forwarded-For believed */
	const char *lang;          /* when nobody asks for a language that Oppslag speaks */
	struct assets *assets;
	struct publisher *publisher; /* NULL: nobody listens to commits (command line, tests) */
	struct feeds *feeds;         /* NULL likewise */
	struct jobs *jobs;           /* NULL likewise */
	atomic_bool proxy_is_told;   /* that there seems to be one that is not named: said once */
	atomic_bool stopping;        /* fetches and long work give up when it becomes true */
};

/* How many polls wait for a change now; 0 for NULL. */
unsigned feeds_waiting(struct feeds *feeds);
/* The name of the cookie that holds a session's token. */
const char *session_cookie_name(const struct central *central);
/* A connection for one more thread, with the publisher listening to its commits. */
CHECKED enum err central_connect(struct central *central, struct db **out, struct fault *fault);
