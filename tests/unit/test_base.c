/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

static void buf_stops_at_its_maximum(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 10);
	buf_str(&buf, "12345");
	buf_printf(&buf, "%s", "67890");
	assert_true(buf_ok(&buf));
	assert_string_equal(buf_text(&buf), "1234567890");
	buf_char(&buf, 'x');
	assert_false(buf_ok(&buf));
	assert_int_equal(buf.err, ERR_LIMIT);
	assert_string_equal(buf_text(&buf), "1234567890");
	buf_reset(&buf);
	assert_true(buf_ok(&buf));
	assert_string_equal(buf_text(&buf), "");
	buf_free(&buf);
}

static void buf_remembers_that_memory_was_out(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1000);
	mem_fail_after(1);
	buf_str(&buf, "lost");
	buf_str(&buf, "not half of it either");
	mem_fail_after(0);
	assert_int_equal(buf.err, ERR_MEMORY);
	assert_string_equal(buf_text(&buf), "");
	buf_free(&buf);
}

static void arena_gives_aligned_zeroed_memory_up_to_its_maximum(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 4096);
	char *first = arena_alloc(&arena, 3);
	char *second = arena_alloc(&arena, 100);
	assert_non_null(first);
	assert_non_null(second);
	assert_int_equal((uintptr_t)second % 16, 0);
	for (int i = 0; i < 100; i++)
		assert_int_equal(second[i], 0);
	assert_null(arena_alloc(&arena, 5000));
	assert_null(arena_array(&arena, SIZE_MAX / 2, 4));
	arena_free(&arena);
	assert_non_null(arena_alloc(&arena, 3000));
	arena_free(&arena);
}

static void arena_reset_starts_again(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 100000);
	for (int round = 0; round < 50; round++) {
		char *text = arena_printf(&arena, "%0999d", round);
		assert_non_null(text);
		assert_int_equal(strlen(text), 999);
		char *dirty = arena_alloc(&arena, 60000);
		assert_non_null(dirty);
		assert_int_equal(dirty[59999], 0);
		memset(dirty, 0xee, 60000);
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void arena_survives_each_failed_allocation(void **state)
{
	(void)state;
	for (unsigned long n = 1; n < 20; n++) {
		struct arena arena;

		arena_init(&arena, 1 << 20);
		mem_fail_after(n);
		for (int i = 0; i < 30; i++) {
			char *text = arena_strdup(&arena, "Velkommen til Solbakken");
			void *big = arena_alloc(&arena, 20000);

			if (text)
				assert_string_equal(text, "Velkommen til Solbakken");
			if (big)
				memset(big, 1, 20000);
		}
		mem_fail_after(0);
		arena_free(&arena);
	}
}

static void memory_is_zeroed_and_one_allocation_fails_when_told(void **state)
{
	(void)state;
	unsigned long before = mem_count();
	unsigned char *p = mem_alloc(64);
	assert_non_null(p);
	for (int i = 0; i < 64; i++)
		assert_int_equal(p[i], 0);
	memset(p, 7, 64);
	p = mem_resize(p, 4096);
	assert_non_null(p);
	assert_int_equal(p[63], 7);
	assert_int_equal(mem_count(), before + 2);

	mem_fail_after(2);
	char *copy = mem_strdup("Solbakken");
	assert_string_equal(copy, "Solbakken");
	assert_null(mem_resize(p, 8192));
	assert_int_equal(p[63], 7);
	void *none = mem_alloc(0);
	assert_non_null(none);
	mem_fail_after(0);
	mem_free(none);
	mem_free(copy);
	mem_free(p);
	mem_free(NULL);
}

static void arena_copies_bytes_and_closes_them(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_string_equal(arena_copy(&arena, "Sangstund", 4), "Sang");
	assert_string_equal(arena_copy(&arena, "", 0), "");
	assert_null(arena_copy(&arena, "", SIZE_MAX));
	assert_string_equal(arena_printf(&arena, "%s %d", "kl.", 11), "kl. 11");
	assert_non_null(arena_array(&arena, 0, 16));
	assert_true(arena.used <= arena.max);
	arena_free(&arena);
}

static void utf8_takes_what_rfc_3629_allows(void **state)
{
	static const struct {
		const char *s;
		uint32_t code;
	} good[] = {
		{ "a", 'a' },
		{ "\xc3\xb8", 0xf8 },
		{ "\xe0\xa0\x80", 0x800 },
		{ "\xed\x9f\xbf", 0xd7ff },
		{ "\xee\x80\x80", 0xe000 },
		{ "\xf0\x90\x80\x80", 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff },
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		uint32_t code = 0;
		char again[5] = "";
		size_t n = utf8_decode(good[i].s, strlen(good[i].s), &code);

		assert_int_equal(n, strlen(good[i].s));
		assert_int_equal(code, good[i].code);
		assert_int_equal(utf8_encode(code, again), n);
		assert_memory_equal(again, good[i].s, n);
	}
}

static void utf8_refuses_what_it_forbids(void **state)
{
	static const char *const bad[] = {
		"\x80",             /* a continuation alone */
		"\xc0\x80",         /* NUL, overlong */
		"\xc1\xbf",         /* overlong */
		"\xe0\x9f\xbf",     /* overlong */
		"\xed\xa0\x80",     /* a surrogate */
		"\xf0\x8f\xbf\xbf", /* overlong */
		"\xf4\x90\x80\x80", /* above U+10FFFF */
		"\xf5\x80\x80\x80", /* no such first byte */
		"\xe2\x82",         /* cut short */
		"\xc3(",            /* not continued */
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t code;

		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &code), 0);
		assert_false(utf8_is_valid(bad[i], strlen(bad[i])));
	}
	assert_int_equal(utf8_valid_length("bl\xc3\xa5\xff.", 6), 4);
}

