/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/json.h"
#include "core/json_strict.h"
#include "guarded.h"

/* Runs the strict pass over a guarded copy and the parser behind it; LINE gets the fault. */
static enum err judge(const char *bytes, size_t len, char *line, size_t size)
{
	struct guarded copy;
	struct fault fault = { 0 };
	struct json *json = NULL;

	guarded_init(&copy, bytes, len);
	enum err strict = json_strict(copy.bytes, copy.len, LIMIT_FEED_BYTES, &fault);
	enum err whole = json_read(copy.bytes, copy.len, LIMIT_FEED_BYTES, &json, &fault);
	guarded_free(&copy);
	assert_int_equal(whole, strict);
	fault_print(&fault, line, size);
	if (!whole)
		json_del(json);
	return strict;
}

static void assert_good(const char *s)
{
	char line[600];

	if (judge(s, strlen(s), line, sizeof line) != OK)
		fail_msg("refused: %s\n%s", s, line);
}

static void assert_bad(const char *s, const char *wanted)
{
	char line[600];

	if (judge(s, strlen(s), line, sizeof line) == OK)
		fail_msg("taken: %s", s);
	assert_string_equal(line, wanted);
}

static void takes_what_rfc_8259_allows(void **state)
{
	(void)state;
	static const char *const good[] = {
		"0",
		"-0",
		"-1",
		"10",
		"0.5",
		"-0.0",
		"1e5",
		"1E+05",
		"1e-7",
		"12.50e0",
		"true",
		"false",
		"null",
		"\"\"",
		"[]",
		"{}",
		" \t\r\n[ 1 , 2 ]\n",
		"[[],[[]],{}]",
		"{\"a\":{\"a\":{\"a\":1}}}",
		"{\"a\":1,\"b\":{\"a\":1},\"c\":[{\"a\":1},{\"a\":1}]}",
		"\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e5 \\uD83C\\uDF31 \\uffff\"",
		"\"\x7f \xc3\xa5 \xf0\x9f\x8c\xb1 \xef\xbb\xbf\"",
		"{\"\":1,\" \":2}",
		"{\"a\":1,\"A\":2,\"aa\":3,\"\\u0062\":4}",
		"[1,[2,[3]],\"]\",\"}\"]",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_good(good[i]);
}

static void names_line_and_column_of_the_rest(void **state)
{
	(void)state;
	assert_bad("", "line 1, column 1: the document ends where a value is expected");
	assert_bad("[1,\n 2,\n  x]", "line 3, column 3: a value is expected, not \"x\"");
	assert_bad("{\"b\xc3\xa5t\": \xe2\x82\xac}", "line 1, column 9: a value is expected, not \"\xe2\x82\xac\"");
	assert_bad("[1 2]", "line 1, column 4: \",\" or \"]\" is expected, not \"2\"");
	assert_bad("{\"a\":1 \"b\":2}", "line 1, column 8: \",\" or \"}\" is expected, not \"\"\"");
	assert_bad("[1,]", "line 1, column 4: a value is expected, not \"]\"");
	assert_bad("{,}", "line 1, column 2: a key in quotes is expected, not \",\"");
	assert_bad("{\"a\":1,}", "line 1, column 8: a key in quotes is expected, not \"}\"");
	assert_bad("{1:2}", "line 1, column 2: a key in quotes is expected, not \"1\"");
	assert_bad("{\"a\"", "line 1, column 5: the document ends where \":\" is expected");
	assert_bad("[1}", "line 1, column 3: \",\" or \"]\" is expected, not \"}\"");
	assert_bad("]", "line 1, column 1: a value is expected, not \"]\"");
	assert_bad("[\x01]", "line 1, column 2: a value is expected, not the control character U+0001");
	assert_bad("tru", "line 1, column 1: a value is expected, not \"t\"");
	assert_bad("truex", "line 1, column 5: something stands behind the end of the document");
	assert_bad("\"a", "line 1, column 3: the document ends within a string");
	assert_bad("\"\\", "line 1, column 3: the document ends within a string");
	assert_bad("\"\\u12", "line 1, column 2: four hexadecimal digits are expected after \\u");
	assert_bad("\"\\uD83C\\u0041\"", "line 1, column 2: half of a surrogate pair: \\ud83c");
	assert_bad("\"\\uDF31\"", "line 1, column 2: half of a surrogate pair: \\udf31");
	assert_bad("\"12345678\x1f\"",
		   "line 1, column 10: control character U+001F within a string: it needs an escape");
	assert_bad("\"1234567\xff\"", "line 1, column 9: not valid UTF-8: byte 0xff");
}

static void numbers_fit_a_double_and_the_parser(void **state)
{
	char text[200];

	(void)state;
	assert_good("1.7976931348623157e308");
	assert_good("-1.7976931348623157e+308");
	assert_good("0.00000017976931348623157e315");
	assert_good("4.9e-324");
	assert_good("0e99999999999999999999");
	assert_good("0.000e-400");
	assert_bad("1.8e308", "line 1, column 1: a number too large or too small for a double: \"1.8e308\"");
	assert_bad("17976931348623160e293",
		   "line 1, column 1: a number too large or too small for a double: \"17976931348623160e293\"");
	assert_bad("-1e309", "line 1, column 1: a number too large or too small for a double: \"-1e309\"");
	assert_bad("2e-325", "line 1, column 1: a number too large or too small for a double: \"2e-325\"");
	assert_bad("1e99999999999999999999",
		   "line 1, column 1: a number too large or too small for a double: \"1e99999999999999999999\"");
	assert_bad("-01", "line 1, column 1: not a number as JSON writes them: \"-01\"");
	assert_bad("1.e1", "line 1, column 1: not a number as JSON writes them: \"1.e1\"");
	assert_bad("1e5.5", "line 1, column 1: not a number as JSON writes them: \"1e5.5\"");
	snprintf(text, sizeof text, "%063d", 0);
	text[0] = '9';
	assert_good(text);
	snprintf(text, sizeof text, "%064d", 0);
	text[0] = '9';
	assert_bad(text, "line 1, column 1: a number longer than 63 characters");
}

static void depth_ends_at_16_without_recursion(void **state)
{
	enum { MANY = 100000 };
	char *brackets = malloc(MANY * 5), line[600];

	(void)state;
	assert_non_null(brackets);
	memset(brackets, '[', LIMIT_FEED_DEPTH);
	memset(brackets + LIMIT_FEED_DEPTH, ']', LIMIT_FEED_DEPTH);
	assert_int_equal(judge(brackets, LIMIT_FEED_DEPTH * 2, line, sizeof line), OK);
	memset(brackets, '[', MANY);
	assert_int_equal(judge(brackets, MANY, line, sizeof line), ERR_LIMIT);
	assert_string_equal(line, "line 1, column 17: nested deeper than 16 levels");
	for (size_t i = 0; i < MANY; i++)
		memcpy(brackets + i * 5, "{\"a\":", 5);
	assert_int_equal(judge(brackets, MANY * 5, line, sizeof line), ERR_LIMIT);
	assert_string_equal(line, "line 1, column 81: nested deeper than 16 levels");
	free(brackets);
}

static void size_and_values_have_their_maximum(void **state)
{
	size_t len = 11 * 1000 * 1000;
	char *bytes = malloc(len), line[600];

	(void)state;
	assert_non_null(bytes);
	memset(bytes, ' ', len);
	bytes[0] = '7';
	assert_int_equal(judge(bytes, len, line, sizeof line), ERR_LIMIT);
	assert_string_equal(line, "larger than 10000000 bytes");
	assert_int_equal(judge(bytes, LIMIT_FEED_BYTES + 1, line, sizeof line), ERR_LIMIT);
	assert_int_equal(judge(bytes, LIMIT_FEED_BYTES, line, sizeof line), OK);

	/* A list of 0s: with itself one value more than there are commas and zeros. */
	bytes[0] = '[';
	for (size_t i = 0; i < LIMIT_JSON_VALUES; i++)
		memcpy(bytes + 1 + i * 2, "0,", 2);
	bytes[LIMIT_JSON_VALUES * 2] = ']';
	struct fault fault;
	assert_int_equal(json_strict(bytes, LIMIT_JSON_VALUES * 2 + 1, LIMIT_FEED_BYTES, &fault), ERR_LIMIT);
	assert_string_equal(fault.text, "more than 1000000 values");
	bytes[LIMIT_JSON_VALUES * 2 - 2] = ']';
	assert_int_equal(json_strict(bytes, LIMIT_JSON_VALUES * 2 - 1, LIMIT_FEED_BYTES, &fault), OK);
	free(bytes);
}

/* An object of N keys that share a long beginning, the last one written as LAST. */
static void many_keys(struct buf *out, int n, const char *last)
{
	buf_reset(out);
	buf_str(out, "{\n");
	for (int i = 0; i < n; i++)
		buf_printf(out, "\"a-key-that-begins-as-the-others-do-%d\":{\"x\":1},", i * 7919 % n);
	buf_printf(out, "\n\"%s\":0}", last);
	assert_true(buf_ok(out));
}

static void keys_are_told_apart_among_tens_of_thousands(void **state)
{
	struct buf text;
	char line[600];

	(void)state;
	buf_init(&text, LIMIT_FEED_BYTES);
	static const int counts[] = { 2, 31, 32, 33, 60000 };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		many_keys(&text, counts[i], "the-last");
		assert_int_equal(judge(text.bytes, text.len, line, sizeof line), OK);
		many_keys(&text, counts[i], "a-key-that-begins-as-the-others-do-1");
		assert_int_equal(judge(text.bytes, text.len, line, sizeof line), ERR_DUPLICATE);
		assert_string_equal(line, "line 3, column 1: the key \"a-key-that-begins-as-the\" stands twice");
		many_keys(&text, counts[i], "\\u0061-key-that-begins-as-the-others-do-0");
		assert_int_equal(judge(text.bytes, text.len, line, sizeof line), ERR_DUPLICATE);
	}
	buf_free(&text);
}

