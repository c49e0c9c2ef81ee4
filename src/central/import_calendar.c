/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/import_calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "central/jobs.h"
#include "core/feed_rules.h"
#include "io/fetch.h"

enum { FAULT_SIZE = 600, STATUS_OK = 200, STATUS_NOT_MODIFIED = 304 };

/* A private event is skipped, and what it is called is nobody's business either. */
static enum err hide_private(struct arena *arena, struct ics_calendar *came)
{
	struct ics_skip *v = ARENA_ARRAY(arena, came->n_skipped, struct ics_skip);

	if (!v)
		return ERR_MEMORY;
	for (size_t i = 0; i < came->n_skipped; i++) {
		v[i] = came->skipped[i];
		if (v[i].reason == SKIP_PRIVATE)
			v[i].title = v[i].detail = "";
	}
	came->skipped = v;
	return OK;
}

static enum err take_name(struct arena *arena, const struct ics_calendar *came, const char *otherwise,
			  struct calendar *calendar)
{
	if (calendar->name)
		return OK;
	char *name = came->name ? feed_text_clean(arena, came->name, LIMIT_NAME, false) : NULL;
	if (!name || !*name)
		name = feed_text_clean(arena, otherwise ? otherwise : "", LIMIT_NAME, false);
	calendar->name = name && *name ? name : "calendar";
	return name ? OK : ERR_MEMORY;
}

enum err calendar_take(struct db *db, struct arena *arena, struct actor actor, struct calendar *calendar,
		       const char *zone, const struct calendar_bytes *bytes, struct ics_calendar *came,
		       struct calendar_outcome *outcome, struct fault *fault)
{
	enum err err = ics_read(arena, bytes->bytes, bytes->len, zone, calendar->lang, came, fault);

	if (!err)
		err = hide_private(arena, came);
	if (!err)
		err = take_name(arena, came, bytes->otherwise, calendar);
	return err ? err : store_calendar_came(db, arena, actor, calendar, came, bytes->etag, outcome);
}

/* ---- from an address ---------------------------------------------------- */

struct fetching {
	struct central *central;
	struct db *db;
	struct arena arena;
	int64_t now;
	const struct calendar *calendar;
	struct fault fault;
};

static const char *fault_word(enum err err)
{
	switch (err) {
	case ERR_NETWORK:
		return "network";
	case ERR_REFUSED:
	case ERR_VALUE:
		return "address";
	case ERR_LIMIT:
		return "size";
	case ERR_SYNTAX:
	case ERR_UNSUPPORTED:
		return "content";
	default:
		return "here";
	}
}

/* "network: calendar.example.no: the name is not known": the first word is of CALENDAR_FAULTS. */
static enum err note(struct fetching *f, const char *word)
{
	char detail[FAULT_SIZE - 20], line[FAULT_SIZE];

	fault_print(&f->fault, detail, sizeof detail);
	snprintf(line, sizeof line, "%s: %s", word, detail);
	log_line(LOG_INFO, "calendar %s of %s: %s", f->calendar->id, f->calendar->centre, line);
	return store_calendar_result(f->db, f->now, f->calendar->id, line);
}

static enum err take_reply(struct fetching *f, const struct fetch_reply *reply)
{
	struct calendar calendar = *f->calendar;
	struct calendar_bytes bytes = { buf_text(&reply->body), reply->body.len, reply->etag, NULL };
	struct calendar_outcome outcome;
	struct ics_calendar came;
	struct centre_row centre;

	if (reply->status == STATUS_NOT_MODIFIED)
		return store_calendar_result(f->db, f->now, calendar.id, NULL);
	if (reply->status != STATUS_OK) {
		fault_set(&f->fault, ERR_NETWORK, NULL, "%d", reply->status);
		return note(f, "status");
	}
	enum err err = store_centre_public(f->db, &f->arena, calendar.centre, &centre);
	if (!err)
		err = calendar_take(f->db, &f->arena, SYSTEM_ACTOR(f->now), &calendar, centre.zone, &bytes, &came,
				    &outcome, &f->fault);
	if (err && !f->fault.err)
		fault_set(&f->fault, err, NULL, "%s", err_cause(err));
	return err == ERR_MEMORY ? err : err ? note(f, fault_word(err)) : OK;
}

enum err calendar_fetch(struct central *central, struct db *db, int64_t now, const struct calendar *calendar)
{
	struct fetching f = { .central = central, .db = db, .now = now, .calendar = calendar };
	const struct fetch_request request = {
		.url = calendar->address,
		.etag = calendar->etag && *calendar->etag ? calendar->etag : NULL,
		.timeout_s = CALENDAR_TIMEOUT_S,
		.max_bytes = LIMIT_ICS_BYTES,
		.user_agent = "oppslag-central/" OPPSLAG_VERSION,
		.public_only = !settings_bool(central->settings, SET_CALENDARS_PRIVATE),
		.stop = &central->stopping,
	};
	struct fetch_reply reply;

	arena_init(&f.arena, LIMIT_FEED_ARENA);
	enum err err = fetch(&request, &reply, &f.fault);
	if (atomic_load(&central->stopping))
		err = OK; /* it stays due */
	else if (err)
		err = err == ERR_MEMORY ? err : note(&f, fault_word(err));
	else
		err = take_reply(&f, &reply);
	fetch_reply_free(&reply);
	arena_free(&f.arena);
	return err;
}

enum err job_fetch_calendars(struct central *central, struct db *db, int64_t now)
{
	struct arena arena;
	struct calendars due = { 0 };

	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_calendars_due(db, &arena, now, &due);
	for (size_t i = 0; i < due.n && !err && !atomic_load(&central->stopping); i++)
		err = calendar_fetch(central, db, now, &due.v[i]);
	arena_free(&arena);
	return err;
}
