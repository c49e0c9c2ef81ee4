/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall_card.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "base/log.h"
#include "base/mem.h"
#include "kiosk/wall_mode.h"

enum { CARDS_MAX = 16, MODES_MAX = 128, PATH_SIZE = 32 };

struct card {
	int fd;
	char path[PATH_SIZE];
	int w, h, want_w, want_h;
	uint32_t connector, crtc,
		dpms; /* connector 0: no display is plugged in; dpms 0: its light cannot be switched */
	drmModeModeInfo mode;
	uint32_t handle, framebuffer;
	void *memory;
	uint64_t memory_size;
	uint32_t pitch;
	bool switched, dark; /* the display shows our memory; its light is off */
};

static enum err refused(const struct card *card, const char *doing, struct fault *fault)
{
	return fault_set(fault, ERR_DEVICE, card->path, "%s: %s", doing, strerror(errno));
}

/* ---- finding card and display ---- */

static struct mode mode_of(const drmModeModeInfo *info)
{
	return (struct mode){
		.w = info->hdisplay,
		.h = info->vdisplay,
		.refresh_mhz = info->htotal && info->vtotal
				       ? (int)((uint64_t)info->clock * 1000000 / info->htotal / info->vtotal)
				       : 0,
		.preferred = (info->type & DRM_MODE_TYPE_PREFERRED) != 0,
		.interlaced = (info->flags & DRM_MODE_FLAG_INTERLACE) != 0,
	};
}

static int choose(const struct card *card, const drmModeConnector *connector)
{
	struct mode modes[MODES_MAX];
	int n = connector->count_modes < MODES_MAX ? connector->count_modes : MODES_MAX;

	for (int i = 0; i < n; i++)
		modes[i] = mode_of(&connector->modes[i]);
	return n > 0 ? mode_choose(modes, (size_t)n, card->want_w, card->want_h) : -1;
}

/* What the kernel knows is quick; asking the display takes up to a tenth of a second. */
static drmModeConnector *ask(int fd, uint32_t id, bool anew)
{
	drmModeConnector *connector = anew ? NULL : drmModeGetConnectorCurrent(fd, id);

	if (connector && connector->connection == DRM_MODE_CONNECTED && connector->count_modes > 0)
		return connector;
	if (connector)
		drmModeFreeConnector(connector);
	return drmModeGetConnector(fd, id);
}

/* The one that it is on already, else the first that it can be on. */
static uint32_t find_crtc(int fd, const drmModeRes *resources, const drmModeConnector *connector)
{
	uint32_t found = 0;

	for (int i = 0; i < connector->count_encoders; i++) {
		drmModeEncoder *encoder = drmModeGetEncoder(fd, connector->encoders[i]);
		if (!encoder)
			continue;
		if (encoder->encoder_id == connector->encoder_id && encoder->crtc_id)
			found = encoder->crtc_id;
		for (int j = 0; j < resources->count_crtcs && found == 0; j++)
			if (encoder->possible_crtcs & (1U << j))
				found = resources->crtcs[j];
		drmModeFreeEncoder(encoder);
	}
	return found;
}

static uint32_t find_dpms(int fd, const drmModeConnector *connector)
{
	uint32_t found = 0;

	for (int i = 0; i < connector->count_props && found == 0; i++) {
		drmModePropertyRes *property = drmModeGetProperty(fd, connector->props[i]);
		if (property && strcmp(property->name, "DPMS") == 0)
			found = property->prop_id;
		if (property)
			drmModeFreeProperty(property);
	}
	return found;
}

static bool take(struct card *card, const drmModeRes *resources, const drmModeConnector *connector)
{
	int mode = connector->connection == DRM_MODE_CONNECTED ? choose(card, connector) : -1;
	uint32_t crtc = mode >= 0 ? find_crtc(card->fd, resources, connector) : 0;

	if (crtc == 0)
		return false;
	card->connector = connector->connector_id;
	card->crtc = crtc;
	card->dpms = find_dpms(card->fd, connector);
	card->mode = connector->modes[mode];
	return true;
}

