/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/replay.h"

#include <SDL2/SDL.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "io/file.h"
#include "kiosk/replay_lines.h"

enum { ARENA_MAX = 2 * LIMIT_REPLAY_BYTES, FAULT_MAX = sizeof((struct fault *)0)->text, PRIVATE_HOLD_MS = 30 };

static enum err at_line(const struct replay *replay, int number, enum err err, const struct fault *inner,
			struct fault *fault)
{
	char place[sizeof fault->place], text[sizeof inner->place + FAULT_MAX + 3];

	snprintf(place, sizeof place, "%.140s:%d", replay->path, number);
	fault_print(inner, text, sizeof text);
	return fault_set(fault, err, place, "%s", text);
}

/* A feed's file is found from the folder of the replay that names it. */
static enum err find_feed(struct replay *replay, struct replay_line *line)
{
	const char *slash = strrchr(replay->path, '/');

	if (line->kind != REPLAY_FEED || *line->file == '/' || !slash)
		return OK;
	line->file = arena_printf(&replay->arena, "%.*s%s", (int)(slash - replay->path) + 1, replay->path, line->file);
	return line->file ? OK : ERR_MEMORY;
}

static enum err check_order(const struct replay *replay, const struct replay_line *line, struct fault *fault)
{
	const struct replay_line *last = replay->n ? &replay->lines[replay->n - 1] : NULL;

	if (line->kind == REPLAY_START && last)
		return fault_set(fault, ERR_VALUE, "kind", "\"start\" is for the first line");
	if (last && last->kind == REPLAY_END)
		return fault_set(fault, ERR_VALUE, "kind", "nothing comes after \"end\"");
	int64_t end_ms = last ? last->t_ms + (last->kind == REPLAY_TAP ? last->hold_ms : 0) : 0;
	if (line->t_ms < end_ms)
		return fault_set(fault, ERR_VALUE, "t_ms", "earlier than the end of the line before");
	return OK;
}

static enum err read_lines(struct replay *replay, const char *at, const char *end, struct fault *fault)
{
	for (int number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((newline ? newline : end) - at);
		struct replay_line *line = &replay->lines[replay->n];
		struct fault inner = { 0 };
		enum err err = OK;
		if (len > 0) {
			err = replay_line_read(&replay->arena, at, len, line, &inner);
			if (!err)
				err = check_order(replay, line, &inner);
			if (!err && find_feed(replay, line))
				err = fault_set(&inner, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
			line->number = number;
			replay->n++;
		}
		if (err)
			return at_line(replay, number, err, &inner, fault);
		at = newline ? newline + 1 : end;
	}
	return replay->n ? OK : fault_set(fault, ERR_MISSING, replay->path, "has no lines");
}

enum err replay_read(struct replay *replay, const char *path, struct fault *fault)
{
	struct buf file;
	size_t lines = 1;

	*replay = (struct replay){ .path = path };
	arena_init(&replay->arena, ARENA_MAX);
	buf_init(&file, LIMIT_REPLAY_BYTES);
	enum err err = file_read(path, &file, fault);
	if (err == ERR_NOT_FOUND)
		err = ERR_FILE;
	if (!err) {
		for (size_t i = 0; i < file.len; i++)
			lines += file.bytes[i] == '\n';
		replay->lines = ARENA_ARRAY(&replay->arena, lines, struct replay_line);
		if (!replay->lines)
			err = fault_set(fault, ERR_MEMORY, path, "%s", err_cause(ERR_MEMORY));
	}
	if (!err)
		err = read_lines(replay, buf_text(&file), buf_text(&file) + file.len, fault);
	buf_free(&file);
	return err;
}

void replay_free(struct replay *replay)
{
	arena_free(&replay->arena);
}

enum err replay_defaults(const struct replay *replay, struct options *options, struct fault *fault)
{
	const struct replay_line *start = &replay->lines[0];
	char origin[64];

