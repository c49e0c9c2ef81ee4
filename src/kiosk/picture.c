/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <SDL2/SDL_image.h>

#include "base/buf.h"
#include "io/file.h"
#include "kiosk/drawing.h"

enum { PNG_MAX = 512 << 20 };

static struct buf *buf_of(SDL_RWops *ops)
{
	return ops->hidden.unknown.data1;
}

static Sint64 size_of(SDL_RWops *ops)
{
	return (Sint64)buf_of(ops)->len;
}

/* The PNG writer never goes back; it may ask where it stands. */
static Sint64 seek(SDL_RWops *ops, Sint64 offset, int whence)
{
	Sint64 end = size_of(ops);

	if ((whence == RW_SEEK_CUR || whence == RW_SEEK_END) && offset == 0)
		return end;
	return SDL_SetError("only written forwards");
}

static size_t read_none(SDL_RWops *ops, void *to, size_t size, size_t n)
{
	(void)ops;
	(void)to;
	(void)size;
	(void)n;
	return 0;
}

static size_t append(SDL_RWops *ops, const void *from, size_t size, size_t n)
{
	struct buf *out = buf_of(ops);

	buf_add(out, from, size * n);
	return buf_ok(out) ? n : 0;
}

static int close_ops(SDL_RWops *ops)
{
	SDL_FreeRW(ops);
	return 0;
}

static SDL_RWops *writer_to(struct buf *out)
{
	SDL_RWops *ops = SDL_AllocRW();

	if (!ops)
		return NULL;
	ops->size = size_of;
	ops->seek = seek;
	ops->read = read_none;
	ops->write = append;
	ops->close = close_ops;
	ops->type = SDL_RWOPS_UNKNOWN;
	ops->hidden.unknown.data1 = out;
	return ops;
}

enum err picture_write(struct drawing *drawing, const char *path, struct fault *fault)
{
	struct buf png;

	buf_init(&png, PNG_MAX);
	SDL_RWops *ops = writer_to(&png);
	bool written = ops && IMG_SavePNG_RW(drawing_picture(drawing), ops, 1) == 0;
	enum err err = png.err;
	if (err)
		fault_set(fault, err, path, "%s", err_cause(err));
	else if (!written)
		err = fault_set(fault, ERR_DEVICE, path, "cannot be written as PNG: %s", IMG_GetError());
	else
		err = file_replace(path, png.bytes, png.len, fault);
	buf_free(&png);
	return err;
}
