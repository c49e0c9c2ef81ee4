/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `serve`: everything in the order in which it needs each other, then the same backwards. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "central/assets.h"
#include "central/central.h"
#include "central/cli.h"
#include "central/http_server.h"
#include "central/jobs.h"
#include "central/negotiate.h"
#include "central/publisher.h"
#include "core/feed_rules.h"
#include "io/file.h"

enum { URL_SIZE = 256 };

struct service {
	struct central central;
	struct listener listeners[2];
	struct feeds *feeds;
	struct http *http;
	char public_url[URL_SIZE];
};

/* What phones reach this server by: scheme and host, nothing behind. */
static enum err take_public_url(const struct settings *settings, const char *address, char *out, struct fault *fault)
{
	const char *url = settings_text(settings, SET_PUBLIC_URL);
	size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;

	if (!*url) {
		snprintf(out, URL_SIZE, "http://%s", address);
		return OK;
	}
	snprintf(out, URL_SIZE, "%s", url);
	size_t len = strlen(out);
	if (len && out[len - 1] == '/')
		out[len - 1] = '\0';
	if (!scheme || !host_is_valid(out + scheme))
		return fault_set(fault, ERR_VALUE, settings_origin(settings, SET_PUBLIC_URL),
				 "public-url is not https://HOST or http://HOST: \"%.100s\"", url);
	return OK;
}

static enum err listen_both(struct service *s, const struct settings *settings, struct fault *fault)
{
	const char *where = settings_text(settings, SET_LISTEN), *screens = settings_text(settings, SET_LISTEN_SCREENS);
	char next[LISTEN_ADDRESS_SIZE];
	enum err err = listen_open(where, "listen", &s->listeners[0], fault);

	if (err || strcmp(screens, "off") == 0)
		return err;
	if (strcmp(screens, "next") == 0) {
		if (listen_next(where, next, sizeof next))
			return fault_set(fault, ERR_VALUE, "listen-screens", "there is no port behind that of listen");
		screens = next;
	}
	return listen_open(screens, "listen-screens", &s->listeners[1], fault);
}

static enum err load_assets(struct central *central, struct fault *fault)
{
	char path[4096];
	enum err err = data_path("pages", path, sizeof path, fault);

	return err ? err : assets_load(path, &central->assets, fault);
}

static void say_where(const struct service *s)
{
	const char *host = strncmp(s->public_url, "https://", 8) == 0 ? s->public_url + 8 : s->public_url;

	if (!feed_is_host(host))
		log_line(LOG_WARNING, "public-url is neither https:// nor loopback: screens show no codes for sign-up");
	printf("listening http://%s/", s->listeners[0].address);
	if (s->listeners[1].fd >= 0)
		printf(" screens http://%s/", s->listeners[1].address);
	putchar('\n');
	fflush(stdout);
}

static enum err start(struct service *s, struct cli *cli, struct fault *fault)
{
	struct central *central = &s->central;
	const struct settings *settings = &cli->settings;
	struct db *db;
	enum err err = listen_both(s, settings, fault);

	if (!err)
		err = take_public_url(settings, s->listeners[0].address, s->public_url, fault);
	*central = (struct central){ .settings = settings,
				     .database = settings_text(settings, SET_DATABASE),
				     .public_url = s->public_url,
				     .secure = strncmp(s->public_url, "https://", 8) == 0,
				     .trusted_proxy = settings_text(settings, SET_TRUSTED_PROXY),
				     .lang = settings_text(settings, SET_LANGUAGE) };
	if (!err)
		err = cli_database(cli, &db, fault);
	if (!err)
		db_close(db);
	if (!err)
		err = load_assets(central, fault);
	if (err)
		return err;
	s->feeds = feeds_new();
	if (!s->feeds)
		return fault_set(fault, ERR_MEMORY, "feeds", "out of memory");
	central->feeds = s->feeds;
	err = publisher_start(central, s->feeds, &central->publisher, fault);
	if (!err)
		err = jobs_start(central, &central->jobs, fault);
	return err ? err : http_start(central, s->feeds, s->listeners, &s->http, fault);
}

static void stop(struct service *s)
{
	atomic_store(&s->central.stopping, true);
	if (s->http)
		http_stop(s->http);
	for (int i = 0; i < 2 && !s->http; i++)
		if (s->listeners[i].fd >= 0)
			close(s->listeners[i].fd);
	if (s->central.jobs)
		jobs_stop(s->central.jobs);
	if (s->central.publisher)
		publisher_stop(s->central.publisher);
	if (s->feeds)
		feeds_del(s->feeds);
	assets_free(s->central.assets);
}

enum err cmd_serve(struct cli *cli, struct fault *fault)
{
	struct service service = { .listeners = { { .fd = -1 }, { .fd = -1 } } };
	sigset_t ends;
	int which;
	enum err err = cli_expect(cli, 0, 0, fault);

	if (err)
		return err;
	/* Blocked before any thread is made, so that only sigwait below gets them. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
	err = start(&service, cli, fault);
	if (!err) {
		say_where(&service);
		sigwait(&ends, &which);
	}
	stop(&service);
	return err;
}
