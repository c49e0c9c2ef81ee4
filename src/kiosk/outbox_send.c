/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "kiosk/outbox_inside.h"

/* The central says {"promised":"2026-11-26"} or {"refused":"why"}, and only that counts. A network that answers for it,
 * as the log-in page of a guest network does, says 200 to everything, or 404. */
static bool read_answer(const struct buf *body, const char *key, char *out, size_t size)
{
	struct json *json;
	struct fault fault;

	if (json_read(buf_text(body), body->len, LIMIT_ANSWER_BYTES, &json, &fault))
		return false;
	const char *text = json_text(json_get(json, key));
	if (text)
		snprintf(out, size, "%s", text);
	json_del(json);
	return text != NULL;
}

static bool read_promise(const struct buf *body, struct civil *out)
{
	char day[CIVIL_SIZE];

	return read_answer(body, "promised", day, sizeof day) && civil_parse(day, out) && out->date_only;
}

/* What trying again cannot mend. */
static bool is_final(int status)
{
	return status == 400 || status == 404 || status == 409 || status == 413 || status == 415;
}

static enum sending judge(const struct fetch_reply *reply, const char *origin, struct sending_answer *answer)
{
	char why[200];

	answer->outcome = OUTCOME_BAD;
	answer->retry_after_s = reply->retry_after_s;
	if ((reply->status == 200 || reply->status == 201) && read_promise(&reply->body, &answer->promised)) {
		answer->outcome = OUTCOME_NEW;
		return SENDING_DONE;
	}
	if (is_final(reply->status) && read_answer(&reply->body, "refused", why, sizeof why)) {
		fault_set(&answer->fault, ERR_NETWORK, origin, "HTTP status %d: %s", reply->status, why);
		return SENDING_REFUSED;
	}
	fault_set(&answer->fault, ERR_NETWORK, origin,
		  reply->status == 200 || reply->status == 201 ? "the answer with HTTP status %d promises nothing"
							       : "the answer is HTTP status %d",
		  reply->status);
	return SENDING_LATER;
}

enum sending outbox_send(struct outbox *outbox, const struct letter *letter, int timeout_s,
			 struct sending_answer *answer)
{
	const struct outbox_config *config = &outbox->config;
	const struct fetch_request request = {
		.url = config->address,
		.timeout_s = timeout_s,
		.max_bytes = LIMIT_ANSWER_BYTES,
		.post = letter->body,
		.post_type = "application/json",
		.idempotency_key = letter->key,
		.user_agent = config->user_agent,
		.proxy = config->proxy,
		.ca_file = config->ca_file,
		.stop = &outbox->interrupt,
		.stop_fd = outbox->wake_fd,
		.session = outbox->session,
	};
	struct fetch_reply reply;
	char origin[300];

	*answer = (struct sending_answer){ .outcome = OUTCOME_SILENT };
	url_origin(config->address, origin, sizeof origin);
	enum err err = fetch(&request, &reply, &answer->fault);
	enum sending result = SENDING_LATER;
	if (!err)
		result = judge(&reply, origin, answer);
	else if (atomic_load(&outbox->interrupt))
		result = SENDING_INTERRUPTED;
	fetch_reply_free(&reply);
	return result;
}
