/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who did what at a centre, in plain words. */
#include <string.h>

#include "central/routes.h"
#include "central/staff.h"

enum { LINES_SHOWN = 200 };

/* the action as the store writes it, words */
#define ACTIONS(X)                                                     \
	X("activity.add", TEXT_STAFF_AUDIT_ACTIVITY_ADD)               \
	X("activity.change", TEXT_STAFF_AUDIT_ACTIVITY_CHANGE)         \
	X("activity.remove", TEXT_STAFF_AUDIT_ACTIVITY_REMOVE)         \
	X("activity.cancel", TEXT_STAFF_AUDIT_ACTIVITY_CANCEL)         \
	X("activity.restore", TEXT_STAFF_AUDIT_ACTIVITY_RESTORE)       \
	X("occurrence.cancel", TEXT_STAFF_AUDIT_OCCURRENCE_CANCEL)     \
	X("occurrence.change", TEXT_STAFF_AUDIT_OCCURRENCE_CHANGE)     \
	X("occurrence.restore", TEXT_STAFF_AUDIT_OCCURRENCE_RESTORE)   \
	X("need.add", TEXT_STAFF_AUDIT_NEED_ADD)                       \
	X("need.change", TEXT_STAFF_AUDIT_NEED_CHANGE)                 \
	X("need.remove", TEXT_STAFF_AUDIT_NEED_REMOVE)                 \
	X("notice.add", TEXT_STAFF_AUDIT_NOTICE_ADD)                   \
	X("notice.change", TEXT_STAFF_AUDIT_NOTICE_CHANGE)             \
	X("notice.remove", TEXT_STAFF_AUDIT_NOTICE_REMOVE)             \
	X("organisation.add", TEXT_STAFF_AUDIT_ORGANISATION_ADD)       \
	X("organisation.change", TEXT_STAFF_AUDIT_ORGANISATION_CHANGE) \
	X("organisation.remove", TEXT_STAFF_AUDIT_ORGANISATION_REMOVE) \
	X("contact.add", TEXT_STAFF_AUDIT_CONTACT_ADD)                 \
	X("contact.change", TEXT_STAFF_AUDIT_CONTACT_CHANGE)           \
	X("contact.remove", TEXT_STAFF_AUDIT_CONTACT_REMOVE)           \
	X("signup.add", TEXT_STAFF_AUDIT_SIGNUP_ADD)                   \
	X("signup.change", TEXT_STAFF_AUDIT_SIGNUP_CHANGE)             \
	X("signup.withdraw", TEXT_STAFF_AUDIT_SIGNUP_WITHDRAW)         \
	X("signup.remove", TEXT_STAFF_AUDIT_SIGNUP_REMOVE)             \
	X("signup.answered", TEXT_STAFF_AUDIT_SIGNUP_ANSWERED)         \
	X("signup.unanswered", TEXT_STAFF_AUDIT_SIGNUP_UNANSWERED)     \
	X("signup.stays", TEXT_STAFF_AUDIT_SIGNUP_STAYS)               \
	X("signup.told", TEXT_STAFF_AUDIT_SIGNUP_TOLD)                 \
	X("signup.untold", TEXT_STAFF_AUDIT_SIGNUP_UNTOLD)             \
	X("callback.add", TEXT_STAFF_AUDIT_CALLBACK_ADD)               \
	X("callback.done", TEXT_STAFF_AUDIT_CALLBACK_DONE)             \
	X("callback.undone", TEXT_STAFF_AUDIT_CALLBACK_UNDONE)         \
	X("callback.remove", TEXT_STAFF_AUDIT_CALLBACK_REMOVE)         \
	X("callback.expire", TEXT_STAFF_AUDIT_CALLBACK_EXPIRE)         \
	X("calendar.add", TEXT_STAFF_AUDIT_CALENDAR_ADD)               \
	X("calendar.came", TEXT_STAFF_AUDIT_CALENDAR_CAME)             \
	X("calendar.remove", TEXT_STAFF_AUDIT_CALENDAR_REMOVE)         \
	X("centre.add", TEXT_STAFF_AUDIT_CENTRE_ADD)                   \
	X("centre.change", TEXT_STAFF_AUDIT_CENTRE_CHANGE)

