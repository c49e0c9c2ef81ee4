/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overview: what is on today, who waits for an answer, and the three
 * buttons that most visits are for. */
#include "central/routes.h"
#include "central/session.h"
#include "central/staff_activity.h"

enum { CENTRES_IN_FULL = 3, SIGNUPS_COUNTED = 1000 };

static bool is_subject(const struct occurrence *o)
{
	return o->status != OCCURRENCE_MOVED_AWAY;
}

static enum err today_write(struct request *req, const struct staff *staff, const struct activity_row *row,
			    const struct occurrence *o)
{
	struct takens takens = { 0 };
	enum err err = OK;

	if (row->item.signup)
		err = store_activity_taken(req->db, req->arena, req->actor, staff->centre.id, row->item.id, &takens);
	if (!err)
		occurrence_row_write(req, staff, row, o, &takens, true);
	return err;
}

/* ACTIVITIES are those of ROWS, in the same order. */
static enum err day_write(struct request *req, const struct staff *staff, const struct activity_rows *rows,
			  const struct centre *centre)
{
	struct occurrences today;
	enum err err = occur_between(centre, staff->now, civil_add_days(staff->now, 1), req->arena, &today);
	bool any = false;

	for (size_t i = 0; i < today.n && !err; i++) {
		const struct occurrence *o = &today.v[i];
		const struct activity_row *row = &rows->v[o->activity - centre->activities];
		if (!is_subject(o) || row->item.status == STATUS_CANCELLED)
			continue;
		if (!any)
			list_open(req);
		any = true;
		err = today_write(req, staff, row, o);
	}
	if (any)
		list_close(req);
	else
		empty_write(req, TEXT_STAFF_NOTHING_TODAY);
	return err;
}

static enum err today_section(struct request *req, const struct staff *staff, bool named)
{
	struct activity_rows rows;
	enum err err = store_activities(req->db, req->arena, req->actor, staff->centre.id, &rows);
	struct activity *activities = err ? NULL : ARENA_ARRAY(req->arena, rows.n, struct activity);
	const char *title = lang_format(req->arena, req->lang, TEXT_STAFF_TODAY,
					ARG_S(lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, staff->now)));

	if (err || !activities)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++)
		activities[i] = rows.v[i].item;
	struct centre centre = {
		.id = staff->centre.id, .zone = staff->centre.zone, .n_activities = rows.n, .activities = activities
	};
	if (named)
		html(&req->page, "<h3 class=\"ds-heading\">%s</h3>\n", title);
	else
		html(&req->page, "<h2 class=\"ds-heading\">%s</h2>\n", title);
	return day_write(req, staff, &rows, &centre);
}

static enum err waiting_write(struct request *req, const struct staff *staff)
{
	struct signups signups;
	enum err err =
		store_signups_centre(req->db, req->arena, req->actor, staff->centre.id, SIGNUPS_COUNTED, &signups);
	int64_t waiting = 0;

	for (size_t i = 0; i < signups.n && !err; i++)
		waiting += signups.v[i].state == SIGNUP_ACTIVE && signups.v[i].answered_at == 0;
	if (err || waiting == 0)
		return err;
	html(&req->page, "<p class=\"op-waiting\"><a class=\"ds-link\" href=\"%u\">%s</a></p>\n",
	     staff_path(req, "/signups"), lang_format(req->arena, req->lang, TEXT_STAFF_WAITING, ARG_N(waiting)));
	return OK;
}

static void callbacks_write(struct request *req)
{
	const char *words =
		lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACKS_WAITING, ARG_N(req->callbacks_waiting));

	if (req->callbacks_waiting == 0)
		return;
	html(&req->page, "<p class=\"op-waiting\"><a class=\"ds-link\" href=\"%u\">%s</a>\n",
	     staff_path(req, "/callbacks"), words);
	if (req->callbacks_late)
		tag_write(req, TAG_DANGER,
			  lang_format(req->arena, req->lang, TEXT_STAFF_CALLBACKS_LATE, ARG_N(req->callbacks_late)));
	html(&req->page, "</p>\n");
}

static void users_link(struct request *req)
{
	if (req->user && req->user->role == USER_ADMINISTRATOR)
		html(&req->page, "<a class=\"ds-link\" href=\"/staff/users\">%t</a>\n", TEXT_STAFF_USERS);
}

/* What is needed seldom. */
static void seldom_write(struct request *req, bool with_users)
{
	html(&req->page,
	     "<p class=\"op-seldom\"><a class=\"ds-link\" href=\"%u\">%t</a> <a class=\"ds-link\" href=\"%u\">%t</a>\n",
	     staff_path(req, "/settings"), TEXT_STAFF_SETTINGS_TITLE, staff_path(req, "/audit"), TEXT_STAFF_AUDIT);
	if (with_users)
		users_link(req);
	html(&req->page, "</p>\n");
}

/* NAMED: one of several on the page, under its own heading. */
static enum err centre_write(struct request *req, const struct staff *staff, bool named, bool in_full)
{
	html(&req->page, "<section class=\"op-centre\">\n");
	if (named)
		html(&req->page, "<h2 class=\"ds-heading\"><a class=\"ds-link\" href=\"%u\">%s</a></h2>\n",
		     staff_path(req, "%s", ""), staff->name);
	actions_open(req);
	page_button(req, staff_path(req, "/new/activity"), TEXT_STAFF_NEW_ACTIVITY, true);
	page_button(req, staff_path(req, "/new/need"), TEXT_STAFF_NEW_NEED, false);
	page_button(req, staff_path(req, "/new/notice"), TEXT_STAFF_NEW_NOTICE, false);
	actions_close(req);
	callbacks_write(req);
	enum err err = waiting_write(req, staff);
	if (!err && in_full)
		err = today_section(req, staff, named);
	seldom_write(req, !named);
	html(&req->page, "</section>\n");
	return err;
}

/* All centres that one may edit; the addresses of each are made from req->centre. */
enum err page_home(struct request *req)
{
	struct centre_rows rows;
	enum err err = store_centres(req->db, req->arena, req->actor, &rows);

	if (err)
		return err;
	if (rows.n == 1) {
		req->centre = rows.v[0].id;
		return page_centre(req);
	}
	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_HOME));
	if (rows.n == 0)
		empty_write(req, TEXT_STAFF_NO_CENTRES);
	for (size_t i = 0; i < rows.n && !err; i++) {
		struct staff staff;
		req->centre = rows.v[i].id;
		err = staff_enter(req, &staff);
		if (!err)
			err = centre_write(req, &staff, true, rows.n <= CENTRES_IN_FULL);
	}
	req->centre = NULL;
	html(&req->page, "<p class=\"op-seldom\">");
	users_link(req);
	html(&req->page, "</p>\n");
	page_close(req);
	return err;
}

enum err page_centre(struct request *req)
{
	struct staff staff;
	enum err err = staff_enter(req, &staff);

	if (err)
		return err;
	staff_open(req, &staff, req_text(req, TEXT_STAFF_HOME));
	err = centre_write(req, &staff, false, true);
	page_close(req);
	return err;
}
