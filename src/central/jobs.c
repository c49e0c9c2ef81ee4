/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/jobs.h"

#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "central/retention.h"
#include "central/session.h"
#include "central/store_callbacks.h"
#include "central/store_seal.h"
#include "io/clock.h"

static const struct job_row {
	int every;
	const char *what;
	job_run *run;
} rows[] = {
#define X(every, what, run) { every, what, run },
	JOBS(X)
#undef X
};
enum { ROWS = sizeof rows / sizeof *rows, FIRST_S = 2 };

struct jobs {
	struct central *central;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ending;
	int64_t next[ROWS]; /* under the lock; 0: at once */
};

/* With the lock held; a job runs without it. */
static void run_due(struct jobs *jobs, int64_t now)
{
	for (size_t i = 0; i < ROWS && !jobs->ending; i++) {
		if (jobs->next[i] > now)
			continue;
		jobs->next[i] = now + rows[i].every;
		pthread_mutex_unlock(&jobs->lock);
		enum err err = rows[i].run(jobs->central, jobs->db, now);
		if (err)
			log_line(LOG_WARNING, "%s: %s", rows[i].what, err_cause(err));
		pthread_mutex_lock(&jobs->lock);
	}
}

static int64_t soonest(const struct jobs *jobs)
{
	int64_t next = jobs->next[0];

	for (size_t i = 1; i < ROWS; i++)
		if (jobs->next[i] < next)
			next = jobs->next[i];
	return next;
}

static void *run(void *owner)
{
	struct jobs *jobs = owner;

	pthread_mutex_lock(&jobs->lock);
	while (!jobs->ending) {
		/* By the wall clock: what is due at a certain time is due then, also after the machine slept. */
		struct timespec until = { .tv_sec = (time_t)soonest(jobs) };
		if (until.tv_sec > clock_utc())
			pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until);
		run_due(jobs, clock_utc());
	}
	pthread_mutex_unlock(&jobs->lock);
	return NULL;
}

enum err jobs_start(struct central *central, struct jobs **out, struct fault *fault)
{
	struct jobs *jobs = mem_alloc(sizeof *jobs);

	if (!jobs)
		return fault_set(fault, ERR_MEMORY, "jobs", "out of memory");
	jobs->central = central;
	for (size_t i = 0; i < ROWS; i++)
		jobs->next[i] = clock_utc() + FIRST_S;
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->wake, NULL);
	enum err err = central_connect(central, &jobs->db, fault);
	if (!err && pthread_create(&jobs->thread, NULL, run, jobs))
		err = fault_set(fault, ERR_MEMORY, "jobs", "their thread does not start");
	if (err) {
		db_close(jobs->db);
		mem_free(jobs);
		return err;
	}
	*out = jobs;
	return OK;
}

void jobs_hurry(struct jobs *jobs, job_run *what)
{
	if (!jobs)
		return;
	pthread_mutex_lock(&jobs->lock);
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].run == what)
			jobs->next[i] = 0;
	pthread_cond_signal(&jobs->wake);
	pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->ending = true;
	pthread_cond_signal(&jobs->wake);
	pthread_mutex_unlock(&jobs->lock);
	pthread_join(jobs->thread, NULL);
	db_close(jobs->db);
	pthread_cond_destroy(&jobs->wake);
	pthread_mutex_destroy(&jobs->lock);
	mem_free(jobs);
}

enum err job_expire_signups(struct central *central, struct db *db, int64_t now)
{
	int64_t n = 0;
	enum err err = retention_run(db, now, &n);

	(void)central;
	if (n > 0)
		log_line(LOG_INFO, "%lld sign-ups past their day were deleted", (long long)n);
	return err;
}

enum err job_expire_notices(struct central *central, struct db *db, int64_t now)
{
	int64_t n = 0;
	enum err err = retention_notices(db, now, &n);

	(void)central;
	if (n > 0)
		log_line(LOG_INFO, "%lld notices past their month were deleted", (long long)n);
	return err;
}

enum err job_expire_callbacks(struct central *central, struct db *db, int64_t now)
{
	int64_t n = 0, missed = 0;
	enum err err = store_callbacks_expire(db, now, &n, &missed);

	(void)central;
	if (n > 0)
		log_line(LOG_INFO, "%lld call-backs past their time were deleted", (long long)n);
	if (missed > 0)
		log_line(LOG_WARNING, "%lld of them had not been called", (long long)missed);
	return err;
}

enum err job_renew_seal_key(struct central *central, struct db *db, int64_t now)
{
	bool renewed;
	enum err err = store_seal_renew(db, now, &renewed);

	(void)central;
	if (renewed)
		log_line(LOG_INFO, "call-backs have a new key");
	return err;
}

enum err job_scrub(struct central *central, struct db *db, int64_t now)
{
	(void)central, (void)now;
	return db_scrub(db);
}

enum err job_sweep_sessions(struct central *central, struct db *db, int64_t now)
{
	(void)central;
	return session_sweep(db, now);
}
