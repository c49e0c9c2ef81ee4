/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_zone.h"

#include <string.h>
#include <strings.h>

#include "core/ics_vzone.h"
#include "core/icu.h"
#include "core/zone.h"

/* A TZID of the file and what its name alone says; ZONE NULL: nothing. */
struct ics_named {
	struct ics_named *next;
	const char *tzid, *zone;
	const struct ics_vzone *own; /* NULL: the file has no VTIMEZONE of this name */
	int32_t year;                /* for which MATCH was found, 0: none yet */
	const char *match;
};

/* What is never changed as it has no VTIMEZONE. */
static struct ics_named nowhere;

/* Where nothing but offsets is known: one zone for each habit that is alive, the nearest to Norway first. */
static const char *const representatives[] = {
	"Europe/Oslo",         "UTC",
	"Europe/London",       "Europe/Helsinki",
	"Europe/Moscow",       "Atlantic/Azores",
	"Atlantic/Reykjavik",  "America/Nuuk",
	"Europe/Istanbul",     "Europe/Chisinau",
	"Africa/Lagos",        "Africa/Johannesburg",
	"Africa/Nairobi",      "Africa/Cairo",
	"Africa/Casablanca",   "Asia/Jerusalem",
	"Asia/Beirut",         "Asia/Baghdad",
	"Asia/Tehran",         "Asia/Dubai",
	"Asia/Kabul",          "Asia/Karachi",
	"Asia/Kolkata",        "Asia/Kathmandu",
	"Asia/Dhaka",          "Asia/Yangon",
	"Asia/Bangkok",        "Asia/Shanghai",
	"Asia/Tokyo",          "Australia/Brisbane",
	"Australia/Sydney",    "Australia/Adelaide",
	"Australia/Darwin",    "Pacific/Noumea",
	"Pacific/Auckland",    "America/New_York",
	"America/Chicago",     "America/Denver",
	"America/Los_Angeles", "America/Anchorage",
	"America/Halifax",     "America/St_Johns",
	"America/Phoenix",     "America/Bogota",
	"America/Caracas",     "America/Santiago",
	"America/Sao_Paulo",   "America/Mexico_City",
	"Pacific/Honolulu",    "Pacific/Pago_Pago",
};

enum { WEEK = 7 * 86400, WEEKS_COMPARED = 106, RECENT_YEAR = 2020, ZONES_MAX = 200, NAMES_MAX = 500, PARTS_MAX = 500 };

void ics_zones_init(struct ics_zones *zones, struct arena *arena, const char *centre)
{
	*zones = (struct ics_zones){ .arena = arena, .centre = centre };
}

enum err ics_zone_begin(struct ics_zones *zones)
{
	struct ics_vzone *z = ARENA_NEW(zones->arena, struct ics_vzone);

	if (!z)
		return ERR_MEMORY;
	z->next = zones->first;
	zones->first = z;
	zones->n++;
	return OK;
}

enum err ics_zone_line(struct ics_zones *zones, const char *line)
{
	/* Without a TZID nobody can ask for it. */
	return zones->n > ZONES_MAX ? OK : ics_vzone_line(zones->first, zones->arena, line);
}

/* ---- names ---- */

/* "Europe/Oslo", "/freeassociation.sourceforge.net/Europe/Oslo", "/citadel.org/20190914_1/America/Argentina/Ushuaia" */
static const char *iana_suffix(const char *name)
{
	for (const char *s = name; s; s = strchr(s, '/')) {
		s += *s == '/';
		if (zone_exists(s))
			return s;
	}
	return NULL;
}