	snprintf(origin, sizeof origin, "%.50s:%d", replay->path, start->number);
	if (start->kind == REPLAY_START && start->has_time && !options->has_time) {
		options->has_time = true;
		options->time = start->time;
	}
	for (size_t i = 0; start->kind == REPLAY_START && i < SET_COUNT; i++) {
		if (!start->settings[i])
			continue;
		enum err err = options_default(options, (enum kiosk_setting)i, start->settings[i], origin, fault);
		if (err)
			return err;
	}
	if (!options->has_time)
		return fault_set(fault, ERR_MISSING, replay->path, "says no time in a \"start\" line; give --time");
	return OK;
}

/* ---- playing ---- */

struct player {
	struct loop *loop;
	struct kiosk *kiosk;
	double x, y;   /* where the finger is, of the panel */
	bool opened;   /* the view of --view */
	unsigned keys; /* of a number pad, that have been played */
};

/* Lets the time pass up to T_MS, with all that the screen does by itself meanwhile. */
static void pass_time(struct player *player, int64_t t_ms)
{
	struct kiosk *kiosk = player->kiosk;
	int64_t *clock = &kiosk->clock.virtual_ms;

	for (int64_t due = kiosk_deadline(kiosk); due <= t_ms; due = kiosk_deadline(kiosk)) {
		*clock = due > *clock ? due : *clock;
		kiosk_tick(kiosk);
		kiosk_show(kiosk);
	}
	*clock = t_ms;
}

/* The panel's pixel that shows the pixel (X, Y) of the upright picture. */
static void to_panel(const struct drawing *drawing, int x, int y, int *panel_x, int *panel_y)
{
	int ox, oy, right_x, right_y, down_x, down_y;

	/* Turning is a whole-number map: where the panel's corner and its neighbours come from tells it all. */
	drawing_to_picture(drawing, 0, 0, &ox, &oy);
	drawing_to_picture(drawing, 1, 0, &right_x, &right_y);
	drawing_to_picture(drawing, 0, 1, &down_x, &down_y);
	*panel_x = (x - ox) * (right_x - ox) + (y - oy) * (right_y - oy);
	*panel_y = (x - ox) * (down_x - ox) + (y - oy) * (down_y - oy);
}

static const struct item *find_item(const struct display *display, const char *id)
{
	for (size_t i = 0; display && i < display->n_items; i++)
		if (strcmp(display->items[i].id, id) == 0)
			return &display->items[i];
	return NULL;
}

/* On the middle of the item, DX and DY millimetres to its right and below. */
static enum err aim_at_item(struct player *player, const struct replay_line *line, struct fault *fault)
{
	const struct display *display = kiosk_display(player->kiosk);
	const struct glass *glass = player->loop->glass;
	const struct item *item = find_item(display, line->on);
	int panel_x, panel_y;

	if (!item)
		return fault_set(fault, ERR_NOT_FOUND, "on", "the screen shows no item \"%s\"", line->on);
	const struct rect *r = item->has_hit ? &item->hit : &item->rect;
	to_panel(player->kiosk->drawing, r->x + r->w / 2 + (int)(line->dx_mm / display->mm_per_px),
		 r->y + r->h / 2 + (int)(line->dy_mm / display->mm_per_px), &panel_x, &panel_y);
	player->x = (panel_x + 0.5) / glass->panel_w;
	player->y = (panel_y + 0.5) / glass->panel_h;
	return OK;
}

static enum err aim(struct player *player, const struct replay_line *line, struct fault *fault)
{
	const struct glass *glass = player->loop->glass;

