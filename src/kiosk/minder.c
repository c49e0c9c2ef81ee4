/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/minder.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "io/clock.h"
#include "kiosk/cec.h"

enum {
	TOLD_MAX = 32, /* lines that wait for the thread; a disk that hangs loses the rest */
	WORDS = 4000,
	STOP_S = 2,
	REMIND_MS = 24 * 60 * 60 * 1000,
	STAMP_SIZE = 80,
};
_Static_assert((int)BOX_EVENT_COUNT <= (int)BOX_KINDS, "each event is counted");

struct told {
	enum box_event event;
	char text[BOX_LINE];
};

enum television { TELEVISION_AS_IT_IS, TELEVISION_ON, TELEVISION_OFF };

/* What the thread is asked for since it last looked. */
struct wishes {
	bool stop, tick, touch_missing;
	enum television television;
	struct wall_time wall;
	int64_t wall_ms; /* the monotonic time of WALL */
	size_t n;
	struct told told[TOLD_MAX];
};

struct minder {
	struct minder_config config;
	pthread_t thread;
	int wake_fd;

	pthread_mutex_t lock; /* of the next two */
	struct wishes wishes;
	struct minder_news news;

	/* the thread's own */
	int alarm_fd;
	struct wishes now;
	struct health health;
	struct blackbox box;
	int64_t said_ms[HEALTH_COUNT]; /* when the log last heard of each */
};

static const enum text_id event_texts[] = {
#define X(name) [BOX_##name] = TEXT_STAFF_BOX_##name,
	BOX_EVENTS(X)
#undef X
};

static int64_t now_ms(const struct minder *minder)
{
	return minder->config.now_ms ? minder->config.now_ms() : clock_monotonic_ms();
}

/* ---- what the thread does ---- */

/* "2026-11-24 09.41": sorts by itself, and reads well in Norway. */
static void stamp(const struct minder *minder, char out[STAMP_SIZE])
{
	int64_t since_s = (now_ms(minder) - minder->now.wall_ms) / 1000;
	struct civil now = civil_add_seconds(minder->now.wall.now, since_s);
	const char *unsure = minder->now.wall.unsure ? lang_text(lang_find("nb"), TEXT_STAFF_BOX_CLOCK_UNSURE) : "";

	snprintf(out, STAMP_SIZE, "%04d-%02d-%02d %02d.%02d%s%s%s", now.year, now.month, now.day, now.hour, now.minute,
		 *unsure ? " (" : "", unsure, *unsure ? ")" : "");
}

static void write_line(struct minder *minder, enum box_event event, const char *text)
{
	char when[STAMP_SIZE];

	stamp(minder, when);
	blackbox_write(&minder->box, event, now_ms(minder), when, text);
}

static void write_left_out(struct minder *minder)
{
	char newest[BOX_LINE];
	struct arena words;

	for (unsigned kind = 0; kind < BOX_EVENT_COUNT; kind++) {
		unsigned n = blackbox_left_out(&minder->box, kind, now_ms(minder), newest);
		if (n == 0)
			continue;
		arena_init(&words, WORDS);
		const char *text = lang_format(&words, lang_find("nb"), TEXT_STAFF_BOX_MORE, ARG_N(n), ARG_S(newest));
		if (text)
			write_line(minder, kind, text);
		arena_free(&words);
	}
}

static const char *english(enum text_id id)
{
	return lang_text(lang_find("en"), id);
}

/* Each change once in the black box and in the log; and once a day that it still is so. */
static void tell_changes(struct minder *minder, const struct health *before)
{
	int64_t at_ms = now_ms(minder);

	for (unsigned i = 0; i < HEALTH_COUNT; i++) {
		bool was = before->problems >> i & 1, is = minder->health.problems >> i & 1;
		enum text_id said = is ? health_begins(i) : health_ends(i);
		if (was != is) {
			log_line(is ? LOG_WARNING : LOG_INFO, "health: %s", english(said));
			write_line(minder, (is ? BOX_HEALTH : BOX_HEALTH_WELL) + i, lang_text(lang_find("nb"), said));
		} else if (is && at_ms - minder->said_ms[i] >= REMIND_MS) {
			log_line(LOG_WARNING, "health, still: %s", english(said));
		} else {
			continue;
		}
		minder->said_ms[i] = at_ms;
	}
}

