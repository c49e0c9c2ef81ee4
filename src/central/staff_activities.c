/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities: the list, one of them, made and changed. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "central/assets.h"
#include "central/central.h"
#include "central/routes.h"
#include "central/staff_activity.h"
#include "central/staff_choices.h"

/* ---- the list ----------------------------------------------------------- */

struct entry {
	const struct activity_row *row;
	struct occurrence next;
	bool has_next;
};

static int by_next(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->has_next != b->has_next)
		return a->has_next ? -1 : 1;
	if (a->has_next && a->next.start_utc != b->next.start_utc)
		return a->next.start_utc < b->next.start_utc ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static enum err find_next(const struct staff *staff, const struct centre *centre, const struct activity_rows *rows,
			  struct entry *entries)
{
	struct schedule *schedule = schedule_new(centre);
	enum err err = schedule ? OK : ERR_MEMORY;

	for (size_t i = 0; i < rows->n && !err; i++) {
		entries[i].row = &rows->v[i];
		err = schedule_next(schedule, &centre->activities[i], staff->now, &entries[i].next);
		entries[i].has_next = !err;
		if (err == ERR_NOT_FOUND)
			err = OK;
	}
	schedule_del(schedule);
	return err;
}

static enum err entries_load(struct request *req, const struct staff *staff, const struct activity_rows *rows,
			     struct entry **out)
{
	struct activity *activities = ARENA_ARRAY(req->arena, rows->n, struct activity);
	struct entry *entries = ARENA_ARRAY(req->arena, rows->n, struct entry);
	struct centre centre = {
		.id = staff->centre.id, .zone = staff->centre.zone, .n_activities = rows->n, .activities = activities
	};

	if (!activities || !entries)
		return ERR_MEMORY;
	for (size_t i = 0; i < rows->n; i++)
		activities[i] = rows->v[i].item;
	enum err err = find_next(staff, &centre, rows, entries);
	if (!err)
		qsort(entries, rows->n, sizeof *entries, by_next);
	*out = entries;
	return err;
}

static void entry_write(struct request *req, const struct staff *staff, const struct entry *entry)
{
	const struct activity *a = &entry->row->item;
	const char *rule = repeat_words(req, a->rrule, a->start), *place = req_pick(req, a->place);

	row_open(req);
	row_title(req, staff_path(req, "/activities/%s", a->id), req_pick(req, a->name));
	if (entry->has_next)
		line_write(req, words_when(req, entry->next.start, entry->next.end));
	else
		line_write(req, words_day(req, a->start, staff->now));
	if (rule && *rule)
		line_write(req, lang_capitalise(req->arena, req->lang, rule));
	line_write(req, place);
	html(&req->page, "<p class=\"op-row-tags\">");
	if (a->status == STATUS_CANCELLED)
		tag_write(req, TAG_DANGER, req_text(req, TEXT_STAFF_SERIES_CANCELLED));
	else if (entry->has_next && entry->next.status == OCCURRENCE_CANCELLED)
		tag_write(req, TAG_DANGER, req_text(req, TEXT_STAFF_CANCELLED));
	if (entry->row->stored.calendar)
		tag_write(req, TAG_NEUTRAL, req_text(req, TEXT_STAFF_SUBSCRIBED));
	if (entry->row->stored.signups)
		tag_write(req, TAG_INFO,
			  lang_format(req->arena, req->lang, TEXT_STAFF_N_SIGNUPS, ARG_N(entry->row->stored.signups)));
	html(&req->page, "</p>\n");
	row_close(req);
}

static void entries_write(struct request *req, const struct staff *staff, const struct entry *entries, size_t n)
{
	size_t upcoming = 0;

	while (upcoming < n && entries[upcoming].has_next)
		upcoming++;
	if (upcoming == 0)
		empty_write(req, TEXT_STAFF_NO_ACTIVITIES);
	else
		list_open(req);
	for (size_t i = 0; i < upcoming; i++)
		entry_write(req, staff, &entries[i]);
	if (upcoming)
		list_close(req);
	if (upcoming == n)
		return;
	html(&req->page, "<h2 class=\"ds-heading\">%t</h2>\n", TEXT_STAFF_PAST_ACTIVITIES);
	list_open(req);
	for (size_t i = upcoming; i < n; i++)
		entry_write(req, staff, &entries[i]);
	list_close(req);
}

enum { LIST_PAGE = 100, LIST_PAGES = LIMIT_ACTIVITIES / LIST_PAGE };
const struct fields fields_list =
	FIELDS({ .name = "page", .type = FIELD_NUMBER, .min = 1, .max = LIST_PAGES, .label = TEXT_STAFF_ACTIVITIES });

