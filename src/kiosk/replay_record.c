/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/replay_record.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "io/file.h"

enum { CLOCK_SLACK_S = 2, HOLD_MS = 30 };

static int64_t now_ms(const struct kiosk *kiosk)
{
	return kiosk_clock_ms(&kiosk->clock);
}

static void wall_now(const struct kiosk *kiosk, struct civil *wall)
{
	const struct screen_feed *feed = kiosk->model.newest.feed;
	int ms;

	kiosk_clock_wall(&kiosk->clock, feed ? feed->centre->zone : settings_text(&kiosk->options->settings, SET_ZONE),
			 wall, &ms);
}

static void remember_wall(struct record *record, const struct kiosk *kiosk, const struct civil *wall)
{
	record->has_wall = true;
	record->wall = *wall;
	record->wall_ms = now_ms(kiosk);
}

enum err record_open(struct record *record, const char *path, struct kiosk *kiosk, int panel_w, int panel_h,
		     struct fault *fault)
{
	const struct settings *settings = &kiosk->options->settings;
	char size[32], time[CIVIL_SIZE];
	struct civil wall;

	*record = (struct record){ .path = path };
	enum err err = journal_open(&record->journal, path, now_ms(kiosk), fault);
	if (err)
		return err;
	snprintf(size, sizeof size, "%dx%d", panel_w, panel_h);
	wall_now(kiosk, &wall);
	civil_print(wall, time);
	remember_wall(record, kiosk, &wall);
	journal_line(
		&record->journal, now_ms(kiosk), "start", FIELD_T("version", OPPSLAG_VERSION), FIELD_T("time", time),
		FIELD_T("size", size), FIELD_T("diagonal", settings_text(settings, SET_DIAGONAL)),
		FIELD_T("rotate", settings_text(settings, SET_ROTATE)),
		FIELD_T("theme", settings_text(settings, SET_THEME)),
		FIELD_T("scale", settings_text(settings, SET_SCALE)),
		FIELD_T("reach", kiosk->surroundings.reach ? "yes" : "no"),
		FIELD_T("view-mm", settings_text(settings, SET_VIEW_MM)),
		FIELD_T("lang", settings_text(settings, SET_LANG)), FIELD_T("zone", settings_text(settings, SET_ZONE)),
		FIELD_T("night", settings_text(settings, SET_NIGHT)),
		FIELD_T("night-black", settings_text(settings, SET_NIGHT_BLACK)),
		FIELD_T("panel-off", settings_text(settings, SET_PANEL_OFF)));
	return OK;
}

/* No earlier than the end of the tap before. */
static int64_t not_before(const struct record *record, int64_t t_ms)
{
	return t_ms > record->until_ms ? t_ms : record->until_ms;
}

void record_finger(struct record *record, const struct finger *finger, int panel_w, int panel_h)
{
	static const char *const kinds[] = { [FINGER_DOWN] = "down", [FINGER_MOVE] = "move", [FINGER_UP] = "up" };

	journal_line(&record->journal, not_before(record, finger->t_ms), kinds[finger->kind],
		     FIELD_I("finger", finger->id), FIELD_N("x", (finger->x + 0.5) / panel_w),
		     FIELD_N("y", (finger->y + 0.5) / panel_h));
}

void record_private(struct record *record, const char *id, int64_t t_ms)
{
	int64_t at_ms = not_before(record, t_ms);

	/* How far one went before one chose tells it too. */
	if (strncmp(id, "speech/", 7) == 0)
		return;
	if (strncmp(id, "key/", 4) == 0)
		journal_fields(&record->journal, at_ms, "private", 0, NULL);
	else
		journal_line(&record->journal, at_ms, "tap", FIELD_T("on", id), FIELD_I("hold_ms", HOLD_MS));
	record->until_ms = at_ms + HOLD_MS;
}

void record_panel(struct record *record, const struct kiosk *kiosk)
{
	journal_line(&record->journal, not_before(record, now_ms(kiosk)), "panel",
		     FIELD_B("on", !kiosk->model.no_touch));
}

void record_headset(struct record *record, const struct kiosk *kiosk)
{
	journal_line(&record->journal, not_before(record, now_ms(kiosk)), "headset",
		     FIELD_B("on", kiosk->model.speech.headset));
}

void record_key(struct record *record, const struct kiosk *kiosk, const char *name)
{
	int64_t at_ms = not_before(record, now_ms(kiosk));

	if (kiosk_is_private(kiosk))
		return;
	if (*name)
		journal_line(&record->journal, at_ms, "key", FIELD_T("key", name));
	else
		journal_fields(&record->journal, at_ms, "speech_key", 0, NULL);
}

void record_callback(struct record *record, const struct kiosk *kiosk, const struct outbox_news *news)
{
	char day[CIVIL_SIZE] = "";

	if (news->serial == 0)
		return;
	if (news->end == OUTBOX_SENT)
		civil_print(news->promised, day);
	journal_line(&record->journal, not_before(record, now_ms(kiosk)), "callback",
		     FIELD_T("end", outbox_end_name(news->end)), FIELD_T("promised", *day ? day : NULL));
}

void record_delivery(struct record *record, const struct kiosk *kiosk, const struct delivery *delivery)
{
	char path[PATH_MAX];
	struct fault fault;
	const char *file = NULL;
	int64_t age_s = feed_seen_age(&delivery->seen, kiosk_clock_utc_ms(&kiosk->clock), now_ms(kiosk));

	if (delivery->feed && buf_ok(&delivery->document)) {
		snprintf(path, sizeof path, "%.4000s.%d.json", record->path, ++record->feeds);
		if (file_replace(path, buf_text(&delivery->document), delivery->document.len, &fault))
			log_fault(LOG_WARNING, "the recording lacks a feed", &fault);
		const char *slash = strrchr(path, '/');
		file = slash ? slash + 1 : path;
	}
	journal_line(&record->journal, not_before(record, now_ms(kiosk)), file ? "feed" : "feed_state",
		     FIELD_T("file", file), FIELD_T("state", feed_state_name(delivery->state)),
		     FIELD_I("age_s", age_s));
}

void record_tick(struct record *record, const struct kiosk *kiosk)
{
	struct civil wall, expected = civil_add_seconds(record->wall, (now_ms(kiosk) - record->wall_ms) / 1000);
	char time[CIVIL_SIZE];

	wall_now(kiosk, &wall);
	bool runs_on = civil_compare(wall, civil_add_seconds(expected, -CLOCK_SLACK_S)) >= 0 &&
		       civil_compare(wall, civil_add_seconds(expected, CLOCK_SLACK_S)) <= 0;
	bool unsure = kiosk->model.newest.clock_unsure;
	if (record->has_wall && (!runs_on || unsure != record->unsure)) {
		civil_print(wall, time);
		journal_line(&record->journal, not_before(record, now_ms(kiosk)), "clock", FIELD_T("time", time),
			     FIELD_B("sure", !unsure));
	}
	record->unsure = unsure;
	remember_wall(record, kiosk, &wall);
}

void record_close(struct record *record, const struct kiosk *kiosk)
{
	journal_fields(&record->journal, not_before(record, now_ms(kiosk)), "end", 0, NULL);
	journal_close(&record->journal);
}
