/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/gzip.h"

#include <stdint.h>
#include <zlib.h>

enum { LEVEL = 6, WINDOW_AND_GZIP = 15 + 16, MEMORY = 8, CHUNK = 16384 };

enum err gzip_bytes(const void *bytes, size_t len, struct buf *out)
{
	unsigned char chunk[CHUNK];
	z_stream stream = { .next_in = (z_const Bytef *)(size_t)bytes, .avail_in = (uInt)len };
	int code;

	if (len > UINT32_MAX)
		return ERR_LIMIT;
	if (deflateInit2(&stream, LEVEL, Z_DEFLATED, WINDOW_AND_GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return ERR_MEMORY;
	do {
		stream.next_out = chunk;
		stream.avail_out = sizeof chunk;
		code = deflate(&stream, Z_FINISH);
		buf_add(out, chunk, sizeof chunk - stream.avail_out);
	} while (code == Z_OK && buf_ok(out));
	deflateEnd(&stream);
	if (!buf_ok(out))
		return out->err;
	return code == Z_STREAM_END ? OK : ERR_MEMORY;
}