enum err page_activities(struct request *req)
{
	struct staff staff;
	struct activity_rows rows;
	struct entry *entries;
	enum err err = staff_enter(req, &staff);

	if (!err)
		err = store_activities(req->db, req->arena, req->actor, req->centre, &rows);
	if (!err)
		err = entries_load(req, &staff, &rows, &entries);
	if (err)
		return err;
	size_t from = (size_t)(form_number(&req->form, "page", 1) - 1) * LIST_PAGE;
	size_t n = from >= rows.n ? 0 : rows.n - from > LIST_PAGE ? LIST_PAGE : rows.n - from;
	staff_open(req, &staff, req_text(req, TEXT_STAFF_ACTIVITIES));
	actions_open(req);
	page_button(req, staff_path(req, "/new/activity"), TEXT_STAFF_NEW_ACTIVITY, true);
	actions_close(req);
	entries_write(req, &staff, entries + from, n);
	if (from + n < rows.n)
		page_button(req, staff_path(req, "/activities?page=%zu", from / LIST_PAGE + 2), TEXT_STAFF_MORE, false);
	page_close(req);
	return OK;
}

/* ---- one ---------------------------------------------------------------- */

enum err activity_enter(struct request *req, struct staff *staff, struct activity_row *row)
{
	enum err err = staff_enter(req, staff);

	return err ? err : store_activity(req->db, req->arena, req->actor, req->centre, req->params[1], row);
}

enum err activity_is_calendars(struct request *req)
{
	return staff_done(req, staff_path(req, "/activities/%s", req->params[1]), "calendars_own");
}

static const char *organisation_name(struct request *req, const char *id)
{
	struct organisation_row row;

	if (!id || store_organisation(req->db, req->arena, req->actor, req->centre, id, &row))
		return NULL;
	return req_pick(req, row.item.name);
}

static const char *contact_name(struct request *req, const char *id)
{
	struct contact_row row;

	if (!id || store_contact(req->db, req->arena, req->actor, req->centre, id, &row))
		return NULL;
	return row.item.name;
}

static void fact(struct request *req, enum text_id label, const char *words)
{
	if (words && *words)
		html(&req->page, "<div><dt>%t</dt><dd>%s</dd></div>\n", label, words);
}

static void facts_write(struct request *req, const struct staff *staff, const struct activity_row *row)
{
	const struct activity *a = &row->item;
	const char *rule = repeat_words(req, a->rrule, a->start);
	bool is_system = row->stored.changed_by && strcmp(row->stored.changed_by, SYSTEM_USER) == 0;

	html(&req->page, "<dl class=\"op-facts\">\n");
	fact(req, TEXT_STAFF_KIND, choice_words(req, "kind", kind_name(a->kind)));
	fact(req, TEXT_STAFF_REPEAT, rule && *rule ? lang_capitalise(req->arena, req->lang, rule) : NULL);
	fact(req, TEXT_STAFF_PLACE, req_pick(req, a->place));
	fact(req, TEXT_STAFF_ORGANISATION, organisation_name(req, a->organisation));
	fact(req, TEXT_STAFF_CONTACT, contact_name(req, a->contact));
	if (a->signup && a->has_seats)
		fact(req, TEXT_STAFF_SEATS, req_printf(req, "%d", a->seats));
	fact(req, TEXT_STAFF_NUMBER, a->number);
	fact(req, TEXT_STAFF_CHANGED,
	     lang_format(req->arena, req->lang, TEXT_STAFF_CHANGED_BY,
			 ARG_S(words_moment(req, staff->centre.zone, row->stored.changed_at)),
			 ARG_S(is_system ? req_text(req, TEXT_STAFF_AUDIT_SYSTEM) : row->stored.changed_by)));
	html(&req->page, "</dl>\n");
}

static void actions_write(struct request *req, const struct activity_row *row)
{
	const char *id = row->item.id;

	actions_open(req);
	if (!row->stored.calendar)
		page_button(req, staff_path(req, "/activities/%s/edit", id), TEXT_STAFF_CHANGE_SERIES, true);
	if (row->item.signup || row->stored.signups)
		page_button(req, staff_path(req, "/activities/%s/signups", id), TEXT_STAFF_SIGNUPS, false);
	if (!row->stored.calendar) {
		page_button(req, staff_path(req, "/activities/%s/cancel", id),
			    row->item.status == STATUS_CANCELLED ? TEXT_STAFF_RESUME_SERIES : TEXT_STAFF_CANCEL_SERIES,
			    false);
		page_button(req, staff_path(req, "/activities/%s/remove", id), TEXT_STAFF_REMOVE, false);
	}
	actions_close(req);
}

