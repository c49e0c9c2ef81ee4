/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed's reader; what it takes must be written and read again as the same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/feed.h"

static void write_again(const struct centre *centre)
{
	struct arena arena;
	struct buf first, second;
	struct centre *again = NULL;

	arena_init(&arena, LIMIT_FEED_ARENA);
	buf_init(&first, LIMIT_FEED_BYTES);
	buf_init(&second, LIMIT_FEED_BYTES);
	if (feed_write(centre, &first) != OK)
		abort();
	if (feed_read(&arena, first.bytes, first.len, &again, NULL) != OK)
		abort();
	if (feed_write(again, &second) != OK)
		abort();
	if (first.len != second.len || memcmp(first.bytes, second.bytes, first.len) != 0)
		abort();
	buf_free(&first);
	buf_free(&second);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena;
	struct centre *centre = NULL;
	struct fault fault = { 0 };

	arena_init(&arena, LIMIT_FEED_ARENA);
	if (feed_read(&arena, (const char *)bytes, len, &centre, &fault) == OK)
		write_again(centre);
	else if (!fault.text[0])
		abort();
	arena_free(&arena);
	return 0;
}