static void look_at_health(struct minder *minder)
{
	struct health before = minder->health;

	health_read(minder->config.sys, minder->config.data, &before, &minder->health);
	minder->health.problems &= ~(1U << HEALTH_TOUCH);
	minder->health.problems |= (unsigned)minder->now.touch_missing << HEALTH_TOUCH;
	tell_changes(minder, &before);
}

static void serve_television(struct minder *minder)
{
	static const char *const ends[] = {
		[CEC_NONE] = "it has no CEC", [CEC_UNHEARD] = "it does not answer", [CEC_HEARD] = "it has heard"
	};
	bool on = minder->now.television == TELEVISION_ON;

	if (minder->now.television == TELEVISION_AS_IT_IS)
		return;
	enum cec_end end = cec_power(minder->config.cec, on);
	log_line(end == CEC_UNHEARD ? LOG_INFO : LOG_DEBUG, "the television is asked to %s: %s",
		 on ? "wake up" : "stand by", ends[end]);
}

static void publish(struct minder *minder)
{
	pthread_mutex_lock(&minder->lock);
	minder->news.health = minder->health;
	minder->news.n = minder->box.n;
	memcpy(minder->news.lines, minder->box.lines, sizeof minder->news.lines);
	pthread_mutex_unlock(&minder->lock);
}

static void take_wishes(struct minder *minder)
{
	pthread_mutex_lock(&minder->lock);
	minder->now = minder->wishes;
	minder->wishes.tick = false;
	minder->wishes.television = TELEVISION_AS_IT_IS;
	minder->wishes.n = 0;
	pthread_mutex_unlock(&minder->lock);
}

/* Sleeps until somebody wants something. The alarm has to be read before it can ring again (sysfs). */
static bool rest(struct minder *minder)
{
	struct pollfd fds[] = { { .fd = minder->wake_fd, .events = POLLIN },
				{ .fd = minder->alarm_fd, .events = POLLPRI } };
	uint64_t times;
	char value[16];

	if (poll(fds, 2, -1) < 0)
		return false;
	if (fds[0].revents && read(minder->wake_fd, &times, sizeof times) < 0 && errno != EAGAIN)
		return false;
	if (fds[1].revents && pread(minder->alarm_fd, value, sizeof value, 0) < 0) {
		close(minder->alarm_fd); /* the device went away */
		minder->alarm_fd = -1;
	}
	return fds[1].revents != 0;
}

static void *run(void *context)
{
	struct minder *minder = context;
	char value[16];
	bool alarm = true;

	if (minder->alarm_fd >= 0)
		alarm = pread(minder->alarm_fd, value, sizeof value, 0) >= 0;
	while (!minder->now.stop) {
		bool missing = minder->now.touch_missing;
		take_wishes(minder);
		for (size_t i = 0; i < minder->now.n; i++)
			write_line(minder, minder->now.told[i].event, minder->now.told[i].text);
		if (alarm || minder->now.tick || missing != minder->now.touch_missing)
			look_at_health(minder);
		if (minder->now.tick)
			write_left_out(minder);
		publish(minder);
		serve_television(minder);
		alarm = !minder->now.stop && rest(minder);
	}
	return NULL;
}

/* ---- what the drawing thread asks for ---- */

static void release(struct minder *minder)
{
	if (minder->wake_fd >= 0)
		close(minder->wake_fd);
	if (minder->alarm_fd >= 0)
		close(minder->alarm_fd);
	pthread_mutex_destroy(&minder->lock);
	mem_free(minder);
}

static void set_wall(struct minder *minder, const struct wall_time *wall)
{
	minder->wishes.wall = *wall;
	minder->wishes.wall_ms = now_ms(minder);
}

enum err minder_start(const struct minder_config *config, const struct wall_time *wall, struct minder **out,
		      struct fault *fault)
{
	struct minder *minder = mem_alloc(sizeof *minder);

	*out = NULL;
	if (!minder)
		return fault_set(fault, ERR_MEMORY, "minder", "%s", err_cause(ERR_MEMORY));
	memset(minder, 0, sizeof *minder);
	minder->config = *config;
	minder->health.free_mb = -1;
	minder->alarm_fd = health_open_alarm(config->sys);
	minder->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&minder->lock, NULL);
	set_wall(minder, wall);
	blackbox_open(&minder->box, config->box);
	publish(minder);
	if (minder->wake_fd < 0 || pthread_create(&minder->thread, NULL, run, minder) != 0) {
		release(minder);
		return fault_set(fault, ERR_DEVICE, "minder", "no thread can be started");
	}
	*out = minder;
	return OK;
}

