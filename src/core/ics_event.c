/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_event.h"

#include <libical/ical.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"

/* libical's tables and its error state are shared. */
static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

enum { LINES_MAX = 3 * LIMIT_DATES, TEXT_MAX = 1 << 20, HEAD_MAX = 1000, SPAN_MAX = 400 * 86400 };

/* ---- lines ---- */

enum line_kind { LINE_TEXT, LINE_TIME, LINE_PLAIN };

/* What is handed on. Attachments, alarms, attendees and the like are not for a wall. */
static const struct line_row {
	const char *name;
	enum line_kind kind;
} rows[] = {
	{ "UID", LINE_TEXT },           { "SUMMARY", LINE_TEXT },    { "LOCATION", LINE_TEXT },
	{ "DESCRIPTION", LINE_TEXT },   { "CATEGORIES", LINE_TEXT }, { "DTSTART", LINE_TIME },
	{ "DTEND", LINE_TIME },         { "DURATION", LINE_PLAIN },  { "RECURRENCE-ID", LINE_TIME },
	{ "EXDATE", LINE_TIME },        { "RDATE", LINE_TIME },      { "STATUS", LINE_PLAIN },
	{ "CLASS", LINE_PLAIN },        { "SEQUENCE", LINE_PLAIN },  { "DTSTAMP", LINE_TIME },
	{ "LAST-MODIFIED", LINE_TIME },
};

static const struct line_row *find_row(const char *line)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (ics_is(line, rows[i].name))
			return &rows[i];
	return NULL;
}

void ics_gather_init(struct ics_gather *gather)
{
	*gather = (struct ics_gather){ 0 };
	buf_init(&gather->text, TEXT_MAX);
}

void ics_gather_free(struct ics_gather *gather)
{
	buf_free(&gather->text);
}

void ics_gather_begin(struct ics_gather *gather, int line)
{
	gather->event = (struct ics_event){ .line = line };
	gather->n_lines = 0;
	gather->start_seen = false;
	buf_reset(&gather->text);
	buf_str(&gather->text, "BEGIN:VEVENT\r\n");
}

/* Exchange writes TZID=tzone://Microsoft/Utc and TZID=(UTC+01:00) Amsterdam, Berlin without the quotes that
 * RFC 5545 3.1 wants; in a line of times the value comes after the last colon. */
static void put_time_line(struct buf *out, const char *line)
{
	const char *tzid = strcasestr(line, ";TZID="), *value = strrchr(line, ':');
	const char *from = tzid ? tzid + 6 : line;

	if (!tzid || !value || from >= value || *from == '"') {
		buf_str(out, line);
		return;
	}
	const char *end = memchr(from, ';', (size_t)(value - from));
	if (!end)
		end = value;
	buf_add(out, line, (size_t)(from - line));
	buf_char(out, '"');
	buf_add(out, from, (size_t)(end - from));
	buf_char(out, '"');
	buf_str(out, end);
}

static int hex(char c)
{
	const char *digits = "0123456789ABCDEF0123456789abcdef", *at = c ? strchr(digits, c) : NULL;

	return at ? (int)((at - digits) % 16) : -1;
}

/* vCalendar 1.0: "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8ndag". */
static void put_encoded_line(struct buf *out, const char *line, const char *value)
{
	buf_add(out, line, strcspn(line, ";:"));
	buf_char(out, ':');
	for (; *value; value++) {
		int high = *value == '=' ? hex(value[1]) : -1, low = high >= 0 ? hex(value[2]) : -1;
		char c = *value;
		if (low >= 0) {
			c = (char)(high * 16 + low);
			value += 2;
		}
		if (c == '\n')
			buf_str(out, "\\n");
		else if ((unsigned char)c >= ' ')
			buf_char(out, c);
	}
}

static size_t count(const char *s, char c)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == c;
	return n;
}

static enum err keep_rule(struct ics_event *e, struct arena *arena, const char *value)
{
	if (e->rrule) {
		e->more_rules = true;
		return OK;
	}
	size_t n = strlen(value);
	e->rrule = arena_copy(arena, value, n < LIMIT_RRULE + 1 ? n : LIMIT_RRULE + 1);
	return e->rrule ? OK : ERR_MEMORY;
}

/* libical drops what is beyond 500 dates in one line, in silence. */
static bool is_too_many(struct ics_gather *gather, const struct ics_line *line, enum line_kind kind, const char *value)
{
	size_t dates = kind == LINE_TIME ? 1 + count(value, ',') : 0;

	gather->n_dates += dates;
	gather->n_lines++;
	return gather->n_lines > LINES_MAX || dates > LIMIT_DATES || gather->n_dates > LIMIT_ICS_DATES ||
	       (line->cut && kind == LINE_TIME);
}

