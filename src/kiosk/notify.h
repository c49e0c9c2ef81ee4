/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What systemd is told of the program, by the protocol of sd_notify(3): ready,
 * a line of status, stopping, and that the drawing loop still turns. Only the
 * loop's own thread may call this: a sign of life from anywhere else would keep
 * a dead screen alive. Nothing of it waits, fails or costs where nobody listens. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/un.h>

enum { NOTIFY_STATUS_SIZE = 200 };

struct notify {
	bool listens; /* somebody, at FD */
	int fd;
	struct sockaddr_un to;
	unsigned to_len;
	int64_t period_ms; /* by which the watchdog wants its sign of life; 0: there is none */
	int64_t fed_ms;    /* when it last got one */
	int64_t retry_ms;  /* when to try again what found no room; 0: it was taken */
	char status[NOTIFY_STATUS_SIZE];
};

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, and takes them out of the environment. */
void notify_init(struct notify *notify, int64_t now_ms);
void notify_free(struct notify *notify);

/* The first picture is on the glass. */
void notify_ready(struct notify *notify);
void notify_stopping(struct notify *notify);
/* For `systemctl status`: one line, sent when it is another one than before. No personal data. */
void notify_status(struct notify *notify, const char *line);

/* A turn of the loop. The watchdog is fed when a quarter of its time has passed, so that the clock's minute serves one
 * of two minutes and a half; a deadline of its own, half of its time, is there for shorter ones. */
void notify_turn(struct notify *notify, int64_t now_ms);
/* When the next turn has to be; INT64_MAX: whenever. */
int64_t notify_deadline(const struct notify *notify);
