/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/routes.h"

#include <string.h>
#include <strings.h>

#include "central/request.h"
#include "core/feed_rules.h"

#define GET METHOD_GET
#define POST METHOD_POST
const struct route routes[] = {
#define X(method, path, role, table, flags, handler) { method, path, ROLE_##role, &table, flags, handler },
	ROUTES(X)
#undef X
};
#undef GET
#undef POST
const size_t n_routes = sizeof routes / sizeof *routes;

/* One part of a path: up to the next slash or the end. */
static size_t part_length(const char *s)
{
	return strcspn(s, "/");
}

struct match {
	struct arena *arena;
	const char *params[PARAMS_MAX];
	size_t n;
	const char *centre;
};

static bool match_part(struct match *match, const char *pattern, size_t pattern_len, const char *part, size_t len)
{
	if (*pattern != '{')
		return pattern_len == len && strncasecmp(pattern, part, len) == 0;
	char *value = arena_copy(match->arena, part, len);
	if (!value || !feed_is_id(value) || match->n == PARAMS_MAX)
		return false;
	match->params[match->n++] = value;
	if (strncmp(pattern, "{centre}", pattern_len) == 0)
		match->centre = value;
	return true;
}

static bool match_path(struct match *match, const char *pattern, const char *path)
{
	for (;;) {
		size_t pattern_len = part_length(pattern), len = part_length(path);
		if (!match_part(match, pattern, pattern_len, path, len))
			return false;
		pattern += pattern_len;
		path += len;
		if (!*pattern || !*path)
			return *pattern == *path;
		pattern++;
		path++;
	}
}

enum err route_find(struct arena *arena, enum method method, const char *path, const struct route **out,
		    const char **params, const char **centre, const char **allow)
{
	bool other = false;

	for (size_t i = 0; i < n_routes; i++) {
		struct match match = { .arena = arena };
		if (!match_path(&match, routes[i].path, path))
			continue;
		if (routes[i].method != method) {
			other = true;
			*allow = routes[i].method == METHOD_GET ? "GET, HEAD" : "POST";
			continue;
		}
		*out = &routes[i];
		memcpy(params, match.params, sizeof match.params);
		*centre = match.centre;
		return OK;
	}
	return other ? ERR_REFUSED : ERR_NOT_FOUND;
}
