/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fetch against a real server on loopback, which answers by the path that
 * is asked for. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/address.h"
#include "io/clock.h"
#include "io/fetch.h"

enum { MAX_BYTES = 10000, HUGE_BYTES = 200000 };

static struct {
	int fd, port, stop_fd;
	pthread_t thread;
	atomic_bool ending, hung;
	char request[4000]; /* the newest */
	int connections;
} server;

/* 100,000 zeroes as gzip. */
static const unsigned char bomb[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01, 0x00, 0x00, 0x00,
	0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 0x0d, 0x0f, 0xa0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x80, 0x57, 0x03, 0x7d, 0x95, 0x11, 0xd4, 0xa0, 0x86, 0x01, 0x00,
};

static void answer(int fd, const char *head, const char *body, size_t len)
{
	char text[600];
	int n = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n", head, len);

	(void)!write(fd, text, (size_t)n);
	while (len) {
		ssize_t wrote = send(fd, body, len, MSG_NOSIGNAL);
		if (wrote <= 0)
			return;
		body += wrote;
		len -= (size_t)wrote;
	}
}

static void redirect(int fd, const char *to)
{
	char head[300];

	snprintf(head, sizeof head, "302 Found\r\nLocation: %s", to);
	answer(fd, head, "", 0);
}

static bool asked(const char *path)
{
	size_t len = strlen(path);

	return strncmp(server.request, "GET ", 4) == 0 && strncmp(server.request + 4, path, len) == 0 &&
	       server.request[4 + len] == ' ';
}

static bool posted(const char *path)
{
	size_t len = strlen(path);

	return strncmp(server.request, "POST ", 5) == 0 && strncmp(server.request + 5, path, len) == 0 &&
	       server.request[5 + len] == ' ';
}

/* Head and body; those of these tests are JSON. */
static bool is_whole(void)
{
	const char *body = strstr(server.request, "\r\n\r\n");

	return body && (strncmp(server.request, "POST ", 5) != 0 || strchr(body, '}'));
}

static void answer_by_path(int fd)
{
	static char huge[HUGE_BYTES];

	if (posted("/taken"))
		answer(fd, "201 Created", "taken", 5);
	else if (posted("/taken-there"))
		redirect(fd, "/taken");
	else if (posted("/see-other"))
		answer(fd, "303 See Other\r\nLocation: /good", "", 0);
	else if (asked("/good"))
		answer(fd, "200 OK\r\nETag: \"v1\"\r\nContent-Type:  text/plain \r\nRetry-After: 9", "hello", 5);
	else if (asked("/busy"))
		answer(fd,
		       "503 Busy\r\nRetry-After: 7\r\nETag: \"0123456789012345678901234567890123456789012345678901234567890"
		       "1234567890123456789012345678901234567890123456789012345678901234567890123456789\"",
		       "later", 5);
	else if (asked("/moved"))
		redirect(fd, "/good");
	else if (asked("/to-file"))
		redirect(fd, "file:///etc/hostname");
	else if (asked("/to-ftp"))
		redirect(fd, "ftp://127.0.0.1/x");
	else if (asked("/round"))
		redirect(fd, "/round");
	else if (asked("/huge"))
		answer(fd, "200 OK", huge, sizeof huge);
	else if (asked("/bomb"))
		answer(fd, "200 OK\r\nContent-Encoding: gzip", (const char *)bomb, sizeof bomb);
	else if (asked("/cut"))
		(void)!write(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 44);
	else if (asked("/nonsense"))
		(void)!write(fd, "220 ftp.example.no ready\r\n", 26);
	else
		answer(fd, "404 Not Found", "", 0);
}

/* Says nothing until the client has gone or the test is over. */
static void hang(int fd)
{
	char byte;

	atomic_store(&server.hung, true);
	if (server.stop_fd > 0) {
		uint64_t one = 1;
		(void)!write(server.stop_fd, &one, sizeof one);
	}
	(void)!read(fd, &byte, 1);
}

static void serve(int fd)
{
	for (;;) {
		size_t len = 0;
		do {
			ssize_t n = read(fd, server.request + len, sizeof server.request - 1 - len);
			if (n <= 0)
				return;
			len += (size_t)n;
			server.request[len] = '\0';
		} while (!is_whole() && len < sizeof server.request - 1);
		if (asked("/hang")) {
			hang(fd);
			return;
		}
		answer_by_path(fd);
		if (asked("/cut") || asked("/nonsense"))
			return;
	}
}

