/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every page shares: the frame around it (language, title, style sheets,
 * skip link, navigation, messages) and the parts of a form, in Designsystemet's
 * classes. They write to req->page. */
#pragma once

#include "central/form.h"
#include "central/request.h"

enum frame {
	FRAME_PUBLIC, /* a visitor's phone: centre's name, choice of language, nothing else */
	FRAME_STAFF,  /* with navigation, the user's name, log out */
	FRAME_BARE,   /* errors, log in */
};

/* Everything up to and with <main> and <h1>TITLE</h1>. CENTRE (may be NULL) is
 * the centre that the page is about: {id, name in the page's language}. */
void page_open(struct request *req, enum frame frame, const char *title);
void page_open_centre(struct request *req, enum frame frame, const char *centre, const char *centre_name,
		      const char *title);
/* The same for visitors, when the title is words of the centre: they are shown in their own language, and said to be.
 */
void page_open_words(struct request *req, struct text centre_name, struct text title);
void page_close(struct request *req);
/* Words that people wrote, as <span>: in another language than the page's they are marked with it (so that they are
 * read aloud rightly), and keep their own direction. */
void page_words(struct request *req, struct text text);
/* Behind them: in which language they are, said in the page's ("på norsk"); nothing if it is the page's own. */
void page_said_in(struct request *req, const char *lang);
/* The whole page about an error, in words for people. */
void page_error(struct request *req, int status);

/* ?done=KEY in the address after a POST shows staff.done_KEY as a message at the top of
 * the page; reply_done(req, "/staff/…", "saved") goes there with 303. Keys: rows of DONE in layout.c. */
void reply_done(struct request *req, const char *path, const char *key);

enum tone { TONE_INFO, TONE_SUCCESS, TONE_WARNING, TONE_DANGER };
void page_alert(struct request *req, enum tone tone, const char *text);

/* <form method="post">, with the session's CSRF token and, when TOKEN is not NULL, that form token (field "token"). */
void form_open(struct request *req, const char *action, const char *token);
/* The same for a file upload. */
void form_open_upload(struct request *req, const char *action, const char *token);
void form_close(struct request *req);

/* The list of what is wrong, with links to the fields; nothing if all is well. To stand above the form. */
void form_summary(struct request *req, const struct form *form);

/* One field with its label, help, value and fault: what the person typed if FORM
 * holds it, else VALUE (NULL: empty). HELP may be NULL. The input's kind follows the field's type. */
void field_input(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		 const char *value);
/* A <select> (or radio buttons when there are 5 or fewer): N pairs of value and words. */
struct option {
	const char *value, *words;
};
void field_choice(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		  size_t n, const struct option *options, const char *value);
/* Check boxes for a FIELD_MANY; VALUES are those that are on. */
void field_checks(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		  size_t n, const struct option *options, size_t n_values, const char *const *values);
/* One check box for a FIELD_CHECK. */
void field_check(struct request *req, const struct form *form, const char *name, enum text_id label, const char *help,
		 bool on);
void form_submit(struct request *req, enum text_id words);
/* A button of the second rank, or the one that removes something (danger). NAME may be NULL. */
void form_button(struct request *req, enum text_id words, const char *name, const char *value, bool danger);
/* A link that looks like a button. */
void page_button(struct request *req, const char *url, enum text_id words, bool primary);
