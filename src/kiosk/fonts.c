/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/fonts.h"

#include <SDL2/SDL_ttf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

enum { PX_MAX = 1000, KNOWN_CODES = 512, NO_FAMILY = 255, FILES_OPEN = 16, PLACES = 128 };

/* An open font, at one size at a time: setting another size takes a tenth of opening the file again, since HarfBuzz's
 * tables are kept. */
struct font_file {
	TTF_Font *ttf; /* NULL: the place is free */
	void *bytes;   /* the file, mapped: SDL's streams would seek and read for every glyph */
	size_t size;
	uint32_t number; /* family * WEIGHT_COUNT + weight */
	int px;
	uint64_t used;
};

struct face {
	struct fonts *fonts; /* NULL: the place is free */
	uint32_t id;         /* the file's number << 16 | px */
	int ascent, descent, height;
	int cap, figure; /* -1: not measured yet */
	uint64_t used;   /* the newest tick at which somebody asked for it */
};

/* Which family has a character, so that one that none has is not looked for in every font again. */
struct known {
	uint32_t code;
	bool is_known;
	unsigned char family;
};

struct fonts {
	struct font_list list;
	uint64_t tick;
	struct font_file files[FILES_OPEN];
	struct face faces[FACES_KEPT];
	struct face *places[PLACES]; /* where a face was last found, by its id */
	struct known known[KNOWN_CODES];
};

enum err fonts_new(struct font_list *list, struct fonts **out, struct fault *fault)
{
	struct fonts *fonts = mem_alloc(sizeof(*fonts));

	*out = NULL;
	if (!fonts) {
		font_list_free(list);
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	}
	fonts->list = *list;
	*list = (struct font_list){ 0 };
	if (TTF_Init() < 0) {
		enum err err = fault_set(fault, ERR_DEVICE, "fonts", "%s", TTF_GetError());
		font_list_free(&fonts->list);
		mem_free(fonts);
		return err;
	}
	*out = fonts;
	return OK;
}

static void file_close(struct font_file *file)
{
	if (file->ttf)
		TTF_CloseFont(file->ttf);
	if (file->bytes)
		munmap(file->bytes, file->size);
	*file = (struct font_file){ 0 };
}

void fonts_del(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < FILES_OPEN; i++)
		file_close(&fonts->files[i]);
	TTF_Quit();
	font_list_free(&fonts->list);
	mem_free(fonts);
}

const struct font_list *fonts_list(const struct fonts *fonts)
{
	return &fonts->list;
}

static bool has_file(const struct font_family *family)
{
	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		if (family->files[i])
			return true;
	}
	return false;
}

static bool writes(const struct font_family *family, const char *script)
{
	for (size_t i = 0; i < SCRIPTS_MAX && family->scripts[i][0]; i++) {
		if (strcmp(family->scripts[i], script) == 0)
			return has_file(family);
	}
	return false;
}

static bool has_language(const struct font_family *family, const char *lang)
{
	if (!lang)
		return false;
	size_t len = strcspn(lang, "-_");
	for (const char *at = family->languages; *at;) {
		size_t word = strcspn(at, ",");

		if (word == len && memcmp(at, lang, len) == 0)
			return true;
		at += at[word] ? word + 1 : word;
	}
	return false;
}

size_t fonts_family(const struct fonts *fonts, const char *lang, const char *script)
{
	const struct font_list *list = &fonts->list;
	size_t any = list->n_families;

	for (size_t i = 0; i < list->n_families; i++) {
		if (!writes(&list->families[i], script))
			continue;
		if (has_language(&list->families[i], lang))
			return i;
		if (any == list->n_families && has_language(&list->families[i], "*"))
			any = i;
	}
	return any == list->n_families ? 0 : any;
}

size_t fonts_family_of(const struct fonts *fonts, const char *lang)
{
	for (size_t i = 0; i < fonts->list.n_families; i++) {
		if (has_language(&fonts->list.families[i], lang) && has_file(&fonts->list.families[i]))
			return i;
	}
	return 0;
}

static enum weight nearest(const struct font_family *family, enum weight weight)
{
	static const enum weight order[WEIGHT_COUNT][WEIGHT_COUNT] = {
		[WEIGHT_REGULAR] = { WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_SEMIBOLD, WEIGHT_BOLD },
		[WEIGHT_MEDIUM] = { WEIGHT_MEDIUM, WEIGHT_REGULAR, WEIGHT_SEMIBOLD, WEIGHT_BOLD },
		[WEIGHT_SEMIBOLD] = { WEIGHT_SEMIBOLD, WEIGHT_BOLD, WEIGHT_MEDIUM, WEIGHT_REGULAR },
		[WEIGHT_BOLD] = { WEIGHT_BOLD, WEIGHT_SEMIBOLD, WEIGHT_MEDIUM, WEIGHT_REGULAR },
	};
	size_t i = 0;

