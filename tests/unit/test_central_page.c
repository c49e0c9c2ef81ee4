/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that cannot be broken by what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "central/page.h"

static struct arena arena;
static struct page page;

static int set_up(void **state)
{
	(void)state;
	log_set_level(LOG_ERROR);
	arena_init(&arena, LIMIT_PAGE_BYTES);
	page_init(&page, &arena, lang_find("nb"));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	page_free(&page);
	arena_free(&arena);
	return 0;
}

static void text_is_escaped_everywhere(void **state)
{
	(void)state;
	html(&page, "<p title=\"%s\">%s</p>", "\"><script>", "<b>&'\"</b>");
	assert_true(page_ok(&page));
	assert_string_equal(buf_text(&page.out),
			    "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;&lt;/b&gt;</p>");
}

static void numbers_texts_parts_and_percent(void **state)
{
	(void)state;
	html(&page, "<i>%d</i>", 3);
	struct html part = page_part(&page);
	html(&page, "%h %d%% %t %s", part, (int64_t)-7, TEXT_DATE_TODAY, (const char *)NULL);
	assert_true(page_ok(&page));
	assert_string_equal(buf_text(&page.out), "<i>3</i> -7% i dag ");
}

static void only_addresses_that_lead_somewhere_harmless(void **state)
{
	static const char *const good[] = { "/a?b=c#d",
					    "?a",
					    "#a",
					    "https://example.no/",
					    "HTTP://example.no",
					    "tel:00001234",
					    "mailto:kari@example.no" };
	static const char *const bad[] = {
		"javascript:alert(1)", " javascript:x", "data:text/html,x", "//example.no", "/\\example.no", "a/b", "",
		"java\nscript:x",      "vbscript:x"
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(url_is_allowed(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(url_is_allowed(bad[i]));
	html(&page, "<a href=\"%u\">", "/a?b=1&c=\"");
	assert_true(page_ok(&page));
	assert_string_equal(buf_text(&page.out), "<a href=\"/a?b=1&amp;c=&quot;\">");
}

/* Each mistake, once. */
static void url_mistake(void)
{
	html(&page, "<a href=\"%u\">", "javascript:x");
}
static void bare_attribute(void)
{
	html(&page, "<p class=%s>", "x");
}
static void in_a_tag(void)
{
	html(&page, "<p %s>", "onclick");
}
static void part_in_an_attribute(void)
{
	struct html part = { "\">", 2 };

	html(&page, "<p title=\"%h\">", part);
}
static void wrong_type(void)
{
	html(&page, "%d", "text");
}
static void too_few(void)
{
	html(&page, "%s %s", "one");
}
static void too_many(void)
{
	html(&page, "%s", "one", "two");
}
static void no_such_format(void)
{
	html(&page, "%x", 1);
}
static void across_two_calls(void)
{
	html(&page, "<p ");
	html(&page, "%s>", "onclick");
}

static void a_mistake_in_a_format_is_found_at_the_first_try(void **state)
{
	static void (*const mistakes[])(void) = { url_mistake,     bare_attribute, in_a_tag, part_in_an_attribute,
						  wrong_type,      too_few,        too_many, no_such_format,
						  across_two_calls };

	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		page_free(&page);
		page_init(&page, &arena, lang_find("nb"));
		mistakes[i]();
		assert_false(page_ok(&page));
	}
}

static void a_quote_may_stay_open_across_calls(void **state)
{
	(void)state;
	html(&page, "<p title=\"");
	html(&page, "%s", "a");
	html(&page, "\">");
	assert_true(page_ok(&page));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(text_is_escaped_everywhere),
		CASE(numbers_texts_parts_and_percent),
		CASE(only_addresses_that_lead_somewhere_harmless),
		CASE(a_mistake_in_a_format_is_found_at_the_first_try),
		CASE(a_quote_may_stay_open_across_calls),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
