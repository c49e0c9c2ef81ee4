/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what came in to a handler and to what goes out: session, role, CSRF, fields, headers. */
#include "central/answer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "central/choose_lang.h"
#include "central/layout.h"
#include "central/negotiate.h"
#include "central/request.h"
#include "central/session.h"

enum { TARGET_MAX = 2048, LOGIN_NEXT_MAX = 200 };

void answer_free(struct answer *answer)
{
	for (size_t i = 0; i < answer->n_headers; i++)
		mem_free(answer->headers[i].value);
	answer->n_headers = 0;
	buf_free(&answer->body);
}

enum err answer_header(struct answer *answer, const char *name, const char *value)
{
	char *copy = answer->n_headers < ANSWER_HEADERS_MAX ? mem_strdup(value) : NULL;

	if (!copy)
		return ERR_MEMORY;
	/* A line break would begin another header (RFC 9110 5.5). */
	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = ' ';
	answer->headers[answer->n_headers++] = (struct answer_header){ name, copy };
	return OK;
}

enum err target_find(struct arena *arena, enum method method, const char *target, struct target *out)
{
	size_t len = strcspn(target, "?"), decoded;

	*out = (struct target){ .query = target[len] ? target + len + 1 : "" };
	if (strlen(target) > TARGET_MAX || target[0] != '/')
		return ERR_SYNTAX;
	if (!percent_decode(arena, target, len, false, &out->path, &decoded))
		return ERR_SYNTAX;
	enum err err = route_find(arena, method, out->path, &out->route, out->params, &out->centre, &out->allow);
	if (!err && method == METHOD_POST)
		out->body_max = out->route->flags & ROUTE_UPLOAD    ? LIMIT_UPLOAD_BYTES
				: out->route->flags & ROUTE_MACHINE ? LIMIT_CALLBACK_BYTES
								    : LIMIT_FORM_BYTES * 4;
	return err;
}

/* ---- headers ------------------------------------------------------------ */

static enum err header_if(struct answer *answer, const char *name, const char *value, enum err err)
{
	return err || !value ? err : answer_header(answer, name, value);
}

static enum err security_headers(const struct central *central, bool secret, struct answer *answer)
{
	static const char policy[] = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
				     "frame-ancestors 'none'; object-src 'none'";
	enum err err = answer_header(answer, "Content-Security-Policy", policy);

	err = header_if(answer, "X-Content-Type-Options", "nosniff", err);
	err = header_if(answer, "X-Frame-Options", "DENY", err);
	err = header_if(answer, "Referrer-Policy", secret ? "no-referrer" : "same-origin", err);
	err = header_if(answer, "X-Robots-Tag", secret ? "noindex, nofollow" : NULL, err);
	err = header_if(answer, "Cross-Origin-Opener-Policy", "same-origin", err);
	err = header_if(answer, "Cache-Control", "no-store", err);
	return header_if(answer, "Strict-Transport-Security", central->secure ? "max-age=31536000" : NULL, err);
}

/* What the handler's reply became, into OUT. */
static enum err finish(struct request *req, struct answer *out)
{
	struct reply *reply = &req->reply;
	const char *type = reply->content_type ? reply->content_type : "text/html; charset=utf-8";
	char line[200];

	out->status = reply->status ? reply->status : 200;
	bool secret = req->route && (req->route->flags & ROUTE_SECRET);
	enum err err = security_headers(req->central, secret, out);
	err = header_if(out, "Location", reply->location, err);
	err = header_if(out, "Content-Type", reply->location ? NULL : type, err);
	err = header_if(out, "Content-Language", reply->bytes || reply->location ? NULL : lang_code(req->lang), err);
	err = header_if(out, "Set-Cookie", reply->cookie, err);
	err = header_if(out, "Set-Cookie", reply->language_cookie, err);
	if (reply->filename) {
		snprintf(line, sizeof line, "attachment; filename=\"%.100s\"", reply->filename);
		err = header_if(out, "Content-Disposition", line, err);
	}
	if (reply->retry_after_s) {
		snprintf(line, sizeof line, "%d", reply->retry_after_s);
		err = header_if(out, "Retry-After", line, err);
	}
	if (err)
		return err;
	if (reply->bytes) {
		buf_init(&out->body, LIMIT_UPLOAD_BYTES);
		buf_add(&out->body, reply->bytes, reply->len);
		return out->body.err;
	}
	out->body = req->page.out;
	page_init(&req->page, req->arena, req->lang);
	return OK;
}