static void keys_are_compared_after_unescaping(void **state)
{
	(void)state;
	assert_bad("{\"\\/\":1,\"/\":2}", "line 1, column 9: the key \"/\" stands twice");
	assert_bad("{\"\\n\":1,\"\\u000A\":2}", "line 1, column 9: the key \"?\" stands twice");
	assert_bad("{\"\\ud83c\\udf31\":1,\"\xf0\x9f\x8c\xb1\":2}",
		   "line 1, column 19: the key \"\xf0\x9f\x8c\xb1\" stands twice");
	/* What is quoted of a long one ends with a whole character. */
	assert_bad("{\"xåååååååååååå\":1,\"xåååååååååååå\":2}",
		   "line 1, column 20: the key \"xååååååååååå\" stands twice");
	assert_bad("{\"\":1,\"b\":1,\"\":2}", "line 1, column 13: the key \"\" stands twice");
	assert_bad("[{\"a\":{\"a\":1,\"b\":[]},\"b\":1,\"a\":2}]", "line 1, column 28: the key \"a\" stands twice");
	assert_good("{\"\\\\u0061\":1,\"a\":2,\"\\\\\":3}");
}

/* Whatever passes must be JSON to the parser, and nothing may be read past its end. */
static void survives_any_change_of_a_byte(void **state)
{
	struct guarded file;
	char line[600];
	uint32_t seed = 20261124;

	(void)state;
	guarded_load(&file, "tests/fixtures/feed/good-escapes.json");
	for (size_t len = 0; len + 1 < file.len; len++)
		assert_int_not_equal(judge(file.bytes, len, line, sizeof line), OK);
	for (int round = 0; round < 4000; round++) {
		seed = seed * 1664525 + 1013904223;
		size_t at = (seed >> 8) % file.len;
		char old = file.bytes[at];
		file.bytes[at] = round < 2000 ? (char)seed : "{}[]\",:\\u0e.-"[seed % 13];
		judge(file.bytes, file.len, line, sizeof line);
		file.bytes[at] = old;
	}
	guarded_free(&file);
}

