/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One time of an activity: changed, cancelled, taken back. Staff do this far
 * more often than they change a series, so it is two presses: the first says
 * what will happen and who has to know, the second does it. */
#include <string.h>

#include "base/limits.h"
#include "central/routes.h"
#include "central/staff_activity.h"
#include "central/staff_span.h"

/* ---- as an entry of a list ---------------------------------------------- */

static int64_t taken_of(const struct takens *takens, struct civil original)
{
	for (size_t i = 0; takens && i < takens->n; i++)
		if (civil_compare(takens->v[i].original, original) == 0)
			return takens->v[i].taken;
	return 0;
}

static const char *seats_words(struct request *req, const struct activity *a, int64_t taken)
{
	if (!a->signup && !taken)
		return NULL;
	if (a->has_seats)
		return lang_format(req->arena, req->lang, TEXT_STAFF_SEATS_TAKEN, ARG_N(taken), ARG_N(a->seats));
	return lang_format(req->arena, req->lang, TEXT_STAFF_N_SIGNUPS, ARG_N(taken));
}

static void status_write(struct request *req, const struct activity *a, const struct occurrence *o, int64_t taken)
{
	const char *seats = seats_words(req, a, taken);

	html(&req->page, "<p class=\"op-row-tags\">");
	if (o->status == OCCURRENCE_CANCELLED)
		tag_write(req, TAG_DANGER, req_text(req, TEXT_STAFF_CANCELLED));
	else if (o->status == OCCURRENCE_MOVED)
		tag_write(req, TAG_WARNING,
			  lang_format(req->arena, req->lang, TEXT_STAFF_MOVED_FROM,
				      ARG_S(lang_date(req->arena, req->lang, DATE_WEEKDAY_DAY_MONTH, o->moved_to))));
	else if (o->override)
		tag_write(req, TAG_WARNING, req_text(req, TEXT_STAFF_CHANGED_ONCE));
	if (seats)
		tag_write(req, TAG_INFO, seats);
	html(&req->page, "</p>\n");
}

/* A link that says to those who hear it which time it is about. */
static void action_write(struct request *req, const char *url, enum text_id words, const char *about)
{
	html(&req->page,
	     "<a class=\"ds-button\" data-variant=\"secondary\" data-size=\"sm\" href=\"%u\">%t<span class=\"op-only-heard\">: %s</span></a>\n",
	     url, words, about);
}

static void undo_write(struct request *req, const char *url, const char *about)
{
	form_open(req, url, NULL);
	html(&req->page,
	     "<button class=\"ds-button\" data-variant=\"secondary\" data-size=\"sm\" type=\"submit\">%t<span class=\"op-only-heard\">: %s</span></button>\n",
	     TEXT_STAFF_TAKE_BACK, about);
	form_close(req);
}

static void occurrence_actions(struct request *req, const struct activity_row *row, const struct occurrence *o,
			       const char *about, int64_t taken)
{
	const char *id = row->item.id;
	char original[ORIGINAL_SIZE];

	original_print(o->original, original);
	actions_open(req);
	if (o->status != OCCURRENCE_CANCELLED && !row->stored.calendar)
		action_write(req, staff_path(req, "/activities/%s/at/%s/change", id, original), TEXT_STAFF_CHANGE_TIME,
			     about);
	if (o->status != OCCURRENCE_CANCELLED)
		action_write(req, staff_path(req, "/activities/%s/at/%s/cancel", id, original), TEXT_STAFF_CANCEL_TIME,
			     about);
	if (o->override)
		undo_write(req, staff_path(req, "/activities/%s/at/%s/undo", id, original), about);
	if (taken)
		action_write(req, staff_path(req, "/activities/%s/at/%s/signups", id, original), TEXT_STAFF_SIGNUPS,
			     about);
	actions_close(req);
}

void occurrence_row_write(struct request *req, const struct staff *staff, const struct activity_row *row,
			  const struct occurrence *o, const struct takens *takens, bool named)
{
	const struct activity *a = &row->item;
	const char *day = words_day(req, o->start, staff->now), *time = words_time(req, o->start, o->end);
	const char *name = req_pick(req, o->override && o->override->name.n ? o->override->name : a->name);
	const char *place = req_pick(req, o->override && o->override->place.n ? o->override->place : a->place);
	int64_t taken = taken_of(takens, o->original);

	row_open(req);
	if (named) {
		row_title(req, staff_path(req, "/activities/%s", a->id), name);
		line_write(req, place ? req_printf(req, "%s · %s", time, place) : time);
	} else {
		row_title(req, NULL, day);
		line_write(req, time);
		if (o->override && o->override->name.n)
			line_write(req, name);
		if (o->override && o->override->place.n)
			line_write(req, place);
	}
	if (o->override)
		line_write(req, req_pick(req, o->override->reason));
	status_write(req, a, o, taken);
	occurrence_actions(req, row, o, named ? name : req_printf(req, "%s, %s", day, time), taken);
	row_close(req);
}