/* ---- errors ------------------------------------------------------------- */

static int status_of(enum err err)
{
	switch (err) {
	case ERR_NOT_FOUND:
		return 404;
	case ERR_REFUSED:
		return 403;
	case ERR_CONFLICT:
	case ERR_REFERENCE:
	case ERR_DUPLICATE:
		return 409;
	case ERR_SYNTAX:
	case ERR_VALUE:
	case ERR_MISSING:
	case ERR_UNSUPPORTED:
		return 400;
	case ERR_LIMIT:
		return 413;
	case ERR_MEMORY:
		return 503;
	default:
		return 500;
	}
}

/* The page about an error, instead of whatever was begun. */
static enum err error_page(struct request *req, int status, struct answer *out)
{
	page_free(&req->page);
	page_init(&req->page, req->arena, req->lang);
	req->reply = (struct reply){ .status = status, .retry_after_s = status == 503 ? 5 : 0 };
	page_error(req, status);
	if (!page_ok(&req->page))
		return ERR_MEMORY;
	return finish(req, out);
}

/* ---- who ---------------------------------------------------------------- */

const char *session_cookie_name(const struct central *central)
{
	/* The prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis 4.1.3.2). */
	return central->secure ? "__Host-session" : "session";
}

static enum err find_session(struct request *req, const struct incoming *in)
{
	char token[ID_SIZE];
	struct user *user = ARENA_NEW(req->arena, struct user);
	char *hash = arena_alloc(req->arena, HASH_SIZE), *csrf = arena_alloc(req->arena, HASH_SIZE);

	if (!user || !hash || !csrf)
		return ERR_MEMORY;
	if (!cookie_find(in->cookie, session_cookie_name(req->central), token, sizeof token) || !id_is_made(token))
		return OK;
	enum err err = session_find(req->db, req->arena, req->now, token, user, hash);
	if (err)
		return err == ERR_NOT_FOUND ? OK : err;
	session_csrf(token, csrf);
	req->user = user;
	req->actor.user_id = user->id;
	req->session = hash;
	req->csrf = csrf;
	return OK;
}

static bool has_centre(const struct user *user, const char *centre)
{
	for (size_t i = 0; i < user->n_centres; i++)
		if (strcmp(user->centres[i], centre) == 0)
			return true;
	return false;
}

/* ---- checks, in this order ---------------------------------------------- */

/* Where a browser says from which site a form was sent, it must be this one. */
static bool from_elsewhere(const struct request *req, const struct incoming *in)
{
	const char *origin = in->origin;

	if (in->fetch_site)
		return strcmp(in->fetch_site, "same-origin") != 0 && strcmp(in->fetch_site, "none") != 0;
	if (!origin || strcmp(origin, req->central->public_url) == 0)
		return false;
	const char *host = strstr(origin, "://");
	return !host || !in->host || strcasecmp(host + 3, in->host) != 0;
}

static const char *pair_value(const struct form_pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (strcmp(pairs->v[i].name, name) == 0)
			return pairs->v[i].value;
	return NULL;
}

static enum err send_to(struct request *req, const char *page)
{
	char *path = strlen(req->path) < LOGIN_NEXT_MAX && req->route->method == METHOD_GET
			     ? req_printf(req, "%s?next=%s", page, req_encode(req, req->path))
			     : req_printf(req, "%s", page);

	if (!path)
		return ERR_MEMORY;
	reply_see_other(req, path);
	return OK;
}

/* OK and a Location: he has to go somewhere else first. */
static enum err check_role(struct request *req)
{
	const struct route *route = req->route;

	if (route->role == ROLE_ANYBODY)
		return OK;
	if (!req->user)
		return send_to(req, "/staff/login");
	if (req->user->must_change && !(route->flags & ROUTE_NO_MUST))
		return send_to(req, "/staff/password");
	if (route->role == ROLE_ADMINISTRATOR && req->user->role != USER_ADMINISTRATOR)
		return ERR_REFUSED;
	return req->centre && !has_centre(req->user, req->centre) ? ERR_REFUSED : OK;
}

static enum err check_csrf(struct request *req, const struct incoming *in, const struct form_pairs *body)
{
	const char *csrf = pair_value(body, "csrf");

	if (in->method != METHOD_POST)
		return OK;
	/* Under no-referrer browsers send "Origin: null". Another site cannot send what it has no address for. */
	if (!(req->route->flags & ROUTE_SECRET) && from_elsewhere(req, in))
		return ERR_REFUSED;
	return req->user && (!csrf || !secret_equal(csrf, req->csrf)) ? ERR_REFUSED : OK;
}

