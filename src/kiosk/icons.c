/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/icons.h"

#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "kiosk/data.h"

enum { NAME_SIZE = 40, SVG_MAX = 64 * 1024 };

struct icon {
	char name[NAME_SIZE]; /* "": the place is free */
	int px;
	uint64_t used;
	struct mask mask;
};

struct icons {
	uint64_t tick;
	size_t bytes;
	struct icon v[ICONS_KEPT];
};

enum err icons_new(struct icons **out, struct fault *fault)
{
	*out = mem_alloc(sizeof(**out));
	return *out ? OK : fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
}

static void forget(struct icons *icons, struct icon *icon)
{
	icons->bytes -= (size_t)icon->mask.w * (size_t)icon->mask.h;
	mem_free(icon->mask.alpha);
	*icon = (struct icon){ 0 };
}

void icons_del(struct icons *icons)
{
	if (!icons)
		return;
	for (size_t i = 0; i < ICONS_KEPT; i++)
		forget(icons, &icons->v[i]);
	mem_free(icons);
}

/* Names come from the display list, yet they become a path. */
static bool is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");

	return len > 0 && len < NAME_SIZE && name[len] == '\0';
}

static enum err read_svg(const char *name, struct buf *out, struct fault *fault)
{
	char file[NAME_SIZE + 16];

	snprintf(file, sizeof(file), "icons/%s.svg", name);
	return data_read(file, out, fault);
}

static enum err take_alpha(const SDL_Surface *surface, struct mask *out)
{
	*out = (struct mask){ .w = surface->w, .h = surface->h };
	out->alpha = mem_alloc((size_t)surface->w * (size_t)surface->h);
	if (!out->alpha) {
		*out = (struct mask){ 0 };
		return ERR_MEMORY;
	}
	for (int y = 0; y < surface->h; y++) {
		const unsigned char *row = (const unsigned char *)surface->pixels + (ptrdiff_t)y * surface->pitch;

		for (int x = 0; x < surface->w; x++) {
			uint32_t pixel;

			memcpy(&pixel, row + (ptrdiff_t)x * 4, 4);
			out->alpha[(ptrdiff_t)y * out->w + x] = (unsigned char)(pixel >> 24);
		}
	}
	return OK;
}

static enum err render(const struct buf *svg, const char *name, int px, struct mask *out, struct fault *fault)
{
	SDL_RWops *source = SDL_RWFromConstMem(svg->bytes, (int)svg->len);
	SDL_Surface *drawn = source ? IMG_LoadSizedSVG_RW(source, px, px) : NULL;
	SDL_Surface *surface = drawn ? SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
	enum err err = surface ? take_alpha(surface, out)
			       : fault_set(fault, ERR_DEVICE, name, "cannot be drawn: %s", IMG_GetError());

	if (err == ERR_MEMORY)
		fault_set(fault, err, name, "%s", err_cause(err));
	SDL_FreeSurface(surface);
	SDL_FreeSurface(drawn);
	if (source)
		SDL_RWclose(source);
	return err;
}

static enum err load(struct icons *icons, struct icon *place, const char *name, int px, struct fault *fault)
{
	struct buf svg;

	buf_init(&svg, SVG_MAX);
	enum err err = read_svg(name, &svg, fault);
	if (!err && svg.len == 0)
		err = fault_set(fault, ERR_SYNTAX, name, "the icon's file is empty");
	if (!err)
		err = render(&svg, name, px, &place->mask, fault);
	buf_free(&svg);
	if (err)
		return err;
	memcpy(place->name, name, strlen(name) + 1);
	place->px = px;
	icons->bytes += (size_t)place->mask.w * (size_t)place->mask.h;
	return OK;
}

static struct icon *oldest_of(struct icons *icons)
{
	struct icon *oldest = NULL;

	for (size_t i = 0; i < ICONS_KEPT; i++) {
		if (icons->v[i].name[0] && (!oldest || icons->v[i].used < oldest->used))
			oldest = &icons->v[i];
	}
	return oldest;
}

static struct icon *free_place(struct icons *icons, size_t bytes)
{
	struct icon *oldest;

	while (icons->bytes + bytes > ICONS_BYTES && (oldest = oldest_of(icons)))
		forget(icons, oldest);
	for (size_t i = 0; i < ICONS_KEPT; i++) {
		if (!icons->v[i].name[0])
			return &icons->v[i];
	}
	oldest = oldest_of(icons);
	forget(icons, oldest);
	return oldest;
}

enum err icons_mask(struct icons *icons, const char *name, int px, const struct mask **out, struct fault *fault)
{
	*out = NULL;
	if (!is_name(name) || px < 1 || px > ICON_PX_MAX)
		return fault_set(fault, ERR_VALUE, "icons", "there is no icon \"%s\" of %d px", name, px);
	icons->tick++;
	for (size_t i = 0; i < ICONS_KEPT; i++) {
		struct icon *icon = &icons->v[i];

		if (icon->px == px && strcmp(icon->name, name) == 0) {
			icon->used = icons->tick;
			*out = &icon->mask;
			return OK;
		}
	}
	struct icon *place = free_place(icons, (size_t)px * (size_t)px);
	enum err err = load(icons, place, name, px, fault);
	if (err)
		return err;
	place->used = icons->tick;
	*out = &place->mask;
	return OK;
}
