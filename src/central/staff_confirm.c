/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_confirm.h"

#include <string.h>

#include "core/feed_rules.h"

enum { CONFIRMED_FOR_DAYS = 183 };

struct civil confirm_today(const struct staff *staff)
{
	return civil_from_day(civil_day(staff->now));
}

void confirmed_write(struct request *req, const struct staff *staff, bool has, struct civil confirmed)
{
	bool old = !has || civil_day(staff->now) - civil_day(confirmed) > CONFIRMED_FOR_DAYS;

	if (!has) {
		tag_write(req, TAG_WARNING, req_text(req, TEXT_STAFF_NEVER_CONFIRMED));
		return;
	}
	const char *day = lang_date(req->arena, req->lang, DATE_DAY_MONTH_YEAR, confirmed);
	tag_write(req, old ? TAG_WARNING : TAG_SUCCESS,
		  lang_format(req->arena, req->lang, TEXT_STAFF_CONFIRMED, ARG_S(day)));
}

void confirm_button_write(struct request *req, const char *url, const char *name)
{
	form_open(req, url, NULL);
	html(&req->page,
	     "<button class=\"ds-button\" data-variant=\"secondary\" data-size=\"sm\" type=\"submit\">%t<span class=\"op-only-heard\">: %s</span></button>\n",
	     TEXT_STAFF_CONFIRM_TODAY, name);
	form_close(req);
}

/* "tel:" takes digits and a plus; what people write between them goes. */
static const char *phone_url(struct request *req, const char *phone)
{
	char *url = req_printf(req, "tel:%s", phone);
	size_t n = 4;

	for (const char *c = phone; url && *c; c++)
		if ((*c >= '0' && *c <= '9') || (*c == '+' && n == 4))
			url[n++] = *c;
	if (url)
		url[n] = '\0';
	return url;
}

void reach_write(struct request *req, const char *phone, const char *email)
{
	if (!phone && !email)
		return;
	html(&req->page, "<p class=\"op-row-line\">");
	if (phone)
		html(&req->page, "<a class=\"ds-link op-contact-link\" href=\"%u\">%s</a>", phone_url(req, phone),
		     phone);
	if (phone && email)
		html(&req->page, " · ");
	if (email)
		html(&req->page, "<a class=\"ds-link op-contact-link\" href=\"%u\">%s</a>",
		     req_printf(req, "mailto:%s", email), email);
	html(&req->page, "</p>\n");
}

const char *phone_take(struct request *req, const char *name)
{
	const char *phone = form_text(&req->form, name);

	if (!phone)
		return NULL;
	if (!feed_is_phone(phone))
		form_fault(&req->form, name, TEXT_STAFF_FORM_NOT_A_PHONE);
	if (strlen(phone) == 8 && strspn(phone, "0123456789") == 8)
		return req_printf(req, "%.2s %.2s %.2s %.2s", phone, phone + 2, phone + 4, phone + 6);
	return phone;
}
