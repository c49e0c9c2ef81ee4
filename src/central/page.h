/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML written so that it cannot be broken by what people type: the literal is
 * trusted, every value is escaped. A mistake in a format (wrong type, an
 * attribute without quotes, a URL that is no URL) is remembered and turns the
 * whole page into an error, so it is seen at the first try. Nothing here fails
 * by itself: the router asks page_ok once at the end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "central/args.h"
#include "core/lang.h"

struct request;

struct page {
	struct arena *arena;
	const struct lang *lang;
	struct buf out;                                           /* max LIMIT_PAGE_BYTES */
	bool wrong;                                               /* a format and its values did not fit */
	enum { HTML_IN_TEXT, HTML_IN_TAG, HTML_IN_QUOTES } where; /* what the literals so far left open */
};

/* HTML that a page wrote before, to be nested by %h. Only page_part makes it. */
struct html {
	const char *bytes;
	size_t len;
};

/* html(page, "<a href=\"%u\">%s</a> %d", url, name, count):
 *   %s  const char *, escaped; NULL writes nothing
 *   %u  const char *: http, https, mailto, tel, or a local path ("/…", "?…", "#…"), escaped
 *   %d  a whole number
 *   %t  an enum text_id: the words in the page's language, escaped
 *   %h  a struct html, as it is
 *   %%  a percent sign
 * Values stand in text or inside "quoted" attributes, nowhere else. */
#define html(page, ...) html_write(page, ARGS_TAIL(html_arg, HTML_ARG, __VA_ARGS__))

void page_init(struct page *page, struct arena *arena, const struct lang *lang);
void page_free(struct page *page);
bool page_ok(const struct page *page);
/* What PAGE holds so far, moved into its arena; PAGE is empty then. */
struct html page_part(struct page *page);
bool url_is_allowed(const char *url);

/* ---- how html() is made ------------------------------------------------- */

enum html_kind { HTML_TEXT, HTML_NUMBER, HTML_PART };
struct html_arg {
	enum html_kind kind;
	const char *s;
	int64_t number;
	struct html part;
};
void html_write(struct page *page, const char *format, size_t n, const struct html_arg *args);
struct html_arg html_arg_text(const char *s);
struct html_arg html_arg_number(int64_t n);
struct html_arg html_arg_part(struct html part);

#define HTML_ARG(x) \
	_Generic((x),                                                                                                    \
		char *: html_arg_text,                                                                                   \
		const char *: html_arg_text,                                                                             \
		struct html: html_arg_part,                                                                              \
		bool: html_arg_number,                                                                                   \
		int: html_arg_number,                                                                                    \
		unsigned: html_arg_number,                                                                               \
		int64_t: html_arg_number)(x)
