/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around every page. */
#include "central/layout.h"

#include <string.h>

#include "central/assets.h"
#include "central/central.h"
#include "central/session.h"

/* part of the address below a centre, words */
#define NAVIGATION(X)                                    \
	X("activities", TEXT_STAFF_NAV_ACTIVITIES)       \
	X("needs", TEXT_STAFF_NAV_NEEDS)                 \
	X("signups", TEXT_STAFF_NAV_SIGNUPS)             \
	X("notices", TEXT_STAFF_NAV_NOTICES)             \
	X("organisations", TEXT_STAFF_NAV_ORGANISATIONS) \
	X("contacts", TEXT_STAFF_NAV_CONTACTS)           \
	X("calendars", TEXT_STAFF_NAV_CALENDARS)

/* ?done=KEY, words */
#define DONE(X)                                           \
	X("added", TEXT_STAFF_DONE_ADDED)                 \
	X("calendars_own", TEXT_STAFF_DONE_CALENDARS_OWN) \
	X("cancelled", TEXT_STAFF_DONE_CANCELLED)         \
	X("changed", TEXT_STAFF_DONE_CHANGED)             \
	X("imported", TEXT_STAFF_DONE_IMPORTED)           \
	X("password", TEXT_STAFF_DONE_PASSWORD)           \
	X("removed", TEXT_STAFF_DONE_REMOVED)             \
	X("restored", TEXT_STAFF_DONE_RESTORED)           \
	X("saved", TEXT_STAFF_DONE_SAVED)                 \
	X("sent", TEXT_STAFF_DONE_SENT)

struct named_text {
	const char *key;
	enum text_id words;
};
#define ROW(key, words) { key, words },
static const struct named_text navigation[] = { NAVIGATION(ROW) };
static const struct named_text done_texts[] = { DONE(ROW) };

/* The style sheets of assets/pages, in this order; those that are not there are left out. */
static const char *const sheets[] = { "designsystemet.css", "oppslag.css" };

static void head(struct request *req, const char *title)
{
	struct page *p = &req->page;

	html(p,
	     "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s – %t</title>\n",
	     lang_code(req->lang), title, TEXT_PAGE_APP);
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
		const char *url = assets_url(req->central->assets, sheets[i]);
		if (url)
			html(p, "<link rel=\"stylesheet\" href=\"%u\">\n", url);
	}
	const char *icon = assets_url(req->central->assets, "icon.svg");
	if (icon)
		html(p, "<link rel=\"icon\" href=\"%u\" type=\"image/svg+xml\">\n", icon);
	html(p, "</head>\n");
}

/* A button each for the languages that are not this page's; it works without a session too. */
static void languages(struct request *req)
{
	struct page *p = &req->page;

	for (size_t i = 0; i < lang_count(); i++) {
		const struct lang *lang = lang_at(i);
		if (lang == req->lang)
			continue;
		html(p,
		     "<form method=\"post\" action=\"/language\" class=\"op-language\"><input type=\"hidden\" name=\"csrf\" "
		     "value=\"%s\"><input type=\"hidden\" name=\"next\" value=\"%s\"><button class=\"ds-button\" "
		     "data-variant=\"tertiary\" data-size=\"sm\" type=\"submit\" name=\"lang\" value=\"%s\" lang=\"%s\">%s"
		     "</button></form>\n",
		     req->csrf, req->path, lang_code(lang), lang_code(lang), lang_autonym(lang));
	}
}

/* <a> in a list of links; the one for the page that is shown says so. */
static void nav_link(struct request *req, const char *url, enum text_id words)
{
	size_t len = strlen(url);
	bool here = strncmp(req->path, url, len) == 0 && (req->path[len] == '\0' || req->path[len] == '/');

	if (here)
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\" aria-current=\"page\">%t</a></li>\n", url,
		     words);
	else
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">%t</a></li>\n", url, words);
}

static void staff_header(struct request *req, const char *centre, const char *centre_name)
{
	struct page *p = &req->page;

	html(p, "<div class=\"op-bar\"><a class=\"ds-link op-home\" href=\"/staff\">%s</a>\n",
	     centre_name ? centre_name : req_text(req, TEXT_PAGE_APP));
	languages(req);
	if (req->user)
		html(p,
		     "<a class=\"ds-link\" href=\"/staff/password\">%s</a>\n<form method=\"post\" action=\"/staff/logout\">"
		     "<input type=\"hidden\" name=\"csrf\" value=\"%s\"><button class=\"ds-button\" data-variant=\"tertiary\" "
		     "data-size=\"sm\" type=\"submit\">%t</button></form>\n",
		     req->user->name, req->csrf, TEXT_STAFF_LOGOUT);
	html(p, "</div>\n");
	if (!centre || !req->user)
		return;
	html(p, "<nav aria-label=\"%t\" class=\"op-nav\"><ul>\n", TEXT_STAFF_NAV);
	for (size_t i = 0; i < sizeof navigation / sizeof *navigation; i++) {
		const char *url = req_printf(req, "/staff/c/%s/%s", centre, navigation[i].key);
		if (url)
			nav_link(req, url, navigation[i].words);
	}
	html(p, "</ul></nav>\n");
}