static const char *action_words(struct request *req, const char *action)
{
	static const struct {
		const char *action;
		enum text_id words;
	} actions[] = {
#define X(action, words) { action, words },
		ACTIONS(X)
#undef X
	};

	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].action, action) == 0)
			return req_text(req, actions[i].words);
	return action;
}

/* Whatever a line may be about, to find names by id. */
struct book {
	struct activity_rows activities;
	struct need_rows needs;
	struct notice_rows notices;
	struct organisation_rows organisations;
	struct contact_rows contacts;
};

static enum err book_load(struct request *req, struct book *out)
{
	enum err err = store_activities(req->db, req->arena, req->actor, req->centre, &out->activities);

	if (!err)
		err = store_needs(req->db, req->arena, req->actor, req->centre, &out->needs);
	if (!err)
		err = store_notices(req->db, req->arena, req->actor, req->centre, &out->notices);
	if (!err)
		err = store_organisations(req->db, req->arena, req->actor, req->centre, &out->organisations);
	if (!err)
		err = store_contacts(req->db, req->arena, req->actor, req->centre, &out->contacts);
	return err;
}

#define FIND_NAME(rows)                                   \
	for (size_t i = 0; i < (rows).n; i++)             \
		if (strcmp((rows).v[i].item.id, id) == 0) \
			return req_pick(req, (rows).v[i].item.name);

static const char *item_name(struct request *req, const struct book *book, const char *id)
{
	FIND_NAME(book->activities)
	FIND_NAME(book->needs)
	FIND_NAME(book->notices)
	FIND_NAME(book->organisations)
	for (size_t i = 0; i < book->contacts.n; i++)
		if (strcmp(book->contacts.v[i].item.id, id) == 0)
			return book->contacts.v[i].item.name;
	return NULL;
}

/* The name, or that there is none any more, and of one time its day. */
static const char *item_words(struct request *req, const struct book *book, const struct audit_line *line)
{
	const char *name = item_name(req, book, line->item);
	struct civil when;

	if (!name && (strncmp(line->action, "centre.", 7) == 0 || strncmp(line->action, "calendar.", 9) == 0 ||
		      strncmp(line->action, "signup.", 7) == 0 || strncmp(line->action, "callback.", 9) == 0))
		name = "";
	else if (!name)
		name = req_text(req, TEXT_STAFF_AUDIT_GONE);
	if (!civil_parse(line->detail, &when))
		return name;
	return req_printf(
		req, "%s%s%s", name, *name ? ", " : "",
		lang_date(req->arena, req->lang, when.date_only ? DATE_DAY_MONTH_YEAR : DATE_WEEKDAY_TIME, when));
}

static const char *who_words(struct request *req, const struct audit_line *line)
{
	if (!*line->user)
		return req_text(req, TEXT_STAFF_AUDIT_VISITOR);
	return strcmp(line->user, SYSTEM_USER) == 0 ? req_text(req, TEXT_STAFF_AUDIT_SYSTEM) : line->user;
}

enum err page_audit(struct request *req)
{
	struct staff staff;
	struct book book;
	struct audit_lines lines;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = book_load(req, &book);
	if (!err)
		err = store_audit(req->db, req->arena, req->actor, req->centre, LINES_SHOWN, &lines);
	if (err)
		return err;
	staff_open(req, &staff, req_text(req, TEXT_STAFF_AUDIT));
	html(&req->page, "<p>%t</p>\n", TEXT_STAFF_AUDIT_HELP);
	if (lines.n == 0)
		empty_write(req, TEXT_STAFF_AUDIT_NONE);
	else
		list_open(req);
	for (size_t i = 0; i < lines.n; i++) {
		const char *item = item_words(req, &book, &lines.v[i]);
		html(&req->page, "<li class=\"op-line\"><span class=\"op-small\">%s</span> <strong>%s</strong> %s",
		     words_moment(req, staff.centre.zone, lines.v[i].at), who_words(req, &lines.v[i]),
		     action_words(req, lines.v[i].action));
		if (item && *item)
			html(&req->page, ": %s", item);
		html(&req->page, "</li>\n");
	}
	if (lines.n)
		list_close(req);
	page_close(req);
	return OK;
}
