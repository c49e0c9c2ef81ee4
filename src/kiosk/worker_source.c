/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/worker_source.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "io/fetch.h"

static const char feed_path[] = "/feed/v1/";

static bool is_id(const char *s, size_t len)
{
	if (len == 0 || len > LIMIT_ID)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && !strchr("._-", s[i]))
			return false;
	return true;
}

/* What follows the host, "" if nothing does. */
static const char *path_of(const char *url)
{
	const char *host = strstr(url, "://");

	host = host ? host + 3 : url;
	return host + strcspn(host, "/?#");
}

/* "…/feed/v1/ID" names its centre. */
static void take_centre(struct source *source)
{
	const char *at = strstr(path_of(source->address), feed_path);
	const char *id = at ? at + sizeof feed_path - 1 : "";
	size_t len = strcspn(id, "?#");

	if (is_id(id, len))
		snprintf(source->centre, sizeof source->centre, "%.*s", (int)len, id);
}

static enum err init_http(struct source *source, const char *feed, const char *centre, struct fault *fault)
{
	const char *path = path_of(feed);
	bool bare = *path == '\0' || strcmp(path, "/") == 0;

	source->is_http = true;
	url_origin(feed, source->name, sizeof source->name);
	if (bare && !is_id(centre, strlen(centre)))
		return fault_set(fault, ERR_VALUE, source->name,
				 "which centre? The feed's address is %s/feed/v1/CENTRE, or set centre", source->name);
	int n = bare ? snprintf(source->address, sizeof source->address, "%.*s%s%s", (int)(path - feed), feed,
				feed_path, centre)
		     : snprintf(source->address, sizeof source->address, "%s", feed);
	if (n < 0 || (size_t)n >= sizeof source->address)
		return fault_set(fault, ERR_LIMIT, source->name, "the address is too long");
	take_centre(source);
	return OK;
}

enum err source_init(struct source *source, const char *feed, const char *centre, struct fault *fault)
{
	*source = (struct source){ 0 };
	if (url_is_http(feed))
		return init_http(source, feed, centre, fault);
	if (strstr(feed, "://"))
		return fault_set(fault, ERR_VALUE, NULL, "not an http, https or webcal address, and no file: \"%.60s\"",
				 feed);
	if ((size_t)snprintf(source->address, sizeof source->address, "%s", feed) >= sizeof source->address)
		return fault_set(fault, ERR_LIMIT, NULL, "the feed's path is too long");
	snprintf(source->name, sizeof source->name, "%.299s", feed);
	return OK;
}

enum err source_callbacks(const struct source *source, const char *central, char *out, size_t size, struct fault *fault)
{
	const char *base = *central ? central : source->address;
	const char *feed = !*central && source->is_http ? strstr(path_of(base), feed_path) : NULL;
	size_t len = feed ? (size_t)(feed - base) : *central ? strlen(central) : 0;

	*out = '\0';
	if (*central && (!url_is_http(central) || strncmp(central, "http", 4) != 0))
		return fault_set(fault, ERR_VALUE, "central", "not an http or https address");
	while (len > 0 && base[len - 1] == '/')
		len--;
	if (len > 0 && (size_t)snprintf(out, size, "%.*s/callbacks/v1", (int)len, base) >= size)
		return fault_set(fault, ERR_LIMIT, "central", "the address is too long");
	return OK;
}
