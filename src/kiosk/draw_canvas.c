/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draw_canvas.h"

#include <string.h>

#include "base/mem.h"

enum { CORNERS_KEPT = 24, RADIUS_MAX = 600, FINE = 16 };

/* Coverage of the upper left quarter of a disc, RADIUS by RADIUS. */
struct corner {
	int radius;
	uint64_t used;
	unsigned char *alpha;
};

struct corners {
	uint64_t tick;
	struct corner v[CORNERS_KEPT];
};

struct rect rect_common(struct rect a, struct rect b)
{
	int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
	int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;

	return right > x && bottom > y ? (struct rect){ x, y, right - x, bottom - y } : (struct rect){ 0 };
}

struct rect rect_around(struct rect a, struct rect b)
{
	if (a.w <= 0 || a.h <= 0)
		return b;
	if (b.w <= 0 || b.h <= 0)
		return a;
	int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
	int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
	int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct rect){ x, y, right - x, bottom - y };
}

/* OVER and UNDER mixed, rounded once, so that equal colours stay as they are. */
static uint32_t mix(uint32_t over, uint32_t under, uint32_t alpha)
{
	uint32_t sum = over * alpha + under * (255 - alpha) + 128;

	return (sum + (sum >> 8)) >> 8;
}

static void blend(uint32_t *pixel, uint32_t colour, uint32_t alpha)
{
	uint32_t under = *pixel;

	if (alpha == 255)
		*pixel = colour;
	else if (alpha > 0)
		*pixel = mix(colour >> 16 & 255, under >> 16 & 255, alpha) << 16 |
			 mix(colour >> 8 & 255, under >> 8 & 255, alpha) << 8 | mix(colour & 255, under & 255, alpha);
}

static uint32_t *row_at(struct canvas *canvas, int y)
{
	return canvas->pixels + (size_t)y * canvas->pitch;
}

static void fill_row(uint32_t *row, int from, int to, uint32_t colour)
{
	for (int x = from; x < to; x++)
		row[x] = colour;
}

void canvas_fill(struct canvas *canvas, struct rect rect, int32_t colour)
{
	struct rect seen = rect_common(rect, canvas->clip);

	if (colour == COLOUR_NONE || seen.w == 0)
		return;
	uint32_t *first = row_at(canvas, seen.y);
	fill_row(first, seen.x, seen.x + seen.w, (uint32_t)colour);
	for (int y = seen.y + 1; y < seen.y + seen.h; y++)
		memcpy(row_at(canvas, y) + seen.x, first + seen.x, (size_t)seen.w * sizeof(*first));
}

/* ---- corners ---- */

static uint32_t square_root(uint32_t value)
{
	uint32_t root = 0;

	for (uint32_t bit = 1u << 15; bit; bit >>= 1) {
		if ((root + bit) * (root + bit) <= value)
			root += bit;
	}
	return root;
}

/* Each pixel's row is cut into FINE lines; on each the disc's edge is known to a 2 FINE-th of a pixel. */
static void cover_row(unsigned char *row, int radius, int y)
{
	const int unit = 2 * FINE, full = radius * unit;

	for (int x = 0; x < radius; x++)
		row[x] = 0;
	int sums[RADIUS_MAX];
	memset(sums, 0, sizeof(sums[0]) * (size_t)radius);
	for (int line = 0; line < FINE; line++) {
		int up = full - (y * unit + 2 * line + 1);
		int edge = full - (int)square_root((uint32_t)(full * full - up * up));

		for (int x = edge / unit; x < radius; x++) {
			int covered = (x + 1) * unit - edge;
			sums[x] += covered < unit ? covered : unit;
		}
	}
	for (int x = 0; x < radius; x++)
		row[x] = (unsigned char)((sums[x] * 255 + FINE * unit / 2) / (FINE * unit));
}

static const unsigned char *corner_of(struct canvas *canvas, int radius)
{
	if (!canvas->corners)
		canvas->corners = mem_alloc(sizeof(*canvas->corners));
	if (!canvas->corners)
		return NULL;
	struct corners *corners = canvas->corners;
	struct corner *oldest = &corners->v[0];
	corners->tick++;
	for (size_t i = 0; i < CORNERS_KEPT; i++) {
		struct corner *corner = &corners->v[i];

		if (corner->radius == radius) {
			corner->used = corners->tick;
			return corner->alpha;
		}
		if (corner->used < oldest->used)
			oldest = corner;
	}
	unsigned char *alpha = mem_alloc((size_t)radius * (size_t)radius);
	if (!alpha)
		return NULL;
	for (int y = 0; y < radius; y++)
		cover_row(alpha + (ptrdiff_t)y * radius, radius, y);
	mem_free(oldest->alpha);
	*oldest = (struct corner){ .radius = radius, .used = corners->tick, .alpha = alpha };
	return alpha;
}

