/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the central does by itself, on one thread with its own connection: one
 * row in JOBS each, with its period in seconds. A job looks in the database for
 * what is due, so that a restart loses nothing; it returns soon when
 * central->stopping becomes true. */
#pragma once

#include <stdint.h>

#include "central/central.h"

/* every, in words, function */
#define JOBS(X)                                                           \
	X(3600, "delete sign-ups past their day", job_expire_signups)     \
	X(3600, "delete notices past their month", job_expire_notices)    \
	X(600, "delete call-backs past their time", job_expire_callbacks) \
	X(3600, "renew the key of call-backs", job_renew_seal_key)        \
	X(600, "delete sessions that are over", job_sweep_sessions)       \
	X(60, "fetch calendars that are due", job_fetch_calendars)        \
	X(60, "scrub what was deleted from the disk", job_scrub)

typedef enum err job_run(struct central *central, struct db *db, int64_t now);
#define X(every, what, run) job_run run;
JOBS(X)
#undef X

struct jobs;
CHECKED enum err jobs_start(struct central *central, struct jobs **out, struct fault *fault);
/* Runs WHAT now and not at its next time, e.g. job_scrub when somebody asked to be forgotten. Safe from any thread;
 * NULL: there are none. */
void jobs_hurry(struct jobs *jobs, job_run *what);
void jobs_stop(struct jobs *jobs);
