/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to a stage, and what it shows. */
#pragma once

#include <stdlib.h>

#include "screen_ruler.h"

/* With memory made to fail hundreds of times, one round of each will do. */
static inline int rounds(int n)
{
	return getenv("OPPSLAG_FAIL_ALLOC") || getenv("OPPSLAG_TORTURE_LIST") ? (n > 4 ? 4 : n) : n;
}

static const struct civil MORNING = { 2026, 11, 24, 9, 41, 0, false };

static inline void tick(struct stage *s, int64_t t_ms)
{
	stage_send(s, (struct msg){ .kind = MSG_TICK, .t_ms = t_ms, .now = MORNING });
}

static inline void down(struct stage *s, int64_t t_ms, const char *item)
{
	stage_send(s, (struct msg){ .kind = MSG_DOWN, .t_ms = t_ms, .item = item });
}

static inline void up(struct stage *s, int64_t t_ms)
{
	stage_send(s, (struct msg){ .kind = MSG_UP, .t_ms = t_ms });
}

static inline void leaned(struct stage *s, int64_t t_ms)
{
	stage_send(s, (struct msg){ .kind = MSG_UP, .t_ms = t_ms, .leaned = true });
}

static inline void tick_at(struct stage *s, int64_t t_ms, struct civil now)
{
	stage_send(s, (struct msg){ .kind = MSG_TICK, .t_ms = t_ms, .now = now });
}

static inline void feed(struct stage *s, int64_t t_ms, const struct screen_feed *feed)
{
	stage_send(s, (struct msg){ .kind = MSG_FEED, .t_ms = t_ms, .feed = feed });
}

static inline enum view view_of(const struct stage *s)
{
	return model_view(&s->model);
}

static inline bool has_effect(const struct stage *s, enum effect_kind kind)
{
	for (int i = 0; i < s->effects.n; i++)
		if (s->effects.v[i].kind == kind)
			return true;
	return false;
}
