/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/worker_pace.h"

/* 75 to 125 % of MS. */
static int64_t jittered(int64_t ms, uint32_t random)
{
	return ms * 3 / 4 + ms * (int64_t)(random % 1000) / 2000;
}

static int64_t back_off(struct pace *pace, int64_t max_ms)
{
	int64_t ms = PACE_FIRST_MS;

	for (int i = 0; i < pace->failures && ms < max_ms; i++)
		ms *= 2;
	pace->failures++;
	return ms < max_ms ? ms : max_ms;
}

static int64_t after_success(const struct pace_answer *answer, uint32_t random)
{
	if (answer->calendar)
		return jittered(PACE_CALENDAR_MS, random);
	if (answer->outcome == OUTCOME_NEW || !answer->asked_to_wait || answer->took_ms >= PACE_HELD_MS)
		return PACE_AGAIN_MS;
	return jittered(PACE_UNHELD_MS, random);
}

int64_t pace_rest(struct pace *pace, const struct pace_answer *answer, uint32_t random)
{
	if (answer->outcome == OUTCOME_NEW || answer->outcome == OUTCOME_SAME) {
		pace->failures = 0;
		return after_success(answer, random);
	}
	int64_t ms = back_off(pace, answer->outcome == OUTCOME_SILENT ? PACE_SILENT_MAX_MS : PACE_BAD_MAX_MS);
	int64_t asked_s =
		answer->retry_after_s < PACE_RETRY_AFTER_MAX_S ? answer->retry_after_s : PACE_RETRY_AFTER_MAX_S;
	ms = jittered(ms, random);
	return ms > asked_s * 1000 ? ms : asked_s * 1000 + jittered(PACE_FIRST_MS, random);
}
