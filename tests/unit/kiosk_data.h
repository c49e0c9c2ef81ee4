/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of drawing: a data folder of the test's own, with the real list of
 * fonts and two small icons. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"

static inline const char *folder(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp ? tmp : "/tmp";
}

static inline void put_data(const char *name, const char *bytes)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/kiosk-data/%s", folder(), name);
	assert_int_equal(file_replace(path, bytes, strlen(bytes), NULL), OK);
}

static inline void make_data_folder(void)
{
	const char *source = getenv("OPPSLAG_SOURCE");
	char path[512];
	struct buf fonts;

	snprintf(path, sizeof(path), "%s/kiosk-data/icons", folder());
	assert_int_equal(dir_make(path, NULL), OK);
	snprintf(path, sizeof(path), "%s/kiosk-data", folder());
	setenv("OPPSLAG_DATADIR", path, 1);
	put_data("icons/disc.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">"
				   "<circle cx=\"12\" cy=\"12\" r=\"12\" fill=\"currentColor\"/></svg>");
	put_data("icons/house.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\">"
				    "<path fill=\"currentColor\" d=\"M12 2 2 11h3v11h5v-6h4v6h5V11h3z\"/></svg>");
	snprintf(path, sizeof(path), "%s/fonts/fonts.txt", source ? source : ".");
	buf_init(&fonts, 1 << 20);
	assert_int_equal(file_read(path, &fonts, NULL), OK);
	put_data("fonts.txt", fonts.bytes);
	buf_free(&fonts);
}

static inline int data_set_up(void **state)
{
	(void)state;
	make_data_folder();
	return 0;
}