static void put_line(struct buf *out, const char *line, enum line_kind kind, const char *value)
{
	const char *encoded = strcasestr(line, "ENCODING=QUOTED-PRINTABLE");

	if (kind == LINE_TIME)
		put_time_line(out, line);
	else if (encoded && encoded < value)
		put_encoded_line(out, line, value);
	else
		buf_str(out, line);
	buf_str(out, "\r\n");
}

enum err ics_gather_line(struct ics_gather *gather, struct arena *arena, const struct ics_line *line)
{
	struct ics_event *e = &gather->event;
	const struct line_row *row = find_row(line->s);
	const char *value = ics_value(line->s);

	if (value && ics_is(line->s, "RRULE"))
		return keep_rule(e, arena, value);
	if (ics_is(line->s, "EXRULE"))
		e->more_rules = true;
	if (!row || !value)
		return OK;
	gather->start_seen = gather->start_seen || ics_is(line->s, "DTSTART");
	if (row->kind == LINE_TIME)
		value = strrchr(line->s, ':') + 1;
	if (value - line->s > HEAD_MAX)
		return OK;
	if (is_too_many(gather, line, row->kind, value))
		e->too_many = true;
	else
		put_line(&gather->text, line->s, row->kind, value);
	return OK;
}

/* ---- values ---- */

static struct civil civil_of(struct icaltimetype t)
{
	struct civil out = {
		.year = (int16_t)t.year, .month = (int8_t)t.month, .day = (int8_t)t.day, .date_only = t.is_date
	};

	if (!t.is_date) {
		out.hour = (int8_t)t.hour;
		out.minute = (int8_t)t.minute;
		out.second = (int8_t)(t.second == 60 ? 59 : t.second); /* a leap second */
	}
	return out;
}

/* libical takes any digits; what does not fit in a struct civil would come out as another time. */
static bool fits(struct icaltimetype t)
{
	const int v[] = { t.month, t.day, t.hour, t.minute, t.second };
	bool good = t.year >= YEAR_MIN && t.year <= YEAR_MAX;

	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		good = good && v[i] >= 0 && v[i] <= 60;
	return good;
}

static enum err time_of(struct arena *arena, struct icaltimetype t, icalproperty *p, struct ics_time *out)
{
	icalparameter *tzid = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);

	*out = (struct ics_time){ .utc = icaltime_is_utc(t), .bad = !fits(t) };
	if (out->bad)
		return OK;
	out->wall = civil_of(t);
	out->bad = !civil_is_valid(out->wall);
	if (!tzid || t.is_date || out->utc)
		return OK;
	out->tzid = arena_strdup(arena, icalparameter_get_tzid(tzid));
	return out->tzid ? OK : ERR_MEMORY;
}

static bool duration_of(struct icaldurationtype d, struct duration *out)
{
	int64_t days = (int64_t)d.weeks * 7 + d.days;
	int64_t seconds = (int64_t)d.hours * 3600 + (int64_t)d.minutes * 60 + d.seconds;

	if (d.is_neg || icaldurationtype_is_bad_duration(d) || days < 0 || days > SPAN_MAX || seconds < 0 ||
	    seconds > SPAN_MAX)
		return false;
	*out = (struct duration){ (int32_t)days, (int32_t)seconds };
	return true;
}

/* "YYYYMMDDhhmmss" as a number. */
static int64_t stamp_of(struct icaltimetype t)
{
	return (((((int64_t)t.year * 100 + t.month) * 100 + t.day) * 100 + t.hour) * 100 + t.minute) * 100 + t.second;
}

static enum err add_exdate(struct ics_event *e, struct arena *arena, icalproperty *p)
{
	if (!e->exdates)
		e->exdates = ARENA_ARRAY(arena, LIMIT_DATES, struct ics_time);
	if (!e->exdates)
		return ERR_MEMORY;
	e->too_many = e->too_many || e->n_exdates == LIMIT_DATES;
	return e->too_many ? OK : time_of(arena, icalproperty_get_exdate(p), p, &e->exdates[e->n_exdates++]);
}

static enum err read_extra(struct arena *arena, icalproperty *p, struct ics_extra *x)
{
	struct icaldatetimeperiodtype v = icalproperty_get_rdate(p);
	bool is_period = icaltime_is_null_time(v.time);

	*x = (struct ics_extra){ .has_end = is_period && !icaltime_is_null_time(v.period.end) };
	enum err err = time_of(arena, is_period ? v.period.start : v.time, p, &x->start);
	if (!err && x->has_end)
		err = time_of(arena, v.period.end, p, &x->end);
	else if (is_period)
		x->has_duration = duration_of(v.period.duration, &x->duration);
	return err;
}

