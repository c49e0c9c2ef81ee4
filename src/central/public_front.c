/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front page: six digits from the wall for those who have no camera. The
 * number is no secret; guessing is slowed per address, never blocked. */
#include <ctype.h>
#include <string.h>

#include "central/layout.h"
#include "central/public_item.h"
#include "central/routes.h"

/* Room for the spaces that people put between the pairs. */
enum { TYPED_MAX = 20 };

const struct fields fields_front =
	FIELDS({ "code", FIELD_LINE, .required = true, .max = TYPED_MAX, .label = TEXT_PUBLIC_CODE_LABEL });

static enum err show_front(struct request *req)
{
	page_open(req, FRAME_PUBLIC, req_text(req, TEXT_PUBLIC_FRONT));
	form_summary(req, &req->form);
	form_open(req, "/", NULL);
	field_input(req, &req->form, "code", TEXT_PUBLIC_CODE_LABEL, req_text(req, TEXT_PUBLIC_CODE_HELP), NULL);
	form_submit(req, TEXT_PUBLIC_CODE_OPEN);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_front(struct request *req)
{
	return show_front(req);
}

/* "40 71 93" and "407193" alike; false for anything but six digits. */
static bool digits_of(const char *typed, char *out)
{
	size_t n = 0;

	for (; *typed; typed++) {
		if (isspace((unsigned char)*typed))
			continue;
		if (!isdigit((unsigned char)*typed) || n == NUMBER_LENGTH)
			return false;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return n == NUMBER_LENGTH;
}

enum err post_front(struct request *req)
{
	char number[NUMBER_LENGTH + 1];
	struct item_ref ref;
	const char *typed = form_text(&req->form, "code");
	enum err err = ERR_NOT_FOUND;

	if (typed && digits_of(typed, number))
		err = store_by_number(req->db, req->arena, number, &ref);
	if (err == ERR_NOT_FOUND) {
		if (typed)
			form_fault(&req->form, "code", TEXT_PUBLIC_CODE_UNKNOWN);
		reply_status(req, 422);
		return show_front(req);
	}
	if (!err)
		reply_see_other(req, req_printf(req, "/%c/%s", ref.kind == ITEM_NEED ? 'n' : 'a', ref.code));
	return err;
}
