/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CLDR's table of Windows' names of time zones (windowsZones.xml), as ICU carries it. */
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/uvernum.h>

#include "core/icu.h"
#include "core/icu_utf16.h"

enum { ZONE_SIZE = 128 };

/* CLDR keeps a zone's first name for ever ("Asia/Calcutta"); tzdata's newer packages know only the present one by
 * default. */
#if U_ICU_VERSION_MAJOR_NUM >= 74
static int32_t present_name(UChar *zone, int32_t n)
{
	UChar present[ZONE_SIZE];
	UErrorCode status = U_ZERO_ERROR;
	int32_t len = ucal_getIanaTimeZoneID(zone, n, present, ZONE_SIZE, &status);

	if (U_FAILURE(status) || len <= 0 || len >= ZONE_SIZE)
		return n;
	memcpy(zone, present, (size_t)len * sizeof *zone);
	return len;
}
#else
static int32_t present_name(const UChar *zone, int32_t n)
{
	(void)zone;
	return n;
}
#endif

bool icu_zone_from_windows(const char *windows, const char *region, char *out, size_t size)
{
	UChar zone[ZONE_SIZE];
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, len = 0;
	bool found = false;

	arena_init(&scratch, ICU_SCRATCH);
	const UChar *name = icu_from_utf8(&scratch, windows, strlen(windows), &n, NULL);
	if (name && n > 0 && n < ZONE_SIZE)
		len = ucal_getTimeZoneIDForWindowsID(name, n, region, zone, ZONE_SIZE, &status);
	if (U_SUCCESS(status) && len > 0 && len < ZONE_SIZE) {
		const char *iana = icu_to_utf8(&scratch, zone, present_name(zone, len));
		found = iana && strlen(iana) < size;
		if (found)
			memcpy(out, iana, strlen(iana) + 1);
	}
	arena_free(&scratch);
	return found;
}
