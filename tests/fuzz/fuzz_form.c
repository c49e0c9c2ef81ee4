/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Form bodies: the first line is the content type, the rest the body. What the
 * table lets through must be what its row allows. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "central/form.h"

static const char *const KINDS[] = { "song", "walk", NULL };

static const struct fields FIELDS_OF_ALL_TYPES =
	FIELDS({ .name = "line", .type = FIELD_LINE, .required = true, .min = 2, .max = 20 },
	       { .name = "text", .type = FIELD_TEXT, .max = 100 },
	       { .name = "secret", .type = FIELD_SECRET, .min = 1, .max = 100 },
	       { .name = "number", .type = FIELD_NUMBER, .min = -3, .max = 40 }, { .name = "date", .type = FIELD_DATE },
	       { .name = "time", .type = FIELD_TIME }, { .name = "moment", .type = FIELD_MOMENT },
	       { .name = "choice", .type = FIELD_CHOICE, .choices = KINDS },
	       { .name = "many", .type = FIELD_MANY, .choices = KINDS }, { .name = "check", .type = FIELD_CHECK },
	       { .name = "id", .type = FIELD_ID }, { .name = "token", .type = FIELD_TOKEN },
	       { .name = "phone", .type = FIELD_PHONE }, { .name = "mail", .type = FIELD_MAIL },
	       { .name = "contact", .type = FIELD_CONTACT }, { .name = "web", .type = FIELD_WEB },
	       { .name = "language", .type = FIELD_LANGUAGE }, { .name = "file", .type = FIELD_FILE, .max = 1000 });

static void check_value(const struct form_value *value)
{
	if (!value->value || value->field->type == FIELD_FILE)
		return;
	if (!utf8_is_valid(value->value, value->len) || strlen(value->value) != value->len)
		abort();
	if (value->field->type == FIELD_NUMBER && (value->number < -3 || value->number > 40))
		abort();
	if (value->field->type == FIELD_TIME && (value->number < 0 || value->number >= 24 * 60))
		abort();
	if (value->field->type == FIELD_LINE && strpbrk(value->value, "\r\n\t"))
		abort();
}

static void check_pairs(struct arena *arena, const struct form_pairs *pairs)
{
	struct form form = { 0 };

	if (form_check(arena, lang_find("nb"), FIELDS_OF_ALL_TYPES, pairs, &form) != OK)
		abort();
	for (size_t i = 0; i < form.n; i++)
		check_value(&form.v[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena;
	struct form_pairs pairs = { 0 };
	struct fault fault = { 0 };
	const uint8_t *line_end = len ? memchr(bytes, '\n', len) : NULL;

	if (!line_end)
		return 0;
	size_t head = (size_t)(line_end - bytes);
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	char *content_type = arena_copy(&arena, (const char *)bytes, head);
	/* A body of its own, so that a byte read past its end is seen. */
	size_t body_len = len - head - 1;
	char *body = malloc(body_len ? body_len : 1);
	if (body && content_type) {
		memcpy(body, line_end + 1, body_len);
		if (form_parse(&arena, *content_type ? content_type : NULL, body, body_len, &pairs, &fault) == OK)
			check_pairs(&arena, &pairs);
	}
	free(body);
	arena_free(&arena);
	return 0;
}