static bool is_utc_name(const char *name)
{
	static const char *const names[] = { "UTC", "GMT", "Z", "Etc/UTC", "Etc/GMT", "Zulu", "tzone://Microsoft/Utc" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

static const char *zone_of_name(struct arena *arena, const char *name)
{
	char zone[64];

	if (!name)
		return NULL;
	if (is_utc_name(name))
		return "UTC";
	const char *iana = iana_suffix(name);
	if (iana)
		return iana;
	return icu_zone_from_windows(name, NULL, zone, sizeof zone) && zone_exists(zone) ? arena_strdup(arena, zone)
											 : NULL;
}

static struct ics_vzone *find_own(const struct ics_zones *zones, const char *tzid)
{
	for (struct ics_vzone *z = zones->first; z; z = z->next)
		if (z->tzid && strcmp(z->tzid, tzid) == 0)
			return z;
	return NULL;
}

static struct ics_named *look_up(struct ics_zones *zones, const char *tzid)
{
	struct ics_named *n = zones->names;

	while (n && strcmp(n->tzid, tzid) != 0)
		n = n->next;
	if (n)
		return n;
	/* No real calendar has so many; a made one shall not keep us busy. */
	if (zones->n_names == NAMES_MAX)
		return &nowhere;
	n = ARENA_NEW(zones->arena, struct ics_named);
	if (!n)
		return NULL;
	*n = (struct ics_named){ .next = zones->names, .tzid = tzid };
	struct ics_vzone *own = find_own(zones, tzid);
	n->zone = zone_of_name(zones->arena, tzid);
	if (!n->zone && own)
		n->zone = zone_of_name(zones->arena, own->location);
	if (own && zones->n_parts + own->n_parts <= PARTS_MAX) {
		zones->n_parts += own->n_parts;
		n->own = ics_vzone_settle(own, zones->arena) == OK ? own : NULL;
	}
	zones->n_names++;
	zones->names = n;
	return n;
}

/* ---- comparing ---- */

static int64_t own_utc(const struct ics_vzone *own, struct civil wall)
{
	int64_t seconds = wall_seconds(wall);

	return seconds - zone_changes_at_wall(&own->changes, seconds);
}

static bool same_at(const struct ics_vzone *own, const char *zone, int64_t utc)
{
	int32_t offset;

	return zone_offset(zone, utc, &offset) == OK && offset == zone_changes_at_utc(&own->changes, utc);
}

/* Two years of weeks: each rule for summer time shows itself. */
static bool same_for_years(const struct ics_vzone *own, const char *zone, int32_t year)
{
	struct civil first = { .year = (int16_t)year, .month = 1, .day = 1 };
	int64_t utc = wall_seconds(first);

	for (int i = 0; i < WEEKS_COMPARED; i++, utc += WEEK)
		if (!same_at(own, zone, utc))
			return false;
	return true;
}

/* Some programs write only the changes around the event: beyond the last of them nothing is said. */
static bool same_as_named(const struct ics_named *named, struct civil wall, int32_t year)
{
	const struct ics_vzone *own = named->own;
	int64_t utc = own_utc(own, wall);
	int64_t last = own->changes.n ? own->changes.v[own->changes.n - 1].utc : utc;

	if (!named->zone)
		return false;
	if (own->goes_on)
		return same_for_years(own, named->zone, year);
	for (int i = 0; i < WEEKS_COMPARED && (i == 0 || utc <= last); i++, utc += WEEK)
		if (!same_at(own, named->zone, utc))
			return false;
	return true;
}

static const char *best_for_years(const struct ics_zones *zones, const struct ics_named *named, int32_t year)
{
	if (same_for_years(named->own, zones->centre, year))
		return zones->centre;
	for (size_t i = 0; i < sizeof representatives / sizeof *representatives; i++)
		if (same_for_years(named->own, representatives[i], year))
			return representatives[i];
	return NULL;
}

static void place_single(const struct ics_zones *zones, const struct ics_named *named, struct civil wall,
			 struct ics_place *out)
{
	int64_t utc = own_utc(named->own, wall);

	if (named->zone && same_at(named->own, named->zone, utc))
		out->zone = named->zone;
	else if (same_at(named->own, zones->centre, utc))
		out->zone = zones->centre;
	else
		out->own = named->own;
}

/* A series from long ago is judged by the years that will be shown: many programs write today's rule alone. */
static void place_repeating(const struct ics_zones *zones, struct ics_named *named, struct civil wall,
			    struct ics_place *out)
{
	int32_t year = wall.year > RECENT_YEAR ? wall.year : RECENT_YEAR;

	out->zone = named->zone;
	if (same_as_named(named, wall, year))
		return;
	if (named->year != year) {
		named->match = best_for_years(zones, named, year);
		named->year = year;
	}
	out->zone = named->match;
}

enum err ics_zone_resolve(struct ics_zones *zones, const struct ics_time *time, bool repeats, struct ics_place *out)
{
	*out = (struct ics_place){ .zone = time->utc ? "UTC" : zones->centre };
	if (time->utc || !time->tzid || time->wall.date_only)
		return OK;
	struct ics_named *named = look_up(zones, time->tzid);
	if (!named)
		return ERR_MEMORY;
	out->zone = named->zone;
	if (named->own) {
		out->zone = NULL;
		if (repeats)
			place_repeating(zones, named, time->wall, out);
		else
			place_single(zones, named, time->wall, out);
	}
	return out->zone || out->own ? OK : ERR_VALUE;
}

enum err ics_zone_utc(struct ics_zones *zones, const struct ics_time *time, int64_t *utc)
{
	struct ics_place place;
	enum err err = ics_zone_resolve(zones, time, false, &place);

	if (err)
		return err;
	if (!place.own)
		return zone_to_utc(place.zone, time->wall, utc);
	*utc = own_utc(place.own, time->wall);
	return OK;
}