static void occurrences_write(struct request *req, const struct staff *staff, const struct activity_row *row,
			      const struct occurrences *next, const struct takens *takens)
{
	html(&req->page, "<h2 class=\"ds-heading\">%t</h2>\n", TEXT_STAFF_NEXT_DATES);
	if (next->n == 0) {
		empty_write(req, TEXT_STAFF_NO_DATES);
		return;
	}
	list_open(req);
	for (size_t i = 0; i < next->n; i++)
		occurrence_row_write(req, staff, row, &next->v[i], takens, false);
	list_close(req);
}

enum err page_activity(struct request *req)
{
	struct staff staff;
	struct activity_row row;
	struct occurrences next;
	struct takens takens;
	enum err err = activity_enter(req, &staff, &row);

	if (!err)
		err = dates_next(req, &row.item, staff.centre.zone, staff.now, DATES_SHOWN, &next);
	if (!err)
		err = store_activity_taken(req->db, req->arena, req->actor, req->centre, row.item.id, &takens);
	if (err)
		return err;
	staff_open(req, &staff, req_pick(req, row.item.name));
	back_write(req, staff_path(req, "/activities"), TEXT_STAFF_ACTIVITIES);
	if (row.item.status == STATUS_CANCELLED)
		page_alert(req, TONE_WARNING, req_text(req, TEXT_STAFF_SERIES_IS_CANCELLED));
	if (row.stored.calendar)
		page_alert(req, TONE_INFO, req_text(req, TEXT_STAFF_SUBSCRIBED_HELP));
	facts_write(req, &staff, &row);
	actions_write(req, &row);
	if (row.item.status != STATUS_CANCELLED)
		occurrences_write(req, &staff, &row, &next, &takens);
	page_close(req);
	return OK;
}

/* ---- made and changed --------------------------------------------------- */

struct editing {
	struct staff staff;
	struct people people;
	struct values values;
	struct activity_row row; /* all zero: a new one */
	bool is_new, in_conflict, asks;
	const struct occurrences *dates; /* to be shown, or NULL */
	struct signups signups;          /* who has to know, when it asks */
};

static enum err editing_begin(struct request *req, bool is_new, struct editing *out)
{
	*out = (struct editing){ .is_new = is_new };
	enum err err = is_new ? staff_enter(req, &out->staff) : activity_enter(req, &out->staff, &out->row);

	if (!err)
		err = people_load(req, &out->people);
	if (!err && !is_new)
		err = activity_values(req, &out->row.item, &out->values);
	if (!err && is_new)
		activity_values_new(req, out->staff.now, &out->values);
	return err;
}

/* What will happen, who has to know, and a word about it for the screens. */
static void consequences_write(struct request *req, const struct editing *e, const struct sheet *sheet)
{
	page_alert(req, TONE_WARNING, req_text(req, TEXT_STAFF_CHANGE_ASKS));
	if (e->signups.n)
		signups_brief_write(req, &e->signups, TEXT_STAFF_MUST_BE_TOLD);
	sheet_field(sheet, "reason_nb", TEXT_STAFF_REASON_NOTICE_HELP);
	html(&req->page, "<input type=\"hidden\" name=\"confirmed\" value=\"1\">\n");
}

static enum err editing_show(struct request *req, const struct editing *e)
{
	const char *path =
		e->is_new ? staff_path(req, "/new/activity") : staff_path(req, "/activities/%s/edit", e->row.item.id);
	const char *action = req_printf(req, "%s#dates", path ? path : "");
	struct sheet sheet = { req, &e->values, &e->people };

