/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar reader, and the feed made from what it took. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "core/feed.h"
#include "core/ics.h"

static void as_feed(struct arena *arena, const struct ics_calendar *calendar)
{
	struct centre *centre = NULL, *again = NULL;
	struct buf feed;
	struct fault fault = { 0 };

	if (ics_centre(arena, calendar, "Europe/Oslo", "nb", &centre) != OK)
		return;
	buf_init(&feed, LIMIT_FEED_BYTES);
	if (feed_write(centre, &feed) == OK && feed_read(arena, feed.bytes, feed.len, &again, &fault) != OK) {
		fprintf(stderr, "the calendar's feed is refused: %s: %s\n%s\n", fault.place, fault.text, feed.bytes);
		abort();
	}
	buf_free(&feed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena;
	struct ics_calendar calendar = { 0 };
	struct fault fault = { 0 };

	arena_init(&arena, LIMIT_FEED_ARENA);
	if (ics_read(&arena, (const char *)bytes, len, "Europe/Oslo", "nb", &calendar, &fault) == OK)
		as_feed(&arena, &calendar);
	else if (!fault.text[0])
		abort();
	arena_free(&arena);
	return 0;
}
