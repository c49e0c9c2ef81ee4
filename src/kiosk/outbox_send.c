/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/json.h"
#include "kiosk/outbox_inside.h"

/* {"promised":"2026-11-26"}: only this is an acknowledgement. A network that answers for the central, as the log-in
 * page of a guest network does, says 200 to everything. */
static bool read_promise(const struct buf *body, struct civil *out)
{
	struct json *json;
	struct fault fault;

	if (json_read(buf_text(body), body->len, LIMIT_ANSWER_BYTES, &json, &fault))
		return false;
	const char *text = json_text(json_get(json, "promised"));
	bool good = text && civil_parse(text, out) && out->date_only;
	json_del(json);
	return good;
}

/* What trying again cannot mend. Other errors may come from a proxy on the way, and pass. */
static bool is_final(int status)
{
	return status == 400 || status == 404 || status == 409 || status == 413 || status == 415;
}

static enum sending judge(const struct fetch_reply *reply, const char *origin, struct sending_answer *answer)
{
	answer->outcome = OUTCOME_BAD;
	answer->retry_after_s = reply->retry_after_s;
	if ((reply->status == 200 || reply->status == 201) && read_promise(&reply->body, &answer->promised)) {
		answer->outcome = OUTCOME_NEW;
		return SENDING_DONE;
	}
	fault_set(&answer->fault, ERR_NETWORK, origin,
		  reply->status == 200 || reply->status == 201 ? "the answer with HTTP status %d promises nothing"
							       : "the answer is HTTP status %d",
		  reply->status);
	return is_final(reply->status) ? SENDING_REFUSED : SENDING_LATER;
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
