/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may log in. For administrators. */
#include <string.h>

#include "central/routes.h"
#include "central/staff_choices.h"
#include "central/staff_sheet.h"
#include "central/store_admin.h"

#define ROLE_FIELDS                                                                                          \
	{ .name = "role",                                                                                    \
	  .type = FIELD_CHOICE,                                                                              \
	  .required = true,                                                                                  \
	  .choices = choices_role,                                                                           \
	  .label = TEXT_STAFF_USER_ROLE },                                                                   \
	{                                                                                                    \
		.name = "centres", .type = FIELD_MANY, .conditional = true, .label = TEXT_STAFF_USER_CENTRES \
	}

const struct fields fields_user_new =
	FIELDS({ .name = "token", .type = FIELD_TOKEN, .required = true, .label = TEXT_STAFF_USER_NAME },
	       { .name = "name", .type = FIELD_LINE, .required = true, .max = 60, .label = TEXT_STAFF_USER_NAME },
	       ROLE_FIELDS);
const struct fields fields_user = FIELDS(ROLE_FIELDS);

static const char *user_path(struct request *req, const char *id, const char *what)
{
	return req_printf(req, "/staff/users/%s%s", id, what);
}

/* ---- the list ----------------------------------------------------------- */

static const char *centre_name(struct request *req, const struct centre_rows *centres, const char *id)
{
	for (size_t i = 0; i < centres->n; i++)
		if (strcmp(centres->v[i].id, id) == 0)
			return req_pick(req, centres->v[i].name);
	return id;
}

static const char *centres_words(struct request *req, const struct centre_rows *centres, const struct user *user)
{
	const char *all = "";

	for (size_t i = 0; i < user->n_centres && all; i++)
		all = req_printf(req, "%s%s%s", all, i ? ", " : "", centre_name(req, centres, user->centres[i]));
	return all;
}

/* Times on no centre's wall: on that of the first. */
static const char *seen_words(struct request *req, const struct centre_rows *centres, const struct user *user)
{
	const char *zone = centres->n ? centres->v[0].zone : "UTC";

	if (!user->seen_at)
		return req_text(req, TEXT_STAFF_USER_NEVER_SEEN);
	return lang_format(req->arena, req->lang, TEXT_STAFF_USER_SEEN, ARG_S(words_moment(req, zone, user->seen_at)));
}

static void entry_write(struct request *req, const struct centre_rows *centres, const struct user *user)
{
	row_open(req);
	row_title(req, user_path(req, user->id, ""), user->name);
	line_write(req, choice_words(req, "role", user_role_name(user->role)));
	if (user->role == USER_EDITOR)
		line_write(req, centres_words(req, centres, user));
	line_write(req, seen_words(req, centres, user));
	html(&req->page, "<p class=\"op-row-tags\">");
	if (user->must_change)
		tag_write(req, TAG_INFO, req_text(req, TEXT_STAFF_USER_MUST_CHANGE));
	html(&req->page, "</p>\n");
	row_close(req);
}

enum err page_users(struct request *req)
{
	struct users users;
	struct centre_rows centres;
	enum err err = user_list(req->db, req->arena, &users);

	if (!err)
		err = store_centres(req->db, req->arena, req->actor, &centres);
	if (err)
		return err;
	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_USERS));
	back_write(req, "/staff", TEXT_STAFF_HOME);
	actions_open(req);
	page_button(req, "/staff/new-user", TEXT_STAFF_NEW_USER, true);
	actions_close(req);
	list_open(req);
	for (size_t i = 0; i < users.n; i++)
		entry_write(req, &centres, &users.v[i]);
	list_close(req);
	page_close(req);
	return OK;
}

/* ---- the form ----------------------------------------------------------- */

static enum err role_fields_write(struct request *req, const struct user *user)
{
	struct centre_rows centres;
	enum err err = store_centres(req->db, req->arena, req->actor, &centres);
	struct option *options = err ? NULL : ARENA_ARRAY(req->arena, centres.n, struct option);
	size_t n;
	struct option *roles = choice_options(req, "role", &n);

