/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall.h"

#include <SDL2/SDL_surface.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "kiosk/wall_card.h"
#include "kiosk/wall_input.h"
#include "kiosk/wall_watch.h"

struct wall {
	struct card *card;
	struct watch *watch; /* NULL: displays that come are not noticed */
	struct input *input; /* NULL: not yet, or there is none */
	bool asked_for_input;
	int bell; /* an eventfd, never full */
	struct drawing *drawing;
	SDL_Surface *surface; /* of the card's memory */
};

static void wall_close(void *self)
{
	struct wall *wall = self;

	input_del(wall->input);
	watch_del(wall->watch);
	SDL_FreeSurface(wall->surface);
	card_close(wall->card);
	if (wall->bell >= 0)
		close(wall->bell);
	mem_free(wall);
}

static enum err wall_open(void *self, struct drawing *drawing, struct fault *fault)
{
	struct wall *wall = self;
	void *pixels;
	size_t pitch;

	wall->drawing = drawing;
	enum err err = card_memory(wall->card, &pixels, &pitch, fault);
	if (err)
		return err;
	wall->surface = SDL_CreateRGBSurfaceWithFormatFrom(pixels, card_width(wall->card), card_height(wall->card), 32,
							   (int)pitch, SDL_PIXELFORMAT_RGB888);
	return wall->surface ? OK : fault_set(fault, ERR_MEMORY, "panel", "%s", SDL_GetError());
}

static enum err wall_present(void *self, const struct rect *part, struct fault *fault)
{
	struct wall *wall = self;
	struct rect turned;
	enum err err = drawing_present(wall->drawing, part, wall->surface, &turned, fault);

	return err ? err : card_show(wall->card, turned, fault);
}

/* After the first picture: nobody touches what is not there yet. */
static void ask_for_input(struct wall *wall)
{
	struct fault fault;

	wall->asked_for_input = true;
	if (wall->watch && input_new(watch_udev(wall->watch), &wall->input, &fault))
		log_fault(LOG_ERROR, "nothing can be touched", &fault);
}

static bool hear_watch(struct wall *wall, struct glass_event *out)
{
	enum watch_news news = watch_read(wall->watch, card_path(wall->card));

	*out = (struct glass_event){ .kind = GLASS_CHANGED };
	if (news != WATCH_PLUGGED)
		return news == WATCH_GONE;
	switch (card_look(wall->card)) {
	case CARD_SAME:
		out->kind = GLASS_EXPOSED;
		return true;
	case CARD_CHANGED:
		return true;
	case CARD_NO_ONE:
		break;
	}
	log_line(LOG_WARNING, "%s: no display is plugged in", card_path(wall->card));
	return false;
}

static bool hear_bell(const struct wall *wall, struct glass_event *out)
{
	uint64_t rings;

	*out = (struct glass_event){ .kind = GLASS_WOKEN };
	return read(wall->bell, &rings, sizeof rings) == sizeof rings;
}

static bool wall_wait(void *self, int timeout_ms, struct glass_event *out)
{
	struct wall *wall = self;

	if (!wall->asked_for_input)
		ask_for_input(wall);
	/* What was read already does not show at the descriptor any more. */
	if (wall->input && input_next(wall->input, out))
		return true;
	struct pollfd fds[] = {
		{ .fd = wall->bell, .events = POLLIN },
		{ .fd = wall->watch ? watch_fd(wall->watch) : -1, .events = POLLIN },
		{ .fd = wall->input ? input_fd(wall->input) : -1, .events = POLLIN },
	};
	if (poll(fds, sizeof fds / sizeof *fds, timeout_ms) <= 0)
		return false;
	if (fds[0].revents && hear_bell(wall, out))
		return true;
	if (fds[1].revents && hear_watch(wall, out))
		return true;
	return fds[2].revents && input_next(wall->input, out);
}

static void wall_wake(void *self)
{
	const struct wall *wall = self;
	const uint64_t one = 1;

	while (write(wall->bell, &one, sizeof one) < 0 && errno == EINTR)
		continue;
}

static bool wall_power(void *self, bool on)
{
	const struct wall *wall = self;

	return card_power(wall->card, on);
}

static void wall_touch(void *self, struct glass_touch *out)
{
	const struct wall *wall = self;

	out->known = wall->asked_for_input;
	if (wall->input)
		input_touch(wall->input, out);
}

static enum err start(struct wall *wall, const struct options *options, struct fault *fault)
{
	bool wished = settings_is_set(&options->settings, SET_SIZE);
	int w, h;

	wall->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (wall->bell < 0)
		return fault_set(fault, ERR_DEVICE, "display", "no bell: %s", strerror(errno));
	/* Before the first look, so that no display comes unseen between the two. */
	if (watch_new(&wall->watch, fault))
		log_fault(LOG_WARNING, "displays that are plugged in are not noticed", fault);
	settings_size(&options->settings, SET_SIZE, &w, &h);
	return card_open(wished ? w : 0, wished ? h : 0, w, h, &wall->card, fault);
}

enum err wall_start(struct glass *glass, const struct options *options, struct fault *fault)
{
	static const struct glass_kind kind = {
		.name = "DRM",
		.open = wall_open,
		.present = wall_present,
		.wait = wall_wait,
		.wake = wall_wake,
		.power = wall_power,
		.touch = wall_touch,
		.close = wall_close,
	};
	struct wall *wall = mem_alloc(sizeof *wall);

	if (!wall)
		return fault_set(fault, ERR_MEMORY, "display", "%s", err_cause(ERR_MEMORY));
	*wall = (struct wall){ .bell = -1 };
	enum err err = start(wall, options, fault);
	if (err) {
		wall_close(wall);
		return err;
	}
	*glass = (struct glass){ .kind = &kind, .self = wall };
	glass->panel_w = card_width(wall->card);
	glass->panel_h = card_height(wall->card);
	return OK;
}
