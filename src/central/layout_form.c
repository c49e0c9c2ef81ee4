/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a form, as Designsystemet has them: label, help, field, what is wrong with it. */
#include <string.h>

#include "central/layout.h"

enum { FEW = 5 };

/* How each type of field is shown. NULL: not by an <input>. */
static const struct look {
	const char *type, *autocomplete, *inputmode;
} looks[] = {
	[FIELD_LINE] = { "text", NULL, NULL },          [FIELD_SECRET] = { "password", "current-password", NULL },
	[FIELD_NUMBER] = { "number", NULL, "numeric" }, [FIELD_DATE] = { "date", NULL, NULL },
	[FIELD_TIME] = { "time", NULL, NULL },          [FIELD_MOMENT] = { "datetime-local", NULL, NULL },
	[FIELD_PHONE] = { "tel", "tel", "tel" },        [FIELD_MAIL] = { "email", "email", "email" },
	[FIELD_CONTACT] = { "text", NULL, NULL },       [FIELD_WEB] = { "url", "url", "url" },
	[FIELD_LANGUAGE] = { "text", NULL, NULL },      [FIELD_ID] = { "text", NULL, NULL },
	[FIELD_TOKEN] = { "hidden", NULL, NULL },       [FIELD_FILE] = { "file", NULL, NULL },
};

void form_open(struct request *req, const char *action, const char *token)
{
	html(&req->page, "<form class=\"op-form\" method=\"post\" action=\"%u\" novalidate>\n", action);
	html(&req->page, "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n", req->csrf);
	if (token)
		html(&req->page, "<input type=\"hidden\" name=\"token\" value=\"%s\">\n", token);
}

void form_open_upload(struct request *req, const char *action, const char *token)
{
	html(&req->page,
	     "<form class=\"op-form\" method=\"post\" action=\"%u\" enctype=\"multipart/form-data\" novalidate>\n",
	     action);
	html(&req->page, "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n", req->csrf);
	if (token)
		html(&req->page, "<input type=\"hidden\" name=\"token\" value=\"%s\">\n", token);
}

void form_close(struct request *req)
{
	html(&req->page, "</form>\n");
}

void form_summary(struct request *req, const struct form *form)
{
	struct page *p = &req->page;

	if (!form->wrong)
		return;
	html(p,
	     "<div class=\"ds-error-summary\" role=\"alert\" tabindex=\"-1\"><h2 class=\"ds-heading\" data-size=\"2xs\">%t</h2>"
	     "<ul class=\"ds-list\">\n",
	     TEXT_PAGE_FORM_WRONG);
	for (size_t i = 0; i < form->n; i++)
		if (form->v[i].wrong)
			html(p, "<li><a class=\"ds-link\" href=\"#f-%s\">%t: %s</a></li>\n", form->v[i].field->name,
			     form->v[i].field->label, form->v[i].wrong);
	html(p, "</ul></div>\n");
}

/* What an <input> says about its help and its fault. */
static void described(struct request *req, const struct form_value *v, const char *help)
{
	struct page *p = &req->page;
	const char *name = v->field->name;

	if (v->wrong)
		html(p, " aria-invalid=\"true\"");
	if (v->wrong && help)
		html(p, " aria-describedby=\"h-%s w-%s\"", name, name);
	else if (v->wrong)
		html(p, " aria-describedby=\"w-%s\"", name);
	else if (help)
		html(p, " aria-describedby=\"h-%s\"", name);
	if (v->field->required)
		html(p, " required");
}

static void label_words(struct request *req, const struct form_value *v, enum text_id label)
{
	html(&req->page, "%t", label);
	if (!v->field->required && !v->field->conditional)
		html(&req->page, " <span class=\"op-optional\">(%t)</span>", TEXT_PAGE_OPTIONAL);
}

