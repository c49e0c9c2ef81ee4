/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_activity.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/ics_text.h"
#include "core/lang.h"
#include "core/rule.h"
#include "core/zone.h"

enum { DAY_SECONDS = 86400 };

enum err ics_note(struct ics_maker *m, enum skip_reason reason, const struct ics_event *e, const char *detail)
{
	if (m->n_skips == m->skips_size) {
		size_t size = m->skips_size ? m->skips_size * 2 : 16;
		struct ics_skip *v = mem_resize(m->skips, size * sizeof *v);
		if (!v)
			return ERR_MEMORY;
		m->skips = v;
		m->skips_size = size;
	}
	/* A private event's title is private too. */
	const char *title = reason == SKIP_PRIVATE ? "" : ics_plain(m->arena, e->summary, LIMIT_NAME, false);
	detail = ics_plain(m->arena, detail, LIMIT_NAME, false);
	if (!title || !detail)
		return ERR_MEMORY;
	m->skips[m->n_skips++] = (struct ics_skip){ reason, e->line, title, detail };
	return OK;
}

/* ---- times ---- */

static const char *own_zone(const struct ics_maker *m, const struct activity *a)
{
	return a->zone ? a->zone : m->zone;
}

/* An all-day series' exception that carries a time: in UTC, the day whose midnight it is on the centre's wall, else its
 * own date. */
static struct civil date_of(const struct ics_maker *m, const struct ics_time *time)
{
	struct civil date = time->wall, local;
	int64_t utc;

	if (time->utc && zone_to_utc("UTC", time->wall, &utc) == OK && zone_from_utc(m->zone, utc, &local) == OK &&
	    local.hour == 0 && local.minute == 0)
		date = local;
	return (struct civil){ .year = date.year, .month = date.month, .day = date.day, .date_only = true };
}

enum err ics_on_wall(struct ics_maker *m, const struct activity *series, const struct ics_time *time, struct civil *out)
{
	int64_t utc;

	if (time->bad)
		return ERR_VALUE;
	*out = time->wall;
	if (series->start.date_only) {
		*out = date_of(m, time);
		return OK;
	}
	/* A date in a timed series is that day's occurrence. */
	if (time->wall.date_only) {
		out->date_only = false;
		out->hour = series->start.hour;
		out->minute = series->start.minute;
		out->second = series->start.second;
		return OK;
	}
	/* Without a zone of its own it is in its series'. */
	if (!time->utc && !time->tzid)
		return OK;
	enum err err = ics_zone_utc(&m->file->zones, time, &utc);
	return err ? err : zone_from_utc(own_zone(m, series), utc, out);
}

static enum err exact_length(struct ics_maker *m, const struct ics_time *from, const struct ics_time *to,
			     int64_t *seconds)
{
	int64_t a, b;
	enum err err = ics_zone_utc(&m->file->zones, from, &a);

	if (!err)
		err = ics_zone_utc(&m->file->zones, to, &b);
	if (!err)
		*seconds = b - a;
	return err;
}

/* RFC 5545 3.6.1: DTEND is exclusive and exact, DURATION nominal. */
static enum err stated_length(struct ics_maker *m, const struct ics_event *e, int64_t *days, int64_t *seconds)
{
	*days = *seconds = 0;
	if (e->has_end && !e->start.wall.date_only)
		return exact_length(m, &e->start, &e->end, seconds);
	if (e->has_end) {
		*days = civil_day(date_of(m, &e->end)) - civil_day(e->start.wall);
	} else if (e->has_duration) {
		*days = e->duration.days;
		*seconds = e->duration.seconds;
	}
	return OK;
}

/* Without an end a date lasts its day, a time no time. */
static enum err length_of(struct ics_maker *m, const struct ics_event *e, struct duration *out, const char **why)
{
	int64_t days, seconds;

