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
	X("callbacks", TEXT_STAFF_NAV_CALLBACKS)         \
	X("notices", TEXT_STAFF_NAV_NOTICES)             \
	X("organisations", TEXT_STAFF_NAV_ORGANISATIONS) \
	X("contacts", TEXT_STAFF_NAV_CONTACTS)           \
	X("calendars", TEXT_STAFF_NAV_CALENDARS)

/* ?done=KEY, words */
#define DONE(X)                                           \
	X("added", TEXT_STAFF_DONE_ADDED)                 \
	X("calendars_own", TEXT_STAFF_DONE_CALENDARS_OWN) \
	X("called", TEXT_STAFF_DONE_CALLED)               \
	X("cancelled", TEXT_STAFF_DONE_CANCELLED)         \
	X("changed", TEXT_STAFF_DONE_CHANGED)             \
	X("imported", TEXT_STAFF_DONE_IMPORTED)           \
	X("password", TEXT_STAFF_DONE_PASSWORD)           \
	X("removed", TEXT_STAFF_DONE_REMOVED)             \
	X("restored", TEXT_STAFF_DONE_RESTORED)           \
	X("saved", TEXT_PAGE_DONE_SAVED)                  \
	X("sent", TEXT_STAFF_DONE_SENT)                   \
	X("uncalled", TEXT_STAFF_DONE_UNCALLED)

struct named_text {
	const char *key;
	enum text_id words;
};
#define ROW(key, words) { key, words },
static const struct named_text navigation[] = { NAVIGATION(ROW) };
static const struct named_text done_texts[] = { DONE(ROW) };

/* The style sheets of assets/pages, in this order; those that are not there are left out. */
static const char *const sheets[] = { "designsystemet.css", "oppslag.css" };

static const char *direction(const struct lang *lang)
{
	return lang_is_rtl(lang) ? "rtl" : "ltr";
}

