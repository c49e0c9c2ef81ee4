/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall_mode.h"

#include <stdint.h>
#include <stdlib.h>

#include "screen/surroundings.h"

enum { PACE_MHZ = 60000 };

static bool is_usable(const struct mode *mode)
{
	return mode->w >= SIZE_PX_MIN && mode->h >= SIZE_PX_MIN && mode->w <= SIZE_PX_MAX && mode->h <= SIZE_PX_MAX;
}

static const struct mode *own_mode(const struct mode *modes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (modes[i].preferred)
			return &modes[i];
	return n > 0 ? &modes[0] : NULL; /* the kernel puts the best one first */
}

/* 1366x768 is 16:9 to everybody but arithmetic. */
static bool is_of_shape(const struct mode *mode, const struct mode *like)
{
	int64_t a = (int64_t)mode->w * like->h, b = (int64_t)like->w * mode->h;

	return llabs(a - b) * 100 <= a;
}

struct wish {
	int w, h;
	const struct mode *own;
};

/* What counts most first, as one number: not too many pixels, whole lines, the wished size, the display's own, its
 * shape. */
static int64_t worth(const struct mode *mode, const struct wish *wish)
{
	const struct mode *own = wish->own;
	int64_t pixels = (int64_t)mode->w * mode->h;
	bool fits = pixels <= MODE_PIXELS_MAX, wished = mode->w == wish->w && mode->h == wish->h;
	int level = (mode->interlaced ? 0 : 8) + (wished ? 4 : 0);

	if (mode->w == own->w && mode->h == own->h)
		level += 2;
	else if (is_of_shape(mode, own))
		level += 1;
	return fits ? ((int64_t)(level + 16) << 32) + pixels : ((int64_t)level << 32) - pixels;
}

static int haste(const struct mode *mode)
{
	return abs(mode->refresh_mhz - PACE_MHZ);
}

int mode_choose(const struct mode *modes, size_t n, int want_w, int want_h)
{
	const struct wish wish = { want_w, want_h, own_mode(modes, n) };
	int best = -1;

	for (size_t i = 0; i < n; i++) {
		if (!is_usable(&modes[i]))
			continue;
		int64_t more = best < 0 ? 1 : worth(&modes[i], &wish) - worth(&modes[best], &wish);
		if (more > 0 || (more == 0 && haste(&modes[i]) < haste(&modes[best])))
			best = (int)i;
	}
	return best;
}
