/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/public_item.h"

#include <string.h>

#include "central/public_occurrence.h"
#include "central/retention.h"

static enum public_state activity_state(const struct request *req, const struct public_item *item)
{
	if (item->activity->status == STATUS_CANCELLED || item->occurrence.status == OCCURRENCE_CANCELLED)
		return PUBLIC_CANCELLED;
	if (item->occurrence.end_utc <= req->now)
		return PUBLIC_PAST;
	if (!item->activity->signup)
		return PUBLIC_NO_SIGNUP;
	return item->limited && item->taken >= item->seats ? PUBLIC_FULL : PUBLIC_OPEN;
}

static enum err take_activity(struct request *req, const struct civil *original, struct public_item *item)
{
	char *name = arena_alloc(req->arena, CIVIL_SIZE);

	item->activity = &item->centre->activities[0];
	item->limited = item->activity->has_seats;
	item->seats = item->activity->seats;
	if (!original || !name)
		return original ? ERR_MEMORY : OK;
	civil_print(*original, name);
	item->original = name;
	enum err err = occurrence_find(item->activity, item->centre->zone, *original, req->arena, &item->occurrence);
	if (err == ERR_NOT_FOUND) {
		item->occurrence = (struct occurrence){ .activity = item->activity, .start = *original };
		item->state = PUBLIC_UNPLANNED;
		return OK;
	}
	if (!err)
		err = store_taken(req->db, &item->ref, item->original, &item->taken);
	item->state = activity_state(req, item);
	return err;
}

static enum err take_need(struct request *req, struct public_item *item)
{
	bool open_ended;
	int64_t end;

	item->need = &item->centre->needs[0];
	item->limited = true;
	item->seats = item->need->seats;
	item->taken = item->need->taken;
	enum err err = retention_need_end(item->need, item->centre->zone, req->now, req->arena, &open_ended, &end);
	if (!open_ended && end <= req->now)
		item->state = PUBLIC_PAST;
	else
		item->state = item->taken >= item->seats ? PUBLIC_FULL : PUBLIC_OPEN;
	return err;
}

static enum err take(struct request *req, const struct item_ref *ref, const struct civil *original,
		     struct public_item *out)
{
	*out = (struct public_item){ .ref = *ref };
	enum err err = store_public_item(req->db, req->arena, ref, &out->centre);
	if (err == ERR_NOT_FOUND) {
		/* Its code hangs in people's kitchens for longer than it lives. */
		out->state = PUBLIC_REMOVED;
		return store_public_needs(req->db, req->arena, ref->centre, &out->centre);
	}
	if (err)
		return err;
	return ref->kind == ITEM_ACTIVITY ? take_activity(req, original, out) : take_need(req, out);
}

enum err public_by_ref(struct request *req, const struct item_ref *ref, const char *original, struct public_item *out)
{
	struct civil when;

	if (original && !civil_parse(original, &when))
		return ERR_NOT_FOUND;
	return take(req, ref, original ? &when : NULL, out);
}

enum err public_by_code(struct request *req, const char *code, const char *occurrence, struct public_item *out)
{
	struct item_ref ref;
	struct civil when;

	if (occurrence && !occurrence_name_parse(occurrence, &when))
		return ERR_NOT_FOUND;
	enum err err = store_by_code(req->db, req->arena, code, &ref);
	return err ? err : take(req, &ref, occurrence ? &when : NULL, out);
}

enum err public_delete_after(const struct request *req, const struct public_item *item, int64_t *out, bool *open_ended)
{
	bool open = false;
	int64_t end = item->occurrence.end_utc;
	enum err err = OK;

	if (item->need)
		err = retention_need_end(item->need, item->centre->zone, req->now, req->arena, &open, &end);
	*out = open ? req->now + RETENTION_ASK : end + RETENTION_KEEP;
	if (open_ended)
		*open_ended = open;
	return err;
}

enum err public_need_times(struct request *req, const struct public_item *item, struct occurrences *out)
{
	enum { AHEAD_DAYS = 366, AN_HOUR_S = 3600 };
	const struct need *need = item->need;
	const struct activity times = { .id = need->id,
					.start = need->start,
					.duration =
						need->has_duration ? need->duration : (struct duration){ 0, AN_HOUR_S },
					.rrule = need->rrule };
	struct civil today;
	enum err err = req_today(req, item->centre->zone, &today);

	return err ? err
		   : occur_activity(&times, item->centre->zone, today, civil_add_days(today, AHEAD_DAYS), req->arena,
				    out);
}

/* ---- addresses ---------------------------------------------------------- */

const char *public_path(struct request *req, const struct public_item *item)
{
	char name[CIVIL_SIZE];

	if (item->ref.kind == ITEM_NEED)
		return req_printf(req, "/n/%s", item->ref.code);
	if (!item->original)
		return req_printf(req, "/a/%s", item->ref.code);
	occurrence_name_print(item->original, name);
	return req_printf(req, "/a/%s/%s", item->ref.code, name);
}