	*why = "its end is no time";
	if (e->bad_length || (e->has_end && e->end.bad))
		return ERR_VALUE;
	enum err err = stated_length(m, e, &days, &seconds);
	*why = "the zone of its end is unknown";
	if (err)
		return err;
	*why = "it ends before it starts";
	if (days < 0 || seconds < 0)
		return ERR_VALUE;
	*why = "it lasts longer than a year";
	if (days * DAY_SECONDS + seconds > (int64_t)LIMIT_DURATION_DAYS * DAY_SECONDS)
		return ERR_VALUE;
	*out = (struct duration){ (int32_t)days, (int32_t)seconds };
	if (e->start.wall.date_only) {
		days += (seconds + DAY_SECONDS - 1) / DAY_SECONDS;
		*out = (struct duration){ (int32_t)(days ? days : 1), 0 };
	}
	return OK;
}

/* A single time in a zone that has no IANA name: on the centre's wall, or in UTC where that wall shows the time twice.
 */
static enum err convert_single(struct ics_maker *m, const struct ics_event *e, struct activity *out)
{
	int64_t utc, back = 0;
	enum err err = ics_zone_utc(&m->file->zones, &e->start, &utc);

	if (!err)
		err = zone_from_utc(m->zone, utc, &out->start);
	if (!err)
		err = zone_to_utc(m->zone, out->start, &back);
	if (!err && back != utc) {
		out->zone = "UTC";
		err = zone_from_utc(out->zone, utc, &out->start);
	}
	return err;
}

/* ---- words ---- */

static enum err one_text(struct ics_maker *m, const char *s, struct texts *out)
{
	struct text *text = ARENA_NEW(m->arena, struct text);

	if (!text)
		return ERR_MEMORY;
	*text = (struct text){ m->lang, s };
	*out = (struct texts){ 1, text };
	return OK;
}

static enum err optional_text(struct ics_maker *m, const char *s, size_t max, bool lines, struct texts *out)
{
	char *plain = ics_plain(m->arena, s, max, lines);

	if (!plain)
		return ERR_MEMORY;
	return *plain ? one_text(m, plain, out) : OK;
}

/* Calendars that are published as busy times only have no titles. */
static enum err title_of(struct ics_maker *m, const struct ics_event *e, struct texts *out)
{
	const struct lang *lang = lang_find(m->lang);
	enum err err = optional_text(m, e->summary, LIMIT_NAME, false, out);

	if (err || out->n)
		return err;
	return one_text(m, lang_text(lang ? lang : lang_at(0), TEXT_CALENDAR_UNTITLED), out);
}

static enum err words_of(struct ics_maker *m, const struct ics_event *e, struct activity *out)
{
	enum err err = title_of(m, e, &out->name);

	if (!err)
		err = optional_text(m, e->description, LIMIT_TEXT, true, &out->description);
	if (!err)
		err = optional_text(m, e->location, LIMIT_SHORT, false, &out->place);
	if (!err && !ics_kind(e->summary, e->categories, &out->kind))
		err = ERR_MEMORY;
	return err;
}

/* ---- exceptions ---- */

static enum err take_exdates(struct ics_maker *m, const struct ics_event *e, struct activity *out)
{
	struct civil *v = ARENA_ARRAY(m->arena, e->n_exdates, struct civil);
	size_t n = 0;

	if (!v)
		return ERR_MEMORY;
	for (size_t i = 0; i < e->n_exdates; i++) {
		enum err err = ics_on_wall(m, out, &e->exdates[i], &v[n]);
		if (err == ERR_VALUE)
			err = ics_note(m, SKIP_BAD_TIME, e,
				       "an EXDATE that is no time, or in an unknown zone, takes nothing out");
		else if (!err)
			n++;
		if (err)
			return err;
	}
	out->exdates = (struct civils){ n, v };
	return OK;
}

static struct duration whole_days(struct duration d)
{
	int32_t days = d.days + (d.seconds + DAY_SECONDS - 1) / DAY_SECONDS;

	return (struct duration){ days ? days : 1, 0 };
}

/* A PERIOD's own length becomes an override of that date; what lasts all day does so there too. */
static enum err extra_length(struct ics_maker *m, const struct ics_extra *x, bool all_day, struct duration *out)
{
	int64_t seconds = 0;