	switch (line->aim) {
	case AIM_SAME:
		return OK;
	case AIM_SHARE:
		player->x = line->x;
		player->y = line->y;
		return OK;
	case AIM_PX:
		player->x = (line->x + 0.5) / glass->panel_w;
		player->y = (line->y + 0.5) / glass->panel_h;
		return OK;
	case AIM_ITEM:
		return aim_at_item(player, line, fault);
	}
	return OK;
}

/* What the glass itself has to tell, as when its window is closed. */
static void hear_glass(struct player *player)
{
	struct glass_event event;

	while (glass_wait(player->loop->glass, 0, &event))
		loop_handle(player->loop, &event);
}

static void play_event(struct player *player, const struct glass_event *event)
{
	loop_handle(player->loop, event);
	hear_glass(player);
}

static void touch(struct player *player, enum finger_kind kind, int64_t finger)
{
	play_event(player,
		   &(struct glass_event){
			   .kind = GLASS_FINGER, .finger = kind, .id = finger, .x = player->x, .y = player->y });
}

static enum err play_finger(struct player *player, const struct replay_line *line, struct fault *fault)
{
	enum err err = aim(player, line, fault);

	if (err)
		return err;
	if (line->kind == REPLAY_MOVE) {
		touch(player, FINGER_MOVE, line->finger);
		return OK;
	}
	if (line->kind != REPLAY_UP)
		touch(player, FINGER_DOWN, line->finger);
	if (line->kind == REPLAY_DOWN)
		return OK;
	if (line->kind != REPLAY_UP)
		pass_time(player, player->kiosk->clock.virtual_ms + line->hold_ms);
	touch(player, FINGER_UP, line->finger);
	return OK;
}

static struct feed_seen seen_of(const struct player *player, const struct replay_line *line)
{
	int64_t now_ms = kiosk_clock_ms(&player->kiosk->clock);

	return (struct feed_seen){ .known = line->age_s >= 0,
				   .this_run = true,
				   .mono_ms = now_ms - line->age_s * 1000 };
}

static enum err read_feed(struct player *player, const char *path, struct kiosk_feed **out, struct fault *fault)
{
	const struct settings *settings = &player->kiosk->options->settings;
	const char *lang = settings_text(settings, SET_LANG);
	struct buf file;

	buf_init(&file, LIMIT_FEED_BYTES);
	enum err err = file_read(path, &file, fault);
	/* Only a document that is no good is news for the screen; a file that is not there is a fault of the replay. */
	if (err) {
		buf_free(&file);
		return err;
	}
	struct fault why;
	*out = NULL;
	err = kiosk_feed_read(buf_text(&file), file.len, settings_text(settings, SET_ZONE), *lang ? lang : "nb", out,
			      &why);
	buf_free(&file);
	if (!err)
		err = feed_judge(&player->kiosk->past, "", *out, INT64_MAX / 2, &why);
	if (err) {
		kiosk_feed_del(*out);
		*out = NULL;
		log_fault(LOG_WARNING, "feed", &why);
	}
	return err == ERR_MEMORY ? fault_set(fault, err, path, "%s", err_cause(err)) : OK;
}

static enum err play_feed(struct player *player, const char *path, enum feed_state state, const struct feed_seen *seen,
			  struct fault *fault)
{
	struct kiosk *kiosk = player->kiosk;
	struct kiosk_feed *feed;
	enum err err = read_feed(player, path, &feed, fault);

	if (err)
		return err;
	if (!feed) {
		kiosk_take_state(kiosk, FEED_REJECTED, &kiosk->seen, NULL);
		return OK;
	}
	feed_past_set(&kiosk->past, feed);
	kiosk_take_feed(kiosk, feed, "replay", state, seen);
	if (kiosk->options->has_place && !player->opened) {
		player->opened = true;
		err = kiosk_open(kiosk, &kiosk->options->place, fault);
	}
	return err;
}

static void play_clock(struct player *player, const struct replay_line *line)
{
	struct kiosk_clock *clock = &player->kiosk->clock;

	kiosk_clock_set(clock, line->time);
	clock->told = true;
	clock->told_sure = !line->unsure;
	kiosk_tick(player->kiosk);
}

/* A recording does not tell which key it was. Any will do, but no two alike: the same one is deaf for a while. */
static enum err play_private(struct player *player, const struct replay_line *line, struct fault *fault)
{
	static const char *const keys[] = { "key/0", "key/1", "key/2" };
	struct replay_line tap = *line;

