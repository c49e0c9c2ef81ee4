/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/outbox.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "io/clock.h"
#include "io/file.h"
#include "kiosk/outbox_inside.h"

enum {
	FIRST_TRY_S = 3, /* somebody looks at "one moment" */
	TRY_S = 15,
	IN_HAND_MS = 6 * 1000, /* how long it is tried without a disk, while the visitor waits */
	AHEAD_MS = 3600 * 1000,
};
#define BEHIND_MS (INT64_C(365) * 24 * 3600 * 1000)

static const struct {
	const char *name;
	enum callback_state state;
} ends[] = {
#define X(end, name, state) { name, state },
	OUTBOX_ENDS(X)
#undef X
};

const char *outbox_end_name(enum outbox_end end)
{
	return ends[end].name;
}

bool outbox_end_parse(const char *name, enum outbox_end *out)
{
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		if (strcmp(ends[i].name, name) != 0)
			continue;
		*out = (enum outbox_end)i;
		return true;
	}
	return false;
}

enum callback_state outbox_end_state(enum outbox_end end)
{
	return ends[end].state;
}

static void tell(struct outbox *outbox, unsigned serial, enum outbox_end end, struct civil promised)
{
	const struct outbox_news news = { .end = end, .serial = serial, .promised = promised };

	outbox->tell(outbox->context, &news);
}

static bool stopped(struct outbox *outbox)
{
	pthread_mutex_lock(&outbox->lock);
	bool stop = outbox->stop;
	pthread_mutex_unlock(&outbox->lock);
	return stop;
}

/* ---- those that wait */

static struct waiting *add(struct outbox *outbox, const char *key, int64_t sealed_ms, unsigned serial)
{
	if (outbox->n == LIMIT_OUTBOX)
		return NULL;
	struct waiting *waiting = &outbox->waiting[outbox->n++];
	*waiting = (struct waiting){ .sealed_ms = sealed_ms, .since_ms = clock_monotonic_ms(), .serial = serial };
	memcpy(waiting->key, key, sizeof waiting->key);
	return waiting;
}

static void drop(struct outbox *outbox, struct waiting *waiting)
{
	if (waiting->in_hand)
		mem_free(waiting->in_hand);
	else if (!letter_erase(outbox->config.folder, waiting->key))
		/* Sent again after the next start, and known there by its key. */
		log_line(LOG_WARNING, "call-backs: one that is done with cannot be erased: %s", strerror(errno));
	*waiting = outbox->waiting[--outbox->n];
}

/* How old an earlier run's is only the wall clock tells. From here on the monotonic one counts: a machine that had the
 * date wrong without network sets it right just when the network is back. */
static int64_t sealed_since(int64_t sealed_ms)
{
	int64_t age_ms = clock_utc_ms() - sealed_ms;

	return clock_monotonic_ms() - (age_ms > 0 ? age_ms : 0);
}

/* Sealed tomorrow or a year ago: a machine without a battery clock had the date wrong, then or now. Such a letter is as
 * old as this run, and has that on disk: neither is what was promised lost at once, nor does it begin anew at each
 * start. */
static void set_right(struct outbox *outbox, struct letter *letter)
{
	int64_t now_ms = clock_utc_ms(), age_ms = now_ms - letter->sealed_ms;
	struct fault fault;

	if (age_ms >= -AHEAD_MS && age_ms < BEHIND_MS)
		return;
	letter->sealed_ms = now_ms;
	if (letter_store(outbox->config.folder, letter, &fault))
		log_fault(LOG_WARNING, "call-backs: one with a wrong date keeps it", &fault);
}

/* It is not sent, and never will be. */
static void give_up(struct outbox *outbox, struct waiting *waiting, enum outbox_end end)
{
	unsigned serial = waiting->serial;

	drop(outbox, waiting);
	outbox->lost++;
	log_line(LOG_WARNING, "call-backs: one is erased without having been sent (%s), %u since the start",
		 outbox_end_name(end), outbox->lost);
	tell(outbox, serial, end, (struct civil){ 0 });
}

static void found(void *context, const char *key)
{
	struct outbox *outbox = context;
	struct letter letter;
	struct fault fault;
	enum err err = letter_load(outbox->config.folder, key, &letter, &fault);

	if (!err)
		set_right(outbox, &letter);
	struct waiting *waiting = err ? NULL : add(outbox, key, letter.sealed_ms, 0);
	if (waiting)
		waiting->since_ms = sealed_since(letter.sealed_ms);
	else if (!err)
		err = fault_set(&fault, ERR_LIMIT, outbox->config.folder, "more than %d", LIMIT_OUTBOX);
	if (!err)
		return;
	log_fault(LOG_WARNING, "call-backs", &fault);
	if (err == ERR_SYNTAX)
		letter_erase(outbox->config.folder, key);
}