static void *run_server(void *unused)
{
	int fd;

	while ((fd = accept(server.fd, NULL, NULL)) >= 0 && !atomic_load(&server.ending)) {
		server.connections++;
		serve(fd);
		close(fd);
	}
	if (fd >= 0)
		close(fd);
	return unused;
}

static int start_server(void **state)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof address;

	(void)state;
	server.fd = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(server.fd, (struct sockaddr *)&address, sizeof address) || listen(server.fd, 8) ||
	    getsockname(server.fd, (struct sockaddr *)&address, &len))
		return -1;
	server.port = ntohs(address.sin_port);
	return pthread_create(&server.thread, NULL, run_server, NULL);
}

static int end_server(void **state)
{
	(void)state;
	atomic_store(&server.ending, true);
	shutdown(server.fd, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.fd);
	return 0;
}

static const char *address(const char *host, const char *path)
{
	static char url[200];

	snprintf(url, sizeof url, "http://%s:%d%s", host, server.port, path);
	return url;
}

static struct fetch_request request_for(const char *path)
{
	return (struct fetch_request){
		.url = address("127.0.0.1", path), .timeout_s = 10, .max_bytes = MAX_BYTES, .user_agent = "test/1"
	};
}

static void an_answer_comes_whole(void **state)
{
	struct fetch_request request = request_for("/good");
	struct fetch_reply reply;
	struct fault fault;

	(void)state;
	request.etag = "\"v0\"";
	request.wait_s = 50;
	assert_int_equal(fetch(&request, &reply, &fault), OK);
	assert_int_equal(reply.status, 200);
	assert_string_equal(reply.etag, "\"v1\"");
	assert_string_equal(reply.content_type, "text/plain");
	assert_int_equal(reply.retry_after_s, 9);
	assert_string_equal(buf_text(&reply.body), "hello");
	assert_non_null(strstr(server.request, "\r\nIf-None-Match: \"v0\"\r\n"));
	assert_non_null(strstr(server.request, "\r\nPrefer: wait=50\r\n"));
	assert_non_null(strstr(server.request, "\r\nUser-Agent: test/1\r\n"));
	fetch_reply_free(&reply);
	request.etag = NULL;
	request.wait_s = 0;
	assert_int_equal(fetch(&request, &reply, &fault), OK);
	assert_null(strstr(server.request, "If-None-Match"));
	assert_null(strstr(server.request, "Prefer"));
	fetch_reply_free(&reply);
}

static void any_status_is_an_answer(void **state)
{
	struct fetch_request request = request_for("/busy");
	struct fetch_reply reply;
	struct fault fault;

	(void)state;
	assert_int_equal(fetch(&request, &reply, &fault), OK);
	assert_int_equal(reply.status, 503);
	assert_int_equal(reply.retry_after_s, 7);
	assert_string_equal(reply.etag, ""); /* too long to be kept */
	assert_string_equal(buf_text(&reply.body), "later");
	fetch_reply_free(&reply);
}

static void a_session_keeps_its_connection(void **state)
{
	struct fetch_request request = request_for("/good");
	struct fetch_reply reply;
	struct fault fault;

	(void)state;
	request.session = fetch_session_new();
	assert_non_null(request.session);
	int before = server.connections;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(fetch(&request, &reply, &fault), OK);
		assert_int_equal(reply.status, 200);
		fetch_reply_free(&reply);
	}
	assert_int_equal(server.connections, before + 1);
	fetch_session_del(request.session);
}

static const struct {
	const char *path;
	enum err err;
	const char *text;
} failures[] = {
	{ "/to-file", ERR_VALUE, "not an http or https address" },
	{ "/to-ftp", ERR_VALUE, "not an http or https address" },
	{ "/round", ERR_NETWORK, "more than 5 redirects" },
	{ "/huge", ERR_LIMIT, "the answer is larger than 10000 bytes" },
	{ "/bomb", ERR_LIMIT, "the answer is larger than 10000 bytes" },
	{ "/cut", ERR_NETWORK, "transfer closed with 96 bytes remaining to read" },
	{ "/nonsense", ERR_NETWORK, NULL },
};