static void wake(struct minder *minder)
{
	const uint64_t one = 1;

	/* EAGAIN: it is awake. */
	if (write(minder->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
		log_line(LOG_WARNING, "minder: cannot be woken: %s", strerror(errno));
}

void minder_stop(struct minder *minder)
{
	struct timespec until;

	if (!minder)
		return;
	pthread_mutex_lock(&minder->lock);
	minder->wishes.stop = true;
	pthread_mutex_unlock(&minder->lock);
	wake(minder);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += STOP_S;
	if (pthread_timedjoin_np(minder->thread, NULL, &until) == 0)
		release(minder);
	else
		log_line(LOG_WARNING, "minder: the disk or the television keeps it");
}

void minder_tick(struct minder *minder, const struct wall_time *wall)
{
	if (!minder)
		return;
	pthread_mutex_lock(&minder->lock);
	set_wall(minder, wall);
	minder->wishes.tick = true;
	pthread_mutex_unlock(&minder->lock);
	wake(minder);
}

void minder_tell(struct minder *minder, enum box_event event, size_t n, const struct lang_arg *args)
{
	struct arena words;

	if (!minder || event >= BOX_HEALTH)
		return;
	arena_init(&words, WORDS);
	const char *text = lang_format_args(&words, lang_find("nb"), event_texts[event], n, args);
	pthread_mutex_lock(&minder->lock);
	struct wishes *wishes = &minder->wishes;
	if (text && wishes->n < TOLD_MAX) {
		struct told *told = &wishes->told[wishes->n++];
		told->event = event;
		snprintf(told->text, sizeof told->text, "%s", text);
	}
	pthread_mutex_unlock(&minder->lock);
	arena_free(&words);
	wake(minder);
}

void minder_touch(struct minder *minder, bool missing)
{
	if (!minder)
		return;
	pthread_mutex_lock(&minder->lock);
	minder->wishes.touch_missing = missing;
	pthread_mutex_unlock(&minder->lock);
	wake(minder);
}

void minder_television(struct minder *minder, bool on)
{
	if (!minder)
		return;
	pthread_mutex_lock(&minder->lock);
	minder->wishes.television = on ? TELEVISION_ON : TELEVISION_OFF;
	pthread_mutex_unlock(&minder->lock);
	wake(minder);
}

void minder_ask(struct minder *minder, struct minder_news *out)
{
	pthread_mutex_lock(&minder->lock);
	*out = minder->news;
	pthread_mutex_unlock(&minder->lock);
}

void minder_look(const struct minder_config *config, struct minder_news *out)
{
	const struct health before = { 0 };
	struct blackbox *box = mem_alloc(sizeof *box);

	*out = (struct minder_news){ 0 };
	health_read(config->sys, config->data, &before, &out->health);
	if (!box)
		return;
	blackbox_open(box, config->box);
	out->n = box->n;
	memcpy(out->lines, box->lines, sizeof out->lines);
	mem_free(box);
}

/* ---- why it runs anew ---- */

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), of = strlen(end);

	return len >= of && strcmp(s + len - of, end) == 0;
}

enum box_event minder_why(const char *newest_line, const char *result, bool reset)
{
	if (result && strcmp(result, "watchdog") == 0)
		return BOX_WATCHDOG;
	if (result && strcmp(result, "oom-kill") == 0)
		return BOX_MEMORY;
	if (result)
		return strcmp(result, "success") == 0 ? BOX_EVENT_COUNT : BOX_FAULT;
	if (reset)
		return BOX_MACHINE;
	if (!*newest_line || ends_with(newest_line, lang_text(lang_find("nb"), TEXT_STAFF_BOX_STOPPED)))
		return BOX_EVENT_COUNT;
	return BOX_CUT;
}

void minder_tell_start(struct minder *minder, const char *result)
{
	struct minder_news news;

	if (!minder)
		return;
	minder_ask(minder, &news);
	enum box_event why =
		minder_why(news.n ? news.lines[news.n - 1] : "", result, health_was_reset(minder->config.sys));
	if (why != BOX_EVENT_COUNT)
		minder_tell(minder, why, 1, &ARG_S(result ? result : ""));
	minder_tell(minder, BOX_STARTED, 1, &ARG_S(OPPSLAG_VERSION));
}
