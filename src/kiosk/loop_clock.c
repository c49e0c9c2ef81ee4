/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_clock.h"

#include "core/zone.h"
#include "io/clock.h"

int64_t kiosk_clock_ms(const struct kiosk_clock *clock)
{
	return clock->is_virtual ? clock->virtual_ms : clock_monotonic_ms();
}

int64_t kiosk_clock_utc_ms(const struct kiosk_clock *clock)
{
	int64_t utc_ms = clock->is_virtual ? clock->virtual_ms : clock_utc_ms();

	if (clock->wants_sync && !clock->sure && utc_ms < clock->least_utc_ms)
		return clock->least_utc_ms;
	return utc_ms;
}

bool kiosk_clock_unsure(struct kiosk_clock *clock)
{
	if (clock->told)
		return !clock->told_sure;
	if (!clock->wants_sync || clock->has_set)
		return false;
	clock->sure = clock->sure || clock_is_synchronised();
	return !clock->sure;
}

void kiosk_clock_know(struct kiosk_clock *clock, int64_t utc_ms)
{
	if (utc_ms > clock->least_utc_ms)
		clock->least_utc_ms = utc_ms;
}

void kiosk_clock_set(struct kiosk_clock *clock, struct civil when)
{
	clock->has_set = true;
	clock->set = when;
	clock->set_ms = kiosk_clock_ms(clock);
}

void kiosk_clock_wall(const struct kiosk_clock *clock, const char *zone, struct civil *wall, int *ms)
{
	static const struct civil epoch = { .year = 1970, .month = 1, .day = 1 };
	int64_t utc, now_ms = kiosk_clock_utc_ms(clock);

	if (clock->has_set) {
		int64_t since_ms = kiosk_clock_ms(clock) - clock->set_ms;
		*ms = (int)(since_ms % 1000);
		/* Through UTC, so that the wall meets changes of clock as the real one does. */
		if (zone_to_utc(zone, clock->set, &utc) || zone_from_utc(zone, utc + since_ms / 1000, wall))
			*wall = civil_add_seconds(clock->set, since_ms / 1000);
		return;
	}
	*ms = (int)(now_ms % 1000);
	if (zone_from_utc(zone, now_ms / 1000, wall))
		*wall = civil_add_seconds(epoch, now_ms / 1000);
}