/* ---- one of them, by its address ---------------------------------------- */

struct once {
	struct staff staff;
	struct activity_row row;
	struct occurrence occurrence;
	struct signups signups;
	struct override before; /* what is said of it now; all zero: nothing */
	const char *when;
};

static enum err once_enter(struct request *req, struct once *out)
{
	struct civil original;
	enum err err = activity_enter(req, &out->staff, &out->row);

	if (!err && !original_parse(req->params[2], &original))
		err = ERR_NOT_FOUND;
	if (!err)
		err = dates_find(req, &out->row.item, out->staff.centre.zone, original, &out->occurrence);
	if (!err)
		err = signups_of(req, out->row.item.id, &original, original, &out->signups);
	if (err)
		return err;
	const struct override *before = dates_override(&out->row.item, original);
	out->before = before ? *before : (struct override){ .original = original };
	out->when = words_when(req, out->occurrence.start, out->occurrence.end);
	return OK;
}

static const char *once_path(struct request *req, const char *what)
{
	return staff_path(req, "/activities/%s/at/%s/%s", req->params[1], req->params[2], what);
}

static const char *activity_path(struct request *req)
{
	return staff_path(req, "/activities/%s", req->params[1]);
}

/* Where one goes afterwards: to those who have to be told, if there are any. */
static enum err once_done(struct request *req, const struct once *once, const char *key)
{
	return staff_done(req, once->signups.n ? once_path(req, "signups") : activity_path(req), key);
}

static void once_open(struct request *req, const struct once *once, enum text_id title)
{
	staff_open(req, &once->staff, req_text(req, title));
	back_write(req, activity_path(req), TEXT_STAFF_BACK);
	html(&req->page, "<p class=\"op-lead\"><strong>%s</strong><br>%s</p>\n", req_pick(req, once->row.item.name),
	     once->when);
}

/* ---- cancel ------------------------------------------------------------- */

#define REASON_FIELDS                                                                                      \
	{ .name = "reason_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_REASON },       \
	{                                                                                                  \
		.name = "reason_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_REASON_EN \
	}
const struct fields fields_cancel_time = FIELDS(REASON_FIELDS);

static void reason_write(const struct sheet *sheet)
{
	static const char *const english[] = { "reason_en" };

	sheet_field(sheet, "reason_nb", TEXT_STAFF_REASON_HELP);
	sheet_more_open(sheet, TEXT_STAFF_MORE_ENGLISH, 1, english);
	sheet_field(sheet, "reason_en", TEXT_COUNT);
	sheet_more_close(sheet);
}

static enum err cancel_show(struct request *req, const struct once *once)
{
	struct values values = { 0 };
	struct sheet sheet = { req, &values, NULL };

	values_texts(&values, TEXT_FIELDS("reason"), once->before.reason);
	once_open(req, once, TEXT_STAFF_CANCEL_TIME_TITLE);
	html(&req->page, "<p>%t</p>\n", TEXT_STAFF_CANCEL_TIME_HELP);
	if (once->signups.n)
		signups_brief_write(req, &once->signups, TEXT_STAFF_MUST_BE_TOLD);
	form_summary(req, &req->form);
	form_open(req, once_path(req, "cancel"), NULL);
	reason_write(&sheet);
	actions_open(req);
	form_button(req, TEXT_STAFF_CANCEL_TIME_NOW, NULL, NULL, true);
	page_button(req, activity_path(req), TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_cancel_time(struct request *req)
{
	struct once once;
	enum err err = once_enter(req, &once);

	if (!err)
		err = staff_form(req, &fields_cancel_time);
	return err ? err : cancel_show(req, &once);
}

enum err post_cancel_time(struct request *req)
{
	struct once once;
	enum err err = once_enter(req, &once);

	if (err)
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return cancel_show(req, &once);
	}
	/* It stands struck out at its own time, also when it had been moved before: there people may be waiting. */
	struct override override = { .original = once.before.original, .status = STATUS_CANCELLED };
	err = texts_take(req, TEXT_FIELDS("reason"), once.before.reason, &override.reason);
	if (!err)
		err = store_override_set(req->db, req->actor, req->centre, once.row.item.id, &override);
	return err ? err : once_done(req, &once, "cancelled");
}

/* ---- change ------------------------------------------------------------- */

const struct fields fields_change_time = FIELDS(
	SPAN_FIELDS(true), { .name = "place_nb", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_PLACE },
	{ .name = "name_nb", .type = FIELD_LINE, .label = TEXT_STAFF_NAME_ONCE },
	{ .name = "place_en", .type = FIELD_LINE, .max = LIMIT_SHORT, .label = TEXT_STAFF_PLACE_EN },
	{ .name = "name_en", .type = FIELD_LINE, .label = TEXT_STAFF_NAME_EN }, REASON_FIELDS);

static struct civil once_start(const struct once *once)
{
	return once->before.has_start ? once->before.start : once->before.original;
}

static struct duration once_duration(const struct once *once)
{
	return once->before.has_duration ? once->before.duration : once->row.item.duration;
}

static void change_values(struct request *req, const struct once *once, struct values *out)
{
	const struct override *before = &once->before;
	const struct activity *a = &once->row.item;

	*out = (struct values){ 0 };
	span_values(out, req, once_start(once), once_duration(once));
	values_texts(out, TEXT_FIELDS("place"), before->place.n ? before->place : a->place);
	values_texts(out, TEXT_FIELDS("name"), before->name.n ? before->name : a->name);
	values_texts(out, TEXT_FIELDS("reason"), before->reason);
}

static enum err change_show(struct request *req, const struct once *once)
{
	static const char *const english[] = { "place_en", "name_en", "reason_en" };
	struct values values;
	struct sheet sheet = { req, &values, NULL };

