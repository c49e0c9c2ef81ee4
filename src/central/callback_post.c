/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /callbacks/v1: a screen hands over what a visitor typed, sealed (io/seal.h). The screen keeps trying until it
 * has an answer, so the same Idempotency-Key may come any number of times, and gets one call-back. Statuses of 400 and
 * above but 429 and 5xx are final: the screen gives up. Nothing of a clear text stands in any answer or log. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "central/callback_message.h"
#include "central/request.h"
#include "central/routes.h"
#include "central/store_callbacks.h"
#include "central/store_pace.h"
#include "central/store_seal.h"
#include "core/feed_rules.h"
#include "core/json.h"
#include "core/zone.h"

enum { ADDRESS_AN_HOUR = 30 };

/* {"refused":"what is wrong"}, for whoever looks into the screen's log; and so that the screen can tell it from what a
 * proxy says that found no way here. */
static enum err refuse(struct request *req, int status, const struct fault *fault)
{
	char line[sizeof fault->place + sizeof fault->text + 4];
	struct buf body;

	fault_print(fault, line, sizeof line);
	buf_init(&body, LIMIT_ANSWER_BYTES);
	buf_str(&body, "{\"refused\":");
	json_write_string(&body, line);
	buf_str(&body, "}\n");
	const char *text = buf_ok(&body) ? arena_copy(req->arena, buf_text(&body), body.len) : NULL;
	if (text) {
		reply_status(req, status);
		reply_bytes(req, "application/json", NULL, text, body.len);
	}
	buf_free(&body);
	return text ? OK : ERR_MEMORY;
}

static enum err refuse_with(struct request *req, int status, enum err err, const char *place, const char *text)
{
	struct fault fault;

	(void)!fault_set(&fault, err, place, "%s", text);
	return refuse(req, status, &fault);
}

static enum err promise(struct request *req, int status, struct civil day)
{
	char text[CIVIL_SIZE];

	civil_print(day, text);
	const char *body = req_printf(req, "{\"promised\":\"%s\"}\n", text);
	if (!body)
		return ERR_MEMORY;
	reply_status(req, status);
	reply_bytes(req, "application/json", NULL, body, strlen(body));
	return OK;
}

static enum err later(struct request *req, int64_t wait_s)
{
	req->reply.retry_after_s = (int)wait_s;
	return refuse_with(req, 429, ERR_LIMIT, NULL, "too many call-backs; again after Retry-After");
}

/* ---- reading ------------------------------------------------------------ */

static bool is_json(const char *type)
{
	static const char json[] = "application/json";

	return type && strncasecmp(type, json, sizeof json - 1) == 0 && strchr("; \t", type[sizeof json - 1]);
}

static bool is_key(const char *s)
{
	return s && strlen(s) == SEAL_RANDOM_HEX && strspn(s, "0123456789abcdef") == SEAL_RANDOM_HEX;
}

struct sent {
	const char *centre, *sealed;
};

static enum err read_sent(struct request *req, const struct json *root, struct sent *out, struct fault *fault)
{
	const char *centre = json_text(json_get(root, "centre")), *sealed = json_text(json_get(root, "sealed"));

	if (!centre || !sealed || json_count(root) != 2)
		return fault_set(fault, ERR_VALUE, NULL, "not an object of the texts \"centre\" and \"sealed\"");
	if (!feed_is_id(centre))
		return fault_set(fault, ERR_VALUE, "centre", "not an id");
	*out = (struct sent){ arena_strdup(req->arena, centre), arena_strdup(req->arena, sealed) };
	return out->centre && out->sealed ? OK : ERR_MEMORY;
}

/* OK and a status: it was refused. */
static enum err take_sent(struct request *req, struct sent *out)
{
	struct fault fault = { 0 };
	struct json *root = NULL;

	if (!is_json(req->content_type))
		return refuse_with(req, 415, ERR_UNSUPPORTED, "Content-Type", "application/json is expected");
	if (!is_key(req->idempotency_key))
		return refuse_with(req, 400, ERR_VALUE, "Idempotency-Key", "not 32 hexadecimal digits in lower case");
	enum err err = json_read(req->body, req->body_len, LIMIT_CALLBACK_BYTES, &root, &fault);
	if (!err)
		err = read_sent(req, root, out, &fault);
	json_del(root);
	return err && err != ERR_MEMORY ? refuse(req, 400, &fault) : err;
}

/* OK and a status: it was refused. */
static enum err open_sealed(struct request *req, const char *sealed, struct callback_message *out)
{
	char clear[SEAL_CLEAR + 1];
	struct fault fault;
	enum err err = store_seal_open(req->db, req->arena, sealed, clear);

	if (err == ERR_SYNTAX)
		return refuse_with(req, 400, err, "sealed", "not 406 letters of base64url");
	if (err == ERR_VALUE)
		return refuse_with(req, 400, err, "sealed", "no key of this server opens it");
	if (!err)
		err = callback_message_read(clear, out, &fault);
	else
		return err;
	seal_wipe(clear, sizeof clear);
	return err && err != ERR_MEMORY ? refuse(req, 400, &fault) : err;
}

/* ---- taking ------------------------------------------------------------- */

static enum err add(struct request *req, const struct centre_row *centre, const struct sent *sent,
		    const struct callback_message *message)
{
	struct callback_order order = { .centre = centre->id,
					.key = req->idempotency_key,
					.sealed = sent->sealed,
					.phone = message->phone,
					.lang = message->lang,
					.about_kind = message->kind,
					.about = *message->about ? message->about : NULL };
	struct civil promised;
	int64_t wait_s = 0;
	bool first;
	enum err err = req_today(req, centre->zone, &order.promised);

	if (!err) {
		/* A centre that has just stopped calling back still has screens that offer it. */
		order.promised =
			civil_add_days(order.promised, centre->answer_days ? centre->answer_days : ANSWER_DAYS_USUAL);
		err = zone_to_utc(centre->zone, civil_add_days(order.promised, CALLBACK_KEEP_DAYS + 1),
				  &order.expires_at);
	}
	if (!err)
		err = store_pace_address(req->db, req->now, "callbacks from a place", req->address, ADDRESS_AN_HOUR,
					 &wait_s);
	if (!err)
		err = store_callback_add(req->db, req->arena, req->now, &order, &promised, &first, &wait_s);
	if (err == ERR_LIMIT)
		return later(req, wait_s);
	return err ? err : promise(req, first ? 201 : 200, promised);
}

static enum err take(struct request *req, const struct sent *sent)
{
	struct callback_message message = { 0 };
	struct centre_row centre;
	struct civil promised;
	enum err err =
		store_callback_known(req->db, req->arena, req->idempotency_key, sent->centre, sent->sealed, &promised);

	if (!err)
		return promise(req, 200, promised);
	if (err == ERR_NOT_FOUND)
		err = store_centre_public(req->db, req->arena, sent->centre, &centre);
	if (!err)
		err = open_sealed(req, sent->sealed, &message);
	if (!err && !req->reply.status)
		err = add(req, &centre, sent, &message);
	seal_wipe(&message, sizeof message);
	return err;
}

enum err post_callback(struct request *req)
{
	struct sent sent = { 0 };
	enum err err = take_sent(req, &sent);

	if (err || req->reply.status)
		return err;
	err = take(req, &sent);
	if (err == ERR_NOT_FOUND)
		return refuse_with(req, 404, err, "centre", "there is no such centre");
	if (err == ERR_DUPLICATE)
		return refuse_with(req, 409, err, "Idempotency-Key", "it came with another body before");
	return err;
}