static void values_can_be_looked_at(void **state)
{
	static const char text[] = "{\"a\":[1,\"to\",null,true],\"b\":{\"c\":-2.5},\"n\":9007199254740991,\"f\":false}";
	struct json *root = NULL;
	int64_t whole = 0;

	(void)state;
	assert_int_equal(json_read(text, sizeof text - 1, 1000, &root, NULL), OK);
	assert_int_equal(json_type(root), JSON_OBJECT);
	assert_int_equal(json_count(root), 4);
	const struct json *a = json_get(root, "a");
	assert_int_equal(json_type(a), JSON_LIST);
	assert_int_equal(json_count(a), 4);
	assert_string_equal(json_key(a), "a");
	const struct json *v = json_first(a);
	assert_null(json_key(v));
	assert_true(json_integer(v, 1, 1, &whole));
	assert_false(json_integer(v, 2, 9, &whole));
	v = json_next(v);
	assert_string_equal(json_text(v), "to");
	assert_false(json_integer(v, 0, 9, &whole));
	v = json_next(v);
	assert_int_equal(json_type(v), JSON_NULL);
	assert_null(json_text(v));
	v = json_next(v);
	assert_true(json_is_true(v));
	assert_null(json_next(v));
	assert_null(json_get(a, "a"));
	assert_null(json_get(NULL, "a"));
	assert_null(json_get(root, "A"));
	assert_true(json_number(json_get(json_get(root, "b"), "c")) < -2.4);
	assert_false(json_integer(json_get(json_get(root, "b"), "c"), -9, 9, &whole));
	assert_true(json_integer(json_get(root, "n"), 0, INT64_C(9007199254740991), &whole));
	assert_int_equal(whole, INT64_C(9007199254740991));
	assert_false(json_is_true(json_get(root, "f")));
	assert_int_equal(json_type(json_get(root, "f")), JSON_BOOL);
	assert_null(json_first(json_get(root, "f")));
	json_del(root);
}

