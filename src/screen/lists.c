/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the feed is shown now, and in which order. */
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

static bool notice_is_shown(const struct notice *notice, struct civil now)
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

size_t organisations_shown(struct builder *b, const struct organisation *const **out)
{
	size_t n = b->centre->n_organisations;
	const void **v = room(b, n);
	*out = (const struct organisation *const *)v;
	for (size_t i = 0; v && i < n; i++) {
		const struct organisation *own = &b->centre->organisations[i];
		size_t at = i;
		for (; at > 0; at--) {
			const struct organisation *before = v[at - 1];
			if (lang_compare(b->lang, pick(b, before->name, NULL), pick(b, own->name, NULL)) <= 0)
				break;
			v[at] = before;
		}
		v[at] = own;
	}
	return v ? n : 0;
}
