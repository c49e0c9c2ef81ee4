/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was sent, held against the table of fields. */
#include "central/form.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "central/page.h"
#include "central/secret.h"
#include "core/feed_rules.h"
#include "core/icu.h"

const struct fields fields_none = { 0, NULL };

/* A check cleans IN (trimmed, not empty) and fills VALUE; it returns TEXT_COUNT if all is well, else what to say. */
#define FINE TEXT_COUNT
typedef enum text_id checker(struct form *form, const struct field *field, const char *in, struct form_value *out);

static int32_t most(const struct field *field, int32_t otherwise)
{
	return field->max ? field->max : otherwise;
}

/* What the feed would refuse later is refused here, where somebody can mend it. */
static bool has_controls(const char *s, bool lines)
{
	struct feed_text text = feed_text_scan(s);

	return text.bad || text.is_blank || (text.has_lines && !lines);
}

static enum text_id check_length(const struct field *field, const char *s, int32_t max)
{
	size_t n = utf8_count(s);

	if (n > (size_t)most(field, max))
		return TEXT_FORM_TOO_LONG;
	return n < (size_t)field->min ? TEXT_FORM_TOO_SHORT : FINE;
}

static enum text_id check_line(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form;
	out->value = in;
	return has_controls(in, false) ? TEXT_FORM_CONTROLS : check_length(field, in, LIMIT_NAME);
}

static enum text_id check_text(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	char *to = arena_alloc(form->arena, strlen(in) + 1);

	if (!to)
		return TEXT_FORM_TOO_LONG;
	out->value = to;
	for (; *in; in++)
		if (*in == '\t')
			*to++ = ' ';
		else if (*in != '\r')
			*to++ = *in;
		else if (in[1] != '\n')
			*to++ = '\n';
	return has_controls(out->value, true) ? TEXT_FORM_CONTROLS : check_length(field, out->value, LIMIT_TEXT);
}

static enum text_id check_secret(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form;
	out->value = in;
	return check_length(field, in, LIMIT_NAME);
}

static enum text_id check_number(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	char *end;

	(void)form;
	errno = 0;
	out->number = strtoll(in, &end, 10);
	out->value = in;
	if (*end || errno || (!isdigit((unsigned char)in[0]) && in[0] != '-'))
		return TEXT_STAFF_FORM_NOT_A_NUMBER;
	return out->number < field->min || (field->max && out->number > field->max) ? TEXT_STAFF_FORM_OUT_OF_RANGE
										    : FINE;
}

static enum text_id check_date(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	return civil_parse(in, &out->when) && out->when.date_only ? FINE : TEXT_STAFF_FORM_NOT_A_DATE;
}

static enum text_id check_time(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	char moment[CIVIL_SIZE] = "2000-01-01T";
	struct civil when;

	(void)form, (void)field;
	if (strlen(in) != 5)
		return TEXT_STAFF_FORM_NOT_A_TIME;
	memcpy(moment + 11, in, 6);
	if (!civil_parse(moment, &when) || when.date_only)
		return TEXT_STAFF_FORM_NOT_A_TIME;
	out->value = in;
	out->number = when.hour * 60 + when.minute;
	return FINE;
}

static enum text_id check_moment(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	return civil_parse(in, &out->when) ? FINE : TEXT_STAFF_FORM_NOT_A_DATE;
}

static enum text_id check_choice(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form;
	for (const char *const *choice = field->choices; *choice; choice++)
		if (strcmp(*choice, in) == 0) {
			out->value = *choice;
			out->number = choice - field->choices;
			return FINE;
		}
	return TEXT_FORM_NOT_A_CHOICE;
}

static enum text_id check_on(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	out->number = 1;
	return FINE;
}

static enum text_id check_id(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	return feed_is_id(in) ? FINE : TEXT_FORM_NOT_A_CHOICE;
}

static enum text_id check_token(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	return id_is_made(in) ? FINE : TEXT_FORM_NOT_A_CHOICE;
}

char *form_latin_digits(struct arena *arena, const char *in)
{
	static const uint32_t zeros[] = { 0x660, 0x6f0 }; /* Arabic, Persian and Urdu */
	size_t left = strlen(in), n = 0, len;
	char *to = arena_alloc(arena, left + 1);
	uint32_t code;

	for (; to && left && (len = utf8_decode(in, left, &code)) > 0; in += len, left -= len) {
		if (icu_is_invisible(code))
			continue;
		for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
			if (code >= zeros[i] && code <= zeros[i] + 9)
				code = '0' + code - zeros[i];
		n += utf8_encode(code, to + n);
	}
	if (to)
		to[n] = '\0';
	return to;
}

