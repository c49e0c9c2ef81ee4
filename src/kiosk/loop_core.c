/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop_core.h"

#include <string.h>

#include "base/log.h"
#include "io/clock.h"
#include "kiosk/guard.h"
#include "kiosk/loop_log.h"

void kiosk_init(struct kiosk *kiosk, const struct options *options, struct drawing *drawing, struct journal *events,
		bool virtual_clock)
{
	struct habits habits;

	*kiosk = (struct kiosk){ .options = options, .drawing = drawing, .events = events };
	kiosk->clock.is_virtual = virtual_clock;
	if (options->has_time)
		kiosk_clock_set(&kiosk->clock, options->time);
	kiosk->clock.wants_sync = settings_choice(&options->settings, SET_CLOCK) == CLOCK_SYNCHRONISED;
	kiosk->start_ms = kiosk_clock_ms(&kiosk->clock);
	options_surroundings(options, drawing_width(drawing), drawing_height(drawing), &kiosk->surroundings);
	kiosk->surroundings.typesetter = drawing_typesetter(drawing);
	options_habits(options, &habits);
	screen_init(&kiosk->model, &habits);
	touch_init(&kiosk->touch);
	talk_init(&kiosk->talk, virtual_clock                       ? TALK_SIMULATED
				: options->picture || options->list ? TALK_NEVER
								    : TALK_ALOUD);
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

bool kiosk_is_private(const struct kiosk *kiosk)
{
	return kiosk->model.place.view == VIEW_CALLBACK;
}

static void guard(struct kiosk *kiosk)
{
	bool on = kiosk_is_private(kiosk) || kiosk->model.callback.number[0];

	if (!kiosk->guards || kiosk->guarded == on)
		return;
	kiosk->guarded = on;
	guard_set(on);
}

/* A list that showed a number must not stay in memory, in use or not. */
static void give_back(struct kiosk *kiosk, int i)
{
	if (kiosk->displays[i].is_private)
		arena_wipe(&kiosk->arenas[i]);
	else
		arena_reset(&kiosk->arenas[i]);
	kiosk->displays[i] = (struct display){ 0 };
}

void kiosk_free(struct kiosk *kiosk)
{
	const struct screen_feed *shown = kiosk->model.shown.feed, *newest = kiosk->model.newest.feed;

	talk_free(&kiosk->talk);
	seal_wipe(&kiosk->model.callback, sizeof kiosk->model.callback);
	guard(kiosk);
	free_released(kiosk);
	kiosk_feed_del(owned(shown));
	if (newest != shown)
		kiosk_feed_del(owned(newest));
	for (int i = 0; i < 2; i++) {
		give_back(kiosk, i);
		arena_free(&kiosk->arenas[i]);
	}
}

const struct display *kiosk_display(const struct kiosk *kiosk)
{
	return kiosk->has_display ? &kiosk->displays[kiosk->shown] : NULL;
}

static int64_t now_ms(const struct kiosk *kiosk)
{
	return kiosk_clock_ms(&kiosk->clock);
}

void kiosk_take_callback(struct kiosk *kiosk, const struct outbox_news *news)
{
	journal_line(kiosk->events, now_ms(kiosk), "callback", FIELD_T("end", outbox_end_name(news->end)));
	if (news->serial != 0)
		kiosk_send(kiosk, &(struct msg){ .kind = MSG_CALLBACK,
						 .serial = news->serial,
						 .callback_state = outbox_end_state(news->end),
						 .promised = news->promised });
}

/* Sealed here and now: no other thread, and no disk, sees the number. */
static void hand_over(struct kiosk *kiosk, const struct callback *callback)
{
	const struct screen_feed *feed = kiosk->model.shown.feed;
	struct letter letter;
	enum err err = feed ? letter_seal(callback, feed->centre, kiosk->model.lang, kiosk_clock_utc_ms(&kiosk->clock),
					  &letter)
			    : ERR_MISSING;

	if (!err && !kiosk->call_back)
		return; /* a replay says itself what becomes of it */
	if (!err)
		err = kiosk->call_back(kiosk->call_back_context, &letter, callback->serial);
	if (!err)
		return;
	log_line(LOG_WARNING, "call-backs: one cannot be sealed and handed over: %s", err_cause(err));
	kiosk_take_callback(kiosk, &(struct outbox_news){ .end = OUTBOX_UNSENT, .serial = callback->serial });
}

void kiosk_calls_back(struct kiosk *kiosk, enum err (*call_back)(void *, const struct letter *, unsigned),
		      void *context)
{
	kiosk->call_back = call_back;
	kiosk->call_back_context = context;
	kiosk->model.habits.no_callbacks = !call_back;
	kiosk->guards = true;
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
			hand_over(kiosk, &effect->callback);
			break;
		case EFFECT_COUNT:
			break;
		}
	}
}