	*out = all_day ? whole_days(x->duration) : x->duration;
	if (!x->has_end)
		return OK;
	enum err err = x->end.bad ? ERR_VALUE : exact_length(m, &x->start, &x->end, &seconds);
	if (err || seconds < 0 || seconds > (int64_t)LIMIT_DURATION_DAYS * DAY_SECONDS)
		return err ? err : ERR_VALUE;
	*out = (struct duration){ 0, (int32_t)seconds };
	if (all_day)
		*out = whole_days(*out);
	return OK;
}

static bool is_listed(const struct civil *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (civil_compare(v[i], v[n]) == 0)
			return true;
	return false;
}

static enum err take_extras(struct ics_maker *m, const struct ics_event *e, struct activity *out)
{
	struct civil *v = ARENA_ARRAY(m->arena, e->n_extras, struct civil);
	struct override *o = ARENA_ARRAY(m->arena, e->n_extras, struct override);
	size_t n = 0, n_overrides = 0;

	if (!v || !o)
		return ERR_MEMORY;
	for (size_t i = 0; i < e->n_extras; i++) {
		const struct ics_extra *x = &e->extras[i];
		struct duration length;
		enum err err = ics_on_wall(m, out, &x->start, &v[n]);
		if (!err)
			err = extra_length(m, x, out->start.date_only, &length);
		if (err == ERR_VALUE)
			err = ics_note(m, SKIP_BAD_TIME, e, "an RDATE that is no time, or in an unknown zone");
		else if (!err && is_listed(v, n))
			continue;
		else if (!err && (x->has_end || x->has_duration))
			o[n_overrides++] =
				(struct override){ .original = v[n++], .has_duration = true, .duration = length };
		else if (!err)
			n++;
		if (err)
			return err;
	}
	out->rdates = (struct civils){ n, v };
	out->overrides = (struct overrides){ n_overrides, o };
	return OK;
}

/* ---- the whole ---- */

static enum err refuse_rule(struct ics_maker *m, const struct ics_event *e, enum err err, const struct fault *fault)
{
	const char *detail = arena_printf(&m->work, "%.120s: %s", e->rrule, fault->text);

	if (!detail)
		return ERR_MEMORY;
	return ics_note(m, err == ERR_UNSUPPORTED ? SKIP_RULE_UNSUPPORTED : SKIP_RULE_MALFORMED, e, detail);
}

static enum err take_rule(struct ics_maker *m, const struct ics_event *e, struct activity *out, bool *made)
{
	struct fault fault = { 0 };
	struct rule rule;

	*made = false;
	if (e->more_rules)
		return ics_note(m, SKIP_RULE_UNSUPPORTED, e,
				"several repeat rules in one event, or one that takes out (EXRULE)");
	*made = true;
	if (!e->rrule)
		return OK;
	enum err err = rule_parse(e->rrule, &rule, &fault);
	*made = !err;
	if (err)
		return refuse_rule(m, e, err, &fault);
	if (rule.count) {
		m->steps_left -= m->steps_left > 0 ? rule_count_cost(&rule, e->start.wall) : 0;
		*made = m->steps_left > 0;
		if (!*made)
			return ics_note(m, SKIP_TOO_MANY, e, "COUNT in too many long repeat rules");
	}
	out->rrule = arena_strdup(m->arena, e->rrule);
	return out->rrule ? OK : ERR_MEMORY;
}

static enum err take_zone(struct ics_maker *m, const struct ics_event *e, bool repeats, struct activity *out,
			  bool *made)
{
	struct ics_place place;
	enum err err = ics_zone_resolve(&m->file->zones, &e->start, repeats, &place);

	*made = err == OK;
	if (err == ERR_VALUE)
		return ics_note(m, SKIP_ZONE_UNKNOWN, e, e->start.tzid);
	if (err || e->start.wall.date_only)
		return err;
	if (place.own)
		return convert_single(m, e, out);
	if (strcmp(place.zone, m->zone) != 0) {
		out->zone = arena_strdup(m->arena, place.zone);
		return out->zone ? OK : ERR_MEMORY;
	}
	return OK;
}

