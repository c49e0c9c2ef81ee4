/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_core.h"

#include <string.h>

#include "base/log.h"
#include "io/clock.h"

void kiosk_init(struct kiosk *kiosk, const struct options *options, struct drawing *drawing, struct journal *events,
		bool virtual_clock)
{
	const char *lang = settings_text(&options->settings, SET_LANG);

	*kiosk = (struct kiosk){ .options = options, .drawing = drawing, .events = events };
	kiosk->clock.is_virtual = virtual_clock;
	if (options->has_time)
		kiosk_clock_set(&kiosk->clock, options->time);
	options_surroundings(options, drawing_width(drawing), drawing_height(drawing), &kiosk->surroundings);
	kiosk->surroundings.typesetter = drawing_typesetter(drawing);
	screen_init(&kiosk->model, &(struct habits){ .lang = *lang ? lang : NULL });
	touch_init(&kiosk->touch);
	for (int i = 0; i < 2; i++)
		arena_init(&kiosk->arenas[i], LIMIT_PICTURE_ARENA);
	kiosk->changed = true;
}

/* What the program handed to the screen inside its own structure. */
static struct kiosk_feed *owned(const struct screen_feed *feed)
{
	return (struct kiosk_feed *)(uintptr_t)feed;
}

static void free_released(struct kiosk *kiosk)
{
	while (kiosk->released) {
		struct kiosk_feed *feed = kiosk->released;
		kiosk->released = feed->next;
		kiosk_feed_del(feed);
	}
}

void kiosk_free(struct kiosk *kiosk)
{
	const struct screen_feed *shown = kiosk->model.shown.feed, *newest = kiosk->model.newest.feed;

	free_released(kiosk);
	kiosk_feed_del(owned(shown));
	if (newest != shown)
		kiosk_feed_del(owned(newest));
	for (int i = 0; i < 2; i++)
		arena_free(&kiosk->arenas[i]);
}

const struct display *kiosk_display(const struct kiosk *kiosk)
{
	return kiosk->has_display ? &kiosk->displays[kiosk->shown] : NULL;
}

static int64_t now_ms(const struct kiosk *kiosk)
{
	return kiosk_clock_ms(&kiosk->clock);
}

/* Places of one view that differ in page or day are different screens to a finger. */
static bool same_screen(const struct model *a, const struct model *b)
{
	return model_view(a) == model_view(b) && a->place.view == b->place.view && a->place.page == b->place.page &&
	       a->place.has_when == b->place.has_when && strcmp(a->place.id, b->place.id) == 0 &&
	       (!a->place.has_when || civil_compare(a->place.when, b->place.when) == 0) &&
	       strcmp(a->lang, b->lang) == 0;
}

static void log_view(struct kiosk *kiosk)
{
	const struct model *model = &kiosk->model;
	struct arena words;

	arena_init(&words, 1000);
	const char *place = place_print(&words, &model->place);
	journal_line(kiosk->events, now_ms(kiosk), "view", FIELD_T("view", place), FIELD_I("page", model->place.page),
		     FIELD_T("lang", model->lang));
	arena_free(&words);
}

static void run_effects(struct kiosk *kiosk, const struct effects *effects)
{
	for (int i = 0; i < effects->n; i++) {
		const struct effect *effect = &effects->v[i];
		switch (effect->kind) {
		case EFFECT_RELEASE: {
			struct kiosk_feed *feed = owned(effect->feed);
			feed->next = kiosk->released;
			kiosk->released = feed;
			break;
		}
		case EFFECT_VISIT_BEGAN:
			journal_fields(kiosk->events, now_ms(kiosk), "visit_began", 0, NULL);
			break;
		case EFFECT_VISIT_ENDED:
			journal_fields(kiosk->events, now_ms(kiosk), "visit_ended", 0, NULL);
			break;
		case EFFECT_CALL_BACK:
		case EFFECT_COUNT:
			break;
		}
	}
}

/* Seconds since the feed was known to be right; a source that answers says so at each poll. */
static int64_t age_s(const struct kiosk *kiosk)
{
	if (kiosk->feed_state == FEED_FRESH)
		return 0;
	return feed_seen_age(&kiosk->seen, kiosk_clock_utc_ms(&kiosk->clock), now_ms(kiosk));
}

static void send(struct kiosk *kiosk, struct msg *msg)
{
	struct effects effects = { 0 };
	struct model before = kiosk->model;

	msg->t_ms = now_ms(kiosk);
	msg->feed_age_s = age_s(kiosk);
	screen_update(&kiosk->model, msg, &effects);
	kiosk->changed = true;
	run_effects(kiosk, &effects);
	if (same_screen(&before, &kiosk->model))
		return;
	touch_screen_changed(&kiosk->touch, msg->t_ms);
	log_view(kiosk);
}

static const char *zone(const struct kiosk *kiosk)
{
	const struct screen_feed *feed = kiosk->model.newest.feed;

	return feed ? feed->centre->zone : settings_text(&kiosk->options->settings, SET_ZONE);
}

static void send_news(struct kiosk *kiosk, const struct touch_news *news)
{
	if (news->down)
		send(kiosk, &(struct msg){ .kind = MSG_DOWN, .item = news->item });
	if (news->tap) {
		journal_line(kiosk->events, now_ms(kiosk), "tap", FIELD_T("item", news->item),
			     FIELD_T("action", news->action));
		send(kiosk, &(struct msg){ .kind = MSG_TAP, .action = news->action });
	}
	if (news->up)
		send(kiosk, &(struct msg){ .kind = MSG_UP });
}