/* The first display that is plugged in; ANEW: ask them, else what the kernel knows will do. */
static bool find_display(struct card *card, bool anew)
{
	drmModeRes *resources = drmModeGetResources(card->fd);
	bool found = false;

	card->connector = 0;
	for (int i = 0; resources && i < resources->count_connectors && !found; i++) {
		drmModeConnector *connector = ask(card->fd, resources->connectors[i], anew);
		if (!connector)
			continue;
		found = take(card, resources, connector);
		drmModeFreeConnector(connector);
	}
	if (resources)
		drmModeFreeResources(resources);
	return found;
}

/* Has places for displays, and a memory that programs can write to. Cards that only calculate have neither. */
static bool opens(struct card *card, int number)
{
	uint64_t dumb = 0;
	bool fits = false;

	snprintf(card->path, sizeof card->path, "/dev/dri/card%d", number);
	card->fd = open(card->path, O_RDWR | O_CLOEXEC);
	if (card->fd < 0)
		return false;
	drmModeRes *resources = drmModeGetResources(card->fd);
	if (resources) {
		fits = resources->count_connectors > 0 && resources->count_crtcs > 0;
		drmModeFreeResources(resources);
	}
	if (fits && drmGetCap(card->fd, DRM_CAP_DUMB_BUFFER, &dumb) == 0 && dumb)
		return true;
	close(card->fd);
	card->fd = -1;
	return false;
}

/* The first card with a display, else the first one. */
static bool find_card(struct card *card)
{
	int first = -1;

	for (int i = 0; i < CARDS_MAX; i++) {
		if (!opens(card, i))
			continue;
		if (find_display(card, false))
			return true;
		first = first < 0 ? i : first;
		close(card->fd);
		card->fd = -1;
	}
	return first >= 0 && opens(card, first);
}

enum err card_open(int want_w, int want_h, int or_w, int or_h, struct card **out, struct fault *fault)
{
	struct card *card = mem_alloc(sizeof *card);

	*out = NULL;
	if (!card)
		return fault_set(fault, ERR_MEMORY, "display", "%s", err_cause(ERR_MEMORY));
	*card = (struct card){ .fd = -1, .want_w = want_w, .want_h = want_h };
	if (!find_card(card)) {
		mem_free(card);
		return fault_set(fault, ERR_NOT_FOUND, "display", "no graphics card can be drawn on");
	}
	card->w = card->connector ? card->mode.hdisplay : or_w;
	card->h = card->connector ? card->mode.vdisplay : or_h;
	if (card->connector == 0)
		log_line(LOG_WARNING, "%s: no display is plugged in", card->path);
	*out = card;
	return OK;
}

