/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be made, changed and removed is so in the same way: one form for
 * new and old, a conflict shown with both sides, a removal in two presses. A kind of
 * item brings a row of words and callbacks; ITEM_HANDLERS makes the handlers. */
#pragma once

#include "central/staff_sheet.h"

struct item;
struct item_pages {
	const char *list;  /* "needs": its list is /staff/c/CENTRE/needs */
	const char *fresh; /* "need": a new one is made at /staff/c/CENTRE/new/need */
	const struct fields *fields_new, *fields;
	enum text_id list_title, list_empty, new_title, change_title, remove_title, remove_help;
	const char *reference;       /* the field that is wrong when the store finds nothing behind a choice */
	bool has_people, last_first; /* the list begins with what the store has last */
	/* Fills row, id, name, stored and values; for a new one only values. */
	enum err (*load)(struct request *req, struct item *item);
	void (*write)(const struct sheet *sheet);
	/* Takes the form; where nothing is wrong, stores it. */
	enum err (*save)(struct request *req, struct item *item);
	enum err (*remove)(struct request *req, const struct item *item, int64_t revision);
	/* What else a removal touches; false if it is not possible. NULL: nothing. */
	bool (*may_remove)(struct request *req, const struct item *item);
	/* One of the list. */
	void (*entry)(struct request *req, const struct staff *staff, const void *row);
};

struct item {
	const struct item_pages *pages;
	struct staff staff;
	struct people people;
	struct values values;
	const void *row; /* of the kind's own type; NULL: a new one */
	const char *id, *name;
	struct stored stored;
	bool is_new, in_conflict;
};

CHECKED enum err item_page(struct request *req, const struct item_pages *pages, bool is_new);
CHECKED enum err item_post(struct request *req, const struct item_pages *pages, bool is_new);
CHECKED enum err item_page_remove(struct request *req, const struct item_pages *pages);
CHECKED enum err item_post_remove(struct request *req, const struct item_pages *pages);
/* The list of ROWS, N of SIZE bytes each, with the button for a new one. */
CHECKED enum err item_list(struct request *req, const struct item_pages *pages, const void *rows, size_t n,
			   size_t size);

/* The six handlers that routes.h names for one kind of item. */
#define ITEM_HANDLERS(noun, pages)                       \
	enum err page_##noun##_new(struct request *req)  \
	{                                                \
		return item_page(req, pages, true);      \
	}                                                \
	enum err post_##noun##_new(struct request *req)  \
	{                                                \
		return item_post(req, pages, true);      \
	}                                                \
	enum err page_##noun(struct request *req)        \
	{                                                \
		return item_page(req, pages, false);     \
	}                                                \
	enum err post_##noun(struct request *req)        \
	{                                                \
		return item_post(req, pages, false);     \
	}                                                \
	enum err page_remove_##noun(struct request *req) \
	{                                                \
		return item_page_remove(req, pages);     \
	}                                                \
	enum err post_remove_##noun(struct request *req) \
	{                                                \
		return item_post_remove(req, pages);     \
	}