/* The same as links, for visitors: no cookie, and a link that is sent on says what its sender saw. */
static void language_links(struct request *req)
{
	for (size_t i = 0; i < lang_count(); i++) {
		const struct lang *lang = lang_at(i);
		const char *url = req_printf(req, "?l=%s", lang_code(lang));
		if (lang != req->lang && url)
			html(&req->page,
			     "<a class=\"ds-link op-language\" href=\"%u\" hreflang=\"%s\" lang=\"%s\">%s</a>\n", url,
			     lang_code(lang), lang_code(lang), lang_autonym(lang));
	}
}

static void public_header(struct request *req, enum frame frame, const char *centre_name)
{
	html(&req->page, "<div class=\"op-bar\"><span class=\"op-home\">%s</span>\n",
	     centre_name ? centre_name : req_text(req, TEXT_PAGE_APP));
	if (frame == FRAME_PUBLIC)
		language_links(req);
	else
		languages(req);
	html(&req->page, "</div>\n");
}

static void done_message(struct request *req)
{
	for (size_t i = 0; req->done && i < sizeof done_texts / sizeof *done_texts; i++)
		if (strcmp(req->done, done_texts[i].key) == 0)
			page_alert(req, TONE_SUCCESS, req_text(req, done_texts[i].words));
}

void page_open_centre(struct request *req, enum frame frame, const char *centre, const char *centre_name,
		      const char *title)
{
	static const char *const names[] = {
		[FRAME_PUBLIC] = "public", [FRAME_STAFF] = "staff", [FRAME_BARE] = "bare"
	};
	struct page *p = &req->page;

	head(req, title);
	html(p,
	     "<body class=\"op-%s\">\n<a class=\"ds-skip-link\" href=\"#content\">%t</a>\n<header class=\"op-header\">\n",
	     names[frame], TEXT_PAGE_SKIP);
	if (frame == FRAME_STAFF)
		staff_header(req, centre, centre_name);
	else
		public_header(req, frame, centre_name);
	html(p, "</header>\n<main id=\"content\" class=\"op-main\" tabindex=\"-1\">\n");
	done_message(req);
	html(p, "<h1 class=\"ds-heading\" data-size=\"lg\">%s</h1>\n", title);
}

void page_open(struct request *req, enum frame frame, const char *title)
{
	page_open_centre(req, frame, NULL, NULL, title);
}

void page_close(struct request *req)
{
	html(&req->page, "</main>\n</body>\n</html>\n");
}

void page_alert(struct request *req, enum tone tone, const char *text)
{
	static const char *const names[] = {
		[TONE_INFO] = "info", [TONE_SUCCESS] = "success", [TONE_WARNING] = "warning", [TONE_DANGER] = "danger"
	};
	const char *role = tone == TONE_DANGER || tone == TONE_WARNING ? "alert" : "status";

	html(&req->page,
	     "<div class=\"ds-alert\" data-color=\"%s\" role=\"%s\"><p class=\"ds-paragraph\">%s</p></div>\n",
	     names[tone], role, text);
}

void page_button(struct request *req, const char *url, enum text_id words, bool primary)
{
	html(&req->page, "<a class=\"ds-button\" data-variant=\"%s\" href=\"%u\">%t</a>\n",
	     primary ? "primary" : "secondary", url, words);
}

void reply_done(struct request *req, const char *path, const char *key)
{
	const char *location = req_printf(req, "%s%cdone=%s", path, strchr(path, '?') ? '&' : '?', key);

	reply_see_other(req, location ? location : path);
}

/* ---- errors ------------------------------------------------------------- */

/* status, heading, what to do */
#define ERRORS(X)                                             \
	X(400, TEXT_PAGE_ERROR_400, TEXT_PAGE_ERROR_400_TEXT) \
	X(403, TEXT_PAGE_ERROR_403, TEXT_PAGE_ERROR_403_TEXT) \
	X(404, TEXT_PAGE_ERROR_404, TEXT_PAGE_ERROR_404_TEXT) \
	X(405, TEXT_PAGE_ERROR_400, TEXT_PAGE_ERROR_400_TEXT) \
	X(409, TEXT_PAGE_ERROR_409, TEXT_PAGE_ERROR_409_TEXT) \
	X(413, TEXT_PAGE_ERROR_413, TEXT_PAGE_ERROR_413_TEXT) \
	X(503, TEXT_PAGE_ERROR_503, TEXT_PAGE_ERROR_503_TEXT) \
	X(500, TEXT_PAGE_ERROR_500, TEXT_PAGE_ERROR_500_TEXT)

void page_error(struct request *req, int status)
{
	static const struct {
		int status;
		enum text_id heading, text;
	} errors[] = {
#define X(status, heading, text) { status, heading, text },
		ERRORS(X)
#undef X
	};
	size_t i = 0;

	while (errors[i].status != status && i + 1 < sizeof errors / sizeof *errors)
		i++;
	page_open(req, FRAME_BARE, req_text(req, errors[i].heading));
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", errors[i].text);
	page_button(req, req->user ? "/staff" : "/", TEXT_PAGE_ERROR_HOME, true);
	page_close(req);
}
