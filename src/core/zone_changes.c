/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/zone_changes.h"

enum { DAY_SECONDS = 86400 };

void zone_changes_add(struct zone_changes *changes, int64_t utc, int32_t offset)
{
	const struct zone_change *last = changes->n ? &changes->v[changes->n - 1] : NULL;
	int32_t before = last ? last->offset : changes->first_offset;

	/* A wall may show 1970 while UTC is still in 1969. */
	if (utc < -DAY_SECONDS) {
		changes->first_offset = offset;
		return;
	}
	if (offset == before || (last && utc <= last->utc))
		return;
	int64_t wall = utc + (offset > before ? offset : before);
	if (last && wall < last->wall)
		wall = last->wall;
	if (changes->v)
		changes->v[changes->n++] = (struct zone_change){ utc, wall, offset };
}

int32_t zone_changes_at_utc(const struct zone_changes *changes, int64_t utc)
{
	size_t low = 0, high = changes->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (changes->v[middle].utc <= utc)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? changes->v[low - 1].offset : changes->first_offset;
}

int32_t zone_changes_at_wall(const struct zone_changes *changes, int64_t wall)
{
	size_t low = 0, high = changes->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (changes->v[middle].wall <= wall)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? changes->v[low - 1].offset : changes->first_offset;
}

int64_t wall_seconds(struct civil wall)
{
	return (int64_t)civil_day(wall) * DAY_SECONDS + wall.hour * 3600 + wall.minute * 60 + wall.second;
}

struct civil wall_from_seconds(int64_t seconds)
{
	int32_t of_day = (int32_t)((seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS);
	struct civil wall = civil_from_day((int32_t)((seconds - of_day) / DAY_SECONDS));

	wall.hour = (int8_t)(of_day / 3600);
	wall.minute = (int8_t)(of_day / 60 % 60);
	wall.second = (int8_t)(of_day % 60);
	wall.date_only = false;
	return wall;
}
