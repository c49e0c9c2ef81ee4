/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the staff pages share: the centre that a page is about, its addresses,
 * dates in words, and the small parts of a page that come again and again. All
 * texts live in the request's arena; NULL where it is full, which the page's
 * writer and reply_done's callers survive. */
#pragma once

#include "central/layout.h"
#include "central/request.h"
#include "central/store_items.h"
#include "core/occur.h"

struct staff {
	struct centre_row centre;
	const char *name; /* of the centre, in the page's language */
	struct civil now; /* on the centre's wall */
};

/* The centre of the address. ERR_NOT_FOUND also when it is not this actor's. */
CHECKED enum err staff_enter(struct request *req, struct staff *out);
void staff_open(struct request *req, const struct staff *staff, const char *title);

/* "/staff/c/CENTRE" and what is appended. */
char *staff_path(struct request *req, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* 303 to PATH with the message KEY; ERR_MEMORY if PATH is NULL. */
CHECKED enum err staff_done(struct request *req, const char *path, const char *key);

/* An empty form of FIELDS into the request, for a page that is opened to be filled in. */
CHECKED enum err staff_form(struct request *req, const struct fields *fields);

/* ---- words -------------------------------------------------------------- */

/* "tirsdag 24. november, 11.00–12.00"; all day, several days and past midnight too. END is exclusive. */
const char *words_when(struct request *req, struct civil start, struct civil end);
/* The same without the day, for lists of one day: "11.00–12.00", "hele dagen". */
const char *words_time(struct request *req, struct civil start, struct civil end);
/* "tirsdag 24. november", with the year when it is not that of TODAY; a first letter in upper case. */
const char *words_day(struct request *req, struct civil day, struct civil today);
/* A point in time on the wall of ZONE: "22. november 2026 kl. 10.42". */
const char *words_moment(struct request *req, const char *zone, int64_t unix_seconds);

/* A telephone number in the groups in which it is read aloud: "00 00 12 34", "412 34 567", "+46 701 234 567"; anything
 * else as it stands. */
const char *words_phone(struct request *req, const char *phone);

/* An occurrence's name in an address: "20261124T1100", "20261124". */
enum { ORIGINAL_SIZE = 16 };
void original_print(struct civil when, char *out);
bool original_parse(const char *s, struct civil *out);

/* ---- parts of a page ---------------------------------------------------- */

enum tag { TAG_NEUTRAL, TAG_INFO, TAG_SUCCESS, TAG_WARNING, TAG_DANGER };
void tag_write(struct request *req, enum tag tag, const char *words);
/* A row of links and buttons. */
void actions_open(struct request *req);
void actions_close(struct request *req);
/* A list whose entries are cards; each entry: row_open, anything, row_close. */
void list_open(struct request *req);
void list_close(struct request *req);
void row_open(struct request *req);
/* The entry's heading; URL may be NULL. */
void row_title(struct request *req, const char *url, const char *title);
void row_close(struct request *req);
/* A line of small print; WORDS NULL writes nothing. */
void line_write(struct request *req, const char *words);
/* "There is nothing here yet." */
void empty_write(struct request *req, enum text_id words);
/* The way back, above everything else of a page. */
void back_write(struct request *req, const char *url, enum text_id words);