void kiosk_tick(struct kiosk *kiosk)
{
	struct msg msg = { .kind = MSG_TICK };
	struct touch_news news;

	touch_tick(&kiosk->touch, now_ms(kiosk), &news);
	send_news(kiosk, &news);
	kiosk_clock_wall(&kiosk->clock, zone(kiosk), &msg.now, &msg.now_ms);
	send(kiosk, &msg);
}

int64_t kiosk_deadline(const struct kiosk *kiosk)
{
	int64_t screen = screen_deadline(&kiosk->model), touch = touch_deadline(&kiosk->touch);

	return screen < touch ? screen : touch;
}

void kiosk_finger(struct kiosk *kiosk, const struct finger *finger)
{
	struct finger upright = *finger;
	struct touch_news news;

	if (!kiosk->has_display)
		return;
	drawing_to_picture(kiosk->drawing, finger->x, finger->y, &upright.x, &upright.y);
	touch_finger(&kiosk->touch, kiosk_display(kiosk), &upright, &news);
	send_news(kiosk, &news);
}

void kiosk_take_feed(struct kiosk *kiosk, struct kiosk_feed *feed, const char *from, enum feed_state state,
		     const struct feed_seen *seen)
{
	kiosk->seen = *seen;
	kiosk->feed_state = state;
	journal_line(kiosk->events, now_ms(kiosk), "feed", FIELD_T("from", from),
		     FIELD_T("centre", feed->screen.centre->id), FIELD_I("version", feed->screen.centre->version),
		     FIELD_T("state", feed_state_name(state)), FIELD_I("age_s", age_s(kiosk)));
	send(kiosk, &(struct msg){ .kind = MSG_FEED, .feed = &feed->screen });
	send(kiosk, &(struct msg){ .kind = MSG_FEED_STATE, .feed_state = state });
	/* The centre's wall may be another one than the machine's. */
	kiosk_tick(kiosk);
}

void kiosk_take_state(struct kiosk *kiosk, enum feed_state state, const struct feed_seen *seen, const char *why)
{
	kiosk->seen = *seen;
	kiosk->feed_state = state;
	journal_line(kiosk->events, now_ms(kiosk), "feed_state", FIELD_T("state", feed_state_name(state)),
		     FIELD_T("why", why), FIELD_I("age_s", age_s(kiosk)));
	send(kiosk, &(struct msg){ .kind = MSG_FEED_STATE, .feed_state = state });
}

static bool exists(const struct screen_feed *feed, const struct place *place)
{
	if (!*place->id)
		return true;
	switch (place->view) {
	case VIEW_ACTIVITY:
		return feed && centre_activity(feed->centre, place->id);
	case VIEW_NEED:
		return feed && centre_need(feed->centre, place->id);
	case VIEW_NOTICE:
		return feed && centre_notice(feed->centre, place->id);
	case VIEW_ORGANISATION:
		return feed && centre_organisation(feed->centre, place->id);
	default:
		return true;
	}
}

enum err kiosk_open(struct kiosk *kiosk, const struct place *place, struct fault *fault)
{
	struct arena words;

	if (!exists(kiosk->model.shown.feed, place))
		return fault_set(fault, ERR_NOT_FOUND, "--view", "the feed has no %s with the id \"%s\"",
				 view_name(place->view), place->id);
	if (place->view == VIEW_HOME)
		return OK;
	arena_init(&words, 2000);
	const struct action open = { .kind = ACTION_OPEN, .place = *place };
	const char *action = action_print(&words, &open);
	if (action)
		send(kiosk, &(struct msg){ .kind = MSG_TAP, .action = action });
	arena_free(&words);
	return action ? OK : fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
}

static enum err draw(struct kiosk *kiosk, const struct display *next)
{
	struct rect damage = { 0 };
	enum err err = drawing_draw(kiosk->drawing, next, &damage, &kiosk->fault);

	if (!err && damage.w > 0 && kiosk->present)
		err = kiosk->present(kiosk->context, &damage, &kiosk->fault);
	return err;
}

static enum err make_list(struct kiosk *kiosk, int i)
{
	arena_reset(&kiosk->arenas[i]);
	kiosk->displays[i] = (struct display){ 0 };
	enum err err = screen_view(&kiosk->model, &kiosk->surroundings, &kiosk->arenas[i], &kiosk->displays[i]);
	if (!err)
		return OK;
	const struct fault *why = drawing_fault(kiosk->drawing);
	if (why && why->err == err)
		kiosk->fault = *why;
	else
		fault_set(&kiosk->fault, err, view_name(kiosk->model.place.view), "%s", err_cause(err));
	return err;
}

void kiosk_show(struct kiosk *kiosk)
{
	int next = 1 - kiosk->shown;
	int64_t start_ms = clock_monotonic_ms();

	if (!kiosk->changed)
		return;
	kiosk->changed = false;
	enum err err = make_list(kiosk, next);
	bool differs = !err && !(kiosk->has_display && kiosk->err == OK &&
				 display_equal(&kiosk->displays[kiosk->shown], &kiosk->displays[next]));
	if (!err) {
		/* Also when it is equal: the old one may speak of a feed that goes now. */
		kiosk->shown = next;
		kiosk->has_display = true;
	}
	if (differs && !kiosk->list_only)
		err = draw(kiosk, &kiosk->displays[next]);
	kiosk->err = err;
	if (err) {
		log_fault(LOG_ERROR, "picture", &kiosk->fault);
		return;
	}
	free_released(kiosk);
	if (differs)
		journal_line(kiosk->events, now_ms(kiosk), "picture", FIELD_T("view", kiosk->displays[next].view),
			     FIELD_I("took_ms", kiosk->clock.is_virtual ? 0 : clock_monotonic_ms() - start_ms));
}
