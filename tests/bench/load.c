/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_load ADDRESS PORT CONNECTIONS SECONDS <request   asks the same question over and over on kept connections and
 * prints the answers a second. For answers without a body: wrk takes the Content-Length of a 304 (RFC 9110 8.6 allows
 * it) for a body, and waits. Ends with 1 when an answer does not begin as the first one did. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, ANSWER_MAX = 8192, REQUEST_MAX = 4096, STATUS = 12 /* "HTTP/1.1 304" */ };

struct connection {
	int fd;
	size_t len;
	char answer[ANSWER_MAX];
};

static char request[REQUEST_MAX];
static size_t request_len;
static char status[STATUS + 1];
static struct connection connections[CONNECTIONS_MAX];
static unsigned long answers;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool ask(const struct connection *c)
{
	return send(c->fd, request, request_len, MSG_NOSIGNAL) == (ssize_t)request_len;
}

/* Counts the answers that are whole, asks again after each. */
static bool take(struct connection *c)
{
	ssize_t n = recv(c->fd, c->answer + c->len, sizeof c->answer - c->len, MSG_DONTWAIT);
	const char *end;

	if (n <= 0)
		return n < 0 && errno == EAGAIN;
	c->len += (size_t)n;
	while ((end = memmem(c->answer, c->len, "\r\n\r\n", 4))) {
		size_t whole = (size_t)(end - c->answer) + 4;

		if (!status[0])
			memcpy(status, c->answer, STATUS);
		if (memcmp(status, c->answer, STATUS) != 0 || !ask(c))
			return false;
		memmove(c->answer, c->answer + whole, c->len - whole);
		c->len -= whole;
		answers++;
	}
	return c->len < sizeof c->answer;
}

static bool connect_all(int poll, int n, const char *address, int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((unsigned short)port) };

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		return false;
	for (int i = 0; i < n; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = &connections[i] };

		connections[i].fd = socket(AF_INET, SOCK_STREAM, 0);
		if (connections[i].fd < 0 || connect(connections[i].fd, (struct sockaddr *)&to, sizeof to) < 0)
			return false;
		if (epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].fd, &event) < 0 || !ask(&connections[i]))
			return false;
	}
	return true;
}

static bool run(int poll, double seconds)
{
	struct epoll_event events[CONNECTIONS_MAX];
	double began = now();

	while (now() - began < seconds) {
		int n = epoll_wait(poll, events, CONNECTIONS_MAX, 100);

		for (int i = 0; i < n; i++)
			if (!take(events[i].data.ptr))
				return false;
	}
	printf("%s %.0f\n", status + 9, (double)answers / (now() - began));
	return true;
}

int main(int argc, char **argv)
{
	int n = argc == 5 ? (int)strtol(argv[3], NULL, 10) : 0;
	int poll = epoll_create1(EPOLL_CLOEXEC);

	request_len = fread(request, 1, sizeof request, stdin);
	if (n < 1 || n > CONNECTIONS_MAX || poll < 0 || !request_len || request_len == sizeof request) {
		fprintf(stderr, "bench_load ADDRESS PORT CONNECTIONS SECONDS <request\n");
		return 2;
	}
	if (!connect_all(poll, n, argv[1], (int)strtol(argv[2], NULL, 10)) || !run(poll, strtod(argv[4], NULL))) {
		fprintf(stderr, "bench_load: the other side does not answer, or not always the same\n");
		return 1;
	}
	return 0;
}
