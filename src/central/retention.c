/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/retention.h"

#include <string.h>

#include "base/limits.h"
#include "central/public_occurrence.h"
#include "central/store_items.h"
#include "central/store_retention.h"
#include "core/zone.h"

enum { BACK_DAYS = 400, AHEAD_DAYS = 800 };

static bool rule_ends(const char *rrule)
{
	return strcasestr(rrule, "UNTIL=") || strcasestr(rrule, "COUNT=");
}

/* The last end of a need with a start and perhaps a rule that ends; far ahead is near enough, it is asked again every
 * time. */
static enum err last_end(const struct need *need, const char *zone, int64_t now, struct arena *arena, int64_t *end)
{
	const struct activity times = { .id = need->id,
					.start = need->start,
					.duration = need->has_duration ? need->duration : (struct duration){ 0, 3600 },
					.rrule = need->rrule };
	struct occurrences all;
	struct civil today;
	enum err err = zone_to_utc(zone, need->start, end);

	*end += times.duration.seconds + (int64_t)times.duration.days * RETENTION_DAY;
	if (!err)
		err = zone_from_utc(zone, now, &today);
	if (!err)
		err = occur_activity(&times, zone, civil_add_days(today, -BACK_DAYS), civil_add_days(today, AHEAD_DAYS),
				     arena, &all);
	for (size_t i = 0; !err && i < all.n; i++)
		if (all.v[i].end_utc > *end)
			*end = all.v[i].end_utc;
	return err;
}

enum err retention_need_end(const struct need *need, const char *zone, int64_t now, struct arena *arena,
			    bool *open_ended, int64_t *end)
{
	int64_t until;
	enum err err = OK;

	*end = 0;
	*open_ended = !need->has_until && (!need->has_start || (need->rrule && !rule_ends(need->rrule)));
	if (*open_ended)
		return OK;
	if (need->has_start && (!need->rrule || rule_ends(need->rrule)))
		err = last_end(need, zone, now, arena, end);
	if (err || !need->has_until)
		return err;
	err = zone_to_utc(zone, civil_add_days(need->until, 1), &until);
	if (!err && (*end == 0 || until < *end))
		*end = until;
	return err;
}

/* What people signed up for, as it stands now. ERR_NOT_FOUND: it is no longer in the plan. */
static enum err end_of(const struct centre *centre, const struct signup_item *item, int64_t now, struct arena *arena,
		       bool *open_ended, int64_t *end)
{
	struct occurrence occurrence;
	struct civil original;

	*open_ended = false;
	if (item->item.kind == ITEM_NEED)
		return retention_need_end(&centre->needs[0], centre->zone, now, arena, open_ended, end);
	if (!item->original || !civil_parse(item->original, &original))
		return ERR_NOT_FOUND;
	enum err err = occurrence_find(&centre->activities[0], centre->zone, original, arena, &occurrence);
	if (!err)
		*end = occurrence.end_utc;
	return err;
}

/* One item's day. What cannot be worked out (its rule changed, it is gone) keeps the day that it had. */
static enum err renew(struct db *db, const struct signup_item *item, int64_t now)
{
	struct arena arena;
	struct centre *centre;
	bool open_ended = false;
	int64_t end = 0;

	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_public_item(db, &arena, &item->item, &centre);
	if (!err)
		err = end_of(centre, item, now, &arena, &open_ended, &end);
	if (!err && open_ended)
		err = store_signups_yearly(db, item, RETENTION_ASK);
	else if (!err)
		err = store_signups_until(db, item, end + RETENTION_KEEP);
	arena_free(&arena);
	return err == ERR_STORE || err == ERR_MEMORY ? err : OK;
}

enum err retention_run(struct db *db, int64_t now, int64_t *n)
{
	struct arena arena;
	struct signup_items items = { 0 };

	*n = 0;
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_signup_items(db, &arena, &items);
	/* One item that cannot be read may not keep the names of all the others. */
	for (size_t i = 0; i < items.n; i++) {
		enum err one = renew(db, &items.v[i], now);
		err = err ? err : one;
	}
	arena_free(&arena);
	enum err expired = store_signups_expire(db, now, n);
	return expired ? expired : err;
}

static bool is_past(const struct notice *notice, struct civil today)
{
	return notice->has_until && civil_day(notice->until) + RETENTION_KEEP / RETENTION_DAY < civil_day(today);
}

static enum err tidy_centre(struct db *db, struct arena *arena, const struct centre_row *centre, int64_t now,
			    int64_t *n)
{
	const struct actor system = SYSTEM_ACTOR(now);
	struct notice_rows rows = { 0 };
	struct civil today;
	enum err err = zone_from_utc(centre->zone, now, &today);

	if (!err)
		err = store_notices(db, arena, system, centre->id, &rows);
	for (size_t i = 0; i < rows.n && !err; i++) {
		const struct notice_row *row = &rows.v[i];
		if (!is_past(&row->item, today))
			continue;
		err = store_notice_remove(db, system, centre->id, row->item.id, row->stored.revision);
		if (!err)
			++*n;
		else if (err == ERR_CONFLICT || err == ERR_NOT_FOUND)
			err = OK; /* somebody has it in hand just now: next hour */
	}
	return err;
}

enum err retention_notices(struct db *db, int64_t now, int64_t *n)
{
	struct arena arena;
	struct centre_rows centres = { 0 };

	*n = 0;
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_centres(db, &arena, SYSTEM_ACTOR(now), &centres);
	for (size_t i = 0; i < centres.n && !err; i++)
		err = tidy_centre(db, &arena, &centres.v[i], now, n);
	arena_free(&arena);
	return err;
}
