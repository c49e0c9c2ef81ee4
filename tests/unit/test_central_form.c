/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: what is sent in, what a handler may see of it, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/form.h"
#include "central/secret.h"

static struct arena arena;
static const struct lang *nb;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	nb = lang_find("nb");
	return nb && secret_init() == OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct form_pairs parse(const char *type, const char *body, size_t len)
{
	struct form_pairs pairs;
	struct fault fault = { 0 };

	assert_int_equal(form_parse(&arena, type, body, len, &pairs, &fault), OK);
	return pairs;
}

static struct form checked(struct fields fields, const char *body)
{
	struct form_pairs pairs = parse(NULL, body, strlen(body));
	struct form form;

	assert_int_equal(form_check(&arena, nb, fields, &pairs, &form), OK);
	return form;
}

static void pairs_are_decoded(void **state)
{
	struct form_pairs p = parse(NULL, "a=b+c&%C3%A5=%41%26&leer=&nackt&a=2&", 36);

	(void)state;
	assert_int_equal(p.n, 5);
	assert_string_equal(p.v[0].value, "b c");
	assert_string_equal(p.v[1].name, "å");
	assert_string_equal(p.v[1].value, "A&");
	assert_string_equal(p.v[2].value, "");
	assert_string_equal(p.v[3].name, "nackt");
	assert_string_equal(p.v[4].name, "a");
}

static void bytes_that_are_no_text_are_refused(void **state)
{
	static const char *const bad[] = {
		"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=%c0%af", "a=%ed%a0%80", "%ff=a"
	};
	struct form_pairs pairs;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(form_parse(&arena, NULL, bad[i], strlen(bad[i]), &pairs, NULL), ERR_SYNTAX);
	assert_int_equal(form_parse(&arena, NULL, "a=\0b", 4, &pairs, NULL), ERR_SYNTAX);
	assert_int_equal(form_parse(&arena, "text/plain", "a=b", 3, &pairs, NULL), ERR_UNSUPPORTED);
	assert_int_equal(form_parse(&arena, "application/x-www-form-urlencodedx", "a=b", 3, &pairs, NULL),
			 ERR_UNSUPPORTED);
}

static void there_is_an_end_to_fields_and_bytes(void **state)
{
	char many[2 * (LIMIT_FORM_FIELDS + 1) + 1];
	struct form_pairs pairs;
	char *big = mem_alloc(LIMIT_FORM_BYTES + 100);

	(void)state;
	for (size_t i = 0; i + 1 < sizeof many; i += 2)
		memcpy(many + i, "a&", 2);
	assert_int_equal(form_parse(&arena, NULL, many, 2 * LIMIT_FORM_FIELDS, &pairs, NULL), OK);
	assert_int_equal(form_parse(&arena, NULL, many, 2 * (LIMIT_FORM_FIELDS + 1), &pairs, NULL), ERR_LIMIT);
	assert_non_null(big);
	memset(big, 'x', LIMIT_FORM_BYTES + 100);
	big[1] = '=';
	assert_int_equal(form_parse(&arena, NULL, big, LIMIT_FORM_BYTES + 2, &pairs, NULL), OK);
	assert_int_equal(form_parse(&arena, NULL, big, LIMIT_FORM_BYTES + 3, &pairs, NULL), ERR_LIMIT);
	mem_free(big);
}

#define TYPE "multipart/form-data; boundary=xYz"
#define PART(name, more, value) \
	"--xYz\r\nContent-Disposition: form-data; name=\"" name "\"" more "\r\n\r\n" value "\r\n"

