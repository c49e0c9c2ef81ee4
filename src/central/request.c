/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a handler asks of its request, and what it answers with. */
#include "central/request.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "central/central.h"
#include "core/zone.h"

void reply_see_other(struct request *req, const char *path)
{
	req->reply.status = 303;
	req->reply.location = path;
}

void reply_bytes(struct request *req, const char *content_type, const char *filename, const char *bytes, size_t len)
{
	req->reply.content_type = content_type;
	req->reply.filename = filename;
	req->reply.bytes = bytes;
	req->reply.len = len;
}

void reply_status(struct request *req, int status)
{
	req->reply.status = status;
}

char *req_printf(struct request *req, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *s = arena_vprintf(req->arena, fmt, args);
	va_end(args);
	return s;
}

char *req_encode(struct request *req, const char *part)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_array(req->arena, strlen(part) + 1, 3), *to = out;

	for (; out && *part; part++) {
		unsigned char c = (unsigned char)*part;
		if (isalnum(c) || strchr("-._~", c)) {
			*to++ = (char)c;
			continue;
		}
		*to++ = '%';
		*to++ = digits[c >> 4];
		*to++ = digits[c & 15];
	}
	return out;
}

const char *req_text(const struct request *req, enum text_id id)
{
	return lang_text(req->lang, id);
}

const char *req_link(struct request *req, const char *path)
{
	return req->link_lang && path ? req_printf(req, "%s?l=%s", path, req->link_lang) : path;
}

struct text req_pick_text(const struct request *req, struct texts texts)
{
	for (size_t i = 0; i < texts.n; i++)
		if (strcmp(texts.v[i].lang, lang_code(req->lang)) == 0)
			return texts.v[i];
	return texts.n ? texts.v[0] : (struct text){ 0 };
}

const char *req_pick(const struct request *req, struct texts texts)
{
	return req_pick_text(req, texts).s;
}

enum err req_today(const struct request *req, const char *zone, struct civil *out)
{
	enum err err = zone_from_utc(zone, req->now, out);

	if (!err)
		*out = (struct civil){ out->year, out->month, out->day, .date_only = true };
	return err;
}

const char *req_public_url(const struct request *req)
{
	return req->central->public_url;
}
