/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_sheet.h"

#include <string.h>

#include "base/log.h"
#include "central/staff_choices.h"

/* ---- values ------------------------------------------------------------- */

void values_set(struct values *values, const char *name, const char *value)
{
	if (values->n < VALUES_MAX)
		values->v[values->n++] = (struct value){ name, value };
	else
		log_line(LOG_ERROR, "a form has more than %d values", VALUES_MAX);
}

void values_number(struct values *values, struct request *req, const char *name, bool has, int64_t number)
{
	values_set(values, name, has ? req_printf(req, "%lld", (long long)number) : NULL);
}

void values_civil(struct values *values, struct request *req, const char *name, bool has, struct civil when)
{
	char text[CIVIL_SIZE];

	civil_print(when, text);
	values_set(values, name, has ? arena_strdup(req->arena, text) : NULL);
}

static const char *const text_languages[2] = { "nb", "en" };

void values_texts(struct values *values, const char *const names[2], struct texts texts)
{
	for (int i = 0; i < 2; i++) {
		const char *found = NULL;
		for (size_t t = 0; t < texts.n; t++)
			if (strcmp(texts.v[t].lang, text_languages[i]) == 0)
				found = texts.v[t].s;
		values_set(values, names[i], found);
	}
}

const char *values_get(const struct values *values, const char *name)
{
	for (size_t i = 0; i < values->n; i++)
		if (strcmp(values->v[i].name, name) == 0)
			return values->v[i].value;
	return NULL;
}

enum err texts_take(struct request *req, const char *const names[2], struct texts before, struct texts *out)
{
	struct text *v = ARENA_ARRAY(req->arena, before.n + 2, struct text);
	size_t n = 0;

	if (!v)
		return ERR_MEMORY;
	for (int i = 0; i < 2; i++)
		if (form_has(&req->form, names[i]))
			v[n++] = (struct text){ text_languages[i], form_text(&req->form, names[i]) };
	for (size_t i = 0; i < before.n; i++)
		if (strcmp(before.v[i].lang, text_languages[0]) != 0 &&
		    strcmp(before.v[i].lang, text_languages[1]) != 0)
			v[n++] = before.v[i];
	*out = (struct texts){ n, v };
	return OK;
}

bool texts_same(struct texts a, struct texts b)
{
	bool same = a.n == b.n;

	for (size_t i = 0; same && i < a.n; i++)
		same = strcmp(a.v[i].lang, b.v[i].lang) == 0 && strcmp(a.v[i].s, b.v[i].s) == 0;
	return same;
}

enum err people_load(struct request *req, struct people *out)
{
	enum err err = store_organisations(req->db, req->arena, req->actor, req->centre, &out->organisations);

	return err ? err : store_contacts(req->db, req->arena, req->actor, req->centre, &out->contacts);
}

/* ---- fields ------------------------------------------------------------- */

/* Whom an item may refer to. There is room for one more. */
static struct option *people_options(const struct sheet *sheet, const struct field *field, size_t *n)
{
	const struct people *people = sheet->people;
	bool is_organisation = strcmp(field->name, "organisation") == 0;
	size_t count = is_organisation ? people->organisations.n : people->contacts.n;
	struct option *options = ARENA_ARRAY(sheet->req->arena, count + 1, struct option);

	*n = options ? count : 0;
	for (size_t i = 0; i < *n; i++)
		options[i] =
			is_organisation
				? (struct option){ people->organisations.v[i].item.id,
						   req_pick(sheet->req, people->organisations.v[i].item.name) }
				: (struct option){ people->contacts.v[i].item.id, people->contacts.v[i].item.name };
	return options;
}

/* In a list of which something must be chosen nothing is chosen for people: the first would be kept by whoever
 * overlooks it. Up to RADIOS choices are shown as buttons, where nothing is on. */
static void choose_first(const struct sheet *sheet, struct option *options, size_t *n)
{
	enum { RADIOS = 5 };

	if (!options || *n <= RADIOS)
		return;
	memmove(options + 1, options, *n * sizeof *options);
	options[0] = (struct option){ "", req_text(sheet->req, TEXT_STAFF_CHOOSE) };
	(*n)++;
}