	tap.kind = REPLAY_TAP;
	tap.aim = AIM_ITEM;
	tap.on = keys[player->keys++ % (sizeof keys / sizeof keys[0])];
	tap.hold_ms = PRIVATE_HOLD_MS;
	return play_finger(player, &tap, fault);
}

static void play_callback(struct kiosk *kiosk, const struct replay_line *line)
{
	const struct outbox_news news = { .end = line->end,
					  .serial = kiosk->model.callback.serial,
					  .promised = line->promised };

	kiosk_take_callback(kiosk, &news);
}

static enum err play_key(struct player *player, const char *name, struct fault *fault)
{
	int sym = SDL_GetKeyFromName(name);

	if (sym == SDLK_UNKNOWN)
		return fault_set(fault, ERR_VALUE, "key", "no key is called \"%.40s\"", name);
	play_event(player, &(struct glass_event){ .kind = GLASS_KEY, .sym = sym });
	return OK;
}

static enum err play_line(struct player *player, const struct replay_line *line, struct fault *fault)
{
	struct kiosk *kiosk = player->kiosk;
	struct feed_seen seen = seen_of(player, line);

	switch (line->kind) {
	case REPLAY_DOWN:
	case REPLAY_MOVE:
	case REPLAY_UP:
	case REPLAY_TAP:
		return play_finger(player, line, fault);
	case REPLAY_CLOCK:
		play_clock(player, line);
		return OK;
	case REPLAY_FEED:
		return play_feed(player, line->file, line->state, &seen, fault);
	case REPLAY_FEED_STATE:
		kiosk_take_state(kiosk, line->state, line->has_age || line->state == FEED_FRESH ? &seen : &kiosk->seen,
				 NULL);
		return OK;
	case REPLAY_PRIVATE:
		return play_private(player, line, fault);
	case REPLAY_CALLBACK:
		play_callback(kiosk, line);
		return OK;
	case REPLAY_HEADSET:
		kiosk_headset(kiosk, line->plugged, "");
		return OK;
	case REPLAY_PANEL:
		kiosk_panel(kiosk, line->plugged);
		return OK;
	case REPLAY_KEY:
		return play_key(player, line->key, fault);
	case REPLAY_SPEECH_KEY:
		kiosk_speech_key(kiosk, SPEECH_KEY_OTHER);
		return OK;
	case REPLAY_LIST:
		return list_write(kiosk_display(kiosk), line->file, fault);
	case REPLAY_PICTURE:
		return picture_write(kiosk->drawing, line->file, fault);
	default:
		return OK;
	}
}

static enum err begin(struct player *player, struct fault *fault)
{
	const char *feed = settings_text(&player->kiosk->options->settings, SET_FEED);
	const struct feed_seen now = { .known = true, .this_run = true };

	kiosk_tick(player->kiosk);
	if (strstr(feed, "://"))
		return fault_set(fault, ERR_USAGE, "--feed", "a replay knows no network; give a file");
	enum err err = *feed ? play_feed(player, feed, FEED_FRESH, &now, fault) : OK;
	kiosk_show(player->kiosk);
	hear_glass(player);
	/* With no first picture there is nothing to touch and no list to write. */
	if (!err && player->kiosk->err) {
		*fault = player->kiosk->fault;
		err = player->kiosk->err;
	}
	return err;
}

enum err replay_play(const struct replay *replay, struct loop *loop, struct fault *fault)
{
	struct player player = { .loop = loop, .kiosk = loop->kiosk };
	struct fault inner = { 0 };
	enum err err = begin(&player, fault);

	if (err)
		return err;
	for (size_t i = 0; i < replay->n && !loop->quit; i++) {
		const struct replay_line *line = &replay->lines[i];
		pass_time(&player, line->t_ms);
		err = play_line(&player, line, &inner);
		kiosk_show(loop->kiosk);
		if (!err && loop->kiosk->err) {
			err = loop->kiosk->err;
			inner = loop->kiosk->fault;
		}
		if (err)
			return at_line(replay, line->number, err, &inner, fault);
	}
	return OK;
}