/* What the machine's clock may not be behind, once it is known to be unset. */
static void know_time(struct kiosk *kiosk, const struct centre *centre, const struct feed_seen *seen)
{
	if (centre)
		kiosk_clock_know(&kiosk->clock, centre->generated * 1000);
	if (seen->known && !seen->this_run)
		kiosk_clock_know(&kiosk->clock, seen->utc_ms);
}

/* Seconds since the feed was known to be right; a source that answers says so at each poll. */
static int64_t age_s(const struct kiosk *kiosk)
{
	if (kiosk->feed_state == FEED_FRESH)
		return 0;
	return feed_seen_age(&kiosk->seen, kiosk_clock_utc_ms(&kiosk->clock), now_ms(kiosk));
}

/* Who was about to touch something else is given longer to see what has taken over. */
static int deaf_ms(const struct model *before, const struct model *after)
{
	bool taken = after->place.view == VIEW_URGENT && after->urgent.ms != before->urgent.ms;

	return taken ? URGENT_DEAF_MS : TOUCH_NEW_SCREEN_MS;
}

void kiosk_send(struct kiosk *kiosk, struct msg *msg)
{
	struct effects effects = { 0 };
	struct model before = kiosk->model;

	msg->t_ms = now_ms(kiosk);
	msg->feed_age_s = age_s(kiosk);
	screen_update(&kiosk->model, msg, &effects);
	kiosk->changed = true;
	run_effects(kiosk, &effects);
	seal_wipe(&effects, sizeof effects);
	seal_wipe(&before.callback.number, sizeof before.callback.number);
	guard(kiosk);
	log_changes(kiosk->events, msg->t_ms, &before, &kiosk->model);
	if (!model_same_screen(&before, &kiosk->model))
		touch_screen_changed(&kiosk->touch, msg->t_ms, deaf_ms(&before, &kiosk->model));
	if (kiosk->model.place.view != VIEW_TECHNICIAN)
		technician_forget(&kiosk->technician);
}

const char *kiosk_zone(const struct kiosk *kiosk)
{
	const struct screen_feed *feed = kiosk->model.newest.feed;

	return feed ? feed->centre->zone : settings_text(&kiosk->options->settings, SET_ZONE);
}

void kiosk_panel(struct kiosk *kiosk, bool is_there)
{
	journal_line(kiosk->events, now_ms(kiosk), "panel", FIELD_B("on", is_there));
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_PANEL, .on = is_there });
}

static void send_news(struct kiosk *kiosk, const struct touch_news *news)
{
	if (news->down)
		kiosk_send(kiosk, &(struct msg){ .kind = MSG_DOWN, .item = news->item });
	if (news->tap) {
		log_tap(kiosk->events, now_ms(kiosk), &kiosk->model, news->item, news->action);
		kiosk_send(kiosk, &(struct msg){ .kind = MSG_TAP, .action = news->action });
	}
	if (news->up)
		kiosk_send(kiosk, &(struct msg){ .kind = MSG_UP, .leaned = news->leaned });
}

void kiosk_tick(struct kiosk *kiosk)
{
	struct msg msg = { .kind = MSG_TICK };
	struct touch_news news;

	touch_tick(&kiosk->touch, now_ms(kiosk), &news);
	send_news(kiosk, &news);
	kiosk_talk_tick(kiosk);
	msg.clock_unsure = kiosk_clock_unsure(&kiosk->clock);
	kiosk_clock_wall(&kiosk->clock, kiosk_zone(kiosk), &msg.now, &msg.now_ms);
	kiosk_send(kiosk, &msg);
}

int64_t kiosk_deadline(const struct kiosk *kiosk)
{
	int64_t screen = screen_deadline(&kiosk->model), touch = touch_deadline(&kiosk->touch);
	int64_t talk = talk_deadline(&kiosk->talk), first = screen < touch ? screen : touch;

	return talk < first ? talk : first;
}