	if (err || !options)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < centres.n; i++)
		options[i] = (struct option){ centres.v[i].id, req_pick(req, centres.v[i].name) };
	bool is_editor = user && user->role == USER_EDITOR;
	field_choice(req, &req->form, "role", TEXT_STAFF_USER_ROLE, NULL, n, roles,
		     user_role_name(user ? user->role : USER_EDITOR));
	field_checks(req, &req->form, "centres", TEXT_STAFF_USER_CENTRES, NULL, centres.n, options,
		     is_editor ? user->n_centres : 0, is_editor ? user->centres : NULL);
	return OK;
}

static enum err new_show(struct request *req)
{
	struct values values = { 0 };
	struct sheet sheet = { req, &values, NULL };

	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_NEW_USER));
	back_write(req, "/staff/users", TEXT_STAFF_USERS);
	sheet_open(&sheet, "/staff/new-user", 0);
	sheet_field(&sheet, "name", TEXT_STAFF_USER_NAME_HELP);
	enum err err = role_fields_write(req, NULL);
	form_submit(req, TEXT_STAFF_SAVE);
	form_close(req);
	page_close(req);
	return err;
}

enum err page_user_new(struct request *req)
{
	enum err err = staff_form(req, &fields_user_new);

	return err ? err : new_show(req);
}

static void role_take(struct form *form, struct user *out)
{
	const struct form_value *centres = form_get(form, "centres");
	const char *role = form_text(form, "role");

	out->role = role && strcmp(role, user_role_name(USER_ADMINISTRATOR)) == 0 ? USER_ADMINISTRATOR : USER_EDITOR;
	out->n_centres = centres->n_many;
	out->centres = centres->many;
	if (out->role == USER_EDITOR && out->n_centres == 0 && !centres->wrong)
		form_fault(form, "centres", TEXT_STAFF_USER_CENTRES_WANTED);
}

/* The answer to the POST itself shows it: it is stored nowhere, so no later page could. */
static enum err password_show(struct request *req, const char *name, const char *made)
{
	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_USER_PASSWORD_TITLE));
	page_alert(req, TONE_SUCCESS, lang_format(req->arena, req->lang, TEXT_STAFF_USER_PASSWORD_ONCE, ARG_S(name)));
	html(&req->page, "<p class=\"op-secret\"><code>%s</code></p>\n", made);
	page_button(req, "/staff/users", TEXT_STAFF_USER_PASSWORD_OK, true);
	page_close(req);
	return OK;
}

static enum err new_refused(struct request *req, enum err err)
{
	if (err == ERR_VALUE)
		form_fault(&req->form, "name", TEXT_STAFF_USER_NAME_WRONG);
	else if (err == ERR_DUPLICATE)
		form_fault(&req->form, "name", TEXT_STAFF_USER_NAME_TAKEN);
	else if (err == ERR_REFERENCE)
		form_fault(&req->form, "centres", TEXT_STAFF_REFERENCE_GONE);
	else
		return err;
	reply_status(req, 422);
	return new_show(req);
}

enum err post_user_new(struct request *req)
{
	struct user user = { .id = form_text(&req->form, "token"), .name = form_text(&req->form, "name") };
	char made[PASSWORD_MADE];
	bool first;

	role_take(&req->form, &user);
	if (req->form.wrong) {
		reply_status(req, 422);
		return new_show(req);
	}
	enum err err = store_user_add(req->db, req->actor, &user, made, &first);
	if (err)
		return new_refused(req, err);
	if (first)
		return password_show(req, user.name, made);
	/* Pressed twice: the password went with the first answer, and another can be made. */
	return staff_done(req, user_path(req, user.id, ""), "saved");
}

/* ---- one user ----------------------------------------------------------- */

