/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones are read once and kept for the process: some 600 exist, of 2 to 12 KB
 * each. The list only grows, at its head, so readers need no lock. The system's
 * own data is used, not ICU's copy: Debian updates tzdata within days of a
 * change of law, and the first conversion in a zone costs 0.1 ms, each
 * later one 30 to 50 ns. */
#include "core/zone.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "core/zone_tzif.h"

enum { NAME_SIZE = 48, DAY_SECONDS = 86400 };

struct zone {
	struct zone *next;
	char name[NAME_SIZE];
	struct zone_changes changes;
};

static _Atomic(struct zone *) zones;
static pthread_mutex_t growing = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local const struct zone *latest;

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Area/Place, as theory.html of the tz database has it, or UTC. Keeps paths
 * out ("../"), and the copies "posix/…" and "right/…" (with leap seconds). */
static bool is_name(const char *s)
{
	size_t len = 0, slashes = 0;

	if (strcmp(s, "UTC") == 0)
		return true;
	if (s[0] < 'A' || s[0] > 'Z')
		return false;
	for (; s[len]; len++) {
		bool starts = len == 0 || s[len - 1] == '/';
		if (len + 1 >= NAME_SIZE || (starts && !is_letter(s[len])))
			return false;
		if (s[len] == '/')
			slashes++;
		else if (!is_letter(s[len]) && !strchr("0123456789_+-", s[len]))
			return false;
	}
	return slashes > 0 && s[len - 1] != '/';
}

static const struct zone *find(const char *name)
{
	const struct zone *z = latest;

	if (z && strcmp(z->name, name) == 0)
		return z;
	for (z = atomic_load_explicit(&zones, memory_order_acquire); z; z = z->next)
		if (strcmp(z->name, name) == 0)
			return latest = z;
	return NULL;
}

static enum err load(const char *name, const struct zone **out)
{
	struct zone *z = mem_alloc(sizeof *z);

	if (!z)
		return ERR_MEMORY;
	enum err err = zone_tzif_read(name, &z->changes);
	if (err) {
		mem_free(z);
		return err;
	}
	memcpy(z->name, name, strlen(name) + 1);
	z->next = atomic_load_explicit(&zones, memory_order_relaxed);
	atomic_store_explicit(&zones, z, memory_order_release);
	*out = latest = z;
	return OK;
}

static enum err get(const char *name, const struct zone **out)
{
	enum err err = OK;

	*out = find(name);
	if (*out)
		return OK;
	if (!is_name(name))
		return ERR_VALUE;
	pthread_mutex_lock(&growing);
	*out = find(name);
	if (!*out)
		err = load(name, out);
	pthread_mutex_unlock(&growing);
	return err;
}

bool zone_exists(const char *zone)
{
	const struct zone *z;

	return get(zone, &z) == OK;
}

enum err zone_to_utc(const char *zone, struct civil wall, int64_t *utc)
{
	const struct zone *z;
	enum err err = get(zone, &z);

	if (err)
		return err;
	int64_t seconds = wall_seconds(wall);
	*utc = seconds - zone_changes_at_wall(&z->changes, seconds);
	return OK;
}

enum err zone_from_utc(const char *zone, int64_t utc, struct civil *wall)
{
	const struct zone *z;
	enum err err = get(zone, &z);

	if (err)
		return err;
	const struct civil last = { .year = YEAR_MAX, .month = 12, .day = 31 };
	if (utc < -DAY_SECONDS || utc / DAY_SECONDS > (int64_t)civil_day(last) + 1)
		return ERR_VALUE;
	int64_t seconds = utc + zone_changes_at_utc(&z->changes, utc);
	if (seconds < 0 || seconds / DAY_SECONDS > civil_day(last))
		return ERR_VALUE;
	*wall = wall_from_seconds(seconds);
	return OK;
}

enum err zone_offset(const char *zone, int64_t utc, int32_t *offset)
{
	const struct zone *z;
	enum err err = get(zone, &z);

	if (!err)
		*offset = zone_changes_at_utc(&z->changes, utc);
	return err;
}