	while (i < WEIGHT_COUNT - 1 && !family->files[order[weight][i]])
		i++;
	return order[weight][i];
}

/* dpkg puts new files in the place of old ones and never writes into them, so the mapped bytes stay as they are. */
static enum err file_map(struct font_file *file, const char *path, struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	void *bytes = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0 && info.st_size < INT_MAX)
		bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		fault_set(fault, ERR_DEVICE, path, "cannot be read: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	if (bytes == MAP_FAILED)
		return ERR_DEVICE;
	file->bytes = bytes;
	file->size = (size_t)info.st_size;
	return OK;
}

static enum err file_open(struct fonts *fonts, struct font_file *file, uint32_t number, int px, struct fault *fault)
{
	const char *path = fonts->list.families[number / WEIGHT_COUNT].files[number % WEIGHT_COUNT];

	file_close(file);
	enum err err = file_map(file, path, fault);
	if (err)
		return err;
	SDL_RWops *source = SDL_RWFromConstMem(file->bytes, (int)file->size);
	file->ttf = source ? TTF_OpenFontRW(source, 1, px) : NULL;
	if (!file->ttf) {
		err = fault_set(fault, ERR_DEVICE, path, "cannot be opened as a font: %s", TTF_GetError());
		file_close(file);
		return err;
	}
	file->number = number;
	file->px = px;
	file->used = fonts->tick;
	/* Stems are fitted to the grid in height only; with sub-pixel places too each new text would draw its
	 * glyphs anew, four times as slow, for no gain that shows above 28 px. */
	TTF_SetFontHinting(file->ttf, TTF_HINTING_LIGHT);
	return OK;
}

/* The file by its number, at PX or, where that is 0, at any size. */
static enum err file_ready(struct fonts *fonts, uint32_t number, int px, TTF_Font **out, struct fault *fault)
{
	struct font_file *file = &fonts->files[0];
	enum err err = OK;

	for (size_t i = 0; i < FILES_OPEN; i++) {
		struct font_file *at = &fonts->files[i];

		if (at->ttf && at->number == number) {
			file = at;
			break;
		}
		if (at->used < file->used)
			file = at;
	}
	file->used = fonts->tick;
	*out = NULL;
	if (!file->ttf || file->number != number)
		err = file_open(fonts, file, number, px ? px : 32, fault);
	else if (px && file->px != px && TTF_SetFontSize(file->ttf, px) < 0)
		err = fault_set(fault, ERR_DEVICE, "fonts", "%d px: %s", px, TTF_GetError());
	if (err)
		return err;
	file->px = px ? px : file->px;
	*out = file->ttf;
	return OK;
}

static enum err ready(struct face *face, TTF_Font **out, struct fault *fault)
{
	return file_ready(face->fonts, face->id >> 16, (int)(face->id & 0xFFFF), out, fault);
}

static enum err face_init(struct face *face, struct fonts *fonts, uint32_t id, struct fault *fault)
{
	TTF_Font *ttf;

	*face = (struct face){ .fonts = fonts, .id = id, .cap = -1, .figure = -1 };
	enum err err = ready(face, &ttf, fault);
	if (err) {
		face->fonts = NULL;
		return err;
	}
	face->ascent = TTF_FontAscent(ttf);
	face->descent = -TTF_FontDescent(ttf);
	face->height = TTF_FontHeight(ttf); /* rounded by itself: up to one more than both */
	return OK;
}

static enum err find_face(struct fonts *fonts, uint32_t id, struct face **out, struct fault *fault)
{
	struct face *oldest = &fonts->faces[0];

	*out = NULL;
	for (size_t i = 0; i < FACES_KEPT; i++) {
		struct face *face = &fonts->faces[i];

		if (face_is(face, id)) {
			*out = face;
			return OK;
		}
		if (face->used < oldest->used)
			oldest = face;
	}
	enum err err = face_init(oldest, fonts, id, fault);
	if (!err)
		*out = oldest;
	return err;
}

enum err fonts_face(struct fonts *fonts, size_t family, enum weight weight, int font_px, struct face **out,
		    struct fault *fault)
{
	const struct font_family *row = &fonts->list.families[family];
	long px = ((long)font_px * row->size_percent + 50) / 100;