static void strings_are_written_with_the_escapes_they_need(void **state)
{
	struct buf out;
	struct json *back = NULL;
	char all[256];

	(void)state;
	buf_init(&out, 10000);
	json_write_string(&out, "s\xc3\xb8r \"\\/\n\t\r\b\x1f");
	assert_string_equal(buf_text(&out), "\"s\xc3\xb8r \\\"\\\\/\\n\\t\\r\\u0008\\u001f\"");
	buf_reset(&out);
	json_write_string(&out, "");
	assert_string_equal(buf_text(&out), "\"\"");
	buf_reset(&out);
	for (int i = 0; i < 127; i++)
		all[i] = (char)(i + 1);
	all[127] = '\0';
	json_write_string(&out, all);
	assert_int_equal(json_read(out.bytes, out.len, out.len, &back, NULL), OK);
	assert_string_equal(json_text(back), all);
	json_del(back);
	buf_free(&out);
}

static void each_failed_allocation_is_said(void **state)
{
	static const char text[] = "{\"\\u0061\":[1,\"to\"],\"b\":{\"c\":{}}}";
	struct json *json = NULL;
	struct fault fault;
	enum err err = ERR_MEMORY;
	unsigned long n;

	(void)state;
	for (n = 1; err; n++) {
		mem_fail_after(n);
		err = json_read(text, sizeof text - 1, 1000, &json, &fault);
		mem_fail_after(0);
		if (err)
			assert_int_equal(err, ERR_MEMORY);
	}
	assert_true(n > 10);
	json_del(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_rfc_8259_allows),
		cmocka_unit_test(names_line_and_column_of_the_rest),
		cmocka_unit_test(numbers_fit_a_double_and_the_parser),
		cmocka_unit_test(depth_ends_at_16_without_recursion),
		cmocka_unit_test(size_and_values_have_their_maximum),
		cmocka_unit_test(keys_are_told_apart_among_tens_of_thousands),
		cmocka_unit_test(keys_are_compared_after_unescaping),
		cmocka_unit_test(survives_any_change_of_a_byte),
		cmocka_unit_test(values_can_be_looked_at),
		cmocka_unit_test(strings_are_written_with_the_escapes_they_need),
		cmocka_unit_test(each_failed_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
