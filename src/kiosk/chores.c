/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/chores.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/zone.h"
#include "io/clock.h"
#include "io/file.h"

enum {
	MINUTE_MS = 60 * 1000,
	LOST_TOLD_MS = 5 * MINUTE_MS, /* a loss of contact is told while it lasts */
	LOST_LEAST_MS = MINUTE_MS,    /* and afterwards, unless it was no more than this */
	MISSING_MS = 20 * 1000,       /* USB takes its time, and a panel may start anew */
	PANEL_MS = MINUTE_MS,         /* of night and nobody before the panel's light goes out */
	CLOCK_SET_MS = MINUTE_MS,     /* a smaller step of the clock is no news */
	WORDS = 4000,
	RESULT_SIZE = 32,
};

void chores_machine(const struct options *options, char data[PATH_MAX], struct minder_config *out)
{
	const char *sys = getenv("OPPSLAG_SYS"), *cec = getenv("OPPSLAG_CEC");

	if (options_data(options, data, PATH_MAX) != OK)
		data[0] = '\0';
	*out = (struct minder_config){
		.sys = sys ? sys : "/sys",
		.cec = cec ? cec : "/dev/cec0",
		.data = data,
		.box = settings_text(&options->settings, SET_BLACK_BOX),
	};
}

/* ---- the black box ---- */

static const struct lang *norwegian(void)
{
	return lang_find("nb");
}

/* "2 t 10 min" */
static const char *span_words(struct arena *arena, int64_t ms)
{
	const char *words = lang_format(arena, norwegian(), TEXT_STAFF_BOX_HOURS, ARG_N(ms / (60 * MINUTE_MS)),
					ARG_N(ms / MINUTE_MS % 60));

	return words ? words : "";
}

static const char *time_words(struct arena *arena, struct civil when)
{
	const char *words = lang_date(arena, norwegian(), DATE_TIME, when);

	return words ? words : "";
}

static struct civil wall_now(const struct chores *chores)
{
	return chores->kiosk->model.newest.now;
}

static struct wall_time wall_time(const struct chores *chores)
{
	return (struct wall_time){ .now = wall_now(chores), .unsure = chores->kiosk->model.newest.clock_unsure };
}

/* ---- night ---- */

static void tell_dark(struct chores *chores)
{
	struct arena words;

	arena_init(&words, WORDS);
	const char *range = lang_time_range(&words, norwegian(), chores->asleep_at, wall_now(chores));
	if (range)
		minder_tell(chores->minder, BOX_DARK, 1, &ARG_S(range));
	arena_free(&words);
}

/* Our own blanking stands beside it: what the light does when it is told to is the panel's affair. */
static void switch_panel(struct chores *chores, bool off)
{
	if (!chores->panel_off || chores->is_off == off)
		return;
	chores->is_off = off;
	glass_power(chores->glass, !off);
	minder_television(chores->minder, !off);
}

static void see_to_night(struct chores *chores, int64_t now_ms)
{
	bool asleep = chores->kiosk->model.asleep;

	if (asleep && !chores->asleep) {
		chores->asleep_ms = now_ms;
		chores->asleep_at = wall_now(chores);
	} else if (!asleep && chores->asleep && now_ms - chores->asleep_ms >= MINUTE_MS) {
		tell_dark(chores);
	}
	chores->asleep = asleep;
	switch_panel(chores, asleep && now_ms - chores->asleep_ms >= PANEL_MS);
}

/* ---- the touch panel ---- */

static void see_to_touch(struct chores *chores, int64_t now_ms)
{
	struct kiosk *kiosk = chores->kiosk;

	glass_touch(chores->glass, &kiosk->panels);
	bool none = kiosk->panels.known && kiosk->panels.n == 0;
	if (!none)
		chores->missing_ms = 0;
	else if (chores->missing_ms == 0)
		chores->missing_ms = now_ms;
	bool missing = none && now_ms - chores->missing_ms >= MISSING_MS;
	if (missing == chores->missing)
		return;
	chores->missing = missing;
	minder_touch(chores->minder, missing);
	kiosk_panel(kiosk, !missing);
	kiosk_show(kiosk);
}

