/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/loop.h"

#include <SDL2/SDL.h>
#include <stdatomic.h>

#include "base/log.h"
#include "kiosk/loop_signals.h"
#include "kiosk/warm.h"

static atomic_uint first_event; /* bell; the next one is stop */
enum { EVENT_BELL, EVENT_STOP, EVENT_COUNT };

static void push(unsigned which)
{
	unsigned first = atomic_load(&first_event);
	SDL_Event event = { .type = first + which };

	if (first == 0) /* SDL is not yet there; whoever starts it looks for deliveries by itself */
		return;
	/* A full queue wakes the loop as well. */
	if (SDL_PushEvent(&event) < 0)
		log_line(LOG_WARNING, "an event is lost: %s", SDL_GetError());
}

static void push_stop(void)
{
	push(EVENT_STOP);
}

void loop_ring(void *context)
{
	(void)context;
	push(EVENT_BELL);
}

enum err loop_prepare(struct fault *fault)
{
	Uint32 first = SDL_RegisterEvents(EVENT_COUNT);

	if (first == (Uint32)-1)
		return fault_set(fault, ERR_DEVICE, "display", "no events: %s", SDL_GetError());
	atomic_store(&first_event, first);
	return signals_start(push_stop, fault);
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

static void on_finger(struct loop *loop, const SDL_TouchFingerEvent *event)
{
	struct finger finger = {
		.kind = event->type == SDL_FINGERDOWN ? FINGER_DOWN
			: event->type == SDL_FINGERUP ? FINGER_UP
						      : FINGER_MOVE,
		.id = event->fingerId,
		.t_ms = kiosk_clock_ms(&loop->kiosk->clock),
	};

	window_to_panel(loop->window, (double)event->x, (double)event->y, &finger.x, &finger.y);
	bool is_private = kiosk_is_private(loop->kiosk);
	int64_t tapped_ms = loop->kiosk->touch.tapped_ms;
	if (loop->record && !is_private)
		record_finger(loop->record, &finger, loop->window->panel_w, loop->window->panel_h);
	kiosk_finger(loop->kiosk, &finger);
	if (loop->record && is_private && loop->kiosk->touch.tapped_ms != tapped_ms)
		record_private(loop->record, loop->kiosk->touch.tapped, finger.t_ms);
}

static void on_key(struct loop *loop, const SDL_KeyboardEvent *event)
{
	bool control = (event->keysym.mod & KMOD_CTRL) != 0;

	if (loop->window->windowed && (event->keysym.sym == SDLK_ESCAPE || (control && event->keysym.sym == SDLK_q))) {
		loop->quit = true;
		return;
	}
	/* A key that is held down is pressed once (EN 301 549 5.7). One that changes others, as in Alt+Tab, wants
	 * nothing of us. */
	bool changes = event->keysym.sym >= SDLK_LCTRL && event->keysym.sym <= SDLK_RGUI;
	if (event->repeat || changes || (event->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)))
		return;
	enum speech_key key = speech_key_of(event->keysym.sym);
	if (loop->record)
		record_key(loop->record, loop->kiosk, SDL_GetKeyName(event->keysym.sym));
	kiosk_speech_key(loop->kiosk, key);
}

static void present_again(struct loop *loop)
{
	struct fault fault;

	if (kiosk_display(loop->kiosk) && window_present(loop->window, NULL, &fault))
		log_fault(LOG_ERROR, "picture", &fault);
}

static void on_window(struct loop *loop, const SDL_WindowEvent *event)
{
	if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
		present_again(loop);
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

void loop_handle(struct loop *loop, const SDL_Event *event)
{
	switch (event->type) {
	case SDL_FINGERDOWN:
	case SDL_FINGERMOTION:
	case SDL_FINGERUP:
		on_finger(loop, &event->tfinger);
		break;
	case SDL_KEYDOWN:
		on_key(loop, &event->key);
		break;
	case SDL_WINDOWEVENT:
		on_window(loop, &event->window);
		break;
	case SDL_QUIT: /* the window's own button: there is none on the wall */
		loop->quit = loop->quit || loop->window->windowed;
		break;
	default:
		if (event->type == atomic_load(&first_event) + EVENT_STOP)
			loop->quit = true;
		else if (event->type == atomic_load(&first_event) + EVENT_BELL)
			take_news(loop);
		break;
	}
	kiosk_show(loop->kiosk);
}

/* How long to sleep for want of anything else to do: while something can be made ready there is always something. */
static int time_left(struct kiosk *kiosk, struct warm *warm)
{
	int64_t left = kiosk_deadline(kiosk) - kiosk_clock_ms(&kiosk->clock);

	if (left > WARM_PIECE_MS && !kiosk->model.finger_down && kiosk_display(kiosk) &&
	    warm_step(warm, &kiosk->model, &kiosk->surroundings, kiosk_display(kiosk)))
		return 0;
	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

void loop_run(struct loop *loop)
{
	struct kiosk *kiosk = loop->kiosk;
	struct warm warm;
	SDL_Event event;

	warm_init(&warm, kiosk->drawing);
	while (!loop->quit) {
		int timeout = time_left(kiosk, &warm);
		bool got = SDL_WaitEventTimeout(&event, timeout) == 1;
		while (got && !loop->quit) {
			loop_handle(loop, &event);
			/* However much comes in, the clock goes on. */
			got = kiosk_clock_ms(&kiosk->clock) < kiosk_deadline(kiosk) && SDL_PollEvent(&event) == 1;
		}
		if (kiosk_clock_ms(&kiosk->clock) < kiosk_deadline(kiosk))
			continue;
		kiosk_tick(kiosk);
		if (loop->record)
			record_tick(loop->record, kiosk);
		kiosk_show(kiosk);
	}
	warm_free(&warm);
}