static void utf8_cut_leaves_whole_characters(void **state)
{
	char text[] = "sm\xc3\xb8r \xe2\x82";

	(void)state;
	utf8_cut(text);
	assert_string_equal(text, "sm\xc3\xb8r ");
	assert_int_equal(utf8_count(text), 5);
}

static void fault_says_where_and_hides_control_characters(void **state)
{
	struct fault fault;
	char line[64];

	(void)state;
	assert_int_equal(fault_set(&fault, ERR_VALUE, "activities[3].start", "not a date: \"%s\"", "a\x1b[2Jb"),
			 ERR_VALUE);
	fault_print(&fault, line, sizeof line);
	assert_string_equal(line, "activities[3].start: not a date: \"a?[2Jb\"");
	fault_print(&fault, line, 12);
	assert_string_equal(line, "activities[");
	assert_int_equal(fault_set(NULL, ERR_FILE, NULL, "nobody asked"), ERR_FILE);
}

static void a_long_fault_is_cut_at_a_characters_edge(void **state)
{
	struct fault fault;
	char text[2 * sizeof fault.text];

	(void)state;
	for (size_t i = 0; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "\xc3\xb8", 3);
	fault_set(&fault, ERR_LIMIT, text, "%s", text);
	assert_true(utf8_is_valid(fault.text, strlen(fault.text)));
	assert_true(utf8_is_valid(fault.place, strlen(fault.place)));
	assert_true(strlen(fault.text) >= sizeof fault.text - 3);
}

static void every_error_has_a_cause(void **state)
{
	(void)state;
	for (enum err err = OK; err < ERR_COUNT; err++)
		assert_true(strlen(err_cause(err)) > 5);
	assert_string_equal(err_cause(ERR_COUNT), "unknown error");
}

static void exit_codes_are_those_that_scripts_know(void **state)
{
	(void)state;
	assert_int_equal(err_exit_code(OK), 0);
	assert_int_equal(err_exit_code(ERR_VALUE), 1);
	assert_int_equal(err_exit_code(ERR_USAGE), 2);
	assert_int_equal(err_exit_code(ERR_DEVICE), 3);
	assert_int_equal(err_exit_code(ERR_NETWORK), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_stops_at_its_maximum),
		cmocka_unit_test(buf_remembers_that_memory_was_out),
		cmocka_unit_test(arena_gives_aligned_zeroed_memory_up_to_its_maximum),
		cmocka_unit_test(arena_reset_starts_again),
		cmocka_unit_test(arena_survives_each_failed_allocation),
		cmocka_unit_test(memory_is_zeroed_and_one_allocation_fails_when_told),
		cmocka_unit_test(arena_copies_bytes_and_closes_them),
		cmocka_unit_test(utf8_takes_what_rfc_3629_allows),
		cmocka_unit_test(utf8_refuses_what_it_forbids),
		cmocka_unit_test(utf8_cut_leaves_whole_characters),
		cmocka_unit_test(fault_says_where_and_hides_control_characters),
		cmocka_unit_test(a_long_fault_is_cut_at_a_characters_edge),
		cmocka_unit_test(every_error_has_a_cause),
		cmocka_unit_test(exit_codes_are_those_that_scripts_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
