/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar file of a sign-up. What repeats is written as its next single
 * times: phones disagree about rules that cross a change of clock, not about moments. */
#include <string.h>

#include "central/ics_out.h"
#include "central/public_receipt.h"
#include "central/routes.h"

enum { CALENDAR_MAX = 256 * 1024, TIMES_MAX = 26 };

struct calendar_file {
	struct request *req;
	const struct signup *signup;
	const struct public_item *item;
	struct buf out;
};

static const char *host_of(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? host + 3 : url;
}

static void add(struct calendar_file *file, const struct occurrence *o, const char *original)
{
	struct request *req = file->req;
	const struct public_item *item = file->item;
	const char *place = public_place(req, item), *link = receipt_link(req, "");
	bool gone = item->state == PUBLIC_CANCELLED || file->signup->state == SIGNUP_WITHDRAWN;
	const struct ics_event event = {
		.uid = req_printf(req, "%s-%s@%s", item->ref.code, original, host_of(req_public_url(req))),
		.changed_at = req->now,
		.sequence = item->centre->version,
		.all_day = o->start.date_only,
		.from = o->start,
		.to = o->end,
		.start_utc = o->start_utc,
		.end_utc = o->end_utc,
		.summary = public_name(req, item).s,
		.location = place ? place : public_centre_name(req, item).s,
		.description = public_centre_name(req, item).s,
		.url = req_printf(req, "%s%s", req_public_url(req), link),
		.cancelled = gone,
	};

	ics_out_event(&file->out, &event);
}

/* The next times of a need with a start, by its rule. */
static enum err add_need(struct calendar_file *file)
{
	struct occurrences all = { 0 };
	char original[CIVIL_SIZE];
	size_t n = 0;
	enum err err = public_need_times(file->req, file->item, &all);

	for (size_t i = 0; !err && i < all.n && n < TIMES_MAX; i++, n++) {
		civil_print(all.v[i].original, original);
		add(file, &all.v[i], original);
	}
	return !err && n == 0 ? ERR_NOT_FOUND : err;
}

static enum err write_file(struct calendar_file *file)
{
	enum err err = OK;

	ics_out_open(&file->out);
	if (file->item->need)
		err = file->item->need->has_start ? add_need(file) : ERR_NOT_FOUND;
	else if (file->item->state == PUBLIC_REMOVED || file->item->state == PUBLIC_UNPLANNED)
		err = ERR_NOT_FOUND;
	else
		add(file, &file->item->occurrence, file->item->original);
	ics_out_close(&file->out);
	return err ? err : file->out.err;
}

enum err page_calendar_file(struct request *req)
{
	struct signup signup;
	struct public_item item;
	enum err err = receipt_find(req, &signup, &item);
	struct calendar_file file = { .req = req, .signup = &signup, .item = &item };

	if (err)
		return err;
	buf_init(&file.out, CALENDAR_MAX);
	err = write_file(&file);
	const char *bytes = err ? NULL : arena_copy(req->arena, buf_text(&file.out), file.out.len);
	if (bytes)
		reply_bytes(req, "text/calendar; charset=utf-8", "oppslag.ics", bytes, file.out.len);
	buf_free(&file.out);
	return err || bytes ? err : ERR_MEMORY;
}
