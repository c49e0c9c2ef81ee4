/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_scan.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"

enum where { OUTSIDE, IN_CALENDAR, IN_EVENT, IN_ZONE, IN_OTHER };

struct scan {
	struct arena *arena;
	struct ics_file *file;
	struct ics_event **tail;
	struct ics_gather gather;
	enum where where;
	int depth; /* of parts inside an event, a zone or another component */
	bool any;  /* a calendar was seen */
};

static bool is_calendar(const char *line)
{
	return strncasecmp(line, "BEGIN:VCALENDAR", 15) == 0;
}

static enum err begin(struct scan *s, const struct ics_line *line, const char *what)
{
	s->depth = 0;
	if (strcasecmp(what, "VEVENT") == 0) {
		s->where = s->file->n_events < LIMIT_ICS_EVENTS ? IN_EVENT : IN_OTHER;
		if (s->where == IN_EVENT)
			ics_gather_begin(&s->gather, line->number);
		else if (s->file->n_more++ == 0)
			s->file->more_line = line->number;
		return OK;
	}
	if (strcasecmp(what, "VTIMEZONE") == 0) {
		s->where = IN_ZONE;
		return ics_zone_begin(&s->file->zones);
	}
	s->where = IN_OTHER;
	if (s->file->n_others++ == 0)
		s->file->other_line = line->number;
	return OK;
}

static enum err calendar_line(struct scan *s, const struct ics_line *line)
{
	const char *value = ics_value(line->s);

	if (!value)
		return OK;
	if (ics_is(line->s, "BEGIN"))
		return begin(s, line, value);
	if (ics_is(line->s, "END"))
		s->where = OUTSIDE;
	else if (ics_is(line->s, "METHOD"))
		s->file->cancels = strcasecmp(value, "CANCEL") == 0;
	else if (!s->file->name && (ics_is(line->s, "X-WR-CALNAME") || ics_is(line->s, "NAME"))) {
		s->file->name = arena_strdup(s->arena, value);
		return s->file->name ? OK : ERR_MEMORY;
	}
	return OK;
}

static enum err end_event(struct scan *s)
{
	struct ics_event *e = NULL;
	enum err err = ics_gather_end(&s->gather, s->arena, &e);

	if (err)
		return err;
	*s->tail = e;
	s->tail = &e->next;
	s->file->n_events++;
	return OK;
}

static enum err close_part(struct scan *s)
{
	enum err err = s->where == IN_EVENT ? end_event(s) : OK;

	s->where = IN_CALENDAR;
	return err;
}

/* An event without its end is ended by the next one's begin or the calendar's end. */
static enum err event_line(struct scan *s, const struct ics_line *line)
{
	bool next = strcasecmp(line->s, "BEGIN:VEVENT") == 0, last = strcasecmp(line->s, "END:VCALENDAR") == 0;

	if (next || last) {
		enum err err = close_part(s);
		return err ? err : calendar_line(s, line);
	}
	if (ics_is(line->s, "BEGIN"))
		s->depth++;
	else if (ics_is(line->s, "END"))
		return s->depth-- == 0 ? close_part(s) : OK;
	else if (s->depth == 0)
		return ics_gather_line(&s->gather, s->arena, line);
	return OK;
}

static enum err part_line(struct scan *s, const struct ics_line *line)
{
	if (strcasecmp(line->s, "END:VCALENDAR") == 0) {
		s->where = OUTSIDE;
		return OK;
	}
	if (ics_is(line->s, "BEGIN"))
		s->depth++;
	else if (ics_is(line->s, "END") && s->depth-- == 0)
		return close_part(s);
	return s->where == IN_ZONE ? ics_zone_line(&s->file->zones, line->s) : OK;
}

static enum err one_line(struct scan *s, const struct ics_line *line, struct fault *fault)
{
	char place[32];

	switch (s->where) {
	case OUTSIDE:
		if (is_calendar(line->s)) {
			s->where = IN_CALENDAR;
			s->any = true;
		} else if (!s->any) {
			snprintf(place, sizeof place, "line %d", line->number);
			return fault_set(fault, ERR_SYNTAX, place,
					 "not a calendar: BEGIN:VCALENDAR is expected, not \"%.60s\"", line->s);
		}
		return OK;
	case IN_CALENDAR:
		return calendar_line(s, line);
	case IN_EVENT:
		return event_line(s, line);
	case IN_ZONE:
	case IN_OTHER:
		return part_line(s, line);
	}
	return OK;
}

static enum err all_lines(struct scan *s, struct ics_lines *lines, struct fault *fault)
{
	struct ics_line line;
	enum err err;

	while ((err = ics_lines_next(lines, &line)) == OK) {
		err = one_line(s, &line, fault);
		if (err)
			break;
	}
	if (err == ERR_MEMORY)
		return fault_set(fault, err, "", "%s", err_cause(err));
	if (err != ERR_NOT_FOUND)
		return err;
	if (!s->any)
		return fault_set(fault, ERR_SYNTAX, "line 1", "not a calendar: the file is empty");
	if (s->where != OUTSIDE) {
		char place[32];
		snprintf(place, sizeof place, "line %d", lines->number - 1);
		return fault_set(fault, ERR_SYNTAX, place, "the calendar is cut off: END:VCALENDAR is missing");
	}
	return OK;
}

enum err ics_scan(struct arena *arena, const char *bytes, size_t len, const char *zone, struct ics_file *out,
		  struct fault *fault)
{
	struct ics_lines lines;
	struct scan s = { .arena = arena, .file = out, .tail = &out->events };

	*out = (struct ics_file){ 0 };
	ics_zones_init(&out->zones, arena, zone);
	ics_gather_init(&s.gather);
	enum err err = ics_lines_init(&lines, bytes, len, fault);
	if (!err)
		err = all_lines(&s, &lines, fault);
	ics_lines_free(&lines);
	ics_gather_free(&s.gather);
	return err;
}
