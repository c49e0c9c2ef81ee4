/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/feedstate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/feed.h"
#include "core/ics.h"

enum {
	SKIPS_LOGGED = 20,
	CLOCK_TOLERANCE_S = 300,
	CONFIRMED_TOLERANCE_MS = 60 * 1000,
};

static const char *const state_names[] = {
	[FEED_WAITING] = "waiting", [FEED_FRESH] = "fresh", [FEED_FAILED] = "failed", [FEED_REJECTED] = "rejected"
};

const char *feed_state_name(enum feed_state state)
{
	return state_names[state];
}

bool feed_state_parse(const char *name, enum feed_state *out)
{
	for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++)
		if (strcmp(name, state_names[i]) == 0) {
			*out = (enum feed_state)i;
			return true;
		}
	return false;
}

/* The first byte that is neither BOM nor white space. */
static const char *beginning(const char *bytes, size_t *len)
{
	if (*len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3, *len -= 3;
	while (*len && (*bytes == ' ' || *bytes == '\t' || *bytes == '\r' || *bytes == '\n'))
		bytes++, (*len)--;
	return bytes;
}

bool feed_is_calendar(const char *bytes, size_t len)
{
	static const char begin[] = "BEGIN:VCALENDAR";
	const char *start = beginning(bytes, &len);

	return len >= sizeof begin - 1 && strncasecmp(start, begin, sizeof begin - 1) == 0;
}

static void log_skipped(const struct ics_calendar *calendar)
{
	char line[400];

	for (size_t i = 0; i < calendar->n_skipped && i < SKIPS_LOGGED; i++) {
		ics_skip_print(&calendar->skipped[i], line, sizeof line);
		log_line(LOG_WARNING, "calendar: %s", line);
	}
	if (calendar->n_skipped > SKIPS_LOGGED)
		log_line(LOG_WARNING, "calendar: and %zu more were skipped", calendar->n_skipped - SKIPS_LOGGED);
}

static enum err read_calendar(struct kiosk_feed *feed, const char *bytes, size_t len, const char *zone,
			      const char *lang, struct fault *fault)
{
	struct ics_calendar calendar = { 0 };
	struct centre *centre = NULL;
	enum err err = ics_read(&feed->arena, bytes, len, zone, lang, &calendar, fault);

	if (err)
		return err;
	log_skipped(&calendar);
	err = ics_centre(&feed->arena, &calendar, zone, lang, &centre);
	if (err)
		return fault_set(fault, err, NULL, "%s", err_cause(err));
	feed->screen.centre = centre;
	return OK;
}

static enum err read_feed(struct kiosk_feed *feed, const char *bytes, size_t len, struct fault *fault)
{
	struct centre *centre = NULL;
	size_t n = len;
	const char *start = beginning(bytes, &n);

	enum err err = feed_read(&feed->arena, bytes, len, &centre, fault);
	/* What a guest network's log-in page, or a proxy, gives instead. */
	if (err && n > 0 && *start == '<') {
		struct fault why = *fault;
		fault_set(fault, err, why.place, "%.250s: a web page, not a feed", why.text);
	}
	feed->screen.centre = centre;
	return err;
}

enum err kiosk_feed_read(const char *bytes, size_t len, const char *zone, const char *lang, struct kiosk_feed **out,
			 struct fault *fault)
{
	struct kiosk_feed *feed = mem_alloc(sizeof *feed);

	if (!feed)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	arena_init(&feed->arena, LIMIT_FEED_ARENA);
	feed->is_calendar = feed_is_calendar(bytes, len);
	enum err err = feed->is_calendar ? read_calendar(feed, bytes, len, zone, lang, fault)
					 : read_feed(feed, bytes, len, fault);
	if (!err) {
		feed->screen.schedule = schedule_new(feed->screen.centre);
		if (!feed->screen.schedule)
			err = fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	}
	if (err) {
		kiosk_feed_del(feed);
		return err;
	}
	*out = feed;
	return OK;
}

void kiosk_feed_del(struct kiosk_feed *feed)
{
	if (!feed)
		return;
	if (feed->screen.schedule)
		schedule_del(feed->screen.schedule);
	arena_free(&feed->arena);
	mem_free(feed);
}

enum err kiosk_feed_prepare(struct kiosk_feed *feed, struct civil day, int n)
{
	struct occurrences found;

	for (int i = 0; i < n; i++) {
		enum err err = schedule_day(feed->screen.schedule, civil_add_days(day, i), &found);
		if (err)
			return err;
	}
	return OK;
}

void feed_past_set(struct feed_past *past, const struct kiosk_feed *feed)
{
	const struct centre *centre = feed->screen.centre;

	*past = (struct feed_past){ .has = !feed->is_calendar, .generated = centre->generated };
	if (past->has)
		snprintf(past->id, sizeof past->id, "%s", centre->id);
}

enum err feed_judge(const struct feed_past *past, const char *wanted, const struct kiosk_feed *candidate, int64_t utc,
		    struct fault *fault)
{
	const struct centre *centre = candidate->screen.centre;

	if (candidate->is_calendar && (past->has || *wanted))
		return fault_set(fault, ERR_CONFLICT, "", "a calendar where a centre's feed is wanted");
	if (candidate->is_calendar)
		return OK;
	const char *id = *wanted ? wanted : past->has ? past->id : centre->id;
	if (strcmp(id, centre->id) != 0)
		return fault_set(fault, ERR_CONFLICT, "centre.id", "another centre's feed: \"%s\", wanted is \"%s\"",
				 centre->id, id);
	if (past->has && centre->generated < past->generated && past->generated <= utc + CLOCK_TOLERANCE_S)
		return fault_set(fault, ERR_VALUE, "generated", "older than the feed that is shown, by %" PRId64 " s",
				 past->generated - centre->generated);
	return OK;
}

int64_t feed_seen_age(const struct feed_seen *seen, int64_t utc_ms, int64_t mono_ms)
{
	if (!seen->known)
		return -1;
	int64_t age_ms = seen->this_run ? mono_ms - seen->mono_ms : utc_ms - seen->utc_ms;
	if (age_ms < -CONFIRMED_TOLERANCE_MS)
		return -1;
	return age_ms > 0 ? age_ms / 1000 : 0;
}
