/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/technician.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"

enum { PROC_MAX = 4000 };

static void add_words(struct technician *technician, enum text_id label, enum text_id text)
{
	if (technician->n < FACTS_MAX)
		technician->facts[technician->n++] = (struct fact){ .label = label, .text = text };
}

__attribute__((format(printf, 3, 4))) static void add(struct technician *technician, enum text_id label,
						      const char *format, ...)
{
	size_t n = technician->n;
	va_list args;

	if (n == FACTS_MAX)
		return;
	va_start(args, format);
	vsnprintf(technician->values[n], FACT_SIZE, format, args);
	va_end(args);
	technician->facts[technician->n++] = (struct fact){ .label = label, .value = technician->values[n] };
}

/* The host of an address; a file's name without its folders. */
static void add_source(struct technician *technician, const char *source)
{
	const char *scheme = strstr(source, "://"), *host = scheme ? scheme + 3 : NULL, *slash = strrchr(source, '/');

	if (!*source) {
		add_words(technician, TEXT_SCREEN_FACT_SOURCE, TEXT_SCREEN_FACT_NONE);
		return;
	}
	if (!host) {
		add(technician, TEXT_SCREEN_FACT_SOURCE, "%s", slash ? slash + 1 : source);
		return;
	}
	size_t len = strcspn(host, "/?#");
	const char *at = memchr(host, '@', len); /* who logs in is nobody's business */
	if (at) {
		len -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	add(technician, TEXT_SCREEN_FACT_SOURCE, "%.*s", (int)len, host);
}

static void add_span(struct technician *technician, enum text_id label, int64_t s)
{
	if (s < 0)
		add_words(technician, label, TEXT_SCREEN_FACT_NONE);
	else if (s < 3600)
		add(technician, label, "%" PRId64 " min", s / 60);
	else if (s < 48 * 3600)
		add(technician, label, "%" PRId64 " h %" PRId64 " min", s / 3600, s / 60 % 60);
	else
		add(technician, label, "%" PRId64 " d %" PRId64 " h", s / 86400, s / 3600 % 24);
}

static bool read_proc(const char *path, struct buf *out)
{
	buf_init(out, PROC_MAX);
	return file_read(path, out, NULL) == OK && buf_ok(out);
}

/* Pages in use: the second number of statm, proc(5). */
static void add_memory(struct technician *technician)
{
	struct buf statm;
	char *end = NULL;

	if (read_proc("/proc/self/statm", &statm)) {
		(void)strtol(buf_text(&statm), &end, 10);
		long pages = strtol(end, NULL, 10);
		add(technician, TEXT_SCREEN_FACT_MEMORY, "%ld MB", pages * (sysconf(_SC_PAGESIZE) / 1024) / 1024);
	}
	buf_free(&statm);
}

/* " 0 [Device  ]: USB-Audio - USB Audio Device", one card after the other. */
static void add_sound(struct technician *technician)
{
	struct buf cards;
	const char *name = NULL;

	if (read_proc("/proc/asound/cards", &cards))
		name = strstr(buf_text(&cards), " - ");
	if (name)
		add(technician, TEXT_SCREEN_FACT_SOUND, "%.*s", (int)strcspn(name + 3, "\n"), name + 3);
	else
		add_words(technician, TEXT_SCREEN_FACT_SOUND, TEXT_SCREEN_FACT_NONE);
	buf_free(&cards);
}

static void of_staff(struct technician *technician, size_t from)
{
	for (size_t i = from; i < technician->n; i++)
		technician->facts[i].of_staff = true;
}

/* What is wrong, each with what to do about it; or that nothing is. */
static void add_health(struct technician *technician, const struct health *health)
{
	size_t from = technician->n;

	if (health->problems == 0)
		add_words(technician, TEXT_STAFF_FACT_STATE, TEXT_STAFF_FACT_WELL);
	for (unsigned i = 0; i < HEALTH_COUNT; i++)
		if (health->problems >> i & 1)
			add_words(technician, TEXT_STAFF_FACT_CARE, health_advice(i));
	of_staff(technician, from);
}

static void add_figures(struct technician *technician, const struct technician_state *state)
{
	const struct health *health = &state->news->health;
	const struct glass_touch *panels = state->panels;
	size_t from = technician->n;

	if (health->has_temperature)
		add(technician, TEXT_STAFF_FACT_TEMPERATURE, "%d\xC2\xA0°C", health->temperature_c);
	if (health->free_mb >= 0)
		add(technician, TEXT_STAFF_FACT_FREE, "%" PRId64 "\xC2\xA0MB", health->free_mb);
	for (size_t i = 0; panels && i < panels->n && i < GLASS_TOUCH_MAX; i++)
		add(technician, TEXT_STAFF_FACT_TOUCH, "%s", panels->names[i]);
	of_staff(technician, from);
}

static void add_doings(struct technician *technician, const struct minder_news *news)
{
	for (size_t i = news->n; i-- > 0;)
		technician->doings[technician->n_doings++] = news->lines[i];
}

static void add_feed(struct technician *technician, const struct technician_state *state)
{
	static const enum text_id states[] = {
		[FEED_WAITING] = TEXT_SCREEN_FACT_FEED_WAITING,
		[FEED_FRESH] = TEXT_SCREEN_FACT_FEED_FRESH,
		[FEED_FAILED] = TEXT_SCREEN_FACT_FEED_FAILED,
		[FEED_REJECTED] = TEXT_SCREEN_FACT_FEED_REJECTED,
	};
	const struct outside *newest = &state->model->newest;

	add_source(technician, state->source);
	add_words(technician, TEXT_SCREEN_FACT_FEED, states[newest->feed_state]);
	add_span(technician, TEXT_SCREEN_FACT_AGE, newest->feed_age_s);
	if (newest->feed)
		add(technician, TEXT_SCREEN_FACT_CENTRE, "%s, %" PRId64 ", %s", newest->feed->centre->id,
		    newest->feed->centre->version, newest->feed->centre->zone);
}

void technician_look(struct technician *technician, const struct technician_state *state)
{
	const struct surroundings *around = state->around;

	technician->n = technician->n_doings = 0;
	if (state->news)
		add_health(technician, &state->news->health);
	add(technician, TEXT_SCREEN_FACT_VERSION, "oppslag-kiosk %s", OPPSLAG_VERSION);
	add_feed(technician, state);
	add(technician, TEXT_SCREEN_FACT_PANEL,
	    "%d\xC2\xA0×\xC2\xA0%d\xC2\xA0px, %.1f\xC2\xA0in, %.3f\xC2\xA0mm/px, %d°", around->w, around->h,
	    around->diagonal_in, surroundings_mm_per_px(around), state->rotation);
	add(technician, TEXT_SCREEN_FACT_LANGUAGE, "%s", state->model->lang);
	add_words(technician, TEXT_SCREEN_FACT_CLOCK,
		  state->model->newest.clock_unsure ? TEXT_SCREEN_FACT_UNSURE : TEXT_SCREEN_FACT_SURE);
	add_span(technician, TEXT_SCREEN_FACT_UPTIME, state->up_ms / 1000);
	if (state->deterministic)
		return;
	add_memory(technician);
	add_sound(technician);
	add(technician, TEXT_SCREEN_FACT_FRAME, "%" PRId64 " ms", state->took_ms);
	if (!state->news)
		return;
	add_figures(technician, state);
	add_doings(technician, state->news);
}

bool technician_finger(struct technician *technician, const struct finger *finger, struct msg *msg)
{
	int at = 0, place = RAW_MAX;

	for (int i = RAW_MAX - 1; i >= 0; i--)
		if (!technician->down[i])
			place = i;
	while (at < RAW_MAX && !(technician->down[at] && technician->ids[at] == finger->id))
		at++;
	if (at == RAW_MAX && finger->kind == FINGER_DOWN)
		at = place;
	if (at == RAW_MAX)
		return false;
	technician->down[at] = finger->kind != FINGER_UP;
	technician->ids[at] = finger->id;
	*msg = (struct msg){ .kind = MSG_RAW,
			     .contact = at,
			     .raw = { .on = technician->down[at], .x = finger->x, .y = finger->y } };
	return true;
}

void technician_forget(struct technician *technician)
{
	memset(technician->down, 0, sizeof technician->down);
}
