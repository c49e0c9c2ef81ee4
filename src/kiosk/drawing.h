/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawing half of the kiosk: owns fonts, caches and one picture in memory,
 * 32 bits a pixel (0x00RRGGBB), in which a display list is drawn by whole-number
 * arithmetic alone; so the bytes are the same under every video driver and on
 * every machine with the same libraries. No window and no video driver is
 * needed. One thread. SDL itself need not be initialised. */
#pragma once

#include "base/buf.h"
#include <stdint.h>

#include "base/err.h"
#include "screen/display.h"
#include "screen/typeset.h"

struct SDL_Surface;
struct drawing;

/* W and H are the panel's own size; ROTATION, in degrees clockwise (0, 90, 180
 * or 270), is how the picture is turned to stand upright on it. The fonts that
 * fonts.txt names are looked for, and opened when first used. ERR_MEMORY,
 * ERR_VALUE (size or rotation), ERR_FILE or ERR_DEVICE (a font is missing: the
 * fault names its Debian package). */
CHECKED enum err drawing_new(int w, int h, int rotation, struct drawing **out, struct fault *fault);
void drawing_del(struct drawing *drawing);

/* Size of the upright picture: what surroundings and display lists are in. */
int drawing_width(const struct drawing *drawing);
int drawing_height(const struct drawing *drawing);

/* Lives as long as DRAWING. */
const struct typesetter *drawing_typesetter(struct drawing *drawing);
/* What the typesetter's last error was about. */
const struct fault *drawing_fault(const struct drawing *drawing);

/* Draws DISPLAY, of the upright picture's size, into the picture. Only what
 * differs from the picture before is drawn; DAMAGE (may be NULL) is that
 * rectangle in upright coordinates, w 0 if nothing does. After an error the
 * next call draws everything. ERR_MEMORY, ERR_VALUE or ERR_DEVICE. */
CHECKED enum err drawing_draw(struct drawing *drawing, const struct display *display, struct rect *damage,
			      struct fault *fault);

/* For what is made ahead of need, in pieces: after UNTIL_MS (clock_monotonic_ms)
 * the typesetter and drawing_ready make one new thing at most and then fail with
 * ERR_LIMIT, and drawing_hurried is true; what was made is kept. 0: no hurry. */
void drawing_hurry(struct drawing *drawing, int64_t until_ms);
bool drawing_hurried(const struct drawing *drawing);
/* Makes the letters and icons of DISPLAY ready, from item *FROM on, which counts
 * on; draws nothing. */
CHECKED enum err drawing_ready(struct drawing *drawing, const struct display *display, size_t *from);
/* Bytes of letters that were drawn in all this time. */
uint64_t drawing_letters(const struct drawing *drawing);

/* The upright picture, until the next call. DRAWING owns it. */
struct SDL_Surface *drawing_picture(struct drawing *drawing);

/* Turns the part PART (NULL: all) of the picture into PANEL, a surface of the
 * panel's own size in any pixel format, such as SDL_GetWindowSurface gives. TURNED
 * (may be NULL) is the same part in the panel's coordinates, for
 * SDL_UpdateWindowSurfaceRects. */
CHECKED enum err drawing_present(struct drawing *drawing, const struct rect *part, struct SDL_Surface *panel,
				 struct rect *turned, struct fault *fault);

/* A point of the panel (a finger) in the upright picture's coordinates. */
void drawing_to_picture(const struct drawing *drawing, int panel_x, int panel_y, int *x, int *y);

/* Writes the upright picture as PNG, the same bytes for the same picture, so
 * that PATH holds the old file or the new one and never half of one. */
CHECKED enum err picture_write(struct drawing *drawing, const char *path, struct fault *fault);
/* Writes DISPLAY as the JSON document that --list promises, one item a line. */
CHECKED enum err list_write(const struct display *display, const char *path, struct fault *fault);
/* The same document, at the end of OUT. */
void list_print(const struct display *display, struct buf *out);
