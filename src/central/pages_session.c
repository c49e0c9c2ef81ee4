/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in and out, one's own password, one's own language. */
#include <string.h>

#include "central/answer.h"
#include "central/central.h"
#include "central/layout.h"
#include "central/routes.h"
#include "central/session.h"

const struct fields fields_login =
	FIELDS({ .name = "name",
		 .type = FIELD_LINE,
		 .required = true,
		 .max = 60,
		 .autocomplete = "username",
		 .label = TEXT_STAFF_LOGIN_NAME },
	       { .name = "password",
		 .type = FIELD_SECRET,
		 .required = true,
		 .max = PASSWORD_MAX,
		 .label = TEXT_STAFF_PASSWORD },
	       { .name = "next", .type = FIELD_LINE, .max = 1000, .label = TEXT_PAGE_HOME }, );

const struct fields fields_password = FIELDS({ .name = "old",
					       .type = FIELD_SECRET,
					       .required = true,
					       .max = PASSWORD_MAX,
					       .label = TEXT_STAFF_PASSWORD_OLD },
					     { .name = "new",
					       .type = FIELD_SECRET,
					       .required = true,
					       .min = PASSWORD_MIN,
					       .max = PASSWORD_MAX,
					       .label = TEXT_STAFF_PASSWORD_NEW },
					     { .name = "again",
					       .type = FIELD_SECRET,
					       .required = true,
					       .min = PASSWORD_MIN,
					       .max = PASSWORD_MAX,
					       .label = TEXT_STAFF_PASSWORD_AGAIN }, );

const struct fields fields_language =
	FIELDS({ .name = "lang", .type = FIELD_LANGUAGE, .required = true, .label = TEXT_PAGE_LANGUAGE },
	       { .name = "next", .type = FIELD_LINE, .max = 1000, .label = TEXT_PAGE_HOME }, );

/* Back to where somebody came from, on this server only. */
static const char *next_page(const struct request *req, const char *otherwise)
{
	const char *next = form_text(&req->form, "next");

	return next && next[0] == '/' && url_is_allowed(next) ? next : otherwise;
}

static enum err show_login(struct request *req, const char *wrong)
{
	page_open(req, FRAME_BARE, req_text(req, TEXT_STAFF_LOGIN));
	if (wrong)
		page_alert(req, TONE_DANGER, wrong);
	form_summary(req, &req->form);
	form_open(req, "/staff/login", NULL);
	html(&req->page, "<input type=\"hidden\" name=\"next\" value=\"%s\">\n", next_page(req, "/staff"));
	field_input(req, &req->form, "name", TEXT_STAFF_LOGIN_NAME, NULL, NULL);
	field_input(req, &req->form, "password", TEXT_STAFF_PASSWORD, NULL, NULL);
	form_submit(req, TEXT_STAFF_LOGIN);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_login(struct request *req)
{
	/* The address brings only where to go afterwards; nothing is missing yet. */
	req->form.sent = false;
	req->form.wrong = false;
	for (size_t i = 0; i < req->form.n; i++)
		req->form.v[i].wrong = NULL;
	return show_login(req, NULL);
}

static enum err set_cookie(struct request *req, const char *token, const char *rest)
{
	req->reply.cookie =
		req_printf(req, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", session_cookie_name(req->central), token,
			   req->central->secure ? "; Secure" : "", rest);
	return req->reply.cookie ? OK : ERR_MEMORY;
}

static void lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + 0x20);
}

enum err post_login(struct request *req)
{
	char token[ID_SIZE];
	int64_t wait_s;

	if (req->form.wrong) {
		reply_status(req, 422);
		return show_login(req, NULL);
	}
	char *name = req_printf(req, "%s", form_text(&req->form, "name"));
	if (!name)
		return ERR_MEMORY;
	lower(name);
	enum err err =
		session_login(req->db, req->now, name, form_text(&req->form, "password"), req->address, token, &wait_s);
	if (err == ERR_LIMIT) {
		reply_status(req, 429);
		req->reply.retry_after_s = (int)wait_s;
		return show_login(req, lang_format(req->arena, req->lang, TEXT_STAFF_LOGIN_SLOW, ARG_N(wait_s)));
	}
	if (err == ERR_REFUSED) {
		reply_status(req, 422);
		return show_login(req, req_text(req, TEXT_STAFF_LOGIN_WRONG));
	}
	if (err)
		return err;
	reply_see_other(req, next_page(req, "/staff"));
	return set_cookie(req, token, "");
}

enum err post_logout(struct request *req)
{
	enum err err = session_end(req->db, req->now, req->session);

	if (err)
		return err;
	reply_see_other(req, "/staff/login");
	return set_cookie(req, "", "; Max-Age=0");
}

static enum err show_password(struct request *req, const char *wrong)
{
	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_PASSWORD_CHANGE));
	if (req->user->must_change)
		page_alert(req, TONE_INFO, req_text(req, TEXT_STAFF_PASSWORD_MUST));
	if (wrong)
		page_alert(req, TONE_DANGER, wrong);
	form_summary(req, &req->form);
	form_open(req, "/staff/password", NULL);
	field_input(req, &req->form, "old", TEXT_STAFF_PASSWORD_OLD, NULL, NULL);
	field_input(req, &req->form, "new", TEXT_STAFF_PASSWORD_NEW, req_text(req, TEXT_STAFF_PASSWORD_HELP), NULL);
	field_input(req, &req->form, "again", TEXT_STAFF_PASSWORD_AGAIN, NULL, NULL);
	form_submit(req, TEXT_STAFF_PASSWORD_CHANGE);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_password(struct request *req)
{
	enum err err = form_empty(req->arena, req->lang, fields_password, &req->form);

	return err ? err : show_password(req, NULL);
}

enum err post_password(struct request *req)
{
	const char *first = form_text(&req->form, "new"), *again = form_text(&req->form, "again");

	if (!req->form.wrong && strcmp(first, again) != 0)
		form_fault(&req->form, "again", TEXT_STAFF_PASSWORD_DIFFERS);
	if (req->form.wrong) {
		reply_status(req, 422);
		return show_password(req, NULL);
	}
	enum err err = session_password(req->db, req->actor, req->session, form_text(&req->form, "old"), first);
	if (err == ERR_REFUSED) {
		reply_status(req, 422);
		return show_password(req, req_text(req, TEXT_STAFF_PASSWORD_WRONG));
	}
	if (!err)
		reply_done(req, "/staff", "password");
	return err;
}

enum err post_language(struct request *req)
{
	const char *lang = form_text(&req->form, "lang");

	const struct lang *wanted = req->form.wrong ? NULL : lang_find(lang);

	if (!wanted || !lang_has_staff(wanted))
		return ERR_VALUE;
	if (req->user) {
		enum err err = user_language(req->db, req->actor, lang);
		if (err)
			return err;
	}
	req->reply.language_cookie = req_printf(req, "lang=%s; Path=/; Max-Age=31536000; SameSite=Lax%s", lang,
						req->central->secure ? "; Secure" : "");
	reply_see_other(req, next_page(req, "/"));
	return OK;
}

enum err page_health(struct request *req)
{
	enum err err = store_ping(req->db);
	const char *text = req_printf(req, "{\"status\":\"%s\",\"version\":\"" OPPSLAG_VERSION "\",\"waiting\":%u}\n",
				      err ? "failed" : "ok", feeds_waiting(req->central->feeds));

	if (!text)
		return ERR_MEMORY;
	reply_status(req, err ? 503 : 200);
	reply_bytes(req, "application/json", NULL, text, strlen(text));
	return OK;
}
