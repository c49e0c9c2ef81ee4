/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/page.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/log.h"

void page_init(struct page *page, struct arena *arena, const struct lang *lang)
{
	*page = (struct page){ .arena = arena, .lang = lang };
	buf_init(&page->out, LIMIT_PAGE_BYTES);
}

void page_free(struct page *page)
{
	buf_free(&page->out);
}

bool page_ok(const struct page *page)
{
	return !page->wrong && buf_ok(&page->out);
}

struct html page_part(struct page *page)
{
	char *bytes = arena_copy(page->arena, buf_text(&page->out), page->out.len);
	struct html part = { bytes, bytes ? page->out.len : 0 };

	if (!bytes || !buf_ok(&page->out))
		page->wrong = true;
	buf_reset(&page->out);
	return part;
}

static void escape(struct buf *out, const char *s)
{
	const char *from = s;

	for (; *s; s++) {
		const char *as = *s == '&'    ? "&amp;"
				 : *s == '<'  ? "&lt;"
				 : *s == '>'  ? "&gt;"
				 : *s == '"'  ? "&quot;"
				 : *s == '\'' ? "&#39;"
					      : NULL;
		if (!as)
			continue;
		buf_add(out, from, (size_t)(s - from));
		buf_str(out, as);
		from = s + 1;
	}
	buf_add(out, from, (size_t)(s - from));
}

bool url_is_allowed(const char *url)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };

	for (const char *c = url; *c; c++)
		if ((unsigned char)*c <= 0x20 || *c == 0x7f || *c == '\\')
			return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	/* "//host" would leave this server. */
	return (url[0] == '/' && url[1] != '/') || url[0] == '?' || url[0] == '#';
}

static bool mistake(struct page *page, const char *what, const char *at)
{
	page->wrong = true;
	log_line(LOG_ERROR, "page: %s at \"%.40s\"", what, at);
	return false;
}

static bool put_url(struct page *page, const char *url, const char *at)
{
	if (!url || !url_is_allowed(url))
		return mistake(page, "not an address that a page may link to", at);
	escape(&page->out, url);
	return true;
}

static bool put_text(struct page *page, int64_t id, const char *at)
{
	if (id < 0 || id >= TEXT_COUNT)
		return mistake(page, "no such text", at);
	escape(&page->out, lang_text(page->lang, (enum text_id)id));
	return true;
}

static bool put(struct page *page, char letter, const char *at, const struct html_arg *arg)
{
	static const char letters[] = "sudth";
	static const enum html_kind kinds[] = { HTML_TEXT, HTML_TEXT, HTML_NUMBER, HTML_NUMBER, HTML_PART };
	const char *known = strchr(letters, letter);

	if (!known || arg->kind != kinds[known - letters])
		return mistake(page, "a value does not fit its format", at);
	if (letter == 'u')
		return put_url(page, arg->s, at);
	if (letter == 't')
		return put_text(page, arg->number, at);
	if (letter == 's')
		escape(&page->out, arg->s ? arg->s : "");
	else if (letter == 'd')
		buf_printf(&page->out, "%lld", (long long)arg->number);
	else if (arg->part.len)
		buf_add(&page->out, arg->part.bytes, arg->part.len);
	return true;
}

/* Literals alone say where in the document a value stands: values are escaped and cannot close anything. */
static void literal(struct page *page, const char *s, size_t len)
{
	for (const char *c = s; c < s + len; c++)
		if (page->where == HTML_IN_TEXT)
			page->where = *c == '<' ? HTML_IN_TAG : HTML_IN_TEXT;
		else if (page->where == HTML_IN_TAG)
			page->where = *c == '>' ? HTML_IN_TEXT : *c == '"' ? HTML_IN_QUOTES : HTML_IN_TAG;
		else if (*c == '"')
			page->where = HTML_IN_TAG;
	buf_add(&page->out, s, len);
}

void html_write(struct page *page, const char *format, size_t n, const struct html_arg *args)
{
	size_t used = 0;

	for (const char *at; (at = strchr(format, '%')); format = at + 2) {
		literal(page, format, (size_t)(at - format));
		if (at[1] == '%') {
			buf_char(&page->out, '%');
			continue;
		}
		if (!at[1] || used == n) {
			mistake(page, "more formats than values", at);
			return;
		}
		/* Escaping does not help a value that stands in a tag without quotes. */
		if (page->where == HTML_IN_TAG || (at[1] == 'h' && page->where != HTML_IN_TEXT)) {
			mistake(page, "a value outside text and quotes", format);
			return;
		}
		if (!put(page, at[1], at, &args[used++]))
			return;
	}
	literal(page, format, strlen(format));
	if (used != n)
		mistake(page, "more values than formats", format);
}

struct html_arg html_arg_text(const char *s)
{
	return (struct html_arg){ .kind = HTML_TEXT, .s = s };
}

struct html_arg html_arg_number(int64_t n)
{
	return (struct html_arg){ .kind = HTML_NUMBER, .number = n };
}

struct html_arg html_arg_part(struct html part)
{
	return (struct html_arg){ .kind = HTML_PART, .part = part };
}