/* ---- contact ---- */

static void tell_back(struct chores *chores, int64_t lost_ms)
{
	struct chores_feed *feed = &chores->feed;
	struct arena words;

	arena_init(&words, WORDS);
	const struct lang_arg args[] = { ARG_S(span_words(&words, lost_ms)),
					 ARG_S(time_words(&words, wall_now(chores))) };
	minder_tell(chores->minder, feed->was_network ? BOX_NET_BACK : BOX_CENTRAL_BACK, 2, args);
	arena_free(&words);
}

/* Which of the two it is, the machine knows: without a network there is no central to blame. */
static void look_at_loss(struct chores *chores, int64_t now_ms)
{
	struct chores_feed *feed = &chores->feed;
	struct minder_news news;
	struct arena words;

	if (feed->lost_ms == 0 || feed->told)
		return;
	if (chores->minder) {
		minder_ask(chores->minder, &news);
		feed->was_network = feed->was_network || (news.health.has_network && !news.health.network_up);
	}
	if (now_ms - feed->lost_ms < LOST_TOLD_MS)
		return;
	feed->told = true;
	arena_init(&words, WORDS);
	minder_tell(chores->minder, feed->was_network ? BOX_NET_GONE : BOX_CENTRAL_GONE, 1,
		    &ARG_S(time_words(&words, feed->lost_at)));
	arena_free(&words);
}

static void see_to_feed(struct chores *chores, int64_t now_ms)
{
	struct chores_feed *feed = &chores->feed;
	enum feed_state was = feed->state, state = chores->kiosk->feed_state;

	if (state == was || !chores->asks)
		return;
	feed->state = state;
	if (state == FEED_FAILED) {
		feed->lost_ms = now_ms;
		feed->lost_at = wall_now(chores);
		feed->told = feed->was_network = false;
		look_at_loss(chores, now_ms);
		return;
	}
	int64_t lost_ms = feed->lost_ms ? now_ms - feed->lost_ms : 0;
	feed->lost_ms = 0;
	if (lost_ms >= LOST_LEAST_MS)
		tell_back(chores, lost_ms);
	if (state == FEED_REJECTED)
		minder_tell(chores->minder, BOX_REJECTED, 0, NULL);
	else if (was == FEED_REJECTED && state == FEED_FRESH)
		minder_tell(chores->minder, BOX_ACCEPTED, 0, NULL);
}

/* ---- each minute ---- */

static void print_wall(const struct chores *chores, int64_t utc_ms, char out[CIVIL_SIZE])
{
	struct civil wall;

	if (zone_from_utc(kiosk_zone(chores->kiosk), utc_ms / 1000, &wall) != OK)
		wall = wall_now(chores);
	snprintf(out, CIVIL_SIZE, "%04d-%02d-%02d %02d.%02d", wall.year % 10000, wall.month % 100, wall.day % 100,
		 wall.hour % 100, wall.minute % 100);
}

/* Somebody, or the network, moved the machine's clock. */
static void see_to_clock(struct chores *chores)
{
	int64_t mono_ms = clock_monotonic_ms(), ahead_ms = clock_utc_ms() - mono_ms, was_ms = chores->ahead_ms;
	char from[CIVIL_SIZE], to[CIVIL_SIZE];

	chores->ahead_ms = ahead_ms;
	if (llabs(ahead_ms - was_ms) < CLOCK_SET_MS)
		return;
	print_wall(chores, mono_ms + was_ms, from);
	print_wall(chores, mono_ms + ahead_ms, to);
	minder_tell(chores->minder, BOX_CLOCK, 2, (const struct lang_arg[]){ ARG_S(from), ARG_S(to) });
}