static void what_goes_wrong_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		struct fetch_request request = request_for(failures[i].path);
		struct fetch_reply reply;
		struct fault fault = { 0 };
		enum err err = fetch(&request, &reply, &fault);
		if (failures[i].text)
			assert_string_equal(fault.text, failures[i].text);
		assert_int_equal(err, failures[i].err);
		assert_in_range(reply.body.len, 0, MAX_BYTES);
		fetch_reply_free(&reply);
	}
}

static void redirects_are_followed(void **state)
{
	struct fetch_request request = request_for("/moved");
	struct fetch_reply reply;
	struct fault fault;

	(void)state;
	assert_int_equal(fetch(&request, &reply, &fault), OK);
	assert_int_equal(reply.status, 200);
	assert_string_equal(buf_text(&reply.body), "hello");
	fetch_reply_free(&reply);
}

static void a_post_says_who_it_is_and_follows_no_other_way(void **state)
{
	static const struct {
		const char *path;
		int status;
	} cases[] = { { "/taken", 201 }, { "/taken-there", 201 }, { "/see-other", 303 } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fetch_request request = request_for(cases[i].path);
		struct fetch_reply reply;
		struct fault fault;
		request.post = "{\"a\":1}";
		request.post_type = "application/json";
		request.idempotency_key = "0123456789abcdef0123456789abcdef";
		assert_int_equal(fetch(&request, &reply, &fault), OK);
		assert_int_equal(reply.status, cases[i].status);
		assert_non_null(strstr(server.request, "\r\nContent-Type: application/json\r\n"));
		assert_non_null(strstr(server.request, "\r\nIdempotency-Key: 0123456789abcdef0123456789abcdef\r\n"));
		assert_non_null(strstr(server.request, "\r\n\r\n{\"a\":1}"));
		assert_int_equal(strncmp(server.request, "POST ", 5), 0);
		fetch_reply_free(&reply);
	}
}