static void a_file_comes_as_it_is(void **state)
{
	static const char body[] = PART("navn", "", "Kari")
		PART("fil", "; filename=\"a.ics\"\r\nContent-Type: text/calendar", "\0\xff\r\n--xY") "--xYz--\r\n";
	struct form_pairs p = parse(TYPE, body, sizeof body - 1);

	(void)state;
	assert_int_equal(p.n, 2);
	assert_string_equal(p.v[0].value, "Kari");
	assert_null(p.v[0].filename);
	assert_string_equal(p.v[1].filename, "a.ics");
	assert_int_equal(p.v[1].len, 8);
	assert_memory_equal(p.v[1].value, "\0\xff\r\n--xY", 8);
	p = parse("multipart/form-data; boundary=\"xYz\"", body, sizeof body - 1);
	assert_int_equal(p.n, 2);
}

static void broken_multipart_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"--xYz",
		"--xYz\r\n",
		"--xYz\r\n\r\n--xYz--",
		"--xYzz\r\n" PART("a", "", "b") "--xYz--",
		PART("a", "", "b"),
		PART("a", "", "b") "--xY",
		"--xYz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xYz--",
		PART("a", "", "\xff") "--xYz--",
	};
	struct form_pairs pairs;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(form_parse(&arena, TYPE, bad[i], strlen(bad[i]), &pairs, NULL), ERR_SYNTAX);
	assert_int_equal(form_parse(&arena, "multipart/form-data", "", 0, &pairs, NULL), ERR_SYNTAX);
	assert_int_equal(form_parse(&arena, "multipart/form-data; boundary=", "", 0, &pairs, NULL), ERR_SYNTAX);
}

static const char *const kinds[] = { "song", "walk", NULL };

/* One value of each type, whether it is allowed, and what becomes of it. */
static const struct {
	enum field_type type;
	const char *sent, *value; /* VALUE NULL: refused */
} rows[] = {
	{ FIELD_LINE, "x=+Kari++", "Kari" },
	{ FIELD_LINE, "x=a%0Ab", NULL },
	{ FIELD_LINE, "x=a%07b", NULL },
	{ FIELD_LINE, "x=a%C2%85b", NULL },
	{ FIELD_LINE, "x=%E2%80%AEsnik", NULL },
	{ FIELD_TEXT, "x=a%0D%0Ab%09c", "a\nb c" },
	{ FIELD_SECRET, "x=+a+", " a " },
	{ FIELD_NUMBER, "x=12", "12" },
	{ FIELD_NUMBER, "x=-3", NULL },
	{ FIELD_NUMBER, "x=12a", NULL },
	{ FIELD_NUMBER, "x=%2B5", NULL },
	{ FIELD_NUMBER, "x=99999999999999999999", NULL },
	{ FIELD_DATE, "x=2026-11-24", "2026-11-24" },
	{ FIELD_DATE, "x=2026-02-30", NULL },
	{ FIELD_DATE, "x=2026-11-24T11:00", NULL },
	{ FIELD_TIME, "x=11:30", "11:30" },
	{ FIELD_TIME, "x=24:00", NULL },
	{ FIELD_TIME, "x=1:30", NULL },
	{ FIELD_MOMENT, "x=2026-11-24T11:00", "2026-11-24T11:00" },
	{ FIELD_CHOICE, "x=walk", "walk" },
	{ FIELD_CHOICE, "x=fly", NULL },
	{ FIELD_CHECK, "x=1", "1" },
	{ FIELD_ID, "x=a.b_c-1", "a.b_c-1" },
	{ FIELD_ID, "x=a/b", NULL },
	{ FIELD_TOKEN, "x=abc", NULL },
	{ FIELD_PHONE, "x=00+00+12+34", "00001234" },
	{ FIELD_PHONE, "x=%2B47+00001234", "+4700001234" },
	{ FIELD_PHONE, "x=0000123", NULL },
	{ FIELD_PHONE, "x=000012345", NULL },
	{ FIELD_PHONE, "x=ring+meg", NULL },
	{ FIELD_MAIL, "x=kari@example.no", "kari@example.no" },
	{ FIELD_MAIL, "x=kari@example", NULL },
	{ FIELD_MAIL, "x=kari@@example.no", NULL },
	{ FIELD_MAIL, "x=kari@example.no%0ABcc:a@b.no", NULL },
	{ FIELD_MAIL, "x=@example.no", NULL },
	{ FIELD_CONTACT, "x=00001234", "00001234" },
	{ FIELD_CONTACT, "x=kari@example.no", "kari@example.no" },
	{ FIELD_CONTACT, "x=kari", NULL },
	{ FIELD_WEB, "x=https://example.no/a", "https://example.no/a" },
	{ FIELD_WEB, "x=javascript:alert(1)", NULL },
	{ FIELD_WEB, "x=https://", NULL },
	{ FIELD_LANGUAGE, "x=ti", "ti" },
	{ FIELD_LANGUAGE, "x=TI!", NULL },
};