static void help_text(struct request *req, const struct form_value *v, const char *help)
{
	if (help)
		html(&req->page, "<p data-field=\"description\" id=\"h-%s\">%s</p>\n", v->field->name, help);
}

static void fault_text(struct request *req, const struct form_value *v)
{
	if (v->wrong)
		html(&req->page, "<p class=\"ds-validation-message\" data-field=\"validation\" id=\"w-%s\">%s</p>\n",
		     v->field->name, v->wrong);
}

static void limits(struct request *req, const struct field *field)
{
	if (field->type == FIELD_NUMBER) {
		html(&req->page, " min=\"%d\"", field->min);
		if (field->max)
			html(&req->page, " max=\"%d\"", field->max);
	}
	if ((field->type == FIELD_LINE || field->type == FIELD_TEXT) && field->max)
		html(&req->page, " maxlength=\"%d\"", field->max);
}

static const char *value_of(const struct form *form, const struct form_value *v, const char *otherwise)
{
	if (v->field->type == FIELD_SECRET || v->field->type == FIELD_FILE)
		return NULL;
	return form->sent ? v->typed : otherwise;
}

static void input(struct request *req, const struct form_value *v, const char *help, const char *value)
{
	const struct look *look = &looks[v->field->type];
	struct page *p = &req->page;

	const char *inputmode = v->field->inputmode ? v->field->inputmode : look->inputmode;
	/* Numbers and addresses are written from the left in every script; other words as they themselves say. */
	bool words = v->field->type == FIELD_LINE && !inputmode;

	html(p, "<input class=\"ds-input\" id=\"f-%s\" name=\"%s\" type=\"%s\" dir=\"%s\"", v->field->name,
	     v->field->name, look->type, words ? "auto" : "ltr");
	if (value)
		html(p, " value=\"%s\"", value);
	if (v->field->autocomplete)
		html(p, " autocomplete=\"%s\"", v->field->autocomplete);
	else if (look->autocomplete)
		html(p, " autocomplete=\"%s\"",
		     v->field->type == FIELD_SECRET && v->field->min ? "new-password" : look->autocomplete);
	if (inputmode)
		html(p, " inputmode=\"%s\"", inputmode);
	limits(req, v->field);
	described(req, v, help);
	html(p, ">\n");
}

void field_input(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		 const char *value)
{
	const struct form_value *v = form_get(form, name);
	struct page *p = &req->page;

	html(p, "<div class=\"ds-field\"><label class=\"ds-label\" for=\"f-%s\">", name);
	label_words(req, v, label);
	html(p, "</label>\n");
	help_text(req, v, help);
	if (v->field->type == FIELD_TEXT) {
		html(p, "<textarea class=\"ds-input\" id=\"f-%s\" name=\"%s\" rows=\"4\" dir=\"auto\"", name, name);
		limits(req, v->field);
		described(req, v, help);
		/* The first line break behind the tag is the markup's, not the text's (HTML, 13.1.2.5). */
		html(p, ">\n%s</textarea>\n", value_of(form, v, value));
	} else {
		input(req, v, help, value_of(form, v, value));
	}
	fault_text(req, v);
	html(p, "</div>\n");
}

static void select_options(struct request *req, const struct form_value *v, size_t n, const struct option *options,
			   const char *value)
{
	if (!v->field->required)
		html(&req->page, "<option value=\"\"></option>\n");
	for (size_t i = 0; i < n; i++)
		if (value && strcmp(options[i].value, value) == 0)
			html(&req->page, "<option value=\"%s\" selected>%s</option>\n", options[i].value,
			     options[i].words);
		else
			html(&req->page, "<option value=\"%s\">%s</option>\n", options[i].value, options[i].words);
}

static void fieldset_open(struct request *req, const struct form_value *v, enum text_id label, const char *help)
{
	html(&req->page, "<fieldset class=\"ds-fieldset\" id=\"f-%s\" tabindex=\"-1\"", v->field->name);
	if (v->wrong)
		html(&req->page, " aria-describedby=\"w-%s\"", v->field->name);
	html(&req->page, "><legend class=\"ds-label\">");
	label_words(req, v, label);
	html(&req->page, "</legend>\n");
	help_text(req, v, help);
}