void canvas_free(struct canvas *canvas)
{
	for (size_t i = 0; canvas->corners && i < CORNERS_KEPT; i++)
		mem_free(canvas->corners->v[i].alpha);
	mem_free(canvas->corners);
	canvas->corners = NULL;
}

/* ---- round shapes ---- */

struct shape {
	struct rect rect;
	int radius;
	const unsigned char *corner; /* NULL: square */
};

static struct shape shape_of(struct canvas *canvas, struct rect rect, int radius)
{
	int most = (rect.w < rect.h ? rect.w : rect.h) / 2;
	struct shape shape = { .rect = rect, .radius = radius < most ? radius : most };

	if (shape.radius > RADIUS_MAX)
		shape.radius = RADIUS_MAX;
	if (shape.radius > 0)
		shape.corner = corner_of(canvas, shape.radius);
	if (shape.radius > 0 && !shape.corner)
		canvas->failed = true;
	if (!shape.corner)
		shape.radius = 0;
	return shape;
}

/* How much of the pixel the shape covers, 0 to 255. */
static uint32_t coverage(const struct shape *shape, int x, int y)
{
	int from_left = x - shape->rect.x, from_top = y - shape->rect.y;
	int from_right = shape->rect.w - 1 - from_left, from_bottom = shape->rect.h - 1 - from_top;
	int across = from_left < from_right ? from_left : from_right;
	int down = from_top < from_bottom ? from_top : from_bottom;

	if (across < 0 || down < 0)
		return 0;
	if (across >= shape->radius || down >= shape->radius)
		return 255;
	return shape->corner[(ptrdiff_t)down * shape->radius + across];
}

static int clamped(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

void canvas_round(struct canvas *canvas, struct rect rect, int radius, int32_t colour)
{
	struct rect seen = rect_common(rect, canvas->clip);

	if (colour == COLOUR_NONE || seen.w == 0)
		return;
	struct shape shape = shape_of(canvas, rect, radius);
	int r = shape.radius, right = seen.x + seen.w;
	canvas_fill(canvas, (struct rect){ rect.x, rect.y + r, rect.w, rect.h - 2 * r }, colour);
	for (int y = seen.y; y < seen.y + seen.h; y++) {
		uint32_t *row = row_at(canvas, y);

		if (y >= rect.y + r && y < rect.y + rect.h - r)
			continue;
		int inner_left = clamped(rect.x + r, seen.x, right),
		    inner_right = clamped(rect.x + rect.w - r, seen.x, right);
		for (int x = seen.x; x < inner_left; x++)
			blend(&row[x], (uint32_t)colour, coverage(&shape, x, y));
		fill_row(row, inner_left, inner_right, (uint32_t)colour);
		for (int x = inner_right; x < right; x++)
			blend(&row[x], (uint32_t)colour, coverage(&shape, x, y));
	}
}

void canvas_ring(struct canvas *canvas, struct rect rect, int radius, int width, int32_t colour)
{
	struct rect seen = rect_common(rect, canvas->clip);
	struct rect inner = { rect.x + width, rect.y + width, rect.w - 2 * width, rect.h - 2 * width };

	if (colour == COLOUR_NONE || seen.w == 0 || width <= 0)
		return;
	struct shape outside = shape_of(canvas, rect, radius);
	/* Making the inner corner may push the outer one out of the kept ones only after CORNERS_KEPT others. */
	struct shape inside = shape_of(canvas, inner, outside.radius > width ? outside.radius - width : 0);
	int edge = outside.radius > width ? outside.radius : width, right = seen.x + seen.w;
	for (int y = seen.y; y < seen.y + seen.h; y++) {
		bool is_middle = y >= rect.y + edge && y < rect.y + rect.h - edge;
		uint32_t *row = row_at(canvas, y);

		for (int x = seen.x; x < right; x++) {
			if (is_middle && x == rect.x + width && rect.x + rect.w - width > x)
				x = rect.x + rect.w - width;
			if (x >= right)
				break;
			uint32_t hole = coverage(&inside, x, y);
			uint32_t disc = coverage(&outside, x, y);
			blend(&row[x], (uint32_t)colour, disc > hole ? disc - hole : 0);
		}
	}
}

void canvas_mask(struct canvas *canvas, const struct mask *mask, int x, int y, int32_t colour)
{
	struct rect place = { x + mask->x, y + mask->y, mask->w, mask->h };
	struct rect seen = rect_common(place, canvas->clip);

	if (colour == COLOUR_NONE)
		return;
	for (int at = seen.y; at < seen.y + seen.h; at++) {
		const unsigned char *alpha = mask->alpha + (ptrdiff_t)(at - place.y) * mask->w - place.x;
		uint32_t *row = row_at(canvas, at);

		for (int i = seen.x; i < seen.x + seen.w; i++)
			blend(&row[i], (uint32_t)colour, alpha[i]);
	}
}
