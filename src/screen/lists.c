/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the feed is shown now, and in which order. */
#include <string.h>

#include "screen/cards.h"

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
	size_t n = b->centre->n_organisations;
	const void **v = room(b, n);
	*out = (const struct organisation *const *)v;
	for (size_t i = 0; v && i < n; i++) {
		const struct organisation *own = &b->centre->organisations[i];
		size_t at = place_by_name(b, v, i, pick(b, own->name, NULL));
		memmove(v + at + 1, v + at, (i - at) * sizeof *v);
		v[at] = own;
	}
	return v ? n : 0;
}
