/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_clock.h"

#include "core/zone.h"
#include "io/clock.h"

int64_t kiosk_clock_ms(const struct kiosk_clock *clock)
{
	return clock->is_virtual ? clock->virtual_ms : clock_monotonic_ms();
}

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;
/* This program is younger than any earlier clock: what a machine without a battery says, or with an empty one. */
static const int64_t born_ms = INT64_C(1767225600000); /* 2026-01-01 */
/* How far beyond the newest feed a clock may be: one that is trusted, as with a file that nobody has touched for years;
 * and one that nobody has set, which counts on from where the machine was switched off. */
enum { TRUSTED_DAYS = 5 * 365, UNSET_DAYS = 400 };

/* What has surely come to pass; 0: nothing is known. */
static int64_t least_ms(const struct kiosk_clock *clock)
{
	return clock->known_utc_ms ? clock->known_utc_ms + kiosk_clock_ms(clock) - clock->known_ms : 0;
}

static bool is_within(const struct kiosk_clock *clock, int64_t utc_ms, int days)
{
	int64_t least = least_ms(clock);

	return utc_ms >= born_ms && (least == 0 || utc_ms <= least + days * day_ms);
}

static int64_t machine_ms(const struct kiosk_clock *clock)
{
	return clock->is_virtual ? clock->virtual_ms : clock_utc_ms();
}

int64_t kiosk_clock_utc_ms(const struct kiosk_clock *clock)
{
	int64_t utc_ms = machine_ms(clock), least = least_ms(clock);
	bool unset = clock->wants_sync && !clock->sure;

	if (least == 0)
		return utc_ms;
	if (unset && utc_ms < least)
		return least;
	return is_within(clock, utc_ms, unset ? UNSET_DAYS : TRUSTED_DAYS) ? utc_ms : least;
}

bool kiosk_clock_unsure(struct kiosk_clock *clock)
{
	if (clock->told)
		return !clock->told_sure;
	if (clock->has_set)
		return false;
	if (!is_within(clock, machine_ms(clock), TRUSTED_DAYS))
		return true;
	clock->sure = clock->sure || (clock->wants_sync && clock_is_synchronised("/run"));
	return clock->wants_sync && !clock->sure;
}

void kiosk_clock_know(struct kiosk_clock *clock, int64_t utc_ms)
{
	if (utc_ms <= least_ms(clock))
		return;
	clock->known_utc_ms = utc_ms;
	clock->known_ms = kiosk_clock_ms(clock);
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
