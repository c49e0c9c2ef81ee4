/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the feed is shown now, and in which order. */
#include <string.h>

#include "screen/cards.h"

enum { STALE_DAYS = 365, DEAD_DAYS = 2 * 365 };

static bool is_older(const struct builder *b, bool has_confirmed, struct civil confirmed, int days)
{
	return has_confirmed && civil_day(b->model->shown.now) - civil_day(confirmed) > days;
}

bool is_stale(const struct builder *b, bool has_confirmed, struct civil confirmed)
{
	return is_older(b, has_confirmed, confirmed, STALE_DAYS);
}

/* A dead number on a wall is worse than none. */
static bool is_dead(const struct builder *b, bool has_confirmed, struct civil confirmed)
{
	return is_older(b, has_confirmed, confirmed, DEAD_DAYS);
}

static bool need_is_shown(const struct need *need, struct civil now)
{
	return !need->has_until || civil_day(now) <= civil_day(need->until);
}

static const void **room(struct builder *b, size_t n)
{
	const void **v = ARENA_ARRAY(b->arena, n + 1, const void *);
	if (!v && b->err == OK)
		b->err = ERR_MEMORY;
	return v;
}

size_t needs_shown(struct builder *b, const struct need *const **out)
{
	size_t n = 0;
	const void **v = room(b, b->centre->n_needs);
	*out = (const struct need *const *)v;
	for (int full = 0; v && full < 2; full++)
		for (size_t i = 0; i < b->centre->n_needs; i++) {
			const struct need *need = &b->centre->needs[i];
			if (need_is_full(need) == (full == 1) && need_is_shown(need, b->model->shown.now))
				v[n++] = need;
		}
	return n;
}

bool notice_is_shown(const struct notice *notice, struct civil now)
{
	if (civil_compare(notice->from, now) > 0)
		return false;
	if (!notice->has_until)
		return true;
	if (notice->until.date_only)
		return civil_day(now) <= civil_day(notice->until);
	return civil_compare(now, notice->until) < 0;
}

size_t notices_shown(struct builder *b, const struct notice *const **out)
{
	size_t n = 0;
	const void **v = room(b, b->centre->n_notices);
	*out = (const struct notice *const *)v;
	for (int level = LEVEL_URGENT; v && level >= LEVEL_NORMAL; level--)
		for (size_t i = 0; i < b->centre->n_notices; i++) {
			const struct notice *notice = &b->centre->notices[i];
			if ((int)notice->level == level && notice_is_shown(notice, b->model->shown.now))
				v[n++] = notice;
		}
	return n;
}

/* Where NAME goes among the first N, which are in order. */
static size_t place_by_name(struct builder *b, const void *const *v, size_t n, const char *name)
{
	size_t from = 0, to = n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct organisation *there = v[middle];
		if (lang_compare(b->lang, pick(b, there->name, NULL), name) <= 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

size_t organisations_shown(struct builder *b, const struct organisation *const **out)
{
	size_t n = 0;
	const void **v = room(b, b->centre->n_organisations);
	*out = (const struct organisation *const *)v;
	for (size_t i = 0; v && i < b->centre->n_organisations; i++) {
		const struct organisation *own = &b->centre->organisations[i];
		if (is_dead(b, own->has_confirmed, own->confirmed))
			continue;
		size_t at = place_by_name(b, v, n, pick(b, own->name, NULL));
		memmove(v + at + 1, v + at, (n - at) * sizeof *v);
		v[at] = own;
		n++;
	}
	return n;
}

static bool contact_is_shown(const struct builder *b, const struct contact *contact)
{
	return !is_dead(b, contact->has_confirmed, contact->confirmed) && (contact->phone || contact->email);
}

size_t contacts_shown(struct builder *b, const struct contact *const **out)
{
	size_t n = 0;
	const void **v = room(b, b->centre->n_contacts);
	*out = (const struct contact *const *)v;
	for (size_t i = 0; v && i < b->centre->n_contacts; i++)
		if (contact_is_shown(b, &b->centre->contacts[i]))
			v[n++] = &b->centre->contacts[i];
	return n;
}

const struct contact *contact_shown(const struct builder *b, const char *id)
{
	const struct contact *contact = centre_contact(b->centre, id);
	return contact && contact_is_shown(b, contact) ? contact : NULL;
}