static void tell_status(struct chores *chores)
{
	const struct outside *newest = &chores->kiosk->model.newest;
	char line[NOTIFY_STATUS_SIZE];

	if (newest->feed)
		snprintf(line, sizeof line, "shows %.64s version %" PRId64 ", feed %s, clock %s%s",
			 newest->feed->centre->id, newest->feed->centre->version, feed_state_name(newest->feed_state),
			 newest->clock_unsure ? "unsure" : "sure", chores->missing ? ", no touch panel" : "");
	else
		snprintf(line, sizeof line, "shows no centre yet, feed %s", feed_state_name(newest->feed_state));
	notify_status(&chores->notify, line);
}

static void see_to_minute(struct chores *chores, int64_t now_ms)
{
	const struct wall_time wall = wall_time(chores);

	if (now_ms < chores->minute_ms)
		return;
	chores->minute_ms = chores->kiosk->model.next_minute_ms;
	minder_tick(chores->minder, &wall);
	see_to_clock(chores);
	look_at_loss(chores, now_ms);
	tell_status(chores);
}

void chores_turn(struct chores *chores)
{
	int64_t now_ms = kiosk_clock_ms(&chores->kiosk->clock);

	notify_turn(&chores->notify, now_ms);
	see_to_touch(chores, now_ms);
	see_to_night(chores, now_ms);
	see_to_feed(chores, now_ms);
	see_to_minute(chores, now_ms);
}

int64_t chores_deadline(const struct chores *chores)
{
	int64_t next = notify_deadline(&chores->notify), touch = chores->missing_ms + MISSING_MS;

	return chores->missing_ms != 0 && !chores->missing && touch < next ? touch : next;
}

/* ---- beginning and end ---- */

/* How the run before on this boot ended. The unit's ExecStopPost writes it (systemd.exec(5), $SERVICE_RESULT); nobody
 * else can tell a watchdog's end from a crash. False: this is the first run. */
static bool read_result(char out[RESULT_SIZE])
{
	const char *folder = getenv("RUNTIME_DIRECTORY");
	char path[PATH_MAX];
	struct buf file;

	if (!folder || *folder != '/' || strlen(folder) > PATH_MAX - 10)
		return false;
	snprintf(path, sizeof path, "%.*s/ended", (int)strcspn(folder, ":"), folder);
	buf_init(&file, RESULT_SIZE - 1);
	bool is_there = file_read(path, &file, NULL) == OK && file.len > 0;
	size_t len = strspn(buf_text(&file), "abcdefghijklmnopqrstuvwxyz-");
	snprintf(out, RESULT_SIZE, "%.*s", (int)len, buf_text(&file));
	buf_free(&file);
	unlink(path);
	return is_there && len > 0;
}

void chores_init(struct chores *chores, int64_t now_ms)
{
	*chores = (struct chores){ 0 };
	notify_init(&chores->notify, now_ms);
}

void chores_start(struct chores *chores, struct kiosk *kiosk, struct glass *glass)
{
	const struct settings *settings = &kiosk->options->settings;
	char result[RESULT_SIZE];
	struct fault fault;

	chores->kiosk = kiosk;
	chores->glass = glass;
	chores->panel_off = settings_bool(settings, SET_PANEL_OFF);
	chores->is_off = chores->panel_off; /* the run before may have left it so */
	chores->asks = strstr(settings_text(settings, SET_FEED), "://") != NULL;
	chores->ahead_ms = clock_utc_ms() - clock_monotonic_ms();
	chores_machine(kiosk->options, chores->data, &chores->machine);
	notify_ready(&chores->notify);
	const struct wall_time wall = wall_time(chores);
	if (minder_start(&chores->machine, &wall, &chores->minder, &fault))
		log_fault(LOG_WARNING, "nobody minds the machine", &fault);
	kiosk->minder = chores->minder;
	minder_tell_start(chores->minder, read_result(result) ? result : NULL);
	chores_turn(chores);
}

void chores_end(struct chores *chores)
{
	notify_stopping(&chores->notify);
	minder_tell(chores->minder, BOX_STOPPED, 0, NULL);
	minder_stop(chores->minder);
	if (chores->kiosk)
		chores->kiosk->minder = NULL;
	notify_free(&chores->notify);
	*chores = (struct chores){ 0 };
}
