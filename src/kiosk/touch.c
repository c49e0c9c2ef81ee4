/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/touch.h"

#include <stdio.h>
#include <string.h>

void touch_init(struct touch *touch)
{
	*touch = (struct touch){ .hears_ms = INT64_MIN };
}

void touch_to_panel(double x, double y, int w, int h, int *panel_x, int *panel_y)
{
	double px = x * w, py = y * h;

	*panel_x = px >= w ? w - 1 : px >= 0 ? (int)px : 0;
	*panel_y = py >= h ? h - 1 : py >= 0 ? (int)py : 0;
}

static void keep_id(char out[TOUCH_ID_SIZE], const char *id)
{
	snprintf(out, TOUCH_ID_SIZE, "%s", id);
}

/* Squares keep this in whole numbers. */
static int64_t square(int64_t n)
{
	return n * n;
}

static int64_t distance2(const struct rect *r, int x, int y)
{
	int dx = x < r->x ? r->x - x : x >= r->x + r->w ? x - (r->x + r->w - 1) : 0;
	int dy = y < r->y ? r->y - y : y >= r->y + r->h ? y - (r->y + r->h - 1) : 0;

	return square(dx) + square(dy);
}

static int64_t px2(const struct display *display, int mm)
{
	double px = display->mm_per_px > 0 ? mm / display->mm_per_px : 0;

	return (int64_t)(px * px);
}

static bool is_control(const struct item *item)
{
	return item->has_hit && item->enabled && item->action;
}

static const struct item *find(const struct display *display, const char *id)
{
	for (size_t i = 0; *id && i < display->n_items; i++)
		if (is_control(&display->items[i]) && strcmp(display->items[i].id, id) == 0)
			return &display->items[i];
	return NULL;
}

static const struct item *nearest(const struct display *display, int x, int y)
{
	const struct item *best = NULL;
	int64_t best2 = px2(display, TOUCH_SNAP_MM);

	for (size_t i = 0; i < display->n_items; i++) {
		const struct item *item = &display->items[i];
		if (!is_control(item))
			continue;
		int64_t d2 = distance2(&item->hit, x, y);
		if (d2 <= best2) {
			best2 = d2;
			best = item;
		}
	}
	return best;
}

/* What a contact that comes down here means. */
static const struct item *meant(const struct display *display, int x, int y)
{
	const struct item *item = display_hit(display, x, y);

	if (item)
		return is_control(item) ? item : NULL;
	return nearest(display, x, y);
}

/* What leaving the glass now would choose. */
static const struct item *chosen(const struct touch *touch, const struct display *display)
{
	const struct item *aimed = touch->deaf ? NULL : find(display, touch->aimed);

	if (!aimed || distance2(&aimed->hit, touch->x, touch->y) > px2(display, TOUCH_SLOP_MM))
		return NULL;
	const struct item *under = display_hit(display, touch->x, touch->y);
	return !under || under == aimed ? aimed : NULL;
}

static bool is_bounce(const struct touch *touch, const struct display *display, const struct finger *finger)
{
	return touch->has_lifted && touch->lifted_chose && finger->t_ms - touch->lifted_ms < TOUCH_BOUNCE_MS &&
	       square(finger->x - touch->lifted_x) + square(finger->y - touch->lifted_y) <=
		       px2(display, TOUCH_BOUNCE_MM);
}

static void tell_pressed(struct touch *touch, const struct display *display, struct touch_news *news, bool always)
{
	const struct item *item = chosen(touch, display);
	const char *id = item ? item->id : "";

	if (!always && strcmp(touch->pressed, id) == 0)
		return;
	keep_id(touch->pressed, id);
	news->down = true;
	news->item = *touch->pressed ? touch->pressed : NULL;
}

static void forget(struct touch *touch, struct touch_news *news)
{
	touch->active = false;
	touch->pressed[0] = touch->aimed[0] = '\0';
	news->up = true;
}

/* Nobody presses so long: something leans on the glass. */
static void give_up(struct touch *touch, struct touch_news *news)
{
	forget(touch, news);
	news->leaned = true;
}

static void come_down(struct touch *touch, const struct display *display, const struct finger *finger,
		      struct touch_news *news)
{
	if (touch->active && finger->id != touch->finger && finger->t_ms - touch->down_ms < TOUCH_GIVE_WAY_MS)
		return;
	touch->active = true;
	touch->finger = finger->id;
	touch->down_ms = finger->t_ms;
	touch->x = finger->x;
	touch->y = finger->y;
	touch->bounced = is_bounce(touch, display, finger);
	touch->deaf = touch->bounced || finger->t_ms < touch->hears_ms;
	const struct item *item = touch->deaf ? NULL : meant(display, finger->x, finger->y);
	keep_id(touch->aimed, item ? item->id : "");
	tell_pressed(touch, display, news, true);
}

static void move(struct touch *touch, const struct display *display, const struct finger *finger,
		 struct touch_news *news)
{
	touch->x = finger->x;
	touch->y = finger->y;
	if (!*touch->aimed && !touch->deaf) {
		const struct item *item = display_hit(display, finger->x, finger->y);
		if (item && is_control(item))
			keep_id(touch->aimed, item->id);
	}
	tell_pressed(touch, display, news, false);
}

static bool is_too_soon(const struct touch *touch, const struct item *item, int64_t t_ms)
{
	return touch->has_tapped && t_ms - touch->tapped_ms < TOUCH_SAME_CONTROL_MS &&
	       strcmp(touch->tapped, item->id) == 0;
}

static void leave(struct touch *touch, const struct display *display, const struct finger *finger,
		  struct touch_news *news)
{
	move(touch, display, finger, news);
	const struct item *item = chosen(touch, display);
	bool tap = item && !is_too_soon(touch, item, finger->t_ms);

	touch->has_lifted = true;
	touch->lifted_ms = finger->t_ms;
	/* A trembling finger may come back more than once. */
	touch->lifted_chose = item != NULL || touch->bounced;
	touch->lifted_x = finger->x;
	touch->lifted_y = finger->y;
	forget(touch, news);
	news->down = false;
	if (!tap)
		return;
	touch->has_tapped = true;
	touch->tapped_ms = finger->t_ms;
	keep_id(touch->tapped, item->id);
	news->tap = true;
	news->item = touch->tapped;
	news->action = item->action;
}

void touch_finger(struct touch *touch, const struct display *display, const struct finger *finger,
		  struct touch_news *news)
{
	*news = (struct touch_news){ 0 };
	if (finger->t_ms >= touch_deadline(touch))
		give_up(touch, news);
	if (finger->kind == FINGER_DOWN) {
		come_down(touch, display, finger, news);
		if (news->down)
			news->up = news->leaned = false;
	} else if (touch->active && finger->id == touch->finger) {
		if (finger->kind == FINGER_MOVE)
			move(touch, display, finger, news);
		else
			leave(touch, display, finger, news);
	}
}

int64_t touch_deadline(const struct touch *touch)
{
	return touch->active ? touch->down_ms + TOUCH_LEAN_MS + 1 : INT64_MAX;
}

void touch_tick(struct touch *touch, int64_t t_ms, struct touch_news *news)
{
	*news = (struct touch_news){ 0 };
	if (t_ms >= touch_deadline(touch))
		give_up(touch, news);
}

void touch_screen_changed(struct touch *touch, int64_t t_ms, int deaf_ms)
{
	if (t_ms + deaf_ms > touch->hears_ms)
		touch->hears_ms = t_ms + deaf_ms;
	touch->deaf = true;
	touch->pressed[0] = '\0';
}