static void take_one(struct outbox *outbox, const struct posted *posted)
{
	const struct letter *letter = &posted->letter;
	struct waiting *waiting = add(outbox, letter->key, letter->sealed_ms, posted->serial);
	struct fault fault;
	enum err err = ERR_FILE;

	if (!waiting) {
		outbox->lost++;
		log_line(LOG_WARNING, "call-backs: %d wait already, no more are taken", LIMIT_OUTBOX);
		tell(outbox, posted->serial, OUTBOX_UNSENT, (struct civil){ 0 });
		return;
	}
	if (outbox->config.folder) {
		err = letter_store(outbox->config.folder, letter, &fault);
		if (err)
			log_fault(LOG_WARNING, "call-backs: sent without having been kept", &fault);
	}
	if (!err)
		return;
	waiting->in_hand = mem_alloc(sizeof *letter);
	if (waiting->in_hand) {
		*waiting->in_hand = *letter;
		return;
	}
	outbox->n--;
	tell(outbox, posted->serial, OUTBOX_UNSENT, (struct civil){ 0 });
}

/* Puts what was handed over on disk, oldest first, and lets sending go on. */
static void take_posted(struct outbox *outbox)
{
	struct posted *posted, *oldest = NULL;
	uint64_t count;

	pthread_mutex_lock(&outbox->lock);
	posted = outbox->posted;
	outbox->posted = NULL;
	if (!outbox->stop) {
		atomic_store(&outbox->interrupt, false);
		while (read(outbox->wake_fd, &count, sizeof count) > 0)
			;
	}
	pthread_mutex_unlock(&outbox->lock);
	if (posted)
		outbox->next_ms = outbox->held_ms;
	while (posted) {
		struct posted *next = posted->next;
		posted->next = oldest;
		oldest = posted;
		posted = next;
	}
	while (oldest) {
		struct posted *next = oldest->next;
		take_one(outbox, oldest);
		mem_free(oldest);
		oldest = next;
	}
}

static bool is_expired(const struct waiting *waiting, int64_t now_ms)
{
	return now_ms - waiting->since_ms >= (waiting->in_hand ? IN_HAND_MS : LIMIT_OUTBOX_MS);
}

static void expire(struct outbox *outbox)
{
	int64_t now_ms = clock_monotonic_ms();

	for (size_t i = outbox->n; i-- > 0;)
		if (is_expired(&outbox->waiting[i], now_ms))
			give_up(outbox, &outbox->waiting[i],
				outbox->waiting[i].in_hand ? OUTBOX_UNSENT : OUTBOX_EXPIRED);
}

/* ---- sending */

/* Whoever was tried least; of those, somebody who stands there, the last to come first; else the oldest. */
static struct waiting *next_of(struct outbox *outbox)
{
	struct waiting *best = outbox->n ? &outbox->waiting[0] : NULL;

	for (size_t i = 1; i < outbox->n; i++) {
		struct waiting *other = &outbox->waiting[i];
		if (other->tries != best->tries)
			best = other->tries < best->tries ? other : best;
		else if (other->serial != best->serial)
			best = other->serial > best->serial ? other : best;
		else if (other->sealed_ms < best->sealed_ms)
			best = other;
	}
	return best;
}

static void say_once(struct outbox *outbox, const struct fault *fault)
{
	if (strcmp(outbox->said.text, fault->text) != 0)
		log_fault(LOG_WARNING, "call-backs: not sent yet", fault);
	outbox->said = *fault;
}

static void later(struct outbox *outbox, struct waiting *waiting, const struct sending_answer *answer)
{
	const struct pace_answer pace = { .outcome = answer->outcome, .retry_after_s = answer->retry_after_s };
	int64_t now_ms = clock_monotonic_ms();

	waiting->tries++;
	outbox->random = outbox->random * 1664525u + 1013904223u;
	outbox->next_ms = now_ms + pace_rest(&outbox->pace, &pace, outbox->random >> 8);
	outbox->held_ms = answer->retry_after_s > 0 ? outbox->next_ms : now_ms;
	say_once(outbox, &answer->fault);
}

static void say_kept(struct outbox *outbox, struct waiting *waiting)
{
	if (waiting->told || waiting->in_hand || waiting->serial == 0)
		return;
	waiting->told = true;
	tell(outbox, waiting->serial, OUTBOX_KEPT, (struct civil){ 0 });
}

/* What cannot be read just now is read later; what is none any more is given up. */
static bool load(struct outbox *outbox, struct waiting *waiting, struct letter *out)
{
	struct sending_answer answer = { .outcome = OUTCOME_BAD };
	enum err err = letter_load(outbox->config.folder, waiting->key, out, &answer.fault);

	if (err == ERR_SYNTAX || err == ERR_NOT_FOUND) {
		log_fault(LOG_WARNING, "call-backs", &answer.fault);
		give_up(outbox, waiting, OUTBOX_UNSENT);
	} else if (err) {
		later(outbox, waiting, &answer);
		say_kept(outbox, waiting);
	}
	return !err;
}