/* True if E can be looked at at all. */
static enum err is_usable(struct ics_maker *m, const struct ics_event *e, bool *usable)
{
	*usable = false;
	if (e->is_private)
		return ics_note(m, SKIP_PRIVATE, e, "");
	if (e->too_many)
		return ics_note(m, SKIP_TOO_MANY, e, "more lines or dates in one event than are read");
	if (!e->has_start)
		return ics_note(m, SKIP_NO_START, e, "");
	if (e->start.bad)
		return ics_note(m, SKIP_BAD_TIME, e, "its start is no time, or not in the years 1970 to 2199");
	*usable = true;
	return OK;
}

static enum err take_times(struct ics_maker *m, const struct ics_event *e, bool as_single, struct activity *out,
			   bool *made)
{
	const char *why = "";
	bool repeats = !as_single && (e->rrule || e->n_extras || e->more_rules);

	out->start = e->start.wall;
	*made = true;
	enum err err = repeats ? take_rule(m, e, out, made) : OK;
	if (!err && *made)
		err = take_zone(m, e, repeats, out, made);
	if (err || !*made)
		return err;
	err = length_of(m, e, &out->duration, &why);
	*made = !err;
	if (err == ERR_VALUE)
		return ics_note(m, SKIP_BAD_TIME, e, why);
	if (!err && !as_single)
		err = take_exdates(m, e, out);
	if (!err && !as_single)
		err = take_extras(m, e, out);
	return err;
}

static const char *name_of(struct ics_maker *m, const struct ics_event *e, bool as_single)
{
	char original[CIVIL_SIZE];

	if (!e->uid || !*e->uid)
		return arena_printf(&m->work, "%s@%d", e->summary ? e->summary : "", civil_day(e->start.wall));
	if (!as_single || e->recurrence.bad)
		return e->uid;
	civil_print(e->recurrence.wall, original);
	return arena_printf(&m->work, "%s@%s", e->uid, original);
}

enum err ics_make(struct ics_maker *m, const struct ics_event *e, bool as_single, struct activity *out, bool *made)
{
	enum err err = is_usable(m, e, made);

	*out = (struct activity){ .code = "", .number = "" };
	if (err || !*made)
		return err;
	err = take_times(m, e, as_single, out, made);
	if (err || !*made)
		return err;
	out->status = e->cancelled || m->file->cancels ? STATUS_CANCELLED : STATUS_SCHEDULED;
	const char *name = name_of(m, e, as_single);
	out->id = name ? ics_id(m->arena, name) : NULL;
	return out->id ? words_of(m, e, out) : ERR_MEMORY;
}

/* ---- one occurrence of a series ---- */

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_length(struct duration a, struct duration b)
{
	return a.days == b.days && a.seconds == b.seconds;
}

static enum err override_words(struct ics_maker *m, const struct ics_event *master, const struct ics_event *e,
			       struct override *out)
{
	enum err err = OK;

	if (!same_text(master->summary, e->summary))
		err = optional_text(m, e->summary, LIMIT_NAME, false, &out->name);
	if (!err && !same_text(master->location, e->location))
		err = optional_text(m, e->location, LIMIT_SHORT, false, &out->place);
	return err;
}

enum err ics_make_override(struct ics_maker *m, const struct ics_event *master, const struct activity *series,
			   const struct ics_event *event, struct civil original, struct override *out, bool *made)
{
	struct duration length = series->duration;
	const char *why = "its start is no time";
	enum err err = OK;

	*out = (struct override){ .original = original,
				  .start = original,
				  .status = event->cancelled ? STATUS_CANCELLED : STATUS_SCHEDULED };
	*made = true;
	/* Some cancel with the occurrence's name alone. */
	if (event->has_start) {
		err = event->start.bad ? ERR_VALUE : OK;
		/* An all-day series may have an occurrence with a time, and the other way round. */
		struct activity wall = *series;
		wall.start = event->start.wall;
		if (!err)
			err = ics_on_wall(m, &wall, &event->start, &out->start);
		if (!err)
			err = length_of(m, event, &length, &why);
	}
	*made = !err;
	if (err == ERR_VALUE)
		return ics_note(m, SKIP_BAD_TIME, event, why);
	if (err)
		return err;
	out->has_start = civil_compare(out->start, original) != 0 || out->start.date_only != original.date_only;
	out->has_duration = !same_length(length, series->duration);
	out->duration = length;
	return override_words(m, master, event, out);
}