static struct option *options_of(const struct sheet *sheet, const struct field *field, size_t *n)
{
	const char *stored = values_get(sheet->values, field->name);
	struct option *options =
		field->type == FIELD_ID ? people_options(sheet, field, n) : choice_options(sheet->req, field->name, n);

	/* A rule of its own can be kept, not chosen; it is the last one. */
	if (*n && strcmp(options[*n - 1].value, "own") == 0 && (!stored || strcmp(stored, "own") != 0))
		(*n)--;
	if (field->required && field->type != FIELD_MANY && !stored)
		choose_first(sheet, options, n);
	return options;
}

/* "monday,friday" into its parts. */
static const char *const *split(struct arena *arena, const char *value, size_t *n)
{
	const char **parts = ARENA_ARRAY(arena, KIND_COUNT + 32, const char *);

	*n = 0;
	for (const char *c = value ? value : ""; parts && *c && *n < KIND_COUNT + 32;) {
		size_t len = strcspn(c, ",");
		if (!(parts[*n] = arena_copy(arena, c, len)))
			return parts;
		(*n)++;
		c += len + (c[len] == ',');
	}
	return parts;
}

void sheet_field(const struct sheet *sheet, const char *name, enum text_id help)
{
	struct request *req = sheet->req;
	const struct field *field = form_get(&req->form, name)->field;
	const char *value = values_get(sheet->values, name), *words = help == TEXT_COUNT ? NULL : req_text(req, help);
	struct option *options;
	size_t n, n_on;

	switch (field->type) {
	case FIELD_CHOICE:
	case FIELD_ID:
		options = options_of(sheet, field, &n);
		field_choice(req, &req->form, name, field->label, words, n, options, value);
		return;
	case FIELD_MANY:
		options = options_of(sheet, field, &n);
		const char *const *on = split(req->arena, value, &n_on);
		field_checks(req, &req->form, name, field->label, words, n, options, on ? n_on : 0, on);
		return;
	case FIELD_CHECK:
		field_check(req, &req->form, name, field->label, words, value != NULL);
		return;
	default:
		field_input(req, &req->form, name, field->label, words, value);
	}
}

void sheet_open(const struct sheet *sheet, const char *action, int64_t revision)
{
	struct request *req = sheet->req;
	const char *typed = revision ? NULL : form_text(&req->form, "token");
	char token[ID_SIZE];

	id_new(token);
	form_summary(req, &req->form);
	form_open(req, action, revision ? NULL : typed ? typed : token);
	if (revision)
		html(&req->page, "<input type=\"hidden\" name=\"revision\" value=\"%d\">\n", revision);
}

void sheet_more_open(const struct sheet *sheet, enum text_id summary, size_t n, const char *const *names)
{
	bool open = false;

	for (size_t i = 0; i < n; i++) {
		const struct form_value *row = form_get(&sheet->req->form, names[i]);
		const char *typed = sheet->req->form.sent ? row->typed : values_get(sheet->values, names[i]);
		open = open || row->wrong || (typed && *typed);
	}
	if (open)
		html(&sheet->req->page, "<details class=\"ds-details op-more\" open>");
	else
		html(&sheet->req->page, "<details class=\"ds-details op-more\">");
	html(&sheet->req->page, "<summary>%t</summary>\n<div class=\"op-more-fields\">\n", summary);
}

void sheet_more_close(const struct sheet *sheet)
{
	html(&sheet->req->page, "</div>\n</details>\n");
}

/* ---- what the store refuses --------------------------------------------- */

/* What was typed, in the form that values have. */
static const char *typed(struct request *req, const char *name)
{
	const struct form_value *row = form_get(&req->form, name);
	const char *all = "";

	if (row->field->type == FIELD_CHECK)
		return row->value ? "1" : "";
	if (row->field->type != FIELD_MANY)
		return row->value ? row->value : row->typed ? row->typed : "";
	for (size_t i = 0; i < row->n_many && all; i++)
		all = req_printf(req, "%s%s%s", all, i ? "," : "", row->many[i]);
	return all ? all : "";
}

