/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front page: six digits from the wall for those who have no camera. */
#include <ctype.h>
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/routes.h"
#include "central/store_guesses.h"

/* Room for the spaces that people put between the pairs. */
enum { TYPED_MAX = 20 };

const struct fields fields_front = FIELDS({ .name = "code",
					    .type = FIELD_LINE,
					    .required = true,
					    .max = TYPED_MAX,
					    .autocomplete = "off",
					    .inputmode = "numeric",
					    .label = TEXT_PUBLIC_CODE_LABEL }, );

static enum err show_front(struct request *req)
{
	page_open(req, FRAME_PUBLIC, req_text(req, TEXT_PUBLIC_FRONT));
	form_summary(req, &req->form);
	html(&req->page, "<p class=\"ds-paragraph\">%t</p>\n", TEXT_PUBLIC_FRONT_INTRO);
	form_open(req, req_link(req, "/"), NULL);
	field_input(req, &req->form, "code", TEXT_PUBLIC_CODE_LABEL, req_text(req, TEXT_PUBLIC_CODE_HELP), NULL);
	form_submit(req, TEXT_PUBLIC_CODE_OPEN);
	form_close(req);
	html(&req->page, "<p class=\"op-staff\"><a class=\"ds-link\" href=\"/staff\">%t</a></p>\n", TEXT_PUBLIC_STAFF);
	page_close(req);
	return OK;
}

enum err page_front(struct request *req)
{
	enum err err = form_empty(req->arena, req->lang, fields_front, &req->form);

	return err ? err : show_front(req);
}

/* "40 71 93" and "407193" alike; false for anything but six digits. */
static bool digits_of(const char *typed, char *out)
{
	size_t n = 0;

	for (; *typed; typed++) {
		if (*typed == ' ')
			continue;
		if (!isdigit((unsigned char)*typed) || n == NUMBER_LENGTH)
			return false;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return n == NUMBER_LENGTH;
}

static enum err refuse(struct request *req, int status, enum text_id why)
{
	form_fault(&req->form, "code", why);
	reply_status(req, status);
	return show_front(req);
}

enum err post_front(struct request *req)
{
	char number[NUMBER_LENGTH + 1];
	struct item_ref ref;
	int64_t wait_s = 0;

	if (req->form.wrong) {
		reply_status(req, 422);
		return show_front(req);
	}
	const char *typed = form_latin_digits(req->arena, form_text(&req->form, "code"));
	if (!typed || !digits_of(typed, number))
		return refuse(req, 422, TEXT_PUBLIC_CODE_SIX);
	enum err err = store_guess(req->db, req->arena, req->now, req->address, number, &ref, &wait_s);
	if (err == ERR_NOT_FOUND)
		return refuse(req, 422, TEXT_PUBLIC_CODE_UNKNOWN);
	if (err == ERR_LIMIT) {
		req->reply.retry_after_s = (int)wait_s;
		return refuse(req, 429, TEXT_PUBLIC_CODE_SLOW);
	}
	if (!err)
		reply_see_other(req,
				req_link(req, req_printf(req, "/%c/%s", ref.kind == ITEM_NEED ? 'n' : 'a', ref.code)));
	return err;
}