void card_close(struct card *card)
{
	struct drm_mode_destroy_dumb destroy;

	if (!card)
		return;
	if (card->memory)
		munmap(card->memory, card->memory_size);
	if (card->framebuffer)
		drmModeRmFB(card->fd, card->framebuffer);
	destroy = (struct drm_mode_destroy_dumb){ .handle = card->handle };
	if (card->handle)
		drmIoctl(card->fd, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
	close(card->fd);
	mem_free(card);
}

const char *card_path(const struct card *card)
{
	return card->path;
}

int card_width(const struct card *card)
{
	return card->w;
}

int card_height(const struct card *card)
{
	return card->h;
}

/* ---- the memory that is shown ---- */

static enum err map(struct card *card, struct fault *fault)
{
	struct drm_mode_map_dumb where = { .handle = card->handle };

	if (drmIoctl(card->fd, DRM_IOCTL_MODE_MAP_DUMB, &where) < 0)
		return refused(card, "its memory cannot be reached", fault);
	void *memory = mmap(NULL, card->memory_size, PROT_READ | PROT_WRITE, MAP_SHARED, card->fd, (off_t)where.offset);
	if (memory == MAP_FAILED)
		return refused(card, "its memory cannot be mapped", fault);
	card->memory = memory;
	return OK;
}

static enum err allocate(struct card *card, struct fault *fault)
{
	struct drm_mode_create_dumb create = { .width = (uint32_t)card->w, .height = (uint32_t)card->h, .bpp = 32 };

	if (drmIoctl(card->fd, DRM_IOCTL_MODE_CREATE_DUMB, &create) < 0)
		return refused(card, "no memory for the picture", fault);
	card->handle = create.handle;
	card->pitch = create.pitch;
	card->memory_size = create.size;
	const uint32_t handles[4] = { create.handle }, pitches[4] = { create.pitch }, offsets[4] = { 0 };
	if (drmModeAddFB2(card->fd, create.width, create.height, DRM_FORMAT_XRGB8888, handles, pitches, offsets,
			  &card->framebuffer, 0) < 0)
		return refused(card, "cannot show 32 bits a pixel", fault);
	return map(card, fault);
}

enum err card_memory(struct card *card, void **pixels, size_t *pitch, struct fault *fault)
{
	enum err err = card->memory ? OK : allocate(card, fault);

	*pixels = card->memory;
	*pitch = card->pitch;
	return err;
}

static enum err switch_on(struct card *card, struct fault *fault)
{
	if (drmModeSetCrtc(card->fd, card->crtc, card->framebuffer, 0, 0, &card->connector, 1, &card->mode) < 0)
		return errno == EACCES || errno == EPERM
			       ? fault_set(fault, ERR_DEVICE, card->path, "another program draws on the display")
			       : refused(card, "the display cannot be switched on", fault);
	if (!card->switched)
		log_line(LOG_INFO, "%s: %s", card->path, card->mode.name);
	card->switched = true;
	return OK;
}

enum err card_show(struct card *card, struct rect part, struct fault *fault)
{
	drmModeClip clip = { .x1 = (uint16_t)part.x,
			     .y1 = (uint16_t)part.y,
			     .x2 = (uint16_t)(part.x + part.w),
			     .y2 = (uint16_t)(part.y + part.h) };

	/* In the dark it is enough to have written it. */
	if (card->connector == 0 || card->dark)
		return OK;
	if (!card->switched)
		return switch_on(card, fault);
	/* Cards that send their memory out line by line by themselves have nothing to do here, and say so. */
	if (part.w <= 0 || drmModeDirtyFB(card->fd, card->framebuffer, &clip, 1) >= 0 || errno == ENOSYS)
		return OK;
	return refused(card, "the picture cannot be shown", fault);
}

/* ---- displays come and go, and sleep ---- */

/* A display on a card beside ours. */
static bool is_elsewhere(const struct card *card)
{
	struct card other;
	bool elsewhere = false;

	for (int i = 0; i < CARDS_MAX && !elsewhere; i++) {
		other = (struct card){ .fd = -1 };
		if (!opens(&other, i))
			continue;
		elsewhere = strcmp(other.path, card->path) != 0 && find_display(&other, false);
		close(other.fd);
	}
	return elsewhere;
}

enum card_look card_look(struct card *card)
{
	card->switched = false;
	if (!find_display(card, true))
		return is_elsewhere(card) ? CARD_CHANGED : CARD_NO_ONE;
	return card->mode.hdisplay == card->w && card->mode.vdisplay == card->h ? CARD_SAME : CARD_CHANGED;
}

bool card_power(struct card *card, bool on)
{
	struct fault fault;
	bool done = card->connector != 0 && card->dpms != 0 &&
		    drmModeConnectorSetProperty(card->fd, card->connector, card->dpms,
						on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF) == 0;

	card->dark = !on && done;
	/* Lights up by itself, also where a display went and came back in the dark. */
	if (on && card->connector && card->framebuffer && switch_on(card, &fault)) {
		log_fault(LOG_WARNING, "display", &fault);
		return false;
	}
	return done;
}