static void addresses_inside_are_refused_where_they_must_be(void **state)
{
	/* curl reads 127.1 and 0x7f000001 as 127.0.0.1. "localhost." passes as a name: it is caught at the connection.
	 */
	static const struct {
		const char *host, *text;
	} hosts[] = {
		{ "127.0.0.1", "an address inside the network" },
		{ "127.1", "an address inside the network" },
		{ "0x7f000001", "an address inside the network" },
		{ "[::1]", "an address inside the network" },
		{ "[::ffff:127.0.0.1]", "an address inside the network" },
		{ "localhost", "an address inside the network" },
		{ "printer.local", "an address inside the network" },
		{ "intranet", "an address inside the network" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		struct fetch_request request = request_for("/good");
		struct fetch_reply reply;
		struct fault fault = { 0 };
		int before = server.connections;
		request.url = address(hosts[i].host, "/good");
		request.public_only = true;
		enum err err = fetch(&request, &reply, &fault);
		assert_string_equal(fault.text, hosts[i].text);
		assert_int_equal(err, ERR_REFUSED);
		assert_int_equal(server.connections, before);
		fetch_reply_free(&reply);
	}
}

/* A name with a dot, as any on the internet, that this machine's hosts file leads inside; false if it has none. */
static bool name_that_leads_inside(char name[100])
{
	char line[400], number[60];
	FILE *hosts = fopen("/etc/hosts", "r");
	bool found = false;

	while (hosts && !found && fgets(line, sizeof line, hosts)) {
		size_t n = strcspn(line, " \t#\n");
		snprintf(number, sizeof number, "%.*s", (int)(n < 59 ? n : 59), line);
		char *at = line + n + strspn(line + n, " \t");
		size_t len = strcspn(at, " \t#\n");
		snprintf(name, 100, "%.*s", (int)(len < 99 ? len : 99), at);
		found = n > 0 && len > 0 && strchr(name, '.') && !strstr(name, "localhost") &&
			!address_text_is_public(number);
	}
	if (hosts)
		fclose(hosts);
	return found;
}

/* As a name server would that answers the first time with an address outside, then with one inside. */
static void names_that_lead_inside_are_caught_at_the_connection(void **state)
{
	struct fetch_request request = request_for("/good");
	struct fetch_reply reply;
	struct fault fault = { 0 };
	char name[100];

	(void)state;
	if (!name_that_leads_inside(name)) {
		print_message("# /etc/hosts names nothing inside: not tried here\n");
		return;
	}
	request.url = address(name, "/good");
	request.public_only = true;
	int before = server.connections;
	assert_int_equal(fetch(&request, &reply, &fault), ERR_REFUSED);
	assert_string_equal(fault.text, "the name leads to an address inside the network");
	assert_int_equal(server.connections, before);
	fetch_reply_free(&reply);
}

static void a_stop_ends_it_at_once(void **state)
{
	struct fetch_request request = request_for("/hang");
	struct fetch_reply reply;
	struct fault fault;
	atomic_bool stop = true;

	(void)state;
	request.timeout_s = 60;
	request.stop = &stop;
	int64_t before = clock_monotonic_ms();
	assert_int_equal(fetch(&request, &reply, &fault), ERR_NETWORK);
	assert_string_equal(fault.text, "given up, since the program ends");
	assert_in_range(clock_monotonic_ms() - before, 0, 2000);
	fetch_reply_free(&reply);
}

static void *stop_when_it_hangs(void *user)
{
	uint64_t rings;

	/* The server rings when the request has reached it; only then is the fetch told to stop. */
	(void)!read(server.stop_fd, &rings, sizeof rings);
	atomic_store((atomic_bool *)user, true);
	return NULL;
}

static void a_fetch_that_waits_is_woken(void **state)
{
	struct fetch_request request = request_for("/hang");
	struct fetch_reply reply;
	struct fault fault;
	atomic_bool stop = false;
	pthread_t thread;
	uint64_t one = 1;

	(void)state;
	request.timeout_s = 60;
	request.stop = &stop;
	request.stop_fd = eventfd(0, EFD_CLOEXEC);
	server.stop_fd = eventfd(0, EFD_CLOEXEC);
	assert_int_equal(pthread_create(&thread, NULL, stop_when_it_hangs, &stop), 0);
	assert_int_equal(write(request.stop_fd, &one, sizeof one), sizeof one);
	enum err err = fetch(&request, &reply, &fault);
	/* One that never reached the server left nobody to ring. */
	if (err != ERR_NETWORK)
		assert_int_equal(write(server.stop_fd, &one, sizeof one), sizeof one);
	pthread_join(thread, NULL);
	close(request.stop_fd);
	close(server.stop_fd);
	server.stop_fd = 0;
	fetch_reply_free(&reply);
	assert_int_equal(err, ERR_NETWORK);
	assert_string_equal(fault.text, "given up, since the program ends");
}

static void silence_has_an_end(void **state)
{
	struct fetch_request request = request_for("/hang");
	struct fetch_reply reply;
	struct fault fault;

	(void)state;
	request.timeout_s = 1;
	assert_int_equal(fetch(&request, &reply, &fault), ERR_NETWORK);
	/* Word for word: how long it took would make each time a new fault. */
	assert_string_equal(fault.text, "timed out");
	assert_int_equal(reply.status, 0);
	fetch_reply_free(&reply);
}

static void what_is_no_address_is_refused(void **state)
{
	static const char *const urls[] = { "", "http://", "file:///etc/hostname", "gopher://127.0.0.1/",
					    "/etc/hostname" };

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct fetch_request request = request_for("/");
		struct fetch_reply reply;
		struct fault fault;
		request.url = urls[i];
		assert_int_equal(fetch(&request, &reply, &fault), ERR_VALUE);
		assert_string_equal(fault.text, "not an http or https address");
		fetch_reply_free(&reply);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_comes_whole),
		cmocka_unit_test(any_status_is_an_answer),
		cmocka_unit_test(a_session_keeps_its_connection),
		cmocka_unit_test(what_goes_wrong_is_said),
		cmocka_unit_test(redirects_are_followed),
		cmocka_unit_test(a_post_says_who_it_is_and_follows_no_other_way),
		cmocka_unit_test(addresses_inside_are_refused_where_they_must_be),
		cmocka_unit_test(names_that_lead_inside_are_caught_at_the_connection),
		cmocka_unit_test(a_stop_ends_it_at_once),
		cmocka_unit_test(a_fetch_that_waits_is_woken),
		cmocka_unit_test(silence_has_an_end),
		cmocka_unit_test(what_is_no_address_is_refused),
	};
	return cmocka_run_group_tests_name("io_fetch", tests, start_server, end_server);
}
