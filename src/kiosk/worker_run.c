/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "io/clock.h"
#include "io/file.h"
#include "kiosk/worker_inside.h"

enum {
	WAIT_S = 50,
	TIMEOUT_S = 30,
	FILE_LOOK_MS = 60 * 1000, /* network file systems tell inotify nothing */
};

static bool stopped(const struct worker *worker)
{
	return atomic_load(&worker->stop);
}

/* xorshift32: jitter needs no better. */
static uint32_t random_number(struct worker *worker)
{
	uint32_t x = worker->random ? worker->random : 1;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	worker->random = x;
	return x;
}

static enum outcome on_status(struct worker *worker, const struct fetch_reply *reply)
{
	struct fault fault;

	if (reply->status == 200)
		return worker_document(worker, &reply->body, reply->etag, "central");
	if (reply->status == 304 && worker->body.len) {
		worker_confirmed(worker);
		return OUTCOME_SAME;
	}
	fault_set(&fault, ERR_NETWORK, worker->config.source.name, "the answer is HTTP status %d", reply->status);
	/* 5xx is also what a proxy says for a central that is away. */
	bool away = reply->status >= 500 || reply->status == 429;
	worker_failed(worker, away ? FEED_FAILED : FEED_REJECTED, &fault);
	return OUTCOME_BAD;
}

static enum outcome attempt_http(struct worker *worker, bool wait, int *retry_after_s)
{
	const struct worker_config *config = &worker->config;
	struct fetch_request request = {
		.url = config->source.address,
		.etag = worker->body.len ? worker->etag : NULL,
		.wait_s = wait ? WAIT_S : 0,
		.timeout_s = TIMEOUT_S,
		.max_bytes = LIMIT_FEED_BYTES,
		.user_agent = config->user_agent,
		.proxy = config->proxy,
		.ca_file = config->ca_file,
		.stop = &worker->stop,
		.stop_fd = worker->stop_fd,
		.session = worker->session,
	};
	struct fetch_reply reply;
	struct fault fault;
	enum outcome outcome;
	enum err err = fetch(&request, &reply, &fault);

	if (!err) {
		*retry_after_s = reply.retry_after_s;
		outcome = on_status(worker, &reply);
	} else {
		worker_failed(worker, err == ERR_LIMIT ? FEED_REJECTED : FEED_FAILED, &fault);
		outcome = err == ERR_NETWORK ? OUTCOME_SILENT : OUTCOME_BAD;
	}
	fetch_reply_free(&reply);
	return outcome;
}

static bool file_changed(struct worker *worker)
{
	struct stat now;

	if (stat(worker->config.source.address, &now) < 0)
		return true;
	bool same = now.st_ino == worker->file.st_ino && now.st_size == worker->file.st_size &&
		    now.st_mtim.tv_sec == worker->file.st_mtim.tv_sec &&
		    now.st_mtim.tv_nsec == worker->file.st_mtim.tv_nsec;
	worker->file = now;
	return !same;
}

static enum outcome attempt_file(struct worker *worker)
{
	struct fault fault;
	struct buf body;
	enum outcome outcome;

	buf_init(&body, LIMIT_FEED_BYTES);
	file_changed(worker);
	enum err err = file_read(worker->config.source.address, &body, &fault);
	if (err) {
		worker_failed(worker, err == ERR_LIMIT ? FEED_REJECTED : FEED_FAILED, &fault);
		outcome = OUTCOME_BAD;
	} else {
		outcome = worker_document(worker, &body, "", "file");
	}
	buf_free(&body);
	return outcome;
}

enum outcome worker_attempt(struct worker *worker, bool wait, int *retry_after_s)
{
	*retry_after_s = 0;
	return worker->config.source.is_http ? attempt_http(worker, wait, retry_after_s) : attempt_file(worker);
}

/* Sleeps until MS are over, the worker is to stop, or FD (-1: none) is readable. */
static void rest(struct worker *worker, int64_t ms, int fd)
{
	struct pollfd fds[2] = { { .fd = worker->stop_fd, .events = POLLIN }, { .fd = fd, .events = POLLIN } };
	int64_t until = clock_monotonic_ms() + ms;

	while (!stopped(worker)) {
		int64_t left = until - clock_monotonic_ms();
		if (left <= 0)
			return;
		int n = poll(fds, 2, (int)left);
		if (n > 0 || (n < 0 && errno != EINTR))
			return;
	}
}

static void run_http(struct worker *worker)
{
	struct pace_answer answer = { 0 };

	while (!stopped(worker)) {
		/* The first request after a failure is not held: that all is well again should be seen at once. */
		answer.asked_to_wait = worker->state == FEED_FRESH && !worker->calendar;
		int64_t start = clock_monotonic_ms();
		answer.outcome = worker_attempt(worker, answer.asked_to_wait, &answer.retry_after_s);
		answer.took_ms = clock_monotonic_ms() - start;
		answer.calendar = worker->calendar;
		int64_t ms = pace_rest(&worker->pace, &answer, random_number(worker));
		if (!stopped(worker))
			worker_renew(worker);
		rest(worker, ms, -1);
	}
}

/* The folder is watched, not the file: editors and file_replace put a new file in the old one's place. */
static void watch(struct worker *worker)
{
	char folder[PATH_MAX];
	const char *path = worker->config.source.address;
	const char *slash = strrchr(path, '/');

	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	worker->watch_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (worker->watch_fd < 0 ||
	    inotify_add_watch(worker->watch_fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM) < 0)
		log_line(LOG_WARNING, "feed: changes of the file are seen within a minute only: %s", strerror(errno));
}

static void drain(int fd)
{
	char events[4096];

	while (fd >= 0 && read(fd, events, sizeof events) > 0)
		;
}

static void has_looked(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	worker->has_looked = true;
	pthread_cond_signal(&worker->looked);
	pthread_mutex_unlock(&worker->lock);
}

static void run_file(struct worker *worker)
{
	int retry_after_s;

	watch(worker);
	worker_attempt(worker, false, &retry_after_s);
	if (!worker->body.len)
		worker_look_on_disk(worker);
	has_looked(worker);
	while (!stopped(worker)) {
		worker_renew(worker);
		rest(worker, FILE_LOOK_MS, worker->watch_fd);
		drain(worker->watch_fd);
		if (!stopped(worker) && file_changed(worker))
			worker_attempt(worker, false, &retry_after_s);
	}
}

void *worker_run(void *user)
{
	struct worker *worker = user;
	struct fault fault;

	if (worker->config.source.is_http) {
		worker_look_on_disk(worker);
		has_looked(worker);
		run_http(worker);
	} else {
		run_file(worker);
	}
	if (worker->state == FEED_FRESH && cache_confirm(&worker->cache, worker->seen.utc_ms, true, &fault))
		log_fault(LOG_WARNING, "the feed's time is not kept", &fault);
	return NULL;
}
