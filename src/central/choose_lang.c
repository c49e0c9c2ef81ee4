/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/choose_lang.h"

#include <string.h>
#include <strings.h>

#include "central/negotiate.h"
#include "central/session.h"

enum { CODE_SIZE = 16 };

static bool for_staff(const char *path)
{
	static const char staff[] = "/staff";
	size_t len = sizeof staff - 1;

	return strncasecmp(path, staff, len) == 0 && (path[len] == '\0' || path[len] == '/' || path[len] == '?');
}

/* LANG, unless the page is for staff and LANG has not their texts. */
static const struct lang *speaks(const struct lang *lang, bool staff)
{
	return lang && (!staff || lang_has_staff(lang)) ? lang : NULL;
}

static const struct lang *of_link(const struct form_pairs *query, bool staff)
{
	const struct lang *lang = NULL;

	for (size_t i = 0; i < query->n && !lang; i++)
		if (strcasecmp(query->v[i].name, "l") == 0)
			lang = speaks(lang_match(query->v[i].value), staff);
	return lang;
}

static const struct lang *of_browser(const struct request *req, const struct incoming *in, bool staff)
{
	const char *wish = in->accept_language ? in->accept_language : "";

	if (!staff)
		return lang_accept(wish, req->lang);
	return lang_accept_staff(wish, lang_has_staff(req->lang) ? req->lang : lang_at(0));
}

static void choose(struct request *req, const struct incoming *in, const struct form_pairs *query, bool staff)
{
	const struct lang *lang = of_link(query, staff);
	char code[CODE_SIZE];

	req->for_staff = staff;
	req->link_lang = lang ? lang_code(lang) : NULL;
	if (!lang && req->user && req->user->lang)
		lang = speaks(lang_find(req->user->lang), staff);
	if (!lang && cookie_find(in->cookie, "lang", code, sizeof code))
		lang = speaks(lang_find(code), staff);
	req->lang = lang ? lang : of_browser(req, in, staff);
}

void choose_lang(struct request *req, const struct incoming *in, const struct form_pairs *query)
{
	choose(req, in, query, for_staff(req->path));
}

void choose_lang_of_target(struct request *req, const struct incoming *in)
{
	const char *query = strchr(in->target, '?');
	struct form_pairs pairs = { 0 };
	struct fault unsaid = { 0 };

	if (query && form_parse(req->arena, NULL, query + 1, strlen(query + 1), &pairs, &unsaid) != OK)
		pairs = (struct form_pairs){ 0 };
	choose(req, in, &pairs, for_staff(in->target));
}
