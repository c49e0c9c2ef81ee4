/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/occur.h"

#include "core/occur_plan.h"

static enum err finish(struct window *window, struct arena *arena, struct occurrences *out)
{
	enum err err = window_finish(window, arena, out);

	window_free(window);
	return err;
}

enum err occur_activity(const struct activity *activity, const char *zone, struct civil from, struct civil to,
			struct arena *arena, struct occurrences *out)
{
	struct window window;
	struct plan plan;

	*out = (struct occurrences){ 0 };
	enum err err = window_init(&window, zone, civil_day(from), civil_day(to));
	if (err)
		return err;
	window.err = plan_init(&plan, activity, zone);
	if (!window.err)
		plan_expand(&plan, &window);
	return finish(&window, arena, out);
}

enum err occur_between(const struct centre *centre, struct civil from, struct civil to, struct arena *arena,
		       struct occurrences *out)
{
	struct window window;

	*out = (struct occurrences){ 0 };
	enum err err = window_init(&window, centre->zone, civil_day(from), civil_day(to));
	if (err)
		return err;
	for (size_t i = 0; i < centre->n_activities && !window.err; i++) {
		struct plan plan;
		window.err = plan_init(&plan, &centre->activities[i], centre->zone);
		if (!window.err)
			plan_expand(&plan, &window);
	}
	return finish(&window, arena, out);
}