static const char *shown(const struct sheet *sheet, const struct field *field, const char *value)
{
	size_t n, n_parts;

	if (field->type == FIELD_CHECK)
		return req_text(sheet->req, *value ? TEXT_STAFF_YES : TEXT_STAFF_NO);
	if (!*value)
		return req_text(sheet->req, TEXT_STAFF_NOTHING);
	if (field->type == FIELD_ID) {
		const struct option *options = people_options(sheet, field, &n);
		for (size_t i = 0; options && i < n; i++)
			if (strcmp(options[i].value, value) == 0)
				return options[i].words;
		return value;
	}
	if (field->type != FIELD_MANY)
		return choice_words(sheet->req, field->name, value);
	const char *const *parts = split(sheet->req->arena, value, &n_parts);
	const char *all = "";
	for (size_t i = 0; parts && i < n_parts && all; i++)
		all = req_printf(sheet->req, "%s%s%s", all, i ? ", " : "",
				 choice_words(sheet->req, field->name, parts[i]));
	return all;
}

static void conflict_row(const struct sheet *sheet, const struct value *value)
{
	const struct field *field = form_get(&sheet->req->form, value->name)->field;
	const char *theirs = value->value ? value->value : "", *ours = typed(sheet->req, value->name);

	if (strcmp(theirs, ours) == 0)
		return;
	html(&sheet->req->page, "<tr><th scope=\"row\">%t</th><td>%s</td><td>%s</td></tr>\n", field->label,
	     shown(sheet, field, theirs), shown(sheet, field, ours));
}

void sheet_conflict(const struct sheet *sheet, const struct stored *stored, const char *zone)
{
	struct request *req = sheet->req;
	const char *who =
		stored->changed_by && *stored->changed_by ? stored->changed_by : req_text(req, TEXT_STAFF_SOMEBODY);

	reply_status(req, 409);
	page_alert(req, TONE_WARNING,
		   lang_format(req->arena, req->lang, TEXT_STAFF_CONFLICT, ARG_S(who),
			       ARG_S(words_moment(req, zone, stored->changed_at))));
	html(&req->page,
	     "<div class=\"op-table-scroll\">\n<table class=\"ds-table op-conflict\">\n<thead><tr><th scope=\"col\">%t</th>"
	     "<th scope=\"col\">%t</th><th scope=\"col\">%t</th></tr></thead>\n<tbody>\n",
	     TEXT_STAFF_CONFLICT_FIELD, TEXT_STAFF_CONFLICT_STORED, TEXT_STAFF_CONFLICT_YOURS);
	for (size_t i = 0; i < sheet->values->n; i++)
		conflict_row(sheet, &sheet->values->v[i]);
	html(&req->page, "</tbody>\n</table>\n</div>\n");
}

bool sheet_refused(struct request *req, enum err err, const char *field)
{
	if (err == ERR_REFERENCE)
		form_fault(&req->form, field, TEXT_STAFF_REFERENCE_GONE);
	else if (err == ERR_LIMIT)
		form_fault(&req->form, field, TEXT_STAFF_LIST_FULL);
	else if (err == ERR_VALUE || err == ERR_SYNTAX || err == ERR_UNSUPPORTED)
		form_fault(&req->form, field, TEXT_STAFF_NOT_TAKEN);
	else
		return false;
	return true;
}

/* ---- removal ------------------------------------------------------------ */

const struct fields fields_remove =
	FIELDS({ .name = "revision", .type = FIELD_NUMBER, .required = true, .label = TEXT_STAFF_REMOVE });

void remove_form_write(struct request *req, const char *action, int64_t revision, const char *back)
{
	const char *wrong = form_get(&req->form, "revision")->wrong;

	if (wrong)
		page_alert(req, TONE_WARNING, wrong);
	form_open(req, action, NULL);
	html(&req->page, "<input type=\"hidden\" name=\"revision\" value=\"%d\">\n", revision);
	actions_open(req);
	form_button(req, TEXT_STAFF_REMOVE_NOW, NULL, NULL, true);
	page_button(req, back, TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
}
