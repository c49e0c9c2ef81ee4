/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headers and addresses mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/gzip.h"
#include "central/http_listen.h"
#include "central/negotiate.h"
#include "central/route.h"
#include "central/secret.h"

static void gzip_by_weight(void **state)
{
	static const char *const yes[] = { "gzip",
					   "GZIP",
					   "gzip;q=0.5",
					   "br, gzip",
					   "*",
					   "identity;q=0.2, gzip;q=0.3",
					   "gzip ; q=1.000",
					   "identity;q=0, gzip;q=0.1" };
	static const char *const no[] = { "",      "br",       "gzip;q=0",  "identity", "identity, gzip;q=0.9",
					  "*;q=0", "gzip;q=x", "gzip;q=1.1" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(accepts_gzip(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(accepts_gzip(no[i]));
	assert_false(accepts_gzip(NULL));
}

static void tags_in_lists(void **state)
{
	static const char *const yes[] = {
		"\"a\"", "W/\"a\"", "\"b\", \"a\"", " \"b\" ,W/\"a\" ", "*", "\"b\",\"a\",\""
	};
	static const char *const no[] = { "", "a", "\"b\"", "\"a", "\"b\" \"a\"", "\"aa\"", "W/a", "b, \"a\"" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(etag_listed(yes[i], "\"a\""));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(etag_listed(no[i], "\"a\""));
	assert_false(etag_listed(NULL, "\"a\""));
}

static void waits(void **state)
{
	(void)state;
	assert_int_equal(prefers_wait("wait=50"), 50);
	assert_int_equal(prefers_wait("respond-async, Wait = \"7\""), 7);
	assert_int_equal(prefers_wait("wait=99999999999"), 999999);
	assert_int_equal(prefers_wait("waiting=9"), 0);
	assert_int_equal(prefers_wait("wait"), 0);
	assert_int_equal(prefers_wait("wait=-1"), 0);
	assert_int_equal(prefers_wait(NULL), 0);
}

static void hosts_cookies_and_proxies(void **state)
{
	char out[8];

	(void)state;
	assert_true(host_is_valid("oppslag.example.no") && host_is_valid("x:8080") && host_is_valid("[::1]:80"));
	assert_false(host_is_valid("") || host_is_valid("a b") || host_is_valid("a:b") || host_is_valid("[::1") ||
		     host_is_valid("a/b") || host_is_valid("a:123456"));
	assert_true(cookie_find("a=1; session=xyz; b=2", "session", out, sizeof out));
	assert_string_equal(out, "xyz");
	assert_false(cookie_find("xsession=1", "session", out, sizeof out));
	assert_false(cookie_find("session=much too long", "session", out, sizeof out));
	assert_false(cookie_find(NULL, "session", out, sizeof out));
	assert_true(forwarded_last("1.2.3.4, ::1 ", out, sizeof out));
	assert_string_equal(out, "::1");
	assert_false(forwarded_last("unknown", out, sizeof out));
	assert_false(forwarded_last("", out, sizeof out));
	assert_false(forwarded_last(NULL, out, sizeof out));
}

static void paths_lead_to_rows(void **state)
{
	struct arena arena;
	const struct route *route;
	const char *params[4], *centre, *allow = NULL;

	(void)state;
	arena_init(&arena, LIMIT_FORM_BYTES);
	assert_int_equal(route_find(&arena, METHOD_GET, "/health", &route, params, &centre, &allow), OK);
	assert_int_equal(route_find(&arena, METHOD_GET, "/HEALTH", &route, params, &centre, &allow), OK);
	assert_int_equal(route_find(&arena, METHOD_POST, "/health", &route, params, &centre, &allow), ERR_REFUSED);
	assert_string_equal(allow, "GET, HEAD");
	assert_int_equal(route_find(&arena, METHOD_GET, "/health/", &route, params, &centre, &allow), ERR_NOT_FOUND);
	assert_int_equal(route_find(&arena, METHOD_GET, "/staff/c/sol/needs/n1", &route, params, &centre, &allow), OK);
	assert_string_equal(centre, "sol");
	assert_string_equal(params[1], "n1");
	assert_int_equal(route_find(&arena, METHOD_GET, "/staff/c/../needs/n 1", &route, params, &centre, &allow),
			 ERR_NOT_FOUND);
	assert_int_equal(route_find(&arena, METHOD_GET, "", &route, params, &centre, &allow), ERR_NOT_FOUND);
	arena_free(&arena);
}

static void addresses_to_listen_on(void **state)
{
	static const char *const bad[] = { "",           "8080",        ":8080",           "127.0.0.1",
					   "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "::1:80",
					   "[::1:80" };
	struct listener listener;
	struct fault fault;
	char next[LISTEN_ADDRESS_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(listen_open(bad[i], "listen", &listener, &fault), ERR_USAGE);
	assert_int_equal(listen_next("127.0.0.1:8080", next, sizeof next), OK);
	assert_string_equal(next, "127.0.0.1:8081");
	assert_int_equal(listen_next("[::1]:0", next, sizeof next), OK);
	assert_string_equal(next, "[::1]:0");
	assert_int_equal(listen_next("127.0.0.1:65535", next, sizeof next), ERR_VALUE);
}

static void ids_and_hashes(void **state)
{
	char a[ID_SIZE], b[ID_SIZE], hash[HASH_SIZE], other[HASH_SIZE];

	(void)state;
	assert_int_equal(secret_init(), OK);
	id_new(a);
	id_new(b);
	assert_true(id_is_made(a) && id_is_made(b));
	assert_string_not_equal(a, b);
	assert_false(id_is_made("") || id_is_made("abc") || id_is_made("abcdefghijklmnopqrstuvwxyz"));
	id_derive("link", a, b);
	assert_true(id_is_made(b) && strcmp(a, b) != 0);
	hash_hex("one", a, hash);
	hash_hex("two", a, other);
	assert_string_not_equal(hash, other);
	assert_true(secret_equal(hash, hash));
	assert_false(secret_equal(hash, other) || secret_equal(hash, ""));
}

static void the_same_bytes_pack_the_same(void **state)
{
	static const char text[] = "Allsang Allsang Allsang Allsang Allsang";
	struct buf a, b;

	(void)state;
	buf_init(&a, 1000);
	buf_init(&b, 1000);
	assert_int_equal(gzip_bytes(text, sizeof text, &a), OK);
	assert_int_equal(gzip_bytes(text, sizeof text, &b), OK);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.bytes, b.bytes, a.len);
	assert_memory_equal(a.bytes, "\x1f\x8b", 2);
	buf_free(&a);
	buf_free(&b);
	buf_init(&a, 5);
	assert_int_equal(gzip_bytes(text, sizeof text, &a), ERR_LIMIT);
	buf_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_by_weight),
		cmocka_unit_test(tags_in_lists),
		cmocka_unit_test(waits),
		cmocka_unit_test(hosts_cookies_and_proxies),
		cmocka_unit_test(paths_lead_to_rows),
		cmocka_unit_test(addresses_to_listen_on),
		cmocka_unit_test(ids_and_hashes),
		cmocka_unit_test(the_same_bytes_pack_the_same),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