static enum err user_show(struct request *req, const struct user *user, enum text_id wrong)
{
	page_open(req, FRAME_STAFF, user->name);
	back_write(req, "/staff/users", TEXT_STAFF_USERS);
	if (wrong != TEXT_COUNT)
		page_alert(req, TONE_WARNING, req_text(req, wrong));
	form_summary(req, &req->form);
	form_open(req, user_path(req, user->id, ""), NULL);
	enum err err = role_fields_write(req, user);
	actions_open(req);
	form_submit(req, TEXT_STAFF_SAVE);
	actions_close(req);
	form_close(req);
	html(&req->page, "<h2 class=\"ds-heading\">%t</h2>\n<p>%t</p>\n", TEXT_STAFF_USER_PASSWORD,
	     TEXT_STAFF_USER_PASSWORD_HELP);
	form_open(req, user_path(req, user->id, "/password"), NULL);
	actions_open(req);
	form_button(req, TEXT_STAFF_USER_PASSWORD, NULL, NULL, false);
	page_button(req, user_path(req, user->id, "/remove"), TEXT_STAFF_REMOVE, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return err;
}

enum err page_user(struct request *req)
{
	struct user user;
	enum err err = store_user(req->db, req->arena, req->params[0], &user);

	if (!err)
		err = staff_form(req, &fields_user);
	return err ? err : user_show(req, &user, TEXT_COUNT);
}

/* Why the store does not let this be done to USER. */
static enum text_id refusal(const struct request *req, const struct user *user)
{
	return strcmp(req->actor.user_id, user->id) == 0 ? TEXT_STAFF_USER_YOURSELF : TEXT_STAFF_USER_LAST;
}

enum err post_user(struct request *req)
{
	struct user user;
	enum err err = store_user(req->db, req->arena, req->params[0], &user);

	if (err)
		return err;
	role_take(&req->form, &user);
	if (req->form.wrong) {
		reply_status(req, 422);
		return user_show(req, &user, TEXT_COUNT);
	}
	err = store_user_change(req->db, req->actor, &user);
	if (err == ERR_REFUSED) {
		reply_status(req, 409);
		return user_show(req, &user, refusal(req, &user));
	}
	if (err == ERR_REFERENCE) {
		form_fault(&req->form, "centres", TEXT_STAFF_REFERENCE_GONE);
		reply_status(req, 422);
		return user_show(req, &user, TEXT_COUNT);
	}
	return err ? err : staff_done(req, "/staff/users", "saved");
}

enum err post_user_password(struct request *req)
{
	struct user user;
	char made[PASSWORD_MADE];
	enum err err = store_user(req->db, req->arena, req->params[0], &user);

	if (!err)
		err = store_user_reset(req->db, req->actor, user.id, made);
	return err ? err : password_show(req, user.name, made);
}

static enum err remove_show(struct request *req, const struct user *user, enum text_id wrong)
{
	page_open(req, FRAME_STAFF, req_text(req, TEXT_STAFF_USER_REMOVE));
	back_write(req, user_path(req, user->id, ""), TEXT_STAFF_BACK);
	if (wrong != TEXT_COUNT)
		page_alert(req, TONE_WARNING, req_text(req, wrong));
	html(&req->page, "<p class=\"op-lead\"><strong>%s</strong></p>\n<p>%t</p>\n", user->name,
	     TEXT_STAFF_USER_REMOVE_HELP);
	form_open(req, user_path(req, user->id, "/remove"), NULL);
	actions_open(req);
	form_button(req, TEXT_STAFF_REMOVE_NOW, NULL, NULL, true);
	page_button(req, user_path(req, user->id, ""), TEXT_STAFF_DO_NOT, false);
	actions_close(req);
	form_close(req);
	page_close(req);
	return OK;
}

enum err page_remove_user(struct request *req)
{
	struct user user;
	enum err err = store_user(req->db, req->arena, req->params[0], &user);

	return err ? err : remove_show(req, &user, TEXT_COUNT);
}

enum err post_remove_user(struct request *req)
{
	struct user user;
	enum err err = store_user(req->db, req->arena, req->params[0], &user);

	if (!err)
		err = store_user_remove(req->db, req->actor, user.id);
	if (err == ERR_REFUSED) {
		reply_status(req, 409);
		return remove_show(req, &user, refusal(req, &user));
	}
	return err ? err : staff_done(req, "/staff/users", "removed");
}
