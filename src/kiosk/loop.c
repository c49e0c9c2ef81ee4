/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop.h"

#include <SDL2/SDL.h>
#include <stdatomic.h>

#include "base/log.h"
#include "kiosk/loop_signals.h"
#include "kiosk/warm.h"

/* Who rings does not know whether there is glass yet; whoever starts it looks for deliveries by itself. */
static _Atomic(struct glass *) woken;
static atomic_bool rung, stopped;

static void wake(void)
{
	struct glass *glass = atomic_load(&woken);

	if (glass)
		glass_wake(glass);
}

static void stop(void)
{
	atomic_store(&stopped, true);
	wake();
}

void loop_ring(void *context)
{
	(void)context;
	atomic_store(&rung, true);
	wake();
}

enum err loop_prepare(struct glass *glass, struct fault *fault)
{
	atomic_store(&woken, glass);
	return signals_start(stop, fault);
}

void loop_forget(void)
{
	atomic_store(&woken, NULL);
}

static void open_wanted(struct loop *loop)
{
	struct fault fault;

	if (loop->wanted && kiosk_open(loop->kiosk, loop->wanted, &fault))
		log_fault(LOG_WARNING, "the view to begin with", &fault);
	loop->wanted = NULL;
}

void loop_take_deliveries(struct loop *loop)
{
	struct delivery *delivery;

	while ((delivery = worker_take(loop->worker)) != NULL) {
		if (delivery->of_callback) {
			if (loop->record)
				record_callback(loop->record, loop->kiosk, &delivery->callback);
			kiosk_take_callback(loop->kiosk, &delivery->callback);
			delivery_del(delivery);
			continue;
		}
		if (loop->record)
			record_delivery(loop->record, loop->kiosk, delivery);
		if (delivery->feed) {
			kiosk_take_feed(loop->kiosk, delivery->feed, delivery->from, delivery->state, &delivery->seen);
			open_wanted(loop);
		} else {
			kiosk_take_state(loop->kiosk, delivery->state, &delivery->seen,
					 delivery->fault.err ? delivery->fault.text : NULL);
		}
		delivery_del(delivery);
	}
}

static void on_finger(struct loop *loop, const struct glass_event *event)
{
	struct finger finger = { .kind = event->finger, .id = event->id, .t_ms = kiosk_clock_ms(&loop->kiosk->clock) };
	int w = loop->glass->panel_w, h = loop->glass->panel_h;

	touch_to_panel(event->x, event->y, w, h, &finger.x, &finger.y);
	bool is_private = kiosk_is_private(loop->kiosk);
	int64_t tapped_ms = loop->kiosk->touch.tapped_ms;
	if (loop->record && !is_private)
		record_finger(loop->record, &finger, w, h);
	kiosk_finger(loop->kiosk, &finger);
	if (loop->record && is_private && loop->kiosk->touch.tapped_ms != tapped_ms)
		record_private(loop->record, loop->kiosk->touch.tapped, finger.t_ms);
}

static void on_key(struct loop *loop, int sym)
{
	if (loop->record)
		record_key(loop->record, loop->kiosk, SDL_GetKeyName(sym));
	kiosk_speech_key(loop->kiosk, speech_key_of(sym));
}

static void present_again(struct loop *loop)
{
	struct fault fault;

	if (kiosk_display(loop->kiosk) && glass_present(loop->glass, NULL, &fault))
		log_fault(LOG_ERROR, "picture", &fault);
}

static void take_news(struct loop *loop)
{
	bool had = loop->kiosk->model.speech.headset;

	if (loop->worker)
		loop_take_deliveries(loop);
	kiosk_hear_news(loop->kiosk);
	if (loop->record && loop->kiosk->model.speech.headset != had)
		record_headset(loop->record, loop->kiosk);
}

/* Flags, not events, so that a ring is never lost. */
static void take_bells(struct loop *loop)
{
	if (atomic_load(&stopped))
		loop->quit = true;
	if (atomic_exchange(&rung, false))
		take_news(loop);
}

void loop_handle(struct loop *loop, const struct glass_event *event)
{
	switch (event->kind) {
	case GLASS_FINGER:
		on_finger(loop, event);
		break;
	case GLASS_KEY:
		on_key(loop, event->sym);
		break;
	case GLASS_EXPOSED:
		present_again(loop);
		break;
	case GLASS_CLOSED:
		loop->quit = true;
		break;
	case GLASS_CHANGED:
		log_line(LOG_WARNING, "another panel is there, or none at all: the program ends, to be begun anew");
		loop->quit = true;
		break;
	case GLASS_TOUCH: /* chores_turn looks */
		break;
	case GLASS_WOKEN:
		take_bells(loop);
		break;
	}
	kiosk_show(loop->kiosk);
}

static int64_t deadline(const struct loop *loop)
{
	int64_t kiosk = kiosk_deadline(loop->kiosk), chores = loop->chores ? chores_deadline(loop->chores) : kiosk;

	return chores < kiosk ? chores : kiosk;
}

static void tick(struct loop *loop)
{
	kiosk_tick(loop->kiosk);
	if (loop->record)
		record_tick(loop->record, loop->kiosk);
	kiosk_show(loop->kiosk);
}

static void do_chores(struct loop *loop)
{
	bool had = loop->kiosk->model.no_touch;

	chores_turn(loop->chores);
	if (loop->record && loop->kiosk->model.no_touch != had)
		record_panel(loop->record, loop->kiosk);
}

/* How long to sleep for want of anything else to do: while something can be made ready there is always something. */
static int time_left(const struct loop *loop, struct warm *warm)
{
	struct kiosk *kiosk = loop->kiosk;
	int64_t left = deadline(loop) - kiosk_clock_ms(&kiosk->clock);

	if (left > WARM_PIECE_MS && !kiosk->model.finger_down && kiosk_display(kiosk) &&
	    warm_step(warm, &kiosk->model, &kiosk->surroundings, kiosk_display(kiosk)))
		return 0;
	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

void loop_run(struct loop *loop)
{
	struct kiosk *kiosk = loop->kiosk;
	struct warm warm;
	struct glass_event event;

	warm_init(&warm, kiosk->drawing);
	while (!loop->quit) {
		int timeout = time_left(loop, &warm);
		bool got = glass_wait(loop->glass, timeout, &event);
		while (got && !loop->quit) {
			loop_handle(loop, &event);
			/* However much comes in, the clock goes on. */
			got = kiosk_clock_ms(&kiosk->clock) < deadline(loop) && glass_wait(loop->glass, 0, &event);
		}
		if (kiosk_clock_ms(&kiosk->clock) >= kiosk_deadline(kiosk))
			tick(loop);
		if (loop->chores)
			do_chores(loop);
	}
	warm_free(&warm);
}