static enum err add_extra(struct ics_event *e, struct arena *arena, icalproperty *p)
{
	if (!e->extras)
		e->extras = ARENA_ARRAY(arena, LIMIT_DATES, struct ics_extra);
	if (!e->extras)
		return ERR_MEMORY;
	e->too_many = e->too_many || e->n_extras == LIMIT_DATES;
	return e->too_many ? OK : read_extra(arena, p, &e->extras[e->n_extras++]);
}

static enum err take_text(struct arena *arena, icalproperty *p, const char **out)
{
	const char *s = icalvalue_get_text(icalproperty_get_value(p));

	if (*out || !s)
		return OK;
	*out = arena_strdup(arena, s);
	return *out ? OK : ERR_MEMORY;
}

static enum err take_time(struct arena *arena, struct icaltimetype t, icalproperty *p, struct ics_time *out, bool *has)
{
	if (*has)
		return OK;
	*has = true;
	return time_of(arena, t, p, out);
}

static bool is_this_and_future(icalproperty *p)
{
	icalparameter *range = icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER);

	return range && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
}

static enum err take_dates(struct ics_event *e, struct arena *arena, icalproperty *p)
{
	switch (icalproperty_isa(p)) {
	case ICAL_DTSTART_PROPERTY:
		return take_time(arena, icalproperty_get_dtstart(p), p, &e->start, &e->has_start);
	case ICAL_DTEND_PROPERTY:
		return take_time(arena, icalproperty_get_dtend(p), p, &e->end, &e->has_end);
	case ICAL_RECURRENCEID_PROPERTY:
		e->this_and_future = is_this_and_future(p);
		return take_time(arena, icalproperty_get_recurrenceid(p), p, &e->recurrence, &e->has_recurrence);
	case ICAL_DURATION_PROPERTY:
		e->has_duration = duration_of(icalproperty_get_duration(p), &e->duration);
		e->bad_length = !e->has_duration;
		return OK;
	case ICAL_EXDATE_PROPERTY:
		return add_exdate(e, arena, p);
	case ICAL_RDATE_PROPERTY:
		return add_extra(e, arena, p);
	default:
		return OK;
	}
}

static enum err take_property(struct ics_event *e, struct arena *arena, icalproperty *p)
{
	switch (icalproperty_isa(p)) {
	case ICAL_UID_PROPERTY:
		return take_text(arena, p, &e->uid);
	case ICAL_SUMMARY_PROPERTY:
		return take_text(arena, p, &e->summary);
	case ICAL_LOCATION_PROPERTY:
		return take_text(arena, p, &e->location);
	case ICAL_DESCRIPTION_PROPERTY:
		return take_text(arena, p, &e->description);
	case ICAL_CATEGORIES_PROPERTY:
		return take_text(arena, p, &e->categories);
	case ICAL_STATUS_PROPERTY:
		e->cancelled = icalproperty_get_status(p) == ICAL_STATUS_CANCELLED;
		return OK;
	case ICAL_CLASS_PROPERTY:
		e->is_private = icalproperty_get_class(p) == ICAL_CLASS_PRIVATE ||
				icalproperty_get_class(p) == ICAL_CLASS_CONFIDENTIAL;
		return OK;
	case ICAL_SEQUENCE_PROPERTY:
		e->sequence = icalproperty_get_sequence(p);
		return OK;
	case ICAL_DTSTAMP_PROPERTY:
		e->stamp = e->stamp ? e->stamp : stamp_of(icalproperty_get_dtstamp(p));
		return OK;
	case ICAL_LASTMODIFIED_PROPERTY:
		e->stamp = stamp_of(icalproperty_get_lastmodified(p));
		return OK;
	default:
		return take_dates(e, arena, p);
	}
}

static enum err take_all(struct ics_event *e, struct arena *arena, const char *text)
{
	enum err err = OK;

	pthread_mutex_lock(&library);
	icalcomponent *c = icalparser_parse_string(text);
	icalproperty *p = c ? icalcomponent_get_first_property(c, ICAL_ANY_PROPERTY) : NULL;
	for (; p && !err; p = icalcomponent_get_next_property(c, ICAL_ANY_PROPERTY))
		err = take_property(e, arena, p);
	if (c)
		icalcomponent_free(c);
	pthread_mutex_unlock(&library);
	return err;
}

enum err ics_gather_end(struct ics_gather *gather, struct arena *arena, struct ics_event **out)
{
	struct ics_event *e = ARENA_NEW(arena, struct ics_event);

	buf_str(&gather->text, "END:VEVENT\r\n");
	if (!e || gather->text.err == ERR_MEMORY)
		return ERR_MEMORY;
	*e = gather->event;
	*out = e;
	/* What does not fit in TEXT_MAX has more of everything than the caps allow. */
	if (!buf_ok(&gather->text)) {
		e->too_many = true;
		return OK;
	}
	enum err err = take_all(e, arena, buf_text(&gather->text));
	if (gather->start_seen && !e->has_start)
		e->has_start = e->start.bad = true;
	return err;
}
