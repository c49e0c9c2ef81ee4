/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"

enum { BACKLOG = 4096, HOST_SIZE = 64, PORT_MAX = 65535 };

struct place {
	char host[HOST_SIZE];
	char port[8];
	bool v6;
};

static bool split(const char *where, struct place *out)
{
	const char *colon = strrchr(where, ':');
	size_t len = colon ? (size_t)(colon - where) : 0;

	if (len == 0 || strlen(colon + 1) > 5 || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return false;
	if (strtol(colon + 1, NULL, 10) > PORT_MAX)
		return false;
	snprintf(out->port, sizeof out->port, "%s", colon + 1);
	out->v6 = where[0] == '[';
	if (out->v6) {
		if (where[len - 1] != ']')
			return false;
		where++;
		len -= 2;
	}
	if (len == 0 || len >= sizeof out->host || (!out->v6 && memchr(where, ':', len)))
		return false;
	memcpy(out->host, where, len);
	out->host[len] = '\0';
	return true;
}

enum err listen_next(const char *where, char *out, size_t size)
{
	struct place place;

	if (!split(where, &place))
		return ERR_VALUE;
	long port = strtol(place.port, NULL, 10);
	if (port == PORT_MAX)
		return ERR_VALUE;
	snprintf(out, size, place.v6 ? "[%s]:%ld" : "%s:%ld", place.host, port ? port + 1 : 0);
	return OK;
}

static int bind_one(const struct addrinfo *address)
{
	int one = 1, fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static void describe(int fd, bool v6, char *actual)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;
	char host[HOST_SIZE] = "?", port[8] = "?";

	if (getsockname(fd, (struct sockaddr *)&address, &len) == 0)
		getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
			    NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(actual, LISTEN_ADDRESS_SIZE, v6 ? "[%s]:%s" : "%s:%s", host, port);
}

enum err listen_open(const char *where, const char *place_name, struct listener *out, struct fault *fault)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV }, *found;
	struct place place;

	*out = (struct listener){ .fd = -1 };
	if (!split(where, &place))
		return fault_set(fault, ERR_USAGE, place_name, "not ADDRESS:PORT: \"%.80s\"", where);
	int code = getaddrinfo(place.host, place.port, &hints, &found);
	if (code)
		return fault_set(fault, ERR_USAGE, place_name, "\"%.80s\": %s", where, gai_strerror(code));
	out->fd = bind_one(found);
	int saved = errno;
	bool v6 = found->ai_family == AF_INET6;
	freeaddrinfo(found);
	if (out->fd < 0)
		return fault_set(fault, ERR_NETWORK, place_name, "cannot listen on %.80s: %s", where, strerror(saved));
	describe(out->fd, v6, out->address);
	return OK;
}

unsigned files_raise(void)
{
	enum { WANTED = LIMIT_WAITING_SCREENS + LIMIT_BROWSERS + 200 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return 256;
	if (limit.rlim_cur < WANTED) {
		limit.rlim_cur = limit.rlim_max < WANTED ? limit.rlim_max : WANTED;
		if (setrlimit(RLIMIT_NOFILE, &limit) || getrlimit(RLIMIT_NOFILE, &limit))
			return 256;
	}
	return limit.rlim_cur > 1000000 ? 1000000 : (unsigned)limit.rlim_cur;
}
