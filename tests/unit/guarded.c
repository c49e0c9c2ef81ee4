/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guarded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

void guarded_init(struct guarded *guarded, const char *bytes, size_t len)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), used = (len + page - 1) / page * page;
	char *pages = mmap(NULL, used + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(pages, MAP_FAILED);
	assert_int_equal(mprotect(pages + used, page, PROT_NONE), 0);
	*guarded = (struct guarded){ pages + used - len, len, pages, used + page };
	if (len)
		memcpy(guarded->bytes, bytes, len);
}

void guarded_free(struct guarded *guarded)
{
	munmap(guarded->pages, guarded->pages_len);
}

void source_path(const char *name, char *out, size_t size)
{
	const char *top = getenv("OPPSLAG_SOURCE");

	snprintf(out, size, "%s/%s", top ? top : ".", name);
}

void guarded_load(struct guarded *guarded, const char *path)
{
	char full[512];
	long len = -1;

	source_path(path, full, sizeof full);
	FILE *file = fopen(full, "rb");
	if (!file)
		fail_msg("cannot be opened: %s", full);
	if (fseek(file, 0, SEEK_END) == 0)
		len = ftell(file);
	assert_true(len >= 0);
	rewind(file);
	char *bytes = malloc((size_t)len + 1);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, (size_t)len, file), len);
	fclose(file);
	guarded_init(guarded, bytes, (size_t)len);
	free(bytes);
}