	px = px < 1 ? 1 : px > PX_MAX ? PX_MAX : px;
	uint32_t id = (uint32_t)((family * WEIGHT_COUNT + nearest(row, weight)) << 16 | (size_t)px);
	struct face **place = &fonts->places[(id ^ id >> 16) % PLACES];
	fonts->tick++;
	if (!*place || !face_is(*place, id)) {
		enum err err = find_face(fonts, id, place, fault);
		if (err) {
			*out = NULL;
			return err;
		}
	}
	(*place)->used = fonts->tick;
	*out = *place;
	return OK;
}

enum err fonts_face_with(struct fonts *fonts, uint32_t code, enum weight weight, int font_px, struct face **out,
			 struct fault *fault)
{
	struct known *known = &fonts->known[code % KNOWN_CODES];

	*out = NULL;
	if (known->is_known && known->code == code)
		return known->family == NO_FAMILY ? OK : fonts_face(fonts, known->family, weight, font_px, out, fault);
	*known = (struct known){ .code = code, .is_known = true, .family = NO_FAMILY };
	for (size_t i = 0; i < fonts->list.n_families; i++) {
		struct face *face;

		if (!has_file(&fonts->list.families[i]))
			continue;
		enum err err = fonts_face(fonts, i, weight, font_px, &face, fault);
		if (err) {
			known->is_known = false;
			return err;
		}
		if (face_has(face, code)) {
			known->family = (unsigned char)i;
			*out = face;
			return OK;
		}
	}
	log_line(LOG_WARNING, "fonts: no font of fonts.txt has U+%04X", (unsigned)code);
	return OK;
}

uint32_t face_id(const struct face *face)
{
	return face->id;
}

bool face_is(const struct face *face, uint32_t id)
{
	return face->fonts && face->id == id;
}

bool face_has(const struct face *face, uint32_t code)
{
	TTF_Font *ttf;

	return file_ready(face->fonts, face->id >> 16, 0, &ttf, NULL) == OK && TTF_GlyphIsProvided32(ttf, code) != 0;
}

int face_ascent(const struct face *face)
{
	return face->ascent;
}

int face_descent(const struct face *face)
{
	return face->descent;
}

int face_cap(struct face *face)
{
	TTF_Font *ttf;
	int top = 0;

	if (face->cap < 0 && ready(face, &ttf, NULL) == OK && TTF_GlyphIsProvided32(ttf, 'H') &&
	    TTF_GlyphMetrics32(ttf, 'H', NULL, NULL, NULL, &top, NULL) == 0)
		face->cap = top;
	return face->cap < 0 ? 0 : face->cap;
}

int face_figure(struct face *face)
{
	TTF_Font *ttf;
	int advance;

	if (face->figure < 0 && ready(face, &ttf, NULL) == OK) {
		for (uint32_t figure = '0'; figure <= '9'; figure++) {
			if (TTF_GlyphMetrics32(ttf, figure, NULL, NULL, NULL, NULL, &advance) == 0 &&
			    advance > face->figure)
				face->figure = advance;
		}
	}
	return face->figure < 0 ? 0 : face->figure;
}

static enum err refused(const char *doing, struct fault *fault)
{
	return fault_set(fault, ERR_DEVICE, doing, "%s", TTF_GetError());
}

/* HarfBuzz joins Arabic letters only when it is told both. */
static enum err prepare(struct face *face, const char *script, bool rtl, TTF_Font **out, struct fault *fault)
{
	enum err err = ready(face, out, fault);

	if (!err && (TTF_SetFontDirection(*out, rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR) < 0 ||
		     TTF_SetFontScriptName(*out, script) < 0))
		err = refused("shaping text", fault);
	return err;
}

static enum err measure(const struct face *face, TTF_Font *ttf, const char *text, int *w, int *excess,
			struct fault *fault)
{
	int h = 0;

	*w = 0;
	*excess = 0;
	if (TTF_SizeUTF8(ttf, text, w, &h) < 0)
		return refused("measuring text", fault);
	*excess = h > face->height ? h - face->height : 0;
	return OK;
}

enum err face_measure(struct face *face, const char *text, const char *script, bool rtl, int *w, int *excess,
		      struct fault *fault)
{
	TTF_Font *ttf;
	enum err err = prepare(face, script, rtl, &ttf, fault);

	*w = 0;
	*excess = 0;
	return err ? err : measure(face, ttf, text, w, excess, fault);
}

/* Eight bits a pixel, each the coverage itself: the palette is not looked at. */
static SDL_Surface *shade(TTF_Font *ttf, const char *text)
{
	static const SDL_Color white = { 255, 255, 255, 255 }, black = { 0, 0, 0, 255 };

	return TTF_RenderUTF8_Shaded(ttf, text, white, black);
}