static enum text_id check_phone(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	char *to = arena_alloc(form->arena, strlen(in) + 1);
	size_t n = 0;

	(void)field;
	in = form_latin_digits(form->arena, in);
	if (!to || !in)
		return TEXT_FORM_TOO_LONG;
	for (; *in; in++)
		if (isdigit((unsigned char)*in) || (*in == '+' && n == 0))
			to[n++] = *in;
		else if (!strchr(" -()./", *in))
			return TEXT_STAFF_FORM_NOT_A_PHONE;
	out->value = to;
	/* E.164 has at most 15 digits. */
	bool fine = to[0] == '+' ? n >= 8 && n <= 16 : n == 8;
	return fine ? FINE : TEXT_STAFF_FORM_NOT_A_PHONE;
}

/* What browsers call a valid address (HTML, 4.10.5.1.5), and a dot in the domain. */
static enum text_id check_mail(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	static const char local[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-";
	static const char domain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t before = strspn(in, local);
	const char *host = in + before + 1;

	(void)form, (void)field;
	out->value = in;
	if (before == 0 || before > 64 || in[before] != '@' || strlen(in) > 254)
		return TEXT_STAFF_FORM_NOT_A_MAIL;
	bool fine = *host && strspn(host, domain) == strlen(host) && !strchr(".-", host[0]) && strchr(host, '.') &&
		    !strstr(host, "..") && !strchr(".-", host[strlen(host) - 1]);
	return fine ? FINE : TEXT_STAFF_FORM_NOT_A_MAIL;
}

static enum text_id check_contact(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	if (strchr(in, '@'))
		return check_mail(form, field, in, out);
	return check_phone(form, field, in, out) == FINE ? FINE : TEXT_FORM_NOT_A_CONTACT;
}

static enum text_id check_web(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	bool web = strncmp(in, "http://", 7) == 0 || strncmp(in, "https://", 8) == 0;

	(void)form;
	out->value = in;
	if (!web || !url_is_allowed(in) || !strchr(in + 8, '.') || strchr("/.:?#", strstr(in, "//")[2]))
		return TEXT_STAFF_FORM_NOT_AN_ADDRESS;
	return check_length(field, in, LIMIT_SETTING);
}

static enum text_id check_language(struct form *form, const struct field *field, const char *in, struct form_value *out)
{
	(void)form, (void)field;
	out->value = in;
	return feed_is_language(in) ? FINE : TEXT_FORM_NOT_A_CHOICE;
}

static checker *const checkers[] = {
	[FIELD_LINE] = check_line,
	[FIELD_TEXT] = check_text,
	[FIELD_SECRET] = check_secret,
	[FIELD_NUMBER] = check_number,
	[FIELD_DATE] = check_date,
	[FIELD_TIME] = check_time,
	[FIELD_MOMENT] = check_moment,
	[FIELD_CHOICE] = check_choice,
	[FIELD_MANY] = check_choice,
	[FIELD_CHECK] = check_on,
	[FIELD_ID] = check_id,
	[FIELD_TOKEN] = check_token,
	[FIELD_PHONE] = check_phone,
	[FIELD_MAIL] = check_mail,
	[FIELD_CONTACT] = check_contact,
	[FIELD_WEB] = check_web,
	[FIELD_LANGUAGE] = check_language,
	[FIELD_FILE] = NULL,
};

static char *trim(struct arena *arena, const char *s, size_t len)
{
	while (len && isspace((unsigned char)s[0]))
		s++, len--;
	while (len && isspace((unsigned char)s[len - 1]))
		len--;
	return arena_copy(arena, s, len);
}

static enum err say(struct form *form, struct form_value *row, enum text_id text)
{
	const struct field *field = row->field;
	int32_t max = most(field, field->type == FIELD_TEXT ? LIMIT_TEXT : LIMIT_NAME);
	int32_t first = text == TEXT_FORM_TOO_LONG ? max : field->min;

	form->wrong = true;
	row->value = NULL;
	row->wrong = lang_format(form->arena, form->lang, text, ARG_N(first), ARG_N(max));
	return row->wrong ? OK : ERR_MEMORY;
}

static enum err check_file(struct form *form, struct form_value *row, const struct form_pair *pair)
{
	if (!pair->filename)
		return say(form, row, TEXT_STAFF_FORM_NOT_A_FILE);
	row->filename = pair->filename;
	if (pair->len == 0)
		return row->field->required ? say(form, row, TEXT_FORM_REQUIRED) : OK;
	if (row->field->max && pair->len > (size_t)row->field->max)
		return say(form, row, TEXT_STAFF_FORM_FILE_TOO_LARGE);
	row->value = pair->value;
	row->len = pair->len;
	return OK;
}

static enum err check_value(struct form *form, struct form_value *row, const struct form_pair *pair)
{
	const struct field *field = row->field;

	if (field->type == FIELD_FILE)
		return check_file(form, row, pair);
	const char *in = field->type == FIELD_SECRET ? pair->value : trim(form->arena, pair->value, pair->len);
	if (!in)
		return ERR_MEMORY;
	row->typed = field->type == FIELD_SECRET ? NULL : in;
	if (!*in)
		return field->required ? say(form, row, TEXT_FORM_REQUIRED) : OK;
	enum text_id text = checkers[field->type](form, field, in, row);
	if (text != FINE)
		return say(form, row, text);
	row->len = strlen(row->value);
	return OK;
}

static enum err check_many(struct form *form, struct form_value *row, const struct form_pairs *pairs, size_t count)
{
	const char **many = ARENA_ARRAY(form->arena, count, const char *);
	struct form_value one = { .field = row->field };

	if (!many)
		return ERR_MEMORY;
	row->many = many;
	for (size_t i = 0; i < pairs->n; i++) {
		if (strcmp(pairs->v[i].name, row->field->name) != 0 || pairs->v[i].len == 0)
			continue;
		const char *in = pairs->v[i].value;
		if ((row->field->choices ? check_choice : check_id)(form, row->field, in, &one) != FINE)
			return say(form, row, TEXT_FORM_NOT_A_CHOICE);
		many[row->n_many++] = one.value;
	}
	return row->n_many == 0 && row->field->required ? say(form, row, TEXT_FORM_REQUIRED) : OK;
}

static enum err check_row(struct form *form, struct form_value *row, const struct form_pairs *pairs)
{
	const struct form_pair *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < pairs->n; i++)
		if (strcmp(pairs->v[i].name, row->field->name) == 0 && count++ == 0)
			found = &pairs->v[i];
	if (row->field->type == FIELD_MANY)
		return check_many(form, row, pairs, count);
	if (!found)
		return row->field->required ? say(form, row, TEXT_FORM_REQUIRED) : OK;
	return count > 1 ? say(form, row, TEXT_FORM_TWICE) : check_value(form, row, found);
}

