/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One calendar: what came, what was skipped and why, when it was fetched; fetch now, remove. */
#include <string.h>

#include "central/central.h"
#include "central/import_calendar.h"
#include "central/routes.h"
#include "central/staff.h"
#include "central/staff_sheet.h"
#include "io/fetch.h"

enum { ORIGIN_SIZE = 200, SKIPS_MAX = 200, CAME_MAX = 500 };

struct shown {
	struct staff staff;
	struct calendar calendar;
	struct calendar_skips skips;
	struct activity_rows activities; /* of the whole centre */
};

static enum err load(struct request *req, struct shown *out)
{
	enum err err = staff_enter(req, &out->staff);

	if (!err)
		err = store_calendar(req->db, req->arena, req->actor, req->centre, req->params[1], &out->calendar,
				     &out->skips);
	if (!err)
		err = store_activities(req->db, req->arena, req->actor, req->centre, &out->activities);
	return err;
}

/* ---- how it went -------------------------------------------------------- */

static void fault_write(struct request *req, const char *fault)
{
	static const struct {
		const char *word;
		enum text_id words;
	} faults[] = {
#define X(word, words) { word, words },
		CALENDAR_FAULTS(X)
#undef X
	};
	size_t len = strcspn(fault, ":");
	const char *detail = fault[len] ? fault + len + 2 : "";
	enum text_id words = TEXT_STAFF_CAL_FAULT_HERE;

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (strncmp(faults[i].word, fault, len) == 0 && faults[i].word[len] == '\0')
			words = faults[i].words;
	page_alert(req, TONE_DANGER, lang_format(req->arena, req->lang, words, ARG_S(detail)));
	html(&req->page, "<p class=\"op-small\" lang=\"en\">%s</p>\n", fault);
}

static void when_write(struct request *req, const struct shown *s)
{
	const struct calendar *c = &s->calendar;
	const char *zone = s->staff.centre.zone;
	char origin[ORIGIN_SIZE];

	if (c->address) {
		url_origin(c->address, origin, sizeof origin);
		line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_FROM, ARG_S(origin)));
	}
	if (c->last_at)
		line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_LAST,
					    ARG_S(words_moment(req, zone, c->last_at))));
	if (c->last_fault && c->last_ok_at)
		line_write(req, lang_format(req->arena, req->lang, TEXT_STAFF_CAL_LAST_OK,
					    ARG_S(words_moment(req, zone, c->last_ok_at))));
}

/* ---- what came ---------------------------------------------------------- */

static void came_write(struct request *req, const struct shown *s)
{
	size_t shown = 0;

	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n<p class=\"ds-paragraph\">%s</p>\n",
	     TEXT_STAFF_CAL_WHAT_CAME,
	     lang_format(req->arena, req->lang, TEXT_STAFF_CAL_CAME, ARG_N(s->calendar.activities)));
	if (!s->calendar.address) {
		html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_STAFF_CAL_COPIED);
		page_button(req, staff_path(req, "/activities"), TEXT_STAFF_ACTIVITIES, false);
		return;
	}
	for (size_t i = 0; i < s->activities.n && shown < CAME_MAX; i++) {
		const struct activity_row *row = &s->activities.v[i];
		if (!row->stored.calendar || strcmp(row->stored.calendar, s->calendar.id) != 0)
			continue;
		if (shown++ == 0)
			html(&req->page, "<ul class=\"ds-list\">\n");
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">%s</a></li>\n",
		     staff_path(req, "/activities/%s", row->item.id), req_pick(req, row->item.name));
	}
	if (shown)
		html(&req->page, "</ul>\n");
}

/* ---- what was skipped --------------------------------------------------- */

static enum text_id reason_words(enum skip_reason reason)
{
	static const enum text_id words[SKIP_COUNT] = {
		[SKIP_RULE_UNSUPPORTED] = TEXT_STAFF_CAL_SKIP_UNSUPPORTED,
		[SKIP_RULE_MALFORMED] = TEXT_STAFF_CAL_SKIP_MALFORMED,
		[SKIP_NO_START] = TEXT_STAFF_CAL_SKIP_NO_START,
		[SKIP_BAD_TIME] = TEXT_STAFF_CAL_SKIP_BAD_TIME,
		[SKIP_ZONE_UNKNOWN] = TEXT_STAFF_CAL_SKIP_ZONE,
		[SKIP_TOO_MANY] = TEXT_STAFF_CAL_SKIP_TOO_MANY,
		[SKIP_NOT_AN_EVENT] = TEXT_STAFF_CAL_SKIP_NOT_EVENT,
		[SKIP_PRIVATE] = TEXT_STAFF_CAL_SKIP_PRIVATE,
	};

	return (unsigned)reason < SKIP_COUNT ? words[reason] : TEXT_STAFF_CAL_SKIP_BAD_TIME;
}