	change_values(req, once, &values);
	once_open(req, once, TEXT_STAFF_CHANGE_TIME_TITLE);
	if (once->signups.n)
		signups_brief_write(req, &once->signups, TEXT_STAFF_MUST_BE_TOLD);
	form_summary(req, &req->form);
	form_open(req, once_path(req, "change"), NULL);
	span_write(&sheet);
	sheet_field(&sheet, "place_nb", TEXT_COUNT);
	sheet_field(&sheet, "name_nb", TEXT_COUNT);
	sheet_field(&sheet, "reason_nb", TEXT_STAFF_REASON_HELP);
	sheet_more_open(&sheet, TEXT_STAFF_MORE_ENGLISH, 3, english);
	sheet_field(&sheet, "place_en", TEXT_COUNT);
	sheet_field(&sheet, "name_en", TEXT_COUNT);
	sheet_field(&sheet, "reason_en", TEXT_COUNT);
	sheet_more_close(&sheet);
	actions_open(req);
	form_submit(req, TEXT_STAFF_CHANGE_TIME_NOW);
	page_button(req, activity_path(req), TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_change_time(struct request *req)
{
	struct once once;
	enum err err = once_enter(req, &once);

	if (!err && once.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = staff_form(req, &fields_change_time);
	return err ? err : change_show(req, &once);
}

/* Only what differs from the series is said of the one time, so that it follows the series in all else. */
static enum err change_take(struct request *req, const struct once *once, struct override *out)
{
	const struct activity *a = &once->row.item;
	struct span span;

	*out = (struct override){ .original = once->before.original };
	span_take(&req->form, &span);
	enum err err = texts_take(req, TEXT_FIELDS("name"), a->name, &out->name);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("place"), a->place, &out->place);
	if (!err)
		err = texts_take(req, TEXT_FIELDS("reason"), once->before.reason, &out->reason);
	if (err || req->form.wrong)
		return err;
	out->start = span.start;
	out->duration = span.duration;
	out->has_start = civil_compare(span.start, out->original) != 0 || span.start.date_only != a->start.date_only;
	out->has_duration = span.duration.days != a->duration.days || span.duration.seconds != a->duration.seconds;
	if (texts_same(out->name, a->name))
		out->name.n = 0;
	if (texts_same(out->place, a->place))
		out->place.n = 0;
	return OK;
}

static bool says_nothing(const struct override *o)
{
	return !o->has_start && !o->has_duration && !o->name.n && !o->place.n;
}

enum err post_change_time(struct request *req)
{
	struct once once;
	struct override override;
	enum err err = once_enter(req, &once);

	if (!err && once.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = change_take(req, &once, &override);
	if (err)
		return err;
	if (req->form.wrong) {
		reply_status(req, 422);
		return change_show(req, &once);
	}
	if (says_nothing(&override))
		err = store_override_clear(req->db, req->actor, req->centre, once.row.item.id, override.original);
	else
		err = store_override_set(req->db, req->actor, req->centre, once.row.item.id, &override);
	if (sheet_refused(req, err, "date")) {
		reply_status(req, 422);
		return change_show(req, &once);
	}
	return err ? err : once_done(req, &once, "saved");
}

/* ---- take back ---------------------------------------------------------- */

enum err post_undo_time(struct request *req)
{
	struct once once;
	enum err err = once_enter(req, &once);

	if (!err)
		err = store_override_clear(req->db, req->actor, req->centre, once.row.item.id, once.before.original);
	if (!err)
		err = store_activity(req->db, req->arena, req->actor, req->centre, once.row.item.id, &once.row);
	if (err)
		return err;
	/* What the calendar itself says stays said. */
	bool stays = dates_override(&once.row.item, once.before.original);
	return staff_done(req, activity_path(req), stays ? "calendars_own" : "restored");
}