static void head(struct request *req, const char *title)
{
	struct page *p = &req->page;

	html(p,
	     "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s – %t</title>\n",
	     lang_code(req->lang), direction(req->lang), title, TEXT_PAGE_APP);
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

/* A button each for the languages that staff can have and this page has not; it works without a session too. */
static void languages(struct request *req)
{
	struct page *p = &req->page;

	for (size_t i = 0; i < lang_count(); i++) {
		const struct lang *lang = lang_at(i);
		if (lang == req->lang || !lang_has_staff(lang))
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
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\" aria-current=\"page\">%t", url, words);
	else
		html(&req->page, "<li><a class=\"ds-link\" href=\"%u\">%t", url, words);
	if (words == TEXT_STAFF_NAV_CALLBACKS && req->callbacks_waiting > 0)
		html(&req->page,
		     "<span class=\"op-count%s\" aria-hidden=\"true\">%d</span><span class=\"op-only-heard\">, %s</span>",
		     req->callbacks_late ? " op-count-late" : "", req->callbacks_waiting,
		     lang_format(req->arena, req->lang, TEXT_STAFF_NAV_WAITING, ARG_N(req->callbacks_waiting)));
	html(&req->page, "</a></li>\n");
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

static void language_link(struct request *req, const struct lang *lang)
{
	const char *code = lang_code(lang);
	struct page *p = &req->page;

	html(p, "<li><a class=\"ds-link\" href=\"?l=%s\" hreflang=\"%s\" lang=\"%s\"", code, code, code);
	if (lang == req->lang)
		html(p, " aria-current=\"true\"");
	html(p, "><bdi>%s</bdi></a></li>\n", lang_autonym(lang));
}

/* Links, for visitors: no cookie, no script, and a link that is sent on says what its sender saw. */
static void language_links(struct request *req)
{
	html(&req->page,
	     "<details class=\"op-languages\"><summary><span class=\"op-globe\"></span>"
	     "<span class=\"op-only-heard\">%t: </span>%s</summary>\n<ul>\n",
	     TEXT_PAGE_LANGUAGE, lang_autonym(req->lang));
	for (size_t i = 0; i < lang_count(); i++)
		language_link(req, lang_at(i));
	html(&req->page, "</ul></details>\n");
}

static void public_header(struct request *req, enum frame frame, struct text centre_name)
{
	struct text name = { centre_name.lang, centre_name.s ? centre_name.s : req_text(req, TEXT_PAGE_APP) };

	html(&req->page, "<div class=\"op-bar\"><span class=\"op-home\">");
	page_words(req, name);
	html(&req->page, "</span>\n");
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

static void heading(struct request *req, struct text title)
{
	html(&req->page, "<h1 class=\"ds-heading\" data-size=\"lg\">");
	page_words(req, title);
	html(&req->page, "</h1>\n");
	page_said_in(req, title.lang);
}

static void open_page(struct request *req, enum frame frame, const char *centre, struct text centre_name,
		      struct text title)
{
	static const char *const names[] = {
		[FRAME_PUBLIC] = "public", [FRAME_STAFF] = "staff", [FRAME_BARE] = "bare"
	};
	struct page *p = &req->page;

	req->for_visitors = frame == FRAME_PUBLIC;
	head(req, title.s);
	html(p,
	     "<body class=\"op-%s\">\n<a class=\"ds-skip-link\" href=\"#content\">%t</a>\n<header class=\"op-header\">\n",
	     names[frame], TEXT_PAGE_SKIP);
	if (frame == FRAME_STAFF)
		staff_header(req, centre, centre_name.s);
	else
		public_header(req, frame, centre_name);
	html(p, "</header>\n<main id=\"content\" class=\"op-main\" tabindex=\"-1\">\n");
	done_message(req);
	heading(req, title);
}

void page_open_centre(struct request *req, enum frame frame, const char *centre, const char *centre_name,
		      const char *title)
{
	struct text name = { .s = centre_name }, words = { .s = title };

	open_page(req, frame, centre, name, words);
}

void page_open_words(struct request *req, struct text centre_name, struct text title)
{
	open_page(req, FRAME_PUBLIC, NULL, centre_name, title);
}

void page_open(struct request *req, enum frame frame, const char *title)
{
	page_open_centre(req, frame, NULL, NULL, title);
}

void page_close(struct request *req)
{
	html(&req->page, "</main>\n");
	if (req->for_visitors && !lang_is_proofread(req->lang))
		html(&req->page, "<footer class=\"op-footer\"><p>%t</p></footer>\n", TEXT_PAGE_NOT_PROOFREAD);
	html(&req->page, "</body>\n</html>\n");
}

/* ---- words in their own language ---------------------------------------- */

static bool is_own(const struct request *req, const char *lang)
{
	return !lang || strcmp(lang, lang_code(req->lang)) == 0;
}

/* lang="…" dir="…" inside a tag that is open, for words in LANG. */
static void language_of(struct request *req, const char *lang)
{
	const struct lang *known = lang ? lang_match(lang) : NULL;

	html(&req->page, " lang=\"%s\" dir=\"%s\"", lang, known ? direction(known) : "auto");
}

void page_words(struct request *req, struct text text)
{
	if (is_own(req, text.lang)) {
		html(&req->page, "%s", text.s);
		return;
	}
	html(&req->page, "<span");
	language_of(req, text.lang);
	html(&req->page, ">%s</span>", text.s);
}

void page_said_in(struct request *req, const char *lang)
{
	const struct lang *known = lang ? lang_match(lang) : NULL;
	const char *name = known ? lang_name(known, req->lang) : lang;

	if (!is_own(req, lang))
		html(&req->page, " <span class=\"op-said-in\">%s</span>",
		     lang_format(req->arena, req->lang, TEXT_PAGE_IN_TONGUE, ARG_S(name)));
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
	bool staff = req->for_staff || req->user;
	page_open(req, staff ? FRAME_BARE : FRAME_PUBLIC, req_text(req, errors[i].heading));
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", errors[i].text);
	page_button(req, req->user ? "/staff" : req_link(req, "/"), TEXT_PAGE_ERROR_HOME, true);
	page_close(req);
}
