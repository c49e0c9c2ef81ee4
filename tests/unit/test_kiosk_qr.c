/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "kiosk/qr.h"

static struct arena arena;
static struct fault fault;

static int version_of(const char *payload)
{
	int version;
	const unsigned char *modules;

	assert_int_equal(qr_make(&arena, payload, &version, &modules, &fault), OK);
	return version;
}

static void upper_case_stays_small(void **state)
{
	(void)state;
	/* Capacities at level M, ISO/IEC 18004 table 7: version 3 holds 61 alphanumeric characters or 42 bytes. */
	assert_int_equal(version_of("HTTPS://SOLBAKKEN.EXAMPLE.NO/A/7F3K2/20261124T1100"), 3);
	assert_int_equal(version_of("https://solbakken.example.no/a/7f3k2/20261124t1100"), 4);
	assert_int_equal(version_of("HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2?L=TI"), 3);
	assert_int_equal(version_of("12345678"), 1);
}

static void holds_as_much_as_it_says(void **state)
{
	char payload[QR_PAYLOAD_MAX + 2];

	(void)state;
	memset(payload, 'A', sizeof(payload));
	payload[QR_PAYLOAD_MAX] = '\0';
	assert_int_equal(version_of(payload), QR_VERSION_MAX);
}

/* The finder in a corner: 7 by 7, a ring, a light ring, a dark middle. */
static void assert_finder(const unsigned char *modules, size_t n, size_t left, size_t top)
{
	for (size_t y = 0; y < 7; y++) {
		for (size_t x = 0; x < 7; x++) {
			bool edge = x == 0 || x == 6 || y == 0 || y == 6;
			bool middle = x >= 2 && x <= 4 && y >= 2 && y <= 4;

			assert_int_equal(modules[(top + y) * n + left + x], edge || middle);
		}
	}
}

static void modules_are_a_symbol(void **state)
{
	int version, again;
	const unsigned char *modules, *same;
	const char *payload = "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2";

	(void)state;
	assert_int_equal(qr_make(&arena, payload, &version, &modules, &fault), OK);
	size_t n = 17 + 4 * (size_t)version;
	assert_finder(modules, n, 0, 0);
	assert_finder(modules, n, n - 7, 0);
	assert_finder(modules, n, 0, n - 7);
	for (size_t i = 0; i < n * n; i++)
		assert_true(modules[i] <= 1);
	assert_int_equal(qr_make(&arena, payload, &again, &same, &fault), OK);
	assert_int_equal(version, again);
	assert_memory_equal(modules, same, n * n);
}

static void refuses_what_it_cannot_hold(void **state)
{
	static const char *const wrong[] = { "", "HTTPS://BLÅBÆR.EXAMPLE.NO", "A\nB", "A\x7f" };
	char payload[QR_PAYLOAD_MAX + 2];
	int version;
	const unsigned char *modules;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_not_equal(qr_make(&arena, wrong[i], &version, &modules, &fault), OK);
		assert_null(modules);
		assert_string_equal(fault.place, "QR code");
	}
	memset(payload, 'A', sizeof(payload));
	payload[QR_PAYLOAD_MAX + 1] = '\0';
	assert_int_equal(qr_make(&arena, payload, &version, &modules, &fault), ERR_LIMIT);
	memset(payload, 'a', 300);
	payload[300] = '\0';
	assert_int_equal(qr_make(&arena, payload, &version, &modules, &fault), ERR_LIMIT);
	assert_non_null(strstr(fault.text, "at most 10"));
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(upper_case_stays_small),
		cmocka_unit_test(holds_as_much_as_it_says),
		cmocka_unit_test(modules_are_a_symbol),
		cmocka_unit_test(refuses_what_it_cannot_hold),
	};

	mem_init();
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
