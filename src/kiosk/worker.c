/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/worker.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "kiosk/worker_inside.h"

void delivery_del(struct delivery *delivery)
{
	if (!delivery)
		return;
	buf_free(&delivery->document);
	mem_free(delivery);
}

void worker_post(struct worker *worker, struct delivery *delivery)
{
	pthread_mutex_lock(&worker->lock);
	if (worker->last)
		worker->last->next = delivery;
	else
		worker->first = delivery;
	worker->last = delivery;
	pthread_mutex_unlock(&worker->lock);
	if (worker->config.ring)
		worker->config.ring(worker->config.context);
}

struct delivery *worker_take(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	struct delivery *delivery = worker->first;
	if (delivery) {
		worker->first = delivery->next;
		if (!worker->first)
			worker->last = NULL;
		delivery->next = NULL;
	}
	pthread_mutex_unlock(&worker->lock);
	return delivery;
}

void worker_await_disk(struct worker *worker, int ms)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	int64_t ns = until.tv_nsec + (int64_t)ms * 1000000;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&worker->lock);
	int waited = 0;
	while (!worker->has_looked && waited == 0)
		waited = pthread_cond_timedwait(&worker->looked, &worker->lock, &until);
	pthread_mutex_unlock(&worker->lock);
}

static void open_cache(struct worker *worker)
{
	struct fault fault;

	if (worker->config.cache_dir &&
	    cache_init(&worker->cache, worker->config.cache_dir, worker->config.source.address, &fault))
		log_fault(LOG_WARNING, "the last good feed is not kept", &fault);
}

static enum err init(struct worker *worker, const struct worker_config *config, struct fault *fault)
{
	worker->config = *config;
	worker->watch_fd = worker->stop_fd = -1;
	worker->from = "";
	pthread_mutex_init(&worker->lock, NULL);
	pthread_cond_init(&worker->looked, NULL);
	buf_init(&worker->body, LIMIT_FEED_BYTES);
	if (getrandom(&worker->random, sizeof worker->random, 0) != sizeof worker->random)
		worker->random = (uint32_t)getpid();
	worker->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (worker->stop_fd < 0)
		return fault_set(fault, ERR_DEVICE, "eventfd", "%s", strerror(errno));
	worker->session = fetch_session_new();
	if (!worker->session)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	open_cache(worker);
	return OK;
}

static void del(struct worker *worker)
{
	struct delivery *delivery;

	outbox_stop(worker->outbox);
	while ((delivery = worker_take(worker)) != NULL) {
		kiosk_feed_del(delivery->feed);
		delivery_del(delivery);
	}
	fetch_session_del(worker->session);
	if (worker->watch_fd >= 0)
		close(worker->watch_fd);
	if (worker->stop_fd >= 0)
		close(worker->stop_fd);
	buf_free(&worker->body);
	pthread_cond_destroy(&worker->looked);
	pthread_mutex_destroy(&worker->lock);
	mem_free(worker);
}

/* On the outbox's thread. */
static void tell_callback(void *context, const struct outbox_news *news)
{
	struct worker *worker = context;
	struct delivery *delivery = mem_alloc(sizeof *delivery);

	if (!delivery) {
		log_line(LOG_WARNING, "call-backs: %s, which the screen is not told", outbox_end_name(news->end));
		return;
	}
	delivery->of_callback = true;
	delivery->callback = *news;
	worker_post(worker, delivery);
}

static enum err start_outbox(struct worker *worker, struct fault *fault)
{
	const struct worker_config *config = &worker->config;
	const struct outbox_config outbox = { .folder = config->outbox_dir,
					      .address = config->callbacks,
					      .proxy = config->proxy,
					      .ca_file = config->ca_file,
					      .user_agent = config->user_agent };

	if (!config->callbacks || !*config->callbacks)
		return OK;
	return outbox_start(&outbox, tell_callback, worker, &worker->outbox, fault);
}

enum err worker_call_back(struct worker *worker, const struct letter *letter, unsigned serial)
{
	return worker->outbox ? outbox_put(worker->outbox, letter, serial) : ERR_UNSUPPORTED;
}

enum err worker_start(const struct worker_config *config, bool keep_documents, struct worker **out, struct fault *fault)
{
	struct worker *worker = mem_alloc(sizeof *worker);

	if (!worker)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	worker->keep_documents = keep_documents;
	enum err err = init(worker, config, fault);
	if (!err)
		err = start_outbox(worker, fault);
	if (!err && pthread_create(&worker->thread, NULL, worker_run, worker) != 0)
		err = fault_set(fault, ERR_DEVICE, NULL, "no thread can be started");
	if (err) {
		del(worker);
		return err;
	}
	*out = worker;
	return OK;
}

void worker_stop(struct worker *worker)
{
	uint64_t one = 1;

	if (!worker)
		return;
	atomic_store(&worker->stop, true);
	if (write(worker->stop_fd, &one, sizeof one) < 0)
		log_line(LOG_WARNING, "the worker is not woken: %s", strerror(errno));
	pthread_join(worker->thread, NULL);
	del(worker);
}

/* What came first: the newest feed of those delivered, which the attempt made on this thread. */
static struct kiosk_feed *newest_feed(struct worker *worker)
{
	struct kiosk_feed *feed = NULL;
	struct delivery *delivery;

	while ((delivery = worker_take(worker)) != NULL) {
		if (delivery->feed) {
			kiosk_feed_del(feed);
			feed = delivery->feed;
		}
		delivery_del(delivery);
	}
	return feed;
}

enum err worker_once(const struct worker_config *config, struct kiosk_feed **out, struct fault *fault)
{
	struct worker *worker = mem_alloc(sizeof *worker);
	int retry_after_s;

	if (!worker)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	enum err err = init(worker, config, fault);
	worker->quiet = true;
	if (!err) {
		if (config->source.is_http)
			worker_look_on_disk(worker);
		worker_attempt(worker, false, &retry_after_s);
		*out = newest_feed(worker);
		if (*out && worker->said.err) {
			log_fault(LOG_WARNING, "feed: the last good one instead", &worker->said);
		} else if (!*out) {
			*fault = worker->said;
			err = fault->err == ERR_NOT_FOUND ? ERR_FILE : fault->err ? fault->err : ERR_MEMORY;
		}
	}
	del(worker);
	return err;
}
