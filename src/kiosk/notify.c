/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/notify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

/* Not libsystemd: sd_notify(3) promises the protocol for good ("Standalone Implementations"), and the library would be
 * loaded, with the four compressors that it is linked to, before the first picture. */

enum { RETRY_MS = 1000, MESSAGE_SIZE = 16 + NOTIFY_STATUS_SIZE };

/* "@NAME" is an abstract socket (unix(7)), "/PATH" one in the file system; vsock is for virtual machines' init. */
static bool address_of(struct notify *notify, const char *name)
{
	size_t len = strlen(name);

	if ((name[0] != '/' && name[0] != '@') || len < 2 || len >= sizeof notify->to.sun_path)
		return false;
	notify->to.sun_family = AF_UNIX;
	memcpy(notify->to.sun_path, name, len);
	if (name[0] == '@')
		notify->to.sun_path[0] = '\0';
	notify->to_len = (unsigned)(offsetof(struct sockaddr_un, sun_path) + len);
	return true;
}

/* Digits alone; 0 for all else. */
static int64_t number_of(const char *s)
{
	char *end = NULL;

	if (!s || *s < '0' || *s > '9')
		return 0;
	long long n = strtoll(s, &end, 10);
	return *end == '\0' && n > 0 && n < INT64_MAX ? n : 0;
}

static int64_t period_of(const char *usec, const char *pid)
{
	/* sd_watchdog_enabled(3): another process' watchdog is none of ours. */
	if (pid && number_of(pid) != getpid())
		return 0;
	return number_of(usec) / 1000;
}

void notify_init(struct notify *notify, int64_t now_ms)
{
	const char *name = getenv("NOTIFY_SOCKET");

	*notify = (struct notify){ .fd = -1, .fed_ms = now_ms };
	if (name && address_of(notify, name))
		notify->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	else if (name)
		log_line(LOG_WARNING, "NOTIFY_SOCKET: not an address: \"%.100s\"", name);
	notify->listens = notify->fd >= 0;
	if (notify->listens)
		notify->period_ms = period_of(getenv("WATCHDOG_USEC"), getenv("WATCHDOG_PID"));
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

void notify_free(struct notify *notify)
{
	if (notify->listens)
		close(notify->fd);
	*notify = (struct notify){ .fd = -1 };
}

/* False: there was no room; a listener that is gone for good is not waited for either. */
static bool tell(const struct notify *notify, const char *message)
{
	return !notify->listens || sendto(notify->fd, message, strlen(message), MSG_NOSIGNAL,
					  (const struct sockaddr *)&notify->to, notify->to_len) >= 0;
}

void notify_ready(struct notify *notify)
{
	if (!tell(notify, "READY=1"))
		log_line(LOG_WARNING, "nobody takes the word that the screen is ready: %s", strerror(errno));
}

void notify_stopping(struct notify *notify)
{
	tell(notify, "STOPPING=1");
}

void notify_status(struct notify *notify, const char *line)
{
	char message[MESSAGE_SIZE];

	if (!notify->listens || strncmp(notify->status, line, sizeof notify->status - 1) == 0)
		return;
	snprintf(message, sizeof message, "STATUS=%.*s", NOTIFY_STATUS_SIZE - 1, line);
	if (tell(notify, message))
		snprintf(notify->status, sizeof notify->status, "%s", line);
}

void notify_turn(struct notify *notify, int64_t now_ms)
{
	bool due = now_ms - notify->fed_ms >= notify->period_ms / 4;

	if (notify->period_ms == 0 || !due || now_ms < notify->retry_ms)
		return;
	if (tell(notify, "WATCHDOG=1")) {
		notify->fed_ms = now_ms;
		notify->retry_ms = 0;
	} else {
		int64_t soon = notify->period_ms / 8;
		notify->retry_ms = now_ms + (soon < RETRY_MS ? soon : RETRY_MS);
	}
}

int64_t notify_deadline(const struct notify *notify)
{
	int64_t due = notify->fed_ms + notify->period_ms / 2;

	if (notify->period_ms == 0)
		return INT64_MAX;
	return due > notify->retry_ms ? due : notify->retry_ms;
}