static void each_type_takes_its_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct field field = { .name = "x", .type = rows[i].type, .choices = kinds };
		struct form form = checked((struct fields){ 1, &field }, rows[i].sent);
		const char *value = form_text(&form, "x");
		if (rows[i].value)
			assert_string_equal(value ? value : rows[i].sent, rows[i].value);
		else
			assert_null(value);
		assert_int_equal(form.wrong, !rows[i].value);
	}
}

static const struct fields sample =
	FIELDS({ .name = "name", .type = FIELD_LINE, .required = true, .min = 2, .max = 5 },
	       { .name = "seats", .type = FIELD_NUMBER, .min = 1, .max = 9 },
	       { .name = "kinds", .type = FIELD_MANY, .choices = kinds }, { .name = "secret", .type = FIELD_SECRET });

static void what_is_wrong_is_said_beside_what_was_typed(void **state)
{
	struct form form = checked(sample, "name=K&seats=10&secret=hemmelig&other=1");

	(void)state;
	assert_true(form.sent && form.wrong);
	assert_string_equal(form_get(&form, "name")->typed, "K");
	assert_non_null(strstr(form_get(&form, "name")->wrong, "2"));
	assert_non_null(strstr(form_get(&form, "seats")->wrong, "9"));
	assert_null(form_get(&form, "secret")->typed);
	assert_string_equal(form_text(&form, "secret"), "hemmelig");
	form = checked(sample, "name=Kaaaari");
	assert_non_null(strstr(form_get(&form, "name")->wrong, "5"));
	form = checked(sample, "name=+++");
	assert_true(form.wrong);
	form = checked(sample, "");
	assert_true(form.wrong);
}

static void twice_is_wrong_but_for_many(void **state)
{
	struct form form = checked(sample, "name=Kari&name=Ola");

	(void)state;
	assert_true(form.wrong);
	assert_null(form_text(&form, "name"));
	form = checked(sample, "name=Kari&kinds=song&kinds=walk");
	assert_false(form.wrong);
	assert_int_equal(form_get(&form, "kinds")->n_many, 2);
	assert_true(form_has(&form, "kinds"));
	form = checked(sample, "name=Kari&kinds=song&kinds=fly");
	assert_true(form.wrong);
	form = checked(sample, "name=Kari");
	assert_int_equal(form_number(&form, "seats", 7), 7);
	assert_false(form_has(&form, "no such field"));
	form_fault(&form, "seats", TEXT_FORM_REQUIRED);
	assert_true(form.wrong);
	assert_non_null(form_get(&form, "seats")->wrong);
}

static void an_empty_form_is_not_wrong(void **state)
{
	struct form form;

	(void)state;
	assert_int_equal(form_empty(&arena, nb, sample, &form), OK);
	assert_false(form.sent || form.wrong);
	assert_null(form_get(&form, "name")->typed);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(pairs_are_decoded),
		CASE(bytes_that_are_no_text_are_refused),
		CASE(there_is_an_end_to_fields_and_bytes),
		CASE(a_file_comes_as_it_is),
		CASE(broken_multipart_is_refused),
		CASE(each_type_takes_its_values),
		CASE(what_is_wrong_is_said_beside_what_was_typed),
		CASE(twice_is_wrong_but_for_many),
		CASE(an_empty_form_is_not_wrong),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