static void skip_write(struct request *req, const struct calendar_skip *skip)
{
	const char *title = skip->title && *skip->title ? skip->title : req_text(req, TEXT_STAFF_CAL_UNTITLED);

	html(&req->page, "<li><strong>%s</strong> ", title);
	if (skip->line)
		html(&req->page, "<span class=\"op-small\">(%s)</span> ",
		     lang_format(req->arena, req->lang, TEXT_STAFF_CAL_LINE, ARG_N(skip->line)));
	html(&req->page, "<br>%t", (int)reason_words(skip->reason));
	if (skip->detail && *skip->detail)
		html(&req->page, " <span class=\"op-small\" lang=\"en\">%s</span>", skip->detail);
	html(&req->page, "</li>\n");
}

static void skips_write(struct request *req, const struct calendar_skips *skips)
{
	if (skips->n == 0) {
		page_alert(req, TONE_SUCCESS, req_text(req, TEXT_STAFF_CAL_NOTHING_SKIPPED));
		return;
	}
	html(&req->page, "<h2 class=\"ds-heading\" data-size=\"sm\">%t</h2>\n<ul class=\"ds-list\">\n",
	     TEXT_STAFF_CAL_SKIPPED);
	for (size_t i = 0; i < skips->n && i < SKIPS_MAX; i++)
		skip_write(req, &skips->v[i]);
	html(&req->page, "</ul>\n");
	if (skips->n > SKIPS_MAX)
		html(&req->page, "<p class=\"ds-paragraph\">%s</p>\n",
		     lang_format(req->arena, req->lang, TEXT_STAFF_CAL_MORE_SKIPS,
				 ARG_N((int64_t)(skips->n - SKIPS_MAX))));
}

/* ---- the page ----------------------------------------------------------- */

enum err page_calendar(struct request *req)
{
	struct shown s;
	enum err err = load(req, &s);

	if (err)
		return err;
	staff_open(req, &s.staff, s.calendar.name);
	back_write(req, staff_path(req, "/calendars"), TEXT_STAFF_CALENDARS);
	if (s.calendar.last_fault)
		fault_write(req, s.calendar.last_fault);
	if (s.calendar.last_fault && s.calendar.last_ok_at)
		html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_STAFF_CAL_KEEPS);
	when_write(req, &s);
	actions_open(req);
	if (s.calendar.address) {
		form_open(req, staff_path(req, "/calendars/%s/refresh", s.calendar.id), NULL);
		form_submit(req, TEXT_STAFF_CAL_REFRESH);
		form_close(req);
	}
	page_button(req, staff_path(req, "/calendars/%s/remove", s.calendar.id), TEXT_STAFF_REMOVE, false);
	actions_close(req);
	if (!s.calendar.last_at)
		page_alert(req, TONE_INFO, req_text(req, TEXT_STAFF_CAL_WORKING));
	if (s.calendar.last_ok_at) {
		came_write(req, &s);
		skips_write(req, &s.skips);
	}
	page_close(req);
	return OK;
}

enum err post_calendar_refresh(struct request *req)
{
	struct calendar calendar;
	const char *path = staff_path(req, "/calendars/%s", req->params[1]);
	enum err err = store_calendar(req->db, req->arena, req->actor, req->centre, req->params[1], &calendar, NULL);

	if (!err && !calendar.address)
		err = ERR_NOT_FOUND;
	if (!err)
		err = calendar_fetch(req->central, req->db, req->now, &calendar);
	if (!err && !path)
		err = ERR_MEMORY;
	if (!err)
		reply_see_other(req, path);
	return err;
}

static enum err show_remove(struct request *req, const struct shown *s)
{
	staff_open(req, &s->staff, req_text(req, TEXT_STAFF_CAL_REMOVE));
	html(&req->page, "<p class=\"ds-paragraph\"><strong>%s</strong></p>\n<p class=\"ds-paragraph\">%t</p>\n",
	     s->calendar.name,
	     (int)(s->calendar.address ? TEXT_STAFF_CAL_REMOVE_HELP : TEXT_STAFF_CAL_REMOVE_COPY_HELP));
	remove_form_write(req, req->path, s->calendar.revision, staff_path(req, "/calendars/%s", s->calendar.id));
	page_close(req);
	return OK;
}

enum err page_calendar_remove(struct request *req)
{
	struct shown s;
	enum err err = load(req, &s);

	if (!err)
		err = staff_form(req, &fields_remove);
	return err ? err : show_remove(req, &s);
}

enum err post_calendar_remove(struct request *req)
{
	struct shown s;
	enum err err = load(req, &s);

	/* A fetch in between is no reason to ask again: what is removed is the same. */
	if (!err)
		err = store_calendar_remove(req->db, req->actor, req->centre, s.calendar.id, s.calendar.revision);
	return err ? err : staff_done(req, staff_path(req, "/calendars"), "removed");
}