static void attempt(struct outbox *outbox, struct waiting *waiting)
{
	struct sending_answer answer;
	struct letter letter;
	unsigned serial = waiting->serial;

	if (waiting->in_hand)
		letter = *waiting->in_hand;
	else if (!load(outbox, waiting, &letter))
		return;
	bool first = serial != 0 && waiting->tries == 0;
	switch (outbox_send(outbox, &letter, first ? FIRST_TRY_S : TRY_S, &answer)) {
	case SENDING_DONE:
		outbox->pace.failures = 0;
		outbox->said = (struct fault){ 0 };
		drop(outbox, waiting);
		tell(outbox, serial, OUTBOX_SENT, answer.promised);
		break;
	case SENDING_REFUSED:
		log_fault(LOG_WARNING, "call-backs", &answer.fault);
		give_up(outbox, waiting, OUTBOX_REFUSED);
		break;
	case SENDING_LATER:
		later(outbox, waiting, &answer);
		say_kept(outbox, waiting);
		break;
	case SENDING_INTERRUPTED:
		say_kept(outbox, waiting);
		break;
	}
}

/* ---- the thread */

static void rest(struct outbox *outbox)
{
	struct pollfd wake = { .fd = outbox->wake_fd, .events = POLLIN };
	int64_t due_ms = outbox->next_ms;

	for (size_t i = 0; i < outbox->n; i++)
		if (outbox->waiting[i].in_hand && outbox->waiting[i].since_ms + IN_HAND_MS < due_ms)
			due_ms = outbox->waiting[i].since_ms + IN_HAND_MS;
	int64_t left_ms = due_ms - clock_monotonic_ms();
	/* With nothing to send it sleeps until something is handed over. */
	int timeout = outbox->n == 0 ? -1 : left_ms < 0 ? 0 : (int)left_ms;

	if (poll(&wake, 1, timeout) < 0 && errno != EINTR)
		log_line(LOG_WARNING, "call-backs: %s", strerror(errno));
}

static void *run(void *user)
{
	struct outbox *outbox = user;

	if (outbox->config.folder)
		letters_find(outbox->config.folder, found, outbox);
	while (!stopped(outbox)) {
		take_posted(outbox);
		expire(outbox);
		if (outbox->n > 0 && clock_monotonic_ms() >= outbox->next_ms)
			attempt(outbox, next_of(outbox));
		else
			rest(outbox);
	}
	take_posted(outbox);
	return NULL;
}

static void del(struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->n; i++)
		mem_free(outbox->waiting[i].in_hand);
	fetch_session_del(outbox->session);
	if (outbox->wake_fd >= 0)
		close(outbox->wake_fd);
	pthread_mutex_destroy(&outbox->lock);
	mem_free(outbox);
}

static enum err begin(struct outbox *outbox, struct fault *fault)
{
	struct fault why;

	pthread_mutex_init(&outbox->lock, NULL);
	outbox->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	outbox->session = fetch_session_new();
	if (outbox->wake_fd < 0)
		return fault_set(fault, ERR_DEVICE, "eventfd", "%s", strerror(errno));
	if (!outbox->session)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	if (getrandom(&outbox->random, sizeof outbox->random, 0) != sizeof outbox->random)
		outbox->random = (uint32_t)getpid();
	if (outbox->config.folder && dir_make(outbox->config.folder, &why))
		log_fault(LOG_WARNING, "call-backs are not kept", &why);
	if (pthread_create(&outbox->thread, NULL, run, outbox) != 0)
		return fault_set(fault, ERR_DEVICE, NULL, "no thread can be started");
	return OK;
}

enum err outbox_start(const struct outbox_config *config, void (*tell_news)(void *, const struct outbox_news *),
		      void *context, struct outbox **out, struct fault *fault)
{
	struct outbox *outbox = mem_alloc(sizeof *outbox);

	*out = NULL;
	if (!outbox)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	outbox->config = *config;
	outbox->tell = tell_news;
	outbox->context = context;
	enum err err = begin(outbox, fault);
	if (err)
		del(outbox);
	else
		*out = outbox;
	return err;
}

/* Ends what is being sent or waited for. With the lock held. */
static void wake(struct outbox *outbox)
{
	uint64_t one = 1;

	atomic_store(&outbox->interrupt, true);
	if (write(outbox->wake_fd, &one, sizeof one) < 0)
		log_line(LOG_WARNING, "call-backs: the thread is not woken: %s", strerror(errno));
}

enum err outbox_put(struct outbox *outbox, const struct letter *letter, unsigned serial)
{
	struct posted *posted = mem_alloc(sizeof *posted);

	if (!posted)
		return ERR_MEMORY;
	posted->serial = serial;
	posted->letter = *letter;
	pthread_mutex_lock(&outbox->lock);
	posted->next = outbox->posted;
	outbox->posted = posted;
	wake(outbox);
	pthread_mutex_unlock(&outbox->lock);
	return OK;
}

void outbox_stop(struct outbox *outbox)
{
	if (!outbox)
		return;
	pthread_mutex_lock(&outbox->lock);
	outbox->stop = true;
	wake(outbox);
	pthread_mutex_unlock(&outbox->lock);
	pthread_join(outbox->thread, NULL);
	del(outbox);
}