/* One round or square button with its words. */
static void tick_box(struct request *req, const struct form_value *v, const char *type, const struct option *option,
		     bool on, size_t i)
{
	struct page *p = &req->page;
	const char *name = v->field->name;

	html(p, "<div class=\"ds-field\"><input class=\"ds-input\" type=\"%s\" id=\"f-%s-%d\" name=\"%s\" value=\"%s\"",
	     type, name, (int64_t)i, name, option->value);
	if (on)
		html(p, " checked");
	html(p, "><label class=\"ds-label\" data-weight=\"regular\" for=\"f-%s-%d\">%s</label></div>\n", name,
	     (int64_t)i, option->words);
}

void field_choice(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		  size_t n, const struct option *options, const char *value)
{
	const struct form_value *v = form_get(form, name);
	const char *chosen = value_of(form, v, value);

	if (n <= FEW && v->field->required) {
		fieldset_open(req, v, label, help);
		for (size_t i = 0; i < n; i++)
			tick_box(req, v, "radio", &options[i], chosen && strcmp(chosen, options[i].value) == 0, i);
		fault_text(req, v);
		html(&req->page, "</fieldset>\n");
		return;
	}
	html(&req->page, "<div class=\"ds-field\"><label class=\"ds-label\" for=\"f-%s\">", name);
	label_words(req, v, label);
	html(&req->page, "</label>\n");
	help_text(req, v, help);
	html(&req->page, "<select class=\"ds-input\" id=\"f-%s\" name=\"%s\"", name, name);
	described(req, v, help);
	html(&req->page, ">\n");
	select_options(req, v, n, options, chosen);
	html(&req->page, "</select>\n");
	fault_text(req, v);
	html(&req->page, "</div>\n");
}

static bool is_among(const char *s, size_t n, const char *const *values)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(values[i], s) == 0)
			return true;
	return false;
}

void field_checks(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		  size_t n, const struct option *options, size_t n_values, const char *const *values)
{
	const struct form_value *v = form_get(form, name);

	if (form->sent) {
		n_values = v->n_many;
		values = v->many;
	}
	fieldset_open(req, v, label, help);
	for (size_t i = 0; i < n; i++)
		tick_box(req, v, "checkbox", &options[i], is_among(options[i].value, n_values, values), i);
	fault_text(req, v);
	html(&req->page, "</fieldset>\n");
}

void field_check(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		 bool on)
{
	const struct form_value *v = form_get(form, name);
	struct page *p = &req->page;

	html(p,
	     "<div class=\"ds-field\"><input class=\"ds-input\" type=\"checkbox\" id=\"f-%s\" name=\"%s\" value=\"1\"",
	     name, name);
	if (form->sent ? v->typed != NULL : on)
		html(p, " checked");
	described(req, v, help);
	html(p, "><label class=\"ds-label\" data-weight=\"regular\" for=\"f-%s\">%t</label>\n", name, label);
	help_text(req, v, help);
	fault_text(req, v);
	html(p, "</div>\n");
}

void form_submit(struct request *req, enum text_id words)
{
	html(&req->page, "<button class=\"ds-button\" type=\"submit\">%t</button>\n", words);
}

void form_button(struct request *req, enum text_id words, const char *name, const char *value, bool danger)
{
	struct page *p = &req->page;

	html(p, "<button class=\"ds-button\" type=\"submit\" data-variant=\"%s\"", danger ? "primary" : "secondary");
	if (danger)
		html(p, " data-color=\"danger\"");
	if (name)
		html(p, " name=\"%s\" value=\"%s\"", name, value);
	html(p, ">%t</button>\n", words);
}
