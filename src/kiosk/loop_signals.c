/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_signals.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

static struct {
	pthread_t thread;
	bool running;
	void (*stop)(void);
} waiter;

static void own_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGUSR1); /* from signals_end: the waiting is over */
}

void signals_block(void)
{
	sigset_t set;

	own_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN); /* a reader that goes away is seen where we write */
}

static void *wait_for_signals(void *unused)
{
	sigset_t set;
	int which;

	own_signals(&set);
	while (sigwait(&set, &which) == 0 && which != SIGUSR1)
		waiter.stop();
	return unused;
}

enum err signals_start(void (*stop)(void), struct fault *fault)
{
	waiter.stop = stop;
	if (pthread_create(&waiter.thread, NULL, wait_for_signals, NULL) != 0)
		return fault_set(fault, ERR_DEVICE, NULL, "no thread can be started");
	waiter.running = true;
	return OK;
}

void signals_end(void)
{
	if (!waiter.running)
		return;
	pthread_kill(waiter.thread, SIGUSR1);
	pthread_join(waiter.thread, NULL);
	waiter.running = false;
}
