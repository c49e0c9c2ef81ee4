/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/speech_plug.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	CARDS_MAX = 32,     /* the kernel's own maximum */
	SETTLE_MS = 100,    /* a card makes several files; the last one tells that it is whole */
	CARDS_BYTES = 8192, /* of /proc/asound/cards */
};

struct plug {
	struct plug_config config;
	char dev[PATH_MAX], snd[PATH_MAX], proc[PATH_MAX];
	pthread_t thread;
	int watch_fd, stop_fd, snd_watch;
	bool own[CARDS_MAX]; /* were there at the start */
	int headset;         /* the card's number; -1: none */

	pthread_mutex_t lock;
	bool has_news;
	struct plug_news news;
};

/* "pcmC1D0p" plays on card 1. */
static int card_of(const char *file)
{
	int card = 0;

	if (strncmp(file, "pcmC", 4) != 0 || file[4] < '0' || file[4] > '9' || file[strlen(file) - 1] != 'p')
		return -1;
	for (const char *s = file + 4; *s >= '0' && *s <= '9' && card < CARDS_MAX; s++)
		card = card * 10 + (*s - '0');
	return card < CARDS_MAX ? card : -1;
}

static void look(const struct plug *plug, bool cards[CARDS_MAX])
{
	DIR *dir = opendir(plug->snd);

	memset(cards, 0, CARDS_MAX * sizeof *cards);
	if (!dir)
		return;
	for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		int card = card_of(entry->d_name);
		if (card >= 0)
			cards[card] = true;
	}
	closedir(dir);
}

static bool is_usb(const struct plug *plug, int card)
{
	char path[PATH_MAX + 40];

	snprintf(path, sizeof path, "%s/card%d/usbid", plug->proc, card);
	return access(path, F_OK) == 0;
}

/* From a line like " 1 [Device         ]: USB-Audio - USB Audio Device". */
static void name_in(const char *cards, int card, char *out)
{
	char begins[16];

	snprintf(begins, sizeof begins, "%2d [", card);
	for (const char *line = cards; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		const char *name = strncmp(line, begins, strlen(begins)) == 0 ? strstr(line, " - ") : NULL;
		if (!name)
			continue;
		size_t len = strcspn(name + 3, "\n");
		len = len < CARD_NAME_SIZE ? len : CARD_NAME_SIZE - 1;
		memcpy(out, name + 3, len);
		out[len] = '\0';
		return;
	}
}

static void name_of(const struct plug *plug, int card, char *out)
{
	char path[PATH_MAX + 40], cards[CARDS_BYTES + 1];

	out[0] = '\0';
	snprintf(path, sizeof path, "%s/cards", plug->proc);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	ssize_t n = read(fd, cards, CARDS_BYTES);
	close(fd);
	cards[n > 0 ? n : 0] = '\0';
	name_in(cards, card, out);
}

static void tell(struct plug *plug, bool on)
{
	pthread_mutex_lock(&plug->lock);
	plug->has_news = true;
	plug->news.on = on;
	plug->news.card[0] = '\0';
	if (on)
		name_of(plug, plug->headset, plug->news.card);
	pthread_mutex_unlock(&plug->lock);
	plug->config.ring(plug->config.context);
}

static void compare(struct plug *plug)
{
	bool cards[CARDS_MAX];

	look(plug, cards);
	if (plug->headset >= 0 && !cards[plug->headset]) {
		plug->headset = -1;
		tell(plug, false);
	}
	for (int i = 0; i < CARDS_MAX && plug->headset < 0; i++) {
		if (!cards[i] || plug->own[i] || !is_usb(plug, i))
			continue;
		plug->headset = i;
		tell(plug, true);
	}
}

/* The folder comes with the first card, and may go with the last one. */
static void watch_snd(struct plug *plug)
{
	if (plug->snd_watch < 0)
		plug->snd_watch = inotify_add_watch(plug->watch_fd, plug->snd,
						    IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_ONLYDIR);
}

static void read_events(struct plug *plug)
{
	_Alignas(struct inotify_event) char bytes[4096];
	ssize_t n = read(plug->watch_fd, bytes, sizeof bytes);

	for (ssize_t at = 0; at < n;) {
		const struct inotify_event *event = (const void *)(bytes + at);
		if (event->wd == plug->snd_watch && (event->mask & IN_IGNORED))
			plug->snd_watch = -1;
		at += (ssize_t)sizeof *event + event->len;
	}
	watch_snd(plug);
}

static void *run(void *context)
{
	struct plug *plug = context;
	struct pollfd fds[] = { { .fd = plug->watch_fd, .events = POLLIN }, { .fd = plug->stop_fd, .events = POLLIN } };
	bool moved = false;

	for (;;) {
		int n = poll(fds, 2, moved ? SETTLE_MS : -1);
		if (n < 0 && errno != EINTR)
			return NULL;
		if (n > 0 && fds[1].revents)
			return NULL;
		if (n > 0) {
			read_events(plug);
			moved = true;
		} else if (n == 0) {
			moved = false;
			compare(plug);
		}
	}
}

static enum err watch(struct plug *plug, struct fault *fault)
{
	plug->stop_fd = eventfd(0, EFD_CLOEXEC);
	plug->watch_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (plug->stop_fd < 0 || plug->watch_fd < 0 ||
	    inotify_add_watch(plug->watch_fd, plug->dev, IN_CREATE | IN_ONLYDIR) < 0)
		return fault_set(fault, ERR_DEVICE, plug->dev, "cannot be watched for headsets: %s", strerror(errno));
	watch_snd(plug);
	look(plug, plug->own);
	if (pthread_create(&plug->thread, NULL, run, plug) != 0)
		return fault_set(fault, ERR_DEVICE, "headset", "no thread to wait for it");
	return OK;
}

static void release(struct plug *plug)
{
	if (plug->watch_fd >= 0)
		close(plug->watch_fd);
	if (plug->stop_fd >= 0)
		close(plug->stop_fd);
	pthread_mutex_destroy(&plug->lock);
	mem_free(plug);
}

enum err plug_start(const struct plug_config *config, struct plug **out, struct fault *fault)
{
	struct plug *plug = mem_alloc(sizeof *plug);

	*out = NULL;
	if (!plug)
		return fault_set(fault, ERR_MEMORY, "headset", "%s", err_cause(ERR_MEMORY));
	plug->config = *config;
	plug->watch_fd = plug->stop_fd = plug->snd_watch = plug->headset = -1;
	snprintf(plug->dev, sizeof plug->dev, "%s", config->dev ? config->dev : "/dev");
	snprintf(plug->proc, sizeof plug->proc, "%s", config->proc ? config->proc : "/proc/asound");
	snprintf(plug->snd, sizeof plug->snd, "%.*s/snd", PATH_MAX - 5, plug->dev);
	pthread_mutex_init(&plug->lock, NULL);
	enum err err = watch(plug, fault);
	if (err)
		release(plug);
	else
		*out = plug;
	return err;
}

void plug_stop(struct plug *plug)
{
	const uint64_t one = 1;

	if (!plug)
		return;
	while (write(plug->stop_fd, &one, sizeof one) < 0 && errno == EINTR)
		continue;
	pthread_join(plug->thread, NULL);
	release(plug);
}

bool plug_take(struct plug *plug, struct plug_news *out)
{
	pthread_mutex_lock(&plug->lock);
	bool has = plug->has_news;
	*out = plug->news;
	plug->has_news = false;
	pthread_mutex_unlock(&plug->lock);
	return has;
}