static const unsigned char *row_of(const SDL_Surface *surface, int y)
{
	return (const unsigned char *)surface->pixels + (ptrdiff_t)y * surface->pitch;
}

static bool row_has_ink(const SDL_Surface *surface, int y, int from, int to)
{
	const unsigned char *row = row_of(surface, y);

	for (int x = from; x < to; x++) {
		if (row[x])
			return true;
	}
	return false;
}

/* The row below the lowest ink between the two columns; 0 if there is none. */
static int ink_bottom(const SDL_Surface *surface, int from, int to)
{
	int y = surface->h;

	while (y > 0 && !row_has_ink(surface, y - 1, from, to))
		y--;
	return y;
}

/* The first sign that needs no more height than the font says: how far its ink goes below the baseline, and its width.
 */
static const char *find_reference(const struct face *face, TTF_Font *ttf, int *below, int *w)
{
	static const char *const signs[] = { "H", ".", "0", "-", "\u2010" };
	static const uint32_t codes[] = { 'H', '.', '0', '-', 0x2010 };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		SDL_Surface *surface = TTF_GlyphIsProvided32(ttf, codes[i]) ? shade(ttf, signs[i]) : NULL;

		if (!surface)
			continue;
		bool fits = surface->h <= face->height;
		*below = ink_bottom(surface, 0, surface->w) - face->ascent;
		*w = surface->w;
		SDL_FreeSurface(surface);
		if (fits)
			return signs[i];
	}
	return NULL;
}

/* SDL_ttf gives a taller picture when glyphs go above the font's ascent or below its descent, and does not say
 * which, so the baseline is lost. A sign of known height set beside the text finds it again. */
static enum err find_baseline(const struct face *face, TTF_Font *ttf, const char *text, bool rtl, int *out,
			      struct fault *fault)
{
	int below = 0, w = 0;
	const char *sign = find_reference(face, ttf, &below, &w);

	*out = face->ascent;
	if (!sign)
		return OK;
	size_t size = strlen(text) + 8;
	char *beside = mem_alloc(size);
	if (!beside)
		return fault_set(fault, ERR_MEMORY, "drawing text", "%s", err_cause(ERR_MEMORY));
	snprintf(beside, size, "%s   %s", text, sign);
	SDL_Surface *surface = shade(ttf, beside);
	mem_free(beside);
	if (!surface)
		return refused("drawing text", fault);
	int bottom = rtl ? ink_bottom(surface, 0, SDL_min(w, surface->w))
			 : ink_bottom(surface, SDL_max(surface->w - w, 0), surface->w);
	if (bottom > 0)
		*out = bottom - below;
	SDL_FreeSurface(surface);
	return OK;
}

static enum err crop(const SDL_Surface *surface, int baseline, struct mask *out, struct fault *fault)
{
	int top = 0, bottom = ink_bottom(surface, 0, surface->w), left = surface->w, right = 0;

	while (top < bottom && !row_has_ink(surface, top, 0, surface->w))
		top++;
	for (int y = top; y < bottom; y++) {
		const unsigned char *row = row_of(surface, y);

		for (int x = 0; x < left; x++)
			left = row[x] ? x : left;
		for (int x = surface->w; x > right; x--)
			right = row[x - 1] ? x : right;
	}
	if (top >= bottom)
		return OK;
	*out = (struct mask){ .x = left, .y = top - baseline, .w = right - left, .h = bottom - top };
	out->alpha = mem_alloc((size_t)out->w * (size_t)out->h);
	if (!out->alpha) {
		*out = (struct mask){ 0 };
		return fault_set(fault, ERR_MEMORY, "drawing text", "%s", err_cause(ERR_MEMORY));
	}
	for (int y = 0; y < out->h; y++)
		memcpy(out->alpha + (ptrdiff_t)y * out->w, row_of(surface, top + y) + left, (size_t)out->w);
	return OK;
}

enum err face_render(struct face *face, const char *text, const char *script, bool rtl, struct mask *out,
		     struct fault *fault)
{
	TTF_Font *ttf;
	int w, excess;

	*out = (struct mask){ 0 };
	enum err err = prepare(face, script, rtl, &ttf, fault);
	if (!err)
		err = measure(face, ttf, text, &w, &excess, fault);
	if (err || w == 0)
		return err;
	SDL_Surface *surface = shade(ttf, text);
	if (!surface)
		return refused("drawing text", fault);
	int baseline = face->ascent;
	if (excess > 0)
		err = find_baseline(face, ttf, text, rtl, &baseline, fault);
	if (!err)
		err = crop(surface, baseline, out, fault);
	SDL_FreeSurface(surface);
	return err;
}