static enum err parse(struct request *req, const struct incoming *in, const char *query, struct form_pairs *in_query,
		      struct form_pairs *in_body)
{
	enum err err = form_parse(req->arena, NULL, query, strlen(query), in_query, &req->fault);

	if (!err && in->method == METHOD_POST)
		err = form_parse(req->arena, in->content_type, in->body, in->body_len, in_body, &req->fault);
	return err;
}

static enum err run(struct request *req, const struct incoming *in, const char *query)
{
	struct form_pairs in_query = { 0 }, in_body = { 0 };
	enum err err = find_session(req, in);

	if (!err)
		err = parse(req, in, query, &in_query, &in_body);
	choose_lang(req, in, &in_query);
	page_init(&req->page, req->arena, req->lang);
	req->done = pair_value(&in_query, "done");
	if (!err)
		err = check_role(req);
	if (err || req->reply.location)
		return err;
	err = check_csrf(req, in, &in_body);
	if (!err)
		err = form_check(req->arena, req->lang, *req->route->fields,
				 in->method == METHOD_POST ? &in_body : &in_query, &req->form);
	if (!err)
		err = req->route->handler(req);
	return !err && !page_ok(&req->page) ? ERR_DEVICE : err;
}

/* Without cookies there is nothing that another site could make a browser send in somebody's name. */
static enum err run_machine(struct request *req, const struct incoming *in)
{
	req->content_type = in->content_type;
	req->idempotency_key = in->idempotency_key;
	req->body = in->body;
	req->body_len = in->body_len;
	return req->route->handler(req);
}

static void client_address(struct central *central, const struct incoming *in, char *out, size_t size)
{
	bool trusted = *central->trusted_proxy && strcmp(in->address, central->trusted_proxy) == 0;

	/* Otherwise nobody finds out why all the world is slowed as if it were one house. */
	if (in->forwarded_for && !*central->trusted_proxy && !atomic_exchange(&central->proxy_is_told, true))
		log_line(LOG_WARNING, "%s sends X-Forwarded-For; if it is the proxy in front, say so: trusted-proxy",
			 in->address);
	if (!trusted || !forwarded_last(in->forwarded_for, out, size))
		snprintf(out, size, "%s", in->address);
}

static struct request blank(struct central *central, struct arena *arena, const struct incoming *in)
{
	struct request req = {
		.central = central, .arena = arena, .csrf = "", .host = in->host ? in->host : "", .path = "/"
	};

	req.lang = lang_find(central->lang);
	if (!req.lang)
		req.lang = lang_at(0);
	return req;
}

enum err request_run(struct central *central, struct db *db, int64_t now, const struct incoming *in, struct answer *out)
{
	struct arena arena;
	struct target target;
	char address[64];

	*out = (struct answer){ 0 };
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	struct request req = blank(central, &arena, in);
	client_address(central, in, address, sizeof address);
	req.db = db;
	req.now = now;
	req.address = address;
	req.actor.now = now;
	page_init(&req.page, &arena, req.lang);
	enum err err = target_find(&arena, in->method, in->target, &target);
	if (!err) {
		req.route = target.route;
		req.path = target.path;
		req.centre = target.centre;
		memcpy(req.params, target.params, sizeof req.params);
		err = req.route->flags & ROUTE_MACHINE ? run_machine(&req, in) : run(&req, in, target.query);
	} else {
		choose_lang_of_target(&req, in);
	}
	if (err == ERR_STORE || err == ERR_DEVICE || err == ERR_FILE)
		log_line(LOG_ERROR, "%s: %s", req.route ? req.route->path : "request", err_cause(err));
	err = err ? error_page(&req, status_of(err), out) : finish(&req, out);
	page_free(&req.page);
	arena_free(&arena);
	if (err)
		answer_free(out);
	return err;
}

enum err request_refuse(struct central *central, const struct incoming *in, int status, const char *allow,
			struct answer *out)
{
	struct arena arena;

	*out = (struct answer){ 0 };
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	struct request req = blank(central, &arena, in);
	choose_lang_of_target(&req, in);
	page_init(&req.page, &arena, req.lang);
	enum err err = error_page(&req, status, out);
	err = header_if(out, "Allow", allow, err);
	page_free(&req.page);
	arena_free(&arena);
	if (err)
		answer_free(out);
	return err;
}
