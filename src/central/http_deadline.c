/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_deadline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "io/clock.h"

enum { FILE_TIMES = 5, ANSWER_S = 300, SLEEP_MAX_MS = 60 * 1000 };

struct deadline {
	struct deadline_door *door;
	struct deadline *prev, *next;
	int64_t at_ms;
	int fd; /* open as long as this is on the list: libmicrohttpd closes it after it has told us */
};

struct deadlines {
	int request_s;
	pthread_mutex_t lock;
	pthread_cond_t wake; /* something is due sooner, or the end */
	pthread_t thread;
	struct deadline *first;
	int64_t soonest_ms;
	bool ending;
};

/* ---- the thread --------------------------------------------------------- */

/* Lock held. */
static void sweep(struct deadlines *all, int64_t now_ms)
{
	unsigned late = 0;

	all->soonest_ms = INT64_MAX;
	for (struct deadline *d = all->first; d; d = d->next) {
		if (d->at_ms <= now_ms) {
			shutdown(d->fd, SHUT_RDWR);
			d->at_ms = INT64_MAX;
			late++;
		}
		if (d->at_ms < all->soonest_ms)
			all->soonest_ms = d->at_ms;
	}
	if (late)
		log_line(LOG_DEBUG, "http: %u clients took too long and were let go", late);
}

static void sleep_until(struct deadlines *all, int64_t now_ms)
{
	int64_t left = all->soonest_ms - now_ms;
	struct timespec at;

	if (all->soonest_ms == INT64_MAX) {
		pthread_cond_wait(&all->wake, &all->lock);
		return;
	}
	/* The condition's clock stands still while the machine sleeps, ours does not. */
	left = left > SLEEP_MAX_MS ? SLEEP_MAX_MS : left;
	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += left % 1000 * 1000000L;
	at.tv_sec += left / 1000 + at.tv_nsec / 1000000000L;
	at.tv_nsec %= 1000000000L;
	pthread_cond_timedwait(&all->wake, &all->lock, &at);
}

static void *run(void *owner)
{
	struct deadlines *all = owner;

	pthread_mutex_lock(&all->lock);
	while (!all->ending) {
		int64_t now_ms = clock_monotonic_ms();
		if (all->soonest_ms <= now_ms)
			sweep(all, now_ms);
		else
			sleep_until(all, now_ms);
	}
	pthread_mutex_unlock(&all->lock);
	return NULL;
}

enum err deadlines_start(int request_s, struct deadlines **out)
{
	struct deadlines *all = mem_alloc(sizeof *all);
	pthread_condattr_t attributes;

	if (!all)
		return ERR_MEMORY;
	*all = (struct deadlines){ .request_s = request_s, .soonest_ms = INT64_MAX };
	pthread_mutex_init(&all->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&all->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&all->thread, NULL, run, all)) {
		pthread_cond_destroy(&all->wake);
		pthread_mutex_destroy(&all->lock);
		mem_free(all);
		return ERR_MEMORY;
	}
	*out = all;
	return OK;
}

void deadlines_stop(struct deadlines *all)
{
	if (!all)
		return;
	pthread_mutex_lock(&all->lock);
	all->ending = true;
	pthread_cond_signal(&all->wake);
	pthread_mutex_unlock(&all->lock);
	pthread_join(all->thread, NULL);
	pthread_cond_destroy(&all->wake);
	pthread_mutex_destroy(&all->lock);
	mem_free(all);
}

/* ---- connections -------------------------------------------------------- */

static int64_t seconds_for(const struct deadline *d, enum deadline_stage stage)
{
	const int64_t request_s = d->door->all->request_s;

	switch (stage) {
	case DEADLINE_IDLE:
		return d->door->idle_s + request_s;
	case DEADLINE_REQUEST:
		return request_s;
	case DEADLINE_FILE:
		return request_s * FILE_TIMES;
	default:
		return ANSWER_S;
	}
}

/* Lock held. */
static void set(struct deadline *d, enum deadline_stage stage)
{
	struct deadlines *all = d->door->all;

	d->at_ms = clock_monotonic_ms() + seconds_for(d, stage) * 1000;
	if (d->at_ms >= all->soonest_ms)
		return;
	all->soonest_ms = d->at_ms;
	pthread_cond_signal(&all->wake);
}

static struct deadline *add(struct deadline_door *door, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct deadline *d = info ? mem_alloc(sizeof *d) : NULL;
	struct deadlines *all = door->all;

	if (!d)
		return NULL; /* this one has libmicrohttpd's timeout alone */
	*d = (struct deadline){ .door = door, .fd = info->connect_fd };
	pthread_mutex_lock(&all->lock);
	d->next = all->first;
	if (d->next)
		d->next->prev = d;
	all->first = d;
	set(d, DEADLINE_IDLE);
	pthread_mutex_unlock(&all->lock);
	return d;
}

static void drop(struct deadline *d)
{
	struct deadlines *all = d->door->all;

	pthread_mutex_lock(&all->lock);
	if (d->prev)
		d->prev->next = d->next;
	else
		all->first = d->next;
	if (d->next)
		d->next->prev = d->prev;
	pthread_mutex_unlock(&all->lock);
	mem_free(d);
}

void deadline_notify(void *door, struct MHD_Connection *connection, void **context,
		     enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = add(door, connection);
	} else if (*context) {
		drop(*context);
		*context = NULL;
	}
}

void deadline_set(struct MHD_Connection *connection, enum deadline_stage stage)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct deadline *d = info ? info->socket_context : NULL;

	if (!d)
		return;
	pthread_mutex_lock(&d->door->all->lock);
	set(d, stage);
	pthread_mutex_unlock(&d->door->all->lock);
}
