/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/workers.h"

#include <pthread.h>

#include "base/mem.h"

struct worker {
	struct workers *all;
	pthread_t thread;
	void *own;
};

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct job *first, **last;
	size_t waiting, max, n;
	bool ending;
	struct worker v[];
};

static struct job *next_job(struct workers *workers)
{
	pthread_mutex_lock(&workers->lock);
	while (!workers->first && !workers->ending)
		pthread_cond_wait(&workers->wake, &workers->lock);
	struct job *job = workers->first;
	if (job) {
		workers->first = job->next;
		if (!workers->first)
			workers->last = &workers->first;
		workers->waiting--;
	}
	pthread_mutex_unlock(&workers->lock);
	return job;
}

static void *work(void *owner)
{
	struct worker *worker = owner;

	for (struct job *job; (job = next_job(worker->all));)
		job->run(job, worker->own);
	return NULL;
}

enum err workers_start(size_t n, void *const *own, size_t max, struct workers **out)
{
	struct workers *workers = mem_alloc(sizeof *workers + n * sizeof *workers->v);

	if (!workers)
		return ERR_MEMORY;
	pthread_mutex_init(&workers->lock, NULL);
	pthread_cond_init(&workers->wake, NULL);
	workers->last = &workers->first;
	workers->max = max;
	for (; workers->n < n; workers->n++) {
		struct worker *worker = &workers->v[workers->n];
		*worker = (struct worker){ .all = workers, .own = own[workers->n] };
		if (pthread_create(&worker->thread, NULL, work, worker)) {
			workers_end(workers);
			workers_del(workers);
			return ERR_MEMORY;
		}
	}
	*out = workers;
	return OK;
}

bool workers_do(struct workers *workers, struct job *job)
{
	pthread_mutex_lock(&workers->lock);
	bool room = workers->waiting < workers->max && !workers->ending;
	if (room) {
		job->next = NULL;
		*workers->last = job;
		workers->last = &job->next;
		workers->waiting++;
		pthread_cond_signal(&workers->wake);
	}
	pthread_mutex_unlock(&workers->lock);
	return room;
}

void workers_end(struct workers *workers)
{
	pthread_mutex_lock(&workers->lock);
	workers->ending = true;
	pthread_cond_broadcast(&workers->wake);
	pthread_mutex_unlock(&workers->lock);
	for (size_t i = 0; i < workers->n; i++)
		pthread_join(workers->v[i].thread, NULL);
}

void workers_del(struct workers *workers)
{
	pthread_cond_destroy(&workers->wake);
	pthread_mutex_destroy(&workers->lock);
	mem_free(workers);
}