enum err form_empty(struct arena *arena, const struct lang *lang, struct fields fields, struct form *out)
{
	*out = (struct form){ .arena = arena, .lang = lang, .n = fields.n };
	out->v = ARENA_ARRAY(arena, fields.n, struct form_value);
	if (!out->v)
		return ERR_MEMORY;
	for (size_t i = 0; i < fields.n; i++)
		out->v[i].field = &fields.v[i];
	return OK;
}

enum err form_check(struct arena *arena, const struct lang *lang, struct fields fields, const struct form_pairs *pairs,
		    struct form *out)
{
	enum err err = form_empty(arena, lang, fields, out);

	out->sent = true;
	for (size_t i = 0; i < fields.n && !err; i++)
		err = check_row(out, &out->v[i], pairs);
	return err;
}

static struct form_value *find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->v[i].field->name, name) == 0)
			return &form->v[i];
	return NULL;
}

const struct form_value *form_get(const struct form *form, const char *name)
{
	static const struct field no_field = { .name = "" };
	static const struct form_value nothing = { .field = &no_field };
	const struct form_value *row = find(form, name);

	return row ? row : &nothing;
}

const char *form_text(const struct form *form, const char *name)
{
	return form_get(form, name)->value;
}

int64_t form_number(const struct form *form, const char *name, int64_t otherwise)
{
	const struct form_value *row = form_get(form, name);

	return row->value ? row->number : otherwise;
}

bool form_has(const struct form *form, const char *name)
{
	const struct form_value *row = form_get(form, name);

	return row->value || row->n_many > 0;
}

void form_fault(struct form *form, const char *name, enum text_id text)
{
	struct form_value *row = find(form, name);

	form->wrong = true;
	if (row && say(form, row, text))
		row->wrong = lang_text(form->lang, TEXT_FORM_REQUIRED);
}