	staff_open(req, &e->staff, req_text(req, e->is_new ? TEXT_STAFF_NEW_ACTIVITY : TEXT_STAFF_CHANGE_SERIES));
	back_write(req, e->is_new ? staff_path(req, "/activities") : staff_path(req, "/activities/%s", e->row.item.id),
		   e->is_new ? TEXT_STAFF_ACTIVITIES : TEXT_STAFF_BACK);
	if (e->in_conflict)
		sheet_conflict(&sheet, &e->row.stored, e->staff.centre.zone);
	sheet_open(&sheet, action, e->is_new ? 0 : e->row.stored.revision);
	activity_fields_write(&sheet);
	if (e->dates)
		dates_write(req, e->dates, e->staff.now);
	else
		html(&req->page, "<div id=\"dates-place\"></div>\n");
	const char *script = assets_url(req->central->assets, "dates.js");
	if (script)
		html(&req->page, "<script type=\"module\" src=\"%u\"></script>\n", script);
	if (e->asks)
		consequences_write(req, e, &sheet);
	actions_open(req);
	form_submit(req, e->asks ? TEXT_STAFF_SAVE_ANYWAY : TEXT_STAFF_SAVE);
	form_button(req, TEXT_STAFF_PREVIEW, "preview", "1", false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

static enum err page_editing(struct request *req, bool is_new)
{
	struct editing e;
	enum err err = editing_begin(req, is_new, &e);

	if (!err && e.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = staff_form(req, is_new ? &fields_activity_new : &fields_activity);
	return err ? err : editing_show(req, &e);
}

enum err page_activity_new(struct request *req)
{
	return page_editing(req, true);
}

enum err page_activity_edit(struct request *req)
{
	return page_editing(req, false);
}

/* A change of time or place is told before it is done. */
static enum err look_ahead(struct request *req, const struct activity *item, struct editing *e)
{
	if (e->is_new || form_has(&req->form, "confirmed") || !activity_moves(&e->row.item, item))
		return OK;
	enum err err = signups_of(req, item->id, NULL, e->staff.now, &e->signups);

	e->asks = !err && (e->signups.n || e->row.item.rrule);
	return err;
}

/* Single times are known by their original start, a date or a time as the series has it: they cannot follow. */
static bool cannot_follow(const struct activity *before, const struct activity *after)
{
	return before->start.date_only != after->start.date_only &&
	       (before->overrides.n || before->exdates.n || before->rdates.n);
}

/* The new dates, and whether they, or those who signed up, have to be shown before anything is saved. */
static enum err consider(struct request *req, const struct activity *item, struct editing *e, bool *show)
{
	struct occurrences *dates = ARENA_NEW(req->arena, struct occurrences);

	*show = true;
	if (!dates)
		return ERR_MEMORY;
	if (!e->is_new && cannot_follow(&e->row.item, item)) {
		form_fault(&req->form, "all_day", TEXT_STAFF_ALL_DAY_WITH_CHANGES);
		return OK;
	}
	enum err err = dates_next(req, item, e->staff.centre.zone, e->staff.now, DATES_SHOWN, dates);
	if (sheet_refused(req, err, "repeat"))
		return OK;
	if (!err && e->is_new && dates->n == 0)
		form_fault(&req->form, "date", TEXT_STAFF_DATE_IS_PAST);
	if (err || req->form.wrong)
		return err;
	err = look_ahead(req, item, e);
	*show = e->asks || form_has(&req->form, "preview");
	e->dates = dates;
	return err;
}

static bool is_listed(const struct organisation_rows *rows, const char *id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(rows->v[i].item.id, id) == 0)
			return true;
	return false;
}

/* The form again after a refusal of the store; other errors go on to their pages. */
static enum err editing_refused(struct request *req, enum err err, const struct activity *item, struct editing *e)
{
	bool no_organisation = item->organisation && !is_listed(&e->people.organisations, item->organisation);

	if (err == ERR_CONFLICT) {
		err = editing_begin(req, false, e);
		e->in_conflict = true;
		return err ? err : editing_show(req, e);
	}
	if (!sheet_refused(req, err, no_organisation ? "organisation" : err == ERR_REFERENCE ? "contact" : "name_nb"))
		return err;
	reply_status(req, 422);
	return editing_show(req, e);
}

/* Its id follows from what was changed, so that a second press makes no second notice. */
static enum err notice_of_change(struct request *req, const struct editing *e, const struct activity *item)
{
	const char *seed = req_printf(req, "%s.%s.%lld", req->centre, item->id, (long long)e->row.stored.revision);
	char token[ID_SIZE];

	if (!seed)
		return ERR_MEMORY;
	id_derive("notice of a change", seed, token);
	return series_notice(req, &e->staff, item, TEXT_STAFF_NOTICE_CHANGED, token);
}

static enum err post_editing(struct request *req, bool is_new)
{
	struct editing e;
	struct activity item;
	bool show = true;
	enum err err = editing_begin(req, is_new, &e);

	if (!err && e.row.stored.calendar)
		return activity_is_calendars(req);
	if (!err)
		err = activity_take(req, &e.row.item, &item);
	if (!err && !req->form.wrong)
		err = consider(req, &item, &e, &show);
	if (err)
		return err;
	if (req->form.wrong)
		reply_status(req, 422);
	if (show)
		return editing_show(req, &e);
	if (is_new)
		item.id = form_text(&req->form, "token");
	err = is_new ? store_activity_add(req->db, req->actor, req->centre, &item)
		     : store_activity_change(req->db, req->actor, req->centre, form_number(&req->form, "revision", 0),
					     &item);
	if (err)
		return editing_refused(req, err, &item, &e);
	if (!is_new && form_has(&req->form, "reason_nb"))
		err = notice_of_change(req, &e, &item);
	return err ? err : staff_done(req, staff_path(req, "/activities/%s", item.id), "saved");
}

enum err post_activity_new(struct request *req)
{
	return post_editing(req, true);
}

enum err post_activity_edit(struct request *req)
{
	return post_editing(req, false);
}