void kiosk_finger(struct kiosk *kiosk, const struct finger *finger)
{
	struct finger upright = *finger;
	struct touch_news news;
	struct msg raw;

	if (!kiosk->has_display)
		return;
	drawing_to_picture(kiosk->drawing, finger->x, finger->y, &upright.x, &upright.y);
	if (model_view(&kiosk->model) == VIEW_TECHNICIAN && technician_finger(&kiosk->technician, &upright, &raw))
		kiosk_send(kiosk, &raw);
	touch_finger(&kiosk->touch, kiosk_display(kiosk), &upright, &news);
	send_news(kiosk, &news);
}

void kiosk_take_feed(struct kiosk *kiosk, struct kiosk_feed *feed, const char *from, enum feed_state state,
		     const struct feed_seen *seen)
{
	kiosk->seen = *seen;
	kiosk->feed_state = state;
	know_time(kiosk, feed->screen.centre, seen);
	journal_line(kiosk->events, now_ms(kiosk), "feed", FIELD_T("from", from),
		     FIELD_T("centre", feed->screen.centre->id), FIELD_I("version", feed->screen.centre->version),
		     FIELD_T("state", feed_state_name(state)), FIELD_I("age_s", age_s(kiosk)));
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_FEED, .feed = &feed->screen });
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_FEED_STATE, .feed_state = state });
	/* The centre's wall may be another one than the machine's. */
	kiosk_tick(kiosk);
}

void kiosk_take_state(struct kiosk *kiosk, enum feed_state state, const struct feed_seen *seen, const char *why)
{
	kiosk->seen = *seen;
	kiosk->feed_state = state;
	journal_line(kiosk->events, now_ms(kiosk), "feed_state", FIELD_T("state", feed_state_name(state)),
		     FIELD_T("why", why), FIELD_I("age_s", age_s(kiosk)));
	kiosk_send(kiosk, &(struct msg){ .kind = MSG_FEED_STATE, .feed_state = state });
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
	case VIEW_URGENT:
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
	arena_init(&words, 2000);
	const struct action open = { .kind = ACTION_OPEN, .place = *place };
	const char *action = place->view == VIEW_HOME ? "home" : action_print(&words, &open);
	if (action)
		kiosk_send(kiosk, &(struct msg){ .kind = MSG_TAP, .action = action, .told = true });
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

/* The facts of the technician's view, as they are now. */
static void look(struct kiosk *kiosk)
{
	if (kiosk->minder) {
		minder_ask(kiosk->minder, &kiosk->news);
		kiosk->has_news = true;
	}
	const struct technician_state state = {
		.source = settings_text(&kiosk->options->settings, SET_FEED),
		.around = &kiosk->surroundings,
		.model = &kiosk->model,
		.rotation = options_rotation(kiosk->options),
		.up_ms = now_ms(kiosk) - kiosk->start_ms,
		.took_ms = kiosk->took_ms,
		.deterministic = kiosk->clock.is_virtual,
		.news = kiosk->has_news ? &kiosk->news : NULL,
		.panels = &kiosk->panels,
	};

	technician_look(&kiosk->technician, &state);
	kiosk->surroundings.n_facts = kiosk->technician.n;
	kiosk->surroundings.facts = kiosk->technician.facts;
	kiosk->surroundings.n_doings = kiosk->technician.n_doings;
	kiosk->surroundings.doings = kiosk->technician.doings;
}

static enum err make_list(struct kiosk *kiosk, int i)
{
	if (model_view(&kiosk->model) == VIEW_TECHNICIAN)
		look(kiosk);
	give_back(kiosk, i);
	enum err err = screen_view(&kiosk->model, &kiosk->surroundings, &kiosk->arenas[i], &kiosk->displays[i]);
	if (!err)
		return OK;
	give_back(kiosk, i);
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

	/* While what was chosen is still shown. */
	kiosk_talk(kiosk);
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
	if (kiosk->displays[1 - next].is_private)
		give_back(kiosk, 1 - next);
	if (!differs)
		return;
	kiosk->took_ms = kiosk->clock.is_virtual ? 0 : clock_monotonic_ms() - start_ms;
	if (!log_is_blind(&kiosk->model))
		journal_line(kiosk->events, now_ms(kiosk), "picture", FIELD_T("view", kiosk->displays[next].view),
			     FIELD_I("took_ms", kiosk->took_ms));
}
