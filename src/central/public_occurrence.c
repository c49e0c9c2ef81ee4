/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/public_occurrence.h"

#include <ctype.h>
#include <string.h>

bool occurrence_name_parse(const char *name, struct civil *out)
{
	static const unsigned char place[] = { 0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17, 18 };
	char iso[] = "0000-00-00T00:00:00";
	size_t len = strlen(name);

	if (len != 8 && len != 13 && len != sizeof place)
		return false;
	for (size_t i = 0; i < len; i++)
		iso[place[i]] = (char)toupper((unsigned char)name[i]);
	if (len == 8)
		iso[10] = '\0';
	return civil_parse(iso, out);
}

void occurrence_name_print(const char *original, char *out)
{
	for (; *original; original++)
		if (*original != '-' && *original != ':')
			*out++ = *original;
	*out = '\0';
}

/* The activity's zone may be another than the centre's: a day to each side, and one for the end. */
static enum err around(const struct activity *activity, const char *zone, struct civil day, struct arena *arena,
		       struct occurrences *out)
{
	return occur_activity(activity, zone, civil_add_days(day, -2), civil_add_days(day, 3), arena, out);
}

static bool take(const struct occurrences *near, struct civil original, bool away, struct occurrence *out)
{
	for (size_t i = 0; i < near->n; i++) {
		const struct occurrence *o = &near->v[i];
		bool same = civil_compare(o->original, original) == 0 && o->original.date_only == original.date_only;
		if (same && (o->status == OCCURRENCE_MOVED_AWAY) == away) {
			*out = *o;
			return true;
		}
	}
	return false;
}

enum err occurrence_find(const struct activity *activity, const char *zone, struct civil original, struct arena *arena,
			 struct occurrence *out)
{
	struct occurrences near;
	enum err err = around(activity, zone, original, arena, &near);

	if (err || take(&near, original, false, out))
		return err;
	if (!take(&near, original, true, out))
		return ERR_NOT_FOUND;
	err = around(activity, zone, out->moved_to, arena, &near);
	return !err && !take(&near, original, false, out) ? ERR_NOT_FOUND : err;
}
